"""Moments and lengths of time as diallers and spreadsheets write them."""

import re
from collections.abc import Callable
from datetime import timedelta

from collectctl.domain.records import Record
from collectctl.domain.when import fold
from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING
from collectctl.intake.errors import BadCell

_LONGEST = 24 * 3600  # seconds of a call
_TIME = re.compile(
    r"""(?:^|[T,\s]|(?<=[日号]))\s*
    (?P<before>上午|凌晨|早上|中午|下午|晚上|am|pm)?\s*
    (?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:[.,]\d+)?秒?)?\s*
    (?P<after>[ap]\.?m\.?)?\s*
    (?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$""",
    re.VERBOSE | re.IGNORECASE,
)
_PACKED = re.compile(r"(\d{8})[T\s]?(\d{2})(\d{2})(\d{2})?")  # 20260305143000
_SERIAL = re.compile(r"(\d{5})(\.\d+)|0?(\.\d+)")  # a spreadsheet's days, or its part of a day
_LENGTH = re.compile(
    r"(?:(\d+)\s*(?:小时|时|hours?|hrs?|h))?\s*(?:(\d+)\s*(?:分钟|分|minutes?|mins?|m))?\s*"
    r"(?:(\d+)\s*(?:秒钟|秒|seconds?|secs?|s))?",
    re.IGNORECASE,
)


class Moment(Record):
    """What a cell says: a day (ISO), a time of day (ISO, with its offset where one is given), or both."""

    day: str = ""
    time: str = ""

    @property
    def iso(self) -> str:
        return f"{self.day}T{self.time}" if self.day and self.time else self.day


def read_moment(text: str, day_of: Callable[[str], str]) -> Moment:
    """The moment in a cell; `day_of` reads its day. Raises BadCell, and what `day_of` raises."""
    cell = fold(text).strip()
    if cell in NOTHING:
        return Moment()
    serial = _SERIAL.fullmatch(cell)
    if serial:
        part = timedelta(days=float(serial[2] or serial[3]))
        return Moment(day_of(serial[1]) if serial[1] else "", _clock(round(part.total_seconds())))
    packed = _PACKED.fullmatch(cell)
    if packed:
        return Moment(day_of(packed[1]), _time(packed[2], packed[3], packed[4], "", ""))
    found = _TIME.search(cell)
    if found is None:
        return Moment(day_of(cell))
    day = cell[: found.start()].strip()
    half = (found["before"] or found["after"] or "").lower().replace(".", "")
    clock = _time(found["hour"], found["minute"], found["second"], half, found["zone"] or "")
    return Moment(day_of(day) if day else "", clock)


def _clock(seconds: int) -> str:
    minutes, second = divmod(min(seconds, _LONGEST - 1), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def _time(hour: str, minute: str, second: str | None, half: str, zone: str) -> str:
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if half and not 0 < hours <= 12 and half in ("am", "pm"):
        raise BadCell(_("no such time of day"))
    if half in ("pm", "下午", "晚上") and hours < 12:
        hours += 12
    elif half in ("am", "凌晨", "早上", "上午") and hours == 12:
        hours = 0
    if hours > 23 or minutes > 59 or seconds > 59:
        raise BadCell(_("no such time of day"))
    offset = zone.upper()
    if offset in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"{hours:02}:{minutes:02}:{seconds:02}{offset}"


def in_minutes(header: str) -> bool:
    """Whether the name of a column says that bare numbers below it are minutes."""
    name = fold(header).lower()
    return "分" in name or bool(re.search(r"(?<![a-z])min(ute)?s?(?![a-z])", name.replace("_", " ")))


def read_length(text: str, *, minutes: bool) -> int | None:
    """Seconds of `90`, `1:30`, `0:01:30`, `90秒` or `1分30秒`, None where the cell says nothing.

    A bare number is one of seconds, or of `minutes`. Raises BadCell.
    """
    cell = fold(text).strip()
    if cell in NOTHING:
        return None
    seconds = _seconds(cell, minutes)
    if seconds is None or seconds > _LONGEST:
        raise BadCell(_("no length of a call"))
    return seconds


def _seconds(cell: str, minutes: bool) -> int | None:
    if re.fullmatch(r"\d{1,7}(\.\d+)?", cell):
        return round(float(cell) * (60 if minutes else 1))
    if re.fullmatch(r"\d+(:\d{1,2}){1,2}", cell):
        parts = [int(part) for part in cell.split(":")]
        if any(part > 59 for part in parts[1:]):
            return None
        return sum(part * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))
    found = _LENGTH.fullmatch(cell)
    if found is None:
        return None
    return sum(int(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))
