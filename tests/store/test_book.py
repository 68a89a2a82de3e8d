"""The book: private, durable, append-only; stored state equals a replay; undo gives the first state back."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from collectctl.domain.recording import How
from collectctl.store import worklist
from collectctl.store.book import VERSION, Book, opened
from collectctl.store.facts import COLUMNS
from collectctl.store.proving import Proof
from collectctl.usecases import changes, undoing
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.log import Line, log, prepare

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
FILE = """account,name,id_number,phone,client,currency,balance,due_date,placement end
A1,Ann Example,110101199001011234,+12025550101,Bank,USD,5000,2026-10-01,2026-11-26
A2,Ann Example,110101199001011234,+12025550102,Bank,USD,800.50,2026-09-01,2027-01-31
A3,张甲,,13800130003,Bank,CNY,1234.56,2026-11-20,
A4,李乙,,,Bank,CNY,99,,2026-11-01
"""

_OF_SQLITE = ("sqlite", "_sqlite", "search", "fragment")  # and what it makes for the search


def load(book: Book, text: str = FILE, now: datetime = NOW) -> None:
    import_files(book, [ImportRequest("f.csv", text.encode())], now, lambda _count: None)


@cache
def _loaded(text: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        with opened(path, create=True) as made:
            load(made, text)
        return path.read_bytes()


@contextmanager
def begun(folder: Path, text: str = FILE) -> Iterator[Book]:
    """A new book in `folder` that holds the accounts of `text`: imported once, then copied."""
    (folder / "book.db").write_bytes(_loaded(text))
    with opened(folder / "book.db") as book:
        yield book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with opened(tmp_path / "new" / "book.db", create=True) as made:
        load(made)
        yield made


def derived(book: Book) -> list[list[tuple[object, ...]]]:
    """Everything that is stored for speed."""
    return [
        book.connection.execute(f"select * from main.{table} order by 1, 2, 3, 4, 5").fetchall()
        for table in ("worklist", "worklist_count where n <> 0")
    ]


def replayed(book: Book) -> list[list[tuple[object, ...]]]:
    """The same, computed again from the facts in another connection."""
    with opened(book.path) as other:
        day = worklist.stored_day(other.connection) or NOW.date()
        worklist.shadow(other.connection, day, ZONE)
        placed = other.connection.execute(
            "select distinct person from placement where person not in (select person from main.worklist)"
        )
        worklist.refresh(other.connection, [row[0] for row in placed], day, ZONE)
        return [
            other.connection.execute(f"select * from temp.{table} order by 1, 2, 3, 4, 5").fetchall()
            for table in ("worklist", "worklist_count where n <> 0")
        ]


def say(book: Book, account: int, line: str, now: datetime = NOW) -> None:
    log(book, prepare(book, [account], Line(tuple(line.split())), How(now), now), now)


def test_a_new_book_is_private_and_durable(book: Book):
    assert book.path.stat().st_mode & 0o777 == 0o600
    assert book.path.parent.stat().st_mode & 0o777 == 0o700
    pragma = {
        name: book.connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
    }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "user_version": VERSION}


def test_the_version_counts_the_migrations(book: Book):
    applied = book.connection.execute("select count(*) from _sqlite_migrations").fetchone()[0]
    assert applied == VERSION


def test_every_table_is_strict_and_every_fact_names_its_columns(book: Book):
    tables = book.connection.execute("pragma table_list").fetchall()
    ours = {
        row[1]
        for row in tables
        if row[0] == "main" and row[2] == "table" and not row[1].startswith(_OF_SQLITE)
    }
    assert {row[1] for row in tables if row[1] in ours and not row[5]} == set()
    for table, columns in COLUMNS.items():
        stored = [row[1] for row in book.connection.execute(f"pragma table_info({table})")]
        assert sorted(stored) == sorted(["id", "op", "salt", "hash", *columns])


def prove(book: Book) -> None:
    """Every fact by its hash, every entry by its link of the chain."""
    assert list(Proof(book.connection).findings()) == []


def test_every_fact_carries_its_hash_and_every_operation_extends_the_chain(book: Book):
    say(book, 1, "ptp 200@fri a\x1fb 发工资 +x")
    undoing.undo(book, NOW)
    undoing.redo(book, NOW)
    prove(book)


def test_what_is_stored_equals_a_replay(book: Book):
    assert derived(book) == replayed(book)
    for line in ("na", "ptp 200@fri", "cb 20:30", "dis wrong sum"):
        say(book, 1, line)
        assert derived(book) == replayed(book)


def test_a_failed_command_leaves_nothing(book: Book):
    before = list(book.connection.iterdump())
    with pytest.raises(changes.NotOpen):
        changes.close(book, [1, 2, 1], "paid", NOW.date(), NOW)
    assert list(book.connection.iterdump()) == before


def test_money_is_never_a_float(book: Book):
    say(book, 1, "ptp 0.10@fri")
    assert book.connection.execute("select amount, typeof(amount) from promise").fetchone() == (10, "integer")


def test_the_public_views_show_what_stands(book: Book):
    say(book, 3, "ptp 100@fri")
    say(book, 3, "cp 50")
    assert book.connection.execute(
        "select account, debtor, balance from accounts where id = 3"
    ).fetchall() == [("A3", "张甲", 123456)]
    count = (
        "select (select count(*) from call_log), (select count(*) from promise_book),"
        " (select count(*) from payments)"
    )
    assert book.connection.execute(count).fetchone() == (2, 1, 1)
    undoing.undo(book, NOW)
    assert book.connection.execute(count).fetchone() == (1, 1, 0)


_WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from tests.store.test_book import say, opened, NOW
with opened(Path(sys.argv[1])) as book:
    for _ in range(10):
        say(book, int(sys.argv[2]), "na")
"""


def test_processes_that_write_at_once_wait_for_each_other(book: Book):
    root = Path(__file__).parent.parent.parent
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(book.path), str(n)], cwd=root, stderr=subprocess.PIPE
        )
        for n in (1, 2, 3, 4)
    ]
    errors = [writer.communicate(timeout=60)[1] for writer in writers]
    assert errors == [b""] * 4
    assert book.connection.execute("select count(*), count(distinct id) from activity").fetchone() == (40, 40)
    assert derived(book) == replayed(book)


def test_a_writer_waits_and_a_reader_does_not(book: Book):
    other = sqlite3.connect(book.path, isolation_level=None)
    other.execute("begin immediate")
    with opened(book.path) as reader:
        assert reader.connection.execute("select count(*) from account").fetchone() == (4,)
    other.execute("rollback")
    other.close()
