"""Taking over what another book handed over: its facts with ids of this book, those it has left aside."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from collectctl.domain.handover import Fact, Value
from collectctl.store import search
from collectctl.store.facts import COLUMNS
from collectctl.store.handover import ORDER
from collectctl.store.journal import NAMES, Unit

_IDENTITIES = ("client", "person", "account")
_NEEDED = {
    "placement", "of_promise", "request_event.request", "complaint_event.complaint", "against",
    "claim_event.claim", "breach.activity", "person", "account", "client",
}  # fmt: skip


class Misfit(ValueError):
    """A fact names a table, a column or another fact that there is none of."""


class Takeover:
    """The facts of a hand-over as they will stand here. Raises `Misfit` where they do not fit together."""

    def __init__(
        self, connection: sqlite3.Connection, facts: Iterable[Fact], next_id: Mapping[str, int]
    ) -> None:
        self._connection = connection
        self._types: dict[str, dict[str, type]] = {}
        self._by_table: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.table not in (*_IDENTITIES, *ORDER) or not self._fits(fact):
                raise Misfit(fact.table)
            self._by_table[fact.table].append(fact)
        self.known: list[int] = []  # accounts that are in this book already
        self._left: set[int] = set()  # these, as the other book numbers them
        self._ids: dict[str, dict[int, int]] = {table: {} for table in COLUMNS}
        self._next = dict(next_id)
        self._new: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self._identify()
        self._number()

    def _fits(self, fact: Fact) -> bool:
        """Whether its columns are of the table and its values of their types, which SQLite would change."""
        kinds = self._kinds(fact.table)
        if not set(fact.row) <= set(COLUMNS[fact.table]) or not _is_currency(fact.row.get("currency")):
            return False
        return all(value is None or isinstance(value, kinds[column]) for column, value in fact.row.items())

    def _kinds(self, table: str) -> dict[str, type]:
        if table not in self._types:
            rows = self._connection.execute(f"pragma table_info({table})").fetchall()
            self._types[table] = {row[1]: str if row[2] == "TEXT" else int for row in rows}
        return self._types[table]

    @property
    def accounts(self) -> list[int]:
        """The accounts that are new here."""
        return [n for old, n in self._ids["account"].items() if old not in self._left]

    @property
    def ranks(self) -> list[int]:
        return sorted(self._new)

    def persons(self) -> list[int]:
        return sorted(set(self._ids["person"].values()))

    def _identify(self) -> None:
        """Who and what is in this book already."""
        for fact in self._by_table["client"]:
            row = self._connection.execute(
                "select id from client where name = ?", (fact.row["name"],)
            ).fetchone()
            self._place(fact, row)
        for fact in self._by_table["account"]:
            client = self._ids["client"].get(_int(fact.row["client"]))
            row = self._connection.execute(
                "select id from account where client = ? and number = ?", (client, fact.row["number"])
            ).fetchone()
            if row and self._stands(row[0]):
                self.known.append(row[0])
                self._left.add(fact.id)
            self._place(fact, row)
        wanted = {
            _int(f.row["person"]) for table in ("placement", "party") for f in self._by_table[table]
            if _int(f.row["account"]) not in self._left
        }  # fmt: skip
        for fact in self._by_table["person"]:
            if fact.id in wanted:
                self._place(fact, self._same_person(fact.row))

    def _place(self, fact: Fact, known: tuple[int] | None) -> None:
        """Give an identity its number here: the one that it has, else the next."""
        if known:
            self._ids[fact.table][fact.id] = known[0]
        else:
            self._add(fact)

    def _add(self, fact: Fact) -> None:
        self._ids[fact.table][fact.id] = self._next[fact.table]
        self._next[fact.table] += 1
        self._new[fact.rank][fact.table].append(fact)

    def _stands(self, account: int) -> bool:
        sql = "select 1 from placement f join operation o on o.id = f.op and o.stands where f.account = ?"
        return self._connection.execute(sql, (account,)).fetchone() is not None

    def _same_person(self, row: Mapping[str, Value]) -> tuple[int] | None:
        client = self._ids["client"].get(_int(row["client"])) if row["client"] is not None else None
        sql = "select id from person where id_number = ? or (client = ? and customer = ?) limit 1"
        found: tuple[int] | None = self._connection.execute(
            sql, (row["id_number"], client, row["customer"])
        ).fetchone()
        return found

    def _number(self) -> None:
        """Give the facts their numbers, in the order of their ranks and of what they had."""
        for table in ORDER:
            facts = [f for f in self._by_table[table] if self._is_taken(f)]
            for fact in sorted(facts, key=lambda f: (f.rank, f.id)):
                self._add(fact)

    def _is_taken(self, fact: Fact) -> bool:
        account, person = fact.row.get("account"), fact.row.get("person")
        if account is not None:
            return account not in self._left
        if fact.table == "contact_point":
            here = self._ids["person"].get(_int(person))
            return here is not None and not self._has_number(here, fact.row["digits"])
        if fact.table == "setting":
            return self._of_setting(str(fact.row["name"])) is not None
        return person is None or person in self._ids["person"]

    def _has_number(self, person: int, digits: Value) -> bool:
        sql = (
            "select 1 from contact_point f join operation o on o.id = f.op and o.stands"
            " where f.person = ? and f.digits = ? limit 1"
        )
        return self._connection.execute(sql, (person, digits)).fetchone() is not None

    def _of_setting(self, name: str) -> str | None:
        """A setting of an account as it is called here."""
        base, _colon, number = name.rpartition(":")
        if not number.isdecimal() or int(number) in self._left or int(number) not in self._ids["account"]:
            return None
        return f"{base}:{self._ids['account'][int(number)]}"

    # --- writing ------------------------------------------------------------------------------------------

    def write(self, made: Unit, rank: int) -> None:
        """Append the facts of a rank."""
        tables = self._new[rank]
        for table in (*_IDENTITIES, *ORDER):
            if tables[table]:
                made.facts.add_many(table, [self._row(fact) for fact in tables[table]])
        search.add(made.connection, self._words(made.id, tables))

    def _row(self, fact: Fact) -> Sequence[Value]:
        row = dict(fact.row)
        if fact.table == "setting":
            row["name"] = self._of_setting(str(row["name"]))
        for column, table in _named(fact.table).items():
            value = row.get(column)
            if value is None:
                continue
            here = self._ids[table].get(_int(value))
            if column == "contact":  # of a call that began with another account, which is not here
                here = here or self._ids["activity"][fact.id]
            if here is None and (column in _NEEDED or f"{fact.table}.{column}" in _NEEDED):
                raise Misfit(fact.table)
            row[column] = here
        return tuple(row.get(column) for column in COLUMNS[fact.table])

    def _words(self, operation: int, tables: Mapping[str, list[Fact]]) -> Iterator[tuple[str, int, int, str]]:
        """What `find` looks up."""
        accounts = self._ids["account"]
        for fact in tables["account"]:
            yield str(fact.row["number"]), operation, accounts[fact.id], search.NUMBER
        for fact in tables["party"]:
            name, role = str(fact.row["name"]), fact.row["role"]
            if name != role or role == "debtor":
                kind = search.DEBTOR if role == "debtor" else search.PARTY
                yield name, operation, accounts[_int(fact.row["account"])], kind
        for fact in tables["activity"]:
            if fact.row["text"]:
                yield str(fact.row["text"]), operation, accounts[_int(fact.row["account"])], search.NOTE
        for fact in tables["statement"]:
            remarks = json.loads(str(fact.row["values"])).get("remarks")
            if remarks:
                yield str(remarks), operation, accounts[_int(fact.row["account"])], search.NOTE


def _named(table: str) -> dict[str, str]:
    """The columns of a table that name a fact or an identity, and the table of each."""
    own = {column: NAMES[column] for column in COLUMNS[table] if column in NAMES}
    own |= {c: c for c in ("account", "person", "client", "import_batch") if c in COLUMNS[table]}
    if table == "activity":
        own["contact"] = "activity"
    return own


def _is_currency(value: Value) -> bool:
    code = value if isinstance(value, str) else ""
    return value is None or (len(code) == 3 and code.isascii() and code.isupper())


def _int(value: Value) -> int:
    if not isinstance(value, int):
        raise Misfit
    return value
