"""Rows of accounts with plans, settlements, requests and a limitation: what is stored stays true."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from collectctl.domain.facts import Hold, Payment, PersonFile, Promise
from collectctl.domain.moneyfacts import Plan, Request, Settlement
from collectctl.domain.policy import Policy
from tests.conftest import tries
from tests.domain.test_worklist import DAY, at, entry, people, stays_true

CHINA = Policy("cn", "1", "cn", (), country="CN")


def days(draw: st.DrawFn, low: int, high: int) -> date:
    return DAY + timedelta(days=draw(st.integers(low, high)))


@st.composite
def owing(draw: st.DrawFn) -> PersonFile:
    one = draw(people())
    account = one.accounts[0]
    made = days(draw, -20, 0)
    settlement = draw(st.none() | st.integers(1, account.statement.balance))
    plan = draw(st.booleans()) or settlement is not None
    amounts = [draw(st.integers(1, 90_000)) for _n in range(draw(st.integers(1, 3)) if plan else 0)]
    parts = [
        Promise(900 + n, 1, 0, at(made), made, days(draw, 0, 14), None, amount, "CNY", "", 1, 1)
        for n, amount in enumerate(amounts)
    ]
    asked = [
        Request(
            n, 1, None, draw(st.sampled_from(["reduction", "documents"])), made, None, "CNY",
            draw(st.none() | st.just(DAY + timedelta(days=5))), "", draw(st.none() | st.just(DAY)),
        )
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    came = [
        Payment(900 + n, 1, None, days(draw, -20, 0), draw(st.integers(1, 90_000)), "CNY", True)
        for n in range(draw(st.integers(0, 3)))
    ]
    held = [Hold(900, 1, None, "plan", made, None)] if plan and settlement is None else []
    approval, until = draw(st.sampled_from(["", "A"])), days(draw, 0, 9)
    agreed = Settlement(1, 1, 1, None, made, settlement or 1, "CNY", until, approval, draw(st.booleans()))
    since = DAY.replace(year=DAY.year - 3) + timedelta(days=draw(st.integers(0, 110)))
    money = account._replace(
        promises=(*account.promises, *parts),
        payments=(*account.payments, *came),
        holds=(*account.holds, *held),
        policies=(CHINA,),
        requests=tuple(asked),
        plans=(Plan(1, 1, 1, 1 if settlement else None, made, "month", 1, "CNY"),) if plan else (),
        settlements=(agreed,) if settlement else (),
        grace=draw(st.integers(0, 4)),
        statement=account.statement._replace(overdue_since=since),
    )
    return one._replace(accounts=(money,))


@given(owing())
@settings(max_examples=tries(80))
def test_a_stored_row_stays_true_until_the_day_it_names(one: PersonFile):
    stays_true(one)


@given(owing())
@settings(max_examples=tries(80))
def test_nobody_is_forgotten_and_nobody_is_called_about_nothing(one: PersonFile):
    found = entry(one)
    assert found.row.state in ("due", "future", "hold", "no_number")
    assert found.row.balance > 0 or found.task is None or found.task.task == "desk"
