"""Complaints and disputes from receipt to answer: the register, the hold, the task, the report."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_money_day import MONDAY, data, ok, on, opened_desk, row


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


def holds(desk: Cli, account: str) -> list[str]:
    """The kinds of those that have not ended."""
    return [h["kind"] for h in data(desk, "show", account)["holds"] if h["until"] is None]


def register(desk: Cli, now: str = "") -> list[tuple[str, str, str]]:
    found = data(desk, "complaint", "list", now=now)["complaints"]
    return [(c["account"], c["kind"], c["state"]) for c in found]


def test_a_complaint_holds_the_account_until_it_is_answered(desk: Cli):
    ok(desk("complaint", "add", "A1", "rude on the phone", "--received", "2026-11-22", "--ref", "K7"))
    assert holds(desk, "A1") == ["complaint"]
    assert row(desk, "A1") == {}
    due = row(desk, "A1", now=on("11-25"))
    assert (due["class"], due["task"], due["reason"]) == ("legal", "desk", "answer the complaint")

    ok(desk("complaint", "answer", "1", "we apologised", now=on("11-25")))
    assert holds(desk, "A1") == []
    assert register(desk) == [("A1", "complaint", "answered")]
    assert row(desk, "A1")["class"] == "new"


def test_a_longer_time_is_used_to_its_end_but_for_two_days(desk: Cli):
    ok(desk("complaint", "add", "A1", "--kind", "dispute", "--due", "+15d", now=MONDAY))
    assert row(desk, "A1", now=on("12-05")) == {}
    due = row(desk, "A1", now=on("12-06"))
    assert (due["class"], due["reason"]) == ("legal", "answer the dispute by 12-08")
    assert register(desk, now=on("12-08")) == [("A1", "dispute", "open")]
    assert register(desk, now=on("12-09")) == [("A1", "dispute", "overdue")]


@pytest.mark.parametrize(
    ("outcome", "kind"), [("cmp", "complaint"), ("dis", "dispute"), ("frd", "dispute"), ("neg", "")]
)
def test_what_is_lodged_in_a_call_is_in_the_register(desk: Cli, outcome: str, kind: str):
    ok(desk("log", "A1", outcome, "said so"))
    assert register(desk) == ([("A1", kind, "open")] if kind else [])
    ok(desk("log", "A1", outcome, "said so again", now=on("11-24")))
    assert len(register(desk)) == bool(kind), "what waits for an answer is not opened twice"


def test_a_corrected_entry_takes_its_complaint_with_it(desk: Cli):
    ok(desk("log", "A1", "cmp"))
    ok(desk("amend", "@", "dis"))
    assert register(desk) == [("A1", "dispute", "open")]


def test_the_hold_stays_while_another_of_its_kind_is_open(desk: Cli):
    ok(desk("complaint", "add", "A1", "first"))
    ok(desk("complaint", "add", "A1", "second"))
    ran = ok(desk("complaint", "withdraw", "1"))
    assert "still on hold: complaint 2 is open" in ran.out
    assert holds(desk, "A1") == ["complaint"]
    assert "the hold ends" in ok(desk("complaint", "answer", "2")).out
    assert holds(desk, "A1") == []


def test_a_spoken_dispute_holds_nothing_where_the_rule_is_about_one_in_writing(cli: Cli, home: Path):
    header = "account,name,phone,client,currency,balance,due_date"
    text = f"{header}\nU1,Ann Example,+12025550101,Store,USD,5,2026-10-01\n"
    (home / "us.csv").write_text(text, "utf-8")
    ok(cli("import", str(home / "us.csv"), "--policy", "us-regf"))
    ran = ok(cli("complaint", "add", "U1", "--kind", "dispute"))
    assert "no hold: the rule is about a dispute in writing" in ran.err
    assert holds(cli, "U1") == []
    ok(cli("complaint", "add", "U1", "--kind", "dispute", "--written"))
    assert holds(cli, "U1") == ["dispute"]


def test_the_report_says_what_was_received_answered_and_waits(desk: Cli):
    ok(desk("complaint", "add", "A1", "late", "--received", "2026-11-10"))
    ok(desk("complaint", "add", "A2", "waits", "--due", "2026-12-01"))
    ok(desk("log", "J1", "dis"))
    assert "answered 10 days late" in ok(desk("complaint", "answer", "1")).out
    made = data(desk, "report")
    assert made["register"] == {"received": 2, "closed": 1, "late": 1, "open": 2, "overdue": 0}
    assert made["complaints"] == 1
    assert data(desk, "report", "client:Invented Yen")["register"]["open"] == 1
    plain = ok(desk("report", "--brief")).out
    assert "complaints and disputes: received 2, closed 1, open 2" in plain


def test_numbers_of_cards_are_masked_in_the_register(desk: Cli):
    ok(desk("complaint", "add", "A1", "card", "6222025555666677"))
    for line in (("complaint", "list"), ("show", "A1"), ("complaint", "list", "--json")):
        assert "6222025555666677" not in ok(desk(*line)).out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("add", "A1", "--received", "+1d"), 2, ""),
        (("add", "A1", "--received", "2026-11-20", "--due", "today", "--kind", "odd"), 2, "none of"),
        (("answer", "9"), 3, "there is no complaint 9"),
        (("answer", "99999999999999999999"), 3, "there is no complaint"),
    ],
)
def test_what_can_not_be_is_refused_in_words(desk: Cli, line: tuple[str, ...], code: int, said: str):
    ran = desk("complaint", *line)
    assert ran.code == code
    assert said in ran.err


def test_an_answer_comes_once_and_not_before_the_complaint(desk: Cli):
    ok(desk("complaint", "add", "A1", "x"))
    early = desk("complaint", "answer", "1", "--on", "2026-11-20")
    assert (early.code, "before it was received" in early.err) == (2, True)
    ok(desk("complaint", "answer", "1"))
    again = desk("complaint", "answer", "1")
    assert (again.code, "was answered on" in again.err) == (1, True)
