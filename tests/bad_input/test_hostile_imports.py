"""Files that can't be used, as a collector meets them: a short error, the book as it was."""

import os
import sys
import threading
from pathlib import Path

import pytest

from tests.bad_input.conftest import ACCOUNTS, Runner, state
from tests.conftest import Ran
from tests.intake.reading import text_cell, xlsx
from tests.intake.test_hostile_files import REFUSED

CLIENT = ("--client", "Acme", "--currency", "CNY")
NOT_SHOWN = ("Ann", "Bob", "A1", "13800138")


def renamed(number: str) -> str:
    """The accounts under other numbers."""
    return ACCOUNTS.replace("A-", f"A{number}-").replace("B-", f"B{number}-")


def refused(seen: Ran, code: str) -> None:
    assert (seen.code, seen.out) == (4, "")
    assert seen.err.startswith("error: ")
    assert seen.err.count("\n") <= 4
    assert not any(word in seen.err for word in NOT_SHOWN), seen.err
    assert code in seen.err


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_can_not_be_used(name: str, run: Runner, desk: Path):
    make, _error = REFUSED[name]
    (desk / "odd.xls").write_bytes(make())
    before = state(desk / "book.db")
    refused(run("import", "odd.xls", *CLIENT), "odd.xls")
    assert state(desk / "book.db") == before


def test_a_bad_second_file_names_itself(run: Runner, desk: Path):
    (desk / "page.xls").write_bytes(b"<html><table>")
    before = state(desk / "book.db")
    refused(run("import", "many.csv", "page.xls", *CLIENT), "page.xls: this is HTML")
    assert state(desk / "book.db") == before


def test_a_file_that_changes_while_it_is_read(run: Runner, desk: Path):
    path = desk / "growing.csv"
    path.write_bytes(ACCOUNTS.encode() + b"\n" * (200 << 20))
    stop = threading.Event()

    def touch() -> None:
        at = 0
        while not stop.is_set():
            at += 1
            os.utime(path, ns=(at, at))

    writer = threading.Thread(target=touch)
    writer.start()
    try:
        before = state(desk / "book.db")
        refused(run("import", "growing.csv", *CLIENT), "growing.csv changed while it was read")
    finally:
        stop.set()
        writer.join()
    assert state(desk / "book.db") == before


def test_a_file_beyond_the_limit_is_not_read_at_all(run: Runner, desk: Path):
    with (desk / "large.csv").open("wb") as file:
        file.truncate((1 << 30) + 1)
    refused(run("import", "large.csv", *CLIENT), "larger than 1 GiB")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices")
def test_input_without_end(run: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch):
    from collectctl.cli import sources

    monkeypatch.setattr(sources, "LARGEST", 1 << 22)
    refused(run("import", "/dev/zero", *CLIENT), "larger than")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_a_named_pipe_is_read_to_its_end(run: Runner, desk: Path):
    os.mkfifo(desk / "pipe.csv")
    writer = threading.Thread(target=(desk / "pipe.csv").write_text, args=(renamed("9"),))
    writer.start()
    seen = run("import", "pipe.csv", *CLIENT)
    writer.join()
    assert (seen.code, "pipe.csv: accounts" in seen.out, "3 new" in seen.out) == (0, True, True)


def test_several_files_and_standard_input_are_one_step(run: Runner, desk: Path):
    (desk / "one.csv").write_text(renamed("1"))
    seen = run("import", "one.csv", "-", *CLIENT, stdin=renamed("2"))
    assert seen.code == 0, seen.err
    assert seen.out.count("3 new") == 2
    assert "standard input: accounts" in seen.out
    assert run("undo").code == 0
    assert len(run("list", "--json").data["rows"]) == 3


def test_a_sheet_for_a_text_is_said_in_json_too(run: Runner):
    seen = run("import", "accounts.csv", *CLIENT, "--sheet", "S", "--json")
    assert (seen.code, "--sheet S was left aside" in seen.document["warnings"][0]) == (0, True)


def test_warnings_about_a_workbook_are_printed(run: Runner, desk: Path):
    header = "".join(map(text_cell, ("A1", "B1"), ("account", "balance")))
    cells = f"<row r='1'>{header}</row><row r='2'>{text_cell('A2', 'X1')}<c r='B2'><v>5</v></c>"
    (desk / "errors.xlsx").write_bytes(xlsx(cells + "<c r='C2' t=\"e\"><v>#N/A</v></c></row>"))
    seen = run("import", "errors.xlsx", *CLIENT)
    assert (seen.code, "1 cells hold a spreadsheet's error" in seen.err) == (0, True)
