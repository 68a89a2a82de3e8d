"""What is said to be paid, the money that confirms it, and what one payment does to an account."""

from datetime import date

import pytest

from collectctl.domain.receipts import (
    NoSuchPayment,
    SeveralPayments,
    claim_confirmed_by,
    open_claims,
    payment_called,
    received,
)
from collectctl.domain.receiving import (
    BeforePlacement,
    FuturePayment,
    check_day,
    receive,
    recorded_as,
    served,
    spread,
)
from tests.domain.money.facts import DAY, account, claim, days, pay, promise

SAID = claim(1, days(10), 500_00)


@pytest.mark.parametrize(("on", "fits"), [(4, False), (5, True), (10, True), (15, True), (16, False)])
def test_money_of_the_same_sum_within_five_days_confirms_a_claim(on: int, fits: bool):
    assert (claim_confirmed_by((SAID,), days(on), 500_00, "CNY") is SAID) == fits


@pytest.mark.parametrize(("amount", "currency"), [(499_99, "CNY"), (500_00, "USD")])
def test_money_of_another_sum_or_currency_confirms_none(amount: int, currency: str):
    assert claim_confirmed_by((SAID,), days(10), amount, currency) is None


def test_a_claim_counts_once_with_the_payment_that_confirms_it():
    one = account(1_000_00, payments=(SAID,))
    found = receive(one, [pay(2, days(11), 500_00), pay(3, days(11), 500_00)], days(12))
    assert [p.confirms for p in found.payments] == [1, None]  # the second is money of its own
    assert open_claims(found.account.payments) == ()
    assert sum(p.amount for p in received(found.account.payments, days(12))) == 1_000_00
    assert found.paid_off


def test_the_oldest_of_several_claims_is_confirmed_first():
    both = (claim(2, days(9), 500_00), SAID)
    assert [c.id for c in open_claims(both)] == [2, 1]
    assert claim_confirmed_by(both, days(10), 500_00, "CNY").id == 2


def test_a_reference_names_its_claim_whatever_the_sum():
    one = account(payments=(SAID, claim(2, DAY, 70_00, reference="R2")))
    assert receive(one, [pay(3, days(11), 80_00, reference="R2")], days(12)).payments[0].confirms == 2


def test_a_payment_that_bounced_opens_its_claim_again():
    confirming = pay(2, days(11), 500_00, confirms=1)
    assert open_claims((SAID, confirming)) == ()
    assert open_claims((SAID, confirming._replace(reversed_on=days(12)))) == (SAID,)
    assert open_claims((SAID._replace(reversed_on=days(12)),)) == ()


def test_a_claim_that_arrives_confirms_nothing_and_pays_nothing():
    found = receive(account(500_00, payments=(SAID,)), [claim(2, days(10), 500_00)], days(12))
    assert found.payments[0].confirms is None
    assert (found.paid_off, len(open_claims(found.account.payments))) == (False, 2)


@pytest.mark.parametrize(("typed", "number"), [("R7", 7), ("#8", 8), ("8", 8), (" R7 ", 7)])
def test_a_payment_is_called_by_its_reference_or_its_number(typed: str, number: int):
    both = (pay(7, DAY, 1, reference="R7"), pay(8, DAY, 1))
    assert payment_called(both, typed, "A1").id == number


def test_a_payment_that_is_not_there_or_not_alone_is_refused():
    both = (pay(7, DAY, 1, reference="R"), pay(8, DAY, 1, reference="R"))
    with pytest.raises(SeveralPayments):
        payment_called(both, "R", "A1")
    with pytest.raises(NoSuchPayment):
        payment_called(both, "9", "A1")


@pytest.mark.parametrize(
    ("on", "error"), [(1, None), (0, None), (-1, BeforePlacement), (6, FuturePayment), (5, None)]
)
def test_money_comes_neither_from_days_ahead_nor_from_before_a_stated_placement(
    on: int, error: type[Exception] | None
):
    one = account(stated={"placed_on": DAY.isoformat()})
    if error is None:
        check_day(one, days(on), days(5))
        return
    with pytest.raises(error):
        check_day(one, days(on), days(5))


def test_where_the_client_states_no_placement_day_older_money_is_taken():
    check_day(account(), days(-30), days(5))


def test_a_reference_is_on_record_reversed_or_not_but_not_as_a_claim():
    gone = pay(2, DAY, 1, reference="R2", reversed_on=days(1))
    one = account(payments=(claim(1, DAY, 1, reference="R1"), gone))
    assert recorded_as(one, "R2") is gone
    assert recorded_as(one, "R1") is None
    assert recorded_as(one, "") is None


def test_a_payment_tells_where_it_went_and_what_it_served():
    money = pay(2, days(1), 150_00, order="interest")
    one = account(
        140_00, stated={"interest": 30_00, "principal": 110_00}, payments=(money,),
        promises=(promise(1, DAY, days(3), 200_00),),
    )  # fmt: skip
    went = spread(one, money, days(1))
    assert ({k: v for k, v in went.parts.items() if v}, went.credit) == (
        {"interest": 30_00, "principal": 110_00}, 10_00,
    )  # fmt: skip
    assert (served(one, money, days(1)).kept, served(one, money, days(1)).state) == (150_00, "open")


@pytest.mark.parametrize("today", [date(2026, 11, 3), date(2026, 12, 1)])
def test_only_promises_that_the_new_money_completes_are_told(today: date):
    both = (promise(1, DAY, days(3), 100_00, plan=1), promise(2, DAY, days(9), 100_00, plan=1))
    one = account(promises=both, payments=(pay(3, DAY, 100_00),))
    assert [s.promise.id for s in receive(one, [pay(4, days(1), 100_00)], today).kept] == [2]
    assert receive(one, [pay(4, days(1), 99_99)], today).kept == ()
