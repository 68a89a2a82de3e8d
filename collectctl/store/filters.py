"""TERMs as the index reads them: conditions into SQL over the columns of `worklist`."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from collectctl.domain.money import OTHER_EXPONENTS
from collectctl.domain.terms import Condition
from collectctl.store import search

_MOST_HITS = 5_000

# minor units in one unit of the row's currency
_UNIT = (
    "(case "
    + " ".join(f"when currency = '{cur}' then {10**places}" for cur, places in OTHER_EXPONENTS.items())
    + " else 100 end)"
)
_TAGGED = (
    "account in (select f.account from tag f join operation o on o.id = f.op and o.stands where f.tag = ?"
    " and not exists (select 1 from activity x join operation y on y.id = x.op and y.stands"
    " where x.amends = f.activity)"
    " and f.id = (select max(g.id) from tag g join operation q on q.id = g.op and q.stands"
    " where g.account = f.account and g.tag = f.tag) and f.present)"
)


def where(
    connection: sqlite3.Connection, conditions: Sequence[Condition], today: date, client: str = ""
) -> tuple[str, list[Any]]:
    """A condition on `worklist` and its values; empty where nothing narrows.

    `client` is a whole name, where a TERM may be a part of several.
    """
    clauses: list[str] = ["(client = ?)"] if client else []
    values: list[Any] = [client] if client else []
    for condition in conditions:
        clause, more = _clause(connection, condition, today)
        clauses.append(f"({clause})")
        values += more
    return " and ".join(clauses), values


def _clause(connection: sqlite3.Connection, c: Condition, today: date) -> tuple[str, list[Any]]:
    if c.key in ("client", "batch", "city"):
        return f"instr(lower({c.key}), lower(?)) > 0", [c.text]
    if c.key in ("state",):
        return "state = ?", [c.text]
    if c.key == "class":
        return "class = ? and state <> 'closed'", [c.low]
    if c.key == "outcome":
        return "last_outcome = ?", [c.text]
    if c.key == "reach":
        return "reached = ?", [int(c.text == "ever")]
    if c.key == "tag":
        return _TAGGED, [c.text]
    if c.key == "bal":
        more = 1 if c.text else 0  # beyond the bound: the next minor unit
        return _bounds(c.low, c.high, more)
    if c.key == "dpd":
        return _days_past_due(c, today)
    if c.key == "last":
        return ("last_on is null or last_on < ?", [c.high]) if c.high else ("last_on >= ?", [c.low])
    return _word(connection, c.text)


def _bounds(low: Any, high: Any, more: int) -> tuple[str, list[Any]]:  # noqa: ANN401
    """A range of balances in major units of each row's currency."""
    bounds = [(f"balance >= ? * {_UNIT} + {more}", low), (f"balance <= ? * {_UNIT} - {more}", high)]
    kept = [(sql, value) for sql, value in bounds if value is not None]
    return " and ".join(sql for sql, _value in kept) or "1", [value for _sql, value in kept]


def _days_past_due(c: Condition, today: date) -> tuple[str, list[Any]]:
    """A range of days past due as a range of due dates; what is not past due has none of them."""
    low, high = int(c.low or 0), c.high

    def day(days: int) -> str:
        return (today - timedelta(days=min(days, 300_000))).isoformat()

    clauses, values = [], []
    if low > 0:
        clauses.append("overdue_since <= ?")
        values.append(day(low))
    if high is not None:
        clauses.append("overdue_since >= ?")
        values.append(day(int(high)))
    return " and ".join(clauses) or "1", values


def _word(connection: sqlite3.Connection, text: str) -> tuple[str, list[Any]]:
    found = {
        *search.by_number(connection, text, _MOST_HITS),
        *search.by_phone(connection, text, _MOST_HITS),
        *search.by_part(connection, text, _MOST_HITS),
    }
    if not found:
        return "0", []
    return f"account in ({','.join(str(account) for account in sorted(found))})", []
