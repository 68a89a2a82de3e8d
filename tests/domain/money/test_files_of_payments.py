"""A client's file of payments against the book: new, known, alike or impossible; and schedules counted."""

from datetime import date

import pytest

from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.repayments import Sorted, impossible, is_known, schedule_counts, sort_payments
from collectctl.domain.stated import StatedInstalment, StatedPayment, StatedPromise
from tests.domain.money.facts import DAY, account, claim, days, pay, promise

COLUMNS = {"paid_on": "交易日期", "reference": "流水号"}
TODAY = days(20)


def row(place: int, day: int, amount: int, reference: str = "") -> StatedPayment:
    return StatedPayment(
        place, "A1", None, days(day).isoformat(), "CNY", amount, reference, "", "", settled=False, extra={}
    )


def sort(*rows: StatedPayment, of: tuple[Payment, ...] = (), **more: object) -> Sorted:
    return sort_payments(account(payments=of, **more), rows, TODAY, COLUMNS)


def after(one: AccountFile, rows: tuple[StatedPayment, ...]) -> AccountFile:
    """The account once the new ones of `rows` are recorded."""
    new = sort_payments(one, rows, TODAY, COLUMNS).new
    made = (
        pay(n, date.fromisoformat(r.on), r.amount, reference=r.reference, place=r.row)
        for n, r in enumerate(new, 100)
    )
    return one._replace(payments=(*one.payments, *made))


ROWS = (row(2, 1, 50_00), row(3, 1, 50_00), row(4, 2, 60_00, "R4"), row(5, 1, 50_00, "R5"))


def test_like_rows_of_one_file_are_money_of_their_own():
    found = sort(*ROWS)
    assert (found.new, found.known, found.alike, found.errors) == (list(ROWS), 0, 0, [])


def test_a_second_import_adds_nothing():
    found = sort_payments(after(account(), ROWS), ROWS, TODAY, COLUMNS)
    assert (found.new, found.known, found.alike, found.errors) == ([], 4, 0, [])


def test_a_longer_file_adds_only_what_is_new_in_it():
    more = (*ROWS, row(6, 1, 50_00), row(7, 3, 10_00, "R7"))
    assert [r.row for r in sort_payments(after(account(), ROWS), more, TODAY, COLUMNS).new] == [6, 7]


def test_a_reference_twice_in_one_file_is_one_payment():
    found = sort(row(2, 1, 50_00, "R"), row(3, 1, 50_00, "R"))
    assert ([r.row for r in found.new], found.known) == ([2], 1)


@pytest.mark.parametrize(("day", "amount", "errors"), [(1, 50_00, 0), (1, 51_00, 1), (2, 50_00, 1)])
def test_a_reference_on_record_with_another_sum_or_day_is_reported(day: int, amount: int, errors: int):
    found = sort(row(7, day, amount, "R"), of=(pay(2, days(1), 50_00, reference="R"),))
    assert (found.new, found.known, len(found.errors)) == ([], 1 - errors, errors)
    for error in found.errors:
        assert (error.row, error.column, error.value) == (7, "流水号", "R")
        assert "50.00" in error.message


def test_a_reference_that_was_reversed_does_not_come_in_again():
    gone = pay(2, days(1), 50_00, reference="R", reversed_on=days(3))
    assert sort(row(7, 1, 50_00, "R"), of=(gone,)).known == 1


def test_the_reference_of_a_claim_is_not_money_on_record():
    assert len(sort(row(7, 1, 50_00, "R"), of=(claim(2, days(1), 50_00, reference="R"),)).new) == 1


@pytest.mark.parametrize(
    ("known", "alike"),
    [
        (pay(2, days(1), 50_00), 1),
        (pay(2, days(1), 50_00, place=2), 1),
        (pay(2, days(2), 50_00), 0),
        (pay(2, days(1), 51_00), 0),
        (claim(2, days(1), 50_00), 0),
    ],
)
def test_a_row_like_a_payment_on_record_is_new_and_told(known: Payment, alike: int):
    found = sort(row(7, 1, 50_00), of=(known,))
    assert (len(found.new), found.alike) == (1, alike)


@pytest.mark.parametrize("day", [19, 20])
def test_money_until_today_can_be(day: int):
    assert len(sort(row(2, day, 1)).new) == 1


def test_money_of_a_day_to_come_is_reported():
    found = sort(row(2, 21, 1), row(3, 1, 1))
    assert [r.row for r in found.new] == [3]
    assert [(e.row, e.column, e.value) for e in found.errors] == [(2, "交易日期", days(21).isoformat())]


@pytest.mark.parametrize(("day", "errors"), [(-1, 1), (0, 0)])
def test_money_from_before_a_stated_placement_is_reported(day: int, errors: int):
    placed = {"placed_on": DAY.isoformat()}
    assert len(sort(row(2, day, 1), stated=placed).errors) == errors
    assert len(sort(row(2, day, 1)).errors) == 0


def part(number: str, due: int, paid: int, late: int = 0, currency: str = "INR") -> StatedInstalment:
    paid_on = days(late).isoformat() if paid else ""
    return StatedInstalment(1, number, currency, DAY.isoformat(), due, paid_on, paid)


def test_a_schedule_is_counted_by_what_came_and_when():
    found = schedule_counts([
        part("A", 100, 100), part("A", 100, 120, -3), part("A", 100, 100, 1), part("A", 100, 99),
        part("B", 100, 0), part("B", 100, 30, 5), part("C", 100, 0, currency="JPY"),
    ])  # fmt: skip
    assert (found.instalments, found.accounts) == (7, 3)
    assert (found.on_time, found.late, found.missed, found.part) == (2, 1, 2, 2)
    # A paid more than it owed in all: 419 of 400
    assert (found.short_accounts, found.shortfall) == (2, {"INR": 170, "JPY": 100})


def test_an_empty_schedule_counts_nothing():
    assert schedule_counts([])[:7] == (0, 0, 0, 0, 0, 0, 0)


def said(place: int, made: int | None, due: int) -> StatedPromise:
    made_on = "" if made is None else days(made).isoformat()
    return StatedPromise(place, "A1", None, made_on, days(due).isoformat(), "CNY", 50_00, "", "")


def test_nobody_promises_the_past():
    rows = [said(2, 5, 4), said(3, 5, 5), said(4, 5, 6), said(5, None, 1)]
    assert [(e.row, e.column, e.value) for e in impossible(rows, "PTP")] == [(2, "PTP", days(4).isoformat())]


@pytest.mark.parametrize(
    ("made", "due", "amount", "known"),
    [(1, 5, 50_00, True), (2, 5, 50_00, False), (1, 6, 50_00, False), (1, 5, 60_00, False)],
)
def test_a_promise_is_known_by_its_days_and_sum(made: int, due: int, amount: int, known: bool):
    one = account(promises=(promise(1, days(made), days(due), amount),))
    assert is_known(one, said(2, 1, 5), days(1)) == known
