"""The penalty on an unpaid minimum, and the court's fee by its steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.courtfee import court_fee
from collectctl.domain.ledger import penalty_on
from collectctl.domain.orders import order_called
from collectctl.domain.quoting import quote
from tests.domain.money.facts import account, days, pay, terms

LOAN = order_called("cn-loan")


@pytest.mark.parametrize(
    ("unpaid", "floor", "cents"),
    [
        (100_00, 0, 5_00),
        (100_00, 10_00, 10_00),
        (300_00, 10_00, 15_00),
        (0, 10_00, 0),
        (-50_00, 10_00, 0),
        (1, 0, 0),
        (10, 0, 1),  # half a fen
    ],
)
def test_the_penalty_is_a_share_of_what_is_unpaid_and_none_where_nothing_is(
    unpaid: int, floor: int, cents: int
):
    assert penalty_on(unpaid, "5%", floor) == cents


@pytest.mark.parametrize(
    ("paid", "cents"), [(0, 10_00), (100_00, 5_00), (199_99, 2_00), (200_00, 0), (900_00, 0)]
)
def test_a_quote_charges_it_on_what_is_left_of_the_stated_minimum(paid: int, cents: int):
    """A bill of 2,000.00 with a minimum of 200.00, a floor of 2.00."""
    money = (pay(2, days(0), paid),) if paid else ()
    one = account(
        2_000_00, payments=money,
        terms=(terms(rate="", basis="", penalty="5%", penalty_floor=2_00, minimum=200_00),),
    )  # fmt: skip
    found = quote(one, days(5), LOAN)
    assert (found.penalty, found.owed["penalty"], found.total) == (cents, cents, 2_000_00 - paid + cents)


def test_a_payment_after_the_terms_began_finds_the_penalty_booked():
    """It is charged on what was unpaid when the terms began; later money pays it and does not lessen it."""
    one = account(
        2_000_00, payments=(pay(2, days(3), 150_00),),
        terms=(terms(rate="", basis="", last_day="", payment_day="", penalty="5%", minimum=200_00),),
    )  # fmt: skip
    found = quote(one, days(5), LOAN)
    assert [(m.kind, m.amount) for m in found.movements] == [
        ("opening", 2_000_00), ("penalty", 10_00), ("payment", -150_00),
    ]  # fmt: skip
    assert (found.penalty, found.total) == (0, 1_860_00)


def test_without_a_stated_minimum_there_is_no_penalty_and_that_is_said():
    found = quote(account(2_000_00, terms=(terms(penalty="5%", penalty_floor=2_00),)), days(5), LOAN)
    assert (found.penalty, found.owed["penalty"]) == (0, 0)
    assert "no minimum" in found.penalty_text


STEPS = [
    (10_000, 50), (100_000, 2_300), (200_000, 4_300), (500_000, 8_800), (1_000_000, 13_800),
    (2_000_000, 22_800), (5_000_000, 46_800), (10_000_000, 81_800), (20_000_000, 141_800),
]  # fmt: skip
# what 10,000 yuan more cost beyond each step
BEYOND = [250, 200, 150, 100, 90, 80, 70, 60, 50]


@pytest.mark.parametrize(("claim", "fee"), [(1, 50), (9_999, 50), *STEPS, (30_000_000, 191_800)])
def test_the_court_fee_at_every_step(claim: int, fee: int):
    assert court_fee(claim * 100, simple=False) == fee * 100


@pytest.mark.parametrize(("claim", "fee"), STEPS)
def test_one_fen_beyond_a_step_costs_no_yuan_more(claim: int, fee: int):
    assert court_fee(claim * 100 + 1, simple=False) == fee * 100


@pytest.mark.parametrize(("step", "more"), list(zip(STEPS, BEYOND, strict=True)))
def test_beyond_a_step_only_what_is_above_it_costs_the_next_share(step: tuple[int, int], more: int):
    assert court_fee((step[0] + 10_000) * 100, simple=False) == (step[1] + more) * 100


@pytest.mark.parametrize(
    ("claim", "simple", "fee"),
    [
        (10_000, True, 25),
        (10_020, False, 51),  # 50.50
        (10_040, True, 26),  # 25.50
        (10_019, False, 50),  # 50.475
        (100_000, True, 1_150),
        (20_000_000, True, 70_900),
    ],
)
def test_half_of_it_in_simple_procedure_and_whole_yuan_half_up(claim: int, simple: bool, fee: int):
    assert court_fee(claim * 100, simple=simple) == fee * 100


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.booleans())
def test_a_greater_claim_never_costs_less(one: int, other: int, simple: bool):
    low, high = sorted((one, other))
    assert court_fee(low, simple=simple) <= court_fee(high, simple=simple)
    assert court_fee(high, simple=simple) % 100 == 0
