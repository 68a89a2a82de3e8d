"""The court file as it is written: its sums, its day, what it leaves out, and where it may go."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from collectctl.outlet.casefiles import NAMES
from tests.casefile.conftest import NOW
from tests.conftest import Cli
from tests.test_money_day import data, ok


def built(desk: Cli, folder: Path, *options: str, account: str = "A1") -> dict[str, Any]:
    """The JSON document of a new case."""
    ok(desk("case", "build", account, "--out", str(folder), *options))
    found: dict[str, Any] = json.loads((folder / "case.json").read_text("utf-8"))
    return found


def rows(case: dict[str, Any], part: str, table: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = case["parts"][part]["tables"][table or part]
    return found


def cents(amount: str) -> int:
    return int(amount.replace(".", ""))


# --- sums -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-31", "2027-02-28"])
def test_its_sums_are_those_of_quote_to_the_cent(desk: Cli, home: Path, day: str):
    case, quote = built(desk, home / "c", "--as-of", day), data(desk, "quote", "A1", "--on", day)
    names = ("costs", "fees", "penalty", "interest", "principal", "credit", "total")
    assert {name: case["totals"][name] for name in names} == {name: quote[name] for name in names}
    assert rows(case, "claim")[-1]["amount"] == quote["total"]
    assert [m["balance"] for m in rows(case, "ledger")] == [m["balance"] for m in quote["ledger"]]


def test_its_payments_are_those_of_the_report(desk: Cli, home: Path):
    case = built(desk, home / "c", "--lang", "en")
    report = data(desk, "report", "--from", "2026-08-01", "--to", "2026-11-23")
    assert report["confirmed"]["amount"] == {"CNY": "3600.55"}, "what was reversed is of the days too"
    items = case["parts"]["ledger"]["items"]
    assert items == {"paid": "3500.55", "received": "3600.55", "reversed": "100.00"}
    assert -sum(cents(m["amount"]) for m in rows(case, "ledger") if m["kind"] == "payment") == 350055


def test_every_line_of_the_calculation_adds_up(desk: Cli, home: Path):
    case = built(desk, home / "c", "--lang", "en")
    *parts, whole = rows(case, "calculation", "components")
    for row in [*parts, whole]:
        amounts = [cents(value) for key, value in row.items() if key not in ("component", "owed")]
        assert sum(amounts) == cents(row["owed"]), row
    lines = rows(case, "calculation")
    by_name = {row["component"]: row for row in parts}
    for name, kinds in (("interest", ("interest", "accrued")), ("penalty", ("penalty",))):
        charged = sum(cents(line["amount"]) for line in lines if line["component"] == name)
        assert charged == sum(cents(by_name[name][kind]) for kind in kinds)
    assert whole["owed"] == case["totals"]["total"]
    assert all(line["rate"] and line["basis"] for line in lines if line["component"] == "interest")


def test_what_falls_due_thereafter_is_said(desk: Cli, home: Path):
    notes = built(desk, home / "c", "--lang", "en")["parts"]["claim"]["notes"]
    assert notes[0] == (
        "And thereafter, from 2026-11-24 until all is paid: interest at 0.05% a day on 11,896.68 CNY,"
        " year of 365 days."
    )


# --- the day --------------------------------------------------------------------------------------------


def test_as_of_a_day_what_came_later_is_left_out(desk: Cli, home: Path):
    case = built(desk, home / "c", "--as-of", "2026-08-21", "--lang", "en")
    assert max(c["at"] for c in rows(case, "calls")) < "2026-08-22"
    assert [m["on"] for m in rows(case, "ledger")][-1] == "2026-08-20"
    (objection,) = rows(case, "objections")
    assert (objection["state"], objection["answer"], objection["closed_on"]) == ("open", "", None)
    assert [p["promise"] for p in rows(case, "agreements", "promises")] == [1]
    assert rows(case, "others") == []
    assert "everything after 2026-08-21" in case["left_out"]
    assert ok(desk("case", "verify", str(home / "c"))).code == 0


def test_of_a_day_to_come_only_the_calculation_is(desk: Cli, home: Path):
    ran = ok(desk("case", "build", "A1", "--out", str(home / "c"), "--as-of", "2026-12-31", "--lang", "en"))
    assert "Thu 2026-12-31 is a day to come" in ran.err
    case = json.loads((home / "c" / "case.json").read_text("utf-8"))
    assert case["facts_on"] == "2026-11-23"
    assert rows(case, "calculation")[-2]["to"] == "2026-12-31"


def test_a_day_before_the_first_statement_is_refused(desk: Cli, home: Path):
    ran = desk("case", "build", "A1", "--out", str(home / "c"), "--as-of", "2026-08-02")
    assert (ran.code, "--as-of 2026-08-03" in ran.err, (home / "c").exists()) == (2, True, False)


# --- what is in it, and what is not ---------------------------------------------------------------------


def test_contacts_with_third_parties_are_left_out_and_counted(desk: Cli, home: Path):
    built(desk, home / "c")
    whole = b"".join(file.read_bytes() for file in (home / "c").iterdir())
    assert b"thirdpartyword" not in whole
    assert "周友".encode() not in whole
    assert b"deskword" not in whole
    manifest = json.loads((home / "c" / "MANIFEST.json").read_text("utf-8"))
    assert manifest["third_party_contacts"] == {"included": False, "left_out": 1}
    asked = built(desk, home / "d", "--with-third-parties")
    assert "thirdpartyword" in {c["text"] for c in rows(asked, "calls")}
    assert asked["parts"]["parties"]["tables"]["parties"][-1]["name"] == "孙保"


def test_every_contact_is_proved_by_its_hash_and_its_link(desk: Cli, home: Path):
    import sqlite3

    calls = rows(built(desk, home / "c"), "calls")
    with sqlite3.connect(home / "book.db") as connection:
        known = {
            number: (digest.hex(), op, chain.hex())
            for number, digest, op, chain in connection.execute(
                "select a.id, a.hash, o.id, o.chain from activity a join operation o on o.id = a.op"
            )
        }
    connection.close()
    assert {c["id"]: (c["hash"], c["entry"], c["chain"]) for c in calls}.items() <= known.items()
    assert [(c["id"], c["corrected_by"]) for c in calls if c["corrected_by"]] == [(5, 6)]


def test_numbers_of_people_and_cards_are_masked_unless_revealed(desk: Cli, home: Path):
    built(desk, home / "c")
    whole = b"".join(file.read_bytes() for file in (home / "c").iterdir())
    for number in (b"110101199001011234", b"6222025555666677", b"6222 0255 5566 6677"):
        assert number not in whole
    steps = data(desk, "history")
    ran = built(desk, home / "d", "--reveal")
    assert rows(ran, "parties")[0]["id_number"] == "110101199001011234"
    assert "6222 0255 5566 6677" in rows(ran, "calls")[1]["text"]
    after = data(desk, "history")
    assert after != steps
    assert "revealed A1 in a court file" in json.dumps(after)
    assert ok(desk("undo")).out.startswith("undone: step"), "the last step, not what was revealed"


def test_what_somebody_wrote_is_text(desk: Cli, home: Path):
    built(desk, home / "c")
    page = (home / "c" / "case.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page
    ok(desk("note", "B1", "x"))
    ok(desk("log", "B1", "neg", "=1+1"))
    built(desk, home / "d", account="B1")
    with (home / "d" / "calls.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[-1][9] == "'=1+1"


@pytest.mark.parametrize(
    ("account", "options", "language", "title", "fee"),
    [
        ("A1", (), "zh-CN", "诉讼材料", True),
        ("A1", ("--lang", "en"), "en", "Court file", True),
        ("U1", (), "en", "Court file", False),
        ("U1", ("--lang", "zh"), "zh-CN", "诉讼材料", False),
    ],
)
def test_it_speaks_the_language_of_the_law(
    desk: Cli, home: Path, account: str, options: tuple[str, ...], language: str, title: str, fee: bool
):
    case = built(desk, home / "c", *options, account=account)
    assert (case["language"], case["title"], "court_fee" in case["parts"]) == (language, title, fee)
    text = json.dumps(case["parts"]["evidence"], ensure_ascii=False)
    assert ("证据的若干规定" in text) == fee
    assert ok(desk("case", "verify", str(home / "c"))).code == 0


def test_the_court_fee_is_that_of_calc(desk: Cli, home: Path):
    items = built(desk, home / "c")["parts"]["court_fee"]["items"]
    worked_out = data(desk, "calc", "court-fee", "--claim", items["value"])
    assert items["fee"] in json.dumps(worked_out)


# --- where it goes --------------------------------------------------------------------------------------


def test_a_folder_and_its_files_are_private(desk: Cli, home: Path):
    folder = home / "private"
    ok(desk("case", "build", "A1", "--out", str(folder)))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()} == {
        (name, 0o600) for name in NAMES
    }
    assert not list(folder.parent.glob(".collectctl-*"))


def test_two_archives_of_one_moment_are_the_same(desk: Cli, home: Path, archive: Path):
    again = home / "again.zip"
    ok(desk("case", "build", "A1", "--out", str(again)))
    assert again.read_bytes() == archive.read_bytes()
    assert again.stat().st_mode & 0o777 == 0o600


def test_a_case_is_replaced_only_where_that_is_asked_for(desk: Cli, folder: Path):
    before = (folder / "case.html").read_bytes()
    assert desk("case", "build", "A1", "--out", str(folder), "--lang", "en").code == 2
    assert (folder / "case.html").read_bytes() == before
    ok(desk("case", "build", "A1", "--out", str(folder), "--lang", "en", "--force"))
    assert (folder / "case.html").read_bytes() != before
    assert sorted(file.name for file in folder.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("inside", ["book.db", "notes.txt", "MANIFEST.json and notes.txt"])
def test_a_folder_with_anything_else_in_it_is_never_replaced(desk: Cli, home: Path, inside: str):
    (home / "mine").mkdir()
    for name in inside.split(" and "):
        (home / "mine" / name).write_text("mine")
    ran = desk("case", "build", "A1", "--out", str(home / "mine"), "--force")
    assert (ran.code, "holds something else than a case" in ran.err) == (2, True)
    assert {file.read_text() for file in (home / "mine").iterdir()} == {"mine"}


def test_the_book_is_never_replaced(desk: Cli, home: Path):
    (home / "book.db").rename(home / "book.zip")
    ran = desk("case", "build", "A1", "--out", str(home / "book.zip"), "--force", db=home / "book.zip")
    assert (ran.code, "that is never replaced" in ran.err) == (2, True)
    assert (home / "book.zip").read_bytes()[:6] == b"SQLite"


@pytest.mark.parametrize("name", ["c", "c.zip"])
def test_nothing_is_left_where_revealing_can_not_be_recorded(desk: Cli, home: Path, name: str):
    from collectctl.store import book

    refused = book.errors.BookReadOnly(str(home / "book.db"))
    desk.patch.setattr(book, "_refusal", lambda _path, _found: refused)
    ran = desk("case", "build", "A1", "--out", str(home / name), "--reveal", now=NOW)
    assert (ran.code, (home / name).exists()) == (5, False)
    assert ok(desk("case", "build", "A1", "--out", str(home / name))).code == 0
