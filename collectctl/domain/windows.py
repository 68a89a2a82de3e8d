"""When a contact is open by the clock: hours of the day where the debtor is, in all of their zones at once.

Every question is about an instant, which is read on the wall clock of each zone, so that daylight-saving days
and the date line need no special case. An opening is inside, a closing is outside. Times of day are `HH:MM`.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from collectctl.domain.records import Record

AHEAD = 15  # days in which an opening is looked for, besides the days on which a slot begins or ends
_SECOND, _MINUTE, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


class Slot(Record):
    """A stretch of the day on some weekdays; without times all of it, crossing midnight if it closes earlier.

    A slot that crosses midnight belongs to the day on which it opens.
    """

    days: tuple[int, ...] = ()
    opens: str = ""
    closes: str = ""
    first: str = ""  # ISO days between which it holds, both inside
    last: str = ""

    def holds(self, day: date, time: str) -> bool:
        """Whether a wall clock that shows `time` on `day` is inside."""
        if not self.opens:
            return self._on(day)
        if self.opens < self.closes:
            return self.opens <= time < self.closes and self._on(day)
        return (time >= self.opens and self._on(day)) or (
            time < self.closes and self._on(day - timedelta(days=1))
        )

    def _on(self, day: date) -> bool:
        if self.days and day.weekday() not in self.days:
            return False
        if not (self.first or self.last):
            return True
        text = day.isoformat()
        return (not self.first or self.first <= text) and (not self.last or text <= self.last)


class Clause(Record):
    """Open only in one of the slots, or closed in each of them; what was agreed opens it all the same."""

    only: bool
    slots: tuple[Slot, ...]
    agreed: tuple[Slot, ...] = ()

    def open(self, day: date, time: str) -> bool:
        inside = any(slot.holds(day, time) for slot in self.slots)
        return inside == self.only or any(slot.holds(day, time) for slot in self.agreed)


class Window(Record):
    """The clauses that must all be open in all of the zones; or those of one of the others."""

    zones: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    others: tuple[Any, ...] = ()  # windows: each opens it too


ALWAYS = Window()


@lru_cache(maxsize=512)
def zone(name: str) -> tzinfo:
    """The zone of an IANA name, or of an offset such as `+08:00`."""
    if name[:1] in "+-":
        hours, minutes = int(name[1:3]), int(name[4:6])
        return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if name[0] == "-" else 1))
    return ZoneInfo(name)


def name_of(there: tzinfo) -> str:
    """The name under which `zone` gives `there` back."""
    if isinstance(there, ZoneInfo):
        return str(there.key)
    offset = there.utcoffset(None) or timedelta(0)
    minutes = abs(int(offset.total_seconds())) // 60
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}:{minutes % 60:02}"


def zones_of(window: Window) -> tuple[tzinfo, ...]:
    return tuple(zone(name) for name in window.zones)


def is_open(window: Window, at: datetime) -> bool:
    """Whether a contact is open at the instant `at`."""
    return _is_open(window, at) or any(is_open(other, at) for other in window.others)


def _is_open(window: Window, at: datetime) -> bool:
    for name in window.zones if window.clauses else ():
        local = at.astimezone(zone(name))
        day, time = local.date(), f"{local.hour:02}:{local.minute:02}"
        for clause in window.clauses:
            if not clause.open(day, time):
                return False
    return True


def next_open(window: Window, at: datetime) -> datetime | None:
    """The first instant from `at` on at which it is open, None where there is none to be found."""
    if is_open(window, at):
        return at
    return next((edge for edge in _edges(window, at) if is_open(window, edge)), None)


def closes(window: Window, at: datetime) -> datetime | None:
    """The first instant after `at`, at which it is open, when it is closed; None where it stays open."""
    return next((edge for edge in _edges(window, at) if not is_open(window, edge)), None)


def opened(window: Window, at: datetime) -> datetime | None:
    """Since when it has been open at `at`, None where it was longer than two days."""
    return next((e for e in _edges_before(window, at) if not is_open(window, e - _SECOND)), None)


def _edges_before(window: Window, at: datetime) -> Iterator[datetime]:
    """The instants of the two days up to `at` at which a clause can change, the last one first."""
    return reversed(list(takewhile(lambda e: e <= at, _edges(window, at - timedelta(days=2)))))


def between(start: datetime, end: datetime | None) -> Window:
    """Open from one instant to another, to the minute; None: from then on."""
    first, last = start.astimezone(UTC), end.astimezone(UTC) if end else None
    day, opens, closes = first.date(), f"{first:%H:%M}", f"{last:%H:%M}" if last else ""
    if last and last - first < timedelta(days=1):
        return Window(("UTC",), (Clause(True, (_slot(opens, closes, day, day),)),))
    slots = [_slot(opens, "00:00", day, day) if opens > "00:00" else _slot("", "", day, day)]
    slots.append(_slot("", "", day + _DAY, last.date() - _DAY if last else None))
    if last and closes > "00:00":
        slots.append(_slot("00:00", closes, last.date(), last.date()))
    return Window(("UTC",), (Clause(True, tuple(slots)),))


def _slot(opens: str, closes: str, first: date, last: date | None) -> Slot:
    return Slot((), opens, closes, first.isoformat(), last.isoformat() if last else "")


def day_starts(name: str, day: date) -> datetime:
    """The first instant of `day` in a zone."""
    there = zone(name)
    start = datetime(day.year, day.month, day.day, tzinfo=there)
    change = _change(there, day - timedelta(days=1)) or _change(there, day)
    candidates = [start.astimezone(UTC), *([change] if change else [])]
    return min(c for c in candidates if c.astimezone(there).date() >= day)


def _edges(window: Window, after: datetime) -> Iterator[datetime]:
    """The instants after `after` at which a clause can change, in order."""
    days = {after.astimezone(UTC).date() + timedelta(days=n) for n in range(-1, AHEAD)}
    times = set[str]()
    for clause in window.clauses:
        for slot in (*clause.slots, *clause.agreed):
            days.update((*_around(slot.first), *_around(slot.last)))
            times.update(text for text in (slot.opens, slot.closes) if text)
            if slot.days or slot.first or slot.last or not slot.opens:
                times.add("00:00")
    ordered, pending = sorted(days), set[datetime]()
    for part, rest in ((ordered[:4], ordered[4:]), (ordered[4:], [])):
        pending.update(
            e for day in part for n in window.zones for e in _edges_of_day(zone(n), day, times) if e > after
        )
        # zones are up to a day apart: what a later day may still come before waits for it
        limit = datetime(*rest[0].timetuple()[:3], tzinfo=UTC) - timedelta(hours=15) if rest else None
        ready = sorted(e for e in pending if limit is None or e < limit)
        pending.difference_update(ready)
        yield from ready


def _around(text: str) -> list[date]:
    if not text:
        return []
    day = date.fromisoformat(text)
    return [day + timedelta(days=n) for n in (-1, 0, 1, 2)]


def _edges_of_day(there: tzinfo, day: date, times: set[str]) -> Iterator[datetime]:
    change = _change(there, day)
    for text in times:
        local = datetime(day.year, day.month, day.day, int(text[:2]), int(text[3:]), tzinfo=there)
        yield local.astimezone(UTC)
        if change:
            yield local.replace(fold=1).astimezone(UTC)
    if change:
        yield change


@lru_cache(maxsize=4096)
def _change(there: tzinfo, day: date) -> datetime | None:
    """The instant of `day` at which the wall clock jumps, None on nearly every day."""
    low = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=14)
    high = low + timedelta(hours=40)
    offset = low.astimezone(there).utcoffset()
    if offset == high.astimezone(there).utcoffset():
        return None
    while high - low > _MINUTE:
        middle = low + (high - low) // 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        middle = max(middle, low + _MINUTE)
        if middle.astimezone(there).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high


def as_key(window: Window) -> str:
    """The window as text: the same for the same zones and limits."""
    from json import dumps

    return dumps(window, separators=(",", ":")) if window != ALWAYS else ""


def from_key(key: str) -> Window:
    """The window that `as_key` wrote."""
    from json import loads

    return _window(loads(key)) if key else ALWAYS


def _window(data: list[Any]) -> Window:
    clauses = tuple(Clause(only, _slots(slots), _slots(agreed)) for only, slots, agreed in data[1])
    return Window(tuple(data[0]), clauses, tuple(_window(other) for other in data[2]))


def _slots(data: list[Any]) -> tuple[Slot, ...]:
    return tuple(Slot(tuple(days), *rest) for days, *rest in data)
