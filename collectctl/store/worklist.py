"""The stored worklist: rows per account, counts, the day for which they hold, and reading them by index.

What is stored is a cache of `domain.worklist` as of the stored day. It is recomputed in the transaction that
adds a fact, and rolled over on the first reading of a new day.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from itertools import islice
from typing import Any

from collectctl.domain.facts import PersonFile
from collectctl.domain.records import Record
from collectctl.domain.tasks import CLASSES
from collectctl.domain.windows import ALWAYS, Window, as_key, from_key
from collectctl.domain.worklist import CLOSED, DUE, Row, person_entries, tallies
from collectctl.store.facts import sha256
from collectctl.store.journal import utc_text
from collectctl.store.persons import load_persons
from collectctl.store.policies import changed as policies_changed
from collectctl.store.standing import CHUNK

COLUMNS = (
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
    "gate",
    "hours",
)
_INSERT = f"insert into worklist ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"
_TABLES = ("worklist", "worklist_count", "state", "opening_hours")
_PROMISE_DUE = CLASSES.index("promise-due")
_REBUILT = date(1970, 1, 1)  # the stored day that a migration leaves behind: everything is computed again
Counted = tuple[str, str, str, str, int]  # a tally as it is stored: the window by its id


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
    as_of = stored_as_of(connection, today, zone)
    counts: Counter[Counted] = Counter()
    counts.subtract(_drop(connection, gone or [person.id for person in persons]))
    add(connection, [e.row for person in persons for e in person_entries(person, as_of, zone)], counts)


def add(
    connection: sqlite3.Connection, rows: Sequence[Row], counted_off: Counter[Counted] | None = None
) -> None:
    """Store the rows, as of the stored day, of people who have none."""
    insert(connection, rows)
    counts = counted_off or Counter()
    counts.update(counted(rows))
    add_counts(connection, counts)


def counted(rows: Sequence[Row]) -> Counter[Counted]:
    """What the rows count for."""
    counts: Counter[Counted] = Counter()
    # many rows of an import count for the same: one of each kind is asked for what
    alike = {_counted_by(row): row for row in rows}
    for key, n in Counter(map(_counted_by, rows)).items():
        for what, cls, day, gate, window in tallies(alike[key]):
            counts[what, cls, day, gate, hours_id(window)] += n
    return counts


def _counted_by(row: Row) -> tuple[object, ...]:
    """What `tallies` reads of a row."""
    return row.lead, row.state, row.cls, row.due_on, row.ends_on, row.gate, row.window


def stored_as_of(connection: sqlite3.Connection, today: date, zone: tzinfo) -> date:
    """The day for which rows are stored, brought to `today` by a write that comes before the first list."""
    day = stored_day(connection)
    if day is None:
        set_state(connection, "worklist_day", today.isoformat())
    elif day < today:
        roll_over(connection, today, zone)
    return max(day or today, today)


def insert(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    connection.executemany(
        "insert or ignore into opening_hours (id, key) values (?, ?)",
        [(hours_id(window), as_key(window)) for window in {row.window for row in rows}],
    )
    connection.executemany(_INSERT, map(stored_row, rows))


@cache
def hours_id(window: Window) -> int:
    """The id of a window, the same in every book: taken from its content, 0 for one that is always open."""
    return int.from_bytes(sha256()(as_key(window).encode()).digest()[:6], "big") if window != ALWAYS else 0


def windows(connection: sqlite3.Connection) -> dict[int, Window]:
    """Every window that is, or was, in use."""
    return {number: from_key(key) for number, key in connection.execute("select id, key from opening_hours")}


def stored_row(row: Row) -> tuple[Any, ...]:
    """`row` as the table has it."""
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
        row.gate,
        hours_id(row.window),
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _drop(connection: sqlite3.Connection, persons: Sequence[int]) -> Counter[Counted]:
    """Remove the rows of `persons`; returns what they counted for."""
    where = f"person in ({','.join('?' * len(persons))})"
    counts: Counter[Counted] = Counter()
    for state, cls, due_on, ends_on, lead, gate, hours in connection.execute(
        f"select state, class, due_on, ends_on, lead, gate, hours from worklist where {where}", tuple(persons)
    ):
        counts[("all", "", "", "", 0)] += 1
        if state != CLOSED:
            counts[("open", "", "", "", 0)] += 1
        if ends_on and state != CLOSED:
            counts[("ends", "", ends_on, "", 0)] += 1
        if lead:
            counts[(state, CLASSES[cls], due_on or "", "", 0)] += 1
        if lead and state == DUE:
            counts[("gate", CLASSES[cls], "", gate, hours)] += 1
    connection.execute(f"delete from worklist where {where}", tuple(persons))
    return counts


def add_counts(connection: sqlite3.Connection, counts: Counter[Counted]) -> None:
    connection.executemany(
        "insert into worklist_count (what, class, day, gate, hours, n) values (?, ?, ?, ?, ?, ?)"
        " on conflict (what, class, day, gate, hours) do update set n = n + excluded.n",
        [(*tally, n) for tally, n in counts.items() if n],
    )


def roll_over(connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
    """Bring the stored rows to `today`: those whose day has come are computed again."""
    day = stored_day(connection)
    changed = connection.execute(
        "select distinct person from worklist where changes_on <= ?", (today.isoformat(),)
    ).fetchall()
    set_state(connection, "worklist_day", today.isoformat())
    if day and day > _REBUILT:
        set_state(connection, "previous_day", day.isoformat())
    refresh(connection, [row[0] for row in changed], today, zone)


def recompute(connection: sqlite3.Connection) -> None:
    """Have every row computed again by the next `roll_over`: the rules themselves have changed."""
    connection.execute("update worklist set changes_on = ?", (_REBUILT.isoformat(),))
    set_state(connection, "worklist_day", _REBUILT.isoformat())


def shadow(connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
    """The worklist of `today` in temporary tables, for a book that can't be written now or an earlier clock.

    SQLite finds a temporary table before the stored one of the same name; nothing reaches the file.
    """
    connection.execute("begin")  # what is copied is of one moment
    for table in _TABLES:
        sql = connection.execute("select sql from main.sqlite_master where name = ?", (table,)).fetchone()[0]
        # what a temporary table references would be looked for among the temporary ones
        definition = sql[sql.index("(") :].replace(" references account(id)", "")
        connection.execute(f"create temp table {table} {definition}")
    connection.execute(
        "create index temp.shadow_order on worklist(state, hours, gate, class, points desc, due_on, account)"
    )
    connection.execute("create index temp.shadow_person on worklist(person)")
    connection.execute("create index temp.shadow_hour on worklist(due_at)")
    connection.execute("create index temp.worklist_due on worklist(due_on) where +state = 'future'")
    stored = connection.execute("select value from main.state where name = 'worklist_day'").fetchone()
    if stored and stored[0] <= today.isoformat() and not policies_changed(connection):
        for table in _TABLES:
            connection.execute(f"insert into temp.{table} select * from main.{table}")
        roll_over(connection, today, zone)
    else:
        connection.execute("insert into temp.opening_hours select * from main.opening_hours")
        persons = [row[0] for row in connection.execute("select distinct person from main.worklist")]
        refresh(connection, persons, today, zone)
    connection.execute("commit")


# --- reading -----------------------------------------------------------------------------------------


def counts(connection: sqlite3.Connection) -> list[tuple[str, str, str, int]]:
    """Every stored count: what (a state, or `ends`), class, day, number of persons (accounts for `ends`)."""
    sql = "select what, class, day, n from worklist_count where what <> 'gate' and n <> 0"
    return connection.execute(sql).fetchall()


class Gated(Record):
    """How many people of a class are due behind the same gate and window."""

    cls: str
    gate: str
    hours: int
    n: int


def gated(connection: sqlite3.Connection) -> list[Gated]:
    """The people who are due, by class and by what opens them."""
    sql = "select class, gate, hours, n from worklist_count where what = 'gate' and n <> 0"
    return [Gated(*row) for row in connection.execute(sql)]


def waiting_for_hour(connection: sqlite3.Connection, now: datetime) -> list[Gated]:
    """Each lead that is due today at an hour still to come, promises (shown anyway) left out."""
    rows = connection.execute(
        # +state: only the few rows of the hours to come are read, by their own index
        "select class, gate, hours from worklist where due_at > ? and due_at < ? and +state = ? and lead = 1"
        " and class <> ?",
        (utc_text(now), utc_text(now + timedelta(days=1)), DUE, _PROMISE_DUE),
    )
    return [Gated(CLASSES[cls], gate, hours, 1) for cls, gate, hours in rows]


class Behind(Record):
    """A gate and a window behind which rows wait."""

    gate: str
    hours: int


def behind(connection: sqlite3.Connection) -> list[Behind]:
    """Every gate and window of accounts that are due, those that don't stand for a person included."""
    sql = "select distinct gate, hours from worklist where state = 'due'"
    return [Behind(*row) for row in connection.execute(sql)]


