"""What SQLite keeps beside the book: left by a killed command, lost, moved, damaged, or of another book."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.conftest import IMPORT, Runner
from tests.bad_input.processes import BOUND, KILLED, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and rights given up by capset")
MANY = ("import", "many.csv", "--client", "Acme", "--currency", "CNY")


@pytest.fixture(scope="session")
def left(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book, and beside it the log of a command that was killed after its entry."""
    folder = tmp_path_factory.mktemp("left")
    shutil.copy(template, folder / "book.db")
    kill(folder / "book.db")
    assert beside(folder) == ["book.db", "book.db-shm", "book.db-wal"]
    return folder


def kill(book: Path) -> None:
    done = start(
        "note", "A-1", "the last words", before=KILLED, COLLECTCTL_DB=str(book), TZ="Asia/Shanghai",
        COLLECTCTL_NOW="2026-11-23T08:30+08:00",
    )  # fmt: skip
    assert done.code == -9


@pytest.fixture
def shelf(left: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(left, desk / "shelf")
    monkeypatch.setenv("COLLECTCTL_DB", "shelf/book.db")
    return desk / "shelf"


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("book.db*"))


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in beside(folder) if not name.endswith("-shm")}


def test_the_log_of_a_killed_command_is_read_in_silence(shelf: Path, run: Runner):
    seen = run("show", "A-1")
    assert "the last words" in seen.out
    assert (seen.code, seen.err) == (0, "")
    assert beside(shelf) == ["book.db"]


def test_where_nothing_may_be_written_the_log_is_read_too(shelf: Path):
    before = content(shelf)
    shelf.chmod(0o555)
    seen = start("show", "A-1", before=BOUND)
    shelf.chmod(0o755)
    assert "the last words" in seen.out
    assert content(shelf) == before


def test_a_log_that_can_not_be_read_is_not_passed_over(shelf: Path):
    (shelf / "book.db-shm").unlink()
    before = content(shelf)
    shelf.chmod(0o555)
    seen = start("show", "A-1", before=BOUND)
    shelf.chmod(0o755)
    assert (seen.code, seen.out) == (5, "")
    assert seen.err == (
        "error: the book's last entries are in shelf/book.db-wal,\n"
        "       which can't be read where nothing may be written\n"
        "try: copy both files to where you may write, side by side, and name that copy: --db COPY\n"
    )
    assert content(shelf) == before


def test_reading_a_file_that_may_only_be_read_leaves_nothing_beside_it(desk: Path):
    (desk / "book.db").chmod(0o400)
    assert start("show", "A-1", before=BOUND).code == 0
    assert beside(desk) == ["book.db"]
    (desk / "book.db").chmod(0o600)
    assert start("log", "A-1", "na", before=BOUND).code == 0


@pytest.mark.parametrize("name", ["book.db-wal", "book.db-shm"])
def test_a_log_of_another_user(name: str, shelf: Path):
    (shelf / name).chmod(0)
    seen = start("log", "A-1", "na", before=BOUND)
    assert (seen.code, seen.out) == (5, "")
    assert seen.err == (
        f"error: shelf/{name}, which belongs to the book, can't be read and written\n"
        "try: give that file the owner and the rights of the book; it may hold the last entries\n"
    )


@pytest.mark.parametrize("what", ["moved", "emptied"])
def test_a_book_that_went_without_its_log(what: str, shelf: Path, run: Runner):
    book = (shelf / "book.db").read_bytes()
    (shelf / "book.db").unlink() if what == "moved" else (shelf / "book.db").write_bytes(b"")
    before = content(shelf)
    for args in (("today",), IMPORT, ("log", "A-1", "na")):
        seen = run(*args)
        assert (seen.code, seen.out) == (5, "")
        assert seen.err.startswith("error: there is no book at shelf/book.db, but its last entries are")
        assert content(shelf) == before
    (shelf / "book.db").write_bytes(book)
    assert "the last words" in run("show", "A-1").out


# --- a log that is not the book's --------------------------------------------------------------------------


def refused(shelf: Path, run: Runner) -> None:
    before = content(shelf)
    for args in (("today",), ("log", "A-1", "na"), IMPORT):
        seen = run(*args)
        assert (seen.code, seen.out) == (5, "")
        assert seen.err.startswith("error: shelf/book.db-wal is damaged or not of this book")
        assert content(shelf) == before


def test_a_log_with_a_damaged_beginning(shelf: Path, run: Runner):
    log = bytearray((shelf / "book.db-wal").read_bytes())
    log[17] ^= 1
    (shelf / "book.db-wal").write_bytes(log)
    refused(shelf, run)


def test_a_log_that_is_something_else(shelf: Path, run: Runner):
    (shelf / "book.db-wal").write_bytes(b"my debtors\n" * 2_000)
    refused(shelf, run)


def test_the_log_of_a_newer_state_beside_an_older_copy(shelf: Path, desk: Path, run: Runner):
    assert run(*MANY).code == 0
    kill(shelf / "book.db")
    shutil.copy(desk / "book.db", shelf / "book.db")
    refused(shelf, run)


def test_the_log_of_an_older_state_beside_a_newer_copy(shelf: Path, run: Runner):
    log = (shelf / "book.db-wal").read_bytes()
    assert run(*MANY).code == 0
    (shelf / "book.db-wal").write_bytes(log)  # SQLite would cut the book to its former length
    refused(shelf, run)
    book = (shelf / "book.db").read_bytes()
    assert run("book", "restore", "book.db").code == 0
    (kept,) = (shelf / "backups").glob("*replaced*.db")
    assert kept.read_bytes() == book
    assert run("show", "A-1").code == 0


@pytest.mark.parametrize("log", [b"", bytes(32), bytes(9_000), b"\x37\x7f\x06\x82"])
def test_a_log_in_which_nothing_was_ever_stored(log: bytes, desk: Path, run: Runner):
    (desk / "book.db-wal").write_bytes(log)
    assert run("log", "A-1", "na").code == 0


def test_the_log_of_a_book_that_was_made_shorter(shelf: Path, run: Runner):
    assert run(*MANY).code == 0
    shorter = (
        "import os, sqlite3; c = sqlite3.connect('shelf/book.db', isolation_level=None);"
        " c.execute('drop table search'); c.execute('vacuum'); os.kill(os.getpid(), 9)"
    )
    long = (shelf / "book.db").stat().st_size
    assert subprocess.run([sys.executable, "-c", shorter], check=False).returncode == -9
    assert run("show", "A-1").code == 0
    assert (shelf / "book.db").stat().st_size < long


def test_a_log_of_many_commands_is_the_books(shelf: Path, run: Runner):
    """What each command left is added to, moved into the book and begun anew while nobody closes it."""
    reader = sqlite3.connect(shelf / "book.db")
    reader.execute("pragma wal_autocheckpoint = 5")
    for turn in range(12):
        assert run("note", "A-2", f"{turn} " + "x" * 3_000 * (turn % 3)).code == 0
        reader.execute("select count(*) from operation").fetchone()
        if turn % 5 == 4:
            reader.execute("pragma wal_checkpoint")
    reader.close()
    assert "the last words" in run("show", "A-1").out
