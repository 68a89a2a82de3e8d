"""Reading what an account's money is about besides promises: charges, terms, plans, settlements, requests."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from collectctl.domain.facts import Charge, Payment, Plan, Request, Settlement, Terms
from collectctl.store.journal import MOST
from collectctl.store.standing import OF_NOT_AMENDED, STANDS


class Money(NamedTuple):
    """The fields of an `AccountFile` of the same names."""

    charges: tuple[Charge, ...] = ()
    terms: tuple[Terms, ...] = ()
    plans: tuple[Plan, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    requests: tuple[Request, ...] = ()


_ANY = "select " + " or ".join(
    f"exists (select 1 from {table} limit 1)"
    for table in ("charge", "terms", "plan", "settlement", "request")
)


def load_money(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, Money]:
    """By account; those without any have the empty one."""
    found: dict[int, Money] = defaultdict(Money)
    if not connection.execute(_ANY).fetchone()[0]:
        return found
    reading: tuple[tuple[str, Callable[..., Iterator[Any]]], ...] = (
        ("charges", _charges), ("terms", _terms), ("plans", _plans), ("settlements", _settlements),
        ("requests", _requests),
    )  # fmt: skip
    for name, read in reading:
        facts: dict[int, list[Any]] = defaultdict(list)
        for fact in read(connection, accounts):
            facts[fact.account].append(fact)
        for account, kept in facts.items():
            found[account] = found[account]._replace(**{name: tuple(kept)})
    return found


def _rows(
    connection: sqlite3.Connection, table: str, columns: str, accounts: Sequence[int], where: str = ""
) -> list[tuple[Any, ...]]:
    sql = (
        f"select {columns} from {table} f {STANDS} where f.account in ({','.join('?' * len(accounts))})"
        f"{where} order by f.account, f.id"
    )
    return connection.execute(sql, tuple(accounts)).fetchall()


def _charges(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Charge]:
    columns = "f.id, f.account, f.op, f.on_day, f.component, f.amount, f.currency, f.text"
    for row in _rows(connection, "charge", columns, accounts):
        yield Charge._make((*row[:3], date.fromisoformat(row[3]), *row[4:]))


def _terms(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Terms]:
    columns = (
        "f.id, f.account, f.from_on, f.rate, f.basis, f.last_day, f.payment_day, f.compound, f.penalty,"
        " f.penalty_floor, f.cap, f.allocation"
    )
    for row in _rows(connection, "terms", columns, accounts):
        yield Terms._make((*row[:2], date.fromisoformat(row[2]), *row[3:]))


def _plans(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Plan]:
    """A row that cancels another is its end."""
    columns = "f.id, f.account, f.op, f.settlement, f.made_on, f.every, f.total, f.currency, f.cancels"
    rows = _rows(connection, "plan", columns, accounts)
    cancelled = {row[8]: date.fromisoformat(row[4]) for row in rows if row[8] is not None}
    for row in rows:
        if row[8] is None:
            made_on = date.fromisoformat(row[4])
            yield Plan._make((*row[:4], made_on, *row[5:8], cancelled.get(row[0])))


def _settlements(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Settlement]:
    columns = (
        "f.id, f.account, f.op, f.request, f.made_on, f.amount, f.currency, f.until, f.approval, f.accepted"
    )
    for row in _rows(connection, "settlement", columns, accounts):
        made_on, until = date.fromisoformat(row[4]), date.fromisoformat(row[7])
        yield Settlement._make((*row[:4], made_on, row[5], row[6], until, row[8], bool(row[9])))


def _requests(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Request]:
    """Requests with what became of them: the last sending, the last answer."""
    events: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _rows(
        connection, "request_event", "f.account, f.request, f.kind, f.on_day, f.reference", accounts
    ):
        events[row[1]].append(row)
    columns = "f.id, f.account, f.activity, f.kind, f.asked_on, f.amount, f.currency, f.until, f.text"
    for row in _rows(connection, "request", columns, accounts, f" and {OF_NOT_AMENDED}"):
        until = date.fromisoformat(row[7]) if row[7] else None
        asked_on = date.fromisoformat(row[4])
        made = Request(row[0], row[1], row[2], row[3], asked_on, row[5], row[6], until, row[8])
        for _account, _request, kind, day, reference in events[row[0]]:
            on = date.fromisoformat(day)
            if kind == "sent":
                made = made._replace(sent_on=on)
            else:
                made = made._replace(answer=kind, answered_on=on, reference=reference)
        yield made


PAYMENT_COLUMNS = (
    "f.id, f.account, f.activity, f.on_day, f.amount, f.currency, f.confirmed, f.payer, f.method,"
    " f.reference, f.allocation, f.confirms, f.op, f.reverses, f.source_row"
)


def load_payments(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Payment]:
    """The payments and claims of accounts, each with the day on which it was reversed."""
    rows = _rows(connection, "payment", PAYMENT_COLUMNS, accounts, f" and {OF_NOT_AMENDED}")
    reversed_on = {row[13]: date.fromisoformat(row[3]) for row in rows if row[13] is not None}
    for row in rows:
        if row[13] is None:
            yield payment(row)._replace(reversed_on=reversed_on.get(row[0]))


def payment(row: Sequence[Any]) -> Payment:
    return Payment(
        row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5], bool(row[6]), row[7], row[8],
        row[9], row[10] or "", row[11], row[12], None, row[14],
    )  # fmt: skip


def load_withdrawn(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, date]:
    """Promise -> the day on which it was taken back."""
    rows = _rows(connection, "withdrawal", "f.of_promise, f.on_day", accounts)
    return {promise: date.fromisoformat(day) for promise, day in reversed(rows)}


def accounts_with_requests(connection: sqlite3.Connection) -> list[int]:
    """The debtors of every account about which the client was asked for something."""
    rows = connection.execute(
        "select distinct p.person from placement p where p.account in (select distinct account from request)"
    )
    return sorted(row[0] for row in rows)


def account_of_request(connection: sqlite3.Connection, number: int) -> int | None:
    """The account of a standing request, None where there is none of that number."""
    if number > MOST:
        return None
    row = connection.execute(f"select f.account from request f {STANDS} where f.id = ?", (number,)).fetchone()
    return int(row[0]) if row else None
