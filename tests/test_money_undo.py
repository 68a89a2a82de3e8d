"""Undo and redo of each command that moves money: everything is again as it was, and as it had become."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_money_day import BANK, MONDAY, data, ok, opened_desk

RATE = ("--rate", "24%/year", "--basis", "360", "--last-day", "not", "--payment-day", "new")
ACCOUNTS = ("A1", "A2", "C1", "J1", "K1")
BEFORE = [  # what has happened before each command
    ("pay", "A1", "100", "--ref", "R1"),
    ("pay", "A1", "70", "--claimed", "--ref", "T1"),
    ("log", "A1", "ptp", "200@fri"),
    ("plan", "new", "A2", "--count", "2"),
    ("settle", "C1", "5000", "--until", "2026-12-15"),
    ("settle", "J1", "9000", "--until", "2026-12-15", "--approval", "AP1"),
    ("request", "A1", "extension", "--until", "2027-02-28"),
]
COMMANDS = [
    ("pay", "A1", "300"),
    ("pay", "A1", "70"),
    ("pay", "A1", "all"),
    ("pay", "A1", "99999"),
    ("pay", "J1", "9000"),
    ("pay", "A1", "70", "--claimed"),
    ("payment", "confirm", "A1"),
    ("payment", "reverse", "A1", "R1"),
    ("payment", "reverse", "A1", "T1"),
    ("promise", "add", "A1", "100@fri", "200@eom"),
    ("promise", "withdraw", "A1"),
    ("plan", "new", "A1", "--count", "3", "--down", "100"),
    ("plan", "cancel", "A2"),
    ("settle", "A1", "3000", "--until", "2026-12-15", "--parts", "2"),
    ("settle", "A2", "300", "--until", "2026-12-15", "--approval", "AP2"),
    ("settle", "C1", "4000", "--until", "2026-12-15"),
    ("request", "A1", "documents"),
    ("request", "sent", "1"),
    ("request", "answer", "1", "yes", "--approval", "AP3"),
    ("request", "answer", "1", "no"),
    ("request", "answer", "2", "yes"),
    ("terms", "A1", *RATE, "--cap", "24%/year"),
    ("charge", "A1", "costs", "50"),
    ("charge", "K1", "--as-stated"),
    ("log", "A1", "st", "4000"),
    ("log", "A1", "cp", "40"),
    ("config", "set", "grace", "0"),
    ("config", "set", "order", "interest", "--client", "Invented Bank"),
    ("import", "paid.csv"),
]
PAID = """payment_id,account,payment date,amount paid
P1,A1,2026-11-23,70
P2,A2,2026-11-23,600.01
P3,C1,2026-11-23,11700
P4,J1,2026-11-23,9000
"""


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A book with a bit of everything."""
    (home / "later.csv").write_text(BANK.replace("KWD,1234.567", "KWD,1200.000"), "utf-8")
    (home / "paid.csv").write_text(PAID, "utf-8")
    monkeypatch.chdir(home)
    opened_desk(cli, home)
    for line in (*BEFORE, ("import", "later.csv")):
        cli.begin(*line)
    return cli


def everything(cli: Cli, *accounts: str) -> dict[str, Any]:
    """What a collector can see of the money of the book, and of some accounts in particular."""
    lists = [("today", "--limit", "50"), ("promise", "list"), ("payment", "list"), ("request", "list")]
    seen: dict[str, Any] = {" ".join(line): data(cli, *line) for line in (*lists, ("report",))}
    for account in accounts:
        seen[account] = data(cli, "show", account)
        seen["quote " + account] = data(cli, "quote", account, "--on", "2026-12-31")
    return seen


_FIRST: dict[tuple[str, ...], dict[str, Any]] = {}  # what is seen of the book of `desk`, by accounts


@pytest.mark.parametrize("line", COMMANDS, ids=" ".join)
def test_undone_it_is_as_it_was_and_redone_as_it_had_become(desk: Cli, line: tuple[str, ...]):
    touched = tuple(word for word in line if word in ACCOUNTS) or ("A1", "C1")
    before = _FIRST.get(touched) or _FIRST.setdefault(touched, everything(desk, *touched))
    ok(desk(*line))
    after = everything(desk, *touched)
    assert after != before or line[0] == "config"
    assert "undone: step" in ok(desk("undo")).out
    assert everything(desk, *touched) == before
    ok(desk("redo"))
    assert everything(desk, *touched) == after


def test_many_steps_undone_together_give_the_first_morning_back(cli: Cli, home: Path):
    desk = opened_desk(cli, home)
    first = everything(desk, *ACCOUNTS)
    for line in BEFORE:
        ok(desk(*line))
    ok(desk("undo", "-n", str(len(BEFORE))))
    assert everything(desk, *ACCOUNTS) == first


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (("pay", "A1", "70", "--claimed"), ("payment", "confirm", "A1")),
        (("pay", "A1", "70", "--claimed"), ("pay", "A1", "70")),
        (("pay", "A1", "70", "--ref", "R"), ("payment", "reverse", "A1", "R")),
        (("plan", "new", "A1", "--count", "2"), ("plan", "cancel", "A1")),
        (("request", "A1", "documents"), ("request", "sent", "1")),
        (("request", "A1", "documents"), ("request", "answer", "1", "yes")),
        (("settle", "A1", "3000", "--until", "eom"), ("request", "answer", "1", "no")),
        (("promise", "add", "A1", "100@fri"), ("promise", "withdraw", "A1")),
    ],
    ids=lambda line: " ".join(line),
)
def test_a_step_that_later_ones_build_on_is_not_undone_before_them(
    cli: Cli, home: Path, first: tuple[str, ...], later: tuple[str, ...]
):
    desk = opened_desk(cli, home)
    ok(desk(*first))
    ok(desk(*later))
    before = data(desk, "show", "A1")
    refused = desk("undo", "2")
    assert (refused.code, "later steps build on step 2: 3" in refused.err) == (1, True)
    assert data(desk, "show", "A1") == before
    ok(desk("undo", "3", now=MONDAY))
    ok(desk("undo", "2"))
    assert data(desk, "payment", "list", "A1")["payments"] == []
