"""Two terminals at once: a writer waits, a read answers."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from collectctl.store import book as store
from collectctl.store import worklist
from collectctl.store.book import opened
from tests.conftest import Cli

TOMORROW = "2026-11-24T09:00+08:00"
ROWS = (
    "account,name,phone,balance,dpd\nA-1,Ann Example,13800138000,12.00,9\nA-2,Bob Example,13800138001,8,1\n"
)


@pytest.fixture
def book(cli: Cli, home: Path) -> Path:
    (home / "a.csv").write_text(ROWS)
    assert cli("import", str(home / "a.csv"), "--client", "Acme", "--currency", "CNY").code == 0
    assert cli("log", "A-1", "ptp", "5@2026-11-24").code == 0
    assert cli("today").code == 0
    return home / "book.db"


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has begun to write and takes its time."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin immediate")
        yield other


@pytest.mark.parametrize(
    "args",
    [("today",), ("today", "--all"), ("list",), ("report",), ("show",), ("find", "Ann"), ("book", "info")],
)
@pytest.mark.parametrize("now", ["", TOMORROW], ids=["the same day", "a new day"])
def test_a_read_answers_while_another_writes(
    args: tuple[str, ...], now: str, book: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "BUSY_SECONDS", 2.0)
    with writing(book):
        during = cli(*args, now=now)
    assert during.code == 0, during.err
    if args[0] != "book":
        assert during.out == cli(*args, now=now).out


def test_what_changed_overnight_is_said_while_another_writes(book: Path, cli: Cli):
    with writing(book) as other:
        late = threading.Timer(20, other.execute, ["rollback"])
        late.start()
        during = cli("today", now=TOMORROW)
        assert other.in_transaction  # the answer came before the other was through
        late.cancel()
    after = cli("today", now=TOMORROW)
    assert "since the last list: 0 promises broken, 1 due" in during.err
    assert during.err == after.err
    assert "since the last list" not in cli("today", now=TOMORROW).err


def test_a_writer_waits_until_the_other_is_through(book: Path, cli: Cli):
    with writing(book) as other:
        waiting = threading.Timer(0.5, other.execute, ["commit"])
        waiting.start()
        seen = cli("log", "A-2", "na")
        waiting.join()
    assert seen.code == 0
    assert "no-answer" in cli("show", "A-2").out


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-05"])
def test_the_list_copied_and_rolled_over_is_the_one_computed(
    day: str, book: Path, monkeypatch: pytest.MonkeyPatch
):
    now = datetime.fromisoformat(f"{day}T09:00+08:00")
    found = []
    for copied in (True, False):
        monkeypatch.setattr(worklist, "policies_changed", lambda _connection, copied=copied: not copied)
        with opened(book) as read:
            worklist.shadow(read.connection, now.date(), now.tzinfo)
            found.append(
                [
                    read.connection.execute(f"select * from temp.{table} order by 1, 2, 3, 4, 5").fetchall()
                    for table in ("worklist", "worklist_count where n <> 0")
                ]
            )
    assert found[0] == found[1]


_OPEN = """
import sys
from pathlib import Path
from collectctl.store.book import opened
sys.stdin.read()
for turn in range(3):
    with opened(Path(f"{turn}.db"), create=sys.argv[1] == "create") as book:
        assert book.connection.execute("select count(*) from account").fetchone() == (0,)
        if book.exists:
            assert book.connection.execute("pragma journal_mode").fetchone() == ("wal",)
"""


def test_a_book_is_begun_by_several_at_once(tmp_path: Path):
    root = Path(__file__).parents[2]
    script = f"import sys; sys.path.insert(0, {str(root)!r}){_OPEN}"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, how], cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for how in ("create", "create", "read", "read")
    ]
    for process in started:
        assert process.stdin
        process.stdin.close()
        process.stdin = None
    assert [process.communicate(timeout=60)[1] for process in started] == [b""] * 4
    assert len(list(tmp_path.glob("*.db"))) == 3


def test_a_book_that_is_just_begun_is_read_as_none(home: Path, cli: Cli):
    path = home / "book.db"
    path.touch()
    with writing(path):  # the first of its pages is not there yet
        seen = cli("today")
    assert seen.code == 0
    assert "there is no book" in seen.err


def test_an_older_book_is_waited_for_while_another_brings_it_up_to_date(home: Path, cli: Cli):
    """And is then read in its new form: the reader does nothing that the other has done."""
    import gzip

    older = sorted(Path(__file__).with_name("books").glob("schema-*.db.gz"))[-1]
    with gzip.open(older) as packed, (home / "book.db").open("wb") as file:
        shutil.copyfileobj(packed, file)
    code = (
        "import sqlite3, sys, time; from pathlib import Path; from collectctl.store import book, schema;"
        " apply = schema.migrations.apply;"
        " schema.migrations.apply = lambda db: (apply(db), print(flush=True), time.sleep(0.5));"
        " book.opened(Path(sys.argv[1])).__enter__()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(home / "book.db")], stdout=subprocess.PIPE)
    assert other.stdout
    other.stdout.readline()
    assert cli("list").code == 0
    assert other.wait(60) == 0
    other.stdout.close()
