"""Logs of contacts as our own export writes them, and real ones."""

import csv
import io
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_call_logs import BOOK, STANDING, rows
from tests.test_money_day import data, ok

FIELDS = [
    "account", "client", "at", "channel", "direction", "outcome", "who", "number", "party", "relation",
    "text", "talk_seconds", "recording", "agent", "reason", "promised_amount", "promised_on", "currency",
    "next_at",
    "purpose", "written", "raised_by",
]  # fmt: skip
USUAL = {"account": "A1", "client": "Bank", "channel": "call", "direction": "out", "who": "none",
         "written": "no", "raised_by": "us"}  # fmt: skip
EXPORTED: list[dict[str, str]] = [
    {"at": "2026-11-19T10:00:00+08:00", "outcome": "no-answer", "number": "2025550101"},
    {
        "at": "2026-11-19T10:20:00+08:00", "outcome": "relayed", "who": "third", "number": "2025550109",
        "party": "Moe Invented", "relation": "母亲", "text": "asked her", "talk_seconds": "31",
        "recording": "r-1.wav", "next_at": "2026-11-24T10:00:00+08:00",
    },
    {
        "at": "2026-11-19T11:00:00+08:00", "direction": "in", "outcome": "promise", "who": "self",
        "number": "2025550101", "party": "debtor", "text": "=1+1, [red]x[/]", "talk_seconds": "95",
        "agent": "Lee Invented", "reason": "income-loss", "promised_amount": "200.00; 300.00",
        "promised_on": "2026-11-27; 2026-12-04", "currency": "USD",
    },
    {
        "at": "2026-11-19T12:00:00+08:00", "channel": "email", "outcome": "sent", "purpose": "notice",
        "number": "ann@example.test", "written": "yes",
    },
    {
        "account": "A2", "at": "2026-11-19T11:00:00+08:00", "direction": "in", "outcome": "negotiating",
        "who": "self", "number": "2025550101", "party": "debtor", "next_at": "2026-11-30",
        "raised_by": "them",
    },
    {
        "account": "B1", "at": "2026-11-18T09:30:00+08:00", "channel": "visit", "outcome": "nobody-home",
        "number": "1 Invented Street",
    },
    {
        "account": "B1", "at": "2026-11-20T09:30:00+08:00", "channel": "", "outcome": "note",
        "text": "只是备注",
    },
]  # fmt: skip


def exported() -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, FIELDS, restval="")
    writer.writeheader()
    writer.writerows({**USUAL, **row} for row in EXPORTED)
    return made.getvalue()


def test_a_log_with_the_fields_as_its_header_gives_the_same_activities(cli: Cli, home: Path):
    (home / "book.csv").write_text(BOOK, "utf-8")
    (home / "calls.csv").write_text(exported(), "utf-8")
    ok(cli("import", str(home / "book.csv")))
    assert "calls.csv: activities" in ok(cli("import", str(home / "calls.csv"))).out
    given: list[dict[str, Any]] = [dict.fromkeys(FIELDS, "") | USUAL | row for row in EXPORTED]
    found = rows(home, STANDING)
    plain = ("channel", "outcome", "who", "number", "party", "text")
    assert [(r[1], *r[3:8]) for r in found] == [tuple(g[field] for field in plain) for g in given]
    more = ("direction", "talk_seconds", "recording", "agent", "reason", "purpose", "written", "raised_by")
    assert [
        (
            "in" if r[2] else "out",
            str(r[8] or ""),
            r[9] or "",
            *r[10:12],
            r[14],
            "yes" if r[15] else "no",
            r[16],
        )
        for r in found
    ] == [tuple(g[field] for field in more) for g in given]
    assert [r[0] for r in found][:2] == ["2026-11-19T02:00:00Z", "2026-11-19T02:20:00Z"]
    then = [("2026-11-24T02:00:00Z", None), (None, "2026-11-30")]
    assert [(r[12], r[13]) for r in found if r[12] or r[13]] == then
    made = "2026-11-19T03:00:00Z"
    assert rows(home, "select made_at, due_on, amount, currency from promise order by id") == [
        (made, "2026-11-27", 20000, "USD"), (made, "2026-12-04", 30000, "USD"),
    ]  # fmt: skip
    assert data(cli, "import", str(home / "calls.csv"))["activities"]["known"] == len(EXPORTED)


# --- real files ---------------------------------------------------------------------------------------------


def sample(path: str) -> str:
    folder = os.environ.get("COLLECTCTL_DATA")
    if not folder:
        pytest.skip("COLLECTCTL_DATA names no folder with sample files")
    return str(Path(folder) / path)


