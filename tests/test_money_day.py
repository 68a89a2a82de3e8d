"""Money as it comes in over several days: claims, payments, what bounced, promises kept and broken."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Ran

BANK = """\
account,name,phone,client,currency,balance,principal,interest,fees,costs,minimum due,due_date,product
A1,Ann Example,13800130001,Invented Bank,CNY,5000,4000,600,100,300,500,2026-10-01,loan
A2,Bob Sample,13800130002,Invented Bank,CNY,1200.01,,,,,,2026-09-10,loan
C1,Cy Cardholder,13800130003,Invented Cards,CNY,11700,10000,1200,,500,,2026-09-01,credit card
J1,Jun Invented,13800130004,Invented Yen,JPY,100000,,,,,,2026-10-01,loan
K1,Kay Invented,13800130005,Invented Dinar,KWD,1234.567,,,,,,2026-10-01,loan
"""
MONDAY = "2026-11-23T09:00"


def ok(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    return ran


def on(day: str) -> str:
    """`on("11-27")`: nine in the morning of that day."""
    return f"2026-{day}T09:00"


def opened_desk(cli: Cli, home: Path, text: str = BANK) -> Cli:
    """The book of an invented bank, on Monday 2026-11-23."""
    (home / "bank.csv").write_text(text, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY)
    return cli


def data(cli: Cli, *line: str, now: str = "") -> Any:
    return ok(cli(*line, "--json", now=now)).data


def money(cli: Cli, account: str) -> dict[str, str]:
    shown = data(cli, "show", account)
    return {**shown["money"], "paid": shown["paid"]}


def row(cli: Cli, account: str, now: str = "") -> dict[str, Any]:
    """The account's row of `today`, {} where it has none."""
    rows = data(cli, "today", "--limit", "50", now=now)["rows"]
    return next((r for r in rows if r["account"] == account), {})


def promises(cli: Cli, *options: str, now: str = "") -> list[tuple[str, str, str]]:
    """What `promise list` says: account, amount and state."""
    found = data(cli, "promise", "list", *options, now=now)["promises"]
    return [(p["account"], p["amount"], p["state"]) for p in found]


def payments(cli: Cli, account: str) -> list[tuple[str, str]]:
    """What `payment list` says: amount and state, oldest number first."""
    found = data(cli, "payment", "list", account)["payments"]
    return [(p["amount"], p["state"]) for p in sorted(found, key=lambda p: p["payment"])]


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


# --- claims ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "confirms"), [("11-23", 1), ("11-28", 1), ("11-29", None)])
def test_a_payment_of_the_same_sum_confirms_a_claim_for_five_days(desk: Cli, day: str, confirms: int | None):
    ok(desk("pay", "A1", "500", "--claimed"))
    paid = data(desk, "pay", "A1", "500", now=on(day))
    assert (paid["confirms"], paid["balance"]) == (confirms, "4500.00")
    assert payments(desk, "A1") == [
        ("500.00", "claim-confirmed" if confirms else "claimed"),
        ("500.00", "confirmed"),
    ]


def test_a_payment_that_came_before_what_was_claimed_for_a_later_day_confirms_it(desk: Cli):
    ok(desk("log", "A1", "cp", "600@2026-11-21"))
    assert data(desk, "pay", "A1", "600", "--on", "2026-11-16")["confirms"] == 1


def test_another_sum_confirms_no_claim_and_a_claim_is_not_money(desk: Cli):
    claimed = data(desk, "pay", "A1", "500", "--claimed")
    assert (claimed["state"], claimed["balance"], claimed["order"]) == ("claimed", "5000.00", None)
    assert set(claimed["allocation"].values()) == {"0.00"}
    assert data(desk, "pay", "A1", "499.99")["confirms"] is None
    assert money(desk, "A1")["balance"] == "4500.01"


def test_the_only_claim_is_confirmed_without_naming_it(desk: Cli):
    ok(desk("log", "A1", "cp", "500"))
    confirmed = data(desk, "payment", "confirm", "A1", now=on("11-30"))
    assert (confirmed["confirms"], confirmed["on"], confirmed["balance"]) == (1, "2026-11-23", "4500.00")
    other = desk("payment", "confirm", "A1")
    assert (other.code, "no claim that is open" in other.err) == (3, True)


