"""Finding accounts: by number, phone, name and text, each by an index.

Chinese is indexed character by character and searched as a phrase, so that two characters are enough.
"""

import sqlite3
from collections.abc import Iterable

from collectctl.domain.numbers import dial_digits
from collectctl.domain.when import fold

DEBTOR, PARTY, NOTE = "debtor", "party", "note"
_FIRST, _LAST = "一", "\u9fcc"  # Chinese characters that SQLite takes for words: such a part is in the index

_PLACED = (
    "exists (select 1 from placement p join operation o on o.id = p.op and o.stands where p.account = {id})"
)


def words(text: str) -> str:
    """`text` as it is indexed: each character outside ASCII a word of its own."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else f" {c} " for c in fold(text))


def add(connection: sqlite3.Connection, rows: Iterable[tuple[str, int, int, str]]) -> None:
    """Index texts as (text, operation, account, kind): DEBTOR, PARTY or NOTE."""
    connection.executemany(
        "insert into search (words, op, account, kind) values (?, ?, ?, ?)",
        ((words(text), op, account, kind) for text, op, account, kind in rows),
    )


_TEXTS = """
select f.name, f.op, f.account, case f.role when 'debtor' then 'debtor' else 'party' end from party f
    where f.role = 'debtor' or f.name <> f.role
union all select f.text, f.op, f.account, 'note' from activity f where f.text <> ''
union all select json_extract(f."values", '$.remarks'), f.op, f.account, 'note' from statement f
    where ifnull(json_extract(f."values", '$.remarks'), '') <> ''"""


def differs(connection: sqlite3.Connection) -> bool:
    """Whether the index holds other words than the facts do."""

    def counted(rows: Iterable[tuple[str, int, int, str]]) -> tuple[int, int]:
        """How many, and a sum that is the same in any order; none is kept."""
        count = total = 0
        for row in rows:
            count, total = count + 1, total + hash(row)
        return count, total

    facts = ((words(str(text)), *rest) for text, *rest in connection.execute(_TEXTS))
    return counted(facts) != counted(connection.execute("select words, op, account, kind from search"))


def rebuild(connection: sqlite3.Connection) -> None:
    """Index again what the facts say, in an index made anew."""
    sql = connection.execute("select sql from sqlite_master where name = 'search'").fetchone()[0]
    connection.execute("drop table search")
    connection.execute(sql)
    add(
        connection, ((str(text), op, account, kind) for text, op, account, kind in connection.execute(_TEXTS))
    )


def by_text(connection: sqlite3.Connection, typed: str, limit: int, kind: str = "%") -> list[int]:
    """Accounts whose names or notes hold the words of `typed`, the last one as a beginning.

    In the order in which they were indexed: of words that are everywhere no more is read than that takes.
    """
    parts = words(typed.replace("\0", " ")).replace('"', " ").split()
    if not parts:
        return []
    phrase = '"' + " ".join(parts) + '"' + ("*" if parts[-1].isascii() else "")
    rows = connection.execute(
        "select s.account from search s cross join operation o on o.id = s.op and o.stands"
        " where s.words match ? and s.kind like ? order by s.rowid",
        (phrase, kind),
    )
    found: dict[int, None] = {}
    for (account,) in rows:
        found[account] = None
        if len(found) == limit:
            break
    return list(found)


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
    """Accounts whose debtor's name or number holds `typed`.

    Numbers are scanned, in their index alone; a Chinese name that was found needs no scan; names need none
    where all that was typed is Chinese.
    """
    names = by_text(connection, typed, limit, DEBTOR)
    if names and not typed.isascii():
        return names
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(
        f"select a.id from account a where a.number like ? escape '\\' and {_PLACED.format(id='a.id')}"
        " order by a.number limit ?",
        (f"%{escaped}%", limit),
    )
    found = list(dict.fromkeys((*names, *(row[0] for row in rows))))[:limit]
    if found or all(_FIRST <= character <= _LAST for character in typed):
        return found
    return _by_part_of_name(connection, f"%{escaped}%", limit)


def _by_part_of_name(connection: sqlite3.Connection, pattern: str, limit: int) -> list[int]:
    """The last resort: the middle of a word of a debtor's name."""
    rows = connection.execute(
        "select distinct f.account from party f join operation o on o.id = f.op and o.stands"
        " where f.role = 'debtor' and f.name like ? escape '\\' order by 1 limit ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]
