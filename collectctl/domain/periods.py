"""The days that a report is about: first and last, both inside, in the collector's zone."""

from datetime import date, datetime, time, timedelta, tzinfo

from collectctl.domain.errors import BadUsage
from collectctl.domain.records import Record
from collectctl.domain.when import read_date, read_when
from collectctl.domain.words import _

# nothing is on record outside; instants near the ends of the calendar can't be converted between zones
_EARLIEST, _LATEST = date(1900, 1, 1), date(2999, 12, 31)


class Period(Record):
    first: date
    last: date

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The instants at which it begins (inside) and ends (outside)."""
        first, last = max(self.first, _EARLIEST), min(self.last, _LATEST)
        return midnight(first, zone), midnight(last + timedelta(days=1), zone)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class OnePeriod(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a report is about one period: a day, the week, the month, or from and to"),
            "collectctl report --from 2026-11-01 --to 2026-11-30",
        )


class NoStart(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--to needs --from"), "collectctl report --from 2026-11-01 --to 2026-11-30")


class EndsBeforeStart(BadUsage):
    def __init__(self, period: Period) -> None:
        super().__init__(
            _("the period ends before it begins: {first} to {last}").format(
                first=period.first, last=period.last
            ),
            _("write the year: --from 2026-11-01 --to 2026-11-30"),
        )


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant at which `day` begins."""
    return datetime.combine(day, time(), zone)


def read_period(
    now: datetime, *, day: str = "", week: bool = False, month: bool = False, first: str = "", last: str = "",
    order: str = "",
) -> Period:  # fmt: skip
    """The period that was typed; today where nothing was. All dates look back.

    Week and month are the current ones up to today (a week begins on Monday). Raises `OnePeriod`, `NoStart`,
    `EndsBeforeStart` and the errors of dates (exit 2).
    """
    if sum((bool(day), week, month, bool(first or last))) > 1:
        raise OnePeriod
    today = now.date()
    if first or last:
        return _between(now, first, last, order)
    if day:
        typed = read_when(day, now, back=True, order=order)
        only = typed.date() if isinstance(typed, datetime) else typed
        return Period(only, only)
    if week:
        return Period(today - timedelta(days=today.weekday()), today)
    return Period(today.replace(day=1) if month else today, today)


def _between(now: datetime, first: str, last: str, order: str) -> Period:
    if not first:
        raise NoStart
    start = read_date(first, now, back=True, order=order)
    end = read_date(last, now, back=True, order=order) if last else now.date()
    period = Period(start, end)
    if end < start:
        raise EndsBeforeStart(period)
    return period
