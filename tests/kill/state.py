"""What a book holds, read from a copy of its files: the book stays as the dead process left it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from collectctl.store.facts import COLUMNS

DERIVED = ("worklist",)
_ENDS = ("", "-wal", "-journal")


class Entry(NamedTuple):
    id: int
    kind: str
    command: str
    target: int | None
    facts: int
    chain: bytes


class State(NamedTuple):
    """`counts` are rows by table; `day` is the one for which the list is stored."""

    version: int = 0
    entries: tuple[Entry, ...] = ()
    standing: tuple[int, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    day: str = ""

    def count(self, table: str) -> int:
        return dict(self.counts).get(table, 0)

    @property
    def seal(self) -> bytes:
        return self.entries[-1].chain if self.entries else b""


class Unreadable(Exception):
    """What is there is no sound database."""


def copied(file: Path, scratch: Path) -> Path:
    """A copy of a database with its logs, alone in the folder `scratch`."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    copy = scratch / "copy.db"
    for end in _ENDS:
        if (part := file.with_name(file.name + end)).exists():
            shutil.copy(part, copy.with_name(copy.name + end))
    return copy


def state_of(file: Path, scratch: Path) -> State:
    """What the next process would find; an empty state where there is no book. Raises Unreadable."""
    copy = copied(file, scratch)
    if not copy.exists():
        return State()
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return _read(connection)
    except sqlite3.DatabaseError as error:
        raise Unreadable(f"{file.name}: {error}") from error


def _read(connection: sqlite3.Connection) -> State:
    sound = connection.execute("pragma integrity_check").fetchone()[0]
    if sound != "ok":
        raise Unreadable(sound)
    tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
    if "operation" not in tables:
        return State()
    entries = connection.execute("select id, kind, command, target, facts, chain from operation order by id")
    standing = connection.execute("select id from operation where kind = 'step' and stands order by id")
    there = [table for table in (*COLUMNS, *DERIVED) if table in tables]
    return State(
        connection.execute("pragma user_version").fetchone()[0],
        tuple(Entry(*row) for row in entries),
        tuple(row[0] for row in standing),
        tuple((t, connection.execute(f"select count(*) from {t}").fetchone()[0]) for t in there),
        (connection.execute("select value from state where name = 'worklist_day'").fetchone() or ("",))[0],
    )


def texts(file: Path, scratch: Path, text: str) -> int:
    """How many contacts have that text."""
    with closing(sqlite3.connect(copied(file, scratch))) as connection:
        sql = "select count(*) from activity where text = ?"
        return int(connection.execute(sql, (text,)).fetchone()[0])
