"""The journal: every command that wrote, in order; undo and redo as entries that name another.

`operation.stands` is derived from the undo and redo entries and is what views and counts read. The chain
covers every entry, undo included.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from collectctl.domain.facts import Operation
from collectctl.store.book import Book
from collectctl.store.facts import COLUMNS, Appender, chain

STEP, ENTRY, UNDO, REDO = "step", "entry", "undo", "redo"
MOST = 2**63 - 1  # the largest number that SQLite holds


class Unit:
    """One command's writing: append to `facts`, say in `text` what changed.

    With nothing appended and no text, no entry is made: a command that changed nothing is no step.
    """

    def __init__(self, connection: sqlite3.Connection, operation: int) -> None:
        self.connection = connection
        self.id = operation
        self.facts = Appender(connection, operation)
        self.text = ""
        self.target: int | None = None  # the step that an undo or redo names


@contextmanager
def unit(book: Book, command: str, now: datetime) -> Iterator[Unit]:
    """One transaction, one entry of the journal, one step of undo."""
    with book.write() as connection, entry(connection, command, now) as made:
        yield made


@contextmanager
def entry(connection: sqlite3.Connection, command: str, now: datetime, kind: str = STEP) -> Iterator[Unit]:
    """One entry of the journal inside the caller's transaction."""
    last = connection.execute("select id, chain from operation order by id desc limit 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, b"")
    row: dict[str, int | str | None] = {
        "id": number, "at": utc_text(now), "kind": kind, "command": command, "target": None,
    }  # fmt: skip
    connection.execute(
        "insert into operation (id, at, kind, command, text, target, facts, spans, chain)"
        " values (:id, :at, :kind, :command, '', null, 0, '{}', x'')",
        row,
    )
    made = Unit(connection, number)
    yield made
    if not made.text and not made.facts.count:
        connection.execute("delete from operation where id = ?", (number,))
        return
    row |= {"facts": made.facts.count, "target": made.target}
    link = chain(previous, row, made.facts.digest())
    connection.execute(
        "update operation set text = ?, target = ?, facts = ?, spans = ?, chain = ? where id = ?",
        (made.text, made.target, made.facts.count, json.dumps(made.facts.spans), link, number),
    )


def utc_text(at: datetime) -> str:
    """An instant as the book stores it: UTC to the second, sortable as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def history(connection: sqlite3.Connection, limit: int) -> list[Operation]:
    """The newest entries first."""
    rows = connection.execute(f"{_SELECT} order by id desc limit ?", (limit,))
    return [_operation(row) for row in rows]


def standing_steps(connection: sqlite3.Connection, most: int) -> list[Operation]:
    """The newest steps that stand: what `undo` takes back."""
    rows = connection.execute(f"{_SELECT} where kind = 'step' and stands order by id desc limit ?", (most,))
    return [_operation(row) for row in rows]


def find(connection: sqlite3.Connection, number: int) -> Operation | None:
    if number > MOST:
        return None
    row = connection.execute(f"{_SELECT} where id = ?", (number,)).fetchone()
    return _operation(row) if row else None


def last_undone(connection: sqlite3.Connection) -> Operation | None:
    """The step that `redo` brings back: undone last, and no new step since."""
    rows = connection.execute(
        f"{_SELECT} where id > coalesce((select max(id) from operation where kind = 'step'), 0) order by id"
    )
    undone: list[int] = []
    for row in rows:
        entry = _operation(row)
        if entry.kind == UNDO and entry.target:
            undone.append(entry.target)
        elif entry.kind == REDO and entry.target in undone:
            undone.remove(entry.target)
    return find(connection, undone[-1]) if undone else None


def set_stands(connection: sqlite3.Connection, operation: int, stands: bool) -> None:
    connection.execute("update operation set stands = ? where id = ?", (int(stands), operation))


# columns that name a fact of another step, and what they name; an account is there by its placement
NAMES = {
    "account": "placement", "activity": "activity", "amends": "activity", "releases": "hold",
    "lifts": "inconvenient", "confirms": "payment", "reverses": "payment", "of_promise": "promise",
    "plan": "plan", "cancels": "plan", "settlement": "settlement", "request": "request",
}  # fmt: skip
_BETWEEN = "id between {} and {}"


def building_on(connection: sqlite3.Connection, operation: int) -> list[int]:
    """Later standing steps that need what `operation` wrote: its accounts, or an entry they name."""
    newer = "select 1 from operation where id > ? and kind = 'step' and stands limit 1"
    if connection.execute(newer, (operation,)).fetchone() is None:
        return []
    spans = _spans(connection, operation)
    placed = (
        f"select p.account from placement p where p.{_BETWEEN} and not exists (select 1"
        " from placement q join operation o on o.id = q.op and o.stands"
        f" where q.account = p.account and q.op <> {operation})"
    )
    later: set[int] = set()
    for table, columns in COLUMNS.items():
        for column in NAMES.keys() & set(columns):
            source = NAMES[column]
            if source in spans:
                named = placed if column == "account" else f"select id from {source} where {_BETWEEN}"
                rows = connection.execute(
                    f"select distinct f.op from {table} f join operation o on o.id = f.op and o.stands"
                    f" where f.op > ? and f.{column} in ({named.format(*spans[source])})",
                    (operation,),
                )
                later.update(row[0] for row in rows)
    return sorted(later)


def is_purged(connection: sqlite3.Connection, operation: int) -> bool:
    """Whether anything that the operation wrote was purged."""
    row = connection.execute("select 1 from tombstone where op = ? limit 1", (operation,)).fetchone()
    return row is not None


def touched_persons(connection: sqlite3.Connection, operation: int) -> list[int]:
    """Every debtor of whom a fact of `operation` speaks, standing or not."""
    persons: set[int] = set()
    owner = "select distinct p.person from placement p where p.account in"
    amended = "select a.account from activity a join activity x on x.amends = a.id"
    for table, span in _spans(connection, operation).items():
        if "account" in COLUMNS[table]:
            rows = connection.execute(f"{owner} (select account from {table} where id between ? and ?)", span)
            persons.update(row[0] for row in rows)
        if table == "activity":
            # an entry that was moved to another account is missing from the first one
            rows = connection.execute(f"{owner} ({amended} where x.id between ? and ?)", span)
            persons.update(row[0] for row in rows)
        if "person" in COLUMNS[table]:
            written = f"select person from {table} where id between ? and ?"
            rows = connection.execute(f"select distinct person from ({written})", span)
            persons.update(row[0] for row in rows)
            # what is known of a party counts for the debtor of their account
            parties = f"select account from party where person in ({written})"
            rows = connection.execute(f"{owner} ({parties})", span)
            persons.update(row[0] for row in rows)
        if table == "setting":
            persons.update(_bound_by(connection, span))
    return sorted(persons)


def _bound_by(connection: sqlite3.Connection, span: tuple[int, int]) -> set[int]:
    """The debtors whose contact policy or days of grace the settings of a span choose."""
    found: set[int] = set()
    names = connection.execute("select name from setting where id between ? and ?", span)
    for (name,) in names.fetchall():
        if name.partition(":")[0] in ("policy", "grace"):
            found.update(persons_under(connection, name))
    return found


def persons_under(connection: sqlite3.Connection, setting: str) -> list[int]:
    """The debtors of the account, the client or the whole book that a setting of a policy names."""
    _policy, kind, name = [*setting.split(":", 2), "", ""][:3]
    where = {"client": "client = ?", "account": "account = ?"}.get(kind, "'' = ?")
    rows = connection.execute(f"select distinct person from worklist where {where}", (name,))
    return [row[0] for row in rows]


def _spans(connection: sqlite3.Connection, operation: int) -> dict[str, tuple[int, int]]:
    """Where the facts of an operation are, by table: first and last id."""
    row = connection.execute("select spans from operation where id = ?", (operation,)).fetchone()
    return {table: (first, last) for table, (first, last) in json.loads(row[0]).items()}


_SELECT = "select id, at, kind, command, text, target, stands, facts from operation"


def _operation(row: tuple[int, str, str, str, str, int | None, int, int]) -> Operation:
    return Operation(row[0], instant(row[1]), row[2], row[3], row[4], row[5], bool(row[6]), row[7])