def test_of_several_claims_one_is_named_by_number_or_reference(desk: Cli):
    ok(desk("pay", "A1", "500", "--claimed"))
    ok(desk("pay", "A1", "200", "--claimed", "--ref", "T2"))
    unnamed = desk("payment", "confirm", "A1")
    assert unnamed.code == 2
    assert "#1 500.00 2026-11-23, #2 200.00 2026-11-23" in unnamed.err
    assert data(desk, "payment", "confirm", "A1", "T2")["amount"] == "200.00"
    moved = data(desk, "payment", "confirm", "A1", "#1", "--on", "2026-11-22")
    assert (moved["amount"], moved["on"]) == ("500.00", "2026-11-22")


def test_a_claim_is_a_desk_task_two_days_later(desk: Cli):
    ok(desk("log", "A1", "cp", "500"))
    found = row(desk, "A1", now=on("11-25"))
    assert (found["class"], found["task"]) == ("verify", "desk")
    assert "500.00" in found["reason"]


# --- payments -------------------------------------------------------------------------------------------


def test_the_same_reference_twice_adds_nothing_and_with_another_sum_it_is_refused(desk: Cli):
    ok(desk("pay", "A1", "200", "--ref", "R1"))
    again = ok(desk("pay", "A1", "200", "--ref", "R1"))
    assert "on record already" in again.out
    assert desk("pay", "A1", "201", "--ref", "R1").code == 1
    assert payments(desk, "A1") == [("200.00", "confirmed")]


def test_what_is_paid_too_much_is_a_credit_and_nobody_is_called_any_more(desk: Cli):
    paid = data(desk, "pay", "A1", "5100")
    assert (paid["allocation"]["credit"], paid["balance"]) == ("100.00", "-100.00")
    shown = money(desk, "A1")
    assert (shown["balance"], shown["credit"], shown["principal"]) == ("-100.00", "100.00", "0.00")
    found = row(desk, "A1")
    assert (found["task"], found["class"]) == ("desk", "follow-up")
    assert "nothing is owed any more" in found["reason"]


def test_nothing_owed_any_more_is_said_with_what_to_do(desk: Cli):
    told = ok(desk("pay", "A2", "all")).out
    assert "nothing is owed any more" in told
    assert "--as paid" in told
    assert row(desk, "A2")["task"] == "desk"
    ok(desk("close", "A2", "--as", "paid"))
    assert row(desk, "A2") == {}


