"""The calendar is what RFC 5545 says it is, read by a parser that forgives nothing."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Cli

NAMES = {"none": "Ann Lee", "odd": "王小明; a, b\\n \U0001f600" + "长" * 60}
ID = "990101199001010018"


class Event(NamedTuple):
    uid: str
    start: date | datetime
    summary: str
    description: str


def unfolded(content: bytes) -> list[str]:
    """The lines of an iCalendar stream: CRLF, at most 75 octets, whole characters in each (3.1)."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    lines: list[str] = []
    for line in physical:
        assert b"\n" not in line
        assert b"\r" not in line
        assert len(line) <= 75
        text = line.decode("utf-8")  # a character that is cut would raise
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
        if text.startswith((" ", "\t")):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def text_of(value: str) -> str:
    """A TEXT value (3.3.11): `;` and `,` are escaped, `\\` only begins an escape."""
    assert re.fullmatch(r"(?:[^\\;,\x00-\x08\x0a-\x1f]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def start_of(name: str, value: str) -> date | datetime:
    if name == "DTSTART;VALUE=DATE":
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    assert name == "DTSTART"
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def events(content: bytes) -> list[Event]:
    lines = unfolded(content)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert re.fullmatch(r"PRODID:-//collectctl//collectctl \S+//EN", lines[2])
    assert lines[-1] == "END:VCALENDAR"
    found, current = [], None
    for line in lines[3:-1]:
        name, colon, value = line.partition(":")
        assert colon
        if line == "BEGIN:VEVENT":
            assert current is None
            current = {}
        elif line == "END:VEVENT":
            assert current is not None
            datetime.strptime(current["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            starts = [key for key in current if key.startswith("DTSTART")]
            assert len(starts) == 1
            found.append(Event(
                current["UID"], start_of(starts[0], current[starts[0]]), text_of(current["SUMMARY"]),
                text_of(current["DESCRIPTION"]),
            ))  # fmt: skip
            current = None
        else:
            assert current is not None
            assert name not in current, "each property once"
            current[name] = value
    assert current is None
    assert len({event.uid for event in found}) == len(found)
    return found


@pytest.fixture(params=NAMES.values(), ids=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def day(cli: Cli, home: Path, name: str) -> Path:
    quoted = name.replace('"', '""')
    rows = [f'A-{n},"{quoted}",{ID[:-1]}{n},1380013800{n},100{n}.00,CNY' for n in range(4)]
    (home / "a.csv").write_text("account,name,id number,phone,balance,currency\n" + "\n".join(rows), "utf-8")
    cli.begin("import", str(home / "a.csv"), "--client", "Acme", "--policy", "cn")
    cli.begin("log", "A-0", "cb", "15:30")
    cli.begin("log", "A-1", "ptp", "500@fri", f"his number is {ID}")
    cli.begin("log", "A-2", "neg", "--next", "2026-12-01")
    return home


def test_steps_of_the_day_are_events(cli: Cli, day: Path, name: str):
    assert cli("export", "calendar", str(day / "a.ics")).code == 0
    content = (day / "a.ics").read_bytes()
    found = sorted(events(content), key=lambda event: event.summary[:4])
    starts = {event.start for event in found}
    assert starts == {datetime(2026, 11, 23, 7, 30, tzinfo=UTC), date(2026, 11, 27), date(2026, 12, 1)}
    assert all(name in event.summary for event in found)
    assert any("promised 500.00 CNY" in event.summary for event in found)
    assert any("13800138000" in event.description for event in found)
    assert ID[:12].encode() not in content


def test_uids_stay_and_tell_nothing(cli: Cli, day: Path):
    first = {e.uid for e in events(cli("export", "calendar").out.encode())}
    again = {e.uid for e in events(cli("export", "calendar").out.encode())}
    assert first == again
    assert not any("A-" in uid or "Acme" in uid for uid in first)


def test_days_narrow_it_and_look_ahead(cli: Cli, day: Path):
    assert cli("export", "calendar", str(day / "a.ics"), "--to", "11-28", "--json").data["rows"] == 2
    assert cli("export", "calendar", str(day / "b.ics"), "A-2", "--json").data["rows"] == 1


def test_an_anonymous_calendar_names_nobody(cli: Cli, day: Path, name: str):
    cli("export", "calendar", str(day / "a.ics"), "--anonymise")
    text = " ".join(event.summary + event.description for event in events((day / "a.ics").read_bytes()))
    assert name not in text
    assert "A-1" not in text
    assert "13800138" not in text
    assert "debtor 1" in text
