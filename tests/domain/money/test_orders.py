"""In which order a payment serves a debt, and that nothing of it is lost or counted twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.components import COMPONENTS, less, nothing, stated, take
from collectctl.domain.orders import (
    AFTER,
    NeedsDaysPastDue,
    UnknownOrder,
    order_called,
    order_for,
)
from tests.domain.money.facts import DAY, account, days, statement, terms

OWED = nothing() | {"costs": 500_00, "interest": 1_200_00, "principal": 10_000_00}


@pytest.mark.parametrize(
    ("name", "dpd", "expected"),
    [
        ("cn-loan", None, {"costs": 500_00, "interest": 1_000_00}),
        ("cn-card", 90, {"costs": 500_00, "interest": 1_000_00}),
        ("cn-card", 91, {"principal": 1_500_00}),
        ("us", None, {"costs": 500_00, "interest": 1_000_00}),
        ("principal", None, {"principal": 1_500_00}),
        ("interest", None, {"interest": 1_200_00, "principal": 300_00}),
    ],
)
def test_where_1500_go_of_a_debt_of_costs_interest_and_principal(
    name: str, dpd: int | None, expected: dict[str, int]
):
    parts, credit = take(OWED, 1_500_00, order_called(name, dpd).sequence)
    assert ({k: v for k, v in parts.items() if v}, credit) == (expected, 0)


@pytest.mark.parametrize(
    ("name", "dpd", "sequence"),
    [
        ("cn-loan", None, "costs fees interest penalty principal"),
        ("cn-card", 1, "costs fees interest penalty principal"),
        ("cn-card", 90, "costs fees interest penalty principal"),
        ("cn-card", 91, "principal costs fees interest penalty"),
        ("us", None, "costs fees penalty interest principal"),
    ],
)
def test_the_orders_that_are_not_agreed(name: str, dpd: int | None, sequence: str):
    assert " ".join(order_called(name, dpd).sequence) == sequence


@pytest.mark.parametrize(
    ("name", "dpd", "cite"),
    [("cn-loan", None, "民法典 561"), ("cn-card", 91, "art 57"), ("us", None, "1006.30(c)")],
)
def test_an_order_names_its_source(name: str, dpd: int | None, cite: str):
    assert cite in order_called(name, dpd).cite


def test_the_unsettled_rank_of_the_penalty_is_a_setting_that_is_said():
    order = order_called("cn-loan", penalty=AFTER)
    assert order.sequence[-2:] == ("principal", "penalty")
    assert "违约金" in order.note
    assert order_called("cn-card", 91).note == ""  # the penalty is last there anyway


def test_a_cards_order_needs_its_days_past_due():
    with pytest.raises(NeedsDaysPastDue):
        order_called("cn-card")


@pytest.mark.parametrize("typed", ["", "loan", "costs,costs", "principal,rent"])
def test_an_order_of_unknown_or_doubled_components_is_none(typed: str):
    with pytest.raises(UnknownOrder):
        order_called(typed)


def test_an_agreed_order_is_completed_with_what_it_leaves_out():
    assert order_called("Principal，fees").sequence == ("principal", "fees", "costs", "penalty", "interest")


def test_a_cards_days_past_due_are_those_of_the_payments_day():
    card = account(since=DAY, stated={"product": "信用卡"})
    assert order_for(card, days(90)).sequence[0] == "costs"
    assert order_for(card, days(91)).sequence[0] == "principal"


@pytest.mark.parametrize(
    ("countries", "product", "name"),
    [(("CN",), "", "cn-loan"), (("CN",), "信用卡", "cn-card"), (("US",), "", "us"), (("GB",), "", "house")],
)
def test_without_agreement_the_policy_says_the_order(countries: tuple[str, ...], product: str, name: str):
    one = account(countries=countries, since=DAY, stated={"product": product})
    assert order_for(one, days(10)).name == name


def test_typed_comes_before_agreed_and_agreed_before_the_clients():
    one = account(terms=(terms(order="principal"),))
    assert order_for(one, DAY, "interest", "us").name == "interest"
    assert order_for(one, DAY, "", "us").name == "principal"
    assert order_for(one, days(-1), "", "us").name == "us"  # the terms begin a day later
    assert order_for(one, days(-1)).name == "cn-loan"


amounts = st.integers(0, 10**9)


@given(
    st.fixed_dictionaries(dict.fromkeys(COMPONENTS, amounts)),
    st.integers(0, 10**10),
    st.permutations(COMPONENTS),
)
def test_the_components_and_the_credit_sum_to_the_payment(
    owed: dict[str, int], amount: int, order: list[str]
):
    parts, credit = take(owed, amount, order)
    left = less(owed, parts)
    assert sum(parts.values()) + credit == amount
    assert credit >= 0
    assert all(0 <= parts[name] <= owed[name] for name in COMPONENTS)
    assert not credit or not any(left.values())  # nothing is a credit while something is owed
    served = [name for name in order if parts[name]]
    assert all(left[name] == 0 for name in served[:-1])  # one after the other


@pytest.mark.parametrize(
    ("balance", "values", "owed", "unexplained"),
    [
        (100, {}, {"principal": 100}, 0),
        (100, {"principal": 60, "interest": 40}, {"principal": 60, "interest": 40}, 0),
        (100, {"principal": 60, "interest": 10}, {"principal": 90, "interest": 10}, 30),
        (100, {"interest": 30}, {"principal": 70, "interest": 30}, 70),
        (100, {"principal": 90, "interest": 20}, {"principal": 100}, 100),
        (100, {"principal": 110, "interest": -10}, {"principal": 100}, 100),
        (0, {"principal": 60}, {}, 0),
        (-5, {"principal": 60}, {}, 0),
    ],
)
def test_what_a_statement_says_of_its_components(
    balance: int, values: dict[str, int], owed: dict[str, int], unexplained: int
):
    found, rest = stated(statement(balance, **values))
    assert ({k: v for k, v in found.items() if v}, rest) == (owed, unexplained)
