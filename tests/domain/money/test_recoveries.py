"""What a period did to debts: cures, roll-backs, settlements, what went back, and the commission."""

import pytest

from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.periods import Period
from collectctl.domain.recovery import recovered
from collectctl.domain.results.report import Recovered
from tests.domain.money.facts import DAY, account, days, pay, settlement

WEEK = Period(days(7), days(13))


def report(
    *accounts: AccountFile, confirmed: tuple[Payment, ...] = (), reversals: tuple[Payment, ...] = (),
    settled: tuple[int, ...] = (), **rates: str,
) -> Recovered:  # fmt: skip
    return recovered(accounts, confirmed, reversals, settled, rates, WEEK)


def owing(*payments: tuple[int, int], **stated: int) -> AccountFile:
    money = tuple(pay(n, days(on), amount) for n, (on, amount) in enumerate(payments, 2))
    return account(stated=stated, payments=money)


@pytest.mark.parametrize(
    ("payments", "cured"),
    [
        ([(7, 100_00)], 1),
        ([(13, 100_00)], 1),
        ([(6, 100_00)], 0),
        ([(14, 100_00)], 0),
        ([(7, 99_99)], 0),
        ([(3, 60_00), (9, 40_00)], 1),  # counts on the day on which it is reached
        ([(9, 60_00), (20, 40_00)], 0),
        ([(3, 100_00), (9, 100_00)], 0),  # it was reached before
        ([(-1, 60_00), (9, 40_00)], 1),  # what is in the ledger counts, as in the balance
    ],
)
def test_an_account_is_cured_when_what_came_reaches_the_stated_sum(
    payments: list[tuple[int, int]], cured: int
):
    found = report(owing(*payments, cure_amount=100_00))
    assert (found.cured, found.rolled_back) == (cured, 0)


@pytest.mark.parametrize(
    ("paid", "cured", "rolled"), [(29_99, 0, 0), (30_00, 0, 1), (99_99, 0, 1), (100_00, 1, 0)]
)
def test_a_roll_back_is_told_once_and_not_beside_a_cure(paid: int, cured: int, rolled: int):
    found = report(owing((8, paid), cure_amount=100_00, rollback_2=30_00, rollback_1=60_00))
    assert (found.cured, found.rolled_back) == (cured, rolled)


def test_money_that_went_back_cures_nothing():
    gone = account(stated={"cure_amount": 100_00}, payments=(pay(2, days(8), 100_00, reversed_on=days(10)),))
    assert report(gone).cured == 0


def test_where_the_file_states_no_sum_nothing_is_cured():
    assert (report(owing((8, 100_00))).cured, report(owing((8, 100_00), cure_amount=0)).cured) == (0, 0)


def of_client(number: int, client: str) -> AccountFile:
    return account(id=number, client=client)


def test_the_commission_is_rounded_half_up_once_for_each_client():
    """Two payments of 0.50 at 5 % are 0.05 together, and would be 0.06 one by one; 0.10 are half a fen."""
    both = (of_client(1, "a"), of_client(2, "b"))
    money = (pay(2, days(8), 50), pay(3, days(9), 50), pay(4, days(9), 10, account=2))
    assert report(*both, confirmed=money, a="5%").commission == {"CNY": 5}
    assert report(*both, confirmed=money, a="5%", b="5%").commission == {"CNY": 6}
    assert report(*both, confirmed=money).commission == {}


def test_the_commission_of_what_went_back_is_taken_off_by_currency():
    back = (pay(2, days(1), 40_00), pay(3, days(1), 100, currency="JPY"))
    money = (pay(4, days(8), 100_00), pay(5, days(8), 1_000, currency="JPY"))
    found = report(account(), confirmed=money, reversals=back, Bank="10%")
    assert found.commission == {"CNY": 6_00, "JPY": 90}
    assert (found.reversed.count, found.reversed.amount) == (2, {"CNY": 40_00, "JPY": 100})
    assert report(account(), reversals=back[:1], Bank="10%").commission == {"CNY": -4_00}


def test_a_settled_account_is_told_with_what_was_paid_and_let_off():
    closed = account().placement._replace(closed_on=days(8), closed_as="settled")
    money = (pay(2, days(8), 600_00),)
    one = account(1_000_00, settlements=(settlement(600_00, days(10)),), payments=money, placement=closed)
    found = report(one, settled=(1,))
    assert (found.settled.count, found.settled.amount, found.reduction) == (
        1,
        {"CNY": 600_00},
        {"CNY": 400_00},
    )
    assert report(one).settled.count == 0
    assert report(settled=(1,)).settled.count == 0


def test_a_period_in_which_nothing_happened_is_empty():
    found = report(account(placement=account().placement._replace(placed_on=DAY)))
    assert (found.reversed.count, found.settled.count, found.cured, found.rolled_back) == (0, 0, 0, 0)
    assert (found.commission, found.reduction) == ({}, {})
