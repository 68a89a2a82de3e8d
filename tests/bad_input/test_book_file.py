"""What may happen to the file: damage, rights, a full disk, an interrupt, a reader that has gone."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.conftest import IMPORT, Runner, state
from tests.bad_input.processes import BOUND, MAIN, SMALL_FILES, start

MANY = ("import", "many.csv", "--client", "Acme", "--currency", "CNY")
INTERRUPT = """
import os, signal
from collectctl.usecases import account_writer, import_accounts
import_accounts.BATCH, write = 100, account_writer.Writer.write
def slow(self, accounts, newcomers):
    write(self, accounts, newcomers)
    if self.counts["new"] >= 300:
        os.kill(os.getpid(), signal.SIGINT)
account_writer.Writer.write = slow
"""


# --- damage --------------------------------------------------------------------------------------------

COMMANDS = [
    ("today",), ("today", "--all"), ("list", "--sort", "balance"), ("show", "M-0007"), ("find", "Doe"),
    ("history",), ("report",), ("next",), ("config",), ("list", "bal>10"),
    ("log", "M-0007", "na"), ("log", "M-0200", "ptp", "5@fri"), ("note", "M-0399", "x"), ("undo",),
    ("undo", "1"), ("config", "set", "collector", "Kim"), IMPORT,
]  # fmt: skip


@pytest.fixture(scope="session")
def large(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of a hundred pages."""
    from tests.bad_input.conftest import FILES

    folder = tmp_path_factory.mktemp("large")
    shutil.copy(template, folder / "book.db")
    (folder / "many.csv").write_text(str(FILES["many.csv"]), "utf-8")
    subprocess.run(
        [sys.executable, "-c", MAIN, *MANY], cwd=folder, check=True, capture_output=True,
        env={**os.environ, "COLLECTCTL_DB": "book.db", "COLLECTCTL_NOW": "2026-11-23T08:30+08:00",
             "TZ": "Asia/Shanghai", "XDG_STATE_HOME": str(folder)},
    )  # fmt: skip
    return folder / "book.db"


