"""Sums of currencies with no, two and three decimals, as they are typed and written."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.amounts import (
    AmountUnknown,
    NothingLeft,
    NotPositive,
    OtherCurrency,
    TooManyDecimals,
    UnreadableAmount,
    read_amount,
)
from collectctl.domain.instalments import equal_parts
from collectctl.domain.money import exponent, plain, shown

CURRENCIES = ("CNY", "USD", "JPY", "KRW", "KWD", "BHD")


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1,234.56", "CNY", 1_234_56),
        ("1.2万", "CNY", 12_000_00),
        ("1,234", "JPY", 1_234),
        ("¥500", "JPY", 500),
        ("¥500", "CNY", 500_00),
        ("1.2w", "JPY", 12_000),
        ("500.0", "JPY", 500),
        ("1.234", "KWD", 1_234),
        ("KWD 12", "KWD", 12_000),
        ("0.001", "KWD", 1),
        ("１２．５", "CNY", 12_50),
    ],
)
def test_a_typed_sum_is_read_in_the_minor_units_of_its_currency(typed: str, currency: str, minor: int):
    assert read_amount(typed, currency, {}) == minor


@pytest.mark.parametrize(
    ("typed", "currency", "error"),
    [
        ("0.5", "JPY", TooManyDecimals),
        ("1.2345", "KWD", TooManyDecimals),
        ("1.234", "CNY", TooManyDecimals),
        ("0", "CNY", NotPositive),
        ("-5", "JPY", NotPositive),
        ("€5", "CNY", OtherCurrency),
        ("5 JPY", "KWD", OtherCurrency),
        ("1,23", "CNY", UnreadableAmount),
        ("5e3", "CNY", UnreadableAmount),
        ("nan", "CNY", UnreadableAmount),
        ("cure", "CNY", AmountUnknown),
    ],
)
def test_a_sum_that_cannot_be_is_refused(typed: str, currency: str, error: type[Exception]):
    with pytest.raises(error):
        read_amount(typed, currency, {})


def test_a_word_is_a_sum_of_the_clients():
    stated = {"balance": 100, "cure_amount": 40, "minimum_due": 0}
    assert [read_amount(word, "CNY", stated) for word in ("all", "全部", "cure")] == [100, 100, 40]
    with pytest.raises(NothingLeft):
        read_amount("min", "CNY", stated)


@pytest.mark.parametrize(
    ("minor", "currency", "text", "seen"),
    [
        (0, "CNY", "0.00", "0.00"),
        (-5, "CNY", "-0.05", "-0.05"),
        (1_234_567, "JPY", "1234567", "1,234,567"),
        (-7, "JPY", "-7", "-7"),
        (1_234_567, "KWD", "1234.567", "1,234.567"),
        (-1, "KWD", "-0.001", "-0.001"),
        (100_000_00, "CNY", "100000.00", "100,000.00"),
    ],
)
def test_a_sum_is_written_with_the_decimals_of_its_currency(minor: int, currency: str, text: str, seen: str):
    assert (plain(minor, currency), shown(minor, currency)) == (text, seen)


@given(st.integers(1, 10**11), st.sampled_from(CURRENCIES))
def test_what_is_written_is_read_again(minor: int, currency: str):
    assert read_amount(plain(minor, currency), currency, {}) == minor
    assert read_amount(shown(minor, currency), currency, {}) == minor


@given(st.integers(-(10**14), 10**14), st.sampled_from(CURRENCIES))
def test_no_cent_is_lost_between_minor_units_and_decimals(minor: int, currency: str):
    assert Decimal(plain(minor, currency)) == Decimal(minor).scaleb(-exponent(currency))


@given(
    st.from_regex(r"[+]?[0-9]{0,6}[.]?[0-9]{0,5}", fullmatch=True), st.sampled_from(["", "万", "w"]),
    st.sampled_from(CURRENCIES),
)  # fmt: skip
def test_what_is_typed_is_worth_what_its_decimals_say(typed: str, unit: str, currency: str):
    try:
        worth = Decimal(typed) * (10_000 if unit else 1)
    except InvalidOperation:
        with pytest.raises(UnreadableAmount):
            read_amount(typed + unit, currency, {})
        return
    minor = worth.scaleb(exponent(currency))
    if minor <= 0 or minor % 1:
        with pytest.raises(NotPositive if minor <= 0 else TooManyDecimals):
            read_amount(typed + unit, currency, {})
    else:
        assert read_amount(typed + unit, currency, {}) == minor


@given(st.integers(1, 10**9), st.integers(1, 60), st.sampled_from(CURRENCIES))
def test_instalments_add_up_as_they_are_written(total: int, count: int, currency: str):
    if total >= count:
        written = sum(Decimal(plain(part, currency)) for part in equal_parts(total, count, currency))
        assert written == Decimal(plain(total, currency))
