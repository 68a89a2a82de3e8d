"""Appending facts: each with a salt and the hash of its content.

The hash covers the table, the id, the operation and every column of content, written as one JSON array in
ASCII, so that no two contents are alike. The salt keeps short contents from being guessed once they are
purged and only the hash is left.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

Value = int | str | None

# how the table of every fact begins
FACT = """
    id integer primary key,
    op integer not null references operation(id),
    salt blob,
    hash blob not null"""

# the content columns of every kind of fact, in the order in which they are hashed; the first three are the
# identities that the others are about: they stay when the step that wrote them is undone
COLUMNS: dict[str, tuple[str, ...]] = {
    "client": ("name",),
    "person": ("id_number", "client", "customer"),
    "account": ("client", "number"),
    "import_batch": ("client", "file", "kind", "currency", "policy", "header", "mapping"),
    "placement": ("account", "person", "import_batch", "batch", "placed_on", "ends_on", "policy"),
    "placement_event": ("account", "placement", "kind", "on_day", "reason", "reference", "settlement"),
    "statement": (
        "account", "import_batch", "source_row", "stated_on", "currency", "balance", "overdue_since",
        "values", "extra",
    ),
    "party": ("account", "person", "role", "name", "relation"),
    "contact_point": ("person", "kind", "value", "digits", "tail", "label", "source", "zones", "normal"),
    "activity": (
        "account", "contact", "at", "channel", "inbound", "outcome", "who", "number", "party", "text",
        "next_at", "next_on", "talk_seconds", "recording", "reason", "purpose", "written", "collectors",
        "override", "raised_by", "doubts", "amends",
    ),
    "plan": ("account", "settlement", "cancels", "made_on", "every", "total", "currency"),
    "promise": (
        "account", "activity", "plan", "made_at", "made_on", "due_on", "due_at", "amount", "currency",
        "payer",
    ),
    "payment": (
        "account", "activity", "on_day", "amount", "currency", "confirmed", "confirms", "reverses", "payer",
        "method", "reference", "allocation", "extra", "source_row",
    ),
    "withdrawal": ("account", "of_promise", "on_day"),
    "charge": ("account", "on_day", "component", "amount", "currency", "text"),
    "terms": (
        "account", "from_on", "rate", "basis", "last_day", "payment_day", "compound", "penalty",
        "penalty_floor", "cap", "allocation", "minimum", "penalty_on",
    ),
    "settlement": (
        "account", "request", "made_on", "amount", "currency", "until", "approval", "parts", "accepted",
    ),
    "request": ("account", "activity", "kind", "asked_on", "amount", "currency", "until", "text"),
    "request_event": (
        "account", "request", "kind", "on_day", "amount", "until", "reference", "text",
    ),
    "hold": (
        "account", "activity", "kind", "from_on", "until", "releases", "text", "party", "case_number",
        "chapter", "received_on",
    ),
    "consent": (
        "account", "activity", "channel", "received", "on_day", "until", "opens", "closes", "given_to",
        "withdraws", "text",
    ),
    "inconvenient": (
        "person", "activity", "received", "only", "days", "opens", "closes", "channel", "number", "place",
        "until", "written", "lifts", "text",
    ),
    "trait": ("person", "kind", "value"),
    "breach": ("account", "activity", "rule", "effect", "text", "cite", "override"),
    "tag": ("account", "activity", "tag", "present"),
    "setting": ("name", "value"),
    "complaint": (
        "account", "activity", "kind", "received_on", "due_on", "channel", "reference", "text",
    ),
    "complaint_event": ("account", "complaint", "kind", "on_day", "reference", "text"),
    "claim": ("account", "against", "amount", "currency", "made_on", "due_on", "contract", "text"),
    "claim_event": (
        "account", "claim", "payment", "kind", "on_day", "transferred", "reference", "text",
    ),
    "safety_note": ("person", "activity", "ends", "on_day", "text"),
    "purge": ("client", "before_on", "accounts", "facts", "digest"),
}  # fmt: skip

# columns that a later schema added at the end of a table: hashed only where one of them is filled, so that
# the facts of older books keep their hashes
_LATER = {"contact_point": 1, "hold": 4, "payment": 3, "placement_event": 1}

SALT = 16
_MANY = 10_000  # facts of one operation from which their hashes are read back, to save memory


def content(table: str, row: Sequence[Value]) -> bytes:
    """`row` (id, operation, then the content columns) as bytes: no two contents are written alike."""
    later = _LATER.get(table)
    if later and row[-1] is None and all(value is None for value in row[-later:]):
        row = row[:-later]
    return _as_json((table, *row)).encode("ascii")


def _encoder() -> Callable[[Sequence[Value]], str]:
    """`json.dumps`, without the encoder that it makes anew for each row: half the time for a large file."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return json.dumps
    as_text = json.encoder.encode_basestring_ascii
    encode = make(None, None, as_text, None, ": ", ", ", False, False, True)
    return lambda row: "".join(encode(row, 0))


