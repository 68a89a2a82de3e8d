"""Interest to the cent: which days are charged, on how many days a year has, compounding, the cap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.calculating import EndsFirst, OutsideSpan, TooMuch, interest
from collectctl.domain.orders import order_called
from collectctl.domain.owing import balance_of, owed_on
from collectctl.domain.quoting import quote
from collectctl.domain.rates import (
    BadRate,
    Convention,
    NoConvention,
    NoUnit,
    read_convention,
    read_rate,
    read_share,
)
from tests.domain.money.facts import DAY, account, charge, days, pay, terms

PRINCIPAL, INTEREST_FIRST = ("principal",), ("interest", "principal")
POSTED, CLOSING, PAID_ON = date(2026, 3, 30), date(2026, 5, 5), date(2026, 4, 23)
LOAN = order_called("cn-loan")
# the three in use for one and the same statement, and the fourth that the options make possible
FIRST, SECOND, THIRD, FOURTH = ("not", "new"), ("counted", "new"), ("not", "old"), ("counted", "old")


def convention(rate: str = "0.05%/day", basis: str = "360", of: tuple[str, str] = FIRST) -> Convention:
    return read_convention(rate, basis, *of)


@pytest.mark.parametrize(
    ("of", "charged", "cents"),
    [
        (FIRST, [24, 12], 17_40),
        (SECOND, [24, 13], 17_85),
        (THIRD, [25, 11], 17_45),
        (FOURTH, [25, 12], 17_90),
    ],
)
def test_one_statement_has_a_different_interest_by_each_convention(
    of: tuple[str, str], charged: list[int], cents: int
):
    found = interest(1000_00, (POSTED, CLOSING), convention(of=of), [(100_00, PAID_ON)], PRINCIPAL, "CNY")
    assert [line.days for line in found.lines] == charged
    assert (found.interest, found.principal_left, found.total) == (cents, 900_00, 900_00 + cents)


def test_a_line_names_its_first_and_last_day_its_base_and_its_rate():
    first, second = interest(
        1000_00, (POSTED, CLOSING), convention(), [(100_00, PAID_ON)], PRINCIPAL, "CNY"
    ).lines
    assert (first.first, first.last, first.base) == (POSTED, date(2026, 4, 22), 1000_00)
    assert (second.first, second.last, second.base) == (PAID_ON, date(2026, 5, 4), 900_00)
    assert (first.rate, first.basis, first.interest, second.interest) == ("0.05%/day", "360", 12_00, 5_40)


@pytest.mark.parametrize(("of", "cents"), [(FIRST, 0), (SECOND, 50), (THIRD, 0), (FOURTH, 50)])
def test_a_span_of_one_day_is_charged_only_where_the_closing_day_is(of: tuple[str, str], cents: int):
    assert interest(1000_00, (POSTED, POSTED), convention(of=of), [], PRINCIPAL, "CNY").interest == cents


@pytest.mark.parametrize(("of", "cents"), [(FIRST, 18_00), (SECOND, 18_50), (THIRD, 18_00), (FOURTH, 18_50)])
def test_whether_the_closing_day_is_charged_is_not_for_a_payment_of_that_day_to_say(
    of: tuple[str, str], cents: int
):
    found = interest(1000_00, (POSTED, CLOSING), convention(of=of), [(100_00, CLOSING)], PRINCIPAL, "CNY")
    assert (found.interest, found.principal_left) == (cents, 900_00)


@pytest.mark.parametrize(
    ("basis", "lines"),
    [("360", [6066_67]), ("365", [5983_56]), ("actual", [2038_36, 3934_43])],
)
def test_a_winter_with_a_leap_day_by_each_basis(basis: str, lines: list[int]):
    """91 days, 29 February among them: with actual days the year's end parts the span in 31 and 60."""
    span = (date(2027, 12, 1), date(2028, 3, 1))
    found = interest(100_000_00, span, convention("24%/year", basis), [], PRINCIPAL, "CNY")
    assert [line.interest for line in found.lines] == lines
    assert found.days == 91


def test_a_rate_per_day_knows_no_basis():
    span = (date(2027, 12, 1), date(2028, 3, 1))
    found = {
        interest(1000_00, span, convention("0.05%/day", basis), [], PRINCIPAL, "CNY").interest
        for basis in ("360", "365", "actual")
    }
    assert found == {45_50}


