"""WHEN: the days and times that a collector types.

A small grammar instead of a guessing parser: every form has one reading, relative to now in the collector's
zone and looking forward or back. `05/11/2026` has two readings and is refused until the user has said which
order is meant. Results are a date, or an aware instant in the zone of `now`.
"""

from datetime import date, datetime, time, timedelta, tzinfo

from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))  # as they are shown
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE_DAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_NAMED = {
    "today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2,
    "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_UNITS = {"h": 0, "d": 1, "w": 7, "小时": 0, "天": 1, "周": 7}
_MONTH_UNITS = ("m", "个月", "月")

# full-width forms of ASCII, and the ideographic space, as typed by a Chinese input method
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


# what a collector can mean; beyond them the calendar of the book ends
FIRST_YEAR, LAST_YEAR = 1970, 2200


def fold(text: str) -> str:
    """Full-width digits, letters and signs as their plain forms."""
    return text if text.isascii() else text.translate(_FOLD)


def zone_of(now: datetime) -> tzinfo:
    """The collector's zone, which every `now` carries."""
    assert now.tzinfo is not None
    return now.tzinfo


class UnreadableDate(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no date or time").format(typed=typed),
            _("2026-11-30, 11-30, 30, fri, +3d, eom, 15:30 or 'fri 15:30'"),
        )


class TwoReadings(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} could be day-month or month-day").format(typed=typed),
            _("write 2026-11-05, or: collectctl config set dates dmy"),
        )


class NoSuchDay(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is not in the calendar").format(typed=typed), _("write it as 2026-11-30")
        )


def read_when(typed: str, now: datetime, *, back: bool = False, order: str = "") -> date | datetime:
    """What `typed` means at `now`. `back` looks back (reports, payments), else forward.

    Raises `UnreadableDate`, `TwoReadings` or `NoSuchDay` (exit 2).
    """
    text = fold(typed).strip().lower()
    day_text, _space, time_text = text.partition(" ")
    if time_text:
        day, at = _read(day_text, now, back, order), _time(time_text.strip())
        if isinstance(day, datetime) or at is None:
            raise UnreadableDate(typed)
        return datetime.combine(day, at, now.tzinfo)
    return _read(text, now, back, order)


def read_date(typed: str, now: datetime, *, back: bool = False, order: str = "") -> date:
    """A WHEN without a time. Raises as `read_when`."""
    value = read_when(typed, now, back=back, order=order)
    if isinstance(value, datetime):
        raise UnreadableDate(typed)
    return value


def is_when(typed: str) -> bool:
    """Whether `typed` has the form of a WHEN at all, a malformed date of that form included."""
    try:
        read_when(typed, datetime(2026, 1, 1, tzinfo=None))  # noqa: DTZ001 (only the form is asked for)
    except UnreadableDate:
        return False
    except BadUsage:
        return True
    return True


def _read(text: str, now: datetime, back: bool, order: str) -> date | datetime:
    if text in _NAMED:
        return now.date() + timedelta(days=_NAMED[text])
    if text in ("now", "现在"):
        return now
    if text in ("eom", "月底"):
        return _first_of_next_month(now.date()) - timedelta(days=1)
    weekday = _weekday(text)
    if weekday is not None:
        return _weekday_date(weekday, now.date(), back)
    if text[:1] in ("+", "-"):
        return _relative(text, now)
    at = _time(text)
    if at is not None:
        return _next_time(at, now, back)
    return _calendar(text, now, back, order)


def _weekday(text: str) -> int | None:
    for names in (_WEEKDAYS, _LONG_WEEKDAYS):
        if text in names:
            return names.index(text)
    for lead in ("周", "星期", "礼拜"):
        if text.startswith(lead) and text[len(lead) :] in _CHINESE_DAYS:
            return _CHINESE_DAYS[text[len(lead) :]]
    return None


def _weekday_date(weekday: int, today: date, back: bool) -> date:
    """The nearest such day that is not today (today has its own word)."""
    days = (today.weekday() - weekday if back else weekday - today.weekday()) % 7 or 7
    return today + timedelta(days=-days if back else days)


