"""Faults that a review found in the money, each held by a sequence of commands that showed it."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_money_day import BANK, data, money, ok, on, opened_desk, row

RATE = ("--rate", "24%/year", "--basis", "360")


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


def test_a_penalty_that_was_booked_is_not_touched_by_later_files_and_terms(desk: Cli, home: Path):
    ok(desk("terms", "A1", "--penalty", "5%"))
    told = ok(desk("pay", "A1", "1000", now=on("12-01"))).out
    assert "booked before it: penalty 25.00" in told
    assert money(desk, "A1")["balance"] == "4025.00"
    (home / "later.csv").write_text(BANK.replace(",300,500,", ",300,800,"), "utf-8")
    ok(desk("import", str(home / "later.csv"), now=on("12-02")))
    assert money(desk, "A1")["balance"] == "4025.00"
    ok(desk("terms", "A1", "--order", "principal", "--from", "2026-12-01"))
    ok(desk("terms", "A1", "--rate", "none"))
    assert money(desk, "A1")["balance"] == "4025.00"


@pytest.mark.parametrize("last_day", ["counted", "not"])
@pytest.mark.parametrize("payment_day", ["old", "new"])
def test_what_is_quoted_clears_the_debt_on_that_day(desk: Cli, last_day: str, payment_day: str):
    ok(desk("terms", "A1", *RATE, "--last-day", last_day, "--payment-day", payment_day, "--penalty", "5%"))
    quoted = data(desk, "quote", "A1", now=on("12-20"))["total"]
    assert data(desk, "show", "A1")["to_clear"] == quoted
    assert data(desk, "pay", "A1", quoted)["balance"] == "0.00"
    ok(desk("undo"))
    assert data(desk, "pay", "A1", "all")["amount"] == quoted


def test_a_charge_says_what_is_owed_with_the_interest_that_it_books(desk: Cli):
    ok(desk("terms", "A1", *RATE, "--last-day", "not", "--payment-day", "new"))
    said = data(desk, "charge", "A1", "costs", "50", now=on("12-03"))
    assert said["balance"] == money(desk, "A1")["balance"] == "5076.67"


def test_money_that_a_statement_of_the_day_knows_does_not_lessen_what_it_states(desk: Cli, home: Path):
    ok(desk("pay", "A1", "300"))
    text = BANK.replace("CNY,5000,4000", "CNY,4700,3700")
    (home / "later.csv").write_text(text, "utf-8")
    ok(desk("import", str(home / "later.csv"), now="2026-11-23T11:00"))
    assert money(desk, "A1")["difference"] == "0.00"
    assert data(desk, "pay", "A1", "min")["amount"] == "500.00"


def test_what_came_for_a_granted_offer_counts_once_it_is_agreed(desk: Cli):
    ok(desk("request", "A1", "reduction", "3000", "--until", "2026-12-20"))
    ok(desk("request", "answer", "1", "yes", "--approval", "Q"))
    ok(desk("pay", "A1", "1000", now=on("11-24")))
    made = data(desk, "settle", "A1", "3000", "--until", "2026-12-20")
    assert (made["state"], [p["amount"] for p in made["parts"]]) == ("accepted", ["2000.00"])
    assert data(desk, "pay", "A1", "2000", now=on("11-25"))["settled"]
    assert data(desk, "show", "A1")["state"] == "closed"


def test_a_plan_that_was_kept_holds_nobody_any_longer(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "1", "--from", "11-25"))
    ok(desk("pay", "A1", "5000", now=on("11-25")))
    ok(desk("charge", "A1", "costs", "40", now=on("11-26")))
    assert desk("can", "A1", now=on("11-27")).code == 0
    assert row(desk, "A1", now=on("11-30"))["task"] == "call"


def test_another_promise_that_breaks_leaves_the_plan_alone(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2"))
    ok(desk("log", "A1", "ptp", "100@tomorrow", now="2026-11-23T10:00"))
    assert "plan" in ok_or_no(desk, "can", "A1", now=on("11-27"))


def ok_or_no(cli: Cli, *line: str, now: str) -> str:
    ran = cli(*line, now=now)
    assert ran.code == 1
    return ran.out


def test_what_was_closed_as_paid_is_open_again_when_the_payment_bounces(desk: Cli):
    ok(desk("pay", "A1", "all", "--ref", "R"))
    ok(desk("close", "A1", "--as", "paid"))
    told = ok(desk("payment", "reverse", "A1", "R", "--text", "returned unpaid", now=on("11-25")))
    assert "owed on again" in told.out
    assert data(desk, "show", "A1")["state"] == "open"
    assert data(desk, "payment", "list", "A1")["payments"][0]["text"] == "returned unpaid"


def test_a_plan_stands_until_the_client_has_said_yes_to_a_settlement(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2"))
    ok(desk("settle", "A1", "4000", "--until", "2026-12-20"))
    assert data(desk, "plan", "show", "A1")["state"] == "running"
    ok(desk("request", "answer", "1", "no"))
    assert data(desk, "plan", "show", "A1")["state"] == "running"


def test_one_claim_covers_one_broken_part(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2", "--every", "week", "--from", "11-24"))
    ok(desk("pay", "A1", "2500", "--claimed", now=on("11-24")))
    assert desk("can", "A1", now=on("11-28")).code == 1
    assert desk("can", "A1", now=on("12-04")).code == 0  # the second part broke on the 3rd


def test_a_settlement_that_came_undone_is_none_in_the_report(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "eom", "--approval", "Z"))
    ok(desk("pay", "A1", "3000", "--ref", "S"))
    assert data(desk, "report")["settled"] == {
        "count": 1, "amount": {"CNY": "3000.00"}, "reduction": {"CNY": "2000.00"},
    }  # fmt: skip
    ok(desk("payment", "reverse", "A1", "S"))
    assert data(desk, "report")["settled"]["count"] == 0


def test_the_client_may_grant_another_sum_and_day(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "2026-12-10"))
    told = ok(desk("request", "answer", "1", "yes", "3500", "--until", "2026-12-24", "--approval", "B"))
    assert "collectctl settle A1 3500.00 --until 2026-12-24" in told.out
    listed = data(desk, "request", "list")["requests"][0]
    assert (listed["amount"], listed["until"], listed["state"]) == ("3500.00", "2026-12-24", "granted")
    assert data(desk, "show", "A1")["settlement"]["state"] == "approved"


def test_a_payment_that_seems_to_be_there_already_is_recorded_with_the_doubt(desk: Cli):
    ok(desk("pay", "A1", "100"))
    assert "on record already" in ok(desk("pay", "A1", "100")).err
    assert "before the client's statement" in ok(desk("pay", "A1", "7", "--on", "2026-11-02")).err
    assert money(desk, "A1")["balance"] == "4793.00"


def test_bad_rows_are_told_from_the_first_and_strangers_by_number(desk: Cli, home: Path):
    bad = home / "bad.csv"
    bad.write_text("account,payment_date,amount_paid\nA1,2026-12-30,5\nA1,2026-11-20,zero\n", "utf-8")
    assert "first row 2" in desk("import", str(bad)).err
    more = home / "more.csv"
    more.write_text("account,payment_date,amount_paid\nA1,2026-11-20,5\nX9,2026-11-20,5\n", "utf-8")
    assert "not in the book: X9" in ok(desk("import", str(more))).out
