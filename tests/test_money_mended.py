"""Money faults that were found once and must not come back, end to end: claims, payments, charges."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_money_day import MONDAY, data, money, ok, on, payments, promises, row

BANK = """\
account,name,phone,client,currency,balance,principal,interest,fees,costs,minimum due,due_date
A1,Ann Example,13800130001,Bank,CNY,5000,4000,600,100,300,500,2026-10-01
A2,Bob Sample,13800130002,Bank,CNY,1200.01,,,,,,2026-09-10
C1,Cy Cardholder,13800130003,Cards,CNY,11700,10000,1200,,500,,2026-09-01
"""
RATE = ("--rate", "24%/year", "--basis", "365", "--last-day", "not", "--payment-day", "new")


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY)
    return cli


def shown(cli: Cli, account: str = "A1", now: str = "") -> dict[str, Any]:
    return data(cli, "show", account, now=now)


def ledger(cli: Cli, account: str = "A1") -> list[tuple[str, str]]:
    """Kind and amount of each line."""
    return [(line["kind"], line["amount"]) for line in shown(cli, account)["ledger"]]


# --- claims and reversals -------------------------------------------------------------------------------


@pytest.mark.parametrize("confirmed_by", [("pay", "A1", "300"), ("payment", "confirm", "A1", "CL")])
def test_a_claim_that_became_money_is_taken_back_by_its_reference(desk: Cli, confirmed_by: tuple[str, ...]):
    ok(desk("pay", "A1", "300", "--claimed", "--ref", "CL"))
    assert data(desk, *confirmed_by)["balance"] == "4700.00"
    assert data(desk, "payment", "reverse", "A1", "CL")["balance"] == "5000.00"
    found = money(desk, "A1")
    assert (found["balance"], found["costs"], found["paid"]) == ("5000.00", "300.00", "0.00")


def test_a_confirmed_claim_is_no_task_and_the_rest_is_asked_for_days_later(desk: Cli):
    ok(desk("log", "A1", "cp", "500"))
    assert row(desk, "A1", now=on("11-25"))["class"] == "verify"
    ok(desk("payment", "confirm", "A1"))
    assert row(desk, "A1") == {}
    found = row(desk, "A1", now=on("11-26"))
    assert (found["class"], found["task"]) == ("follow-up", "call")
    assert found["reason"] == "500.00 came on 11-23: ask for the rest"


def test_who_paid_what_was_promised_is_not_called_the_same_day(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    assert "keeps the promise" in ok(desk("pay", "A1", "300")).out
    assert row(desk, "A1") == {}
    assert "ask for the rest" in row(desk, "A1", now=on("11-26"))["reason"]


def test_a_promise_that_is_claimed_to_be_kept_is_checked_with_the_client_first(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@2026-11-25"))
    ok(desk("pay", "A1", "300", "--claimed", now=on("11-25")))
    found = row(desk, "A1", now=on("11-28"))  # a day of grace is over
    assert (found["class"], found["task"]) == ("verify", "desk")
    ok(desk("payment", "reverse", "A1", "#1"))
    found = row(desk, "A1")
    assert (found["class"], found["task"]) == ("promise-broken", "call")
    assert promises(desk) == [("A1", "300.00", "broken")]


def test_a_claim_of_what_is_on_record_as_money_is_not_confirmed(desk: Cli):
    ok(desk("pay", "A1", "500", "--ref", "M1"))
    ok(desk("pay", "A1", "500", "--claimed", "--ref", "CL", now=on("11-26")))
    refused = desk("payment", "confirm", "A1", "CL")
    assert refused.code == 1
    assert "a payment of the same sum is on record for Mon 2026-11-23" in refused.err
    assert "yes: collectctl payment reverse A1 '#2'" in refused.err
    assert payments(desk, "A1") == [("500.00", "confirmed"), ("500.00", "claimed")]
    ok(desk("payment", "reverse", "A1", "#2"))
    assert money(desk, "A1")["balance"] == "4500.00"


def test_a_claim_that_was_confirmed_is_money_already(desk: Cli):
    ok(desk("pay", "A1", "500", "--claimed", "--ref", "CL"))
    ok(desk("payment", "confirm", "A1", "CL"))
    for named in ("CL", "#1"):
        refused = desk("payment", "confirm", "A1", named)
        assert (refused.code, "that is money already: payment #2" in refused.err) == (1, True)
    assert money(desk, "A1")["balance"] == "4500.00"


# --- nothing owed ---------------------------------------------------------------------------------------


def test_nobody_may_be_called_about_an_account_on_which_nothing_is_owed(desk: Cli):
    ok(desk("pay", "A1", "all"))
    told = desk("can", "A1")
    assert (told.code, "nothing is owed any more" in told.out) == (1, True)
    assert shown(desk)["state"] == "open"


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_nothing_is_agreed_where_nothing_is_owed_or_it_is_closed(desk: Cli, closed: bool):
    ok(desk("pay", "A1", "all"))
    if closed:
        ok(desk("close", "A1", "--as", "paid"))
    why = "A1 is closed already" if closed else "nothing is owed on A1"
    for line in (("plan", "new", "A1", "--count", "3"), ("settle", "A1", "100", "--until", "eom")):
        refused = desk(*line)
        assert (refused.code, why in refused.err) == (1, True), refused.err
    again = desk("pay", "A1", "all")
    assert (again.code, "nothing left of it to pay" in again.err) == (2, True)
    assert payments(desk, "A1") == [("5000.00", "confirmed")]


# --- charges --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "total", "booked"),
    [
        ((), "5052.60", [("interest", "52.60")]),
        (("--penalty", "5%"), "5077.60", [("interest", "52.60"), ("penalty", "25.00")]),
        (("--penalty", "5%", "--cap", "10%/year"), "5021.92", [("interest", "21.92")]),
    ],
    ids=["interest", "penalty", "cap"],
)
def test_what_was_quoted_is_what_all_pays(
    desk: Cli, more: tuple[str, ...], total: str, booked: list[tuple[str, str]]
):
    ok(desk("terms", "A1", *RATE, *more))
    assert data(desk, "quote", "A1", now=on("12-13"))["total"] == total
    told = ok(desk("pay", "A1", "all"))
    assert f"paid {float(total):,.2f} CNY on Sun 2026-12-13 · owes 0.00 CNY" in told.out
    assert all(f"booked before it: {kind} {sum_}" in told.out for kind, sum_ in booked)
    assert ledger(desk) == [("opening", "5000.00"), *booked, ("payment", f"-{total}")]
    assert money(desk, "A1")["balance"] == data(desk, "quote", "A1")["total"] == "0.00"


def test_terms_keep_what_is_not_named_and_a_rate_ends_with_none(desk: Cli):
    ok(desk("terms", "A1", *RATE))
    told = ok(desk("terms", "A1", "--penalty", "5%", now=on("11-28")))
    assert "24%/year" in told.out
    ok(desk("terms", "A1", "--rate", "none", now=on("12-03")))
    quoted = data(desk, "quote", "A1", now=on("12-13"))
    assert (quoted["accrued"], quoted["new_penalty"], quoted["total"]) == ("26.30", "25.00", "5051.30")


def test_every_account_of_a_client_is_set_to_its_statement_in_one_step(desk: Cli, home: Path):
    later = BANK.replace("5000,4000,600", "5100,4000,700").replace("1200.01", "1100.01")
    (home / "later.csv").write_text(later, "utf-8")
    ok(desk("import", str(home / "later.csv"), "--policy", "cn"))
    assert money(desk, "A1")["difference"] == "100.00"
    ok(desk("charge", "--as-stated", "--client", "Bank"))
    found = {account: money(desk, account) for account in ("A1", "A2")}
    assert {a: m["balance"] for a, m in found.items()} == {"A1": "5100.00", "A2": "1100.01"}
    assert found["A1"]["interest"] == "700.00"
    assert desk("charge", "--as-stated", "--client", "Bank").code == 1
    ok(desk("undo"))
    assert [money(desk, account)["balance"] for account in ("A1", "A2")] == ["5000.00", "1200.01"]


# --- calculations ---------------------------------------------------------------------------------------


def test_calculations_know_their_currencies_and_help(desk: Cli):
    parts = ("calc", "instalments", "--amount", "100", "--count", "3", "--from", "2027-01-31")
    refused = desk(*parts, "--currency", "QQQ")
    assert (refused.code, "no currency is called 'QQQ'" in refused.err) == (2, True)
    told = ok(desk("calc"))
    assert all(name in told.out for name in ("allocate", "court-fee", "instalments", "interest", "penalty"))
    assert ok(desk("calc", "--json", "court-fee", "--claim", "20000")).data["fee"] == "300.00"


# --- grace ----------------------------------------------------------------------------------------------


def test_a_clients_days_of_grace_hold_at_once_and_so_does_their_end(desk: Cli):
    for account in ("A1", "C1"):
        ok(desk("log", account, "ptp", "300@2026-11-24"))
    ok(desk("config", "set", "grace", "3", "--client", "Bank"))
    assert row(desk, "A1", now=on("11-27"))["class"] == "promise-due"
    assert row(desk, "C1")["class"] == "promise-broken"
    assert row(desk, "A1", now=on("11-28"))["class"] == "promise-broken"
    assert row(desk, "A1", now=on("11-26"))["class"] == "promise-due"
    ok(desk("undo"))
    assert row(desk, "A1")["class"] == "promise-broken"
