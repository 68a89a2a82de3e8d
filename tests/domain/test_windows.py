"""Windows that are spans of instants: open from the one to the other, whatever the day."""

from datetime import UTC, datetime, timedelta

import pytest

from collectctl.domain.windows import as_key, between, from_key, is_open

START = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("hours", [1, 1.5, 5, 23.5, 24, 25.5, 49.5, 120], ids=lambda hours: f"{hours} hours")
@pytest.mark.parametrize("start", [START, START.replace(hour=0, minute=0)], ids=["evening", "midnight"])
def test_a_span_is_open_from_its_start_to_its_end(start: datetime, hours: float):
    end = start + timedelta(hours=hours)
    span = between(start, end)
    inside = [start, start + (end - start) / 2, end - timedelta(minutes=1)]
    outside = [start - timedelta(minutes=1), end, end + timedelta(hours=7), start - timedelta(days=1)]
    assert [is_open(span, at) for at in inside] == [True] * 3
    assert [is_open(span, at) for at in outside] == [False] * 4


def test_a_span_without_an_end_stays_open():
    span = between(START, None)
    assert not is_open(span, START - timedelta(minutes=1))
    assert all(is_open(span, START + timedelta(hours=n)) for n in range(0, 2_000, 7))


def test_a_window_with_others_is_written_and_read_again():
    window = between(START, START + timedelta(hours=3))._replace(others=(between(START, None),))
    assert from_key(as_key(window)) == window
