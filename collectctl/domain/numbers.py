"""Which number to dial next, and what earlier dials have told about each.

A number that is not in service, somebody else's or left is no longer proposed, unless the debtor later
answered it. "Reached nobody" is a dial that met no person.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from collectctl.domain import windows
from collectctl.domain.facts import Activity, Limit, PersonFile, Phone
from collectctl.domain.memo import kept
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.records import Record
from collectctl.domain.when import fold

# time bands of a day, by the clock where the collector sits; a call is tried in each before the next day
BANDS = (time(8), time(12), time(18))
LAST_CALL = time(21)
_WHOLE = 9  # digits from which a number is whole, whatever stands before it


class PhoneForm(Record):
    """What the form of a number tells."""

    normal: str = ""  # E.164, "" where it is no valid number
    zones: tuple[str, ...] = ()  # of its area code; empty where it says nothing about a place
    country: str = ""  # as CN, "" unknown


class NumberState(Record):
    phone: Phone
    state: str  # "", dead, wrong, stale
    reached: bool  # the debtor once answered it
    tried: int


def dial_digits(value: str) -> str:
    """The digits of a number as compared: no punctuation, no leading `+86`, `0086` or `+1`."""
    if value.isdecimal() and value.isascii() and len(value) < 13:
        return value
    digits = "".join(c for c in value if c.isdecimal() and c.isascii())
    if value.lstrip().startswith(("+86", "0086", "86")) and len(digits) >= 13:
        return digits.removeprefix("00").removeprefix("86")
    if value.lstrip().startswith("+1") and len(digits) == 11:
        return digits[1:]
    return digits


@kept
def number_states(person: PersonFile) -> tuple[NumberState, ...]:
    """Every number of the debtor, in the order of the file, with what the dials told."""
    by_number: dict[str, list[Activity]] = {}
    for activity in contacts(person):
        by_number.setdefault(activity.number, []).append(activity)
    return tuple(_state(phone, by_number.get(phone.digits, [])) for phone in person.phones)


def _state(phone: Phone, dials: Sequence[Activity]) -> NumberState:
    state, reached = "", False
    for dial in dials:
        if dial.who == "self":
            state, reached = "", True
        elif BY_CODE[dial.outcome].number:
            state = BY_CODE[dial.outcome].number
    return NumberState(phone, state, reached, len(dials))


@kept
def contacts(person: PersonFile) -> tuple[Activity, ...]:
    """The person's calls, one entry a call even where it was about several accounts, oldest first."""
    seen: dict[int, Activity] = {}
    for account in person.accounts:
        for activity in account.activities:
            if BY_CODE[activity.outcome].attempt and activity.raised_by == "us":
                seen.setdefault(activity.contact, activity)
    return tuple(sorted(seen.values(), key=lambda a: (a.at, a.id)))


def known_digits(person: PersonFile, typed: str) -> str:
    """The number on file that is `typed`, as it is compared; else `typed`, as digits where it is a number."""
    phones = (*person.phones, *person.party_phones)
    if any(p.digits == typed for p in phones) or not is_phone(typed):
        return typed.strip()
    known = known_phone(phones, typed)
    return known.digits if known else dial_digits(typed) or typed.strip()


def is_phone(typed: str) -> bool:
    """Whether `typed` is written as a number to dial, and not an address or a date."""
    if len(typed) == 10 and typed[4:5] == typed[7:8] == "-":
        return False
    return set(fold(typed)) <= set("+-() .0123456789") and len(dial_digits(fold(typed))) > 2


def known_phone(phones: tuple[Phone, ...], typed: str) -> Phone | None:
    """The number on file that is `typed`, with or without country code, or the only one that ends in it."""
    digits = dial_digits(fold(typed))
    exact = [p for p in phones if p.digits == digits]
    whole = [p for p in phones if len(p.digits) >= _WHOLE and digits.endswith(p.digits.lstrip("0"))]
    ending = [p for p in phones if len(digits) >= 3 and p.digits.endswith(digits)]
    hits = exact or whole or ending
    return hits[0] if hits and len({p.digits for p in hits}) == 1 else None