def test_what_bounced_is_owed_again_and_breaks_what_it_kept(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    ok(desk("pay", "A1", "300", "--ref", "R1", now=on("11-25")))
    assert promises(desk) == [("A1", "300.00", "kept")]
    back = data(desk, "payment", "reverse", "A1", "R1", "--text", "bounced", now=on("12-01"))
    assert (back["state"], back["reversed_on"], back["balance"]) == ("reversed", "2026-12-01", "5000.00")
    assert promises(desk) == [("A1", "300.00", "broken")]
    found = row(desk, "A1")
    assert (found["class"], found["task"]) == ("promise-broken", "call")
    report = data(desk, "report")
    assert report["reversed"] == {"count": 1, "amount": {"CNY": "300.00"}}
    assert report["fallen_due"]["broken"] == 1


def test_a_payment_that_bounced_before_its_promise_fell_due_leaves_it_open(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    ok(desk("pay", "A1", "300", "--ref", "R1"))
    ok(desk("payment", "reverse", "A1", "R1", now=on("11-24")))
    assert promises(desk) == [("A1", "300.00", "open")]


# --- promises -------------------------------------------------------------------------------------------


def test_promises_over_a_week_are_kept_partly_kept_and_broken(desk: Cli):
    for account in ("A1", "A2", "C1"):
        ok(desk("log", account, "ptp", "300@fri"))
    assert {state for _a, _s, state in promises(desk)} == {"open"}
    ok(desk("pay", "A1", "300", now=on("11-26")))
    ok(desk("pay", "A2", "120", now=on("11-27")))
    assert promises(desk, "--open", now=on("11-28")) == [("A2", "300.00", "open"), ("C1", "300.00", "open")]
    assert promises(desk, "--broken", now=on("11-29")) == [
        ("A2", "300.00", "partly-kept"),
        ("C1", "300.00", "broken"),
    ]
    assert promises(desk, "--kept") == [("A1", "300.00", "kept")]
    assert promises(desk, "--due", "2026-11-27") == promises(desk)
    assert promises(desk, "--due", "2026-11-28") == []
    assert [row(desk, account)["class"] for account in ("A2", "C1")] == ["promise-broken"] * 2
    due = data(desk, "report", "--from", "2026-11-23", "--to", "2026-11-29")["fallen_due"]
    assert (due["kept"], due["partly"], due["broken"]) == (1, 1, 1)
    assert (due["kept_amount"], due["broken_amount"]) == ({"CNY": "420.00"}, {"CNY": "480.00"})


def test_a_second_promise_takes_the_place_of_the_first_and_says_so(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    told = desk("log", "A1", "ptp", "400@2026-11-30", now=on("11-24"))
    assert "the promise of 300.00 for 2026-11-27 is withdrawn by this one" in told.err
    assert promises(desk) == [("A1", "300.00", "withdrawn"), ("A1", "400.00", "open")]


def test_parts_of_one_promise_stand_together_and_money_goes_to_the_oldest(desk: Cli):
    ok(desk("promise", "add", "A1", "100@fri", "200@2026-11-30"))
    ok(desk("pay", "A1", "150", now=on("11-26")))
    found = data(desk, "promise", "list")["promises"]
    assert [(p["state"], p["kept_amount"]) for p in found] == [("kept", "100.00"), ("open", "50.00")]


def test_somebody_elses_promise_names_the_payer_and_leaves_the_debtors_own(desk: Cli):
    ok(desk("promise", "add", "A1", "100@fri"))
    ok(desk("promise", "add", "A1", "200@fri", "--payer", "Aunt Invented"))
    found = data(desk, "promise", "list", "--open")["promises"]
    assert [p["payer"] for p in found] == [None, "Aunt Invented"]
    ok(desk("promise", "add", "A2", "200@fri", "--payer", "Aunt Invented"))
    assert "Aunt Invented" in row(desk, "A2", now=on("11-27"))["reason"]


def test_money_from_before_the_promise_does_not_keep_it(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    paid = data(desk, "pay", "A1", "300", "--on", "2026-11-22")
    assert paid["promise"] is None
    assert promises(desk) == [("A1", "300.00", "open")]


def test_a_promise_is_taken_back_and_its_history_survives(desk: Cli):
    ok(desk("promise", "add", "A1", "100@fri"))
    ok(desk("promise", "withdraw", "A1"))
    assert promises(desk) == [("A1", "100.00", "withdrawn")]
    assert desk("promise", "withdraw", "A1").code == 3


def test_an_odd_promise_is_recorded_with_the_doubt(desk: Cli):
    told = ok(desk("promise", "add", "A2", "9999@2026-12-24"))
    assert "9,999.00 is above the balance of 1,200.01" in told.err
    assert promises(desk) == [("A2", "9999.00", "open")]


# --- grace ----------------------------------------------------------------------------------------------


def test_grace_is_a_setting_of_the_book_and_of_a_client(desk: Cli):
    ok(desk("config", "set", "grace", "3"))
    ok(desk("config", "set", "grace", "0", "--client", "Invented Cards"))
    for account in ("A1", "C1"):
        ok(desk("log", account, "ptp", "300@2026-11-24"))
    states = {
        day: [state for _a, _s, state in promises(desk, now=on(day))] for day in ("11-24", "11-25", "11-28")
    }
    assert states == {
        "11-24": ["open", "open"],
        "11-25": ["open", "broken"],
        "11-28": ["broken", "broken"],
    }


def test_grace_undone_is_what_it_was(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@2026-11-24"))
    before = data(desk, "today", now=on("11-26"))
    assert row(desk, "A1")["class"] == "promise-broken"
    ok(desk("config", "set", "grace", "5"))
    assert row(desk, "A1")["class"] == "promise-due"
    ok(desk("undo"))
    assert data(desk, "today")["rows"] == before["rows"]
    ok(desk("redo"))
    assert row(desk, "A1")["class"] == "promise-due"
