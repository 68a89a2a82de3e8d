"""What the facts say of ability and willingness: tables of cases."""

from datetime import date
from typing import Any

import pytest

from collectctl.domain.analysis import Analysis, Cell, Reason, analyse, band_of, promises_in_words
from collectctl.domain.windows import zone
from tests.domain.rules.people import CN_MOBILE, NEW_YORK, US, account, at, call, from_them, person, phone
from tests.domain.rules.test_cn import FRIEND, LANDLINE, dial, paid, promise, there, zhang

NOW = "2026-11-23 12:00"


def of(*facts: Any, now: str = NOW, **more: Any) -> Analysis:
    one = zhang(*facts, **more)
    return analyse(one, one.accounts[0], there(now))


BANDS = [
    ("07:59", "night"), ("08:00", "morning"), ("11:59", "morning"), ("12:00", "noon"), ("13:59", "noon"),
    ("14:00", "afternoon"), ("17:59", "afternoon"), ("18:00", "evening"), ("21:59", "evening"),
    ("22:00", "night"), ("00:00", "night"),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "band"), BANDS)
def test_a_band_begins_at_its_hour_and_ends_before_the_next(clock: str, band: str):
    assert band_of(there(f"2026-11-23 {clock}"), zone("Asia/Shanghai")) == band


def test_the_hours_are_those_where_the_debtor_is():
    """Nine in the evening in Shanghai is eight in the morning in New York."""
    one = person(call(there("2026-11-20 21:00")), policies=US)
    calls = analyse(one, one.accounts[0], there(NOW)).calls
    assert calls.zone == NEW_YORK
    assert calls.cells == {one.phones[0].digits: {"morning": Cell(1, 0, 0)}}


def test_calls_are_counted_by_number_and_band():
    a = of(
        dial("2026-11-20 09:00"), dial("2026-11-21 09:00", "negotiating"),
        dial("2026-11-21 19:00", "third-party"), dial("2026-11-22 19:00", "busy", LANDLINE.digits),
        dial("2026-11-22 20:00", "third-party", FRIEND.number),
        dial("2026-11-22 20:30", "sent", channel="sms"),
        dial("2026-11-22 21:00", "negotiating", inbound=True),
        dial("2026-11-23 12:01", "negotiating"),
    )  # fmt: skip
    assert a.calls.cells == {
        CN_MOBILE.digits: {"morning": Cell(2, 1, 1), "evening": Cell(1, 1, 0)},
        LANDLINE.digits: {"evening": Cell(1, 0, 0)},
    }
    assert a.calls.best == "morning"
    assert a.calls.bands == ("morning", "noon", "afternoon", "evening")


def test_a_call_about_two_debts_is_one_and_one_about_the_other_debt_counts():
    first = dial("2026-11-20 09:00", contact=7)
    one = zhang(account(first, id=1), account(first, dial("2026-11-21 09:00"), id=2))
    assert analyse(one, one.accounts[0], there(NOW)).calls.cells[CN_MOBILE.digits] == {"morning": Cell(2)}


def test_a_call_at_night_has_a_column_of_its_own():
    assert of(dial("2026-11-20 23:00")).calls.bands[-1] == "night"


def test_the_reasons_are_the_newest_first_each_with_its_days():
    a = of(
        dial("2026-11-01 10:00", "negotiating", reason="forgot"),
        dial("2026-11-02 10:00", "hardship", reason="illness"),
        dial("2026-11-03 00:30", "negotiating", reason="forgot"),
        dial("2026-11-03 10:00", "negotiating", reason="forgot"),
    )
    assert a.reasons == (
        Reason("forgot", (date(2026, 11, 3), date(2026, 11, 1))), Reason("illness", (date(2026, 11, 2),)),
    )  # fmt: skip
    assert (a.hardship.number, a.hardship.last) == (1, date(2026, 11, 2))


