"""Accounts as rows of a list, computed from the facts each time they are shown."""

from collections.abc import Sequence
from datetime import datetime, time

from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.cases import Asked
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.owing import balance_of, difference
from collectctl.domain.promises import PromiseState, states_of
from collectctl.domain.results.lists import ListRow
from collectctl.domain.tasks import CLASSES, CONTACT, DESK, Task
from collectctl.domain.verdict import Verdict, judge
from collectctl.domain.when import zone_of
from collectctl.domain.worklist import DUE, FUTURE, Entry, Row, order, person_entries
from collectctl.store.book import Book
from collectctl.store.persons import load_persons


def rows_of(
    book: Book, found: Sequence[tuple[int, int]], now: datetime, *, of_person: bool = False,
    by_day: bool = False,
) -> tuple[ListRow, ...]:  # fmt: skip
    """The rows of (account, person), in that order.

    `of_person`: each row stands for a person, and shows what can be done about any of their accounts now;
    `by_day`: at any hour of the day of `now`.
    """
    zone = zone_of(now)
    people = {p.id: p for p in load_persons(book.connection, sorted({person for _a, person in found}))}
    by_person = {p.id: person_entries(p, now.date(), zone) for p in people.values()}
    rows: list[ListRow] = []
    for account, person in found:
        entry = next((e for e in by_person.get(person, ()) if e.row.account == account), None)
        if entry:
            row = list_row(len(rows) + 1, people[person], entry, now, by_day=by_day)
            rows.append(_best(row, people[person], by_person[person], now) if of_person else row)
    return tuple(rows)


def _best(row: ListRow, person: PersonFile, entries: Sequence[Entry], now: datetime) -> ListRow:
    """`row`, or what is open now about the person where the rules close its own contact.

    An hour that was agreed is the person's: nothing else is brought up before it.
    """
    if row.hidden in (None, FUTURE) or row.state != DUE:
        return row
    due = (e for e in sorted(entries, key=lambda e: order(e.row)) if e.row.state == DUE)
    others = (list_row(row.rank, person, e, now) for e in due if e.row.account != row.account_id)
    return next((other for other in others if other.hidden is None), row)


def list_row(rank: int, person: PersonFile, entry: Entry, now: datetime, *, by_day: bool = False) -> ListRow:
    """An account as a row at `now`, with the verdict on its contact; a desk task where that is closed."""
    account, row, task = person.account(entry.row.account), entry.row, entry.task
    verdict = _verdict(person, entry, now, by_day=by_day)
    if verdict and verdict.blocked and entry.desk:
        task, verdict = entry.desk, None
        row = row._replace(cls=CLASSES.index(task.cls), due_on=task.on, due_at=task.at)
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
        balance=balance_of(account),
        days_past_due=days,
        bucket="" if days is None else bucket(days),
        cls=CLASSES[row.cls],
        task=task.task if task else CONTACT,
        reason=task.reason if task else row.state,
        points=row.points,
        why=entry.why,
        phone=entry.dial.phone if task and task.task == CONTACT else None,
        channel=_channel(task),
        verdict=verdict,
        due_on=row.due_on,
        due_at=row.due_at,
        promise=current_promise(account, now),
        last_contact=contacts[-1] if contacts else None,
        tags=account.tags,
        hidden=_hidden(row, verdict, now),
        state=row.state,
        differs=difference(account) != 0,
    )


def _channel(task: Task | None) -> str | None:
    if task is None or task.task == DESK:
        return None
    return task.channel or "call"


def _verdict(person: PersonFile, entry: Entry, now: datetime, *, by_day: bool) -> Verdict | None:
    """The verdict on the contact that a row is about, at `now` or when its day first is open."""
    channel = _channel(entry.task) if entry.task else "call"
    if channel is None:
        return None
    called = entry.dial.phone.digits if entry.dial.phone else ""
    number = called if channel == "call" else entry.outlook.to
    account = person.account(entry.row.account)
    if not by_day:
        return judge(person, account, Asked(now, channel, number))
    asked = Asked(datetime.combine(now.date(), time(), now.tzinfo), channel, number)
    verdict = judge(person, account, asked)
    first = verdict.next_at
    opens_that_day = first is not None and first.date() == now.date()
    return judge(person, account, asked._replace(at=first)) if first and opens_that_day else verdict


def totals(person: PersonFile) -> dict[str, int]:
    """What the person owes on open accounts, by currency: currencies are never added."""
    sums: dict[str, int] = {}
    for account in person.accounts:
        if account.open:
            currency = account.statement.currency
            sums[currency] = sums.get(currency, 0) + balance_of(account)
    return sums


def current_promise(account: AccountFile, now: datetime) -> PromiseState | None:
    """The open promise that is due first, else the newest one."""
    states = states_of(account, now.date())
    still_open = [s for s in states if s.state == "open"]
    if still_open:
        return min(still_open, key=lambda s: (s.promise.due_on, s.promise.id))
    return states[-1] if states else None


def _hidden(row: Row, verdict: Verdict | None, now: datetime) -> str | None:
    """Why the row is not among those to work now, the first cause that applies; None where it is."""
    if row.state != DUE:
        return row.state
    if row.due_at is not None and row.due_at > now and CLASSES[row.cls] != "promise-due":
        return FUTURE
    causes = {r.cause for r in verdict.blocking} if verdict else set()
    return next((cause for cause in ("hold", "cap", "quiet", "hours") if cause in causes), None)
