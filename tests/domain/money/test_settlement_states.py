"""How far a settlement has come, and what it does to the debt."""

from datetime import date

import pytest

from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.ledger import LET_OFF, ledger
from collectctl.domain.moneyfacts import Settlement
from collectctl.domain.owing import balance_of
from collectctl.domain.plans import current_plan, standing_plan
from collectctl.domain.receiving import receive
from collectctl.domain.settlements import current_settlement, paid_settlement, settlement_states
from tests.domain.money.facts import (
    DAY,
    account,
    charge,
    claim,
    days,
    pay,
    plan,
    promise,
    request,
    settlement,
)

UNTIL = days(10)
AGREED = settlement(600_00, UNTIL)
UNAPPROVED = AGREED._replace(approval="", request=5)


def debt(*payments: Payment, of: tuple[Settlement, ...] = (AGREED,), **more: object) -> AccountFile:
    return account(1_000_00, settlements=of, payments=payments, **more)


def state(one: AccountFile, today: date = UNTIL) -> str:
    return current_settlement(one, today).state


@pytest.mark.parametrize(
    ("answer", "accepted", "day", "expected"),
    [
        ("", True, 10, "asked"),
        ("yes", True, 10, "accepted"),
        ("yes", False, 10, "approved"),
        ("no", True, 10, "refused"),
        ("", True, 11, "expired"),
        ("yes", True, 11, "expired"),
        ("no", True, 11, "refused"),
    ],
)
def test_until_it_is_paid_its_state_is_the_clients_answer_and_the_debtors(
    answer: str, accepted: bool, day: int, expected: str
):
    asked = request("reduction", DAY, 5, answer=answer)
    one = debt(of=(UNAPPROVED._replace(accepted=accepted),), requests=(asked,))
    assert state(one, days(day)) == expected
    assert balance_of(one) == 1_000_00


@pytest.mark.parametrize(("reference", "approval"), [("K9", "K9"), ("", "#5")])
def test_the_approval_is_named_by_its_reference_or_its_request(reference: str, approval: str):
    one = debt(of=(UNAPPROVED,), requests=(request("reduction", DAY, 5, answer="yes", reference=reference),))
    assert current_settlement(one, DAY).approval == approval


@pytest.mark.parametrize(
    ("payments", "expected", "balance"),
    [
        ([(10, 600_00)], "paid", 0),
        ([(0, 600_00)], "paid", 0),
        ([(2, 200_00), (6, 200_00), (10, 200_00)], "paid", 0),
        ([(2, 599_99)], "expired", 400_01),
        ([(11, 600_00)], "expired", 400_00),
        ([(2, 300_00), (11, 300_00)], "expired", 400_00),
        ([(-1, 600_00)], "expired", 400_00),
        ([(5, 700_00)], "paid", -100_00),  # what is beyond it is a credit
    ],
)
def test_it_is_paid_only_by_all_of_its_sum_until_its_last_day(
    payments: list[tuple[int, int]], expected: str, balance: int
):
    one = debt(*(pay(n, days(on), amount) for n, (on, amount) in enumerate(payments, 2)))
    assert (state(one, days(20)), balance_of(one)) == (expected, balance)


def test_a_claim_or_another_currency_pays_nothing_of_it():
    assert state(debt(claim(2, days(1), 600_00)), days(20)) == "expired"
    assert state(debt(pay(2, days(1), 600_00, currency="USD")), days(20)) == "expired"


@pytest.mark.parametrize(
    ("answer", "expected", "balance"), [("", "asked", 400_00), ("no", "refused", 400_00), ("yes", "paid", 0)]
)
def test_without_the_clients_approval_it_settles_nothing(answer: str, expected: str, balance: int):
    asked = request("reduction", DAY, 5, answer=answer)
    one = debt(pay(2, days(3), 600_00), of=(UNAPPROVED,), requests=(asked,))
    assert (state(one), balance_of(one)) == (expected, balance)


