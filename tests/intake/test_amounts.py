from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.money import plain, shown
from collectctl.intake.amounts import is_indian, parse_amount, read_amount, sign_of
from collectctl.intake.errors import BadCell


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234.56", 123456),
        ("¥12,345.60", 1234560),
        ("￥12,345.60", 1234560),
        ("１２，３４５．６０", 1234560),
        ("1.2万", 1200000),
        ("-1.2万元", -1200000),
        ("12,345.60元", 1234560),
        ("RMB 12", 1200),
        ("CNY12.5", 1250),
        ("12.5 人民币", 1250),
        ("(1,234.00)", -123400),
        ("（1,234.00）", -123400),
        ("(¥5)", -500),
        ("-¥5", -500),
        ("¥-5", -500),
        ("−5", -500),
        ("+5", 500),
        ("\xa05.00\u3000", 500),
        ("2309.7899999999995", 230979),
        ("0.30000000000000004", 30),
        ("333.333333333333", 33333),
        ("1.1368683772161603e-13", 0),
        (".5", 50),
        ("5.", 500),
        ("0", 0),
        *((nothing, None) for nothing in ["", " ", "-", "—", "无", "N/A", "/"]),
    ],
)
def test_amounts_as_files_write_them(text, minor):
    assert parse_amount(text, "CNY") == minor


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1.2k", "letters"),
        ("1.2.3", "two dots"),
        ("1.234.567,00", "two dots"),
        ("1,23,456", "India"),
        ("12,34", "thousands"),
        ("1234,567", "thousands"),
        ("1.234", "more decimals"),
        ("(-5)", "minus"),
        ("¥5 USD", "two currencies"),
        ("万", "not an amount"),
        ("1e400", "not an amount"),
        ("6.222e+18", "not an amount"),
        ("²", "not an amount"),
        ("nothing", "not an amount"),
        ("9" * 40, "too large"),
        ("9" * 400, "too long"),
        ("=1+1", "not an amount"),
        ("1\x1b[2J", "not an amount"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text, why):
    with pytest.raises(BadCell, match=why):
        parse_amount(text, "CNY")


def test_the_currency_decides_the_decimals():
    assert parse_amount("1200", "JPY") == 1200
    assert parse_amount("1.234", "KWD") == 1234
    with pytest.raises(BadCell, match="more decimals than JPY"):
        parse_amount("1.5", "JPY")


def test_indian_grouping_needs_the_column():
    amount = read_amount("1,23,456.50", "INR", indian=True)
    assert amount is not None
    assert amount.minor == 12345650
    assert [is_indian(text) for text in ("1,23,456", "123,456", "12,345", "1234", "₹1,23,45,678")] == [
        True,
        False,
        None,
        None,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("$5", "USD"),
        ("HK$5", "HKD"),
        ("5元", "CNY"),
        ("5日元", "JPY"),
        ("€5", "EUR"),
        ("£5", "GBP"),
        ("₹5", "INR"),
    ],
)
def test_signs_name_currencies(text, first):
    assert sign_of(text)[0] == first


def test_no_sign_names_none():
    assert [sign_of(text) for text in ("5", "1,234.00", "-", "abc", "")] == [()] * 5


amounts = st.integers(-(10**14), 10**14)


@given(amounts, st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_we_write_reads_back(minor, currency):
    assert parse_amount(plain(minor, currency), currency) == minor
    assert parse_amount(shown(minor, currency), currency) == minor


@given(amounts, st.sampled_from("¥$€"))
def test_signs_and_brackets_change_nothing(minor, sign):
    text = shown(abs(minor), "USD")
    assert parse_amount(f"{sign}{text}", "USD") == abs(minor)
    assert parse_amount(f"({sign} {text})", "USD") == -abs(minor)


@given(st.floats(0.01, 1e9))
def test_a_float_is_rounded_half_up_or_refused(value):
    text = repr(value)
    exact = Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)
    try:
        assert parse_amount(text, "USD") == int(exact * 100)
    except BadCell:
        assert len(text.replace(".", "").lstrip("0")) < 15 or "e" in text


@given(st.text(max_size=30))
def test_any_text_is_an_amount_nothing_or_refused(text):
    with suppress(BadCell):
        assert isinstance(parse_amount(text, "USD"), int | None)
