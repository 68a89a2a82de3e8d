"""Copies of the book, each verified after it was written; none is ever half there."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from collectctl.domain import backups as naming
from collectctl.store import errors
from collectctl.store.book import APPLICATION_ID, make_folder
from collectctl.store.diagnosis import explain
from collectctl.store.leftover import is_foreign

BUSY_SECONDS = 30.0  # how long a restore waits for those who work on the book
_SLEEP = 0.25
_HEAD, _ID_AT = 100, 68  # bytes of an SQLite file: its header, and where it says whose it is
PARTS = ".collectctl-"  # how the names begin of what is not whole yet
_PARTS = f"{PARTS}*"


def fill(connection: sqlite3.Connection, target: Path) -> None:
    """Make the empty file `target` a copy of the book as it stands now; nobody who writes to it waits.

    Raises BackupFailed, CopyUnsound (exit 5).
    """
    begun = not connection.in_transaction
    if begun:
        connection.execute("begin")
    try:
        last = _last(connection)  # the snapshot from here on is the one that is copied
        with closing(sqlite3.connect(target)) as made:
            _copy(connection, made)
    except sqlite3.Error as error:
        if errors.is_damage(error):
            raise
        raise errors.BackupFailed(target.parent, errors.why(error)) from error
    finally:
        if begun:
            connection.execute("commit")
    _verify(target, last)
    _sync_file(target)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All pages at once. Raises BookLocked (exit 5) where one of the two stays locked."""
    waited = 0

    def look(status: int, _remaining: int, _total: int) -> None:
        nonlocal waited
        waited += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waited * _SLEEP > BUSY_SECONDS:  # SQLite itself would wait for ever
            raise errors.BookLocked

    source.backup(target, progress=look, sleep=_SLEEP)


def _verify(target: Path, last: tuple[int, bytes] | None) -> None:
    try:
        # nobody else has this file: SQLite needs no files beside it
        with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as made:
            sound = made.execute("pragma quick_check(1)").fetchone()[0] == "ok"
            same = _last(made) == last
    except sqlite3.Error:
        sound = same = False
    if not (sound and same):
        raise errors.CopyUnsound(target.parent)


def _last(connection: sqlite3.Connection) -> tuple[int, bytes] | None:
    row: tuple[int, bytes] | None = connection.execute(
        "select id, chain from operation order by id desc limit 1"
    ).fetchone()
    return row


def save(connection: sqlite3.Connection, target: Path) -> None:
    """A copy under the name `target`, in a folder that only its owner can read; it appears whole.

    Raises BackupFailed (exit 5).
    """
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with _appearing(target) as temporary:
            fill(connection, temporary)
    except OSError as error:
        raise errors.BackupFailed(target.parent, error.strerror or type(error).__name__) from error