PROMISES: dict[str, tuple[list[Any], str]] = {
    "none": ([], "promises fallen due: 0"),
    "kept": (
        [promise(500_00, "2026-11-02", "2026-11-10"), paid(500_00, "2026-11-09")],
        "promises fallen due: 1, kept 1, partly 0, broken 0 (500.00 of 500.00 CNY)",
    ),
    "partly": (
        [promise(500_00, "2026-11-02", "2026-11-10"), paid(200_00, "2026-11-09")],
        "promises fallen due: 1, kept 0, partly 1, broken 0 (200.00 of 500.00 CNY)",
    ),
    "open on the day of grace": (
        [promise(500_00, "2026-11-02", "2026-11-22")], "promises fallen due: 0; open 1",
    ),
    "broken the day after": (
        [promise(500_00, "2026-11-02", "2026-11-21")],
        "promises fallen due: 1, kept 0, partly 0, broken 1 (0.00 of 500.00 CNY)",
    ),
    "withdrawn": (
        [promise(500_00, "2026-11-02", "2026-11-10", withdrawn_on=date(2026, 11, 5))],
        "promises fallen due: 0; withdrawn 1",
    ),
    "what kept it bounced": (
        [
            promise(500_00, "2026-11-02", "2026-11-10"),
            paid(500_00, "2026-11-09")._replace(reversed_on=date(2026, 11, 12)),
        ],
        "promises fallen due: 1, kept 0, partly 0, broken 1 (0.00 of 500.00 CNY)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROMISES)
def test_promises_are_told_by_what_became_of_those_fallen_due(name: str):
    facts, words = PROMISES[name]
    assert promises_in_words(of(*facts).promises) == words


def many(*days: str) -> list[Any]:
    return [paid(100_00, day)._replace(id=n) for n, day in enumerate(days, 1)]


PAYMENTS: list[tuple[list[Any], int, int | None]] = [
    ([], 0, None),
    (many("2026-09-01", "2026-10-01"), 2, None),
    (many("2026-09-01", "2026-10-01", "2026-10-01"), 3, None),
    (many("2026-09-01", "2026-10-01", "2026-11-01"), 3, 31),
    (many("2026-09-01", "2026-09-02", "2026-09-12", "2026-11-01"), 4, 10),
    (many("2026-09-01", "2026-10-01", "2026-11-01", "2026-11-24"), 3, 31),
]


@pytest.mark.parametrize(("facts", "number", "gap"), PAYMENTS)
def test_the_rhythm_is_told_from_three_days_of_payment(facts: list[Any], number: int, gap: int | None):
    made = of(*facts).payments
    assert (made.number, made.gap) == (number, gap)
    assert made.total == ({"CNY": number * 100_00} if number else {})


def test_what_was_reversed_or_only_claimed_is_no_payment():
    back = paid(100_00, "2026-11-01")._replace(reversed_on=date(2026, 11, 5))
    claim = paid(70_00, "2026-11-02")._replace(id=2, confirmed=False)
    made = of(back, claim).payments
    assert (made.number, made.last, made.reversed, made.claims) == (0, None, 1, 1)


KEPT, BROKEN = PROMISES["kept"][0], PROMISES["broken the day after"][0]
LATER = promise(500_00, "2026-11-12", "2026-11-15", id=2, activity=2)
HARD, REFUSED = dial("2026-11-02 10:00", "hardship"), dial("2026-11-03 10:00", "refused")
WORDS: list[tuple[list[Any], str, str]] = [
    ([], "unknown: no payment, and no reason that speaks of it", "unknown: no promise has fallen due"),
    (KEPT, "some: has paid", "keeps what is promised"),
    ([*KEPT, HARD], "in part: pays, and says that it is hard", "keeps what is promised"),
    ([*KEPT, LATER], "some: has paid", "keeps some of what is promised"),
    (BROKEN, "unknown: no payment, and no reason that speaks of it", "does not keep what is promised"),
    ([HARD, REFUSED], "doubtful: says that it is hard, and has not paid", "refuses"),
    (many("2026-10-01"), "some: has paid", "pays without a promise"),
]


@pytest.mark.parametrize(("facts", "ability", "willingness"), WORDS)
def test_each_word_stands_on_the_facts_behind_it(facts: list[Any], ability: str, willingness: str):
    a = of(*facts)
    assert (a.ability[0], a.willingness[0]) == (ability, willingness)
    assert bool(a.ability[1:]) is bool(a.payments.number or a.hardship.number or a.reasons)


def test_what_comes_later_is_not_known_yet():
    a = of(dial("2026-11-24 10:00", "refused", reason="forgot"), now=NOW)
    assert (a.refusals.number, a.reasons) == (0, ())


def test_nothing_is_known_of_somebody_without_a_number():
    one = person(from_them(at("2026-11-20 10:00")), phones=(), zones=(), policies=US)
    a = analyse(one, one.accounts[0], there(NOW))
    assert (a.calls.cells, a.calls.best) == ({}, "")
    assert phone("2125550101").digits not in a.calls.cells
