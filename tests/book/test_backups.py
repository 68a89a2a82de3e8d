"""Backups: verified, whole or not there, made by themselves each day and before a migration; put back."""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from collectctl.domain.errors import BookError
from collectctl.store import backups, errors
from collectctl.store.book import VERSION, Book, opened
from collectctl.store.proving import Proof
from collectctl.usecases import restoring
from collectctl.usecases.backups import backup, day_backup
from collectctl.usecases.opening import SameFile
from tests.book.conftest import LATER, OLD
from tests.conftest import Cli
from tests.store.test_book import derived, say

TODAY, TOMORROW = "2026-11-26T09:00+08:00", "2026-11-27T09:00+08:00"


def texts(path: Path) -> list[tuple[object, ...]]:
    with opened(path) as book:
        assert list(Proof(book.connection).findings()) == []
        return book.connection.execute("select id, text from activity order by id").fetchall()


def left_over(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.name.startswith(".collectctl-")]


def test_a_backup_is_the_book_private_and_whole(book: Book, tmp_path: Path):
    target = tmp_path / "copy.db"
    before = derived(book)
    backup(book, target, LATER)
    assert target.stat().st_mode & 0o777 == 0o600
    with opened(target) as copy:
        assert derived(copy) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("copy")) == ["copy.db"]
    assert left_over(tmp_path) == []
    kinds = book.connection.execute("select kind, command from operation order by id desc limit 1").fetchall()
    assert kinds == [("entry", "book backup")]


def test_without_a_name_it_goes_beside_the_book_and_never_over_another(book: Book):
    first, second = backup(book, None, LATER), backup(book, None, LATER)
    assert first.path != second.path
    folder = Path(first.path).parent
    assert folder == book.path.parent / "backups"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert texts(Path(first.path)) == texts(Path(second.path))


def test_an_older_backup_is_replaced_where_that_is_asked_for(cli: Cli, home: Path, rich: Path):
    shutil.copy(rich, home / "book.db")
    weekly = str(home / "weekly.db")
    assert cli("book", "backup", weekly, now=TODAY).code == 0
    assert cli("log", "V1-1", "na", now=TODAY).code == 0
    refused = cli("book", "backup", weekly, now=TODAY)
    assert (refused.code, refused.err.count("--force")) == (2, 1)
    assert cli("book", "backup", weekly, "--force", now=TODAY).code == 0
    assert texts(home / "weekly.db") == texts(home / "book.db")


def test_a_backup_while_another_command_writes_is_of_one_moment(book: Book, tmp_path: Path):
    """The other one has written and not committed: it does not wait for us, and nothing of it is copied."""
    other = sqlite3.connect(book.path, isolation_level=None)
    other.execute("begin immediate")
    other.execute("update worklist set points = 12345")
    backups.save(book.connection, tmp_path / "x" / "copy.db")
    other.execute("commit")
    other.close()
    with sqlite3.connect(tmp_path / "x" / "copy.db") as copy:
        assert copy.execute("select count(*) from worklist where points = 12345").fetchone() == (0,)
    copy.close()


def test_a_copy_that_does_not_read_as_it_should_is_no_backup(book: Book, tmp_path: Path):
    root = book.connection.execute("select rootpage from sqlite_master where name = 'activity'").fetchone()[0]
    size = book.connection.execute("pragma page_size").fetchone()[0]
    book.connection.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(book.path.read_bytes())
    content[(root - 1) * size : root * size] = bytes(size)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(content)
    with sqlite3.connect(damaged) as connection, pytest.raises(errors.CopyUnsound):
        backups.save(connection, tmp_path / "backups" / "copy.db")
    connection.close()
    assert list((tmp_path / "backups").iterdir()) == []


def test_the_first_command_of_a_day_leaves_a_backup_and_the_second_does_not(cli: Cli, home: Path, rich: Path):
    shutil.copy(rich, home / "book.db")
    assert cli("list", now=TODAY).code == 0
    copy = home / "backups" / "book-2026-11-26.db"
    assert texts(copy) == texts(home / "book.db")
    written = copy.stat().st_mtime_ns
    assert cli("log", "V1-1", "na", now=TODAY).code == 0
    assert copy.stat().st_mtime_ns == written
    assert cli("today", now=TOMORROW).code == 0
    assert len(texts(home / "backups" / "book-2026-11-27.db")) == len(texts(copy)) + 1