def _relative(text: str, now: datetime) -> date | datetime:
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].rstrip("hdwm小时天周个月")
    unit = text[1 + len(digits) :]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 5):
        raise UnreadableDate(text)
    count = sign * int(digits)
    if unit in _MONTH_UNITS:
        return add_months(now.date(), count)
    if unit not in _UNITS:
        raise UnreadableDate(text)
    if not _UNITS[unit]:
        return now + timedelta(hours=count)
    later = now.date() + timedelta(days=count * _UNITS[unit])
    return _date(text, later.year, later.month, later.day)


def _time(text: str) -> time | None:
    hours, colon, minutes = text.partition(":")
    if not colon or not (hours.isdigit() and minutes.isdigit() and hours.isascii() and minutes.isascii()):
        return None
    if len(hours) > 2 or len(minutes) != 2:
        return None
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise NoSuchDay(text) from None


def _next_time(at: time, now: datetime, back: bool) -> datetime:
    value = datetime.combine(now.date(), at, now.tzinfo)
    if back:
        return value if value <= now else value - timedelta(days=1)
    return value if value >= now else value + timedelta(days=1)


def _calendar(text: str, now: datetime, back: bool, order: str) -> date | datetime:
    if "t" in text and len(text) >= 16:
        return _instant(text, now)
    plain = text.replace("年", "-").replace("月", "-").removesuffix("日").removesuffix("号")
    if "/" in plain:
        return _slashed(plain, text, order)
    parts = plain.replace(".", "-").split("-")
    if not all(p.isdigit() and p.isascii() for p in parts) or len(parts) > 3 or len(text) > 12:
        raise UnreadableDate(text)
    numbers = [int(p) for p in parts]
    if len(parts) == 1 and len(parts[0]) == 8:
        return _date(text, numbers[0] // 10000, numbers[0] // 100 % 100, numbers[0] % 100)
    if len(parts) == 1 and len(parts[0]) <= 2:
        return _day_of_month(text, numbers[0], now.date(), back)
    if len(parts) == 2 and numbers[0] <= 31:
        return _month_day(text, numbers[0], numbers[1], now.date(), back)
    if len(parts) == 3 and len(parts[0]) == 4:
        return _date(text, *numbers)
    raise UnreadableDate(text)


def _instant(text: str, now: datetime) -> datetime:
    try:
        value = datetime.fromisoformat(text.upper())
    except ValueError:
        raise UnreadableDate(text) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise NoSuchDay(text)
    return value.replace(tzinfo=now.tzinfo) if value.tzinfo is None else value.astimezone(now.tzinfo)


def _slashed(plain: str, text: str, order: str) -> date:
    parts = plain.split("/")
    if len(parts) != 3 or not all(p.isdigit() and p.isascii() for p in parts):
        raise UnreadableDate(text)
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) == 4:
        return _date(text, a, b, c)
    if order == "mdy":
        return _date(text, c, a, b)
    if order == "dmy":
        return _date(text, c, b, a)
    raise TwoReadings(text)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoSuchDay(text) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NoSuchDay(text)
    return found


def _day_of_month(text: str, day: int, today: date, back: bool) -> date:
    """The nearest month, this one included, that has such a day on the asked side of today."""
    if not 1 <= day <= 31:
        raise NoSuchDay(text)
    first = today.replace(day=1)
    for _month in range(3):
        try:
            found = first.replace(day=day)
        except ValueError:
            found = None
        if found is not None and (found <= today if back else found >= today):
            return found
        first = (first - timedelta(days=1)).replace(day=1) if back else _first_of_next_month(first)
    raise NoSuchDay(text)


def _month_day(text: str, month: int, day: int, today: date, back: bool) -> date:
    for year in range(today.year, today.year + (-9 if back else 9), -1 if back else 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today if back else found >= today:
            return found
    raise NoSuchDay(text)


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    if not FIRST_YEAR * 12 <= index < LAST_YEAR * 12:
        raise NoSuchDay(str(months))
    first = date(index // 12, index % 12 + 1, 1)
    last = _first_of_next_month(first) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
