"""Plans, settlements and requests over the days in which they are asked, agreed, kept and broken."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_money_day import BANK, data, money, ok, on, opened_desk, promises, row


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


def plan(cli: Cli, *options: str, account: str = "A1") -> list[tuple[str, str]]:
    """Day and amount of each part of a new plan."""
    return [(i["due"], i["amount"]) for i in data(cli, "plan", "new", account, *options)["instalments"]]


def hidden(cli: Cli, account: str, now: str = "") -> str | None:
    return data(cli, "show", account, now=now)["next"].get("hidden")


# --- plans ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (
            ("--count", "3", "--from", "2027-01-31"),
            [("2027-01-31", "1666.66"), ("2027-02-28", "1666.66"), ("2027-03-31", "1666.68")],
        ),
        (("--count", "2"), [("2026-12-23", "2500.00"), ("2027-01-23", "2500.00")]),
        (
            ("--each", "1000", "--each", "1500", "--each", "2000", "--down", "500", "--every", "2w"),
            [
                ("2026-11-23", "500.00"),
                ("2026-12-07", "1000.00"),
                ("2026-12-21", "1500.00"),
                ("2027-01-04", "2000.00"),
            ],
        ),
        (
            ("--each", "2000", "--every", "week"),
            [("2026-11-30", "2000.00"), ("2026-12-07", "2000.00"), ("2026-12-14", "1000.00")],
        ),
    ],
    ids=["month ends", "equal", "each part by itself", "one sum until it is covered"],
)
def test_a_plan_covers_the_balance(desk: Cli, options: tuple[str, ...], parts: list[tuple[str, str]]):
    assert plan(desk, *options) == parts


@pytest.mark.parametrize(("account", "last"), [("J1", "33334"), ("K1", "411.523")])
def test_the_last_part_takes_the_remainder_in_yen_and_dinar_too(desk: Cli, account: str, last: str):
    assert plan(desk, "--count", "3", account=account)[-1][1] == last


def test_sixty_months_are_the_most_in_china(desk: Cli):
    refused = desk("plan", "new", "A1", "--count", "61")
    assert refused.code == 1
    assert "at most 60 months" in refused.err
    assert "信用卡业务监督管理办法 art 70" in refused.err
    assert len(plan(desk, "--count", "60")) == 60


def test_a_plan_that_is_kept_stops_collection_and_shows_its_progress(desk: Cli):
    plan(desk, "--each", "2000", "--every", "week")
    assert hidden(desk, "A1") == "hold"
    assert desk("can", "A1").code == 1
    ok(desk("pay", "A1", "2000", now=on("11-29")))
    shown = data(desk, "show", "A1", now=on("11-30"))["plan"]
    assert (shown["state"], shown["kept"], shown["total"]) == ("running", "2000.00", "5000.00")
    assert [part["state"] for part in shown["instalments"]] == ["kept", "open", "open"]
    task = row(desk, "A1", now=on("12-05"))
    assert (task["class"], task["task"]) == ("instalment", "desk")
    assert "instalment 2 of 3" in task["reason"]
    ok(desk("pay", "A1", "2000", now=on("12-07")))
    ok(desk("pay", "A1", "1000", now=on("12-14")))
    assert data(desk, "plan", "show", "A1")["state"] == "kept"
    assert money(desk, "A1")["balance"] == "0.00"


def test_a_broken_part_ends_the_hold_and_brings_the_account_into_today(desk: Cli):
    plan(desk, "--count", "2", "--every", "week")
    assert (row(desk, "A1", now=on("12-01"))["task"], desk("can", "A1").code) == ("desk", 1)
    found = row(desk, "A1", now=on("12-02"))  # due on 11-30, a day of grace
    assert (found["class"], found["task"], found["hidden"]) == ("promise-broken", "call", None)
    assert desk("can", "A1").code == 0
    assert data(desk, "plan", "show", "A1")["state"] == "broken"
    assert data(desk, "today")["overnight"]["broken"] == 1


def test_a_cancelled_plan_takes_back_its_open_parts_and_its_hold(desk: Cli):
    plan(desk, "--count", "2", "--down", "500")
    ok(desk("pay", "A1", "500"))
    done = data(desk, "plan", "cancel", "A1")
    assert [part["state"] for part in done["instalments"]] == ["kept", "withdrawn", "withdrawn"]
    assert (hidden(desk, "A1"), desk("can", "A1").code) == (None, 0)
    assert desk("plan", "cancel", "A1").code == 3


def test_a_second_plan_waits_until_the_first_is_over(desk: Cli):
    plan(desk, "--count", "2", "--every", "week")
    assert desk("plan", "new", "A1", "--count", "3").code == 1
    ok(desk("plan", "cancel", "A1"))
    assert len(plan(desk, "--count", "3")) == 3


def test_a_broken_plan_gives_way_to_a_new_one(desk: Cli):
    plan(desk, "--count", "2", "--every", "week")
    ok(desk("today", now=on("12-02")))
    assert len(plan(desk, "--count", "4")) == 4
    assert desk("can", "A1").code == 1


def test_a_plan_beyond_the_placements_end_is_recorded_with_the_doubt(cli: Cli, home: Path):
    text = BANK.replace("product\n", "product,placement end\n").replace("loan\n", "loan,2026-12-31\n")
    opened_desk(cli, home, text)
    told = ok(cli("plan", "new", "A1", "--count", "3"))
    assert "beyond the placement's end, 2026-12-31" in told.err


# --- settlements ----------------------------------------------------------------------------------------


def test_a_settlement_is_asked_sent_approved_paid_in_parts_and_closes_the_account(desk: Cli):
    ok(desk("log", "A1", "neg", "--next", "2026-12-10"))
    made = data(desk, "settle", "A1", "3000", "--until", "2026-12-15", "--parts", "2")
    assert (made["state"], made["request"], made["reduction"]) == ("asked", 1, "2000.00")
    assert [p["amount"] for p in made["parts"]] == ["1500.00", "1500.00"]
    assert "ask the client: a reduction to 3,000.00" in row(desk, "A1")["reason"]
    ok(desk("request", "sent", "1"))
    waiting = row(desk, "A1", now=on("11-26"))
    assert (waiting["task"], "has not answered since 11-23" in waiting["reason"]) == ("desk", True)
    ok(desk("request", "answer", "1", "yes", "--approval", "AP7"))
    assert data(desk, "show", "A1")["settlement"]["state"] == "accepted"
    assert data(desk, "quote", "A1")["settlement"]["approval"] == "AP7"

    first = data(desk, "pay", "A1", "1500", "--ref", "S1", now=on("12-02"))
    assert (first["settled"], first["balance"]) == (None, "3500.00")
    chased = row(desk, "A1", now=on("12-13"))
    assert (chased["class"], chased["task"]) == ("instalment", "call")
    assert "settlement of 3,000.00 expires 12-15, 1,500.00 came" in chased["reason"]

    last = data(desk, "pay", "A1", "1500", "--ref", "S2")
    assert (last["settled"], last["balance"]) == (1, "0.00")
    shown = data(desk, "show", "A1")
    assert (shown["state"], shown["settlement"]["state"]) == ("closed", "paid")
    assert (shown["money"]["balance"], shown["paid"]) == ("0.00", "3000.00")
    assert shown["ledger"][-1]["amount"] == "-2000.00"
    report = data(desk, "report")
    assert report["settled"] == {"count": 1, "amount": {"CNY": "3000.00"}, "reduction": {"CNY": "2000.00"}}


def test_a_settlement_whose_payment_bounced_opens_the_account_again(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "2026-12-15", "--approval", "AP1"))
    ok(desk("pay", "A1", "3000", "--ref", "S1"))
    assert data(desk, "show", "A1")["state"] == "closed"
    told = ok(desk("payment", "reverse", "A1", "S1", now=on("11-25")))
    assert "it is owed on again: the account is open" in told.out
    shown = data(desk, "show", "A1")
    assert (shown["state"], shown["settlement"]["state"]) == ("open", "accepted")
    assert shown["money"]["balance"] == "5000.00"


def test_a_settlement_that_expires_brings_the_whole_balance_back(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "2026-11-30", "--approval", "AP1"))
    assert row(desk, "A1", now=on("11-27")) == {}
    assert "expires 11-30" in row(desk, "A1", now=on("11-28"))["reason"]
    ok(desk("pay", "A1", "1000", now=on("11-29")))
    late = data(desk, "pay", "A1", "2000", now=on("12-01"))
    assert (late["settled"], late["balance"]) == (None, "2000.00")
    assert data(desk, "show", "A1")["settlement"]["state"] == "expired"
    assert data(desk, "quote", "A1")["settlement"] is None


def test_a_settlement_that_the_client_refuses_is_off(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "2026-12-15"))
    told = ok(desk("request", "answer", "1", "no"))
    assert "the whole balance is owed" in told.out
    assert data(desk, "show", "A1")["settlement"]["state"] == "refused"
    assert promises(desk, "--open") == []


def test_a_settlement_paid_before_its_approval_closes_the_account_with_it(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", "2026-12-15"))
    assert data(desk, "pay", "A1", "3000")["settled"] is None
    told = ok(desk("request", "answer", "1", "yes", now=on("11-25")))
    assert "closed as settled" in told.out
    assert data(desk, "show", "A1")["state"] == "closed"


def test_a_settlement_takes_the_place_of_a_plan(desk: Cli):
    plan(desk, "--count", "2")
    ok(desk("settle", "A1", "3000", "--until", "2026-12-15", "--approval", "AP1"))
    assert promises(desk, "--open") == [("A1", "3000.00", "open")]
    assert desk("can", "A1").code == 0


# --- requests -------------------------------------------------------------------------------------------


def test_a_reduction_that_the_debtor_wants_is_asked_of_the_client(desk: Cli):
    ok(desk("log", "A1", "st", "4000"))
    (asked,) = data(desk, "request", "list")["requests"]
    assert (asked["kind"], asked["amount"], asked["state"]) == ("reduction", "4000.00", "asked")
    found = row(desk, "A1")
    assert (found["task"], found["reason"]) == ("desk", "ask the client: a reduction to 4,000.00")
    told = ok(desk("request", "answer", "1", "yes", "--until", "2026-12-15", "--approval", "AP2"))
    assert "collectctl settle A1 4000.00 --until 2026-12-15" in told.out
    assert "approved until 12-15: tell them" in row(desk, "A1")["reason"]
    settled = data(desk, "settle", "A1", "4000", "--until", "2026-12-15")
    assert (settled["state"], settled["approval"], settled["request"]) == ("accepted", "AP2", 1)


def test_more_time_that_is_granted_moves_the_placements_end(cli: Cli, home: Path):
    text = BANK.replace("product\n", "product,placement end\n").replace("loan\n", "loan,2026-12-31\n")
    opened_desk(cli, home, text)
    ok(cli("request", "A1", "extension", "--until", "2027-02-28", "needs more time"))
    ok(cli("request", "answer", "1", "yes"))
    assert data(cli, "show", "A1")["placement"]["until"] == "2027-02-28"
    ok(cli("undo"))
    assert data(cli, "show", "A1")["placement"]["until"] == "2026-12-31"


def test_requests_are_asked_for_several_accounts_and_by_their_chinese_names(desk: Cli):
    ok(desk("request", "-", "查账", stdin="A1\nA2\n"))
    ok(desk("request", "ask", "C1", "documents"))
    ok(desk("request", "answer", "1", "no"))
    found = data(desk, "request", "list")["requests"]
    assert [(r["account"], r["kind"], r["state"]) for r in found] == [
        ("A2", "statement", "asked"),
        ("C1", "documents", "asked"),
        ("A1", "statement", "refused"),
    ]
    assert desk("request", "answer", "1", "yes").code == 1
    ok(desk("undo", "-n", "3"))
    assert data(desk, "request", "list")["requests"] == []
