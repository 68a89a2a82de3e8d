"""Opening the book for one command, and what the command line asks of it before it starts."""

import os
from datetime import datetime
from pathlib import Path

from collectctl.domain.backups import FOLDER, daily
from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.words import _
from collectctl.store.book import Book, opened
from collectctl.store.journal import first_instant
from collectctl.store.settings import get_setting

__all__ = ["Book", "NoBook", "SameFile", "backup_due", "date_order", "opened", "zone_name"]


def instead(path: Path) -> str:
    """What to do where there is no book: put it back, where it left backups; else begin one."""
    from shlex import quote  # needed by few commands

    from collectctl.store.backups import all_of

    found = [one for one in all_of(path) if one.suffix == ".db"]
    return f"collectctl book restore {quote(str(found[0]))}" if found else "collectctl import FILE"


def no_book(book: Book) -> tuple[str, ...]:
    """The same as a warning, where an empty book answers; none where there is a book."""
    if book.exists:
        return ()
    text = _("there is no book at {path} yet; try: {hint}")
    return (text.format(path=book.path, hint=instead(book.path)),)


class NoBook(NotFound):
    def __init__(self, path: Path) -> None:
        super().__init__(_("there is no book at {path} yet").format(path=path), instead(path))


class SameFile(BadUsage):
    def __init__(self, file: Path) -> None:
        super().__init__(_("{file} is the book itself").format(file=file), "collectctl book info")


def zone_name(book: Book) -> str:
    """The collector's zone as set, empty where it is not."""
    return get_setting(book.connection, "zone") or ""


def date_order(book: Book) -> str:
    """How `05/11/2026` is read: dmy, mdy, or empty where the user has not said."""
    return get_setting(book.connection, "dates") or ""


def backup_due(book: Book, now: datetime) -> bool:
    """Whether the backup of the day is missing: of a book that can be written and has entries of before."""
    if not (book.exists and book.writable):
        return False
    if os.path.exists(book.path.parent / FOLDER / daily(book.path.name, now.date())):  # noqa: PTH110 (never raises)
        return False
    first = first_instant(book.connection)
    return first is not None and first.astimezone(now.tzinfo).date() < now.date()