@contextmanager
def _appearing(target: Path) -> Iterator[Path]:
    """An empty file (mode 0600) to be filled, which becomes `target` when the block ends without an error."""
    made, name = tempfile.mkstemp(prefix=PARTS, suffix=".part", dir=target.parent)
    os.close(made)
    temporary = Path(name)
    try:
        yield temporary
        _sync_file(temporary)
        temporary.replace(target)
        _settle(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _settle(there: Path) -> None:
    """Have the names in a folder on the disk, on a system that lets us ask for it."""
    with suppress(OSError):
        made = os.open(there, os.O_RDONLY)
        try:
            os.fsync(made)
        finally:
            os.close(made)


def folder(book: Path) -> Path:
    """Where the backups of a book are."""
    return book.absolute().parent / naming.FOLDER


def unused(there: Path, name: str) -> Path:
    """That name in the folder, or one like it that no file has."""
    first = there / name
    others = (first.with_name(f"{first.stem}-{turn}.db") for turn in count(2))
    return next(path for path in (first, *islice(others, 1_000)) if not path.exists())


def before_migration(book: Path, version: int) -> None:
    """Keep the book as the older release left it; the caller holds its lock. Raises BackupFailed (exit 5)."""
    target = unused(folder(book), naming.of_schema(book.name, version))
    # a connection that may write can't be copied from
    with closing(sqlite3.connect(f"{book.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        save(connection, target)


def rotate(book: Path, today: date) -> None:
    """Remove the daily backups that are no longer kept, and what a killed process left some days ago."""
    there = folder(book)
    for name in naming.expired(book.name, [path.name for path in there.iterdir()]):
        (there / name).unlink(missing_ok=True)
    # in Greenwich it may still be the day before: somebody may be at work on it
    yesterday = today - timedelta(days=1)
    for path in _parts(book):
        with suppress(FileNotFoundError):  # another command has just given it its name
            if datetime.fromtimestamp(path.stat().st_mtime, UTC).date() < yesterday:
                _remove(path)


def _parts(book: Path) -> list[Path]:
    """What is not whole yet, or never will be."""
    return [*folder(book).glob(_PARTS), *book.absolute().parent.glob(_PARTS)]


def replace_all(connection: sqlite3.Connection, book: Path, today: date) -> int:
    """Write the backup of the day and remove every other one beside the book; returns how many those were."""
    kept = folder(book) / naming.daily(book.name, today)
    older = [path for path in all_of(book) if path != kept]
    save(connection, kept)
    for path in (*older, *_parts(book)):
        _remove(path)
    return len(older)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def all_of(book: Path) -> list[Path]:
    """Every backup of the book beside it, what a restore replaced included, the newest first."""
    there = folder(book)
    found = there.iterdir() if there.is_dir() else ()
    mine = [path for path in found if naming.belongs(book.name, path.name) and path.is_file()]
    return sorted(mine, key=_written, reverse=True)


def _written(path: Path) -> float:
    return path.stat().st_mtime


def is_resting(path: Path) -> bool:
    """Whether a file is a book with nothing beside it: a backup, and none that somebody works on."""
    if any(path.with_name(path.name + end).exists() for end in ("-wal", "-shm")):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return head[_ID_AT : _ID_AT + 4] == APPLICATION_ID.to_bytes(4, "big")


def read_copy(file: Path, copy: Path) -> None:
    """Make `copy` what the database `file` holds, which is only read. Raises a BookError (exit 5)."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?{_reading(file)}", uri=True)) as source,
            closing(sqlite3.connect(copy)) as made,
        ):
            _copy(source, made)
    except sqlite3.Error as error:
        raise explain(error, file) or errors.BookDamaged(str(file)) from error


def _reading(file: Path) -> str:
    """A file without a log of what is not yet in it is read without leaving anything beside it."""
    log = file.with_name(f"{file.name}-wal")
    return "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"


def put_in_place(copy: Path, book: Path, now: datetime) -> Path | None:
    """Make the book what `copy` holds, all at once; returns where what it held before is kept.

    Where SQLite can still lock the old book, its pages are replaced in one transaction, so that whoever waits
    for it goes on with the new ones. A book that is damaged too badly for that, or has the log of another
    beside it, is moved away.
    """
    kept = unused(folder(book), naming.of_instant(book.name, now, "replaced"))
    make_folder(kept.parent)
    try:
        if book.exists() and not is_foreign(book):  # whose log SQLite would add to it first
            try:
                _overwrite(copy, book, kept)
            except sqlite3.DatabaseError as error:
                if not errors.is_damage(error):
                    raise
            else:
                return kept
        _move_away(book, kept)
        copy.replace(book)
        _settle(book.parent)
    except sqlite3.Error as error:
        raise explain(error, book) or errors.BookDamaged(str(book)) from error
    except OSError as error:
        raise errors.BookUnreachable(str(book), error.strerror or "") from error
    return next((one for one in (kept, kept.with_name(f"{kept.name}-wal")) if one.exists()), None)


def _overwrite(copy: Path, book: Path, kept: Path) -> None:
    with (
        closing(sqlite3.connect(book, timeout=BUSY_SECONDS, isolation_level=None)) as live,
        closing(sqlite3.connect(copy)) as source,
    ):
        live.execute("pragma synchronous = full")
        live.execute("pragma locking_mode = exclusive")  # from the first look on until the end
        live.execute("begin exclusive")
        live.execute("commit")
        # as it is: what is replaced need not be sound
        with _appearing(kept) as temporary, closing(sqlite3.connect(temporary)) as old:
            _copy(live, old)
        _copy(source, live)


def _move_away(book: Path, kept: Path) -> None:
    """What is left of a book under the name `kept`, after the log of what was not yet in it."""
    for end in ("-wal", ""):
        old = book.with_name(book.name + end)
        if old.exists():
            with _appearing(kept.with_name(kept.name + end)) as temporary:
                shutil.copyfile(old, temporary)
    for end in ("-wal", "-shm"):
        book.with_name(book.name + end).unlink(missing_ok=True)
