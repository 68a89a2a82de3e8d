"""The only deleter: content and salt of what a mandate left go; hashes and a tombstone stay."""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from collectctl.domain.records import Record
from collectctl.domain.words import _
from collectctl.store import checking, search
from collectctl.store.binding import of_account
from collectctl.store.errors import BookLocked
from collectctl.store.facts import COLUMNS, sha256
from collectctl.store.journal import Unit
from collectctl.store.proving import as_stone
from collectctl.store.worklist import get_state, set_state

_LEFT = "purged_copies"  # the state while backups may still hold what was purged
# what is the client's or the book's own, and not about an account
_KEPT = ("client", "import_batch", "setting", "purge")


class Buried(Record):
    """How much was purged: accounts, people of whom nothing else is known, facts."""

    accounts: int
    people: int
    facts: int


@contextmanager
def wiping(connection: sqlite3.Connection) -> Iterator[Callable[[], bool]]:
    """What is deleted inside is overwritten in the file and in its log; yields whether copies may be left.

    A library of SQLite that does not always overwrite may have left something before: then the file is made
    anew. Raises BookLocked (exit 5) where another program reads, so that the log can't be emptied.
    """
    always = connection.execute("pragma secure_delete").fetchone()[0]
    connection.execute("pragma secure_delete = on")
    yield lambda: get_state(connection, _LEFT) is not None
    if get_state(connection, _LEFT):
        if not always:
            connection.execute("vacuum")
        if connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            raise BookLocked


def all_gone(connection: sqlite3.Connection) -> None:
    """No copy beside the book holds what was purged any more."""
    connection.execute("delete from state where name = ?", (_LEFT,))


def never_stood(connection: sqlite3.Connection, client: str, before: date) -> list[int]:
    """Accounts of a client that were imported before `before`, of whom no import stands."""
    rows = connection.execute(
        "select a.id from account a join client c on c.id = a.client join operation p on p.id = a.op"
        " where c.name = ? and p.at < ? and not exists (select 1 from placement f join operation o"
        " on o.id = f.op and o.stands where f.account = a.id)",
        (client, before.isoformat()),
    )
    return [row[0] for row in rows]


def choose(connection: sqlite3.Connection, accounts: Collection[int]) -> int:
    """Mark `accounts` and the people who have no others; returns how many accounts had to be left out.

    Those are tied to an account that stays: an entry was corrected from one to the other, or a limit of a
    person who stays was said in a call about them.
    """
    connection.execute("create temp table if not exists gone_account (id integer primary key)")
    connection.execute("create temp table if not exists gone_person (id integer primary key)")
    connection.execute("delete from gone_account")
    connection.executemany("insert into gone_account (id) values (?)", [(one,) for one in accounts])
    left_out = 0
    while True:
        connection.execute("delete from gone_person")
        connection.execute(
            "insert into gone_person select id from person p where exists (select 1 from"
            f" ({_HELD}) h where h.person = p.id and h.account in gone_account) and not exists"
            f" (select 1 from ({_HELD}) h where h.person = p.id and h.account not in gone_account)"
        )
        tied = connection.execute(f"delete from gone_account where id in ({_TIED})").rowcount
        if not tied:
            return left_out
        left_out += tied


_HELD = "select person, account from placement union select person, account from party"
_TIED = """
select a.account from activity a join activity x on x.amends = a.id
    where (a.account in gone_account) <> (x.account in gone_account)
union select x.account from activity a join activity x on x.amends = a.id
    where (a.account in gone_account) <> (x.account in gone_account)
union select a.account from inconvenient f join activity a on a.id = f.activity
    where f.person not in gone_person"""


def bury(made: Unit, client: str, before: date) -> Buried:
    """Purge what `choose` marked, inside the caller's transaction; the journal's entry covers the rest."""
    connection = made.connection
    connection.execute("pragma defer_foreign_keys = on")
    checking.unguard(connection)
    numbers = _numbers(connection)
    counts = {table: _bury(connection, made.id, table) for table in COLUMNS if table not in _KEPT}
    settings = [of_account(row[0]) for row in connection.execute("select id from gone_account")]
    counts["setting"] = _bury_settings(connection, made.id, settings)
    _forget_words(connection, made.id, numbers)
    search.forget(connection, "select id from gone_account")
    checking.guard(connection)
    whole = sha256()()
    stones = connection.execute(
        "select kind, id, hash from tombstone where purge = ? order by kind, id", (made.id,)
    )
    for stone in stones:
        whole.update(as_stone(*stone))
    number = connection.execute("select id from client where name = ?", (client,)).fetchone()[0]
    facts = sum(counts.values())
    made.facts.add(
        "purge", client=number, before_on=before.isoformat(), accounts=counts["account"], facts=facts,
        digest=whole.hexdigest(),
    )  # fmt: skip
    set_state(connection, _LEFT, str(made.id))
    return Buried(counts["account"], counts["person"], facts)


def _bury(connection: sqlite3.Connection, purge: int, table: str) -> int:
    columns = COLUMNS[table]
    if table in ("account", "person"):
        where = f"id in gone_{table}"
    else:
        column = "account" if "account" in columns else "person"
        where = f"{column} in gone_{column}"
    return _move(connection, purge, table, where, ())


def _bury_settings(connection: sqlite3.Connection, purge: int, names: Sequence[str]) -> int:
    return sum(_move(connection, purge, "setting", "name = ?", (name,)) for name in names)


def _move(connection: sqlite3.Connection, purge: int, table: str, where: str, values: tuple[Any, ...]) -> int:
    connection.execute(
        f"insert into tombstone (kind, id, op, purge, hash) select '{table}', id, op, {purge}, hash"
        f" from {table} where {where}",
        values,
    )
    return connection.execute(f"delete from {table} where {where}", values).rowcount


def _numbers(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("select number from account where id in gone_account")
    return {number for (number,) in rows}


def _forget_words(connection: sqlite3.Connection, purge: int, numbers: set[str]) -> None:
    """The words of the journal name accounts: where they name one that is purged they go, an import's stay.

    They are no part of the chain.
    """
    about = {
        row[0] for row in connection.execute("select distinct op from tombstone where purge = ?", (purge,))
    }
    rows = connection.execute("select id, target, text from operation where command <> 'import'").fetchall()
    gone = [
        (_("purged"), number)
        for number, target, text in rows
        if number in about or target in about or not numbers.isdisjoint(_names(text))
    ]
    connection.executemany("update operation set text = ? where id = ?", gone)


def _names(text: str) -> Iterator[str]:
    """What a line of the journal may name: its words, and what stands after the first of them."""
    yield from _WORD.findall(text)
    yield text.partition(" ")[2]


_WORD = re.compile(r"[^\s,]+(?=[,:]?(?:\s|$))")
