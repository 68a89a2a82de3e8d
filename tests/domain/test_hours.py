"""Weekdays and hours as they are typed, each with its one reading or none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.errors import BadUsage
from collectctl.domain.hours import EqualHours, UnreadableDays, UnreadableHours, read_days, read_hours
from collectctl.domain.limits import days_in_words

WEEK = tuple(range(7))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon", (0,)), ("Monday", (0,)), ("tues", (1,)), ("thurs", (3,)), ("wednesdays", (2,)),
        ("mon-fri", (0, 1, 2, 3, 4)), ("tue,thu", (1, 3)), ("tue thu", (1, 3)),
        ("mon - wed, sat", (0, 1, 2, 5)),
        ("mon to wed", (0, 1, 2)), ("fri-mon", (0, 4, 5, 6)), ("sun,sat,sun", (5, 6)), ("mon-mon", (0,)),
        ("weekdays", (0, 1, 2, 3, 4)), ("weekend", (5, 6)), ("daily", WEEK),
        ("ｍｏｎ－ｆｒｉ", (0, 1, 2, 3, 4)),
        ("周一", (0,)), ("星期天", (6,)), ("周日", (6,)), ("礼拜三", (2,)), ("周一至周五", (0, 1, 2, 3, 4)),
        ("周一到五", (0, 1, 2, 3, 4)), ("周一-周三", (0, 1, 2)), ("一三五", (0, 2, 4)),
        ("周一三五", (0, 2, 4)),
        ("周二、周四", (1, 3)), ("周一周三", (0, 2)), ("周一和周五", (0, 4)), ("每周三", (2,)),
        ("周末", (5, 6)),
        ("工作日", (0, 1, 2, 3, 4)), ("每天", WEEK), ("周六至周一", (0, 5, 6)),
    ],
)  # fmt: skip
def test_days(typed: str, days: tuple[int, ...]):
    assert read_days(typed) == days


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ",",
        "mo",
        "someday",
        "mon-",
        "-fri",
        "mon-fri-sun",
        "周",
        "周八",
        "1-5",
        "mon;x",
        "tue-weekend",
    ],
)
def test_what_is_no_day(typed: str):
    with pytest.raises(UnreadableDays):
        read_days(typed)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("15:00-17:00", ("15:00", "17:00")), ("9-17", ("09:00", "17:00")), ("9:30–17", ("09:30", "17:00")),
        ("21:00-08:00", ("21:00", "08:00")), ("18:00-24:00", ("18:00", "00:00")), ("0-8", ("00:00", "08:00")),
        ("15.30-17.00", ("15:30", "17:00")), ("1530-1700", ("15:30", "17:00")),
        ("15h30-17h", ("15:30", "17:00")),
        ("3pm-5pm", ("15:00", "17:00")), ("12am-12pm", ("00:00", "12:00")),
        ("9:30 am to 1 pm", ("09:30", "13:00")),
        ("１５：００－１７：００", ("15:00", "17:00")), ("15:00～17:00", ("15:00", "17:00")),
        ("9点至17点", ("09:00", "17:00")), ("9点30分到17点", ("09:30", "17:00")),
    ],
)  # fmt: skip
def test_hours(typed: str, hours: tuple[str, str]):
    assert read_hours(typed) == hours


@pytest.mark.parametrize(
    "typed",
    [
        "", "15:00", "15:00-", "-17:00", "15:-17:", "25:00-26:00", "15:60-17:00", "24:00-08:00", "24:30-1",
        "3-5pm", "13pm-14pm", "0am-1am", "a-b", "15:00-17:00-18:00", "１５点-", "15:0-17:00",
        "123456-1", "²-³",
    ],
)  # fmt: skip
def test_what_are_no_hours(typed: str):
    with pytest.raises(UnreadableHours):
        read_hours(typed)


@pytest.mark.parametrize("typed", ["15:00-15:00", "15-15:00", "0:00-24:00", "12pm-12pm"])
def test_equal_hours_are_refused(typed: str):
    with pytest.raises(EqualHours):
        read_hours(typed)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_days_are_read_as_they_are_shown(days: set[int]):
    assert read_days(days_in_words(tuple(days))) == tuple(sorted(days))


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 23), st.integers(0, 59))
def test_every_pair_of_times_is_read(hour: int, minute: int, to_hour: int, to_minute: int):
    opens, closes = f"{hour:02}:{minute:02}", f"{to_hour:02}:{to_minute:02}"
    if opens != closes:
        assert read_hours(f"{opens}-{closes}") == (opens, closes)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str):
    for read, form in ((read_days, r"[0-6]"), (read_hours, r"\d\d:\d\d")):
        try:
            found = read(text)
        except BadUsage:
            continue
        assert all(re.fullmatch(form, str(part)) for part in found)
