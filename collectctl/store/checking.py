"""What the file itself is asked: SQLite's own checks, rights, guards, and the journal's derived columns."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from collectctl.domain.results.checking import Finding
from collectctl.domain.words import _
from collectctl.store.evidence_schema import EVENTS, GUARDED, guards, journal_guards
from collectctl.store.facts import COLUMNS
from collectctl.store.proving import JOURNAL, RESTORE
from collectctl.store.shape import REPAIR

FILE, DATABASE, MONEY, IMPORTED = "file", "database", "money", "imported"
MOST = 100  # lines of SQLite's own check
_INDEX = ("missing from index", "wrong # of entries in index", "non-unique entry in index")
_REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.rclone", "davfs")


def database(connection: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite's integrity and foreign keys."""
    for (line,) in connection.execute(f"pragma integrity_check({MOST})").fetchall():
        if line != "ok":
            mends = any(part in line for part in _INDEX)
            yield Finding(DATABASE, line, REPAIR if mends else RESTORE, repairable=mends)
    rows = connection.execute("pragma foreign_key_check").fetchall()
    for table, row, named, _key in rows[:MOST]:
        text = _("row {row} of {table} names a {named} that is not there")
        yield Finding(DATABASE, text.format(row=row, table=table, named=named), RESTORE)


def file(path: Path) -> Iterator[Finding]:
    """Who may read the file, and where it lies."""
    if path.stat().st_mode & 0o077:
        text = _("others than you may read or write {file}").format(file=path)
        yield Finding(FILE, text, REPAIR, repairable=True)
    kind = _file_system(path)
    if kind in _REMOTE:
        text = _("the book lies on a network folder ({kind}), whose locks can't be relied on")
        yield Finding(FILE, text.format(kind=kind), _("move it to a disk of this machine, then use --db"))


def make_private(path: Path) -> None:
    """Take from others the right to read or write the book and what SQLite keeps beside it."""
    for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if one.exists():
            one.chmod(one.stat().st_mode & 0o700)


def _file_system(path: Path) -> str:
    """The kind of file system of `path` as Linux names it; "" where that can't be known."""
    try:
        mounts = [line.split(" ") for line in Path("/proc/self/mounts").read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        return ""
    whole = path.resolve()
    under = [row for row in mounts if len(row) > 2 and whole.is_relative_to(row[1].replace("\\040", " "))]
    return max(under, key=lambda row: len(row[1]))[2] if under else ""


def guard(connection: sqlite3.Connection) -> None:
    """Put every guard back, as it was made."""
    unguard(connection)
    for sql in (*guards(), *journal_guards()):
        connection.execute(sql)


def unguard(connection: sqlite3.Connection) -> None:
    """Take the guards away, inside the transaction of the one command that may: it puts them back."""
    for table in (*GUARDED, "operation"):
        for event in EVENTS:
            connection.execute(f"drop trigger if exists {table}_{event}")


def journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Which steps stand, by the entries of undo and redo themselves."""
    wrong = _standing_wrongly(connection)
    if wrong:
        named = ", ".join(map(str, wrong[:5])) + (", ..." if len(wrong) > 5 else "")
        text = _("steps that stand, or not, against what undo and redo say: {named}").format(named=named)
        yield Finding(JOURNAL, text, REPAIR, repairable=True)


def let_stand(connection: sqlite3.Connection) -> None:
    """Have those steps stand that do by the entries of undo and redo."""
    connection.executemany(
        "update operation set stands = not stands where id = ?",
        [(number,) for number in _standing_wrongly(connection)],
    )


def _standing_wrongly(connection: sqlite3.Connection) -> list[int]:
    named = connection.execute(
        "select target, kind <> 'undo' from operation where kind in ('undo', 'redo') order by id"
    )
    stands = dict(named.fetchall())  # a step stands unless the last entry that names it is an undo
    rows = connection.execute(  # and a part with its step
        "select id, stands, case kind when 'entry' then ifnull(target, id) else id end from operation"
        " order by id"
    )
    return [number for number, stored, step in rows if stored != stands.get(step, 1)]


def values(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Money has a currency, and what a client's file said beside it is kept as it came."""
    for table, columns in COLUMNS.items():
        if "amount" not in columns or "currency" not in columns:
            continue
        sql = f"select count(*) from {table} where currency not glob '[A-Z][A-Z][A-Z]'"
        count = connection.execute(sql).fetchone()[0]
        if count:
            text = _("{count} amounts of {table} have no currency").format(count=count, table=table)
            yield Finding(MONEY, text, RESTORE)
    sql = 'select count(*) from statement where not (json_valid("values") and json_valid(extra))'
    count = connection.execute(sql).fetchone()[0]
    if count:
        text = _("{count} rows of clients' files can't be read any more").format(count=count)
        yield Finding(IMPORTED, text, RESTORE)
