"""What an import asks of the book, and how it writes its rows."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from collectctl.domain.calllogs import split_mapping
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.nearness import near_key
from collectctl.domain.records import Record
from collectctl.store.journal import Unit
from collectctl.store.persons import load_persons
from collectctl.store.standing import CHUNK, standing_rows

_BATCHES = "from import_batch f join operation o on o.id = f.op and o.stands join client c on c.id = f.client"


class Identities(Record):
    """The ids that identity numbers and clients' customer numbers already have."""

    by_number: dict[str, int]
    by_customer: dict[str, int]


class Numbered(Record):
    """An account that has a number, at one of perhaps several clients."""

    account: int
    client: str
    currency: str
    person: int
    open: bool


_NUMBERED = "select a.id, c.name, w.currency, w.person, w.state <> 'closed'"


def accounts_numbered(connection: sqlite3.Connection, number: str) -> list[Numbered]:
    """The accounts that stand under a number, one a client."""
    rows = connection.execute(
        f"{_NUMBERED} from account a join client c on c.id = a.client"
        " join worklist w on w.account = a.id where a.number = ? order by a.id",
        (number,),
    )
    return [Numbered(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


@contextmanager
def filling(connection: sqlite3.Connection) -> Iterator[None]:
    """Rows that are many, into a book that has none: its indexes are made after them, sorted once.

    Where there is nothing, nothing can be replaced: the guards against that are put back after them, too.
    """
    if connection.execute("select 1 from account limit 1").fetchone():
        yield
        return
    made = connection.execute(
        "select type, name, sql from sqlite_master where (type = 'index' or name glob '*_insert')"
        " and sql is not null and tbl_name in"
        " ('person', 'account', 'placement', 'statement', 'party', 'contact_point', 'worklist')"
    ).fetchall()
    for kind, name, _sql in made:
        connection.execute(f"drop {kind} {name}")
    yield
    for _kind, _name, sql in made:
        connection.execute(sql)


def near_numbers(connection: sqlite3.Connection, client: str | None) -> dict[str, list[str]]:
    """The numbers that stand, of a client or of all, by what they have in common with nearly equal ones."""
    found: dict[str, list[str]] = {}
    where, values = ("where w.client = ?", (client,)) if client else ("", ())
    sql = f"select distinct a.number from worklist w join account a on a.id = w.account {where}"
    for (number,) in connection.execute(sql, values):
        found.setdefault(near_key(number), []).append(number)
    return found


def numbers(connection: sqlite3.Connection, accounts: Sequence[int]) -> list[str]:
    """The numbers of those accounts."""
    found: list[str] = []
    for start in range(0, len(accounts), CHUNK):
        part = accounts[start : start + CHUNK]
        sql = f"select number from account where id in ({','.join('?' * len(part))}) order by id"
        found += [row[0] for row in connection.execute(sql, tuple(part))]
    return found


def debtors(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, str]:
    """The debtor's name on each of those accounts."""
    found: dict[int, str] = {}
    for start in range(0, len(accounts), CHUNK):
        part = accounts[start : start + CHUNK]
        rows = standing_rows(connection, "party", "f.account, f.name", part, where="f.role = 'debtor'")
        found.update(rows)
    return found


def has_accounts(connection: sqlite3.Connection, client: str) -> bool:
    """Whether anything was ever placed by a client."""
    sql = "select 1 from import_batch f join client c on c.id = f.client where c.name = ? limit 1"
    return connection.execute(sql, (client,)).fetchone() is not None


def clients(connection: sqlite3.Connection) -> list[str]:
    """The names of all clients, the one who came last first."""
    return [row[0] for row in connection.execute("select name from client order by id desc")]


def open_accounts(connection: sqlite3.Connection, client: str) -> list[tuple[int, int]]:
    """The open accounts of a client, each with its debtor."""
    sql = "select account, person from worklist where client = ? and state <> 'closed' order by account"
    return connection.execute(sql, (client,)).fetchall()


def accounts_of(
    connection: sqlite3.Connection, field: str, number: str, client: str | None
) -> list[Numbered]:
    """The first account of each person whom an identity number, or a client's customer number, names."""
    column = {"id_number": "p.id_number", "client_customer": "p.customer"}[field]
    rows = connection.execute(
        f"{_NUMBERED} from person p join worklist w on w.person = p.id"
        f" join account a on a.id = w.account join client c on c.id = a.client where {column} = ?"
        " order by a.id desc",
        (number.upper() if field == "id_number" else number,),
    )
    found = [Numbered(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]
    return list({n.person: n for n in found if client in (None, n.client)}.values())


def debtors_of_client(connection: sqlite3.Connection, client: str) -> list[int]:
    """Everybody who owes, or owed, something to a client."""
    rows = connection.execute("select distinct person from worklist where client = ?", (client,))
    return sorted(row[0] for row in rows)


def client_currencies(connection: sqlite3.Connection) -> dict[str, str]:
    """The currency of each client's last import."""
    sql = f"select c.name, f.currency {_BATCHES} where f.currency is not null order by f.id"
    return dict(connection.execute(sql).fetchall())


def remembered_mapping(
    connection: sqlite3.Connection, client: str | None, head: Sequence[Sequence[str]]
) -> dict[str, str]:
    """The mapping that was given for a file of the same header (of the same client, where it is known).

    `head` are the headers that the file may have.
    """
    sql = (
        f"select f.header, f.mapping, c.name {_BATCHES} where f.mapping <> '{{}}'"
        " order by f.id desc limit 200"
    )
    for header, mapping, name in connection.execute(sql):
        if (client is None or name == client) and json.loads(header) in [list(row) for row in head]:
            return dict(json.loads(mapping))
    return {}


def headers_of(connection: sqlite3.Connection, client: str, kind: str) -> list[list[str]]:
    """The headers of a client's files of a kind, the last one first."""
    sql = f"select distinct f.header {_BATCHES} where c.name = ? and f.kind = ? order by f.id desc limit 200"
    return [list(json.loads(header)) for (header,) in connection.execute(sql, (client, kind))]


def remembered_outcomes(connection: sqlite3.Connection, clients: Collection[str]) -> dict[str, str]:
    """How outcomes were mapped for the logs of these clients, the newest mapping winning."""
    found: dict[str, str] = {}
    sql = f"select f.mapping, c.name {_BATCHES} where f.kind = 'activities' order by f.id"
    for mapping, name in connection.execute(sql):
        if name in clients:
            found |= split_mapping(json.loads(mapping))[1]
    return found


def client_id(made: Unit, name: str) -> int:
    """The client of that name, made where it is new."""
    row = made.connection.execute("select id from client where name = ?", (name,)).fetchone()
    return int(row[0]) if row else made.facts.add("client", name=name)


def account_ids(connection: sqlite3.Connection, client: str, numbers: Sequence[str]) -> dict[str, int]:
    """Number -> account id, standing or not: an identity is used again after an undo."""
    found: dict[str, int] = {}
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        sql = (
            "select a.number, a.id from account a join client c on c.id = a.client"
            f" where c.name = ? and a.number in ({','.join('?' * len(part))})"
        )
        found.update(connection.execute(sql, (client, *part)).fetchall())
    return found


def known_accounts(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, tuple[PersonFile, AccountFile]]:
    """Account id -> its standing file and that of its debtor."""
    persons: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        sql = (
            "select distinct f.person from placement f join operation o on o.id = f.op and o.stands"
            f" where f.account in ({','.join('?' * len(part))})"
        )
        persons.update(row[0] for row in connection.execute(sql, tuple(part)))
    return {a.id: (p, a) for p in load_persons(connection, sorted(persons)) for a in p.accounts}


def identities(
    connection: sqlite3.Connection, client: str, numbers: Sequence[str], customers: Sequence[str]
) -> Identities:
    """Persons that are known by identity number, or by this client's customer number."""
    by_number: dict[str, int] = {}
    by_customer: dict[str, int] = {}
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        sql = f"select id_number, id from person where id_number in ({','.join('?' * len(part))})"
        by_number.update(connection.execute(sql, tuple(part)).fetchall())
    for start in range(0, len(customers), CHUNK):
        part = customers[start : start + CHUNK]
        sql = (
            "select p.customer, p.id from person p join client c on c.id = p.client"
            f" where c.name = ? and p.customer in ({','.join('?' * len(part))})"
        )
        by_customer.update(connection.execute(sql, (client, *part)).fetchall())
    return Identities(by_number, by_customer)
