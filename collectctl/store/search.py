"""Finding accounts: by number, phone, name and text, each by an index.

Chinese is indexed character by character and searched as a phrase, so that two characters are enough.
"""

import sqlite3
from collections.abc import Iterable

from collectctl.domain.numbers import dial_digits
from collectctl.domain.when import fold

_PLACED = (
    "exists (select 1 from placement p join operation o on o.id = p.op and o.stands where p.account = {id})"
)


def words(text: str) -> str:
    """`text` as it is indexed: each character outside ASCII a word of its own."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else f" {c} " for c in fold(text))


def add(connection: sqlite3.Connection, rows: Iterable[tuple[str, int, int]]) -> None:
    """Index texts as (text, operation, account)."""
    connection.executemany(
        "insert into search (words, op, account) values (?, ?, ?)",
        ((words(text), op, account) for text, op, account in rows),
    )


def by_text(connection: sqlite3.Connection, typed: str, limit: int) -> list[int]:
    """Accounts whose names or notes hold the words of `typed`, the last one as a beginning."""
    parts = words(typed).replace('"', " ").split()
    if not parts:
        return []
    phrase = '"' + " ".join(parts) + '"' + ("*" if parts[-1].isascii() else "")
    rows = connection.execute(
        "select s.account from search s join operation o on o.id = s.op and o.stands"
        " where s.words match ? group by s.account order by min(s.rowid) limit ?",
        (phrase, limit),
    )
    return [row[0] for row in rows]


def by_number(connection: sqlite3.Connection, typed: str, limit: int) -> list[int]:
    """Accounts with exactly this number, else those whose number begins with it."""
    for where, values in (
        ("number = ?", (typed,)),
        ("number >= ? and number < ?", (typed, typed + "\U0010ffff")),
    ):
        sql = f"select a.id from account a where {where} and {_PLACED.format(id='a.id')}"
        found = [row[0] for row in connection.execute(f"{sql} order by number limit ?", (*values, limit))]
        if found:
            return found
    return []


def by_phone(connection: sqlite3.Connection, typed: str, limit: int) -> list[int]:
    """Accounts of people with a number that ends in the digits typed (4 or more)."""
    digits = dial_digits(typed)
    if len(digits) < 4 or not set(typed) <= set("+-() .0123456789"):
        return []
    tail = digits[::-1]
    rows = connection.execute(
        "select distinct f.account from contact_point c join operation o on o.id = c.op and o.stands"
        " join party f on f.person = c.person join operation q on q.id = f.op and q.stands"
        " where c.tail >= ? and c.tail < ? and c.tail <> '' order by f.account limit ?",
        (tail, tail + ":", limit),
    )
    return [row[0] for row in rows]


def by_part(connection: sqlite3.Connection, typed: str, limit: int) -> list[int]:
    """Accounts whose number or debtor's name holds `typed`: the last resort, a scan."""
    found = by_text(connection, typed, limit)
    if found:
        return found
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        "select a.id from account a where a.number like ? escape '\\' and "
        + _PLACED.format(id="a.id")
        + " union select f.account from party f join operation o on o.id = f.op and o.stands"
        " where f.role = 'debtor' and f.name like ? escape '\\' order by 1 limit ?",
        (f"%{escaped}%", f"%{escaped}%", limit),
    )
    return [row[0] for row in rows]
