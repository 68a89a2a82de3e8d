"""What can be wrong with the book itself; each says what to do. Exit code 5."""

import sqlite3
from pathlib import Path

from collectctl.domain.errors import BookError
from collectctl.domain.words import _


class BookLocked(BookError):
    code = "book-locked"

    def __init__(self) -> None:
        super().__init__(
            _("the book is locked: another program is writing to it and does not finish"),
            _("close the other program, then run the command again; nothing was written"),
        )


class BookFull(BookError):
    code = "disk-full"

    def __init__(self) -> None:
        super().__init__(
            _("the book can't be written: the disk is full"),
            _("free some space, then run the command again; nothing was written"),
        )


class BookDamaged(BookError):
    code = "book-damaged"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("the book is damaged: {path}").format(path=path),
            _("stop writing to it, keep a copy of the file, and go on from a backup"),
        )


class NotABook(BookError):
    code = "book-foreign"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("not a book of collectctl, but something else: {path}").format(path=path),
            "collectctl today --db PATH",
        )


class NewerBook(BookError):
    code = "book-newer"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("the book was written by a newer collectctl: {path}").format(path=path),
            "pip install --upgrade collectctl",
        )


class BookReadOnly(BookError):
    code = "book-read-only"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("the book or its folder can't be written: {path}").format(path=path),
            _("make the file and its folder writable, or name another: --db PATH"),
        )


class BookUnreachable(BookError):
    code = "book-unreachable"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            _("the book can't be used: {path} ({why})").format(path=path, why=why),
            _("name another: --db PATH"),
        )


class BackupFailed(BookError):
    code = "backup-failed"

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            _("no backup could be written to {folder}: {why}").format(folder=folder, why=why),
            _("free some space or make the folder writable; the book itself is as it was"),
        )


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the book itself is damaged."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in (
        sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
    )  # fmt: skip


def why(error: sqlite3.Error) -> str:
    """What a database error means, in a few words."""
    match (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _("the disk is full")
        case sqlite3.SQLITE_IOERR:
            return _("the disk can't be read or written, it may be full")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return _("it can't be written")
    return str(error)


def explain(error: sqlite3.Error, path: str) -> BookError | None:
    """The error of the database as one of ours, by SQLite's result code; None where the fault is ours."""
    match (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BookLocked()
        case sqlite3.SQLITE_FULL:
            return BookFull()
        case sqlite3.SQLITE_CORRUPT:
            return BookDamaged(path)
        case sqlite3.SQLITE_NOTADB:
            return NotABook(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return BookReadOnly(path)
        case sqlite3.SQLITE_CANTOPEN:
            return BookUnreachable(path, _("the file or its folder can't be opened"))
        case sqlite3.SQLITE_IOERR:
            return BookUnreachable(path, _("the disk can't be read or written, it may be full"))
    return None
