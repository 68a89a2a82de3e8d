"""What can be wrong with the book itself; each says what to do. Exit code 5."""

import sqlite3

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
            _("not a book of collectctl: {path}").format(path=path),
            "collectctl --db book.db today",
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
            _("the book can't be opened: {path} ({why})").format(path=path, why=why),
            _("name another: --db PATH"),
        )


def explain(error: sqlite3.Error, path: str) -> BookError:
    """The error of the database as one of ours."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return BookLocked()
    if "full" in text:
        return BookFull()
    if "malformed" in text or "corrupt" in text:
        return BookDamaged(path)
    if "not a database" in text or "no such" in text:
        return NotABook(path)
    if "readonly" in text or "read-only" in text:
        return BookReadOnly(path)
    if "unable to open" in text:
        return BookReadOnly(path)
    return BookUnreachable(path, str(error))
