"""What can be wrong with the book itself; each says what to do. Exit code 5."""

import sqlite3
from pathlib import Path

from collectctl.domain.errors import BookError
from collectctl.domain.words import _


class CantStore(BookError):
    """Nothing can be stored, now or ever; what is stored can still be read."""


class BookLocked(CantStore):
    code = "book-locked"

    def __init__(self) -> None:
        super().__init__(
            _("the book is locked: another program is writing to it and does not finish"),
            _("close the other program, then run the command again; nothing was written"),
        )


class BookFull(CantStore):
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
            _("go on from a backup: collectctl book restore FILE; it keeps the damaged file"),
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


class BookReadOnly(CantStore):
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


class OlderBook(BookError):
    code = "book-older"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("the book is of an older collectctl, and can't be brought to today's form: {path}").format(
                path=path
            ),
            _("make the file and its folder writable, or copy it to where it may be written: --db COPY"),
        )


class BookLinked(CantStore):
    code = "book-linked"

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "the book can't be written: {path} is one of several names of one file (hard links),\n"
                "and what is written under one of them may be lost under another"
            ).format(path=path),
            _("remove the other names (find / -samefile ...), or name a copy: --db COPY"),
        )


class BookMissing(BookError):
    code = "book-missing"

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "there is no book at {path}, but its last entries are: in {path}-wal\n"
                "(the book was moved or deleted without that file)"
            ).format(path=path),
            _("put the book back beside it, or move that file away to begin a new book"),
        )


class BookSplit(BookError):
    code = "book-split"

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "the book's last entries are in {path}-wal,\nwhich can't be read where nothing may be written"
            ).format(path=path),
            _("copy both files to where you may write, side by side, and name that copy: --db COPY"),
        )


class BesideClosed(BookError):
    code = "book-unreachable"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}, which belongs to the book, can't be read and written").format(name=name),
            _("give that file the owner and the rights of the book; it may hold the last entries"),
        )


class LogForeign(BookError):
    code = "book-log"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("{path}-wal is damaged or not of this book: its entries can't be added to it").format(
                path=path
            ),
            _("collectctl book restore FILE (a backup), or move that file away to go on without its entries"),
        )


class NoLocks(BookError):
    code = "book-no-locks"

    def __init__(self, path: str) -> None:
        super().__init__(
            _("the folder of the book has no file locks or shared memory (a network folder?): {path}").format(
                path=path
            ),
            _("keep the book on a disk of this machine: --db PATH; nothing was written"),
        )


class BackupFailed(BookError):
    code = "backup-failed"

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            _("no backup could be written to {folder}: {why}").format(folder=folder, why=why),
            _("free some space or make the folder writable; the book itself is as it was"),
        )


class CopyUnsound(BookError):
    code = "copy-unsound"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("the copy in {folder} does not read as it should: the book itself may be damaged").format(
                folder=folder
            ),
            "collectctl book check",
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
