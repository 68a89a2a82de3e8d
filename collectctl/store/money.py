"""Reading the money of accounts: payments, promises taken back, and rarer facts where there are any."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from collectctl.domain.facts import Payment
from collectctl.domain.records import Record
from collectctl.store.standing import OF_NOT_AMENDED, standing_rows

if TYPE_CHECKING:
    from collectctl.domain.deskfacts import Claim, Complaint
    from collectctl.domain.moneyfacts import Charge, Plan, Request, Settlement, Terms


class Money(Record):
    """The fields of an `AccountFile` of the same names."""

    charges: "tuple[Charge, ...]" = ()
    terms: "tuple[Terms, ...]" = ()
    plans: "tuple[Plan, ...]" = ()
    settlements: "tuple[Settlement, ...]" = ()
    requests: "tuple[Request, ...]" = ()
    complaints: "tuple[Complaint, ...]" = ()
    claims: "tuple[Claim, ...]" = ()


_TABLES = ("charge", "terms", "plan", "settlement", "request", "complaint", "claim")
_ANY = "select " + " or ".join(f"exists (select 1 from {table} limit 1)" for table in _TABLES)


def load_money(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, Money]:
    """By account; those without any have the empty one."""
    found: dict[int, Money] = defaultdict(Money)
    if connection.execute(_ANY).fetchone()[0]:
        from collectctl.store.moneyfacts import read_money  # most books have none for long

        found.update(read_money(connection, accounts))
    return found


PAYMENT_COLUMNS = (
    "f.id, f.account, f.activity, f.on_day, f.amount, f.currency, f.confirmed, f.payer, f.method,"
    " f.reference, f.allocation, f.confirms, f.op, f.reverses, f.source_row"
)


def load_payments(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Payment]:
    """The payments and claims of accounts, each with the day on which it was reversed."""
    rows = standing_rows(connection, "payment", PAYMENT_COLUMNS, accounts, where=OF_NOT_AMENDED)
    gone = {row[13]: (date.fromisoformat(row[3]), row[8]) for row in rows if row[13] is not None}
    for row in rows:
        if row[13] is None:
            day, why = gone.get(row[0], (None, ""))
            yield payment(row)._replace(reversed_on=day, reversed_why=why)


def payment(row: Sequence[Any]) -> Payment:
    return Payment(
        row[0], row[1], row[2], date.fromisoformat(row[3]), row[4], row[5], bool(row[6]), row[7], row[8],
        row[9], row[10] or "", row[11], row[12], None, row[14],
    )  # fmt: skip


def load_withdrawn(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, date]:
    """Promise -> the day on which it was taken back."""
    rows = standing_rows(connection, "withdrawal", "f.of_promise, f.on_day", accounts)
    return {promise: date.fromisoformat(day) for promise, day in reversed(rows)}
