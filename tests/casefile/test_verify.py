"""A case that was changed is named; one that the book does not bear out too; what came since is said."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from collectctl.domain.casefile import manifest as manifests
from collectctl.outlet.casefiles import NAMES
from collectctl.outlet.packing import zipped
from tests.casefile.conftest import at
from tests.conftest import Cli, Ran
from tests.test_money_day import ok


def verified(desk: Cli, case: Path) -> dict[str, Any]:
    ran = desk("case", "verify", str(case), "--json")
    assert ran.code in (0, 1), ran.err
    assert ran.data["unaltered"] == (ran.code == 0)
    found: dict[str, Any] = ran.data
    return found


def said(desk: Cli, case: Path) -> list[str]:
    return [difference["text"] for difference in verified(desk, case)["differences"]]


def members(archive: Path) -> dict[str, bytes]:
    with ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(content: bytes, place: int) -> bytes:
    """One byte otherwise, and still a character."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


# --- the files ------------------------------------------------------------------------------------------


def test_what_was_just_written_is_unaltered(desk: Cli, folder: Path, archive: Path):
    for case in (folder, archive):
        found = verified(desk, case)
        assert (found["unaltered"], found["compared_with_book"], found["files"]) == (True, True, len(NAMES))
        assert found["facts"] > 15


@pytest.mark.parametrize("at", ["first", "middle", "last"])
@pytest.mark.parametrize("name", NAMES)
def test_one_byte_of_any_file_names_it(desk: Cli, folder: Path, archive: Path, name: str, at: str):
    content = (folder / name).read_bytes()
    place = {"first": 0, "middle": len(content) // 2, "last": len(content) - 1}[at]
    (folder / name).write_bytes(changed(content, place))
    inside = members(archive)
    archive.write_bytes(zipped({**inside, name: changed(inside[name], place)}))
    for case in (folder, archive):
        ran = desk("case", "verify", str(case))
        assert ran.code in (1, 4)
        assert name in ran.out + ran.err


def test_a_byte_anywhere_in_an_archive_is_found(desk: Cli, archive: Path):
    content = archive.read_bytes()
    for place in range(0, len(content), len(content) // 12):
        archive.write_bytes(changed(content, place))
        assert desk("case", "verify", str(archive)).code in (1, 4), place


def test_white_space_in_the_manifest_is_a_change(desk: Cli, folder: Path):
    file = folder / manifests.NAME
    file.write_text(json.dumps(json.loads(file.read_text("utf-8"))), "utf-8")
    assert said(desk, folder) == ["MANIFEST.json was changed"]


def test_what_is_missing_and_what_was_added_is_named(desk: Cli, folder: Path):
    (folder / "ledger.csv").unlink()
    (folder / "more.txt").write_text("more")
    (folder / "calls.csv").unlink()
    (folder / "calls.csv").symlink_to("/etc/hostname")
    assert said(desk, folder) == ["calls.csv was changed", "ledger.csv is missing", "more.txt was added"]


def test_an_archive_that_was_packed_anew_says_so(desk: Cli, archive: Path):
    inside = members(archive)
    with ZipFile(archive, "w") as opened:
        for name, content in inside.items():
            opened.writestr(name, content)
    assert said(desk, archive) == ["case.zip is not packed as it was, its files are unaltered"]


# --- the book -------------------------------------------------------------------------------------------


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """A manifest that fits its files again, as somebody would write it who knows how."""
    file = folder / manifests.NAME
    content = json.loads(file.read_text("utf-8"))
    del content["sha256"]
    for name in content["files"]:
        inside = (folder / name).read_bytes()
        content["files"][name] = {"sha256": manifests.digest(inside), "bytes": len(inside)}
    change(content)
    file.write_bytes(manifests._written(content))


def test_who_writes_the_manifest_anew_is_found_by_the_book(desk: Cli, folder: Path, home: Path):
    calls = folder / "calls.csv"
    calls.write_text(calls.read_text("utf-8").replace("lastword", "admitted"), "utf-8")
    rewritten(folder, lambda content: None)
    differences = said(desk, folder)
    assert "calls.csv is not what the book makes of it: it was written anew" in differences
    (home / "book.db").unlink()
    assert said(desk, folder) == [], "without a book nobody can know"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (
            lambda m: m["totals"].update(total="99999.00"),
            "total is 99999.00 in the case, 12307.12 in the book as of 2026-11-23",
        ),
        (
            lambda m: m["facts"][0].__setitem__(2, "00"),
            "activity 1 is not what it was when the case was made",
        ),
        (lambda m: m["facts"].append(["activity", 99, "00", 1]), "activity 99 is not in the book"),
        (
            lambda m: m["facts"].append(["sqlite_master", 1, "00", 1]),
            "the book knows no facts called 'sqlite_master'",
        ),
        (lambda m: m["links"].update({"1": "00"}), "entry 1 has another link of the chain in the book"),
        (
            lambda m: m["seal"].update(chain="00"),
            "the book does not know the seal of the case: it is of another book, or one was changed",
        ),
        (lambda m: m.update(account="Z9"), "the account is not in the book"),
    ],
    ids=["sum", "hash", "fact", "table", "link", "seal", "account"],
)
def test_what_the_book_has_otherwise_is_named(
    desk: Cli, folder: Path, change: Callable[[dict[str, Any]], None], text: str
):
    rewritten(folder, change)
    assert text in said(desk, folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m["seal"].update(entry=2**70),
        lambda m: m["facts"].append(["activity", -1, "00", 1]),
        lambda m: m.update(as_of="9999-12-31"),
        lambda m: m.update(written_at="yesterday"),
        lambda m: m.update(files=[]),
        lambda m: m.pop("totals"),
    ],
    ids=["entry", "number", "day", "moment", "files", "sums"],
)
def test_a_manifest_that_makes_no_sense_is_bad_data(
    desk: Cli, folder: Path, change: Callable[[dict[str, Any]], None]
):
    rewritten(folder, change)
    ran = desk("case", "verify", str(folder))
    assert (ran.code, "MANIFEST.json can't be read" in ran.err) == (4, True)


