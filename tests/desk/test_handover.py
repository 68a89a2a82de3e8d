"""A client's accounts from one collector's book into another's: all of their history, nothing of others."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Ran
from tests.test_money_day import MONDAY, data, ok, on

BANK = """account,name,id_number,phone,client,currency,balance,due_date,remarks,placement end
A1,Ann Example,110101199001011234,13800130001,Invented Bank,CNY,5000,2026-10-01,whistles at noon,2027-03-01
A2,Bob Sample,,13800130002,Invented Bank,CNY,900,2026-11-20,,
B1,Ann Example,110101199001011234,13800130001,Other Lender,CNY,100,2026-11-20,,
"""
WORK = [
    ("log", "A1", "ptp", "500@today", "payday"),
    ("pay", "A1", "500", "--ref", "R1"),
    ("log", "A1", "na", "tried twice", "--to", "13800130001"),
    ("log", "A1", "ptp", "300@11-27", "again", "--reason", "illness"),
    ("amend", "@", "ptp", "350@11-27"),
    ("log", "B1", "neg", "secretword", "--new-phone", "13800130077"),
    ("settle", "A1", "3000", "--until", "2026-12-20", "--approval", "AP1"),
    ("charge", "A1", "costs", "30"),
    ("plan", "new", "A2", "--count", "3"),
    ("pay", "A2", "100", "--claimed"),
    ("payment", "confirm", "A2"),
    ("request", "A2", "documents"),
    ("complaint", "add", "A1", "rude"),
    ("hold", "A2", "dispute", "--until", "2026-12-01"),
    ("person", "add-party", "A1", "Gil Guarantor", "--role", "guarantor", "--phone", "13800130009"),
    ("claim", "add", "A1", "1000", "--against", "guarantor"),
    ("claim", "settle", "1", "200", "--ref", "G1"),
    ("limit", "A1", "--hours", "12-14"),
    ("consent", "A1", "--channel", "call", "--hours", "21:00-22:00"),
    ("person", "warn", "A1", "a dog in the yard"),
    ("tag", "A1", "+vip"),
    ("policies", "set", "none", "--account", "A2"),
    ("log", "A2", "na", "taken back"),
    ("undo",),
]


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY)
    for line in WORK:
        cli.begin(*line)
    monkeypatch.chdir(home)
    return cli


@pytest.fixture
def there(desk: Cli, home: Path) -> Callable[..., Ran]:
    """A command on the colleague's book."""
    return lambda *line, **options: desk(*line, db=home / "colleague.db", **options)


def hand_over(desk: Cli) -> None:
    ok(desk("export", "handover", "h.jsonl", "--client", "Invented Bank", "--reveal", "--force"))


_NUMBERED = ("promise", "payment", "activity", "amends", "amended_by", "limit", "note", "claim", "complaint",
             "confirms", "settlement", "plan", "id", "operation", "request")  # fmt: skip


def alike(found: Any) -> Any:
    """A document without the numbers that a book gives to its facts."""
    if isinstance(found, dict):
        return {k: alike(v) for k, v in found.items() if k not in _NUMBERED or isinstance(v, dict | list)}
    return [alike(one) for one in found] if isinstance(found, list) else found


@pytest.mark.parametrize("account", ["A1", "A2"])
@pytest.mark.parametrize("now", [MONDAY, on("11-28"), on("12-30")])
def test_the_colleague_sees_what_was_seen_here(desk: Cli, there, account: str, now: str):
    ok(desk("close", "B1", "--as", "recalled"))
    hand_over(desk)
    ok(there("import", "h.jsonl"))
    here = alike(data(desk, "show", account, "--all", "--reveal", now=now))
    other = alike(json.loads(ok(there("show", account, "--all", "--reveal", "--json", now=now)).out)["data"])
    for made in (here, other):  # of the other client's account, which stays here
        made["person"].pop("total"), made["person"].pop("accounts"), made.pop("other_accounts")
        made["phones"] = [p["phone"] for p in made["phones"] if p["phone"] != "13800130077"]
        made["reasons"] = [r for r in made["reasons"] if "talk" not in r["text"]]
        made.pop("calls_left")
        made["analysis"].pop("calls"), made["analysis"].pop("best_time")
    assert other == here


def test_nothing_of_another_client_is_in_the_file(desk: Cli, home: Path):
    hand_over(desk)
    text = (home / "h.jsonl").read_text("utf-8")
    for word in ("Other Lender", "B1", "secretword", "13800130077"):
        assert word not in text
    assert "110101199001011234" in text
    assert (home / "h.jsonl").stat().st_mode & 0o777 == 0o600
    assert data(desk, "history")["entries"][0]["text"].startswith("handed over the accounts of Invented Bank")