_as_json = _encoder()


def fact_hash(salt: bytes, table: str, row: Sequence[Value]) -> bytes:
    return bytes(sha256()(salt + content(table, row)).digest())


@cache
def sha256() -> Callable[..., Any]:
    """SHA-256 of the interpreter itself: OpenSSL's, behind hashlib, takes 3 of the 20 ms that `log` may."""
    for name in ("_sha2", "_sha256"):  # from 3.12, and before
        try:
            made: Callable[..., Any] = import_module(name).sha256
        except ImportError:
            continue
        return made
    return import_module("hashlib").sha256  # type: ignore[no-any-return]


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """An id that no row of `table` has or ever had: what was purged keeps its own."""
    sql = f"select max(ifnull((select max(id) from {table}), 0), ifnull((select max(id) from tombstone"
    row = connection.execute(f"{sql} where kind = ?), 0)) + 1", (table,)).fetchone()
    return int(row[0])


class Appender:
    """Appends the facts of one operation and keeps their hashes for the chain."""

    def __init__(self, connection: sqlite3.Connection, operation: int) -> None:
        self._connection = connection
        self.operation = operation
        self.count = 0
        self._next: dict[str, int] = {}
        self._first: dict[str, int] = {}  # of the tables that have facts of this operation
        self._hashes: dict[str, bytearray] = {}  # of each table, as long as they are few

    @property
    def spans(self) -> dict[str, tuple[int, int]]:
        """First and last id of the facts of each table; ids of one operation follow each other."""
        return {table: (first, self._next[table] - 1) for table, first in self._first.items()}

    def next_id(self, table: str) -> int:
        """The id that the next fact of `table` gets."""
        if table not in self._next:
            self._next[table] = next_id(self._connection, table)
        return self._next[table]

    def add(self, table: str, **values: Value) -> int:
        """Append one fact; returns its id. Columns that came with a later schema may be left out."""
        values = dict.fromkeys(COLUMNS[table][len(COLUMNS[table]) - _LATER.get(table, 0) :]) | values
        return self.add_many(table, [tuple(values[column] for column in COLUMNS[table])])

    def add_many(self, table: str, rows: Iterable[Sequence[Value]]) -> int:
        """Append facts given as their content columns in order; returns the first one's id."""
        first, facts = self.next_id(table), list(rows)
        if not facts:
            return first
        operation = self.operation
        salts = os.urandom(SALT * len(facts))
        hashes = self._hashes.setdefault(table, bytearray())
        stored = []
        for at, row in enumerate(facts):
            salt, number = salts[at * SALT : (at + 1) * SALT], first + at
            digest = fact_hash(salt, table, (number, operation, *row))
            hashes += digest
            stored.append((number, operation, salt, digest, *row))
        self.count += len(stored)
        self._first.setdefault(table, first)
        self._next[table] = first + len(stored)
        self._connection.executemany(_insert(table), stored)
        if self.count > _MANY:
            self._hashes.clear()
        return first

    def digest(self) -> bytes:
        """One hash over those of all facts, tables in alphabetical order, facts by id."""
        whole = sha256()()
        for table, span in sorted(self.spans.items()):
            if self.count > _MANY:
                sql = f"select hash from {table} where id between ? and ? order by id"
                for (digest,) in self._connection.execute(sql, span):
                    whole.update(digest)
            else:
                whole.update(self._hashes[table])
        return bytes(whole.digest())


@cache
def _insert(table: str) -> str:
    columns = ", ".join(f'"{column}"' for column in COLUMNS[table])
    marks = ", ".join("?" * (4 + len(COLUMNS[table])))
    return f"insert into {table} (id, op, salt, hash, {columns}) values ({marks})"


def chain(previous: bytes, operation: Mapping[str, Value], facts: bytes) -> bytes:
    """The link of an operation: the one before, what it was, and its facts."""
    row = tuple(operation[name] for name in ("id", "at", "kind", "command", "target", "facts"))
    return fact_hash(previous, "operation", (*row, facts.hex()))
