from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.intake.dates import date_order, parse_date
from collectctl.intake.errors import BadCell


@pytest.mark.parametrize(
    "text",
    [
        "2026/3/5",
        "2026-03-05",
        "2026.3.5",
        "2026年3月5日",
        "２０２６年３月５日",
        "20260305",
        "2026-03-05 14:30:00",
        "2026-03-05T14:30:00",
        "2026/3/5 8:00",
        "5-Mar-2026",
        "05 March 2026",
        "Mar 5, 2026",
        "46086",
        "46086.604",
        " 2026-03-05\xa0",
    ],
)
def test_forms_that_need_no_order(text):
    assert parse_date(text, None) == "2026-03-05"


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("05/11/2026", "dmy", "2026-11-05"),
        ("05/11/2026", "mdy", "2026-05-11"),
        ("5.11.2026 10:00", "dmy", "2026-11-05"),
        ("5-11-2026", "mdy", "2026-05-11"),
    ],
)
def test_forms_that_need_an_order(text, order, iso):
    assert parse_date(text, order) == iso


@pytest.mark.parametrize("text", ["", "-", "—", "无", "N/A", "0000-00-00"])
def test_nothing_is_no_date(text):
    assert parse_date(text, None) == ""


@pytest.mark.parametrize(
    ("text", "order", "why"),
    [
        ("2026-02-30", None, "no such day"),
        ("13/13/2026", "dmy", "no such day"),
        ("28/12/2026", "mdy", "no such day"),
        ("05/11/2026", None, "told apart"),
        ("05/11/2026", "ymd", "told apart"),
        ("1/2/13", "dmy", "two digits"),
        ("99999999", None, "year"),
        ("2026", None, "not a date"),
        ("tomorrow", None, "not a date"),
        ("5-5-5-5", None, "not a date"),
        ("x" * 100, None, "too long"),
        ("2026-13-45abc", None, "not a date|no such day"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, order, why):
    with pytest.raises(BadCell, match=why):
        parse_date(text, order)


def test_a_workbook_of_1904_counts_from_there():
    assert parse_date("1111", None, epoch_1904=True) == "1907-01-16"
    assert parse_date("44624", None, epoch_1904=True) == "2026-03-05"


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["05/11/2026", "28/12/2026"], "dmy"),
        (["05/11/2026", "12/28/2026"], "mdy"),
        (["05/11/2026", "06/12/2026"], None),
        (["05/05/2026", "06/06/2026"], "dmy"),
        (["2026-03-05", "46086", "", "30-Mar-2026"], "ymd"),
        (["28/12/2026", "29/12/2026", "12/28/2026"], "dmy"),  # the one that can't be is that row's error
        (["28/12/2026", "12/28/2026"], None),
        ([], "ymd"),
    ],
)
def test_one_impossible_reading_decides_the_column(values, order):
    assert date_order(values) == order


days = st.dates(date(1930, 1, 1), date(2150, 12, 31))


@given(days)
def test_every_form_of_a_day_reads_back(day):
    iso = day.isoformat()
    forms = [
        iso,
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{iso} 14:30:00",
        f"{day:%d-%b-%Y}",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {parse_date(form, None) for form in forms} == {iso}
    assert parse_date(f"{day:%d/%m/%Y}", "dmy") == parse_date(f"{day:%m/%d/%Y}", "mdy") == iso


@given(st.text(max_size=30))
def test_any_text_is_a_date_nothing_or_refused(text):
    with suppress(BadCell):
        read = parse_date(text, "dmy")
        assert read == "" or date.fromisoformat(read)


@given(st.lists(st.tuples(st.integers(1, 31), st.integers(1, 12)), max_size=8))
def test_a_day_first_column_is_never_read_month_first(pairs):
    assert date_order(f"{day}/{month}/2026" for day, month in pairs) != "mdy"
