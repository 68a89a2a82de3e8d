"""Instalments: the cents add up, the days come from the anchor, what can't be is refused."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.instalments import (
    MOST,
    BadCount,
    NotCovered,
    TooLong,
    TooSmall,
    UnknownPeriod,
    check_length,
    equal_parts,
    parts_of,
    period_called,
    schedule,
    spread_to,
)
from collectctl.domain.policy import Rule

CN = Rule("cn.instalments", "instalments", "prohibited", "信用卡业务监督管理办法 art 70", "", most=60)


@pytest.mark.parametrize(
    ("total", "count", "currency", "parts"),
    [
        (1000_00, 3, "CNY", [333_33, 333_33, 333_34]),
        (1000_00, 1, "CNY", [1000_00]),
        (1000_00, 4, "CNY", [250_00] * 4),
        (1_000, 3, "JPY", [333, 333, 334]),
        (1_000_000, 7, "KWD", [142_857] * 6 + [142_858]),
        (11, 6, "CNY", [1, 1, 1, 1, 1, 6]),
    ],
)
def test_the_last_of_equal_parts_takes_the_remainder(total: int, count: int, currency: str, parts: list[int]):
    assert equal_parts(total, count, currency) == parts


def test_a_sum_is_not_parted_into_nothings():
    with pytest.raises(TooSmall):
        equal_parts(2, 3, "JPY")
    for count in (0, -1, MOST + 1):
        with pytest.raises(BadCount):
            equal_parts(1000_00, count, "CNY")


@given(st.integers(1, 10**12), st.integers(1, MOST))
def test_equal_parts_sum_to_the_total_and_differ_only_in_the_last(total: int, count: int):
    if total < count:
        with pytest.raises(TooSmall):
            equal_parts(total, count, "CNY")
        return
    parts = equal_parts(total, count, "CNY")
    assert (sum(parts), len(parts), len(set(parts[:-1]) | {parts[0]})) == (total, count, 1)
    assert 0 <= parts[-1] - parts[0] < count


@pytest.mark.parametrize(
    ("each", "count", "parts"),
    [
        ([300], None, [300, 300, 300, 100]),
        ([500], None, [500, 500]),
        ([1000], None, [1000]),
        ([2000], None, [1000]),
        ([300], 4, [300, 300, 300, 100]),
        ([700, 300], None, [700, 300]),
        ([700, 300], 2, [700, 300]),
    ],
)
def test_amounts_per_part_cover_the_total(each: list[int], count: int | None, parts: list[int]):
    assert parts_of(1000, each, count, "CNY") == parts


@pytest.mark.parametrize(
    ("each", "count"), [([300], 3), ([300], 5), ([700, 200], None), ([700, 400], None), ([700, 300], 3)]
)
def test_parts_that_do_not_cover_the_sum_are_refused(each: list[int], count: int | None):
    with pytest.raises(NotCovered):
        parts_of(1000, each, count, "CNY")


def test_an_amount_that_would_take_forever_is_a_slip():
    with pytest.raises(BadCount):
        parts_of(10**9, [1], None, "CNY")


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_one_amount_again_and_again_sums_to_the_total(total: int, each: int):
    if -(-total // each) > MOST:
        return
    parts = parts_of(total, [each], None, "CNY")
    assert sum(parts) == total
    assert all(0 < part <= each for part in parts)


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        (date(2027, 1, 31), "month", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
        (date(2028, 1, 31), "month", ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        (date(2027, 11, 30), "month", ["2027-11-30", "2027-12-30", "2028-01-30", "2028-02-29"]),
        (date(2026, 12, 28), "week", ["2026-12-28", "2027-01-04", "2027-01-11", "2027-01-18"]),
        (date(2026, 12, 28), "2w", ["2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08"]),
    ],
)
def test_the_days_of_the_parts(first: date, every: str, expected: list[str]):
    made = schedule([1, 1, 1, 1], first, every)
    assert [f"{part.due}" for part in made] == expected
    assert [part.n for part in made] == [1, 2, 3, 4]


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 60))
def test_a_months_part_is_on_the_anchors_day_or_the_months_last(first: date, count: int):
    for n, part in enumerate(schedule([1] * count, first, "month")):
        months = first.month - 1 + n
        year, month = first.year + months // 12, months % 12 + 1
        assert part.due == date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("month", "month"), ("每月", "month"), ("Weekly", "week"), ("２w", "2w"), ("两周", "2w")],
)
def test_a_period_has_several_names(typed: str, name: str):
    assert period_called(typed) == name


def test_an_unknown_period_is_refused():
    with pytest.raises(UnknownPeriod):
        period_called("year")


@pytest.mark.parametrize(("count", "every"), [(60, "month"), (260, "week"), (130, "2w")])
def test_five_years_of_parts_are_allowed_in_china(count: int, every: str):
    first = date(2027, 1, 31)
    check_length(schedule([1] * count, first, every), first, every, [CN])


@pytest.mark.parametrize(("count", "every"), [(61, "month"), (262, "week"), (131, "2w")])
def test_more_is_refused_with_the_citation(count: int, every: str):
    first = date(2027, 1, 31)
    made = schedule([1] * count, first, every)
    with pytest.raises(TooLong, match="art 70"):
        check_length(made, first, every, [CN])
    check_length(made, first, every, [])  # where no policy says so


@given(st.integers(0, 400), st.lists(st.integers(1, 10**6), min_size=1, max_size=24))
def test_a_settlement_in_parts_ends_on_its_last_day(length: int, amounts: list[int]):
    start = date(2026, 11, 2)
    until = start + timedelta(days=length)
    made = spread_to(amounts, start, until)
    dues = [part.due for part in made]
    assert [part.amount for part in made] == amounts
    assert (dues[-1], dues) == (until, sorted(dues))
    assert start <= dues[0]
    if length >= len(amounts):
        assert start < dues[0]
        assert len(set(dues)) == len(dues)
