"""What became of a promise: by its days, the money since, what was said later, and what went back."""

from datetime import date

import pytest

from collectctl.domain.facts import Payment, Promise
from collectctl.domain.promises import promise_states, replaced
from tests.domain.money.facts import DAY, account, claim, days, pay, promise

AMOUNT = 1_000_00


def states(
    promises: tuple[Promise, ...], payments: tuple[Payment, ...], today: date, grace: int = 1
) -> list[str]:
    return [s.state for s in promise_states(promises, payments, today, grace)]


def kept(
    promises: tuple[Promise, ...], payments: tuple[Payment, ...], today: date, grace: int = 1
) -> list[int]:
    return [s.kept for s in promise_states(promises, payments, today, grace)]


# due on day 5
@pytest.mark.parametrize("grace", [0, 1, 3])
@pytest.mark.parametrize(("paid", "late"), [(0, "broken"), (400_00, "partly-kept")])
def test_a_promise_is_open_until_its_grace_is_over(grace: int, paid: int, late: str):
    one = (promise(1, DAY, days(5), AMOUNT),)
    money = (pay(2, days(2), paid),) if paid else ()
    last = 5 + grace
    assert states(one, money, days(5), grace) == ["open"]
    assert states(one, money, days(last), grace) == ["open"]
    (found,) = promise_states(one, money, days(last + 1), grace)
    assert (found.state, found.kept, found.broken_on) == (late, paid, days(last + 1))
    assert promise_states(one, money, days(last + 40), grace)[0].broken_on == days(last + 1)


@pytest.mark.parametrize(
    ("on", "state"), [(-1, "broken"), (0, "kept"), (5, "kept"), (6, "kept"), (30, "kept")]
)
def test_money_counts_from_the_promises_day_on_and_after_it_broke_too(on: int, state: str):
    (found,) = promise_states((promise(1, DAY, days(5), AMOUNT),), (pay(2, days(on), AMOUNT),), days(40), 1)
    assert (found.state, found.kept_on) == (state, days(on) if state == "kept" else None)


def test_it_is_kept_on_the_day_on_which_it_was_complete():
    money = (pay(2, days(1), 400_00), pay(3, days(3), 500_00), pay(4, days(4), 300_00))
    (found,) = promise_states((promise(1, DAY, days(5), AMOUNT),), money, days(9), 1)
    assert (found.state, found.kept, found.kept_on) == ("kept", AMOUNT, days(4))


def test_money_in_another_currency_serves_no_promise():
    assert states(
        (promise(1, DAY, days(5), AMOUNT),), (pay(2, days(1), AMOUNT, currency="USD"),), days(9)
    ) == ["broken"]


def test_a_claim_keeps_no_promise():
    assert states((promise(1, DAY, days(5), AMOUNT),), (claim(2, days(1), AMOUNT),), days(9)) == ["broken"]


# --- a later one ------------------------------------------------------------------------------------------


def test_a_later_promise_withdraws_an_open_one_from_its_own_day_on():
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(3), days(9), 500_00))
    assert states(both, (), days(3)) == ["withdrawn", "open"]
    assert states(both, (), days(20)) == ["withdrawn", "broken"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"plan": 7}, {}),
        ({"payer": "李乙"}, {}),
        ({}, {"payer": "李乙"}),
        ({"activity": 9}, {"activity": 9}),
        ({"activity": 0, "operation": 4, "made_at": None}, {"activity": 0, "operation": 4, "made_at": None}),
    ],
    ids=["part of a plan", "another's", "of another", "of the same contact", "of the same step"],
)
def test_what_a_later_promise_leaves_alone(older: dict[str, object], newer: dict[str, object]):
    one, two = promise(1, DAY, days(5), AMOUNT), promise(2, DAY, days(9), 500_00)
    both = tuple(p._replace(**{"made_at": one.made_at, **{k: v for k, v in more.items() if v is not None}})
                 for p, more in ((one, older), (two, newer)))  # fmt: skip
    assert states(both, (), days(1)) == ["open", "open"]


@pytest.mark.parametrize(
    ("made", "grace", "state"), [(6, 1, "withdrawn"), (7, 1, "broken"), (6, 0, "broken")]
)
def test_a_broken_one_stays_broken_whatever_is_promised_then(made: int, grace: int, state: str):
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(made), days(20), AMOUNT))
    assert states(both, (), days(made), grace) == [state, "open"]


def test_a_kept_one_stays_kept():
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(3), days(9), AMOUNT))
    assert states(both, (pay(3, days(2), AMOUNT),), days(4)) == ["kept", "open"]


def test_the_part_of_a_withdrawn_one_that_came_is_not_forgotten_and_serves_no_other():
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(3), days(9), 600_00))
    money = (pay(3, days(1), 400_00), pay(4, days(4), 600_00))
    assert kept(both, money, days(4)) == [400_00, 600_00]
    assert states(both, money, days(4)) == ["withdrawn", "kept"]


def test_money_of_the_day_of_the_new_promise_serves_the_new_one():
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(3), days(9), AMOUNT))
    assert states(both, (pay(3, days(3), AMOUNT),), days(4)) == ["withdrawn", "kept"]


def test_a_new_promise_says_which_it_takes_the_place_of():
    both = (promise(1, DAY, days(5), AMOUNT), promise(2, days(3), days(9), 500_00))
    (said,) = replaced(account(promises=both), {2}, days(3))
    assert "1,000.00" in said
    assert f"{days(5)}" in said
    assert replaced(account(promises=both), {2}, days(2)) == []
    late = (both[0], promise(2, days(8), days(9), 500_00))
    assert replaced(account(promises=late), {2}, days(8)) == []


