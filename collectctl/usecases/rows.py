"""Accounts as rows of a list, computed from the facts each time they are shown."""

from collections.abc import Sequence
from datetime import datetime

from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.promises import PromiseState, promise_states
from collectctl.domain.results.lists import ListRow
from collectctl.domain.tasks import CLASSES, CONTACT
from collectctl.domain.when import zone_of
from collectctl.domain.worklist import DUE, FUTURE, Entry, person_entries
from collectctl.store.book import Book
from collectctl.store.persons import load_persons


def rows_of(book: Book, found: Sequence[tuple[int, int]], now: datetime) -> tuple[ListRow, ...]:
    """The rows of (account, person), in that order."""
    zone = zone_of(now)
    people = {p.id: p for p in load_persons(book.connection, sorted({person for _a, person in found}))}
    entries = {
        entry.row.account: entry
        for person in people.values()
        for entry in person_entries(person, now.date(), zone)
    }
    return tuple(
        list_row(rank, people[person], entries[account], now)
        for rank, (account, person) in enumerate(found, 1)
        if account in entries
    )


def list_row(rank: int, person: PersonFile, entry: Entry, now: datetime) -> ListRow:
    account = person.account(entry.row.account)
    task, row = entry.task, entry.row
    since = account.statement.overdue_since
    days = days_past_due(since, now.date()) if since else None
    contacts = [a for a in account.activities if a.is_attempt or a.is_talk]
    return ListRow(
        rank=rank,
        account_id=account.id,
        account=account.number,
        name=account.debtor,
        person_id=person.id,
        person_accounts=sum(a.open for a in person.accounts),
        person_totals=totals(person),
        client=account.client,
        batch=account.placement.batch,
        currency=account.statement.currency,
        balance=account.statement.balance,
        days_past_due=days,
        bucket="" if days is None else bucket(days),
        cls=CLASSES[row.cls],
        task=task.task if task else CONTACT,
        reason=task.reason if task else row.state,
        points=row.points,
        why=entry.why,
        phone=entry.dial.phone if task and task.task == CONTACT else None,
        due_on=row.due_on,
        due_at=row.due_at,
        promise=current_promise(account, now),
        last_contact=contacts[-1] if contacts else None,
        tags=account.tags,
        hidden=_hidden(entry, now),
        state=row.state,
    )


def totals(person: PersonFile) -> dict[str, int]:
    """What the person owes on open accounts, by currency: currencies are never added."""
    sums: dict[str, int] = {}
    for account in person.accounts:
        if account.open:
            currency = account.statement.currency
            sums[currency] = sums.get(currency, 0) + account.statement.balance
    return sums


def current_promise(account: AccountFile, now: datetime) -> PromiseState | None:
    """The open promise that is due first, else the newest one."""
    states = promise_states(account.promises, account.payments, now.date())
    still_open = [s for s in states if s.state == "open"]
    if still_open:
        return min(still_open, key=lambda s: (s.promise.due_on, s.promise.id))
    return states[-1] if states else None


def _hidden(entry: Entry, now: datetime) -> str | None:
    """Why the row is not among those to work now; None where it is."""
    row = entry.row
    if row.state != DUE:
        return row.state
    later = row.due_at is not None and row.due_at > now and CLASSES[row.cls] != "promise-due"
    return FUTURE if later else None
