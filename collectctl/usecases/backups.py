"""Backups: the one of each day, those that the user asks for, and a book put back from one."""

import sqlite3
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from collectctl.domain import backups as naming
from collectctl.domain.errors import BadUsage, BookError
from collectctl.domain.results.about import Backup
from collectctl.domain.words import _
from collectctl.outlet.replacing import placing
from collectctl.store import backups
from collectctl.store.book import Book
from collectctl.store.diagnosis import explain
from collectctl.store.errors import CantStore
from collectctl.store.journal import ENTRY, entry
from collectctl.usecases.opening import NoBook, SameFile


class NoStream(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a backup is verified after it was written: it needs a file"), "collectctl book backup FILE"
        )


def backup(book: Book, target: Path | None, now: datetime, *, force: bool = False) -> Backup:
    """Copy the book to `target`; in a folder, else in the one of backups, to a name of the instant; verified.

    Others go on writing meanwhile. Raises NoBook (3), NoStream, SameFile, TargetExists, TargetNoFile (2),
    CantWrite, BackupFailed (5).
    """
    if not book.exists:
        raise NoBook(book.path)
    if str(target) == "-":
        raise NoStream
    if target is None or target.is_dir() or target.absolute() == backups.folder(book.path):
        there = backups.folder(book.path) if target is None else target.absolute()
        target = backups.unused(there, naming.of_instant(book.path.name, now))
        backups.save(book.connection, target)
    else:
        if target.exists() and target.samefile(book.path):
            raise SameFile(target)
        hint = "collectctl book backup FILE --force"
        older = force and backups.is_resting(target)
        with placing(target, force=force, hint=hint, over_database=older) as temporary:
            backups.fill(book.connection, temporary)
    with suppress(CantStore):  # the copy is there all the same
        _note(book, now)
    return described(target, now)


def _note(book: Book, now: datetime) -> None:
    with book.write(patient=False) as connection, entry(connection, "book backup", now, ENTRY) as made:
        made.text = _("wrote a backup")


def day_backup(book: Book, today: date) -> list[str]:
    """Write the backup of the day and let those go that are no longer kept; what went wrong, in lines.

    A command that has done its work does not fail because of it.
    """
    try:
        backups.save(book.connection, backups.folder(book.path) / naming.daily(book.path.name, today))
        backups.rotate(book.path, today)
    except (BookError, OSError, sqlite3.Error) as error:
        known = error if isinstance(error, BookError) else explain(error, book.path)
        hint = known.hint if known else ""
        lines = [_("note: {text}").format(text=known.message if known else error)]
        return [*lines, *([_("try: {hint}").format(hint=hint)] if hint else [])]
    return []


def described(path: Path, now: datetime) -> Backup:
    """Where a backup is, how big (bytes) and when it was written, in the collector's zone."""
    stat = path.stat()
    return Backup(str(path), stat.st_size, datetime.fromtimestamp(int(stat.st_mtime), now.tzinfo))