@pytest.mark.parametrize(("on", "state"), [(2, "withdrawn"), (6, "withdrawn"), (7, "broken")])
def test_one_that_was_taken_back_is_withdrawn_unless_it_was_broken_before(on: int, state: str):
    one = promise(1, DAY, days(5), AMOUNT, withdrawn_on=days(on))
    assert states((one,), (), days(30)) == [state]
    assert states((one,), (), days(on - 1)) == ["open"]


def test_a_plans_part_is_withdrawn_by_a_fact_alone():
    one = promise(1, DAY, days(5), AMOUNT, plan=1, withdrawn_on=days(2))
    assert states((one, one._replace(id=2, withdrawn_on=None)), (), days(3)) == ["withdrawn", "open"]


# --- which one a payment serves ---------------------------------------------------------------------------


def plan_of(*dues: int) -> tuple[Promise, ...]:
    return tuple(promise(n, DAY, days(due), AMOUNT, plan=1) for n, due in enumerate(dues, 1))


@pytest.mark.parametrize(
    ("payments", "expected"),
    [
        ([(1, 1_500_00)], [AMOUNT, 500_00, 0]),
        ([(1, 3_500_00)], [AMOUNT, AMOUNT, AMOUNT]),
        ([(9, 1_500_00)], [0, AMOUNT, 500_00]),  # the first is broken by then: the open ones come before it
        ([(9, 2_500_00)], [500_00, AMOUNT, AMOUNT]),  # what they leave over
        ([(25, 2_500_00)], [AMOUNT, AMOUNT, 500_00]),  # all are broken: the oldest first
        ([(1, 400_00), (2, 400_00), (3, 400_00)], [AMOUNT, 200_00, 0]),
    ],
)
def test_money_goes_to_the_oldest_open_promise_and_what_is_left_to_broken_ones(
    payments: list[tuple[int, int]], expected: list[int]
):
    money = tuple(pay(n, days(on), amount) for n, (on, amount) in enumerate(payments, 10))
    assert kept(plan_of(5, 10, 20), money, days(40)) == expected


def test_money_serves_in_the_order_of_its_days_not_of_its_entry():
    late_first = (pay(10, days(4), 800_00), pay(11, days(1), 300_00))
    (found,) = promise_states((promise(1, DAY, days(5), AMOUNT),), late_first, days(9), 1)
    assert (found.state, found.kept_on) == ("kept", days(4))


def test_oldest_means_due_first_not_made_first():
    both = (promise(1, DAY, days(9), AMOUNT), promise(2, days(1), days(4), AMOUNT, payer="李乙"))
    assert kept(both, (pay(3, days(2), AMOUNT),), days(2)) == [0, AMOUNT]


def test_half_now_and_half_on_the_30th_the_first_half_does_not_keep_the_second():
    later = promise(1, DAY, days(28), 500_00, activity=4)
    said = claim(2, DAY, 500_00, activity=4)
    came = pay(3, days(1), 500_00, confirms=2)
    assert states((later,), (said, came), days(2)) == ["open"]
    assert states((later,), (said, came), days(30)) == ["broken"]
    assert states((later,), (said, came, pay(4, days(28), 500_00)), days(30)) == ["kept"]


def test_a_confirmed_claim_of_another_contact_does_keep_a_promise():
    later = promise(1, DAY, days(28), 500_00, activity=4)
    said = claim(2, days(3), 500_00, activity=5)
    assert states((later,), (said, pay(3, days(4), 500_00, confirms=2)), days(5)) == ["kept"]


# --- what went back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bounced", "today", "state", "broken"),
    [
        (3, 2, "kept", None),
        (3, 3, "open", None),
        (3, 9, "broken", 7),
        (7, 7, "broken", 7),
        (10, 9, "kept", None),
        (10, 10, "broken", 10),
        (10, 30, "broken", 10),
    ],
)
def test_a_payment_that_bounces_breaks_what_it_kept_on_that_day_if_it_is_later(
    bounced: int, today: int, state: str, broken: int | None
):
    money = (pay(2, days(2), AMOUNT, reversed_on=days(bounced)),)
    (found,) = promise_states((promise(1, DAY, days(5), AMOUNT),), money, days(today), 1)
    assert (found.state, found.broken_on) == (state, None if broken is None else days(broken))


def test_one_that_had_not_kept_it_leaves_the_day_on_which_it_broke():
    money = (pay(2, days(2), 400_00, reversed_on=days(20)),)
    (found,) = promise_states((promise(1, DAY, days(5), AMOUNT),), money, days(30), 1)
    assert (found.state, found.kept, found.broken_on) == ("broken", 0, days(7))


def test_money_that_came_again_keeps_it_again():
    money = (pay(2, days(2), AMOUNT, reversed_on=days(10)), pay(3, days(12), AMOUNT))
    one = (promise(1, DAY, days(5), AMOUNT),)
    assert [states(one, money, days(d)) for d in (9, 13)] == [["kept"], ["kept"]]
    assert promise_states(one, money, days(13), 1)[0].kept_on == days(12)


def test_one_that_bounced_frees_the_next_promise_from_nothing_it_had_not():
    both = plan_of(5, 10)
    money = (pay(3, days(2), 1_500_00, reversed_on=days(8)), pay(4, days(3), AMOUNT))
    assert kept(both, money, days(7)) == [AMOUNT, AMOUNT]
    assert kept(both, money, days(8)) == [AMOUNT, 0]
