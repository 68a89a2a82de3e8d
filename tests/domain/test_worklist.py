"""The worklist from facts: classes, waits, numbers, and that stored rows stay true until they say."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectctl.domain.facts import (
    AccountFile,
    Activity,
    Hold,
    Party,
    Payment,
    PersonFile,
    Phone,
    Placement,
    Promise,
    Statement,
)
from collectctl.domain.outcomes import BY_CODE, TABLE
from collectctl.domain.promises import promise_states
from collectctl.domain.tasks import CLASSES
from collectctl.domain.worklist import Entry, person_entries, tallies
from tests.conftest import tries

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 23)
PHONES = ("13800130001", "13800130002")


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def call(key: int, outcome: str, when: datetime, **more: object) -> Activity:
    plain = Activity(
        id=key, operation=key, account=1, contact=key, at=when, channel=BY_CODE[outcome].channel,
        inbound=False, outcome=outcome, who=BY_CODE[outcome].who, number=PHONES[0], party="", text="",
        next_at=None, next_on=None, talk_seconds=None, reason="", raised_by="us", amends=None,
    )  # fmt: skip
    return plain._replace(**more)


def promise(number: int, activity: int, made: datetime, due: date, amount: int = 100_000) -> Promise:
    return Promise(number, 1, activity, made, made.astimezone(ZONE).date(), due, None, amount, "CNY", "")


def person(
    *calls: Activity, promises: tuple[Promise, ...] = (), payments: tuple[Payment, ...] = (),
    holds: tuple[Hold, ...] = (), phones: tuple[str, ...] = PHONES, ends: date | None = date(2027, 3, 1),
    placed: date = DAY, balance: int = 600_000,
) -> PersonFile:  # fmt: skip
    account = AccountFile(
        1, "A1", "Bank", Placement(1, 1, "b", placed, ends, "cn"),
        Statement(1, 1, placed, "CNY", balance, date(2026, 10, 20), {}, {}),
        (Party(1, 1, 1, "debtor", "张甲", ""),), tuple(sorted(calls, key=lambda a: (a.at, a.id))), promises,
        payments, holds, (),
    )  # fmt: skip
    numbers = tuple(Phone(i, 1, p, p, "mobile", "client") for i, p in enumerate(phones, 1))
    return PersonFile(1, (account,), numbers, (), None)


def entry(one: PersonFile, day: date = DAY) -> Entry:
    return person_entries(one, day, ZONE)[0]


def place(one: PersonFile, day: date = DAY) -> tuple[str, str, date | None]:
    found = entry(one, day).row
    return found.state, CLASSES[found.cls], found.due_on


def test_an_account_that_nobody_called_is_new():
    assert place(person()) == ("due", "new", DAY)


def test_after_a_dial_that_reached_nobody_the_next_number_comes_up_at_once():
    one = person(call(1, "no-answer", at(DAY)))
    assert place(one) == ("due", "new", DAY)
    assert entry(one).dial.phone.digits == PHONES[1]
    assert "2 of 2" in entry(one).task.reason


def test_when_every_number_was_tried_the_next_time_band_of_the_day_is_next():
    one = person(call(1, "no-answer", at(DAY)), call(2, "no-answer", at(DAY), number=PHONES[1]))
    assert entry(one).row.due_at == datetime(2026, 11, 23, 12, tzinfo=ZONE)


def test_after_the_last_band_it_is_tomorrow():
    late = at(DAY, 19)
    one = person(call(1, "no-answer", late), call(2, "no-answer", late, number=PHONES[1]))
    assert place(one) == ("future", "new", DAY + timedelta(days=1))


def test_busy_comes_back_in_two_hours():
    assert entry(person(call(1, "busy", at(DAY)))).row.due_at == datetime(2026, 11, 23, 11, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        ("voicemail", 2),
        ("hung-up", 2),
        ("third-party", 2),
        ("language", 1),
        ("hardship", 5),
        ("refused", 3),
        ("negotiating", 2),
    ],
)
def test_the_default_days_to_the_next_step(outcome: str, days: int):
    row = entry(person(call(1, outcome, at(DAY)), phones=PHONES[:1])).row
    assert row.due_on == DAY + timedelta(days=days)


def test_a_dead_number_is_never_proposed_again_and_without_one_the_person_is_traced():
    one = person(call(1, "not-in-service", at(DAY)), phones=PHONES[:1])
    assert place(one) == ("no_number", "follow-up", DAY + timedelta(days=7))
    assert place(one, DAY + timedelta(days=7))[0] == "due"
    assert entry(person(call(1, "not-in-service", at(DAY)))).dial.phone.digits == PHONES[1]


def test_a_number_that_the_debtor_answers_later_is_alive_again():
    dead, alive = call(1, "wrong-number", at(DAY, 9)), call(2, "negotiating", at(DAY, 10))
    assert entry(person(dead, alive)).dial.phone.digits == PHONES[0]


def test_a_callback_comes_first_at_its_hour():
    asked = call(1, "callback", at(DAY), next_at=at(DAY, 20, 30))
    row = entry(person(asked)).row
    assert (CLASSES[row.cls], row.due_at) == ("callback", datetime(2026, 11, 23, 20, 30, tzinfo=ZONE))


def test_an_agreed_callback_survives_a_dial_that_reached_nobody():
    friday = DAY + timedelta(days=4)
    asked = call(1, "callback", at(DAY), next_at=at(friday, 10))
    one = person(asked, call(2, "no-answer", at(DAY + timedelta(days=1))))
    row = entry(one, DAY + timedelta(days=1)).row
    assert (CLASSES[row.cls], row.due_at) == ("callback", datetime(2026, 11, 27, 10, tzinfo=ZONE))
    missed = person(asked, call(2, "no-answer", at(friday, 10, 5)), phones=PHONES[:1])
    row = entry(missed, friday).row
    assert (CLASSES[row.cls], row.due_at) == ("callback", datetime(2026, 11, 27, 12, tzinfo=ZONE))
    talked = person(asked, call(2, "negotiating", at(friday, 10, 5)))
    assert place(talked, friday)[1] == "follow-up"


def test_who_has_died_is_called_about_no_debt():
    one = person(call(1, "deceased", at(DAY)), holds=(Hold(1, 1, 1, "deceased", DAY, None),))
    second = one.accounts[0]._replace(id=2, number="A2", activities=(), holds=())
    entries = person_entries(one._replace(accounts=(*one.accounts, second)), DAY + timedelta(days=1), ZONE)
    assert {e.task.task for e in entries} == {"desk"}


def test_an_answer_that_is_owed_is_not_put_off_by_a_call():
    later = call(2, "no-answer", at(DAY + timedelta(days=2)))
    one = person(call(1, "complaint", at(DAY)), later, holds=(Hold(1, 1, 1, "complaint", DAY, None),))
    assert place(one, DAY + timedelta(days=3)) == ("due", "legal", DAY + timedelta(days=3))


def test_a_promise_is_a_task_on_its_day_and_broken_after_a_day_of_grace():
    made, due = at(DAY), DAY + timedelta(days=4)
    one = person(call(1, "promise", made), promises=(promise(1, 1, made, due),))
    assert place(one) == ("future", "promise-due", due)
    assert place(one, due) == ("due", "promise-due", due)
    assert place(one, due + timedelta(days=1)) == ("due", "promise-due", due)
    assert place(one, due + timedelta(days=2)) == ("due", "promise-broken", due + timedelta(days=2))


def test_a_talk_after_the_breach_sets_a_new_step():
    made, due = at(DAY), DAY + timedelta(days=1)
    broken = due + timedelta(days=2)
    one = person(
        call(1, "promise", made), call(2, "negotiating", at(broken)), promises=(promise(1, 1, made, due),)
    )
    assert place(one, broken) == ("future", "follow-up", broken + timedelta(days=2))


def test_a_claimed_payment_is_checked_at_the_desk():
    said = call(1, "says-paid", at(DAY))
    one = person(said, payments=(Payment(1, 1, 1, DAY, 50_000, "CNY", False),))
    assert place(one) == ("future", "verify", DAY + timedelta(days=2))
    assert entry(one, DAY + timedelta(days=2)).task.task == "desk"


def test_a_hold_takes_away_the_call_and_leaves_the_desk_task():
    one = person(call(1, "dispute", at(DAY)), holds=(Hold(1, 1, 1, "dispute", DAY, None),))
    assert place(one) == ("hold", "legal", DAY + timedelta(days=3))
    assert place(one, DAY + timedelta(days=3))[0] == "due"


def test_money_that_leaves_with_the_placement_comes_before_new_accounts():
    talk = call(1, "negotiating", at(DAY - timedelta(days=1)))
    assert place(person(talk, ends=DAY + timedelta(days=3))) == ("due", "ending-money", DAY)


def test_a_placement_that_has_ended_is_a_desk_task():
    row = entry(person(ends=DAY - timedelta(days=1)))
    assert (row.row.state, row.task.task) == ("due", "desk")


def test_the_next_step_that_the_collector_chose_wins():
    one = person(call(1, "no-answer", at(DAY), next_on=DAY + timedelta(days=4)))
    assert place(one) == ("future", "follow-up", DAY + timedelta(days=4))


def test_another_account_of_the_person_waits_with_them():
    one = person(call(1, "voicemail", at(DAY)))
    second = one.accounts[0]._replace(id=2, number="A2", activities=())
    rows = person_entries(one._replace(accounts=(*one.accounts, second)), DAY, ZONE)
    assert {e.row.state for e in rows} == {"future"}
    assert sum(e.row.lead for e in rows) == 1


def test_a_later_promise_withdraws_an_open_one_and_a_broken_one_stays_broken():
    first, second = at(DAY), at(DAY + timedelta(days=1))
    due = DAY + timedelta(days=5)
    states = promise_states(
        (promise(1, 1, first, due), promise(2, 2, second, due)), (), DAY + timedelta(days=1)
    )
    assert [s.state for s in states] == ["withdrawn", "open"]
    late = at(due + timedelta(days=9))
    states = promise_states(
        (promise(1, 1, first, due), promise(2, 2, late, due + timedelta(days=20))), (), late.date()
    )
    assert [s.state for s in states] == ["broken", "open"]


def test_parts_of_one_promise_stand_together_and_money_serves_the_oldest():
    made = at(DAY)
    parts = (promise(1, 1, made, DAY + timedelta(days=1)), promise(2, 1, made, DAY + timedelta(days=9)))
    paid = (Payment(1, 1, None, DAY, 150_000, "CNY", True),)
    assert [(s.state, s.kept) for s in promise_states(parts, paid, DAY)] == [
        ("kept", 100_000),
        ("open", 50_000),
    ]


# --- what is stored stays true ---------------------------------------------------------------------------

CALLS = [o.code for o in TABLE if o.channel in ("call", "visit", "sms")]


@st.composite
def people(draw: st.DrawFn) -> PersonFile:
    """A person with any history of some weeks."""
    calls, promises, payments, holds = [], [], [], []
    when = at(DAY - timedelta(days=draw(st.integers(0, 30))))
    for number in range(1, draw(st.integers(0, 6)) + 1):
        when += timedelta(minutes=draw(st.sampled_from([3, 60, 200, 600, 1440, 5000])))
        if when.astimezone(ZONE).date() > DAY:
            break
        code, next_on = draw(st.sampled_from(CALLS)), None
        if code == "callback" or draw(st.integers(0, 9)) == 0:
            next_on = when.astimezone(ZONE).date() + timedelta(days=draw(st.integers(0, 9)))
        phone = draw(st.sampled_from(PHONES))
        calls.append(call(number, code, when, number=phone, next_on=next_on))
        if BY_CODE[code].step == "promise":
            due = when.astimezone(ZONE).date() + timedelta(days=draw(st.integers(0, 12)))
            promises.append(promise(number, number, when, due))
        if BY_CODE[code].step == "verify":
            payments.append(Payment(number, 1, number, when.astimezone(ZONE).date(), 5_000, "CNY", False))
        if BY_CODE[code].holds:
            until = draw(st.none() | st.just(DAY + timedelta(days=9)))
            day = when.astimezone(ZONE).date()
            holds.append(Hold(number, 1, number, BY_CODE[code].holds, day, until))
    ends = draw(st.none() | st.integers(-3, 30).map(lambda n: DAY + timedelta(days=n)))
    return person(
        *calls, promises=tuple(promises), payments=tuple(payments), holds=tuple(holds), ends=ends,
        phones=PHONES[: draw(st.integers(0, 2))], placed=DAY - timedelta(days=31),
        balance=draw(st.integers(1, 20_000_000)),
    )  # fmt: skip


@given(people())
@settings(max_examples=tries(120))
def test_a_stored_row_stays_true_until_the_day_it_names(one: PersonFile):
    stays_true(one)


def stays_true(one: PersonFile) -> None:
    stored = entry(one).row
    for days in range(1, 25):
        day = DAY + timedelta(days=days)
        if stored.changes_on and day >= stored.changes_on:
            break
        assert entry(one, day).row == stored


@given(people())
@settings(max_examples=tries(120))
def test_nobody_is_ever_forgotten(one: PersonFile):
    row = entry(one).row
    assert row.state in ("due", "future", "hold", "no_number")
    if row.state in ("due", "future"):
        assert row.due_on is not None
    assert (row.due_on <= DAY) if row.state == "due" else True
    assert {("all", ""), ("open", "")} <= {tally[:2] for tally in tallies(row)}


@given(people())
@settings(max_examples=tries(100))
def test_the_points_are_the_sum_of_their_terms(one: PersonFile):
    found = entry(one)
    assert found.row.points == sum(term.points for term in found.why)
