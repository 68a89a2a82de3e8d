"""Moments and lengths of calls, as files write them."""

import pytest

from collectctl.intake.dates import parse_date
from collectctl.intake.errors import BadCell
from collectctl.intake.moments import Moment, in_minutes, read_length, read_moment


def day_of(cell: str) -> str:
    return parse_date(cell, "mdy")


@pytest.mark.parametrize(
    ("cell", "day", "time"),
    [
        ("2026-11-20", "2026-11-20", ""),
        ("2026-11-20 14:30:05", "2026-11-20", "14:30:05"),
        ("2026-11-20T14:30:05", "2026-11-20", "14:30:05"),
        ("2026-11-20T14:30:05.250Z", "2026-11-20", "14:30:05+00:00"),
        ("2026-11-20T14:30:05+08:00", "2026-11-20", "14:30:05+08:00"),
        ("2026-11-20 14:30:05 -0500", "2026-11-20", "14:30:05-05:00"),
        ("2026/3/5 9:05", "2026-03-05", "09:05:00"),
        ("2026年3月5日 14:30", "2026-03-05", "14:30:00"),
        ("2026年3月5日14时30分", "2026-03-05", "14:30:00"),
        ("2026-03-05 下午2:30", "2026-03-05", "14:30:00"),
        ("2026-03-05 上午12:10", "2026-03-05", "00:10:00"),
        ("3/5/2026 2:30 PM", "2026-03-05", "14:30:00"),
        ("3/5/2026 12:05:09 a.m.", "2026-03-05", "00:05:09"),
        ("30-Mar-2026 14:30", "2026-03-30", "14:30:00"),
        ("20260305143000", "2026-03-05", "14:30:00"),
        ("20260305 1430", "2026-03-05", "14:30:00"),
        ("20260305", "2026-03-05", ""),
        ("46086.604166667", "2026-03-05", "14:30:00"),
        ("46086", "2026-03-05", ""),
        ("0.604166667", "", "14:30:00"),
        ("14:30", "", "14:30:00"),
        ("２０２６－０３－０５　１４：３０", "2026-03-05", "14:30:00"),
        ("—", "", ""),
    ],
)
def test_a_moment_is_read(cell, day, time):
    assert read_moment(cell, day_of) == Moment(day, time)


@pytest.mark.parametrize("cell", ["2026-11-20 25:00", "2026-11-20 14:61", "3/5/2026 13:00 PM", "soon", "14h"])
def test_what_is_no_moment_is_refused(cell):
    with pytest.raises(BadCell):
        read_moment(cell, day_of)


@pytest.mark.parametrize(
    ("cell", "minutes", "seconds"),
    [
        ("90", False, 90),
        ("90", True, 5400),
        ("1.5", True, 90),
        ("0", False, 0),
        ("1:30", False, 90),
        ("1:30", True, 90),
        ("0:01:30", False, 90),
        ("01:00:00", False, 3600),
        ("90秒", False, 90),
        ("2分30秒", False, 150),
        ("2 min 30 sec", False, 150),
        ("1小时2分3秒", False, 3723),
        ("３分", True, 180),
        ("", False, None),
        ("-", False, None),
    ],
)
def test_a_length_is_read_in_seconds(cell, minutes, seconds):
    assert read_length(cell, minutes=minutes) == seconds


@pytest.mark.parametrize("cell", ["-5", "1:75", "long", "1:2:3:4", "99999999", "30:00:00"])
def test_what_is_no_length_is_refused(cell):
    with pytest.raises(BadCell):
        read_length(cell, minutes=False)


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ("通话时长", False),
        ("通话时长(秒)", False),
        ("通话时长（分钟）", True),
        ("duration", False),
        ("Duration (min)", True),
        ("talk_minutes", True),
        ("administered", False),
    ],
)
def test_a_header_may_say_that_bare_numbers_are_minutes(header, minutes):
    assert in_minutes(header) is minutes
