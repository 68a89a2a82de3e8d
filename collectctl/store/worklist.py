"""The stored worklist: rows per account, counts, the day for which they hold, and reading them by index.

What is stored is a cache of `domain.worklist` as of the stored day. It is recomputed in the transaction that
adds a fact, and rolled over on the first reading of a new day.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from collectctl.domain.facts import PersonFile
from collectctl.domain.tasks import CLASSES
from collectctl.domain.worklist import CLOSED, DUE, Row, Tally, person_entries, tallies
from collectctl.store.journal import utc_text
from collectctl.store.persons import CHUNK, load_persons

_COLUMNS = (
    "account",
    "person",
    "lead",
    "state",
    "class",
    "points",
    "due_on",
    "due_at",
    "changes_on",
    "client",
    "batch",
    "currency",
    "balance",
    "overdue_since",
    "ends_on",
    "last_on",
    "last_outcome",
    "reached",
    "city",
)
_INSERT = f"insert into worklist ({', '.join(_COLUMNS)}) values ({', '.join('?' * len(_COLUMNS))})"
_PROMISE_DUE = CLASSES.index("promise-due")


def stored_day(connection: sqlite3.Connection) -> date | None:
    """The day for which the stored worklist holds; None where nothing is stored yet."""
    day = get_state(connection, "worklist_day")
    return date.fromisoformat(day) if day else None


def get_state(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("select value from state where name = ?", (name,)).fetchone()
    return row[0] if row else None


def set_state(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("insert or replace into state (name, value) values (?, ?)", (name, value))


def refresh(connection: sqlite3.Connection, persons: Sequence[int], today: date, zone: tzinfo) -> None:
    """Recompute the rows of `persons` from the facts; inside the caller's transaction."""
    for start in range(0, len(persons), CHUNK):
        part = persons[start : start + CHUNK]
        replace(connection, list(load_persons(connection, part)), today, zone, gone=part)


def replace(
    connection: sqlite3.Connection, persons: Sequence[PersonFile], today: date, zone: tzinfo,
    gone: Sequence[int] = (),
) -> None:  # fmt: skip
    """Store the rows of `persons`, and none for those of `gone` that no longer stand.

    Rows are kept for the stored day where that is later: a clock set back writes no older truth.
    """
    _stored_as_of(connection, today, zone)
    dropped: Counter[Tally] = Counter()
    dropped.subtract(_drop(connection, gone or [person.id for person in persons]))
    add(connection, persons, today, zone, dropped)


def add(
    connection: sqlite3.Connection, persons: Sequence[PersonFile], today: date, zone: tzinfo,
    counts: Counter[Tally] | None = None,
) -> None:  # fmt: skip
    """Store the rows of `persons` who have none yet; `counts` are what was counted off before."""
    as_of = _stored_as_of(connection, today, zone)
    counts = counts or Counter()
    rows = [entry.row for person in persons for entry in person_entries(person, as_of, zone)]
    insert(connection, rows)
    counts.update(tally for row in rows for tally in tallies(row))
    add_counts(connection, counts)


def _stored_as_of(connection: sqlite3.Connection, today: date, zone: tzinfo) -> date:
    """The day for which rows are stored, brought to `today` by a write that comes before the first list."""
    day = stored_day(connection)
    if day is None:
        set_state(connection, "worklist_day", today.isoformat())
    elif day < today:
        roll_over(connection, today, zone)
    return max(day or today, today)


def insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executemany(_INSERT, map(_stored, rows))


