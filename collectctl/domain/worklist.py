"""The worklist: for each account its row, for each person the row that stands for them.

A row holds what the list is ordered and counted by, as of a day. It is stored and recomputed when a fact is
added or its `changes_on` comes; a replay of the facts gives the same row. No term of the points depends on
the hour.
"""

from datetime import date, datetime, timedelta, tzinfo
from itertools import takewhile

from collectctl.domain.buckets import next_bucket_day
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.holds import standing_holds, with_holds_of_person
from collectctl.domain.limitation import Limitation, limitation, warns_on
from collectctl.domain.memo import kept
from collectctl.domain.numbers import Dialling, dialling, number_states
from collectctl.domain.outlook import CAP, QUIET, Outlook, gate_cause, outlook, together
from collectctl.domain.owing import balance_of
from collectctl.domain.points import ENDS_IN, SILENT, WAITING, Term, limits, terms
from collectctl.domain.promises import breaks_on
from collectctl.domain.records import Record
from collectctl.domain.tasks import (
    CLASSES,
    CONTACT,
    DESK,
    LETTER,
    MESSAGE,
    Task,
    attempts,
    last_talk,
    local_day,
    steps,
    tasks,
)
from collectctl.domain.windows import ALWAYS, Window, as_key
from collectctl.domain.words import _

DUE, FUTURE, HOLD, NO_NUMBER, CLOSED, FORGOTTEN = "due", "future", "hold", "no_number", "closed", "forgotten"
_STATES = (DUE, FUTURE, NO_NUMBER, HOLD, FORGOTTEN, CLOSED)
TRACE_DAYS = 7
NOTHING = Outlook("call", "")
_CAUSES = {CAP: _("no more calls are allowed"), QUIET: _("a quiet period after the talk")}


class Row(Record):
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
    gate: str = ""  # the days on which a count or a quiet period bars it: `outlook.gate_cause`
    window: Window = ALWAYS  # the hours in which it is open, judged when the list is read


class Entry(Record):
    """A row with what makes it readable."""

    row: Row
    task: Task | None
    dial: Dialling
    why: tuple[Term, ...]
    outlook: Outlook = NOTHING
    desk: Task | None = None  # what is due at the desk besides


@kept
def person_entries(person: PersonFile, today: date, zone: tzinfo) -> tuple[Entry, ...]:
    """The entries of all accounts of a person as of `today`, one of them the lead."""
    dial = dialling(person, today, zone)
    reached = any(n.reached for n in number_states(person))
    entries = [_entry(person, a, dial, reached, today, zone) for a in with_holds_of_person(person)]
    rows = with_lead([e.row for e in entries])
    return tuple(e._replace(row=row) for e, row in zip(entries, rows, strict=True))


def with_lead(rows: list[Row]) -> list[Row]:
    """The rows of all accounts of a person, one of them made the row that stands for the person."""
    owed = any(map(_is_owed, rows))
    best = min(
        rows,
        key=lambda row: (is_barred(row), owed and not _is_owed(row) and row.due_at is not None, order(row)),
        default=None,
    )
    return [_lead(row, rows) if row is best else row for row in rows]


def is_barred(row: Row) -> bool:
    """Whether a count or a quiet period hides it on the collector's day."""
    return row.state == DUE and bool(gate_cause(row.gate, [0]))


def _lead(lead: Row, rows: list[Row]) -> Row:
    """The row that stands for the person: open whenever one of their accounts has something to do."""
    row = lead._replace(lead=True)
    if row.state == DUE:
        due = [row for row in rows if row.state == DUE]
        always = any(row.window == ALWAYS and not row.gate for row in due)
        gate = together([row.gate for row in due], row.gate)
        others = sorted({row.window for row in due} - {row.window}, key=as_key)
        window = row.window._replace(others=(*row.window.others, *others))
        row = row._replace(gate="" if always else gate, window=ALWAYS if always else window)
    return row


def _is_owed(row: Row) -> bool:
    """An answer that is due by law: no hour of a call hides it."""
    return row.state == DUE and CLASSES[row.cls] == "legal"


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
    if not account.open:
        return Entry(_row(person, account, CLOSED, None, 0, zone)._replace(reached=reached), None, dial, ())
    barred = limitation(account, zone, person.region)
    why = terms(account, reached, barred, today, zone)
    found = tasks(account, dial, today, zone)
    look = NOTHING
    if any(t.task == CONTACT for t in found):
        look = outlook(person, account, dial.phone, today, zone)
        found = _by_what_is_open(account, found, look, zone)
    state, task = _standing(account, found, dial, look, today)
    row = _row(person, account, state, task, sum(t.points for t in why), zone)._replace(reached=reached)
    held = standing_holds(account, today)
    ends = [h.until + timedelta(days=1) for h in held if h.until]
    row = row._replace(
        due_on=row.due_on or (max(ends) if ends and len(ends) == len(held) else None),
        changes_on=_changes_on(person, account, found, dial, look, barred, today, zone),
    )
    desk = min((t for t in found if t.task == DESK and t.due(today)), key=_place, default=None)
    if task and state == DUE and task.task != DESK and not desk:
        row = row._replace(gate=look.gate, window=look.window)
    return Entry(row, task, dial, why, look, desk)


