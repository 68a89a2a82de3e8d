"""What accrues on a principal from day to day: interest line by line, compounding, the cap over all charges.

A line is a span of days on one balance at one rate; both of its days are charged. Amounts are minor units,
each line rounded half up by itself.
"""

from collections.abc import Sequence
from copy import copy
from datetime import date, timedelta
from decimal import Decimal

from collectctl.domain.components import Owed
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.rates import (
    Convention,
    Rate,
    days_of_year,
    half_up,
    read_convention,
    read_rate,
)
from collectctl.domain.records import Record

ONE = timedelta(days=1)


class Line(Record):
    """The interest of the days from `first` to `last`, both charged, on `base`; `capped` of it is cut off."""

    first: date
    last: date
    days: int
    base: int
    rate: str
    basis: str
    interest: int
    capped: int = 0

    @property
    def charged(self) -> int:
        return self.interest - self.capped


class Segment(Record):
    """How charges accrue from a day on, until the next segment; without a convention nothing does."""

    from_on: date
    convention: Convention | None
    monthly: bool = False  # interest is added to what bears interest, month by month from `from_on`
    cap: Rate | None = None


def segments(terms: Sequence[Terms]) -> list[Segment]:
    """The terms of an account in the order in which they begin; of one day the newest."""
    by_day = {t.from_on: t for t in sorted(terms, key=lambda t: (t.from_on, t.id))}
    return [
        Segment(
            day,
            read_convention(t.rate, t.basis, t.last_day, t.payment_day) if t.rate else None,
            t.compound == "month",
            read_rate(t.cap) if t.cap else None,
        )
        for day, t in by_day.items()
    ]


def spans(convention: Convention, base: int, first: date, end: date) -> list[Line]:
    """The lines of the days from `first` until before `end`; with actual days none crosses a year's end."""
    found: list[Line] = []
    while first < end:
        stop = min(end, date(first.year + 1, 1, 1)) if _by_year(convention) else end
        interest = _interest(convention.rate, convention.basis, base, first, (stop - first).days)
        found.append(
            Line(
                first, stop - ONE, (stop - first).days, base, convention.rate.text, convention.basis,
                half_up(interest),
            )
        )  # fmt: skip
        first = stop
    return found


def _by_year(convention: Convention) -> bool:
    return convention.basis == "actual" and convention.rate.unit == "year"


def _interest(rate: Rate, basis: str, base: int, first: date, days: int) -> Decimal:
    whole = base * rate.share * days
    return whole / days_of_year(first, basis) if rate.unit == "year" else whole


class Accrual:
    """Walks through the days of a debt; what accrues is added to the interest of `owed` as it goes."""

    def __init__(self, owed: Owed, by: Sequence[Segment]) -> None:
        self.owed = owed
        self.lines: list[Line] = []
        self._by = by
        self._day = by[0].from_on if by else None
        self._interest = 0  # charged since the first segment
        self._compounded = 0  # what of it bears interest itself
        self._charged = 0  # under a cap
        self._room = Decimal(0)  # what the cap allows for the same days

    def fork(self, owed: Owed) -> "Accrual":
        """Another walk from here on, over `owed`."""
        other = copy(self)
        other.owed, other.lines = owed, list(self.lines)
        return other

    def convention(self, on: date) -> Convention | None:
        found = [segment.convention for segment in self._by if segment.from_on <= on]
        return found[-1] if found else None

    def _cap(self, on: date) -> Rate | None:
        found = [segment.cap for segment in self._by if segment.from_on <= on]
        return found[-1] if found else None

    def before_payment(self, on: date) -> None:
        """Charge the days before a payment, its own day too where that is on the old balance."""
        convention = self.convention(on)
        self.run(on + ONE if convention and convention.old else on)

    def close(self, on: date) -> None:
        """Charge the days until `on`, that day too where the closing day is charged."""
        convention = self.convention(on)
        self.run(on + ONE if convention and convention.closing else on)

    def charge(self, amount: int, on: date) -> None:
        """A charge that was booked counts under the cap of its day."""
        if self._cap(on):
            self._charged += amount

    def run(self, end: date) -> None:
        """Charge the days until before `end`."""
        for at, segment in enumerate(self._by):
            later = self._by[at + 1].from_on if at + 1 < len(self._by) else end
            stop = min(end, later)
            while self._day is not None and segment.from_on <= self._day < stop:
                due = min(stop, _next_month(segment, self._day)) if segment.monthly else stop
                self._post(segment, self._day, due)
                self._day = due
                if segment.monthly and due == _anchor(segment, due):
                    self._compounded = min(self._interest, self.owed["interest"])

    def _post(self, segment: Segment, first: date, end: date) -> None:
        if segment.convention is None:
            return
        base = self.owed["principal"] + min(self._compounded, self.owed["interest"])
        for line in spans(segment.convention, base, first, end) if base > 0 else ():
            found = self._under(segment, line)
            self._charged += found.charged if segment.cap else 0
            self._interest += found.charged
            self.owed["interest"] += found.charged
            self.lines.append(found)

    def _under(self, segment: Segment, line: Line) -> Line:
        """`line` without what goes beyond the cap: all charges so far against the cap on the principal."""
        if segment.cap is None or segment.convention is None:
            return line
        basis = segment.convention.basis
        self._room += _interest(segment.cap, basis, self.owed["principal"], line.first, line.days)
        kept = max(0, min(line.interest, half_up(self._room) - self._charged))
        return line._replace(capped=line.interest - kept)

    def room(self, on: date) -> int | None:
        """What the cap leaves for other charges on a day, None where there is none."""
        return max(0, half_up(self._room) - self._charged) if self._cap(on) else None


def _next_month(segment: Segment, day: date) -> date:
    from collectctl.domain.instalments import month_after

    months = (day.year - segment.from_on.year) * 12 + day.month - segment.from_on.month
    found = month_after(segment.from_on, max(months, 1))
    return found if found > day else month_after(segment.from_on, months + 1)


def _anchor(segment: Segment, day: date) -> date:
    from collectctl.domain.instalments import month_after

    return month_after(
        segment.from_on, (day.year - segment.from_on.year) * 12 + day.month - segment.from_on.month
    )
