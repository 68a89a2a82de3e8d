"""Limitation: the last day, the fact on which it rests, and what restarts it in which country."""

from datetime import date, timedelta

import pytest

from collectctl.domain.facts import AccountFile, Activity
from collectctl.domain.limitation import limitation, warns_on, years_after
from tests.domain.money.facts import ZONE, account, at, claim, entry, pay, promise

DUE, LATER = date(2023, 1, 10), date(2024, 5, 5)
ENDS, RENEWED = date(2026, 1, 10), date(2027, 5, 5)


def debt(*entries: Activity, due: date | None = DUE, **more: object) -> AccountFile:
    stated = {"due_date": f"{due}"} if due else {}
    return account(since=due, stated=stated, activities=entries, **more)


def days_of(one: AccountFile, region: str = "") -> tuple[date, date | None]:
    found = limitation(one, ZONE, region)
    return found.ends, found.later


def said(outcome: str, on: date = LATER, **more: object) -> Activity:
    return entry(1, outcome, at(on), **more)


def test_in_china_it_is_three_years_from_the_due_date_the_first_day_not_counted():
    found = limitation(debt(), ZONE)
    assert (found.ends, found.later, found.unproven) == (ENDS, None, None)
    assert (found.rests_on.on, found.rests_on.proven) == (DUE, True)
    assert "188" in found.cite


def test_a_due_date_that_was_only_counted_back_is_weak():
    found = limitation(account(since=DUE), ZONE)
    assert (found.ends, found.later, found.unproven.on) == (ENDS, None, DUE)


PROVEN, UNPROVEN, NOTHING = (RENEWED, None), (ENDS, RENEWED), (ENDS, None)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (said("promise", recorded=True), PROVEN),
        (said("promise"), UNPROVEN),
        (said("hardship", recorded=True), PROVEN),
        (said("negotiating"), UNPROVEN),
        (said("promise", channel="email", inbound=True), PROVEN),
        (said("promise", channel="email"), UNPROVEN),
        (said("legal-step"), PROVEN),
        (said("sent", channel="letter"), PROVEN),
        (said("sent", channel="sms"), UNPROVEN),
        (said("sent", channel="letter", party="李乙"), NOTHING),
        (said("sent", channel="sms", party="李乙"), NOTHING),
        (said("third-promise", recorded=True), NOTHING),
        (said("promise", who="liable", recorded=True), NOTHING),
        (said("refused", recorded=True), NOTHING),
        (said("no-answer"), NOTHING),
    ],
)
def test_what_restarts_it_in_china_and_what_could_be_shown_to_a_court(
    fact: Activity, expected: tuple[date, date | None]
):
    """Where the newest fact is weak the earlier of the two days is the one, the later stands beside it."""
    found = limitation(debt(fact), ZONE)
    assert (found.ends, found.later) == expected
    assert (found.unproven is not None) == (expected == UNPROVEN)


def test_a_part_payment_restarts_it_unless_it_is_a_claim_or_went_back():
    assert days_of(debt(payments=(pay(1, LATER, 1),))) == PROVEN
    assert days_of(debt(payments=(claim(1, LATER, 1),))) == NOTHING
    assert days_of(debt(payments=(pay(1, LATER, 1, reversed_on=date(2024, 6, 1)),))) == NOTHING


def test_a_promise_without_a_contact_is_weak_and_a_third_partys_is_nothing():
    made = promise(1, LATER, LATER, 1, activity=0)
    assert days_of(debt(promises=(made,))) == UNPROVEN
    assert days_of(debt(promises=(made._replace(payer="李乙"),))) == NOTHING


def test_a_letter_that_came_back_reached_nobody():
    back = entry(2, "undelivered", at(date(2024, 5, 20)), channel="letter")
    assert days_of(debt(said("sent", channel="letter"), back)) == NOTHING


@pytest.mark.parametrize(("channel", "on"), [("sms", date(2024, 5, 20)), ("letter", date(2024, 5, 1))])
def test_what_came_back_of_another_channel_or_earlier_does_not_touch_it(channel: str, on: date):
    back = entry(2, "undelivered", at(on), channel=channel)
    assert days_of(debt(back, said("sent", channel="letter"))) == PROVEN


@pytest.mark.parametrize(("day", "ends"), [(date(2026, 1, 10), date(2029, 1, 10)), (date(2026, 1, 11), ENDS)])
def test_on_its_last_day_it_can_be_restarted_and_afterwards_no_more(day: date, ends: date):
    assert days_of(debt(payments=(pay(1, day, 1),))) == (ends, None)


def test_it_is_walked_from_fact_to_fact():
    chain = (pay(2, date(2028, 3, 3), 1), pay(1, date(2025, 6, 6), 1))
    assert days_of(debt(payments=chain)) == (date(2031, 3, 3), None)
    assert days_of(debt(payments=chain[:1])) == NOTHING  # without the link between them


def test_a_proven_fact_that_only_an_unproven_one_kept_in_time_leaves_the_earlier_day():
    one = debt(said("promise", date(2025, 12, 1)), payments=(pay(1, date(2028, 3, 3), 1),))
    assert days_of(one) == (ENDS, date(2031, 3, 3))


def test_a_newer_proven_fact_heals_a_weak_one():
    assert days_of(debt(said("promise"), payments=(pay(1, date(2024, 8, 8), 1),))) == (date(2027, 8, 8), None)


def test_the_day_of_a_fact_is_the_collectors():
    late = entry(1, "legal-step", at(date(2024, 5, 6), 1))  # the 5th by UTC
    assert days_of(debt(late)) == (date(2027, 5, 6), None)


def test_twenty_years_end_it_in_china_whatever_restarted_it():
    years = tuple(pay(n, date(2000 + 2 * n, 3, 1), 1) for n in range(10))
    assert days_of(debt(due=date(2000, 3, 1), payments=years)) == (date(2020, 3, 1), None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, date(2029, 1, 10)),
        ({"payments": (pay(1, LATER, 1),)}, date(2030, 5, 5)),
        ({"activities": (said("promise", recorded=True),)}, date(2029, 1, 10)),
        ({"activities": (said("sent", channel="letter"),)}, date(2029, 1, 10)),
    ],
)
def test_in_england_and_wales_it_is_six_years_and_a_part_payment_restarts_it(
    facts: dict[str, object], expected: date
):
    found = limitation(debt(countries=("GB",))._replace(**facts), ZONE)
    assert (found.ends, found.ends_debt) == (expected, False)


def test_in_scotland_five_years_end_the_debt_and_nothing_revives_it():
    found = limitation(debt(countries=("GB",), payments=(pay(1, LATER, 1),)), ZONE, "GB-SCT")
    assert (found.ends, found.ends_debt) == (date(2028, 1, 10), True)


def test_where_no_rule_is_shipped_or_no_due_date_known_there_is_none():
    assert limitation(debt(countries=("US",)), ZONE) is None
    assert limitation(debt(countries=()), ZONE) is None
    assert limitation(debt(due=None), ZONE) is None


@pytest.mark.parametrize(
    ("day", "years", "end"),
    [
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
    ],
)
def test_a_leap_day_ends_with_february(day: date, years: int, end: date):
    assert years_after(day, years) == end


def test_it_is_warned_of_ninety_days_ahead():
    found = limitation(debt(), ZONE)
    assert warns_on(found) == ENDS - timedelta(days=90)
    assert [found.is_near(warns_on(found) + timedelta(days=n)) for n in (-1, 0, 200)] == [False, True, True]