def test_attempts_with_outcomes_that_are_not_ours(cli: Cli, home: Path):
    attempts = sample("collections_t2h/collection_attempts.csv")
    ok(cli("import", sample("collections_t2h/debtors.csv"), "--client", "Invented", "--currency", "USD"))
    refused = cli("import", attempts)
    assert (refused.code, refused.err.count("OUTCOME")) == (4, 4)
    meant = {"No Response": "na", "Failure": "rtp", "Partial Payment": "neg", "Success": "ptp"}
    maps = [word for theirs, ours in meant.items() for word in ("--map", f"outcome:{theirs}={ours}")]
    told = data(cli, "import", attempts, *maps)
    assert (told["rows"], told["new"], told["errors"]) == (3000, 3000, [])
    assert [(o["as"], o["rows"]) for o in told["activities"]["outcomes"]] == [
        ("no-answer", 761), ("refused", 751), ("negotiating", 745), ("promise", 743),
    ]  # fmt: skip
    assert data(cli, "import", attempts)["activities"]["known"] == 3000
    none = "select count(*) from worklist where last_on is null"
    assert rows(home, none) == [(1,)]


def test_collection_records_with_impossible_promises(cli: Cli, home: Path):
    records = sample("lending_in/collection.csv")
    lines = csv.DictReader(Path(records).read_text("utf-8").splitlines())
    accounts = {line["application_id"] for line in lines}
    text = "account,client,currency,balance\n" + "".join(f"{a},Invented,INR,1\n" for a in accounts)
    (home / "accounts.csv").write_text(text, "utf-8")
    ok(cli("import", str(home / "accounts.csv")))
    meant = {"Contacted": "neg", "Promise to Pay": "ptp", "Settled": "says-paid"}
    meant |= dict.fromkeys(("Legal Action Initiated", "Repossession Pending"), "legal")
    maps = [word for theirs, ours in meant.items() for word in ("--map", f"outcome:{theirs}={ours}")]
    columns = ("--map", "outstanding_amount=promised_amount", "--map", "collection_mode=")
    line = ("import", records, "--kind", "activities", *columns, *maps)
    refused = cli(*line)
    assert (refused.code, "355" in refused.err, len(accounts)) == (4, True, 964)
    told = data(cli, *line, "--skip-bad")
    assert (told["rows"], told["new"], told["rejected"]) == (2000, 1645, 355)
    assert all("when it was promised" in error["message"] for error in told["errors"])
    assert told["activities"]["promises"] == 681 - 355


def test_what_export_writes_of_activities_comes_back_as_it_was(cli: Cli, home: Path):
    """Into a book that has the accounts; into the same book it adds nothing."""
    (home / "book.csv").write_text(BOOK, "utf-8")
    other = home / "other.db"
    for book in (None, other):
        ok(cli("import", str(home / "book.csv"), db=book))
        ok(cli("config", "set", "collector", "Lee Invented", db=book))
    for line in (
        (
            "A1",
            "na",
            "--to",
            "2025550101",
            "--at",
            "2026-11-20T10:00",
            "--recording",
            "r.wav",
            "--talk",
            "0:09",
        ),
        ("A1", "ptp", "200@fri", "300@12-04", "=1+1 [red]x[/]", "--to", "2025550101", "--in"),
        ("A1", "tpr", "--who", "Moe Invented", "--to", "2025550109", "--next", "11-25 10:00"),
        ("B1", "note", "无"),
        ("B1", "nh", "--to", "1 Invented Street", "--with", "Kim Invented"),
        ("A2", "sent", "--channel", "email", "--to", "ann@example.test", "--purpose", "notice", "--written"),
    ):
        ok(cli("log", *line) if line[1] != "note" else cli("note", line[0], line[2]))
    ok(cli("export", "activities", str(home / "calls.csv")))
    assert data(cli, "import", str(home / "calls.csv"))["activities"]["known"] == 6
    told = ok(cli("import", str(home / "calls.csv"), "--json", db=other)).data
    assert (told["kind"], told["new"], told["activities"]["promises"]) == ("activities", 6, 2)
    assert standing(other) == standing(home / "book.db")
    promised = "select made_at, made_on, due_on, amount, currency, payer from promise order by id"
    assert standing(other, promised) == standing(home / "book.db", promised)


def standing(book: Path, sql: str = STANDING) -> list[tuple[Any, ...]]:
    with sqlite3.connect(book) as connection:
        return connection.execute(sql).fetchall()
