"""The tasks that money leaves: answers of the client, instalments under a hold, settlements that end."""

from datetime import date

import pytest

from collectctl.domain.facts import AccountFile
from collectctl.domain.moneytasks import contact_tasks, desk_tasks
from collectctl.domain.promises import states_of
from collectctl.domain.tasks import CONTACT, DESK, Task
from tests.domain.money.facts import (
    DAY,
    ZONE,
    account,
    at,
    days,
    entry,
    pay,
    plan,
    promise,
    request,
    settlement,
)


def desk(one: AccountFile, today: date = DAY, *, held: bool = False) -> list[Task]:
    return list(desk_tasks(one, states_of(one, today), held))


def contacts(one: AccountFile, today: date = DAY) -> list[Task]:
    return list(contact_tasks(one, today, ZONE))


def asked(**more: object) -> AccountFile:
    return account(requests=(request("extension", days(1), **more),))


# --- requests ---------------------------------------------------------------------------------------------


def test_what_was_not_sent_yet_is_to_be_asked_at_once():
    (task,) = desk(asked())
    assert (task.cls, task.task, task.on) == ("follow-up", DESK, days(1))
    assert "ask the client" in task.reason


@pytest.mark.parametrize(
    ("sent", "until", "chased"),
    [
        (2, None, 5),
        (2, 30, 5),
        (2, 6, 5),
        (2, 5, 4),  # the day before it ends
        (2, 4, 3),
        (2, 3, 3),  # not on the day on which it was sent
        (2, 2, 3),
    ],
)
def test_an_answer_is_chased_after_three_days_or_before_it_comes_too_late(
    sent: int, until: int | None, chased: int
):
    (task,) = desk(asked(sent_on=days(sent), until=None if until is None else days(until)))
    assert (task.cls, task.task, task.on) == ("follow-up", DESK, days(chased))
    assert f"{days(sent):%m-%d}" in task.reason


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_what_was_answered_is_no_task(answer: str):
    assert desk(asked(sent_on=days(2), answer=answer)) == []


def test_each_open_request_is_a_task_that_says_what_is_asked():
    both = (request("reduction", DAY, 1, amount=5_000_00, until=days(10)), request("visit", DAY, 2))
    first, second = desk(account(requests=both))
    assert "a reduction to 5,000.00 until 2026-11-12" in first.reason
    assert "a visit" in second.reason


# --- instalments ------------------------------------------------------------------------------------------


def on_plan(*paid: int, made: int = 0, **more: object) -> AccountFile:
    """A plan of three parts of 100.00, due on days 5, 35 and 65."""
    parts = tuple(promise(n, days(made), days(due), 100_00, plan=1) for n, due in ((3, 65), (1, 5), (2, 35)))
    money = tuple(pay(n, days(1), amount) for n, amount in enumerate(paid, 10))
    return account(plans=(plan(1, days(made), 300_00, **more),), promises=parts, payments=money)


@pytest.mark.parametrize(
    ("paid", "text", "on"),
    [((), "instalment 1 of 3", 3), ((100_00,), "2 of 3", 33), ((100_00, 150_00), "3 of 3", 63)],
)
def test_under_the_plans_hold_the_next_open_part_is_looked_after(paid: tuple[int, ...], text: str, on: int):
    (task,) = desk(on_plan(*paid), days(2), held=True)
    assert (task.cls, task.task, task.on) == ("instalment", DESK, days(on))
    assert text in task.reason


def test_not_before_the_plan_was_made():
    assert desk(on_plan(made=4), days(4), held=True)[0].on == days(4)


def test_without_a_hold_a_plan_or_an_open_part_there_is_nothing_to_look_after():
    assert desk(on_plan(), days(2)) == []
    assert desk(on_plan(cancelled_on=days(1)), days(2), held=True) == []
    assert desk(on_plan(300_00), days(2), held=True) == []


# --- settlements ------------------------------------------------------------------------------------------

APPROVED = settlement(600_00, days(10), accepted=False)
ACCEPTED = settlement(600_00, days(10))


def agreed(*payments: tuple[int, int], of: object = ACCEPTED, **more: object) -> AccountFile:
    money = tuple(pay(n, days(on), amount) for n, (on, amount) in enumerate(payments, 2))
    return account(1_000_00, settlements=(of,), payments=money, **more)


def test_what_the_client_approved_is_told_to_the_debtor_and_chased_before_it_ends():
    answered = (request("reduction", DAY, answer="yes", answered_on=days(2)),)
    tell, chase = contacts(agreed(of=APPROVED._replace(request=1, approval=""), requests=answered), days(3))
    assert (tell.cls, tell.task, tell.on) == ("follow-up", CONTACT, days(2))
    assert (chase.cls, chase.task, chase.on) == ("instalment", CONTACT, days(8))


def test_what_was_accepted_is_only_chased_with_what_came():
    (task,) = contacts(agreed((1, 150_00)), days(3))
    assert (task.cls, task.on) == ("instalment", days(8))
    assert "600.00" in task.reason
    assert "150.00 came" in task.reason


def test_one_that_ends_soon_is_not_chased_before_it_was_made():
    (task,) = contacts(agreed(of=settlement(600_00, days(10), made_on=days(9))), days(9))
    assert task.on == days(9)


def test_what_was_paid_or_asked_or_never_was_leaves_no_contact():
    assert contacts(agreed((1, 600_00)), days(3)) == []
    assert contacts(agreed(of=ACCEPTED._replace(approval="")), days(3)) == []
    assert contacts(account(), days(3)) == []


@pytest.mark.parametrize(("talked", "told"), [(None, 1), (9, 1), (10, 1), (11, 0)])
def test_after_it_expired_the_debtor_is_told_that_all_is_owed(talked: int | None, told: int):
    calls = () if talked is None else (entry(1, "negotiating", at(days(talked))),)
    found = contacts(agreed(activities=calls), days(12))
    assert [(t.cls, t.on) for t in found] == [("promise-broken", days(11))] * told


def test_one_that_was_never_approved_expires_in_silence():
    assert contacts(agreed(of=ACCEPTED._replace(approval="")), days(12)) == []
