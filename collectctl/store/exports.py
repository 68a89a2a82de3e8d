"""Reading for files that go out: which accounts, which columns they need, and entries as a stream."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from collectctl.domain.exports.activities import Logged, Part
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.store.activities import Narrowing
from collectctl.store.journal import instant, utc_text
from collectctl.store.persons import ACTIVITY_COLUMNS, activity, load_persons
from collectctl.store.standing import CHUNK, NOT_AMENDED, STANDS

_WIDTH = ACTIVITY_COLUMNS.count(",") + 1
_ENTRIES = (
    f"select {ACTIVITY_COLUMNS}, a.number, w.client, w.currency, f.written, f.collectors"
    f" from activity f {STANDS}"
    " join account a on a.id = f.account join worklist w on w.account = f.account"
    f" where f.at >= ? and f.at < ? and {NOT_AMENDED}"
)


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything that is read inside is of one moment, whatever another command writes meanwhile."""
    connection.execute("begin")
    try:
        yield
    finally:
        connection.execute("rollback")


def accounts(
    connection: sqlite3.Connection, narrowing: Narrowing, having: str = "", *, entries: bool = True
) -> Iterator[tuple[PersonFile, AccountFile]]:
    """The accounts that a narrowing leaves in, by debtor, with a few persons in memory at a time.

    `having` names a table: only accounts with a fact in it. Without `entries`: nothing that was logged.
    """
    having = having and f" and exists (select 1 from {having} x where x.account = worklist.account)"
    rows = connection.execute(
        f"select person, account from worklist where 1{narrowing.of_row}{having} order by person, account",
        tuple(narrowing.values),
    )
    wanted = ((person, {row[1] for row in group}) for person, group in groupby(rows, itemgetter(0)))
    while chunk := dict(islice(wanted, CHUNK)):
        for person in load_persons(connection, list(chunk), entries=entries):
            yield from ((person, account) for account in person.accounts if account.id in chunk[person.id])


def clients(connection: sqlite3.Connection, narrowing: Narrowing) -> list[str]:
    """The clients of those accounts."""
    rows = connection.execute(
        f"select distinct client from worklist where 1{narrowing.of_row} order by client",
        tuple(narrowing.values),
    )
    return [row[0] for row in rows]


def book_mark(connection: sqlite3.Connection) -> str:
    """What tells this book from any other, and nothing about its content: of the salted hash of its first
    entry."""
    row = connection.execute("select hex(chain) from operation order by id limit 1").fetchone()
    return str(row[0])[:16].lower() if row else "empty"


# --- which columns accounts need ----------------------------------------------------------------------------


def stated_keys(connection: sqlite3.Connection, narrowing: Narrowing, column: str) -> list[str]:
    """The keys of `values` or `extra` that statements of those accounts have, as they came."""
    rows = connection.execute(
        f'select j.key from statement f {STANDS}, json_each(f."{column}") j where 1{narrowing.of_fact}'
        " group by j.key order by min(f.id), j.key",
        tuple(narrowing.values),
    )
    return [row[0] for row in rows]


def anything_moved(connection: sqlite3.Connection, narrowing: Narrowing) -> bool:
    """Whether money moved, or the client stated anew, on any of those accounts."""
    moved = [
        f"select 1 from {table} f {STANDS} where 1{narrowing.of_fact}"
        for table in ("payment", "charge", "terms")
    ]
    stated = f"select 1 from statement f {STANDS} where 1{narrowing.of_fact}"
    again = f"{stated} group by f.account having count(*) > 1"
    sql = " or ".join(f"exists ({found})" for found in (*moved, again))
    return bool(connection.execute(f"select {sql}", tuple(narrowing.values) * 4).fetchone()[0])


_NUMBERS = (
    f"select f.person, f.label, count(distinct f.digits) as n from contact_point f {STANDS}"
    " where f.kind = 'phone' group by f.person, f.label"
)


def most_phones(connection: sqlite3.Connection, narrowing: Narrowing) -> dict[str, int]:
    """By kind of number, the most that a debtor of those accounts has."""
    rows = connection.execute(
        f"select c.label, max(c.n) from ({_NUMBERS}) c where c.person in"
        f" (select person from worklist where 1{narrowing.of_row}) group by c.label",
        tuple(narrowing.values),
    )
    return dict(rows.fetchall())


def most_party_phones(connection: sqlite3.Connection, narrowing: Narrowing) -> list[dict[str, int]]:
    """For the first, second ... other person of those accounts the same."""
    rows = connection.execute(
        "with others as (select f.person, row_number() over (partition by f.account order by f.id) as n"
        f" from party f {STANDS} where f.role <> 'debtor'{narrowing.of_fact})"
        f" select others.n, c.label, max(c.n) from others left join ({_NUMBERS}) c"
        " on c.person = others.person"
        " group by others.n, c.label order by others.n",
        tuple(narrowing.values),
    )
    return [
        {label: most for _n, label, most in group if label is not None}
        for _n, group in groupby(rows, itemgetter(0))
    ]  # fmt: skip


# --- entries --------------------------------------------------------------------------------------------


def logged(
    connection: sqlite3.Connection, start: datetime, end: datetime, narrowing: Narrowing
) -> Iterator[Logged]:
    """The standing entries from `start` (inside) to `end` (outside), oldest first."""
    rows = connection.execute(
        f"{_ENTRIES}{narrowing.of_fact} order by f.at, f.id",
        (utc_text(start), utc_text(end), *narrowing.values),
    )
    while chunk := rows.fetchmany(CHUNK):
        ids = sorted({row[2] for row in chunk})
        relations, parts = _relations(connection, ids), _parts(connection, ids, [row[0] for row in chunk])
        for row in chunk:
            entry = activity(row[:_WIDTH])
            number, client, currency, written, collectors = row[_WIDTH:]
            relation = relations.get((entry.account, entry.party), "")
            yield Logged(
                entry, number, client, currency, relation, row[_WIDTH - 1] or "", bool(written), collectors,
                tuple(parts.get(entry.id, ())),
            )  # fmt: skip


def _relations(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[tuple[int, str], str]:
    rows = connection.execute(
        f"select f.account, f.name, f.relation, f.role from party f {STANDS}"
        f" where f.account in ({_marks(ids)}) and f.role <> 'debtor' order by f.id",
        tuple(ids),
    )
    return {(account, name): relation or role for account, name, relation, role in rows}


def _parts(
    connection: sqlite3.Connection, ids: Sequence[int], entries: Sequence[int]
) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    rows: Iterator[tuple[Any, ...]] = connection.execute(
        f"select f.activity, f.due_on, f.due_at, f.amount, f.currency from promise f {STANDS}"
        f" where f.account in ({_marks(ids)}) and f.activity in ({_marks(entries)}) order by f.id",
        (*ids, *entries),
    )
    for entry, due_on, due_at, amount, currency in rows:
        due = instant(due_at) if due_at else date.fromisoformat(due_on)
        found.setdefault(entry, []).append(Part(due, amount, currency))
    return found


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))
