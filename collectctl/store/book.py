"""Opening the book: one SQLite file, private, durable, and never written but in one transaction a command."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from collectctl.domain.words import _
from collectctl.store import errors

APPLICATION_ID = 0x636F6C6C  # "coll": how the file says that it is a book
VERSION = 4  # the newest schema that this release knows; a test compares it with the migrations
BUSY_SECONDS = 30.0
_NONSENSE = (ValueError, TypeError, LookupError, ArithmeticError, AssertionError)  # what bad pages lead to


class Book:
    """An open book. Reads go through `connection`; every write happens inside `write()`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool, exists: bool) -> None:
        self.path = path
        self.connection = connection
        self.writable = writable
        self.exists = exists

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction that takes the write lock at once: all of it is stored, or nothing."""
        if not self.writable:
            raise errors.BookReadOnly(str(self.path))
        self.connection.execute("begin immediate")
        try:
            yield self.connection
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def close(self) -> None:
        self.connection.close()


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Book]:
    """The book at `path` while the block runs.

    A missing book is made where `create` says so, else read as an empty one that is never stored. What
    SQLite finds wrong with the file comes out as a `BookError` (exit 5), and so does what goes wrong because
    a damaged file gave nonsense.
    """
    try:
        book = _open(path, create)
        try:
            yield book
        finally:
            book.close()
    except (sqlite3.Error, *_NONSENSE) as error:
        known = errors.explain(error, str(path)) if isinstance(error, sqlite3.Error) else None
        if known is None and _damaged(path):
            known = errors.BookDamaged(str(path))
        if known is None:
            raise
        raise known from error


def _damaged(path: Path) -> bool:
    """Whether SQLite finds fault with the file: asked only after something went wrong."""
    try:
        with closing(sqlite3.connect(_uri(path, False), uri=True)) as connection:
            return bool(connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok")
    except sqlite3.Error:
        return path.exists()


def _open(path: Path, create: bool) -> Book:
    if path.is_dir():
        raise errors.NotABook(str(path))
    if any(folder.is_file() for folder in path.parents):
        raise errors.BookUnreachable(str(path), _("a part of the path is a file"))
    if not path.exists() and not create:
        connection = _connect(":memory:")
        _migrate(connection)
        return Book(path, connection, writable=True, exists=False)
    if not path.exists():
        _make(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    connection = _connect(_uri(path, writable))
    try:
        _prepare(connection, path, writable)
    except BaseException:
        connection.close()
        raise
    return Book(path, connection, writable=writable, exists=True)


def _connect(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(target, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = full")
    return connection


def _uri(path: Path, writable: bool) -> str:
    """A book in a folder that can't be written has no room for a write-ahead log: it is read as it lies."""
    mode = "mode=rw" if writable else "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    return f"{path.absolute().as_uri()}?{mode}"


def _make(path: Path) -> None:
    """An empty file that only its owner can read; folders that are missing likewise."""
    try:
        missing = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
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
        raise errors.BookReadOnly(str(path))
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
