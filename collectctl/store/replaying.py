"""The stored worklist beside what the standing facts give, and the same made anew from them."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, tzinfo

from collectctl.domain.records import Record
from collectctl.domain.worklist import FORGOTTEN, person_entries
from collectctl.store import worklist
from collectctl.store.persons import load_persons
from collectctl.store.standing import CHUNK

_EVERYBODY = "select distinct person from placement union select person from main.worklist order by 1"


class Compared(Record):
    """Some people: how many accounts they have, which of them are stored otherwise, what they count for."""

    accounts: int
    differing: int
    forgotten: list[str]  # numbers of open accounts without a next day and without a reason for none
    counts: Counter[worklist.Counted]


def compared(connection: sqlite3.Connection, day: date, zone: tzinfo) -> Iterator[Compared]:
    """Everybody, a few at a time, as of `day`, for which the list is stored."""
    persons = [row[0] for row in connection.execute(_EVERYBODY)]
    for start in range(0, len(persons), CHUNK):
        part = persons[start : start + CHUNK]
        entries = [e for p in load_persons(connection, part) for e in person_entries(p, day, zone)]
        marks = ",".join("?" * len(part))
        sql = f"select {', '.join(worklist.COLUMNS)} from main.worklist where person in ({marks})"
        stored = set(connection.execute(sql, part))
        rows = [entry.row for entry in entries]
        expected = set(map(worklist.stored_row, rows))
        differing = {row[0] for row in stored ^ expected}
        forgotten = [row.account for row in rows if row.state == FORGOTTEN]
        yield Compared(
            len(rows), len(differing), [_number(connection, one) for one in forgotten], worklist.counted(rows)
        )


def _number(connection: sqlite3.Connection, account: int) -> str:
    return str(connection.execute("select number from account where id = ?", (account,)).fetchone()[0])


def stored_counts(connection: sqlite3.Connection) -> dict[worklist.Counted, int]:
    """What is stored of how many there are, nothing left out but zeros."""
    sql = "select what, class, day, gate, hours, n from main.worklist_count where n <> 0"
    return {tuple(row[:5]): row[5] for row in connection.execute(sql)}


def hours_fit(connection: sqlite3.Connection) -> bool:
    """Whether the id of each stored window is that of its content."""
    try:
        return all(
            number == worklist.hours_id(window) for number, window in worklist.windows(connection).items()
        )
    except (ValueError, TypeError, LookupError):  # no window at all
        return False


def rebuild(connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
    """Make list and counts anew, as of `today`; inside the caller's transaction."""
    persons = [row[0] for row in connection.execute(_EVERYBODY)]
    for table in ("worklist", "worklist_count", "opening_hours"):
        connection.execute(f"delete from {table}")
    connection.execute("insert into opening_hours (id, key) values (0, '')")
    worklist.set_state(connection, "worklist_day", today.isoformat())
    worklist.refresh(connection, persons, today, zone)
