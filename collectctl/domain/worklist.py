"""The worklist: for each account its row, for each person the row that stands for them.

A row holds what the list is ordered and counted by, as of a day. It is stored and recomputed when a fact is
added or its `changes_on` comes; a replay of the facts gives the same row. No term of the points depends on
the hour.
"""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from collectctl.domain.buckets import next_bucket_day
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.numbers import Dialling, dialling, number_states
from collectctl.domain.points import ENDS_IN, SILENT, WAITING, Term, last_talk, limits, terms
from collectctl.domain.promises import GRACE_DAYS
from collectctl.domain.tasks import (
    CLASSES,
    CONTACT,
    DESK,
    HOLDS_OF_PERSON,
    Task,
    attempts,
    local_day,
    standing_holds,
    steps,
    tasks,
)
from collectctl.domain.words import _

DUE, FUTURE, HOLD, NO_NUMBER, CLOSED, FORGOTTEN = "due", "future", "hold", "no_number", "closed", "forgotten"
_STATES = (DUE, FUTURE, NO_NUMBER, HOLD, FORGOTTEN, CLOSED)
TRACE_DAYS = 7


class Row(NamedTuple):
    """One stored row; the columns from `client` on are what TERMs filter by."""

    account: int
    person: int
    lead: bool
    state: str
    cls: int  # place of the class in CLASSES
    points: int
    due_on: date | None
    due_at: datetime | None
    changes_on: date | None
    client: str
    batch: str
    currency: str
    balance: int
    overdue_since: date | None
    ends_on: date | None
    last_on: date | None
    last_outcome: str
    reached: bool
    city: str


class Entry(NamedTuple):
    """A row with what makes it readable."""

    row: Row
    task: Task | None
    dial: Dialling
    why: tuple[Term, ...]


def person_entries(person: PersonFile, today: date, zone: tzinfo) -> tuple[Entry, ...]:
    """The entries of all accounts of a person as of `today`, one of them the lead."""
    dial = dialling(person, today, zone)
    reached = any(n.reached for n in number_states(person))
    accounts = _with_holds_of_person(person)
    entries = [_entry(person, account, dial, reached, today, zone) for account in accounts]
    owed = any(_is_owed(e) for e in entries)
    best = min(entries, key=lambda e: (owed and not _is_owed(e) and _is_later(e), order(e.row)), default=None)
    return tuple(e._replace(row=e.row._replace(lead=e is best)) for e in entries)


def _with_holds_of_person(person: PersonFile) -> tuple[AccountFile, ...]:
    """The accounts, each with the holds that are about the person and not about one debt."""
    shared = [h for a in person.accounts for h in a.holds if h.kind in HOLDS_OF_PERSON]
    if not shared:
        return person.accounts
    return tuple(
        a._replace(holds=(*a.holds, *(h for h in shared if h.account != a.id))) for a in person.accounts
    )


def _is_owed(entry: Entry) -> bool:
    """An answer that is due by law: no hour of a call hides it."""
    return entry.row.state == DUE and CLASSES[entry.row.cls] == "legal"


def _is_later(entry: Entry) -> bool:
    return entry.row.due_at is not None


def order(row: Row) -> tuple[int, int, int, str, int]:
    """The place of a row: what is due first, then class, then points."""
    return (
        _STATES.index(row.state),
        row.cls,
        -row.points,
        row.due_on.isoformat() if row.due_on else "9",
        row.account,
    )


def _entry(
    person: PersonFile, account: AccountFile, dial: Dialling, reached: bool, today: date, zone: tzinfo
) -> Entry:
    why = terms(account, reached, today, zone) if account.open else ()
    found: list[Task] = []
    if account.open:
        found = _with_tracing(account, tasks(account, dial, today, zone), dial, zone)
        state, task = _standing(account, found, dial, today)
    else:
        state, task = CLOSED, None
    row = _row(person, account, state, task, sum(t.points for t in why), zone)._replace(reached=reached)
    if account.open:
        held_until = [h.until + timedelta(days=1) for h in standing_holds(account, today) if h.until]
        due_on = row.due_on or min(held_until, default=None)
        row = row._replace(due_on=due_on, changes_on=_changes_on(account, found, dial, today, zone))
    return Entry(row, task, dial, why)


