"""What work came to, in the field's own measures. Each count says what it counts.

An attempt is one dial, message or visit of ours, a contact is one that a human answered (a wrong number
too; a machine never), and a right-party contact (RPC) one that the debtor answered, or who is liable with
them, whatever came of it. A call that was about several accounts counts once. A contact that came from them
is a contact and no attempt. A promise is one entry, however many parts it has.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo

from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.deskfacts import Complaint
from collectctl.domain.facts import Activity, Payment, Promise
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.periods import Period
from collectctl.domain.promises import PromiseState, promise_states
from collectctl.domain.records import Record
from collectctl.domain.results.report import (
    Average,
    Breach,
    Counts,
    FallenDue,
    Group,
    Register,
    Sums,
    Tomorrow,
)
from collectctl.domain.tasks import CLASSES
from collectctl.domain.worklist import DUE, Row

WORKED_DAYS = 7  # how many worked days make the average
_HUMANS = ("self", "liable", "third", "unknown")
_RIGHT = ("self", "liable")


class Touch(Record):
    """What the counts read of an entry, so that whole weeks can be counted quickly."""

    account: int
    contact: int
    outcome: str
    who: str
    inbound: bool
    raised_by: str
    promised: bool


class Entry(Record):
    """A standing activity with what its account is measured by; `promised` is minor units, 0 for none."""

    activity: Activity
    account: str
    client: str
    batch: str
    overdue_since: date | None
    override: str
    promised: int
    currency: str

    @property
    def touch(self) -> Touch:
        a = self.activity
        return Touch(a.account, a.contact, a.outcome, a.who, a.inbound, a.raised_by, self.promised > 0)


Key = Callable[[Entry], str | int]


def is_attempt(done: Activity | Touch) -> bool:
    """A try of ours; an answer to a message is theirs, said so or not."""
    return BY_CODE[done.outcome].attempt and done.raised_by == "us" and not is_inbound(done)


def is_inbound(done: Activity | Touch) -> bool:
    return done.inbound or done.outcome == "replied"


def is_contact(done: Activity | Touch) -> bool:
    """Whether a human answered; what reached nobody by its outcome did not, whoever it was meant for."""
    return BY_CODE[done.outcome].who in _HUMANS and done.who in _HUMANS


def is_right_party(done: Activity | Touch) -> bool:
    return done.who in _RIGHT and is_contact(done)


def is_work(done: Activity | Touch) -> bool:
    """Whether an account was worked: a note and a legal step are no work on it."""
    return is_attempt(done) or is_contact(done)


def counts(touches: Iterable[Touch]) -> Counts:
    attempts, contacts, rpc = set(), set(), set()
    promises = 0
    for touch in touches:
        if is_attempt(touch):
            attempts.add(touch.contact)
        if is_contact(touch):
            contacts.add(touch.contact)
        if is_right_party(touch):
            rpc.add(touch.contact)
        promises += touch.promised
    return Counts(len(attempts), len(contacts), len(rpc), promises)


def accounts_worked(touches: Iterable[Touch]) -> set[int]:
    return {touch.account for touch in touches if is_work(touch)}


def inbound(entries: Iterable[Entry]) -> int:
    """Contacts that came from them."""
    return len({e.activity.contact for e in entries if is_inbound(e.activity) and is_contact(e.activity)})


def talk_seconds(entries: Iterable[Entry]) -> int:
    """Seconds on the phone, a call about several accounts once."""
    longest: dict[int, int] = {}
    for entry in entries:
        contact, seconds = entry.activity.contact, entry.activity.talk_seconds or 0
        longest[contact] = max(seconds, longest.get(contact, 0))
    return sum(longest.values())


def complaints(entries: Iterable[Entry], lodged: Iterable[Complaint], period: Period) -> int:
    """Complaints of the period: in contacts, and registered without one."""
    in_contacts = {e.activity.contact for e in entries if e.activity.outcome == "complaint"}
    others = [c for c in lodged if c.kind == "complaint" and c.activity is None]
    return len(in_contacts) + sum(period.holds(c.received_on) for c in others)


def register(lodged: Iterable[Complaint], period: Period, today: date) -> Register:
    """What the register says of a period, and of today."""
    known = list(lodged)
    closed = [c for c in known if c.closed_on and period.holds(c.closed_on)]
    waiting = [c for c in known if c.open]
    return Register(
        received=sum(period.holds(c.received_on) for c in known),
        closed=len(closed),
        late=sum(c.closed_on is not None and c.closed_on > c.due_on for c in closed),
        open=len(waiting),
        overdue=sum(c.due_on < today for c in waiting),
    )


def overrides(entries: Iterable[Entry], against: Iterable[Breach], zone: tzinfo) -> tuple[Breach, ...]:
    """What was done for a reason that stands against a presumption; also where none stood in the way."""
    ruled: dict[int, list[Breach]] = {}
    for breach in against:
        if breach.override:
            ruled.setdefault(breach.activity, []).append(breach)
    found: list[Breach] = []
    for e in (entry for entry in entries if entry.override):
        at = e.activity.at.astimezone(zone)
        bare = Breach(e.activity.id, e.account, at, "", "", "", "", e.override)
        found += ruled.get(e.activity.id, [bare])
    return tuple(found)


def totals(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sums by currency: currencies are never added."""
    sums: Counter[str] = Counter()
    for currency, minor in amounts:
        sums[currency] += minor
    return dict(sorted(sums.items()))