def test_half_a_fen_is_rounded_up_at_the_end_of_each_line():
    """15,435.00 at 0.05 % for ten days is 77.175: a float would give 77.17."""
    span = (date(2026, 1, 1), date(2026, 1, 11))
    assert interest(15_435_00, span, convention(), [], PRINCIPAL, "CNY").interest == 77_18
    assert interest(15_433_00, span, convention(), [], PRINCIPAL, "CNY").interest == 77_17  # not to the even
    twice = interest(15_435_00, (span[0], date(2026, 1, 21)), convention(), [(1, span[1])], PRINCIPAL, "CNY")
    assert [line.interest for line in twice.lines] == [77_18, 77_17]  # the second of 15,434.99: 77.17495


def test_a_payment_in_the_agreed_order_serves_the_interest_of_its_day_first():
    pays = [(20_00, date(2026, 4, 23))]
    found = interest(1000_00, (POSTED, CLOSING), convention(), pays, INTEREST_FIRST, "CNY")
    assert found.principal_left == 992_00  # 12.00 of interest and 8.00 of principal
    assert (found.interest, found.total) == (12_00 + 5_95, 992_00 + 5_95)


def test_spans_and_payments_that_cannot_be_are_refused():
    with pytest.raises(EndsFirst):
        interest(1000_00, (CLOSING, POSTED), convention(), [], PRINCIPAL, "CNY")
    for outside in (date(2026, 3, 29), date(2026, 5, 6)):
        with pytest.raises(OutsideSpan):
            interest(1000_00, (POSTED, CLOSING), convention(), [(1, outside)], PRINCIPAL, "CNY")
    with pytest.raises(TooMuch):
        interest(1000_00, (POSTED, CLOSING), convention(), [(1000_01, PAID_ON)], PRINCIPAL, "CNY")


@pytest.mark.parametrize(
    "typed", ["24", "24%", "0.24/year", "24%/", "24%/week", "-1%/day", "0%/year", "1e2%/day"]
)
def test_a_rate_without_percent_or_unit_is_none(typed: str):
    with pytest.raises((NoUnit, BadRate)):
        read_rate(typed)


@pytest.mark.parametrize("typed", ["5", "5%/year", "-5%", "0%", ""])
def test_a_share_is_a_percentage_above_zero(typed: str):
    with pytest.raises(BadRate):
        read_share(typed)


@pytest.mark.parametrize("missing", [("", "not", "new"), ("360", "", "new"), ("360", "not", "")])
def test_no_convention_is_chosen_silently(missing: tuple[str, str, str]):
    with pytest.raises(NoConvention):
        read_convention("24%/year", *missing)


@given(st.integers(1, 10**10), st.dates(date(2020, 1, 1), date(2032, 1, 1)), st.integers(0, 900),
       st.sampled_from(["360", "365", "actual"]), st.sampled_from((FIRST, SECOND, THIRD)))  # fmt: skip
def test_the_lines_follow_upon_each_other_and_cover_every_day_once(
    principal: int, first: date, length: int, basis: str, of: tuple[str, str]
):
    last = first + length * (date(2020, 1, 2) - date(2020, 1, 1))
    found = interest(principal, (first, last), convention("18%/year", basis, of), [], PRINCIPAL, "CNY")
    assert found.days == length + (of[0] == "counted")
    assert all((b.first - a.last).days == 1 for a, b in zip(found.lines, found.lines[1:], strict=False))
    assert all((line.last - line.first).days + 1 == line.days for line in found.lines)
    assert found.interest == sum(line.interest for line in found.lines)


@pytest.mark.parametrize(
    ("currency", "principal", "minor"),
    [("JPY", 1_000_000, 5_000), ("KWD", 1_000_000, 5_000), ("JPY", 1_001, 5), ("KWD", 1_100, 6)],
)
def test_interest_is_rounded_to_the_minor_unit_of_any_currency(currency: str, principal: int, minor: int):
    span = (date(2026, 1, 1), date(2026, 1, 11))
    assert interest(principal, span, convention(), [], PRINCIPAL, currency).interest == minor


def test_interest_compounds_at_the_end_of_each_month_from_the_anchor():
    """From 31 January: 28 days on 10,000.00, then 31 on 10,140.00, then 30 on 10,297.17."""
    one = account(10_000_00, terms=(terms(date(2027, 1, 31), compound="month"),))
    found = quote(one, date(2027, 4, 30), LOAN)
    assert [(line.days, line.base, line.interest) for line in found.accrued] == [
        (28, 10_000_00, 140_00), (31, 10_140_00, 157_17), (30, 10_297_17, 154_46),
    ]  # fmt: skip
    assert found.total == 10_451_63


