"""What the collector says of a hold: the days on which it counts, and whether such a hold stands already."""

from collections.abc import Iterable
from datetime import date, timedelta

from collectctl.domain.errors import BadUsage
from collectctl.domain.hours import named_day
from collectctl.domain.policy import HOLDS
from collectctl.domain.records import Record
from collectctl.domain.words import _

BREATHING_SPACE = "breathing-space"
BREATHING_DAYS = 60  # of the standard form, the first included (SI 2020/1311)


class UnknownHold(BadUsage):
    def __init__(self, kind: str) -> None:
        super().__init__(
            _("no hold is called {kind!r}; there are {kinds}").format(kind=kind, kinds=", ".join(HOLDS)),
            "collectctl hold ACCOUNT other --text WHY",
        )


class EndsFirst(BadUsage):
    def __init__(self, until: date, start: date) -> None:
        super().__init__(
            _("the hold can't end on {until}, before it begins on {start}").format(
                until=named_day(until), start=named_day(start)
            )
        )


class ReceivedAhead(BadUsage):
    def __init__(self, day: date) -> None:
        super().__init__(
            _("it can't have been received on a day to come: {day}").format(day=named_day(day)),
            "--received today",
        )


class NoTreatment(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("--mental-health is a form of breathing-space, without a day on which it ends"),
            _("leave --until out, or say: collectctl hold ACCOUNT breathing-space --mental-health"),
        )


class Told(Record):
    """A hold as it was typed; None and "" where nothing was said."""

    kind: str
    start: date | None = None
    until: date | None = None
    received: date | None = None
    written: bool = False
    mental_health: bool = False
    party: str = ""
    case_number: str = ""
    chapter: str = ""
    text: str = ""


class NewHold(Record):
    """A hold as it is stored; `until` is still inside."""

    kind: str
    from_on: date
    until: date | None
    received_on: date | None
    party: str
    case_number: str
    chapter: str
    text: str


def check_kind(kind: str) -> None:
    """Raises `UnknownHold` (exit 2)."""
    if kind not in HOLDS:
        raise UnknownHold(kind)


def new_hold(told: Told, today: date) -> NewHold:
    """The hold that `told` sets.

    It counts from receipt where that is given, else from `start`, else from today. A breathing space runs
    from its own start whenever the notice of it came, and lasts 60 days in its standard form (SI 2020/1311).
    What is in writing was received on some day: where none was named, on the day from which it counts.

    Raises `UnknownHold`, `ReceivedAhead`, `NoTreatment`, `EndsFirst` (exit 2).
    """
    check_kind(told.kind)
    if told.received and told.received > today:
        raise ReceivedAhead(told.received)
    breathing = told.kind == BREATHING_SPACE
    if told.mental_health and (not breathing or told.until):
        raise NoTreatment
    own = (told.start, told.received) if breathing else (told.received, told.start)
    from_on = own[0] or own[1] or today
    until = told.until
    if breathing and not until and not told.mental_health:
        until = from_on + timedelta(days=BREATHING_DAYS - 1)
    if until and until < from_on:
        raise EndsFirst(until, from_on)
    received = told.received or (min(from_on, today) if told.written else None)
    return NewHold(told.kind, from_on, until, received, told.party, told.case_number, told.chapter, told.text)


def says_nothing_new(told: Told, new: NewHold, known: NewHold, today: date) -> bool:
    """Whether `known`, a hold of the kind that has not ended, says all that was typed now."""
    dated = bool(told.start or told.received)
    return (
        (new.from_on == known.from_on if dated else known.from_on <= today)
        and (not told.received or told.received == known.received_on)
        and (not told.written or known.received_on is not None)
        and (not told.until or told.until == known.until)
        and (not told.mental_health or known.until is None)
        and all(
            not said or said == stored
            for said, stored in zip(
                (told.party, told.case_number, told.chapter, told.text),
                (known.party, known.case_number, known.chapter, known.text),
                strict=True,
            )
        )
    )


def outlasting(new: NewHold, known: Iterable[NewHold]) -> NewHold | None:
    """An earlier hold of the kind that goes on when `new` has ended."""
    if new.until is None:
        return None
    return next((k for k in known if k.until is None or k.until > new.until), None)


def hold_in_words(hold: NewHold, today: date) -> str:
    """The hold as it is echoed: "dispute since Fri 2026-11-20 until Mon 2026-11-30"."""
    began = _("since {day}") if hold.from_on < today else _("from {day}")
    parts = [hold.kind, began.format(day=named_day(hold.from_on))]
    if hold.until:
        parts.append(_("until {day}").format(day=named_day(hold.until)))
    return " ".join(parts)
