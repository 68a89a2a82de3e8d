from datetime import UTC, date, datetime, timedelta

import pytest

from collectctl.domain import measures
from collectctl.domain.deskfacts import Complaint
from collectctl.domain.facts import Activity, Payment, Promise
from collectctl.domain.gaps import gaps
from collectctl.domain.measures import Entry
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.periods import EndsBeforeStart, NoStart, OnePeriod, Period, read_period
from tests.report.shop import SHANGHAI, at

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai, a Monday


def entry(outcome: str, contact: int = 1, **changes: object) -> Entry:
    """An entry of one account at noon; `changes` are of the activity or of the entry."""
    own = {k: changes.pop(k) for k in set(changes) & set(Entry._fields)}
    base = Activity(
        contact, 1, 1, contact, NOON, "call", False, outcome, BY_CODE[outcome].who, "", "", "", None, None,
        None, "", "us", None,
    )  # fmt: skip
    made = Entry(base._replace(**changes), "A1", "Bank", "b", date(2026, 10, 1), "", 0, "")
    return made._replace(**own)


@pytest.mark.parametrize(
    ("outcome", "changes", "attempts", "contacts", "rpc"),
    [
        ("no-answer", {}, 1, 0, 0),
        ("voicemail", {}, 1, 0, 0),
        ("assistant", {}, 1, 0, 0),
        ("hung-up", {}, 1, 1, 0),
        ("wrong-number", {}, 1, 1, 0),
        ("third-party", {}, 1, 1, 0),
        ("refused", {}, 1, 1, 1),
        ("refused", {"who": "liable"}, 1, 1, 1),
        ("refused", {"who": "third"}, 1, 1, 0),
        ("language", {}, 1, 1, 1),
        ("no-answer", {"who": "self"}, 1, 0, 0),  # their number rang; nobody answered
        ("sent", {}, 1, 0, 0),
        ("replied", {}, 0, 1, 1),
        ("nobody-home", {}, 1, 0, 0),
        ("met", {}, 1, 1, 1),
        ("refused", {"inbound": True}, 0, 1, 1),
        ("refused", {"raised_by": "them"}, 0, 1, 1),
        ("note", {}, 0, 0, 0),
        ("note", {"who": "third"}, 0, 0, 0),
        ("legal-step", {}, 0, 0, 0),
        ("lost", {}, 0, 0, 0),
    ],
)
def test_what_counts_as_attempt_contact_and_right_party(outcome, changes, attempts, contacts, rpc):
    found = measures.counts([entry(outcome, **changes).touch])
    assert (found.attempts, found.contacts, found.rpc) == (attempts, contacts, rpc)


def test_one_call_about_two_accounts_is_one_attempt_on_two_accounts():
    call = [entry("refused", account="A1"), entry("negotiating", account="A2")]
    call[1] = call[1]._replace(activity=call[1].activity._replace(id=2, account=2))
    found = measures.counts(e.touch for e in call)
    assert (found.attempts, found.contacts, found.rpc) == (1, 1, 1)
    assert len(measures.accounts_worked(e.touch for e in call)) == 2


def test_a_call_about_two_clients_counts_once_with_each():
    call = [entry("refused", client="Bank"), entry("refused", client="Shop")]
    assert [(g.key, g.counts.attempts) for g in measures.groups(call, measures.by_client)] == [
        ("Bank", 1),
        ("Shop", 1),
    ]


def test_groups_come_by_attempts_and_hours_by_the_clock():
    entries = [
        entry("no-answer", 1),
        entry("no-answer", 2, at=NOON - timedelta(hours=3)),
        entry("busy", 3, at=NOON - timedelta(hours=3)),
        entry("note", 4),
    ]
    assert [g.key for g in measures.groups(entries, measures.by_outcome)] == ["no-answer", "busy"]
    hours = measures.groups(entries, measures.by_hour(SHANGHAI), by_key=True)
    assert [(g.key, g.counts.attempts) for g in hours] == [(9, 2), (12, 1)]


def test_the_bucket_is_that_of_the_day_of_the_contact():
    key = measures.by_bucket(SHANGHAI)
    assert key(entry("busy")) == "M2"  # 53 days
    assert key(entry("busy", at=NOON - timedelta(days=30))) == "M1"
    assert key(entry("busy", overdue_since=None)) == "M0"


def test_promised_sums_never_mix_currencies():
    entries = [
        entry("promise", 1, promised=100, currency="CNY"),
        entry("promise", 2, promised=50, currency="CNY"),
        entry("promise", 3, promised=7, currency="USD"),
    ]
    assert measures.promised(entries) == {"CNY": 150, "USD": 7}
    assert measures.counts(e.touch for e in entries).promises == 3


def test_talk_time_of_a_call_about_two_accounts_counts_once():
    both = [entry("refused", talk_seconds=60), entry("refused", talk_seconds=60)]
    assert measures.talk_seconds([*both, entry("refused", 2, talk_seconds=None)]) == 60


def test_one_complaint_about_two_accounts_is_one():
    told = [entry("complaint"), entry("complaint"), entry("complaint", 2)]
    day = Period(date(2026, 11, 23), date(2026, 11, 23))
    assert measures.complaints(told, [], day) == 2
    letter = Complaint(1, 1, None, "complaint", date(2026, 11, 23), date(2026, 11, 26), "letter", "", "")
    before = letter._replace(received_on=date(2026, 11, 22))
    assert measures.complaints(told, [letter, before, letter._replace(activity=7)], day) == 3


