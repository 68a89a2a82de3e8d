"""The ledger of any mix of facts sums to the balance, and forgets what was reversed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectctl.domain.components import COMPONENTS
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.ledger import LET_OFF, REVERSED, Ledger, ledger
from collectctl.domain.moneyfacts import Charge, Settlement, Terms
from collectctl.domain.owing import balance_of, difference, paid_off, still_missing
from collectctl.domain.receipts import received
from tests.conftest import tries
from tests.domain.money.facts import DAY, account, charge, days, pay, settlement, statement, terms

day_numbers = st.integers(0, 90)
sums = st.integers(1, 500_00)
FOREVER = date.max
some = settings(max_examples=tries(40))  # each account is a large draw


@st.composite
def charges(draw: st.DrawFn, number: int) -> Charge:
    signed = draw(sums) * draw(st.sampled_from([1, 1, -1]))
    return charge(number, days(draw(day_numbers)), draw(st.sampled_from(COMPONENTS)), signed)


@st.composite
def moneys(draw: st.DrawFn, number: int) -> Payment:
    on = draw(day_numbers)
    return pay(
        number, days(on), draw(sums), confirmed=draw(st.sampled_from([True, True, True, False])),
        order=",".join(draw(st.permutations(COMPONENTS))[: draw(st.integers(0, 5))]),
        reversed_on=draw(st.none() | st.none() | st.integers(on, 95).map(days)),
        operation=draw(st.sampled_from([number, number, 0])),  # 0: of an earlier placement
    )  # fmt: skip


@st.composite
def accruing(draw: st.DrawFn) -> tuple[Terms, ...]:
    return tuple(
        terms(
            days(draw(day_numbers)), id=number,
            rate=draw(st.sampled_from(["0.05%/day", "24%/year", "0.3%/day"])),
            basis=draw(st.sampled_from(["360", "365", "actual"])),
            payment_day=draw(st.sampled_from(["old", "new"])),
            compound=draw(st.sampled_from(["none", "month"])), cap=draw(st.sampled_from(["", "24%/year"])),
        )
        for number in range(1, draw(st.integers(0, 2)) + 1)
    )  # fmt: skip


@st.composite
def settling(draw: st.DrawFn) -> tuple[Settlement, ...]:
    if draw(st.booleans()):
        return ()
    return (settlement(draw(sums), days(draw(day_numbers)), approval=draw(st.sampled_from(["K7", ""]))),)


@st.composite
def accounts(draw: st.DrawFn) -> AccountFile:
    balance = draw(st.integers(-100_00, 1_000_00))
    stated = {name: draw(st.integers(0, 300_00)) for name in draw(st.sets(st.sampled_from(COMPONENTS)))}
    return account(
        balance, stated=stated,
        charges=tuple(draw(charges(n)) for n in range(10, 10 + draw(st.integers(0, 4)))),
        payments=tuple(draw(moneys(n)) for n in range(20, 20 + draw(st.integers(0, 6)))),
        terms=draw(accruing()), settlements=draw(settling()),
    )  # fmt: skip


def gist(found: Ledger) -> tuple[object, ...]:
    lines = [m for m in found.movements if m.kind != REVERSED]
    return dict(found.owed), found.credit, found.balance, found.paid, found.accrued, lines


@some
@given(accounts())
def test_the_movements_sum_to_the_balance_line_by_line_and_by_component(one: AccountFile):
    found, running = ledger(one, FOREVER), 0
    for line in found.movements:
        running += line.amount
        assert (line.amount, line.balance) == (sum(line.parts.values()) - line.credit, running)
    assert running == found.balance
    for name in COMPONENTS:
        assert sum(line.parts[name] for line in found.movements) == found.owed[name]
    assert sum(line.credit for line in found.movements) == found.credit


@some
@given(accounts())
def test_nothing_is_owed_below_zero_and_nothing_is_owed_beside_a_credit(one: AccountFile):
    found = ledger(one, FOREVER)
    assert min(found.owed.values()) >= 0
    assert found.credit >= 0
    assert not (found.credit and any(found.owed.values()))


@some
@given(accounts())
def test_the_one_number_of_the_lists_is_the_ledgers_balance(one: AccountFile):
    found = ledger(one, FOREVER)
    assert balance_of(one) == found.balance
    assert paid_off(one) == (found.balance <= 0)


@some
@given(accounts())
def test_the_balance_is_what_was_stated_and_charged_less_what_came_and_was_let_off(one: AccountFile):
    found = ledger(one, FOREVER)
    came = sum(p.amount for p in received(one.payments, FOREVER) if p.operation)
    grown = sum(c.amount for c in one.charges) + sum(line.charged for line in found.accrued)
    let_off = sum(-line.amount for line in found.movements if line.kind == LET_OFF)
    assert found.balance == one.statement.balance + grown - came - let_off
    assert found.paid == came


@some
@given(accounts(), st.data())
def test_a_reversal_restores_what_was_before_the_payment(one: AccountFile, data: st.DataObject):
    money = [p for p in one.payments if p.confirmed]
    if not money:
        return
    gone = data.draw(st.sampled_from(money))
    back = tuple(p._replace(reversed_on=days(95)) if p is gone else p for p in one.payments)
    never = tuple(p for p in one.payments if p is not gone)
    reversed_, clean = one._replace(payments=back), one._replace(payments=never)
    assert gist(ledger(reversed_, FOREVER)) == gist(ledger(clean, FOREVER))
    assert balance_of(reversed_) == balance_of(clean)


@some
@given(accounts(), st.randoms(use_true_random=False))
def test_the_ledger_does_not_depend_on_the_order_of_entry(one: AccountFile, chance: object):
    mixed = one._replace(
        payments=tuple(chance.sample(one.payments, len(one.payments))),
        charges=tuple(chance.sample(one.charges, len(one.charges))),
    )
    assert ledger(mixed, FOREVER) == ledger(one, FOREVER)


@some
@given(accounts(), st.integers(0, 95).map(days))
def test_the_ledger_of_a_day_knows_nothing_that_came_later(one: AccountFile, as_of: date):
    known = one._replace(
        payments=tuple(
            p._replace(reversed_on=None) if p.reversed_on and p.reversed_on > as_of else p
            for p in one.payments
            if p.on <= as_of
        ),
        charges=tuple(c for c in one.charges if c.on <= as_of),
    )
    assert ledger(one, as_of) == ledger(known, FOREVER)


# --- line by line -----------------------------------------------------------------------------------------


def test_a_payment_serves_what_accrued_until_it_came():
    one = account(
        1_000_00, terms=(terms(),), payments=(pay(2, days(24), 100_00, order="interest,principal"),)
    )
    _opening, booked, paid = ledger(one, days(30)).movements
    assert (booked.kind, booked.amount, booked.on) == ("interest", 12_00, days(24))
    assert (paid.parts["interest"], paid.parts["principal"], paid.balance) == (-12_00, -88_00, 912_00)


def test_an_overpayment_is_a_credit_that_the_next_charge_uses_up():
    one = account(100_00, payments=(pay(2, days(1), 130_00),), charges=(charge(3, days(2), "costs", 50_00),))
    assert (ledger(one, days(1)).credit, ledger(one, days(1)).balance) == (30_00, -30_00)
    found = ledger(one, days(2))
    assert (found.credit, found.owed["costs"], found.balance) == (0, 20_00, 20_00)


def test_what_is_taken_off_a_component_goes_on_to_the_others_and_then_to_a_credit():
    one = account(
        100_00, stated={"costs": 10_00, "interest": 30_00}, charges=(charge(2, days(1), "interest", -45_00),)
    )
    found = ledger(one, days(1))
    assert (found.owed["interest"], found.owed["costs"], found.owed["principal"]) == (0, 0, 55_00)
    assert balance_of(account(100_00, charges=(charge(2, days(1), "interest", -145_00),))) == -45_00


def test_a_claim_is_no_money():
    assert balance_of(account(100_00, payments=(pay(2, days(1), 40_00, confirmed=False),))) == 100_00


@pytest.mark.parametrize(("today", "balance"), [(1, 60_00), (4, 60_00), (5, 100_00), (9, 100_00)])
def test_a_payment_counts_until_the_day_before_it_went_back(today: int, balance: int):
    one = account(100_00, payments=(pay(2, days(1), 40_00, reversed_on=days(5)),))
    assert ledger(one, days(today)).balance == balance


@pytest.mark.parametrize(
    ("payments", "differs"),
    [
        ([], -20_00),
        ([(5, 20_00, 2)], 0),
        ([(10, 20_00, 2)], 0),  # of the statement's day, recorded before it
        ([(10, 20_00, 9)], -20_00),  # of its day, but after
        ([(11, 20_00, 9)], -20_00),
        ([(5, 30_00, 2)], 10_00),
    ],
)
def test_a_later_statement_and_the_ledger_stand_side_by_side_with_their_difference(
    payments: list[tuple[int, int, int]], differs: int
):
    """The client states 80.00 on day 10 of what began with 100.00; its file is step 5 of the book."""
    money = tuple(pay(n, days(on), amount, operation=op) for n, (on, amount, op) in enumerate(payments, 2))
    one = account(80_00, opening=statement(100_00), payments=money)
    one = one._replace(statement=one.statement._replace(stated_on=days(10), operation=5))
    assert difference(one) == differs
    assert balance_of(one) == 100_00 - sum(p.amount for p in money)


def test_with_one_statement_nothing_differs():
    assert difference(account(100_00, payments=(pay(2, days(1), 40_00),))) == 0


@pytest.mark.parametrize(
    ("on", "reversed_on", "missing"),
    [(-1, None, 20_00), (0, None, 20_00), (3, None, 20_00), (3, 8, 50_00), (13, None, 50_00)],
)
def test_what_is_missing_of_a_stated_sum(on: int, reversed_on: int | None, missing: int):
    gone = None if reversed_on is None else days(reversed_on)
    one = account(stated={"cure_amount": 50_00}, payments=(pay(2, days(on), 30_00, reversed_on=gone),))
    assert still_missing(one, "cure_amount", days(12)) == missing
    assert still_missing(one, "minimum_due", days(12)) is None
    assert still_missing(one._replace(payments=(pay(2, DAY, 90_00),)), "cure_amount", days(12)) == 0