def test_entries_added_since_are_fine_and_said(desk: Cli, folder: Path):
    ok(desk("log", "B1", "na"))
    ran = ok(desk("case", "verify", str(folder)))
    assert "entries added to the book since: 1" in ran.err
    assert "has changed" not in ran.err
    ok(desk("log", "A1", "na"))
    ran = ok(desk("case", "verify", str(folder)))
    assert "the account has changed since: its files were compared by their hashes alone" in ran.err


def test_money_that_was_entered_later_for_an_earlier_day_makes_other_sums(desk: Cli, folder: Path):
    ok(desk("pay", "A1", "1000", "--on", "2026-11-01", "--ref", "L-1"))
    assert any(text.startswith("total is 12307.12 in the case") for text in said(desk, folder))


def test_what_was_undone_since_is_named(desk: Cli, folder: Path):
    ok(desk("undo"))
    assert "activity 8 was undone since" in said(desk, folder)


def test_a_fact_that_was_changed_in_the_file_of_the_book_is_named(desk: Cli, folder: Path, home: Path):
    with sqlite3.connect(home / "book.db") as connection:
        connection.execute("drop trigger activity_update")
        connection.execute("update activity set text = 'other' where id = 8")
    connection.close()
    assert "activity 8 is not what it was when the case was made" in said(desk, folder)


def test_a_case_of_an_older_copy_of_the_book_is_told(desk: Cli, folder: Path, home: Path):
    shutil.copy(home / "book.db", home / "older.db")
    ok(desk("log", "A1", "na"))
    ok(desk("case", "build", "A1", "--out", str(folder), "--force"))
    ran = desk("case", "verify", str(folder), db=home / "older.db")
    assert (ran.code, "another book, or an older copy" in ran.out) == (1, True)


def test_without_a_book_only_the_files_are_compared(desk: Cli, folder: Path, home: Path):
    def alone() -> Ran:
        return desk("case", "verify", str(folder), db=home / "none.db")

    ran = ok(alone())
    assert "only the files were compared" in ran.err
    assert not (home / "none.db").exists()
    (folder / "calls.csv").write_text("x")
    assert alone().code == 1


def test_it_writes_nothing(desk: Cli, folder: Path, home: Path):
    before = (home / "book.db").read_bytes()
    (home / "book.db").chmod(0o400)
    ok(desk("case", "verify", str(folder)))
    assert (home / "book.db").read_bytes() == before


def test_what_was_purged_since_is_told(desk: Cli, folder: Path):
    ok(desk("close", "A1", "--as", "recalled", now=at("11-23T09:30")))
    purge = ("book", "purge", "--client", "Invented Bank", "--before", "2026-11-24", "--yes")
    ok(desk(*purge, "--override", "their letter", now=at("11-24T09:00")))
    told = said(desk, folder)
    assert "activity 8 was purged since" in told
    assert not any("is not in the book" in text for text in told if text.startswith("activity"))
