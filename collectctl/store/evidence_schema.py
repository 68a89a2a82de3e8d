"""What the fourth schema adds: guards over what was recorded, what a purge leaves, and days looked up."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator

from collectctl.store.desk_schema import DESK_TABLES
from collectctl.store.facts import FACT, SALT, chain, fact_hash, sha256

SEALED = "migrate"  # the entry whose facts other operations wrote

# what no statement changes or deletes, `store.purging` apart: as of this schema, and since
_FIRST_GUARDED = (
    "client", "person", "account", "import_batch", "placement", "placement_event", "statement", "party",
    "contact_point", "activity", "plan", "promise", "payment", "withdrawal", "charge", "terms", "settlement",
    "request", "request_event", "hold", "consent", "inconvenient", "trait", "breach", "tag", "setting",
    "purge", "tombstone",
)  # fmt: skip
GUARDED = (*_FIRST_GUARDED, *DESK_TABLES)

EVENTS = ("insert", "update", "delete")
# which row an insert would replace, where not the one of the same id alone
_SAME = {
    "client": "id = new.id or name = new.name",
    "person": "id = new.id or id_number = new.id_number or (client = new.client and customer = new.customer)",
    "account": "id = new.id or (number = new.number and client = new.client)",
    "tombstone": "kind = new.kind and id = new.id",
}


_REFUSE = "begin select raise(abort, 'what is recorded is never changed'); end"


def guards(tables: Iterable[str] = GUARDED) -> Iterator[str]:
    """The triggers that keep what is recorded in `tables` as it is."""
    for table in tables:
        for event in ("update", "delete"):
            yield f"create trigger {table}_{event} before {event} on {table} {_REFUSE}"
        yield _against_replacing(table)


def journal_guards() -> Iterator[str]:
    """The triggers that keep the journal.

    An entry is sealed by its link of the chain; what is derived of it (its spans, whether it stands) and its
    words stay open.
    """
    yield _against_replacing("operation")
    sealed = "on operation when old.chain <> x''"
    columns = "id, at, kind, command, target, facts, chain"
    yield f"create trigger operation_update before update of {columns} {sealed} {_REFUSE}"
    yield f"create trigger operation_delete before delete {sealed} {_REFUSE}"


def first_guards() -> Iterator[str]:
    """The triggers of this schema."""
    yield from guards(_FIRST_GUARDED)
    yield from journal_guards()


def _against_replacing(table: str) -> str:
    """`insert or replace` deletes without a trigger of its own."""
    there = f"exists (select 1 from {table} where {_SAME.get(table, 'id = new.id')})"
    return f"create trigger {table}_insert before insert on {table} when {there} {_REFUSE}"


EVIDENCE = f"""
alter table client add column salt blob;
alter table client add column hash blob;
alter table person add column salt blob;
alter table person add column hash blob;
alter table account add column salt blob;
alter table account add column hash blob;
create table purge ({FACT},
    client integer not null references client(id),
    before_on text not null,
    accounts integer not null,
    facts integer not null,
    digest text not null
) strict;
create table tombstone (
    kind text not null,
    id integer not null,
    op integer not null references operation(id),
    purge integer not null references operation(id),
    hash blob not null,
    primary key (kind, id)
) strict, without rowid;
create index worklist_due on worklist(due_on) where +state = 'future';
create index tombstone_op on tombstone(op);
create index tombstone_purge on tombstone(purge)"""

_IDENTITIES = {
    "client": ("name",),
    "person": ("id_number", "client", "customer"),
    "account": ("client", "number"),
}


def seal_identities(connection: sqlite3.Connection) -> None:
    """Give the identities of an older book their hashes, and the chain an entry that covers them.

    The entry bears the instant of the one before: nothing took place.
    """
    last = connection.execute("select id, at, chain from operation order by id desc limit 1").fetchone()
    if last is None:
        return
    spans: dict[str, tuple[int, int]] = {}
    whole, count = sha256()(), 0
    for table, columns in sorted(_IDENTITIES.items()):
        sql = f"select id, op, {', '.join(columns)} from {table} order by id"
        rows = connection.execute(sql).fetchall()
        for row in rows:
            salt = os.urandom(SALT)
            digest = fact_hash(salt, table, row)
            whole.update(digest)
            connection.execute(f"update {table} set salt = ?, hash = ? where id = ?", (salt, digest, row[0]))
        if rows:
            spans[table] = rows[0][0], rows[-1][0]
            count += len(rows)
    number = last[0] + 1
    row = {
        "id": number, "at": last[1], "kind": "entry", "command": SEALED, "target": None, "facts": count,
    }  # fmt: skip
    connection.execute(
        "insert into operation (id, at, kind, command, text, target, facts, spans, chain)"
        " values (:id, :at, :kind, :command, 'sealed what there was', null, :facts, :spans, :chain)",
        {**row, "spans": json.dumps(spans), "chain": chain(last[2], row, bytes(whole.digest()))},
    )