# --- fallen due ---------------------------------------------------------------------------------------------


def promise(number: int, due: int, amount: int = 100) -> Promise:
    made = datetime(2026, 11, 1, tzinfo=UTC)
    return Promise(number, 1, number, made, made.date(), date(2026, 11, due), None, amount, "CNY", "")


def payment(number: int, day: int, amount: int, confirmed: bool = True) -> Payment:
    return Payment(number, 1, None, date(2026, 11, day), amount, "CNY", confirmed)


@pytest.mark.parametrize(
    ("due", "payments", "day", "expected"),
    [
        (10, [], 10, (0, 0, 0)),  # on its day it is open
        (10, [], 11, (0, 0, 0)),  # and in grace
        (10, [], 12, (0, 0, 1)),
        (10, [], 13, (0, 0, 0)),  # it broke the day before
        (10, [(10, 100)], 10, (1, 0, 0)),
        (10, [(8, 100)], 8, (1, 0, 0)),  # early: kept on the day it was paid
        (10, [(8, 100)], 12, (0, 0, 0)),
        (10, [(8, 40), (9, 60)], 8, (0, 0, 0)),
        (10, [(8, 40), (9, 60)], 9, (1, 0, 0)),
        (10, [(10, 40)], 12, (0, 1, 0)),
        (10, [(20, 100)], 12, (0, 0, 1)),  # what came later leaves that day as it was
        (10, [(20, 100)], 20, (1, 0, 0)),
    ],
)
def test_a_promise_falls_due_on_the_day_it_is_kept_or_after_grace(due, payments, day, expected):
    paid = [payment(n, on, amount) for n, (on, amount) in enumerate(payments)]
    only = Period(date(2026, 11, day), date(2026, 11, day))
    found = measures.fallen_due([([promise(1, due)], paid, 1)], only, date(2026, 11, 30))
    assert (found.kept, found.partly, found.broken) == expected


def test_amounts_of_a_partly_kept_promise_are_what_came_and_what_did_not():
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    accounts = [
        ([promise(1, 10)], [payment(1, 10, 30)], 1),
        ([promise(2, 10)], [], 1),
        ([promise(3, 9)], [payment(3, 9, 100)], 1),
    ]
    found = measures.fallen_due(accounts, month, date(2026, 11, 30))
    assert (found.kept, found.partly, found.broken) == (1, 1, 1)
    assert found.kept_amount == {"CNY": 130}
    assert found.broken_amount == {"CNY": 170}


def test_claimed_money_keeps_nothing():
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    found = measures.fallen_due(
        [([promise(1, 10)], [payment(1, 10, 100, confirmed=False)], 1)], month, date(2026, 11, 30)
    )
    assert (found.kept, found.broken) == (0, 1)


def test_a_period_that_reaches_into_the_future_breaks_nothing_early():
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    found = measures.fallen_due([([promise(1, 25)], [], 1)], month, date(2026, 11, 23))
    assert (found.kept, found.partly, found.broken) == (0, 0, 0)


# --- the rest -----------------------------------------------------------------------------------------------


def test_the_average_has_one_decimal():
    days = [
        [entry("refused", 1).touch, entry("busy", 2).touch],
        [entry("busy", 3).touch],
        [entry("busy", 4).touch],
    ]
    found = measures.average(days)
    assert (found.days, found.attempts, found.accounts_worked, found.rpc) == (3, 1.3, 1.0, 0.3)


def test_without_a_day_before_there_is_no_average():
    found = measures.average([])
    assert (found.days, found.attempts) == (0, None)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (entry("refused"), ["no-text"]),
        (entry("refused", text="lost his job"), []),
        (entry("no-answer"), []),
        (entry("promise", text="x"), ["no-amount"]),
        (entry("promise", text="x", promised=1), []),
        (entry("promise", 9, text="x"), []),  # paid at once
        (entry("third-party"), ["unknown-party"]),
        (entry("third-party", party="spouse"), []),
        (entry("deceased"), ["unknown-party"]),
        (entry("hung-up"), []),
        (entry("wrong-number"), []),
    ],
)
def test_gaps(made, expected):
    assert [gap.kind for gap in gaps([made], {9}, SHANGHAI)] == expected


NOW = at("25T10:00")  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ({}, (11, 25), (11, 25)),
        ({"day": "yesterday"}, (11, 24), (11, 24)),
        ({"day": "mon"}, (11, 23), (11, 23)),
        ({"day": "30"}, (10, 30), (10, 30)),
        ({"day": "fri 15:30"}, (11, 20), (11, 20)),
        ({"week": True}, (11, 23), (11, 25)),
        ({"month": True}, (11, 1), (11, 25)),
        ({"first": "11-02", "last": "11-20"}, (11, 2), (11, 20)),
        ({"first": "11-02"}, (11, 2), (11, 25)),
    ],
)
def test_periods_as_typed(typed, first, last):
    assert read_period(NOW, **typed) == Period(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"day": "today", "week": True}, OnePeriod),
        ({"month": True, "first": "1"}, OnePeriod),
        ({"last": "today"}, NoStart),
        ({"first": "today", "last": "yesterday"}, EndsBeforeStart),
    ],
)
def test_periods_that_cannot_be(typed, error):
    with pytest.raises(error) as raised:
        read_period(NOW, **typed)
    assert raised.value.exit_code == 2


def test_the_ends_of_the_calendar_are_days_too():
    start, end = Period(date.min, date.max).bounds(SHANGHAI)
    assert start < end
