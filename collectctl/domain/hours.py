"""Weekdays and hours as a collector types what somebody said: `mon-fri`, `周一至周五`, `15:00-17:00`.

Days are numbered from Monday, 0. Times are `HH:MM` on the wall clock of the person who said it; hours may
cross midnight.
"""

import re
from datetime import date

from collectctl.domain.errors import BadUsage
from collectctl.domain.limits import days_in_words
from collectctl.domain.when import fold
from collectctl.domain.words import _

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_NAMED = {
    **dict.fromkeys(("weekday", "weekdays", "workdays", "工作日"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekends", "周末", "週末"), (5, 6)),
    **dict.fromkeys(("daily", "everyday", "每天", "每日", "天天"), tuple(range(7))),
}
_LEAST = 3  # letters of an English day
_RANGE = re.compile(r"\s*(?:[-–—~〜至到]|\bto\b)\s*")
_BETWEEN = re.compile(r"[,;、/\s和]+")
_WEEK = re.compile("星期|礼拜|[周週每逢]")
_CLOCK = r"(\d{1,2})(?:[:.](?=\d)|[点时h])?(\d{2})?分?\s*([ap]m)?"
_HOURS = re.compile(_CLOCK + _RANGE.pattern + _CLOCK, re.ASCII)


class UnreadableDays(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("{typed!r} are no days of the week").format(typed=typed), "--days mon-fri")


class UnreadableHours(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("{typed!r} are no hours").format(typed=typed), "--hours 15:00-17:00")


class EqualHours(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} opens and closes at the same time: no time at all, or all of it").format(
                typed=typed
            ),
            _("for the whole day leave --hours out"),
        )


def read_days(typed: str) -> tuple[int, ...]:
    """The weekdays that `typed` names, in order, each once. Raises `UnreadableDays` (exit 2).

    A range may run over the weekend: `fri-mon` are four days.
    """
    pieces = [p for p in _BETWEEN.split(_RANGE.sub("-", fold(typed).strip().lower())) if p]
    found: set[int] = set()
    for piece in pieces:
        first, dash, last = piece.partition("-")
        days = _run(first, last) if dash else _days(piece)
        if not days:
            raise UnreadableDays(typed)
        found.update(days)
    if not found:
        raise UnreadableDays(typed)
    return tuple(sorted(found))


def _run(first: str, last: str) -> tuple[int, ...]:
    ends = _days(first), _days(last)
    if len(ends[0]) != 1 or len(ends[1]) != 1:
        return ()
    start, length = ends[0][0], (ends[1][0] - ends[0][0]) % 7 + 1
    return tuple((start + n) % 7 for n in range(length))


def _days(word: str) -> tuple[int, ...]:
    """A day, a group that has a name, or Chinese days in a row (`一三五`); empty for none of these."""
    if word in _NAMED:
        return _NAMED[word]
    if word.isascii():
        plain = word.removesuffix("s") if len(word) > _LEAST else word
        return tuple(n for n, name in enumerate(_ENGLISH) if len(plain) >= _LEAST and name.startswith(plain))
    marks = _WEEK.sub("", word)
    return tuple(_CHINESE[c] for c in marks) if marks and all(c in _CHINESE for c in marks) else ()


def read_hours(typed: str) -> tuple[str, str]:
    """When `typed` opens and closes. Raises `UnreadableHours` or `EqualHours` (exit 2).

    `24:00` closes at midnight. `3pm-5pm` is read; with am or pm on one side only it would be a guess.
    """
    found = _HOURS.fullmatch(fold(typed).strip().lower())
    if not found or bool(found[3]) != bool(found[6]):
        raise UnreadableHours(typed)
    opens, closes = _time(*found.group(1, 2, 3)), _time(*found.group(4, 5, 6))
    if closes == "24:00":
        closes = "00:00"
    if not opens or not closes or opens == "24:00":
        raise UnreadableHours(typed)
    if opens == closes:
        raise EqualHours(typed)
    return opens, closes


def _time(hours: str, minutes: str | None, half: str | None) -> str:
    """`HH:MM`, "" for a time that no clock shows."""
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return ""
    return f"{hour:02}:{minute:02}"


def named_day(day: date) -> str:
    """A day as people check it: with its weekday."""
    return f"{days_in_words((day.weekday(),))} {day:%Y-%m-%d}"
