"""The journal: every command that wrote, in order; undo and redo as entries that name another.

`operation.stands` is derived from the undo and redo entries and is what views and counts read. The chain
covers every entry, undo included.

A step whose facts have an order of their own, as those that another book handed over, has parts: entries that
name it as their target. They stand with it, and are taken back with it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
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
        self.target: int | None = None  # the step that an undo or redo names, or that it is a part of


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


def first_instant(connection: sqlite3.Connection) -> datetime | None:
    """When the book was begun; None where nothing is in it yet, or where that can't be read."""
    try:
        row = connection.execute("select at from operation where id = 1").fetchone()
        return instant(row[0]) if row else None
    except (sqlite3.DatabaseError, ValueError, TypeError):
        return None


def last_instant(connection: sqlite3.Connection) -> datetime | None:
    """When the last entry was made; None where there is none."""
    row = connection.execute("select at from operation order by id desc limit 1").fetchone()
    return instant(row[0]) if row else None


def history(connection: sqlite3.Connection, limit: int) -> list[Operation]:
    """The newest entries first, a step with its parts as one."""
    rows = connection.execute(f"{_SELECT} where not {_PART} order by id desc limit ?", (min(limit, MOST),))
    return [_operation(row) for row in rows]


def standing_steps(connection: sqlite3.Connection, most: int) -> list[Operation]:
    """The newest steps that stand: what `undo` takes back. Those that are purged can't be."""
    rows = connection.execute(
        f"{_SELECT} where kind = 'step' and stands and not exists (select 1 from tombstone t"
        " where t.op = operation.id) order by id desc limit ?",
        (min(most, MOST),),
    )
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
    """Have a step stand or not, its parts with it."""
    connection.execute(
        f"update operation set stands = ?1 where id >= ?2 and (id = ?2 or (target = ?2 and {_PART}))",
        (int(stands), operation),
    )


# columns that name a fact of another step, and the table of that fact; accounts and persons: see `_naming`
NAMES = {
    "placement": "placement", "activity": "activity", "amends": "activity", "releases": "hold",
    "lifts": "inconvenient", "confirms": "payment", "reverses": "payment", "of_promise": "promise",
    "plan": "plan", "cancels": "plan", "settlement": "settlement", "request": "request",
    "complaint": "complaint", "against": "party", "claim": "claim", "payment": "payment",
    "ends": "safety_note",
}  # fmt: skip
_BESIDE = ("placement", "party")  # where persons stand beside accounts
_POLICY_OF = "policy:account:"  # how the settings begin that name an account, by its id
Spans = dict[str, tuple[int, int]]


def building_on(connection: sqlite3.Connection, operation: int) -> list[int]:
    """Later standing steps that need what `operation` wrote: who is known by it, or an entry they name.

    What it costs grows with what was written since, not with the book.
    """
    later = _spans_after(connection, operation)
    spans = _spans(connection, operation)
    found: set[int] = set()
    for table, span in later.items():
        for named in _naming(table, spans):
            rows = connection.execute(
                f"select distinct {_STEP} from {table} f"
                f" join operation o on o.id = f.op and o.stands where f.id between ? and ? and {named}",
                span,
            )
            found.update(row[0] for row in rows)
    return sorted(found - {operation})


def _naming(table: str, spans: Spans) -> Iterator[str]:
    """Conditions on a fact f of `table`, one of which holds where it names what the facts of `spans` brought.

    An account is there by its placements: one that came back needs the step that brought it first. A person
    is there as long as any step names them beside an account.
    """
    columns = COLUMNS[table]
    for column in NAMES.keys() & set(columns):
        if NAMES[column] in spans:
            yield f"f.{column} {_between(spans[NAMES[column]])}"
    if "account" in columns and "placement" in spans:
        yield _placed("f.account", spans["placement"])
    if table == "setting" and "placement" in spans:
        account = f"cast(substr(f.name, {len(_POLICY_OF) + 1}) as integer)"
        yield f"f.name glob '{_POLICY_OF}*' and {_placed(account, spans['placement'])}"
    if "person" in columns:
        yield from (_known(source, spans) for source in _BESIDE if source in spans)


def _known(source: str, spans: Spans) -> str:
    """Whether a person stands beside an account by the facts of `spans` in `source`, and by no others."""
    named = f"select 1 from {source} p where p.person = f.person and p.id {_between(spans[source])}"
    elsewhere = (
        f" and not exists (select 1 from {table} q join operation o on o.id = q.op and o.stands"
        f" where q.person = f.person and q.id not {_between(spans.get(table, (0, 0)))})"
        for table in _BESIDE
    )
    return f"exists ({named})" + "".join(elsewhere)


