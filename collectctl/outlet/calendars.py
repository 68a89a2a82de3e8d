"""Events as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from collectctl import __version__
from collectctl.domain.exports.calendar import Event

_LONGEST = 75  # octets of a line, its end not counted (section 3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def write_ics(stream: BinaryIO, events: Iterable[Event], mark: str, now: datetime) -> int:
    """Returns how many events were written. `mark` tells the book from others, `now` is when this is made."""
    count = 0
    _write(stream, ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//collectctl//collectctl {__version__}//EN"])
    for event in events:
        _write(stream, _lines(event, mark, now))
        count += 1
    _write(stream, ["END:VCALENDAR"])
    return count


def _lines(event: Event, mark: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}-{mark}@collectctl"
    yield f"DTSTAMP:{_utc(now)}"
    if isinstance(event.start, datetime):
        yield f"DTSTART:{_utc(event.start)}"
        yield "DURATION:PT15M"
    else:
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A value of type TEXT (section 3.3.11); control characters can't be part of one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in lines if char in "\n\t" or (char >= " " and char != "\x7f"))
    return kept.translate(_ESCAPES)


def _write(stream: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(b"\r\n ".join(_folded(line.encode())) + b"\r\n")


def _folded(line: bytes) -> Iterator[bytes]:
    """Pieces of a line, short enough with the space before each but the first; no character is cut."""
    room = _LONGEST
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        yield line[:cut]
        line, room = line[cut:], _LONGEST - 1
    yield line
