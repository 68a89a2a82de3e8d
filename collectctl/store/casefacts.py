"""What proves the facts of a court file: their hashes and links, and whether they are unchanged."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from collectctl.domain.casefile.manifest import Difference, Manifest
from collectctl.domain.casefile.records import Fact, Link, Logged, Proof
from collectctl.domain.facts import AccountFile
from collectctl.domain.words import _
from collectctl.store.facts import COLUMNS, fact_hash
from collectctl.store.journal import MOST
from collectctl.store.persons import ACTIVITY_COLUMNS, activity
from collectctl.store.standing import CHUNK, STANDS

# what a court file speaks of beside the contacts
TABLES = (
    "placement", "placement_event", "statement", "party", "plan", "promise", "withdrawal", "payment",
    "charge", "terms", "settlement", "request", "request_event", "complaint", "complaint_event", "claim",
    "claim_event",
)  # fmt: skip
_LOGGED = (
    f"select {ACTIVITY_COLUMNS}, f.recording, f.hash, o.chain,"
    " (select x.id from activity x join operation q on q.id = x.op and q.stands where x.amends = f.id)"
    f" from activity f {STANDS} where f.account = ? order by f.id"
)


def load_proof(connection: sqlite3.Connection, account: int) -> Proof:
    """The contacts of an account and the hashes of all else, with the seal of the book as it is now."""
    rows = connection.execute(_LOGGED, (account,)).fetchall()
    logged = tuple(_logged(row) for row in rows)
    facts = tuple(_facts(connection, account))
    entries = sorted({fact.entry for fact in facts} | {entry.fact.entry for entry in logged})
    links = [
        Link(number, link.hex())
        for part in _parts(entries)
        for number, link in connection.execute(
            f"select id, chain from operation where id in ({_marks(part)}) order by id", part
        )
    ]
    last = connection.execute("select id, chain from operation order by id desc limit 1").fetchone()
    return Proof(logged, facts, tuple(links), Link(last[0], last[1].hex()))


def _logged(row: Sequence[object]) -> Logged:
    *columns, recording, digest, chain, corrected = row
    made = activity(columns)
    assert isinstance(digest, bytes)
    assert isinstance(chain, bytes)
    fact = Fact("activity", made.id, digest.hex(), made.operation)
    return Logged(
        made, corrected if isinstance(corrected, int) else None, str(recording or ""), fact, chain.hex()
    )


def _facts(connection: sqlite3.Connection, account: int) -> Iterator[Fact]:
    for table in TABLES:
        sql = f"select f.id, f.hash, f.op from {table} f {STANDS} where f.account = ? order by f.id"
        for number, digest, entry in connection.execute(sql, (account,)):
            yield Fact(table, number, digest.hex(), entry)


def account_called(connection: sqlite3.Connection, client: str, number: str) -> int | None:
    """The account of that number; None where the book has none."""
    row = connection.execute(
        "select a.id from account a join client c on c.id = a.client where c.name = ? and a.number = ?",
        (client, number),
    ).fetchone()
    return int(row[0]) if row else None


def entries_since(connection: sqlite3.Connection, entry: int) -> int:
    row = connection.execute("select count(*) from operation where id > ?", (min(entry, MOST),)).fetchone()
    return int(row[0])


def touched_since(connection: sqlite3.Connection, account: AccountFile, entry: int) -> bool:
    """Whether anything was written after an entry that a court file of the account might show.

    Facts of the account or its people, settings, and what was undone or brought back.
    """
    since, persons = min(entry, MOST), sorted({party.person for party in account.parties})
    asked: list[tuple[str, tuple[int, ...]]] = [
        ("select 1 from operation where id > ? and kind in ('undo', 'redo')", (since,)),
        ("select 1 from setting where op > ?", (since,)),
    ]
    for table, columns in COLUMNS.items():
        if table == "breach":  # it comes with a contact, and has no index of its own
            continue
        if "account" in columns:
            asked.append((f"select 1 from {table} where account = ? and op > ?", (account.id, since)))
        elif "person" in columns:
            marks = _marks(persons)
            asked.append((f"select 1 from {table} where person in ({marks}) and op > ?", (*persons, since)))
    return any(connection.execute(f"{sql} limit 1", values).fetchone() for sql, values in asked)


def unlike(connection: sqlite3.Connection, manifest: Manifest) -> Iterator[Difference]:
    """What of the seal, the links and the facts that a manifest names this book has otherwise.

    Where the book does not know the seal nothing else is compared: the case is of another book.
    """
    known = _links(connection, [manifest.seal, *manifest.links])
    last = connection.execute("select max(id) from operation").fetchone()[0] or 0
    if known.get(manifest.seal.entry) != manifest.seal.chain:
        if last < manifest.seal.entry:
            text = _(
                "the book ends at entry {last}, the case was made at {entry}: another book, or an older copy"
            )
        else:
            text = _("the book does not know the seal of the case: it is of another book, or one was changed")
        yield Difference("book", "seal", text.format(last=last, entry=manifest.seal.entry))
        return
    for link in manifest.links:
        if known.get(link.entry) != link.chain:
            text = _("entry {entry} has another link of the chain in the book").format(entry=link.entry)
            yield Difference("link", str(link.entry), text)
    for table, facts in groupby(sorted(manifest.facts), key=lambda fact: fact.table):
        yield from _of_table(connection, table, list(facts))


def _links(connection: sqlite3.Connection, links: Sequence[Link]) -> dict[int, str]:
    numbers = sorted({link.entry for link in links if 0 < link.entry <= MOST})
    found: dict[int, str] = {}
    for part in _parts(numbers):
        sql = f"select id, chain from operation where id in ({_marks(part)})"
        found.update((number, link.hex()) for number, link in connection.execute(sql, part))
    return found


def _of_table(connection: sqlite3.Connection, table: str, facts: Sequence[Fact]) -> Iterator[Difference]:
    if table not in COLUMNS:
        yield Difference("fact", table, _("the book knows no facts called {table!r}").format(table=table))
        return
    said = {fact.id: fact for fact in facts if 0 < fact.id <= MOST}
    columns = ", ".join(f'f."{column}"' for column in COLUMNS[table])
    there = set()
    for part in _parts(sorted(said)):
        rows = connection.execute(
            f"select f.id, f.op, {columns}, f.salt, f.hash, o.stands from {table} f"
            f" join operation o on o.id = f.op where f.id in ({_marks(part)})",
            part,
        )
        for *row, salt, digest, stands in rows:
            there.add(row[0])
            name = f"{table} {row[0]}"
            if digest.hex() != said[row[0]].hash or fact_hash(salt or b"", table, row) != digest:
                text = _("{fact} is not what it was when the case was made").format(fact=name)
                yield Difference("fact", name, text)
            elif not stands:
                yield Difference("fact", name, _("{fact} was undone since").format(fact=name))
    yield from _gone(connection, table, [fact for fact in facts if fact.id not in there])


def _gone(connection: sqlite3.Connection, table: str, facts: Iterable[Fact]) -> Iterator[Difference]:
    for fact in facts:
        name = f"{table} {fact.id}"
        row = None
        if 0 < fact.id <= MOST:
            row = connection.execute(
                "select hash from tombstone where kind = ? and id = ?", (table, fact.id)
            ).fetchone()
        purged = row is not None and row[0].hex() == fact.hash
        text = _("{fact} was purged since") if purged else _("{fact} is not in the book")
        yield Difference("fact", name, text.format(fact=name))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


def _marks(numbers: Sequence[int]) -> str:
    return ",".join("?" * len(numbers))
