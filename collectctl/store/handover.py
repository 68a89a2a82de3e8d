"""What one collector hands over to another: the standing facts of a client's accounts.

What was learned in contacts about other clients' accounts stays here. The order in which facts about money
came is kept as a rank, so that whoever takes them over comes to the same sums.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping

from collectctl.domain.handover import Fact
from collectctl.store.binding import of_account
from collectctl.store.facts import COLUMNS

PERSONS = ("contact_point", "inconvenient", "trait", "safety_note")  # facts about a person, of no account
# facts whose order among each other the ledger, promises and settlements go by
RANKED = (
    "placement", "placement_event", "statement", "payment", "promise", "withdrawal", "charge", "terms",
    "plan", "settlement", "request", "request_event", "claim", "claim_event",
)  # fmt: skip
# each after those whose facts it names
ORDER = (
    "import_batch", "placement", "statement", "party", "activity", "request", "request_event", "settlement",
    "placement_event", "plan", "promise", "payment", "withdrawal", "charge", "terms", "hold", "consent",
    "inconvenient", "trait", "contact_point", "breach", "tag", "complaint", "complaint_event", "claim",
    "claim_event", "safety_note", "setting",
)  # fmt: skip


def accounts_of(connection: sqlite3.Connection, client: str) -> list[int]:
    """The accounts of a client that stand."""
    rows = connection.execute("select account from worklist where client = ? order by account", (client,))
    return [row[0] for row in rows]


def read(connection: sqlite3.Connection, client: str) -> Iterator[Fact]:
    """Every standing fact about the client's accounts and the people on them, identities first."""
    connection.execute("create temp table if not exists handed (account integer primary key)")
    connection.execute("create temp table if not exists handed_person (person integer primary key)")
    connection.execute("delete from handed")
    connection.execute("delete from handed_person")
    connection.executemany(
        "insert into handed values (?)", [(one,) for one in accounts_of(connection, client)]
    )
    connection.execute(
        "insert into handed_person select person from placement where account in handed"
        " union select person from party where account in handed"
    )
    (number,) = connection.execute("select id from client where name = ?", (client,)).fetchone()
    yield Fact("client", number, 0, {"name": client})
    for table, where in (
        ("person", "id in handed_person"),
        ("account", "id in handed"),
    ):
        yield from _rows(connection, table, where, {}, stands=False)
    ranks = _ranks(connection)
    for table in ORDER:
        yield from _rows(connection, table, _where(table, number), ranks, stands=True)


def _where(table: str, client: int) -> str:
    """Which facts of a table are about the accounts and their people."""
    if table == "import_batch":
        return (
            f"f.client = {client} and f.id in (select import_batch from placement where account in handed"
            " union select import_batch from statement where account in handed)"
        )
    if table == "setting":
        return f"f.name in (select '{of_account(0)[:-1]}' || account from handed)"
    if "account" in COLUMNS[table]:
        return "f.account in handed"
    about = " union ".join(
        f"select account from {t} x where x.op = f.op"
        for t in ("activity", "placement", "statement", "party")
    )
    # learned beside another client's account, and about none of these
    elsewhere = f"exists ({about}) and not exists (select 1 from ({about}) where account in handed)"
    return f"f.person in handed_person and not ({elsewhere})"


def _rows(
    connection: sqlite3.Connection, table: str, where: str, ranks: Mapping[tuple[int, int], int], *,
    stands: bool,
) -> Iterator[Fact]:  # fmt: skip
    columns = COLUMNS[table]
    listed = ", ".join(f'f."{column}"' for column in columns)
    join = "join operation o on o.id = f.op and o.stands" if stands else ""
    at = columns.index("account") if "account" in columns else None
    for number, op, *values in connection.execute(
        f"select f.id, f.op, {listed} from {table} f {join} where {where} order by f.id"
    ):
        rank = ranks.get((values[at], op), 0) if at is not None and table in RANKED else 0
        yield Fact(table, number, rank, dict(zip(columns, values, strict=True)))


def _ranks(connection: sqlite3.Connection) -> dict[tuple[int, int], int]:
    """(account, operation) -> its place among the operations that wrote something ranked about it."""
    sql = " union ".join(
        f"select f.account, f.op from {table} f join operation o on o.id = f.op and o.stands"
        " where f.account in handed"
        for table in RANKED
    )
    found: dict[tuple[int, int], int] = {}
    count: dict[int, int] = defaultdict(int)
    for account, op in connection.execute(f"{sql} order by 1, 2"):
        found[account, op] = count[account]
        count[account] += 1
    return found