def _placed(account: str, span: tuple[int, int]) -> str:
    """Whether the placements of `span` are the first that stand of an account."""
    return (
        f"exists (select 1 from placement p where p.account = {account} and p.id {_between(span)})"
        " and not exists (select 1 from placement q join operation o on o.id = q.op and o.stands"
        f" where q.account = {account} and q.id < {span[0]})"
    )


def _between(span: tuple[int, int]) -> str:
    return f"between {span[0]} and {span[1]}"


def _spans_after(connection: sqlite3.Connection, operation: int) -> Spans:
    """Where the facts of the later steps that stand are, by table: first and last id."""
    later = (
        "select spans from operation where id > ?1 and stands"
        f" and (kind = 'step' or ({_PART} and target <> ?1)) order by id"
    )
    return _merged(connection.execute(later, (operation,)))


def _merged(rows: Iterable[tuple[str]]) -> Spans:
    """The spans of several entries, oldest first, as one."""
    found: Spans = {}
    for (spans,) in rows:
        for table, (first, last) in json.loads(spans).items():
            found[table] = (found.get(table, (first, last))[0], last)
    return found


def is_purged(connection: sqlite3.Connection, operation: int) -> bool:
    """Whether anything that the operation wrote was purged."""
    row = connection.execute(
        "select 1 from tombstone t where t.op = ?1 or t.op in (select id from operation where id > ?1"
        f" and target = ?1 and {_PART}) limit 1",
        (operation,),
    ).fetchone()
    return row is not None


def touched_persons(connection: sqlite3.Connection, operation: int) -> list[int]:
    """Every debtor of whom a fact of `operation` speaks, standing or not."""
    spans = _spans(connection, operation)
    parts = {
        column: [
            f"select {column} from {table} where id {_between(span)}"
            for table, span in spans.items()
            if column in COLUMNS[table]
        ]
        for column in ("account", "person")
    }
    accounts, persons = parts["account"], parts["person"]
    if "activity" in spans:
        # an entry that was moved to another account is missing from the first one
        moved = "select a.account from activity x join activity a on a.id = x.amends where x.id"
        accounts.append(f"{moved} {_between(spans['activity'])}")
    if persons:
        # what is known of a party counts for the debtor of their account
        accounts.append(f"select account from party where person in ({' union '.join(persons)})")
    if accounts:
        persons.append(f"select person from placement where account in ({' union '.join(accounts)})")
    found = {row[0] for row in connection.execute(" union ".join(persons))} if persons else set()
    for name in settings_of(connection, operation):
        if name.partition(":")[0] in ("policy", "grace"):  # those whom it binds
            found.update(persons_under(connection, name))
    return sorted(found)


def settings_of(connection: sqlite3.Connection, operation: int) -> list[str]:
    """The names of the settings that `operation` wrote."""
    span = _spans(connection, operation).get("setting", (1, 0))
    rows = connection.execute("select name from setting where id between ? and ?", span)
    return [row[0] for row in rows]


def persons_under(connection: sqlite3.Connection, setting: str) -> list[int]:
    """The debtors of the account, the client or the whole book that a setting of a policy names."""
    _policy, kind, name = [*setting.split(":", 2), "", ""][:3]
    where = {"client": "client = ?", "account": "account = ?"}.get(kind, "'' = ?")
    rows = connection.execute(f"select distinct person from worklist where {where}", (name,))
    return [row[0] for row in rows]


def _spans(connection: sqlite3.Connection, operation: int) -> Spans:
    """Where the facts of an operation and of its parts are, by table: first and last id.

    The parts are written right after it, so that no other facts lie between.
    """
    own = f"id = ?1 or (target = ?1 and {_PART})"
    sql = f"select spans from operation where id >= ?1 and ({own}) order by id"
    return _merged(connection.execute(sql, (operation,)))


_PART = "(kind = 'entry' and target is not null)"
_STEP = "case o.kind when 'entry' then ifnull(o.target, f.op) else f.op end"  # that wrote a fact f
_SELECT = "select id, at, kind, command, text, target, stands, facts from operation"


def _operation(row: tuple[int, str, str, str, str, int | None, int, int]) -> Operation:
    return Operation(row[0], instant(row[1]), row[2], row[3], row[4], row[5], bool(row[6]), row[7])
