"""What work came to, in the field's own measures. Each count says what it counts.

An attempt is one dial, message or visit of ours, a contact is one that a human answered (a wrong number
too; a machine never), and a right-party contact (RPC) one that the debtor answered, or who is liable with
them, whatever came of it. A call that was about several accounts counts once. A contact that came from them
is a contact and no attempt. A promise is one entry, however many parts it has.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.facts import Activity, Payment, Promise
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.periods import Period
from collectctl.domain.promises import PromiseState, promise_states
from collectctl.domain.results.report import Average, Counts, FallenDue, Group, Override, Sums, Tomorrow
from collectctl.domain.worklist import DUE, FUTURE

WORKED_DAYS = 7  # how many worked days make the average
_HUMANS = ("self", "liable", "third", "unknown")
_RIGHT = ("self", "liable")


class Entry(NamedTuple):
    """A standing activity with what its account is measured by; `promised` is minor units, 0 for none."""

    activity: Activity
    account: str
    client: str
    batch: str
    overdue_since: date | None
    override: str
    promised: int
    currency: str


Key = Callable[[Entry], str | int]


def is_attempt(activity: Activity) -> bool:
    """A try of ours; an answer to a message is theirs, said so or not."""
    return activity.is_attempt and not is_inbound(activity)


def is_inbound(activity: Activity) -> bool:
    return activity.inbound or activity.outcome == "replied"


def is_contact(activity: Activity) -> bool:
    """Whether a human answered; what reached nobody by its outcome did not, whoever it was meant for."""
    return BY_CODE[activity.outcome].who in _HUMANS and activity.who in _HUMANS


def is_right_party(activity: Activity) -> bool:
    return is_contact(activity) and activity.who in _RIGHT


def is_work(entry: Entry) -> bool:
    """Whether an account was worked by this entry: a note and a legal step are none."""
    return is_attempt(entry.activity) or is_contact(entry.activity)


def counts(entries: Iterable[Entry]) -> Counts:
    attempts, contacts, rpc = set(), set(), set()
    promises = 0
    for entry in entries:
        activity = entry.activity
        if is_attempt(activity):
            attempts.add(activity.contact)
        if is_contact(activity):
            contacts.add(activity.contact)
        if is_right_party(activity):
            rpc.add(activity.contact)
        promises += entry.promised > 0
    return Counts(len(attempts), len(contacts), len(rpc), promises)


def accounts_worked(entries: Iterable[Entry]) -> set[int]:
    return {entry.activity.account for entry in entries if is_work(entry)}


def inbound(entries: Iterable[Entry]) -> int:
    """Contacts that came from them."""
    return len({e.activity.contact for e in entries if is_inbound(e.activity) and is_contact(e.activity)})


def talk_seconds(entries: Iterable[Entry]) -> int:
    """Seconds on the phone, a call about several accounts once."""
    return sum({e.activity.contact: e.activity.talk_seconds or 0 for e in entries}.values())


def complaints(entries: Iterable[Entry]) -> int:
    return len({e.activity.contact for e in entries if e.activity.outcome == "complaint"})


def overrides(entries: Iterable[Entry], zone: tzinfo) -> tuple[Override, ...]:
    return tuple(
        Override(e.account, e.override, e.activity.at.astimezone(zone)) for e in entries if e.override
    )


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
        if is_work(entry):
            found.setdefault(key(entry), []).append(entry)
    made = [Group(name, counts(members)) for name, members in sorted(found.items(), key=lambda i: i[0])]
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
    accounts: Iterable[tuple[Sequence[Promise], Sequence[Payment]]], period: Period, today: date
) -> FallenDue:
    """The parts that were kept in the period or became broken in it, as things stood at its end.

    Kept counts on the day on which it was complete, early or late; broken on the first day after grace. What
    was paid after the period changes nothing in it, so that a report read again says the same.
    """
    fallen = [
        state
        for promises, payments in accounts
        for state in _states(promises, payments, min(period.last, today))
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
    promises: Sequence[Promise], payments: Sequence[Payment], as_of: date
) -> tuple[PromiseState, ...]:
    return promise_states(promises, [p for p in payments if p.on <= as_of], as_of)


def _falls(state: PromiseState, period: Period) -> bool:
    day = state.kept_on or state.broken_on
    return day is not None and period.holds(day)


# --- compared with, and what comes ------------------------------------------------------------------------


def average(days: Sequence[Sequence[Entry]]) -> Average:
    """The mean of the headline counts over days, each given by its entries, to one decimal."""
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


def is_worked_day(entries: Iterable[Entry]) -> bool:
    return any(is_attempt(entry.activity) for entry in entries)


def tomorrow(people: Mapping[tuple[str, str], int]) -> Tomorrow:
    """From the number of people by (state, class) whose next step is on that day."""

    def of(cls: str) -> int:
        return sum(people.get((state, cls), 0) for state in (DUE, FUTURE))

    return Tomorrow(of("promise-due"), of("callback"), of("follow-up"))
