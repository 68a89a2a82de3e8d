"""Dates as files write them, read into ISO text; and the order of day and month that a column shows."""

from collections.abc import Iterable
from datetime import date, timedelta

from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING
from collectctl.intake.errors import BadCell

_MONTH_NAMES = """jan january,feb february,mar march,apr april,may,jun june,jul july,aug august,
    sep sept september,oct october,nov november,dec december"""
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.split(","), start=1) for name in names.split()
}
_NO_DATE = frozenset(["0000-00-00", "0000/00/00", "00/00/0000", "0000-00-00 00:00:00"])
_FOLD = str.maketrans("０１２３４５６７８９／－．：年月/.", "0123456789---:----", "日号")
_EPOCH_1900 = date(1899, 12, 30)  # serials count a 29 February 1900 that never was; right from March 1900 on
_EPOCH_1904 = date(1904, 1, 1)


def parse_date(text: str, order: str | None, *, epoch_1904: bool = False) -> str:
    """ISO text of a date cell, "" where it says nothing; a time of day is dropped.

    `order` ("dmy", "mdy", "ymd" or None) reads `05/11/2026`. `epoch_1904` is the workbook's own day count.
    Raises BadCell with the reason.
    """
    cell = text.strip()
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        try:
            return date.fromisoformat(cell).isoformat()
        except ValueError:
            pass  # the general reading says why
    if cell in NOTHING or cell in _NO_DATE:
        return ""
    if len(cell) > 40:
        raise BadCell(_("too long for a date"))
    serial = _serial(cell, epoch_1904)
    return serial or _iso(*_parts(cell, order))


def date_order(values: Iterable[str]) -> str | None:
    """How a column writes day and month: "dmy" or "mdy" as soon as one row allows a single reading (more rows
    decide where they contradict each other), "ymd" where no row needs it, None where it can't be known."""
    votes = {"dmy": 0, "mdy": 0}
    open_question = seen = False
    for value in values:
        pair = _day_and_month(value)
        if pair is None:
            continue
        first, second = pair
        seen = True
        if first > 12 >= second:
            votes["dmy"] += 1
        elif second > 12 >= first:
            votes["mdy"] += 1
        elif first != second:
            open_question = True
    if votes["dmy"] != votes["mdy"]:
        return max(votes, key=lambda order: votes[order])
    if not seen:
        return "ymd"
    return None if open_question or votes["dmy"] else "dmy"


def _day_and_month(value: str) -> tuple[int, int] | None:
    """The two numbers before the year of `05/11/2026`; None for every other form."""
    first, second, year = _split(value.strip())
    if len(year) != 4 or not (first.isdecimal() and second.isdecimal() and year.isdecimal()):
        return None
    return (int(first), int(second)) if len(first) <= 2 and len(second) <= 2 else None


def _split(cell: str) -> tuple[str, str, str]:
    """The three parts of a date, the time of day cut off."""
    if "," in cell:  # March 5, 2026
        cell = cell.replace(",", " ")
    folded = cell.translate(_FOLD)
    words = folded.split()
    if len(words) >= 3 and not any("-" in word for word in words[:3]):
        parts = words[:3]
    elif words:
        parts = words[0].partition("T")[0].split("-") if words[0][:1].isdecimal() else words[0].split("-")
    else:
        parts = []
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


def _serial(cell: str, epoch_1904: bool) -> str:
    """`20260305`, or a spreadsheet's count of days such as `46086` or `46086.604`; "" for other forms."""
    whole, dot, fraction = cell.partition(".")
    if not (whole.isdecimal() and whole.isascii() and (fraction.isdecimal() or not dot)):
        return ""
    if len(whole) == 8 and not dot:
        return _iso(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    if len(whole) == 5:
        return ((_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(days=int(whole))).isoformat()
    if epoch_1904 and len(whole) <= 4:
        return (_EPOCH_1904 + timedelta(days=int(whole))).isoformat()
    raise BadCell(_("not a date"))


def _parts(cell: str, order: str | None) -> tuple[int, int, int]:
    """Year, month and day."""
    first, second, third = _split(cell)
    if len(first) == 4 and first.isdecimal() and second.isdecimal() and third.isdecimal():
        return int(first), int(second), int(third)
    named = _named_month(first, second, third)
    if named is not None:
        return named
    pair = _day_and_month(cell)
    if pair is None:
        raise BadCell(_year_of_two(second, third))
    if order == "dmy":
        return int(third), pair[1], pair[0]
    if order == "mdy":
        return int(third), pair[0], pair[1]
    raise BadCell(_("day and month can't be told apart"))


def _year_of_two(second: str, third: str) -> str:
    if second and len(third) == 2 and third.isdecimal():
        return _("the year has two digits")
    return _("not a date")


def _named_month(first: str, second: str, third: str) -> tuple[int, int, int] | None:
    """`30-Mar-2026` and `Mar 30 2026`."""
    day, name = (second, first) if first[:1].isalpha() else (first, second)
    month = _MONTHS.get(name.lower().rstrip("."))
    if month is None or len(third) != 4 or not (third.isdecimal() and day.isdecimal()):
        return None
    return int(third), month, int(day)


def _iso(year: int, month: int, day: int) -> str:
    if not 1850 <= year <= 2200:
        raise BadCell(_("the year can't be right"))
    try:
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        raise BadCell(_("no such day in the calendar")) from None