def due_accounts(
    connection: sqlite3.Connection,
    now: datetime,
    limit: int,
    open_: Collection[Behind],
    *,
    by_account: bool,
    where: str = "",
    values: Sequence[Any] = (),
) -> list[tuple[int, int]]:
    """(account, person) of what is due behind `open_` gates, in the order of the list.

    Promises with an hour to come are last. Each gate and window is read by index in the order of the list, so
    that what is hidden is never read, however much it is.
    """
    lead = "" if by_account else "and lead = 1"
    narrowed = f"{lead} {where and 'and ' + where}"
    at = utc_text(now)
    found: list[tuple[Any, ...]] = []
    for gate, hours in open_:
        found += connection.execute(
            f"select class, -points, due_on, account, person from worklist where state = 'due' {narrowed}"
            " and hours = ? and gate = ? and (due_at is null or due_at <= ?)"
            " order by class, points desc, due_on, account limit ?",
            (*values, hours, gate, at, limit),
        ).fetchall()
    rows = [(row[3], row[4]) for row in sorted(found)[:limit]]
    if len(rows) < limit:
        later = connection.execute(
            # +state: by the index on the hour, which few rows have
            f"select account, person, gate, hours from worklist where +state = 'due' {narrowed}"
            " and due_at > ? and class = ?"
            " order by due_at, points desc, account",
            (*values, at, _PROMISE_DUE),
        )
        promises = ((a, p) for a, p, gate, hours in later if (gate, hours) in open_)
        rows += islice(promises, limit - len(rows))
    return rows


def hidden_due(
    connection: sqlite3.Connection, now: datetime, limit: int, closed: Collection[Behind], where: str = "",
    values: Sequence[Any] = (),
) -> list[tuple[int, int]]:  # fmt: skip
    """(account, person) of leads that are hidden: held, without a number, barred, or at a later hour."""
    marks = ", ".join(["(?, ?)"] * len(closed)) or "('', -1)"
    sql = (
        "select account, person from worklist where lead = 1 and (state in ('hold', 'no_number')"
        f" or (state = 'due' and ((due_at > ? and class <> ?) or (gate, hours) in (values {marks}))))"
        f" {where and 'and ' + where}"
        " order by class, points desc, due_on, account limit ?"
    )
    gates = [value for pair in closed for value in pair]
    return connection.execute(sql, (utc_text(now), _PROMISE_DUE, *gates, *values, limit)).fetchall()


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