def _stored(row: Row) -> tuple[Any, ...]:
    return (
        row.account,
        row.person,
        int(row.lead),
        row.state,
        row.cls,
        row.points,
        _text(row.due_on),
        utc_text(row.due_at) if row.due_at else None,
        _text(row.changes_on),
        row.client,
        row.batch,
        row.currency,
        row.balance,
        _text(row.overdue_since),
        _text(row.ends_on),
        _text(row.last_on),
        row.last_outcome,
        int(row.reached),
        row.city,
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _drop(connection: sqlite3.Connection, persons: Sequence[int]) -> Counter[Tally]:
    """Remove the rows of `persons`; returns what they counted for."""
    where = f"person in ({','.join('?' * len(persons))})"
    counts: Counter[Tally] = Counter()
    for state, cls, due_on, ends_on, lead in connection.execute(
        f"select state, class, due_on, ends_on, lead from worklist where {where}", tuple(persons)
    ):
        counts[("all", "", "")] += 1
        if state != CLOSED:
            counts[("open", "", "")] += 1
        if ends_on and state != CLOSED:
            counts[("ends", "", ends_on)] += 1
        if lead:
            counts[(state, CLASSES[cls], due_on or "")] += 1
    connection.execute(f"delete from worklist where {where}", tuple(persons))
    return counts


def add_counts(connection: sqlite3.Connection, counts: Counter[Tally]) -> None:
    connection.executemany(
        "insert into worklist_count (what, class, day, n) values (?, ?, ?, ?)"
        " on conflict (what, class, day) do update set n = n + excluded.n",
        [(*tally, n) for tally, n in counts.items() if n],
    )


def roll_over(connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
    """Bring the stored rows to `today`: those whose day has come are computed again."""
    day = stored_day(connection)
    changed = connection.execute(
        "select distinct person from worklist where changes_on <= ?", (today.isoformat(),)
    ).fetchall()
    set_state(connection, "worklist_day", today.isoformat())
    if day:
        set_state(connection, "previous_day", day.isoformat())
    refresh(connection, [row[0] for row in changed], today, zone)


def shadow(connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
    """The worklist of `today` in temporary tables, for a book that can't be written or an earlier clock.

    SQLite finds a temporary table before the stored one of the same name; nothing reaches the file.
    """
    persons = [row[0] for row in connection.execute("select distinct person from worklist")]
    for table in ("worklist", "worklist_count", "state"):
        sql = connection.execute("select sql from main.sqlite_master where name = ?", (table,)).fetchone()[0]
        # what a temporary table references would be looked for among the temporary ones
        definition = sql[sql.index("(") :].replace(" references account(id)", "")
        connection.execute(f"create temp table {table} {definition}")
    connection.execute(
        "create index temp.shadow_order on worklist(state, class, points desc, due_on, account)"
    )
    connection.execute("create index temp.shadow_person on worklist(person)")
    connection.execute("create index temp.shadow_hour on worklist(due_at)")
    refresh(connection, persons, today, zone)


# --- reading -----------------------------------------------------------------------------------------


def counts(connection: sqlite3.Connection) -> list[tuple[str, str, str, int]]:
    """Every stored count: what (a state, or `ends`), class, day, number of persons (accounts for `ends`)."""
    return connection.execute("select what, class, day, n from worklist_count where n <> 0").fetchall()


def waiting_for_hour(connection: sqlite3.Connection, now: datetime) -> list[int]:
    """Class of each lead that is due today at an hour still to come, promises (shown anyway) left out."""
    rows = connection.execute(
        # +state: only the few rows of the hours to come are read, by their own index
        "select class from worklist where due_at > ? and due_at < ? and +state = ? and lead = 1"
        " and class <> ?",
        (utc_text(now), utc_text(now + timedelta(days=1)), DUE, _PROMISE_DUE),
    )
    return [row[0] for row in rows]


def due_accounts(
    connection: sqlite3.Connection,
    now: datetime,
    limit: int,
    *,
    by_account: bool,
    where: str = "",
    values: Sequence[Any] = (),
) -> list[tuple[int, int]]:
    """(account, person) of what is due now in the order of the list, promises with an hour to come last."""
    lead = "" if by_account else "and lead = 1"
    base = f"select account, person from worklist where state = 'due' {lead} {where and 'and ' + where}"
    at = utc_text(now)
    rows = connection.execute(
        f"{base} and (due_at is null or due_at <= ?) order by class, points desc, due_on, account limit ?",
        (*values, at, limit),
    ).fetchall()
    if len(rows) < limit:
        rows += connection.execute(
            f"{base} and due_at > ? and class = ? order by due_at, points desc, account limit ?",
            (*values, at, _PROMISE_DUE, limit - len(rows)),
        ).fetchall()
    return rows


def hidden_due(
    connection: sqlite3.Connection, now: datetime, limit: int, where: str = "", values: Sequence[Any] = ()
) -> list[tuple[int, int]]:
    """(account, person) of leads that are hidden: held, without a number, or at a later hour."""
    sql = (
        "select account, person from worklist where lead = 1 and (state in ('hold', 'no_number')"
        f" or (state = 'due' and due_at > ? and class <> ?)) {where and 'and ' + where}"
        " order by class, points desc, due_on, account limit ?"
    )
    return connection.execute(sql, (utc_text(now), _PROMISE_DUE, *values, limit)).fetchall()


SORTS = {
    "account": "number",
    "balance": "balance desc",
    "dpd": "overdue_since is null, overdue_since",
    "due": "due_on is null, due_on",
    "ends": "ends_on is null, ends_on",
    "last": "last_on is null, last_on",
    "points": "points desc",
    "client": "client",
}


def listed(
    connection: sqlite3.Connection, sort: str, limit: int, where: str, values: Sequence[Any]
) -> tuple[list[tuple[int, int]], int]:
    """(account, person) of any accounts, sorted, and how many there are in all."""
    total = _total(connection, where, values)
    if sort == "account" and not where:
        sql = "select w.account, w.person from account a join worklist w on w.account = a.id"
        sql += " order by a.number limit ?"
    else:
        key = SORTS[sort] if sort != "account" else "(select number from account where id = w.account)"
        sql = f"select w.account, w.person from worklist w where {where or '1'}"
        sql += f" order by {key}, w.account limit ?"
    return connection.execute(sql, (*values, limit)).fetchall(), total


def _total(connection: sqlite3.Connection, where: str, values: Sequence[Any]) -> int:
    """How many accounts there are: a stored count, unless something narrows."""
    if not where:
        row = connection.execute("select n from worklist_count where what = 'all'").fetchone()
        return int(row[0]) if row else 0
    sql = f"select count(*) from worklist w where {where}"
    return int(connection.execute(sql, tuple(values)).fetchone()[0])