def promised(entries: Iterable[Entry]) -> dict[str, int]:
    return totals((e.currency, e.promised) for e in entries if e.promised)


def paid(payments: Iterable[Payment], *, confirmed: bool) -> Sums:
    """Money that the client confirmed, or that was only claimed."""
    chosen = [p for p in payments if p.confirmed == confirmed]
    return Sums(len(chosen), totals((p.currency, p.amount) for p in chosen))


# --- by what --------------------------------------------------------------------------------------------


def groups(entries: Iterable[Entry], key: Key, *, by_key: bool = False) -> tuple[Group, ...]:
    """The counts of each key, most attempts first, or in the order of the keys.

    A call about accounts of two keys counts once in each, so that every client's number is their own.
    """
    found: dict[str | int, list[Entry]] = {}
    for entry in entries:
        if is_work(entry.activity):
            found.setdefault(key(entry), []).append(entry)
    made = [
        Group(name, counts(e.touch for e in of)) for name, of in sorted(found.items(), key=lambda i: i[0])
    ]
    return tuple(made if by_key else sorted(made, key=lambda g: (-g.counts.attempts, -g.counts.contacts)))


def by_outcome(entry: Entry) -> str:
    return entry.activity.outcome


def by_client(entry: Entry) -> str:
    return entry.client


def by_batch(entry: Entry) -> str:
    return entry.batch


def by_hour(zone: tzinfo) -> Key:
    """The hour of the contact on the collector's clock."""
    return lambda entry: entry.activity.at.astimezone(zone).hour


def by_bucket(zone: tzinfo) -> Key:
    """The bucket in which the account was on the day of the contact, from its oldest unpaid due date."""
    return lambda e: bucket(days_past_due(e.overdue_since, e.activity.at.astimezone(zone).date()))


# --- promises fallen due --------------------------------------------------------------------------------


def fallen_due(
    accounts: Iterable[tuple[Sequence[Promise], Sequence[Payment], int]], period: Period, today: date
) -> FallenDue:
    """The parts that were kept in the period or became broken in it, as things stood at its end.

    Kept counts on the day on which it was complete, early or late; broken on the first day after grace. What
    was paid after the period changes nothing in it, so that a report read again says the same.
    """
    fallen = [
        state
        for promises, payments, grace in accounts
        for state in _states(promises, payments, min(period.last, today), grace)
        if _falls(state, period)
    ]
    tally = Counter(state.state for state in fallen)
    return FallenDue(
        kept=tally["kept"],
        partly=tally["partly-kept"],
        broken=tally["broken"],
        kept_amount=totals((s.promise.currency, s.kept) for s in fallen if s.kept),
        broken_amount=totals((s.promise.currency, s.promise.amount - s.kept) for s in fallen if s.broken_on),
    )


def _states(
    promises: Sequence[Promise], payments: Sequence[Payment], as_of: date, grace: int
) -> tuple[PromiseState, ...]:
    return promise_states(promises, [p for p in payments if p.on <= as_of], as_of, grace)


def _falls(state: PromiseState, period: Period) -> bool:
    day = state.kept_on or state.broken_on
    return day is not None and period.holds(day)


# --- compared with, and what comes ------------------------------------------------------------------------


def average(days: Sequence[Sequence[Touch]]) -> Average:
    """The mean of the headline counts over days, each given by its touches, to one decimal."""
    if not days:
        return Average(0, None, None, None, None, None)
    made = [counts(day) for day in days]

    def mean(total: int) -> float:
        return round(total / len(days), 1)

    return Average(
        days=len(days),
        attempts=mean(sum(c.attempts for c in made)),
        accounts_worked=mean(sum(len(accounts_worked(day)) for day in days)),
        contacts=mean(sum(c.contacts for c in made)),
        rpc=mean(sum(c.rpc for c in made)),
        promises=mean(sum(c.promises for c in made)),
    )


def is_worked_day(touches: Iterable[Touch]) -> bool:
    return any(is_attempt(touch) for touch in touches)


def tomorrow(rows: Iterable[Row], day: date) -> Tomorrow:
    """What comes due on `day`, from the rows of that day: accounts by class."""
    coming = Counter(CLASSES[row.cls] for row in rows if row.state == DUE and row.due_on == day)
    return Tomorrow(coming["promise-due"], coming["callback"], coming["follow-up"])