def damage(book: Path, seed: int) -> None:
    """Overwrite pages: with noise, with zeros, with another page."""
    with sqlite3.connect(book) as connection:
        size, pages = (connection.execute(f"pragma {p}").fetchone()[0] for p in ("page_size", "page_count"))
    connection.close()
    dice = random.Random(seed)
    content = bytearray(book.read_bytes())
    for _hit in range(dice.choice((1, 4, pages // 3))):
        page = dice.randrange(1, pages)
        other = dice.randrange(1, pages) * size
        new = dice.choice((dice.randbytes(size), bytes(size), bytes(content[other : other + size])))
        content[page * size : (page + 1) * size] = new
    book.write_bytes(content)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_book_answers_or_says_so(seed: int, run: Runner, desk: Path, large: Path):
    shutil.copy(large, desk / "book.db")
    damage(desk / "book.db", seed)
    shutil.copy(desk / "book.db", desk / "damaged.db")
    for args in COMMANDS:
        shutil.copy(desk / "damaged.db", desk / "book.db")
        seen = run(*args)
        assert seen.code in (0, 1, 2, 3, 5), (args, seen)
        if seen.code == 5:
            assert seen.err == (
                "error: the book is damaged: book.db\n"
                "try: go on from a backup: collectctl book restore FILE; it keeps the damaged file\n"
            )


@pytest.mark.parametrize("kept", [1, 100, 4096, 9000, 60_000])
def test_a_book_cut_short(kept: int, run: Runner, desk: Path, large: Path):
    content = large.read_bytes()[:kept]
    for args in COMMANDS:
        (desk / "book.db").write_bytes(content)
        seen = run(*args)
        assert seen.code in (0, 1, 2, 3, 5), (args, seen)
        assert seen.err.count("\n") <= 4


def test_an_empty_file_becomes_a_book(run: Runner, desk: Path):
    (desk / "book.db").write_bytes(b"")
    assert run("today").code == 0
    assert run(*IMPORT).code == 0


# --- rights --------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by capset")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_book_that_may_only_be_read(what: str, desk: Path, monkeypatch: pytest.MonkeyPatch):
    folder = desk / "shelf"
    folder.mkdir()
    shutil.copy(desk / "book.db", folder / "book.db")
    monkeypatch.setenv("COLLECTCTL_DB", "shelf/book.db")
    target = folder if what == "folder" else folder / "book.db"
    target.chmod(0o555 if what == "folder" else 0o444)
    before = state(folder / "book.db")

    assert "A-1" in start("today", before=BOUND).out
    assert start("show", "A-1", before=BOUND).code == 0
    for args in (("log", "A-1", "na"), MANY, ("undo",), ("config", "set", "collector", "Kim")):
        seen = start(*args, before=BOUND)
        assert (seen.code, seen.out) == (5, "")
        assert seen.err == (
            "error: the book or its folder can't be written: shelf/book.db\n"
            "try: make the file and its folder writable, or name another: --db PATH\n"
        )
    assert state(folder / "book.db") == before
    folder.chmod(0o755)


@pytest.mark.parametrize("case", ["clock set back", "--due-by", "read-only on a new day"])
def test_a_worklist_of_another_day(case: str, run: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch):
    if case == "clock set back":
        monkeypatch.setenv("COLLECTCTL_NOW", "2026-11-20T09:00+08:00")
        assert run("today").code == 0
    elif case == "--due-by":
        assert run("today", "--due-by", "2026-12-01").code == 0
    else:
        monkeypatch.setenv("COLLECTCTL_NOW", "2026-11-24T09:00+08:00")
        (desk / "book.db").chmod(0o444)
        assert start("today", before=BOUND).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by capset")
def test_no_book_in_a_folder_that_can_not_be_written(desk: Path, monkeypatch: pytest.MonkeyPatch):
    (desk / "shelf").mkdir(mode=0o555)
    monkeypatch.setenv("COLLECTCTL_DB", "shelf/new/book.db")
    seen = start(*IMPORT, before=BOUND)
    assert (seen.code, seen.err.split("\n")[0]) == (
        5,
        "error: the book or its folder can't be written: shelf/new/book.db",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up by capset")
def test_a_file_that_may_not_be_read(desk: Path):
    (desk / "accounts.csv").chmod(0)
    seen = start(*IMPORT, before=BOUND)
    assert (seen.code, seen.out) == (5, "")
    assert seen.err.startswith("error: accounts.csv: Permission denied\n")


# --- a full disk ---------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("args", [MANY, ("log", "A-1", "na"), ("note", "A-1", "x" * 60_000)])
def test_no_room_to_write(args: tuple[str, ...], desk: Path):
    """Every write beyond the limit fails, as on a disk that has just filled up."""
    before = state(desk / "book.db")
    seen = start(*args, before=SMALL_FILES.format(size=8192))
    assert (seen.code, seen.out) == (5, "")
    assert seen.err.startswith("error: the book can't be")
    assert "full" in seen.err
    assert seen.err.count("\n") == 2
    assert state(desk / "book.db") == before
    assert start("log", "A-1", "na").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_no_room_for_a_new_book(desk: Path):
    (desk / "book.db").unlink()
    seen = start(*IMPORT, before=SMALL_FILES.format(size=8192))
    assert seen.code == 5
    assert "full" in seen.err
    assert start(*IMPORT).code == 0


# --- interrupts and readers that leave -------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_import_changes_nothing(desk: Path):
    before = state(desk / "book.db")
    seen = start(*MANY, before=INTERRUPT)
    assert (seen.code, seen.out, seen.err.strip()) == (130, "", "")
    assert state(desk / "book.db") == before
    assert start(*MANY).code == 0


@pytest.mark.parametrize(
    "args", [("list",), ("list", "--json"), ("today",), ("show", "A-1"), ("report",), ("--help",)]
)
def test_a_reader_that_has_gone(args: tuple[str, ...], desk: Path):
    read, write = os.pipe()
    os.close(read)
    try:
        seen = start(*args, out=write)
    finally:
        os.close(write)
    assert not {"error", "Traceback", "Exception", "BrokenPipe"} & set(seen.err.replace(":", " ").split())


def test_head_takes_one_line_of_many(desk: Path, large: Path):
    shutil.copy(large, desk / "book.db")
    done = subprocess.run(
        f'{sys.executable} -c "{MAIN}" list --limit 400 | head -1',
        shell=True, capture_output=True, text=True, timeout=60, env={**os.environ},
    )  # fmt: skip
    assert done.stdout.startswith("rank\taccount")
    assert done.stderr in ("", "400 of 403 accounts\n")
