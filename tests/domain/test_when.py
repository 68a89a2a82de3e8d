"""WHEN: every form has one reading."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.errors import BadUsage
from collectctl.domain.when import TwoReadings, UnreadableDate, add_months, is_when, read_date, read_when

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)  # a Monday


@pytest.mark.parametrize(
    ("typed", "ahead", "back"),
    [
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24)),
        ("2026/12/24", date(2026, 12, 24), date(2026, 12, 24)),
        ("2026年12月24日", date(2026, 12, 24), date(2026, 12, 24)),
        ("20261224", date(2026, 12, 24), date(2026, 12, 24)),
        ("11-30", date(2026, 11, 30), date(2025, 11, 30)),
        ("11-23", date(2026, 11, 23), date(2026, 11, 23)),
        ("11月30日", date(2026, 11, 30), date(2025, 11, 30)),
        ("30", date(2026, 11, 30), date(2026, 10, 30)),
        ("23", date(2026, 11, 23), date(2026, 11, 23)),
        ("31", date(2026, 12, 31), date(2026, 10, 31)),
        ("today", date(2026, 11, 23), date(2026, 11, 23)),
        ("今天", date(2026, 11, 23), date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24), date(2026, 11, 24)),
        ("明天", date(2026, 11, 24), date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22), date(2026, 11, 22)),
        ("昨天", date(2026, 11, 22), date(2026, 11, 22)),
        ("fri", date(2026, 11, 27), date(2026, 11, 20)),
        ("周五", date(2026, 11, 27), date(2026, 11, 20)),
        ("mon", date(2026, 11, 30), date(2026, 11, 16)),
        ("星期日", date(2026, 11, 29), date(2026, 11, 22)),
        ("+3d", date(2026, 11, 26), date(2026, 11, 26)),
        ("+2w", date(2026, 12, 7), date(2026, 12, 7)),
        ("+1m", date(2026, 12, 23), date(2026, 12, 23)),
        ("-1m", date(2026, 10, 23), date(2026, 10, 23)),
        ("＋３d", date(2026, 11, 26), date(2026, 11, 26)),
        ("eom", date(2026, 11, 30), date(2026, 11, 30)),
        ("月底", date(2026, 11, 30), date(2026, 11, 30)),
        ("2026-02-28", date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_days(typed: str, ahead: date, back: date):
    assert read_date(typed, NOW) == ahead
    assert read_date(typed, NOW, back=True) == back


@pytest.mark.parametrize(
    ("typed", "ahead", "back"),
    [
        ("15:30", "2026-11-23T15:30", "2026-11-22T15:30"),
        ("8:05", "2026-11-24T08:05", "2026-11-23T08:05"),
        ("fri 15:30", "2026-11-27T15:30", "2026-11-20T15:30"),
        ("明天 9:00", "2026-11-24T09:00", "2026-11-24T09:00"),
        ("-2h", "2026-11-23T07:00", "2026-11-23T07:00"),
        ("now", "2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-25T10:00", "2026-11-25T10:00", "2026-11-25T10:00"),
        ("2026-11-25T10:00+00:00", "2026-11-25T18:00", "2026-11-25T18:00"),
        ("１５：３０", "2026-11-23T15:30", "2026-11-22T15:30"),
    ],
)
def test_instants(typed: str, ahead: str, back: str):
    assert read_when(typed, NOW) == datetime.fromisoformat(ahead).replace(tzinfo=ZONE)
    assert read_when(typed, NOW, back=True) == datetime.fromisoformat(back).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "typed", ["", "x", "32", "0", "13-40", "2026-02-30", "25:00", "+3x", "+d", "fri fri", "500"]
)
def test_what_is_no_day_is_refused(typed: str):
    with pytest.raises(BadUsage):
        read_when(typed, NOW)


def test_a_date_with_two_readings_is_refused_until_the_order_is_set():
    with pytest.raises(TwoReadings):
        read_date("05/11/2026", NOW)
    assert read_date("05/11/2026", NOW, order="dmy") == date(2026, 11, 5)
    assert read_date("05/11/2026", NOW, order="mdy") == date(2026, 5, 11)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(typed: str):
    try:
        read_when(typed, NOW)
    except UnreadableDate:
        assert not is_when(typed)
    except BadUsage:
        assert is_when(typed) or typed
    else:
        assert is_when(typed)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day: date, months: int):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (
        later.day < day.day and add_months(later.replace(day=1), 1).toordinal() - later.toordinal() == 1
    )
