"""Opening the book: one SQLite file, private, durable, and never written but in one transaction a command."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collectctl.domain.errors import BookError
from collectctl.domain.words import _
from collectctl.store import errors

APPLICATION_ID = 0x636F6C6C  # "coll": how the file says that it is a book
VERSION = 5  # the newest schema that this release knows; a test compares it with the migrations
BUSY_SECONDS = 30.0  # how long a writer waits for another
GLANCE_SECONDS = 0.25  # how long a command waits that can answer without storing
PATIENCE_SECONDS = 1.0  # how long before we ask whether the folder has locks at all
_NONSENSE = (ValueError, TypeError, LookupError, ArithmeticError, AssertionError)  # what bad pages lead to


class Book:
    """An open book. Reads go through `connection`; every write happens inside `write()`.

    `refusal` says why a book can be read but not written; None where it can.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, exists: bool, refusal: BookError | None = None
    ) -> None:
        self.path = path
        self.connection = connection
        self.exists = exists
        self.refusal = refusal

    @property
    def writable(self) -> bool:
        return self.refusal is None

    @contextmanager
    def write(self, *, patient: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction that takes the write lock at once: all of it is stored, or nothing.

        Another program that is writing is waited for, by those who can answer without storing (not `patient`)
        for a moment only. Raises `CantStore` (exit 5).
        """
        if self.refusal:
            raise self.refusal
        with _explained(self.path, sqlite3.Error):
            self._begin(patient)
            try:
                yield self.connection
                self.connection.execute("commit")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")
                raise

    def _begin(self, patient: bool) -> None:
        if patient:
            self.connection.execute("begin immediate")
            return
        _wait(self.connection, min(GLANCE_SECONDS, BUSY_SECONDS))
        try:
            self.connection.execute("begin immediate")
        finally:
            _wait(self.connection, BUSY_SECONDS)

    def close(self) -> None:
        self.connection.close()


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Book]:
    """The book at `path` while the block runs.

    A missing book is made where `create` says so, else read as an empty one that is never stored. What
    SQLite finds wrong with the file comes out as a `BookError` (exit 5), and so does what goes wrong because
    a damaged file gave nonsense.
    """
    with _explained(path, sqlite3.Error, *_NONSENSE):
        book = _open(path, create)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _explained(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    """What the file or its folder does to the block, as a `BookError`."""
    try:
        yield
    except kinds as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error


def _known(error: Exception, path: Path) -> BookError | None:
    from collectctl.store.diagnosis import explain  # needed by few commands

    return explain(error, path)


def _open(path: Path, create: bool) -> Book:
    path, found = _look(path)
    empty = not (found and found.st_size)
    if has_log(path):
        _check_log(path, empty)
    if empty and not create:
        return Book(path, unstored(), exists=False)
    if found is None:
        _make(path)
    refusal = _refusal(path, found)
    lying = bool(refusal) and not has_log(path) and not Path(f"{path}-shm").exists()
    try:
        return Book(path, _connected(path, refusal, lying=lying), exists=True, refusal=refusal)
    except sqlite3.Error as error:
        why = refusal or _known(error, path)
        if create or has_log(path) or not isinstance(why, errors.BookFull | errors.BookReadOnly):
            raise
        # no room for the files beside the book, but nothing in them either
        return Book(path, _connected(path, why, lying=True), exists=True, refusal=why)


def unstored() -> sqlite3.Connection:
    """A new book in memory, of this release's schema and empty."""
    connection = _connect(":memory:")
    _migrate(connection)
    return connection


def _check_log(path: Path, empty: bool) -> None:
    """SQLite would delete the log of a book that is gone, and believe that of another."""
    if empty:
        raise errors.BookMissing(str(path))
    from collectctl.store.leftover import is_foreign

    if is_foreign(path):
        raise errors.LogForeign(str(path))


def _look(path: Path) -> tuple[Path, os.stat_result | None]:
    """The file itself, where a link was named, and what it is; None where there is none.

    What SQLite keeps beside a book lies beside the file, not the link. Raises BookUnreachable, NotABook (5).
    """
    try:
        if path.is_symlink():
            path = Path(os.path.realpath(path))
        found = path.stat()
    except FileNotFoundError:
        return path, None
    except NotADirectoryError as error:
        raise errors.BookUnreachable(str(path), _("a part of the path is a file")) from error
    except OSError as error:
        raise errors.BookUnreachable(str(path), error.strerror or "") from error
    if not stat.S_ISREG(found.st_mode):
        raise errors.NotABook(str(path))
    return path, found


def has_log(path: Path) -> bool:
    """Whether entries lie in the book's write-ahead log: of a command that runs or that was killed."""
    try:
        return os.stat(f"{path}-wal").st_size > 0  # noqa: PTH116 (once a command: no need of a Path)
    except OSError:
        return False


def _refusal(path: Path, found: os.stat_result | None) -> BookError | None:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return errors.BookReadOnly(str(path))
    if found and found.st_nlink > 1:
        return errors.BookLinked(str(path))
    return None


def _connected(path: Path, refusal: BookError | None, *, lying: bool) -> sqlite3.Connection:
    """A connection to a book of this release's schema.

    `lying`: read as the file lies, without its log, without locks, and without leaving a file beside it.
    """
    mode = "mode=ro&immutable=1" if lying else "mode=ro" if refusal else "mode=rw"
    connection = _connect(f"{path.absolute().as_uri()}?{mode}")
    try:
        _first_look(connection, path)
        _prepare(connection, path, refusal is None)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(target: str) -> sqlite3.Connection:
    patience = min(PATIENCE_SECONDS, BUSY_SECONDS)
    connection = sqlite3.connect(target, timeout=patience, isolation_level=None, uri=True)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma temp_store = memory")  # no name or number in a file outside the book
    return connection


def _first_look(connection: sqlite3.Connection, path: Path) -> None:
    """The first lock: where it is not had soon, make sure that there are locks at all before waiting on."""
    try:
        connection.execute("pragma synchronous = full")
    except sqlite3.OperationalError as error:
        if not isinstance(_known(error, path), errors.BookLocked):
            raise
        _wait(connection, BUSY_SECONDS)
        connection.execute("pragma synchronous = full")
    _wait(connection, BUSY_SECONDS)


def _wait(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"pragma busy_timeout = {int(seconds * 1000)}")


def make_folder(path: Path) -> None:
    """A folder, and those above it, made for its owner alone where they are missing."""
    for missing in reversed([one for one in (path, *path.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _make(path: Path) -> None:
    """An empty file that only its owner can read; folders that are missing likewise."""
    try:
        make_folder(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except PermissionError as error:
        raise errors.BookReadOnly(str(path)) from error
    except OSError as error:
        raise errors.BookUnreachable(str(path), error.strerror or "") from error


def _prepare(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    version = int(connection.execute("pragma user_version").fetchone()[0])
    application = int(connection.execute("pragma application_id").fetchone()[0])
    if version == VERSION and application == APPLICATION_ID:
        return
    if application == APPLICATION_ID and version > VERSION:
        raise errors.NewerBook(str(path))
    empty = connection.execute("select count(*) from sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not empty:
        raise errors.NotABook(str(path))
    if not writable:
        raise errors.OlderBook(str(path))
    _migrate(connection, path)


def _migrate(connection: sqlite3.Connection, path: Path | None = None) -> None:
    """Bring the schema to this release's; two processes that start at once take turns.

    An older book at `path` is kept as it is first. Raises `BackupFailed` (exit 5).
    """
    import sqlite_utils

    from collectctl.store.backups import before_migration
    from collectctl.store.schema import migrations

    connection.execute("pragma journal_mode = wal")
    connection.execute("begin immediate")
    try:
        older = int(connection.execute("pragma user_version").fetchone()[0])
        if path and 0 < older < VERSION:
            before_migration(path, older)
        migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(f"pragma user_version = {VERSION}")
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
