"""Faults of plans, settlements and requests that were found once and must not come back, end to end."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_money_day import MONDAY, data, money, ok, on, promises, row
from tests.test_money_mended import BANK, ledger, shown

DAY = "2026-12-15"


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY)
    return cli


def requests(cli: Cli) -> list[tuple[int, str]]:
    found = data(cli, "request", "list")["requests"]
    return sorted((r["request"], r["state"]) for r in found)


# --- what came before -----------------------------------------------------------------------------------


def test_money_from_before_a_settlement_is_none_of_it(desk: Cli):
    ok(desk("pay", "A1", "2000"))
    ok(desk("settle", "A1", "2000", "--until", "eom", "--approval", "Z"))
    found = shown(desk)
    assert (found["settlement"]["paid"], found["plan"]["kept"]) == ("0.00", "0.00")
    assert (found["state"], found["money"]["balance"]) == ("open", "3000.00")
    assert promises(desk) == [("A1", "2000.00", "open")]
    assert data(desk, "pay", "A1", "2000", now=on("11-24"))["settled"] == 1


def test_money_from_before_a_plan_keeps_no_part_of_it(desk: Cli):
    ok(desk("pay", "A1", "2000"))
    made = data(desk, "plan", "new", "A1", "--count", "3")
    assert [(p["amount"], p["state"]) for p in made["instalments"]] == [("1000.00", "open")] * 3
    assert shown(desk)["plan"]["kept"] == "0.00"


def test_money_after_a_settlement_was_paid_is_a_credit(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", DAY, "--approval", "Z"))
    ok(desk("pay", "A1", "3000"))
    more = data(desk, "pay", "A1", "100", now=on("11-24"))
    assert (more["allocation"]["credit"], more["balance"]) == ("100.00", "-100.00")
    assert ("reduction", "-2000.00") in ledger(desk)
    report = data(desk, "report", "--from", "2026-11-23", "--to", "2026-11-24")
    assert report["settled"]["reduction"] == {"CNY": "2000.00"}


# --- plans ----------------------------------------------------------------------------------------------


def test_a_part_claimed_on_its_day_keeps_the_plans_hold_until_the_claim_is_off(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2", "--every", "week"))
    ok(desk("pay", "A1", "2500", "--claimed", "--ref", "Q", now=on("11-30")))
    found = row(desk, "A1", now=on("12-03"))
    assert (found["class"], found["task"]) == ("verify", "desk")
    assert desk("can", "A1").code == 1
    ok(desk("payment", "reverse", "A1", "Q"))
    assert row(desk, "A1")["class"] == "promise-broken"
    assert desk("can", "A1").code == 0


def test_the_hold_of_a_broken_plan_has_an_end(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2", "--every", "week"))
    (hold,) = shown(desk)["holds"]
    assert (hold["kind"], hold["until"]) == ("plan", None)
    (hold,) = shown(desk, now=on("12-02"))["holds"]
    assert (hold["from"], hold["until"]) == ("2026-11-23", "2026-12-01")


# --- settlements and requests ---------------------------------------------------------------------------


def test_a_settlement_is_chased_only_once_the_client_approved_it(desk: Cli):
    ok(desk("log", "A1", "neg", "--next", "2026-12-30"))
    ok(desk("settle", "A1", "3000", "--until", DAY))
    assert promises(desk) == []
    found = row(desk, "A1", now=on("12-14"))
    assert (found["task"], "ask the client: a reduction to 3,000.00" in found["reason"]) == ("desk", True)
    ok(desk("request", "answer", "1", "yes"))
    assert promises(desk) == [("A1", "3000.00", "open")]
    found = row(desk, "A1", now=on("12-16"))
    assert (found["class"], found["task"]) == ("promise-broken", "call")
    assert "settlement of 3,000.00 expired 12-15" in found["reason"]


@pytest.mark.parametrize(
    ("newer", "states"),
    [
        (("log", "A1", "st", "4000"), [(1, "replaced"), (2, "asked")]),
        (("request", "ask", "A1", "reduction", "4000"), [(1, "replaced"), (2, "asked")]),
        (("settle", "A1", "4000", "--until", DAY, "--approval", "Z"), [(1, "replaced")]),
    ],
    ids=["log", "request", "settle"],
)
def test_a_newer_reduction_takes_the_place_of_one_that_was_asked_for(
    desk: Cli, newer: tuple[str, ...], states: list[tuple[int, str]]
):
    ok(desk("log", "A1", "st", "3000"))
    assert "a reduction to 3,000.00" in row(desk, "A1")["reason"]
    ok(desk(*newer))
    assert requests(desk) == states
    assert "3,000.00" not in row(desk, "A1").get("reason", "")
    ok(desk("undo"))
    assert requests(desk) == [(1, "asked")]


def test_a_settlement_that_was_answered_is_not_undone_under_its_answer(desk: Cli):
    ok(desk("settle", "A1", "3000", "--until", DAY))
    ok(desk("request", "answer", "1", "yes"))
    refused = desk("undo", "2")
    assert (refused.code, "later steps build on step 2: 3" in refused.err) == (1, True)
    assert shown(desk)["settlement"]["state"] == "accepted"
    ok(desk("undo", "-n", "2"))
    assert (requests(desk), shown(desk)["settlement"]) == ([], None)


@pytest.mark.parametrize("amount", ["5000", "5000.01", "all"])
def test_a_settlement_that_lets_nothing_off_is_refused(desk: Cli, amount: str):
    refused = desk("settle", "A1", amount, "--until", "eom", "--approval", "Z")
    assert (refused.code, "is not below the balance of 5,000.00" in refused.err) == (2, True)
    assert (requests(desk), promises(desk)) == ([], [])
    assert money(desk, "A1")["balance"] == "5000.00"