def test_a_payment_within_a_month_does_not_compound_by_itself():
    one = account(
        10_000_00, terms=(terms(compound="month"),), payments=(pay(2, days(10), 50_00, order="interest"),)
    )
    found = quote(one, days(20), LOAN)
    assert [line.base for line in found.accrued] == [10_000_00]  # the 50.00 of interest were paid
    assert found.total == 10_000_00 + 50_00


def test_simple_interest_never_bears_interest():
    found = quote(account(10_000_00, terms=(terms(date(2027, 1, 31)),)), date(2027, 4, 30), LOAN)
    assert [(line.days, line.interest) for line in found.accrued] == [(89, 445_00)]


def test_without_terms_nothing_accrues_and_that_is_said():
    found = quote(account(10_000_00), days(100), LOAN)
    assert (found.total, found.accrued) == (10_000_00, ())
    assert "no terms" in found.convention


def test_later_terms_take_over_on_their_day():
    one = account(10_000_00, terms=(terms(), terms(days(10), id=2, rate="0.02%/day")))
    found = quote(one, days(20), LOAN)
    assert [(line.days, line.rate, line.interest) for line in found.accrued] == [
        (10, "0.05%/day", 50_00), (10, "0.02%/day", 20_00),
    ]  # fmt: skip


def test_of_two_terms_of_one_day_the_newest_hold():
    one = account(10_000_00, terms=(terms(id=1), terms(id=2, rate="0.02%/day")))
    assert quote(one, days(10), LOAN).total == 10_020_00


# --- the cap ------------------------------------------------------------------------------------------------

YEAR = date(2027, 11, 2)  # 365 days after DAY


def capped(rate: str = "0.1%/day", **more: object):
    return quote(
        account(10_000_00, terms=(terms(rate=rate, basis="365", cap="24%/year", **more),)), YEAR, LOAN
    )


def test_interest_above_the_cap_is_cut_and_the_cut_is_told():
    """0.1 % a day are 3,650.00 a year on 10,000.00, of which 24 % are left."""
    found = capped()
    assert (found.total, found.capped) == (12_400_00, 1_250_00)


def test_interest_below_the_cap_is_left_alone():
    found = capped("18%/year")
    assert (found.total, found.capped) == (11_800_00, 0)


def test_the_cap_is_on_the_declining_principal():
    """292 days on 10,000.00 and 73 on 5,000.00: 24 % of them are 1,920.00 and 240.00."""
    half = pay(2, date(2027, 8, 21), 5_000_00, order="principal")
    one = account(10_000_00, terms=(terms(rate="0.1%/day", basis="365", cap="24%/year"),), payments=(half,))
    found = quote(one, YEAR, LOAN)
    assert (found.owed["principal"], found.owed["interest"]) == (5_000_00, 2_160_00)


def test_a_penalty_has_only_the_room_that_interest_leaves_under_the_cap():
    one = account(
        10_000_00,
        terms=(terms(rate="18%/year", basis="365", cap="24%/year", penalty="5%", minimum=20_000_00),),
    )
    found = quote(one, YEAR, LOAN)
    assert (found.penalty, found.owed["penalty"], found.capped) == (1_000_00, 600_00, 400_00)


def test_fees_count_under_the_cap_and_costs_do_not():
    for component, interest_left in (("fees", 300_00), ("penalty", 300_00), ("costs", 600_00)):
        one = account(
            10_000_00, charges=(charge(2, DAY, component, 300_00),),
            terms=(terms(rate="0.1%/day", basis="365", cap="6%/year"),),
        )  # fmt: skip
        assert quote(one, YEAR, LOAN).owed["interest"] == interest_left


def test_a_quote_of_a_day_later_is_never_less():
    one = account(10_000_00, terms=(terms(compound="month", cap="24%/year"),))
    totals = [quote(one, days(n), LOAN).total for n in range(120)]
    assert totals == sorted(totals)


def test_what_has_accrued_since_the_last_payment_is_the_quotes_last_lines():
    one = account(10_000_00, terms=(terms(),), payments=(pay(2, days(10), 50_00, order="interest"),))
    booked = [(at, owed_on(one, days(at)) - balance_of(one)) for at in (10, 14)]
    assert booked == [(10, 0), (14, 20_00)]
    assert owed_on(account(), days(14)) == balance_of(account())
