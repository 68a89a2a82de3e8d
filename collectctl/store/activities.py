"""Reading what happened in a period, by the indexes on instants and days, whatever the size of the book."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from collectctl.domain.facts import Payment
from collectctl.domain.measures import Entry, Touch
from collectctl.domain.records import Record
from collectctl.domain.results.report import Breach
from collectctl.store.journal import instant, utc_text
from collectctl.store.money import PAYMENT_COLUMNS, payment
from collectctl.store.persons import ACTIVITY_COLUMNS, activity
from collectctl.store.standing import CHUNK, NOT_AMENDED, OF_NOT_AMENDED, STANDS

# the parts of a promise are written with their activity and stand with it
_PROMISED = "(select {column} from promise p where p.account = f.account and p.activity = f.id)"
_HAS_PROMISED = "exists (select 1 from promise p where p.account = f.account and p.activity = f.id)"
_OPEN_TODAY = "(gate = '' or substr(gate, 2, 1) = '.')"  # the middle letter is the collector's own day
_WIDTH = ACTIVITY_COLUMNS.count(",") + 1
_ENTRIES = (
    f"select {ACTIVITY_COLUMNS}, a.number, w.client, w.batch, w.overdue_since, f.override,"
    f" {_PROMISED.format(column='sum(p.amount)')}, {_PROMISED.format(column='max(p.currency)')}"
    f" from activity f {STANDS} join account a on a.id = f.account join worklist w on w.account = f.account"
    f" where f.at >= ? and f.at < ? and {NOT_AMENDED}"
)


class Narrowing(Record):
    """A condition on `worklist` with its values; an empty one leaves everything in."""

    where: str = ""
    values: Sequence[Any] = ()

    @property
    def of_fact(self) -> str:
        """The same as a condition on the account of a fact `f`: one look-up a row."""
        if not self.where:
            return ""
        return f" and exists (select 1 from worklist where worklist.account = f.account and ({self.where}))"

    @property
    def of_row(self) -> str:
        return f" and ({self.where})" if self.where else ""


EVERYTHING = Narrowing()


def entries(
    connection: sqlite3.Connection, start: datetime, end: datetime, narrowing: Narrowing = EVERYTHING
) -> list[Entry]:
    """The standing entries from `start` (inside) to `end` (outside), oldest first; amended ones left out."""
    rows = connection.execute(
        f"{_ENTRIES}{narrowing.of_fact} order by f.at, f.id",
        (utc_text(start), utc_text(end), *narrowing.values),
    )
    return [_entry(row) for row in rows]


def _entry(row: Sequence[Any]) -> Entry:
    number, client, batch, overdue_since, override, promised, currency = row[_WIDTH:]
    since = date.fromisoformat(overdue_since) if overdue_since else None
    return Entry(
        activity(row[:_WIDTH]), number, client, batch, since, override, promised or 0, currency or ""
    )


def breaches(
    connection: sqlite3.Connection, start: datetime, end: datetime, narrowing: Narrowing = EVERYTHING
) -> list[Breach]:
    """The rules that the standing entries of a period went against, oldest first."""
    rows = connection.execute(
        "select f.id, a.number, f.at, b.rule, b.effect, b.text, b.cite, b.override from activity f"
        f" {STANDS} join breach b on b.activity = f.id join account a on a.id = f.account"
        f" where f.at >= ? and f.at < ? and {NOT_AMENDED}{narrowing.of_fact}"
        " order by f.at, f.id, b.id",
        (utc_text(start), utc_text(end), *narrowing.values),
    )
    zone = start.tzinfo
    return [Breach(row[0], row[1], instant(row[2]).astimezone(zone), *row[3:]) for row in rows]


def touches(
    connection: sqlite3.Connection, start: datetime, end: datetime, narrowing: Narrowing = EVERYTHING
) -> list[Touch]:
    """The same entries, only what the counts read of them, in no order."""
    rows = connection.execute(
        f"select f.account, f.contact, f.outcome, f.who, f.inbound, f.raised_by, {_HAS_PROMISED}"
        f" from activity f {STANDS} where f.at >= ? and f.at < ? and {NOT_AMENDED}"
        f"{narrowing.of_fact}",
        (utc_text(start), utc_text(end), *narrowing.values),
    )
    return [Touch._make(row) for row in rows]


def last_before(connection: sqlite3.Connection, at: datetime) -> datetime | None:
    """The instant of the newest standing entry before `at`."""
    row = connection.execute(
        f"select f.at from activity f {STANDS} where f.at < ? order by f.at desc limit 1", (utc_text(at),)
    ).fetchone()
    return instant(row[0]) if row else None


def payments(
    connection: sqlite3.Connection, first: date, last: date, narrowing: Narrowing = EVERYTHING
) -> list[Payment]:
    """Payments that came in on those days, both inside, claimed ones included, reversed ones too."""
    return _payments(connection, first, last, narrowing, "f.reverses is null")


def reversals(
    connection: sqlite3.Connection, first: date, last: date, narrowing: Narrowing = EVERYTHING
) -> list[Payment]:
    """What went back on those days."""
    return _payments(connection, first, last, narrowing, "f.reverses is not null and f.confirmed")


def _payments(
    connection: sqlite3.Connection, first: date, last: date, narrowing: Narrowing, which: str
) -> list[Payment]:
    rows = connection.execute(
        f"select {PAYMENT_COLUMNS} from payment f {STANDS} where f.on_day between ? and ?"
        f" and {OF_NOT_AMENDED} and {which}{narrowing.of_fact} order by f.id",
        (first.isoformat(), last.isoformat(), *narrowing.values),
    )
    return [payment(row) for row in rows]


def settled_accounts(
    connection: sqlite3.Connection, first: date, last: date, narrowing: Narrowing = EVERYTHING
) -> list[int]:
    """Accounts that were closed as settled on those days."""
    rows = connection.execute(
        f"select distinct f.account from placement_event f {STANDS} where f.kind = 'closed'"
        f" and f.reason = 'settled' and f.on_day between ? and ?{narrowing.of_fact}",
        (first.isoformat(), last.isoformat(), *narrowing.values),
    )
    return [row[0] for row in rows]


def promising(
    connection: sqlite3.Connection,
    due: Sequence[tuple[date, date]],
    paid: tuple[date, date],
    narrowing: Narrowing = EVERYTHING,
) -> dict[int, int]:
    """Account -> debtor, where a promise is due in one of `due`, or one exists and money came in `paid`."""
    any_due = " or ".join(["f.due_on between ? and ?"] * len(due))
    by_due = f"select f.account from promise f {STANDS} where ({any_due}){narrowing.of_fact}"
    by_paid = (
        f"select f.account from payment f {STANDS} where f.on_day between ? and ? and f.confirmed"
        f" and exists (select 1 from promise p where p.account = f.account){narrowing.of_fact}"
    )
    due_days, paid_days = ([day.isoformat() for days in some for day in days] for some in (due, [paid]))
    rows = connection.execute(
        f"select account, person from worklist where account in ({by_due} union {by_paid})",
        (*due_days, *narrowing.values, *paid_days, *narrowing.values),
    )
    return dict(rows.fetchall())


def debtors_of(connection: sqlite3.Connection, accounts: Sequence[int]) -> list[int]:
    """The debtors of those accounts."""
    found: set[int] = set()
    for start in range(0, len(accounts), CHUNK):
        part = tuple(accounts[start : start + CHUNK])
        sql = f"select person from worklist where account in ({','.join('?' * len(part))})"
        found.update(row[0] for row in connection.execute(sql, part))
    return sorted(found)


def debtors_with(connection: sqlite3.Connection, table: str, due_on: date | None = None) -> list[int]:
    """The debtors of every account with a fact of that table (of promises: due on that day)."""
    rows = connection.execute(
        "select distinct p.person from placement p where p.account in"
        f" (select distinct account from {table}{' where due_on = ?' if due_on else ''})",
        (due_on.isoformat(),) if due_on else (),
    )
    return sorted(row[0] for row in rows)


# --- the worklist, counted --------------------------------------------------------------------------------


def open_accounts(connection: sqlite3.Connection, narrowing: Narrowing = EVERYTHING) -> int:
    """How many accounts are open: from the stored counts, counted where the list is narrowed."""
    if not narrowing.where:
        kept = connection.execute("select sum(n) from worklist_count where what = 'open'").fetchone()[0]
        if kept is not None:
            return int(kept)
    sql = f"select count(*) from worklist where state <> 'closed'{narrowing.of_row}"
    return int(connection.execute(sql, tuple(narrowing.values)).fetchone()[0])


def people_due(connection: sqlite3.Connection, narrowing: Narrowing = EVERYTHING) -> int:
    """How many people are due as of the stored day, those apart whom a count or a quiet period bars."""
    if not narrowing.where:
        sql = f"select coalesce(sum(n), 0) from worklist_count where what = 'gate' and {_OPEN_TODAY}"
    else:
        sql = (
            "select count(*) from worklist where state = 'due' and lead = 1"
            f" and {_OPEN_TODAY}{narrowing.of_row}"
        )
    return int(connection.execute(sql, tuple(narrowing.values)).fetchone()[0])


def still_due(
    connection: sqlite3.Connection, accounts: Collection[int], narrowing: Narrowing = EVERYTHING
) -> int:
    """How many people who owe those accounts are due all the same (another number is to be tried)."""
    return len(set(_still_due(connection, sorted(accounts), narrowing)))


def _still_due(connection: sqlite3.Connection, ids: Sequence[int], narrowing: Narrowing) -> Iterator[int]:
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        # `+state`: by person, who are few, and not by state, which many share
        rows = connection.execute(
            f"select person from worklist where lead = 1 and +state = 'due' and {_OPEN_TODAY} and person in"
            f" (select w.person from worklist w where w.account in ({','.join('?' * len(part))}))"
            f"{narrowing.of_row}",
            (*part, *narrowing.values),
        )
        yield from (row[0] for row in rows)


def people_coming_due(
    connection: sqlite3.Connection, day: date, narrowing: Narrowing = EVERYTHING
) -> list[int]:
    """People whose next step waits for `day`."""
    rows = connection.execute(
        # `+state`: by the day, as the index of those that wait has them, and not by state
        "select person from worklist where +state = 'future' and due_on <= ? and changes_on <= ?"
        f"{narrowing.of_row}",
        (day.isoformat(), day.isoformat(), *narrowing.values),
    )
    return sorted({row[0] for row in rows})
