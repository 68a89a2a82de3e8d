"""A book put back from a backup: verified first, and what it replaces is kept."""

from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from collectctl.domain.errors import BadData, NotFound
from collectctl.domain.results.about import Restored
from collectctl.domain.words import _
from collectctl.store import backups, checking
from collectctl.store.book import Book, make_folder, opened
from collectctl.store.errors import BookDamaged, NewerBook, NotABook
from collectctl.store.journal import ENTRY, entry, last_instant
from collectctl.store.proving import Proof
from collectctl.usecases.opening import SameFile


class NoSuchFile(NotFound):
    def __init__(self, file: Path) -> None:
        super().__init__(_("there is no file {file}").format(file=file), "collectctl book info")


class BadBackup(BadData):
    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            _("{file} is no sound copy of a book: {why}").format(file=file, why=why),
            _("collectctl book info lists the other backups; the book is as it was"),
        )


def restore(path: Path, file: Path, now: datetime) -> Restored:
    """Put the book at `path` back to what `file` holds; `file` stays as it is.

    Another process that works on the book waits, or is waited for. Raises NoSuchFile (3), SameFile (2),
    BadBackup (4), BookLocked, BookFull, BookUnreachable (5).
    """
    if not file.is_file():
        raise NoSuchFile(file)
    if path.exists() and path.samefile(file):
        raise SameFile(file)
    path = path.resolve() if path.is_symlink() else path
    make_folder(path.parent)
    with TemporaryDirectory(prefix=backups.PARTS, dir=path.parent) as folder:
        copy = Path(folder) / "copy.db"
        proved = _proved(copy, file, now)
        kept = backups.put_in_place(copy, path, now)
        return replace(proved, kept=str(kept) if kept else None)


def _proved(copy: Path, file: Path, now: datetime) -> Restored:
    """Make `copy` what `file` holds, in this release's schema; how much that is, and until when.

    That it was put back is said in its journal before it is the book: both are there at once.
    """
    try:
        backups.read_copy(file, copy)
        with opened(copy) as book:
            proof = Proof(book.connection)
            wrong = next(chain(checking.database(book.connection), proof.findings()), None)
            last = last_instant(book.connection)
            if not wrong:
                _record(book, now)
    except (BookDamaged, NotABook, NewerBook) as error:
        raise BadBackup(file, error.message.replace(str(copy), file.name)) from error
    if wrong:
        raise BadBackup(file, wrong.text)
    if not proof.entries:
        raise BadBackup(file, _("nothing is in it"))
    return Restored(proof.entries, proof.facts, last.astimezone(now.tzinfo) if last else now, None)


def _record(book: Book, now: datetime) -> None:
    with book.write() as connection, entry(connection, "book restore", now, ENTRY) as made:
        made.text = _("put back from a backup")