def _with_tracing(account: AccountFile, found: list[Task], dial: Dialling, zone: tzinfo) -> list[Task]:
    """Where no number is left, or none ever was, the contacts give way to a search for one."""
    if dial.phone or not any(t.task == CONTACT for t in found):
        return found
    last = max((local_day(a, zone) for a in steps(account)), default=account.placement.placed_on)
    trace = Task(
        "follow-up", DESK, last + timedelta(days=TRACE_DAYS), None, _("no number left: trace the person")
    )
    return [*(t for t in found if t.task == DESK), trace]


def _standing(
    account: AccountFile, found: list[Task], dial: Dialling, today: date
) -> tuple[str, Task | None]:
    usable = [t for t in found if t.task == DESK or dial.phone]
    due = [t for t in usable if t.due(today)]
    if due:
        return DUE, min(due, key=lambda t: (CLASSES.index(t.cls), t.on, t.reason))
    task = min(found, key=lambda t: (t.on, t.at is not None, CLASSES.index(t.cls)), default=None)
    if standing_holds(account, today):
        return HOLD, task
    if not dial.phone:
        return NO_NUMBER, task
    return (FUTURE, task) if task else (FORGOTTEN, None)


def _row(
    person: PersonFile, account: AccountFile, state: str, task: Task | None, points: int, zone: tzinfo
) -> Row:
    done, tried = steps(account), attempts(account)
    return Row(
        account=account.id,
        person=person.id,
        lead=False,
        state=state,
        cls=CLASSES.index(task.cls if task else CLASSES[-1]),
        points=points,
        due_on=task.on if task else None,
        due_at=task.at if task else None,
        changes_on=None,
        client=account.client,
        batch=account.placement.batch,
        currency=account.statement.currency,
        balance=account.statement.balance,
        overdue_since=account.statement.overdue_since,
        ends_on=account.placement.ends_on,
        last_on=local_day(tried[-1], zone) if tried else None,
        last_outcome=done[-1].outcome if done else "",
        reached=False,
        city=str(account.statement.values.get("city", "")),
    )


def _changes_on(
    account: AccountFile, found: list[Task], dial: Dialling, today: date, zone: tzinfo
) -> date | None:
    """The first day after `today` on which the row changes without a new fact."""
    days: list[date | None] = [t.on for t in found]
    days += [p.due_on + timedelta(days=GRACE_DAYS + 1) for p in account.promises]
    for hold in account.holds:
        days += [hold.from_on, hold.until and hold.until + timedelta(days=1)]
    if not attempts(account):
        days += [account.placement.placed_on + timedelta(days=limit) for limit, _points in WAITING]
    ends = account.placement.ends_on
    if ends:
        days += [ends - timedelta(days=limit) for limit, _points in ENDS_IN] + [ends + timedelta(days=1)]
    talked = last_talk(account, zone)
    if talked:
        days += [talked + timedelta(days=limit) for limit, _points in SILENT]
    days.append(next_bucket_day(account.statement.overdue_since, today, (1, *limits(), 31, 61)))
    # what was done today is judged otherwise tomorrow
    if dial.called_on == today or any(local_day(a, zone) == today for a in steps(account)):
        days.append(today + timedelta(days=1))
    return min((d for d in days if d and d > today), default=None)


Tally = tuple[str, str, str]  # what is counted, class, day


def tallies(row: Row) -> tuple[Tally, ...]:
    """What a row adds to the stored counts: a person once, each account, each open one and its last day."""
    counted: list[Tally] = [("all", "", "")]
    if row.state != CLOSED:
        counted.append(("open", "", ""))
        if row.ends_on:
            counted.append(("ends", "", row.ends_on.isoformat()))
    if row.lead:
        counted.append((row.state, CLASSES[row.cls], row.due_on.isoformat() if row.due_on else ""))
    return tuple(counted)