def test_a_book_of_today_has_nothing_to_be_kept_yet(cli: Cli, home: Path):
    (home / "f.csv").write_text("account,name,balance\nA1,Ann Example,5\n", "utf-8")
    assert cli("import", str(home / "f.csv"), "--client", "Bank", "--currency", "USD").code == 0
    assert cli("today").code == 0
    assert not (home / "backups").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and rights")
def test_a_daily_backup_that_fails_is_said_and_the_command_is_done(cli: Cli, home: Path, rich: Path):
    shutil.copy(rich, home / "book.db")
    (home / "backups").write_text("a file where the folder should be", "utf-8")
    seen = cli("log", "V1-1", "na", now=TODAY)
    assert seen.code == 0
    assert seen.err.startswith("note: no backup could be written to ")
    assert cli("history", "--limit", "1", now=TODAY).out.count("log V1-1") == 1


def test_daily_backups_rotate_and_what_a_killed_process_left_is_swept(book: Book):
    day = LATER.date()
    for n in range(20):
        assert day_backup(book, day + timedelta(days=n)) == []
    folder = book.path.parent / "backups"
    part = folder / ".collectctl-abc.part"
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    fresh = folder / ".collectctl-def.part"
    fresh.write_bytes(b"half, by another command that runs now")
    midnight = datetime.combine(day + timedelta(days=20), time(0, 10), LATER.tzinfo).timestamp()
    os.utime(fresh, (midnight, midnight))
    assert day_backup(book, day + timedelta(days=20)) == []
    names = sorted(path.name for path in folder.iterdir())
    assert [name[5:15] for name in names if name.endswith(".db")] == [
        "2026-11-29", "2026-12-06", "2026-12-07", *(f"2026-12-{day:02}" for day in range(8, 15)),
    ]  # fmt: skip
    assert [name for name in names if "part" in name] == [fresh.name]


def test_an_older_book_is_kept_before_it_is_migrated(tmp_path: Path):
    path = tmp_path / "book.db"
    older = gzip.decompress(OLD.read_bytes())
    for expected in ("book-schema-3.db", "book-schema-3-2.db"):
        path.write_bytes(older)
        with opened(path) as book:
            assert book.connection.execute("pragma user_version").fetchone() == (VERSION,)
        with sqlite3.connect(tmp_path / "backups" / expected) as kept:
            assert kept.execute("pragma user_version").fetchone() == (3,)
            assert kept.execute("pragma integrity_check").fetchone() == ("ok",)
        kept.close()


def test_without_a_backup_there_is_no_migration(tmp_path: Path):
    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    (tmp_path / "backups").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(errors.BackupFailed), opened(path):
        pass
    with sqlite3.connect(path) as connection:
        assert connection.execute("pragma user_version").fetchone() == (3,)
    connection.close()


# --- put back ------------------------------------------------------------------------------------------


def test_a_book_is_put_back_and_what_it_held_is_kept(cli: Cli, home: Path, rich: Path):
    shutil.copy(rich, home / "book.db")
    assert cli("book", "backup", str(home / "safe.db"), now=TODAY).code == 0
    safe, content = texts(home / "safe.db"), (home / "safe.db").read_bytes()
    assert cli("log", "V1-1", "na", now=TODAY).code == 0
    later = texts(home / "book.db")
    seen = cli("book", "restore", str(home / "safe.db"), "--json", now=TODAY)
    assert seen.code == 0
    assert texts(home / "book.db") == safe
    assert texts(Path(seen.data["kept"])) == later
    assert (home / "safe.db").read_bytes() == content
    assert left_over(home) == []
    assert "put back" in cli("history", "--limit", "1", now=TODAY).out
    assert cli("book", "check", now=TODAY).code == 0
    assert (home / "book.db").stat().st_mode & 0o777 == 0o600


def spoil_header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def spoil_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096, 2):
        content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9_000])


def leave_a_log(path: Path) -> None:
    spoil_header(path)
    path.with_name("book.db-wal").write_bytes(b"what was not yet in it" * 100)


SPOILT = {"header": spoil_header, "pages": spoil_pages, "cut": cut, "gone": Path.unlink, "log": leave_a_log}