def first_day(person: PersonFile, today: date, collector: tzinfo) -> date:
    """The day that the clocks where the person is show when the collector's `today` begins: the earliest."""
    names = person.zones or {name for phone in person.phones for name in phone.zones}
    start = datetime.combine(today, time(), collector)
    return min((start.astimezone(windows.zone(name)).date() for name in names), default=today)


def dialable(person: PersonFile, today: date) -> tuple[Phone, ...]:
    """The numbers to propose: those that reached the debtor first, those with their own hours last."""
    usable = [n for n in number_states(person) if not n.state and not _ruled_out(person, n.phone, today)]
    timed = [x for x in person.limits if x.timed]
    return tuple(
        n.phone for n in sorted(usable, key=lambda n: (any(_names(x, n.phone) for x in timed), not n.reached))
    )


def _ruled_out(person: PersonFile, phone: Phone, today: date) -> bool:
    """Whether the debtor asked us not to call this number, or only others."""
    standing = (x for x in person.limits if not x.until or x.until >= today)
    limits = [x for x in standing if not x.timed and (x.to or x.place) and x.channel in ("", "call")]
    wanted = [x for x in limits if x.only]
    return any(_names(x, phone) for x in limits if not x.only) or (
        bool(wanted) and not any(_names(x, phone) for x in wanted)
    )


def _names(limit: Limit, phone: Phone) -> bool:
    return phone.digits == limit.to or (bool(limit.place) and phone.label == limit.place)


class Dialling(Record):
    """Where the dialling of a person stands: the number to call, and the earliest moment."""

    phone: Phone | None
    position: int  # 1-based among the `usable` numbers
    usable: int
    not_before: datetime | None  # an instant of today
    not_before_day: date | None
    continues: bool  # a number reached nobody today and another one is untried
    called_at: datetime | None = None  # the last call

    @property
    def called_on(self) -> date | None:
        return self.called_at.date() if self.called_at else None


def dialling(person: PersonFile, today: date, zone: tzinfo) -> Dialling:
    """The next number of `person` and what the last dial that reached nobody makes us wait for."""
    theirs = first_day(person, today, zone) if person.limits else today
    phones, calls = dialable(person, theirs), contacts(person)
    last = calls[-1] if calls else None
    first = phones[0] if phones else None
    idle = Dialling(first, 1, len(phones), None, None, False, last.at.astimezone(zone) if last else None)
    if last is None or last.is_talk or last.inbound:
        return idle
    if last.next_at or last.next_on:
        at = last.next_at.astimezone(zone) if last.next_at else None
        return idle._replace(not_before=at, not_before_day=at.date() if at else last.next_on)
    outcome, called = BY_CODE[last.outcome], last.at.astimezone(zone)
    if outcome.step in ("promise", "hold", "talk"):
        return idle
    if outcome.step in ("number", "trace") and outcome.channel == "call":
        tried = {c.number for c in calls if c.at.astimezone(zone).date() == called.date()}
        for position, phone in enumerate(phones, 1):
            if phone.digits not in tried:
                return idle._replace(
                    phone=phone,
                    position=position,
                    not_before_day=called.date(),
                    continues=called.date() == today,
                )
        later = _next_band(called, calls, zone) if outcome.code in ("no-answer", "unreachable") else None
        if later:
            return idle._replace(not_before=later, not_before_day=later.date())
    if outcome.step == "hours":
        later = called + timedelta(hours=outcome.days)
        if later.date() == called.date() and later.time() < LAST_CALL:
            return idle._replace(not_before=later, not_before_day=later.date())
        return idle._replace(not_before_day=called.date() + timedelta(days=1))
    return idle._replace(not_before_day=called.date() + timedelta(days=outcome.days))


def _next_band(called: datetime, calls: Sequence[Activity], zone: tzinfo) -> datetime | None:
    """The start of the next band of that day in which nothing was tried."""
    for start in BANDS:
        if start > called.time():
            return datetime.combine(called.date(), start, zone)
    return None