def _place(task: Task) -> tuple[int, date, str]:
    return CLASSES.index(task.cls), task.on, task.reason


def _by_what_is_open(account: AccountFile, found: list[Task], look: Outlook, zone: tzinfo) -> list[Task]:
    """Where nobody may be called, the contacts go another way, or give way to what has to be found out."""
    if look.channel == "call":
        return found
    desk = [t for t in found if t.task == DESK]
    contacts = [t for t in found if t.task == CONTACT]
    if look.channel:
        kind = LETTER if look.channel == "letter" else MESSAGE
        return [*desk, *(_instead(t, kind, look) for t in contacts)]
    if look.why:
        first = min(t.on for t in contacts)
        return [*desk, Task("follow-up", DESK, first, None, look.why)]
    done = steps(account)
    last = local_day(done[-1], zone) if done else account.placement.placed_on
    trace = Task(
        "follow-up", DESK, last + timedelta(days=TRACE_DAYS), None, _("no number left: trace the person")
    )
    return [*desk, trace]


def _instead(task: Task, kind: str, look: Outlook) -> Task:
    names = {"letter": _("by letter"), "sms": _("by text"), "email": _("by e-mail")}
    reason = _("{reason} · {way}, no calls: {why}").format(
        reason=task.reason, way=names[look.channel], why=look.why
    )
    return task._replace(task=kind, reason=reason, channel=look.channel)


def _standing(
    account: AccountFile, found: list[Task], dial: Dialling, look: Outlook, today: date
) -> tuple[str, Task | None]:
    """What the account's row is about. What a count or a quiet period bars today gives way to desk tasks."""
    usable = [t for t in found if t.task != CONTACT or dial.phone]
    due = [t for t in usable if t.due(today)]
    barred = bool(look.cause())
    due = [t for t in due if t.task == DESK or not barred] or due
    if due:
        task = min(due, key=_place)
        return DUE, _not_before(task._replace(on=today), look) if barred and task.task != DESK else task
    if not standing_holds(account, today):
        found = [_not_before(t, look) for t in found]
    best = min(found, key=lambda t: (t.on, t.at is not None, CLASSES.index(t.cls)), default=None)
    if standing_holds(account, today):
        return HOLD, best
    if not dial.phone and look.channel == "":
        return NO_NUMBER, best
    return (FUTURE, best) if best else (FORGOTTEN, None)


def _not_before(task: Task, look: Outlook) -> Task:
    """A contact on the first day that no count or quiet period bars; the reason says which it was."""
    opens = look.open_from(task.on)
    if task.task == DESK or task.on >= opens:
        return task
    reason = _("{reason} · not before {day}: {cause}").format(
        reason=task.reason, day=f"{opens:%m-%d}", cause=_CAUSES[look.letter(task.on)]
    )
    return task._replace(on=opens, at=None, reason=reason)


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
        balance=balance_of(account),
        overdue_since=account.statement.overdue_since,
        ends_on=account.placement.ends_on,
        last_on=local_day(tried[-1], zone) if tried else None,
        last_outcome=done[-1].outcome if done else "",
        reached=False,
        city=str(account.statement.values.get("city", "")),
    )


def _changes_on(
    person: PersonFile, account: AccountFile, found: list[Task], dial: Dialling, look: Outlook,
    barred: Limitation | None, today: date, zone: tzinfo,
) -> date | None:  # fmt: skip
    """The first day after `today` on which the row changes without a new fact."""
    days: list[date | None] = [t.on for t in found]
    days.append(look.changes_on)
    days += [look.open_from(t.on) for t in found if t.task != DESK] if look.ahead else []
    # the last day of a limit is one of the debtor's, and a night outlasts it
    days += [x.until + timedelta(days=n) for x in person.limits if x.until for n in (1, 2, 3)]
    days += [breaks_on(p, account.grace) for p in account.promises]
    days += [s.until + timedelta(days=1) for s in account.settlements]
    days += [warns_on(barred), barred.ends + timedelta(days=1)] if barred else []
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
    done = takewhile(lambda day: day >= today, (local_day(a, zone) for a in reversed(steps(account))))
    if dial.called_on == today or today in done:
        days.append(today + timedelta(days=1))
    return min((d for d in days if d and d > today), default=None)


Tally = tuple[str, str, str, str, Window]  # what is counted, class, day, gate, window


def tallies(row: Row) -> tuple[Tally, ...]:
    """What a row adds to the stored counts: a person once, each account, each open one and its last day.

    A person who is due counts once by day and once by what opens them (`gate`), so that both stay few.
    """
    counted: list[Tally] = [("all", "", "", "", ALWAYS)]
    if row.state != CLOSED:
        counted.append(("open", "", "", "", ALWAYS))
        if row.ends_on:
            counted.append(("ends", "", row.ends_on.isoformat(), "", ALWAYS))
    if row.lead:
        cls = CLASSES[row.cls]
        counted.append((row.state, cls, row.due_on.isoformat() if row.due_on else "", "", ALWAYS))
        if row.state == DUE:
            counted.append(("gate", cls, "", row.gate, row.window))
    return tuple(counted)
