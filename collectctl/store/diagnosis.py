"""What went wrong with the book, found out after it did: by SQLite's result code and a look around."""

import errno
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from collectctl.domain.errors import BookError
from collectctl.domain.words import _
from collectctl.store import errors
from collectctl.store.book import has_log

_MEMORY = {
    sqlite3.SQLITE_IOERR_SHMLOCK, sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}  # fmt: skip
_LOCKS, _SPACE = "locks", "space"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LONGEST = 512  # bytes of a path, in SQLite
_ROOM = bytes(1 << 16)  # more than SQLite needs to begin
_BEGINNING = 1 << 20  # of a file: where a book has its schema


def explain(error: Exception, path: Path) -> BookError | None:
    """The error as one of ours; None where the fault is collectctl's."""
    known = _by_code(error, path) if isinstance(error, sqlite3.Error) else None
    if str(error).startswith("no such table"):  # somebody has removed one
        return errors.BookDamaged(str(path))
    return known or (errors.BookDamaged(str(path)) if _damaged(path) else None)


def _by_code(error: sqlite3.Error, path: Path) -> BookError | None:
    code = getattr(error, "sqlite_errorcode", None) or 0
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            # a folder without locks is, for SQLite, one where somebody else always has the lock
            return errors.NoLocks(str(path)) if _trouble(path.parent) == _LOCKS else errors.BookLocked()
        case sqlite3.SQLITE_FULL:
            return errors.BookFull()
        case sqlite3.SQLITE_CORRUPT:
            return errors.BookDamaged(str(path))
        case sqlite3.SQLITE_NOTADB:
            return errors.BookDamaged(str(path)) if _was_a_book(path) else errors.NotABook(str(path))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _beside(path) or errors.BookReadOnly(str(path))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return _beside(path) or _by_folder(code, path)
    return None


def _beside(path: Path) -> BookError | None:
    """What is wrong with the files that SQLite keeps beside the book."""
    for name in (f"{path}-wal", f"{path}-shm"):
        beside = Path(name)
        usable = beside.is_file() and os.access(beside, os.R_OK | os.W_OK)
        if beside.exists() and not usable and os.access(path.parent, os.W_OK):
            return errors.BesideClosed(name)
    if has_log(path) and not os.access(path.parent, os.W_OK):
        return errors.BookSplit(str(path))
    return None


def _by_folder(code: int, path: Path) -> BookError:
    trouble = _trouble(path.parent)
    if trouble == _SPACE:
        return errors.BookFull()
    if trouble == _LOCKS or code in _MEMORY:
        return errors.NoLocks(str(path))
    if len(os.fsencode(f"{path.absolute()}-journal")) >= _LONGEST:
        return errors.BookUnreachable(str(path), _("the path is too long"))
    if not os.access(path, os.R_OK):
        return errors.BookUnreachable(str(path), _("it may not be read"))
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return errors.BookUnreachable(str(path), _("the file or its folder can't be opened"))
    return errors.BookUnreachable(str(path), _("the disk can't be read or written"))


def _trouble(folder: Path) -> str:
    """What a small file of our own lacks in the folder: locks, space, or nothing that can be told."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            if not _can_lock(file.fileno()):
                return _LOCKS
            file.write(_ROOM)
            file.flush()
    except OSError as error:
        return _SPACE if error.errno in _NO_ROOM else ""
    return ""


def _can_lock(file: int) -> bool:
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def _was_a_book(path: Path) -> bool:
    """Whether a file that SQLite does not take for one of its own has the schema of a book in it."""
    try:
        with path.open("rb") as file:
            return b"CREATE TABLE worklist_count" in file.read(_BEGINNING)
    except OSError:
        return False


def _damaged(path: Path) -> bool:
    """Whether SQLite finds fault with the file."""
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return bool(connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok")
    except sqlite3.Error as error:
        return errors.is_damage(error)