def test_it_is_one_step_there_and_the_book_proves_itself(desk: Cli, there):
    hand_over(desk)
    ran = ok(there("import", "h.jsonl"))
    assert "2 accounts taken over, 0 were here already" in ran.out
    ok(there("book", "check"))
    assert [e["command"] for e in json.loads(there("history", "--json").out)["data"]["entries"]] == ["import"]
    found = ok(there("find", "tried")).out
    assert "A1" in found
    ok(there("log", "A1", "na", now=on("11-24")))
    refused = there("undo", "1")
    assert (refused.code, "build on step 1" in refused.err) == (1, True)
    ok(there("undo"))
    ok(there("undo"))
    assert json.loads(there("list", "--json").out)["data"]["total"] == 0
    ok(there("book", "check"))
    ok(there("redo"))
    ok(there("book", "check"))
    assert "A1" in ok(there("find", "tried")).out


def test_taken_over_twice_it_adds_nothing(desk: Cli, there):
    hand_over(desk)
    ok(there("import", "h.jsonl"))
    again = ok(there("import", "h.jsonl"))
    assert "0 accounts taken over, 2 were here already" in again.out
    assert "undo with" not in again.out


def test_who_is_known_there_stays_one_person(desk: Cli, there, home: Path):
    (home / "own.csv").write_text(BANK.splitlines()[0] + "\n" + BANK.splitlines()[3] + "\n", "utf-8")
    ok(there("import", "own.csv", "--policy", "cn"))
    hand_over(desk)
    ok(there("import", "h.jsonl"))
    shown = json.loads(ok(there("show", "A1", "--json")).out)["data"]
    assert shown["other_accounts"] == ["B1"]
    assert [p["phone"] for p in shown["phones"]] == ["13800130001"]
    ok(there("book", "check"))


def test_a_trial_stores_nothing(desk: Cli, there):
    hand_over(desk)
    assert "dry run" in ok(there("import", "h.jsonl", "--dry-run")).out
    assert there("list").out.count("\n") == 1


SPOILT: dict[str, tuple[Callable[[str], str], str]] = {
    "half": (lambda text: text[: len(text) // 2], "a line is damaged"),
    "no end": (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "its end is missing"),
    "another table": (
        lambda text: text.replace('"table":"payment"', '"table":"operation"', 1),
        "fit together",
    ),
    "another column": (lambda text: text.replace('"digits":', '"digets":', 1), "fit together"),
    "newer": (lambda text: text.replace('"version":1', '"version":2', 1), "newer collectctl"),
    "nobody": (lambda text: text.replace('"against":', '"against":9', 1), "fit together"),
    "no value": (lambda text: text.replace('"inbound":0', '"inbound":true', 1), "a line is damaged"),
    "a wrong value": (lambda text: text.replace('"inbound":0', '"inbound":"no"', 1), "fit together"),
    "less than nothing": (lambda text: text.replace('"amount":50000', '"amount":-50000', 1), "fit together"),
    "a number for a text": (lambda text: text.replace('"text":"payday"', '"text":7', 1), "fit together"),
    "no currency": (lambda text: text.replace('"currency":"CNY"', '"currency":""', 1), "fit together"),
    "no day": (lambda text: text.replace('"made_on":"2026-11-23"', '"made_on":"x"', 1), "fit together"),
    "deep": (lambda text: text.replace("\n", "\n[[[[", 1), "a line is damaged"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_was_damaged_or_forged_changes_nothing(desk: Cli, there, home: Path, how: str):
    spoil, said = SPOILT[how]
    hand_over(desk)
    spoilt = spoil((home / "h.jsonl").read_text("utf-8"))
    (home / "h.jsonl").write_text(spoilt, "utf-8")
    ran = there("import", "h.jsonl")
    assert (ran.code, said in ran.err) == (4, True), ran.err
    assert "Ann" not in ran.err
    assert there("list").out.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (("--client", "Invented Bank"), 2, "whole"),
        (("--reveal",), 2, "whose accounts"),
        (("--client", "Nobody", "--reveal"), 3, "no client is called"),
        (("bucket:M1", "--client", "Invented Bank", "--reveal"), 2, "of whole accounts"),
        (("--client", "Invented Bank", "--reveal", "--anonymise"), 2, "of whole accounts"),
    ],
)
def test_what_can_not_be_is_refused_in_words(desk: Cli, line: tuple[str, ...], code: int, said: str):
    ran = desk("export", "handover", "h.jsonl", *line)
    assert (ran.code, said in ran.err) == (code, True), ran.err