def test_the_rest_is_let_off_on_the_day_on_which_it_was_complete():
    one = debt(pay(2, days(3), 200_00), pay(3, days(8), 400_00), stated={"interest": 700_00})
    last = ledger(one, days(20)).movements[-1]
    assert (last.kind, last.on, last.amount, last.text) == (LET_OFF, days(8), -400_00, "K7")
    assert last.parts["interest"] == -100_00 - last.parts["principal"] - 300_00
    assert (paid_settlement(one, days(20)).paid, paid_settlement(one, days(20)).paid_on) == (600_00, days(8))


def test_what_is_charged_and_paid_afterwards_is_owed_and_a_credit():
    one = debt(pay(2, days(3), 600_00), charges=(charge(3, days(5), "costs", 50_00),))
    assert balance_of(one) == 50_00
    assert balance_of(one._replace(payments=(*one.payments, pay(4, days(6), 80_00)))) == -30_00


@pytest.mark.parametrize(("today", "expected", "balance"), [(14, "paid", 0), (15, "expired", 1_000_00)])
def test_a_payment_that_bounces_takes_the_reduction_back(today: int, expected: str, balance: int):
    one = debt(pay(2, days(3), 600_00, reversed_on=days(15)))
    assert state(one, days(today)) == expected
    found = ledger(one, days(today))
    assert (found.balance, sum(m.kind == LET_OFF for m in found.movements)) == (balance, int(balance == 0))


def test_bounced_within_its_days_it_can_be_paid_again():
    one = debt(pay(2, days(3), 600_00, reversed_on=days(5)))
    assert state(one, days(6)) == "accepted"
    assert state(one._replace(payments=(*one.payments, pay(3, days(9), 600_00))), days(9)) == "paid"


def test_a_newer_one_takes_the_place_of_an_older():
    newer = settlement(800_00, days(20), 2, made_on=days(4))
    one = debt(of=(AGREED, newer))
    assert [s.state for s in settlement_states(one, days(5))] == ["replaced", "accepted"]
    assert [s.state for s in settlement_states(one, days(30))] == ["replaced", "expired"]


def test_one_of_an_earlier_placement_is_none_of_this():
    one = debt(pay(2, days(3), 600_00), of=(AGREED._replace(operation=0),))
    assert settlement_states(one, days(5)) == ()
    assert current_settlement(one, days(5)) is None
    assert balance_of(one) == 400_00


@pytest.mark.parametrize(
    ("amount", "settled", "paid_off"),
    [(599_99, False, False), (600_00, True, False), (1_000_00, True, False)],
)
def test_the_payment_that_completes_it_settles_the_account(amount: int, settled: bool, paid_off: bool):
    found = receive(debt(), [pay(2, days(3), amount)], days(3))
    assert (found.settled is not None, found.paid_off) == (settled, paid_off)
    again = receive(found.account, [pay(3, days(3), 1)], days(3))
    assert (again.settled is not None) == (amount == 599_99)


def test_paying_everything_without_a_settlement_pays_it_off_once():
    found = receive(account(100_00), [pay(2, days(3), 100_00)], days(3))
    assert (found.settled, found.paid_off) == (None, True)
    assert not receive(found.account, [pay(3, days(3), 1)], days(3)).paid_off


# --- plans ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "day", "expected", "kept"),
    [
        (0, 5, "running", 0),
        (0, 6, "running", 0),  # its grace
        (0, 7, "broken", 0),
        (100_00, 7, "running", 100_00),
        (150_00, 12, "broken", 150_00),
        (200_00, 12, "kept", 200_00),
    ],
)
def test_a_plan_is_as_far_as_its_parts(paid: int, day: int, expected: str, kept: int):
    parts = tuple(promise(n, DAY, days(due), 100_00, plan=1) for n, due in ((2, 10), (1, 5)))
    money = (pay(3, days(1), paid),) if paid else ()
    one = account(plans=(plan(1, DAY, 200_00),), promises=parts, payments=money)
    found = current_plan(one, days(day))
    assert (found.state, found.kept, [p.promise.id for p in found.parts]) == (expected, kept, [1, 2])


def test_a_cancelled_plan_does_not_stand():
    one = account(plans=(plan(1, DAY, 200_00), plan(2, days(1), 200_00, cancelled_on=days(4))))
    assert standing_plan(one).id == 1
    assert current_plan(one, days(4)).state == "cancelled"
    assert standing_plan(account()) is None