@pytest.mark.parametrize("how", SPOILT)
def test_a_book_that_is_damaged_or_gone_is_put_back(cli: Cli, home: Path, rich: Path, how: str):
    shutil.copy(rich, home / "book.db")
    shutil.copy(rich, home / "safe.db")
    SPOILT[how](home / "book.db")
    damaged = (home / "book.db").read_bytes() if how != "gone" else b""
    seen = cli("book", "restore", str(home / "safe.db"), "--json", now=TODAY)
    assert seen.code == 0, seen
    if how != "gone":
        assert Path(seen.data["kept"]).read_bytes() == damaged
    assert cli("book", "check", now=TODAY).code == 0
    assert len(texts(home / "book.db")) == len(texts(home / "safe.db"))


def test_a_backup_of_an_older_release_is_put_back_in_this_schema(cli: Cli, home: Path, rich: Path):
    shutil.copy(rich, home / "book.db")
    (home / "old.db").write_bytes(gzip.decompress(OLD.read_bytes()))
    assert cli("book", "restore", str(home / "old.db"), now=TODAY).code == 0
    assert cli("book", "check", now=TODAY).code == 0
    with sqlite3.connect(home / "old.db") as old:
        assert old.execute("pragma user_version").fetchone() == (3,)
    old.close()


def altered(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("drop trigger activity_update")
        connection.execute("update activity set text = 'they agreed' where id = 1")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def begun(path: Path) -> None:
    path.unlink()
    with opened(path, create=True):
        pass


BAD = {
    "empty": (empty, 4), "no entry": (begun, 4),
    "altered": (altered, 4), "newer": (newer, 4), "pages": (spoil_pages, 4), "header": (spoil_header, 4),
    "text": (lambda path: path.write_text("my debtors\n" * 999), 4), "gone": (Path.unlink, 3),
}  # fmt: skip


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_sound_backup_is_refused_and_the_book_stays(cli: Cli, home: Path, rich: Path, how: str):
    shutil.copy(rich, home / "book.db")
    shutil.copy(rich, home / "bad.db")
    spoil, code = BAD[how]
    spoil(home / "bad.db")
    before = (home / "book.db").read_bytes()
    seen = cli("book", "restore", str(home / "bad.db"), now=TODAY)
    assert (seen.code, seen.out) == (code, "")
    assert "bad.db" in seen.err
    assert seen.err.count("\n") <= 4
    assert (home / "book.db").read_bytes() == before
    assert left_over(home) == []


def test_the_book_itself_is_no_backup(book: Book):
    with pytest.raises(SameFile):
        restoring.restore(book.path, book.path, LATER)


_SLOW_WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from collectctl.store.book import opened
with opened(Path(sys.argv[1])) as book:
    with book.write() as connection:
        connection.execute("update state set value = value")
        print("writing", flush=True)
        sys.stdin.readline()
"""


def test_a_restore_waits_for_who_writes_and_who_comes_then_works_on_the_new_book(tmp_path: Path, rich: Path):
    root = Path(__file__).parent.parent.parent
    shutil.copy(rich, tmp_path / "book.db")
    shutil.copy(rich, tmp_path / "safe.db")
    with opened(tmp_path / "book.db") as book:
        say(book, 1, "na", LATER.replace(day=26))
    code = "from collectctl.cli.main import run; run()"
    writer = subprocess.Popen(
        [sys.executable, "-c", _SLOW_WRITER, str(tmp_path / "book.db")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
    )  # fmt: skip
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    restore = subprocess.Popen(
        [sys.executable, "-c", code, "book", "restore", str(tmp_path / "safe.db")],
        env={**os.environ, "COLLECTCTL_DB": str(tmp_path / "book.db"), "COLLECTCTL_NOW": TODAY},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        restore.wait(timeout=1.5)
    writer.communicate("\n", timeout=30)
    out, err = restore.communicate(timeout=60)
    assert (restore.returncode, err) == (0, "")
    assert out.startswith("put back: ")
    with opened(tmp_path / "book.db") as book:
        say(book, 1, "bz", LATER.replace(day=26))
        assert list(Proof(book.connection).findings()) == []


def test_an_error_of_the_database_is_one_of_ours(tmp_path: Path):
    with pytest.raises(BookError):
        backups.read_copy(tmp_path / "nothing.db", tmp_path / "copy.db")
