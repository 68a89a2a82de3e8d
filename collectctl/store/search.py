"""Finding accounts: by number, phone, name and text, each by an index.

Chinese is indexed character by character and searched as a phrase, so that two characters are enough.
`fragment` has numbers and debtors' names by three characters each, so that a part of one is found, or found
nowhere, without a look at all of them.
"""

import sqlite3
from collections.abc import Iterable

from collectctl.domain.numbers import dial_digits
from collectctl.domain.when import fold

NUMBER, DEBTOR, PARTY, NOTE = "number", "debtor", "party", "note"
_SHORT = 3  # characters from which a part is in the index
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
    """Index texts as (text, operation, account, kind): NUMBER, DEBTOR, PARTY or NOTE."""
    known = list(rows)
    connection.executemany(
        "insert into search (words, op, account, kind) values (?, ?, ?, ?)",
        ((words(text), op, account, kind) for text, op, account, kind in known if kind != NUMBER),
    )
    parts = [(text, account) for text, _op, account, kind in known if kind in (NUMBER, DEBTOR)]
    if parts:
        connection.executemany("insert into fragment (words, account) values (?, ?)", parts)


_TEXTS = """
select f.name as text, f.op, f.account, case f.role when 'debtor' then 'debtor' else 'party' end as kind
    from party f
    where f.role = 'debtor' or f.name <> f.role
union all select f.text, f.op, f.account, 'note' from activity f where f.text <> ''
union all select json_extract(f."values", '$.remarks'), f.op, f.account, 'note' from statement f
    where ifnull(json_extract(f."values", '$.remarks'), '') <> ''
union all select number, op, id, 'number' from account"""


def differs(connection: sqlite3.Connection) -> bool:
    """Whether the index holds other words than the facts do."""

    def counted(rows: Iterable[tuple[object, ...]]) -> tuple[int, int]:
        """How many, and a sum that is the same in any order; none is kept."""
        count = total = 0
        for row in rows:
            count, total = count + 1, total + hash(row)
        return count, total

    texts = connection.execute(f"select * from ({_TEXTS}) where kind <> 'number'")
    facts = ((words(str(text)), *rest) for text, *rest in texts)
    parts = connection.execute(f"select text, account from ({_TEXTS}) where kind in ('number', 'debtor')")
    return counted(facts) != counted(
        connection.execute("select words, op, account, kind from search")
    ) or counted(parts) != counted(connection.execute("select words, account from fragment"))


def rebuild(connection: sqlite3.Connection) -> None:
    """Index again what the facts say, in an index made anew."""
    for table in ("search", "fragment"):
        (sql,) = connection.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
        connection.execute(f"drop table {table}")
        connection.execute(sql)
    add(
        connection, ((str(text), op, account, kind) for text, op, account, kind in connection.execute(_TEXTS))
    )


def forget(connection: sqlite3.Connection, accounts: str) -> None:
    """Take the words of accounts (a query of their ids) out of the index, and out of the file."""
    for table in ("search", "fragment"):
        connection.execute(f"delete from {table} where account in ({accounts})")
        connection.execute(f"insert into {table} ({table}) values ('optimize')")


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

    A Chinese name that was found needs no further look. Of one or two characters all numbers, in their index
    alone, and names are looked through; where all that was typed is Chinese, its words are in the index.
    """
    names = by_text(connection, typed, limit, DEBTOR)
    if names and not typed.isascii():
        return names
    if len(typed) >= _SHORT:
        return list(dict.fromkeys((*names, *_by_fragment(connection, typed, limit))))[:limit]
    rows = connection.execute(
        f"select a.id from account a where a.number like ? escape '\\' and {_PLACED.format(id='a.id')}"
        " order by a.number limit ?",
        (_pattern(typed), limit),
    )
    found = list(dict.fromkeys((*names, *(row[0] for row in rows))))[:limit]
    if found or all(_FIRST <= character <= _LAST for character in typed):
        return found
    rows = connection.execute(
        f"select distinct f.account {_NAMED} where f.role = 'debtor' and f.name like ? escape '\\'"
        " order by 1 limit ?",
        (_pattern(typed), limit),
    )
    return [row[0] for row in rows]


_NAMED = "from party f join operation o on o.id = f.op and o.stands"


def _pattern(typed: str) -> str:
    escaped = typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _by_fragment(connection: sqlite3.Connection, typed: str, limit: int) -> list[int]:
    """In the order in which they came; what the index proposes counts where the facts that stand say it."""
    phrase = '"' + typed.replace("\0", " ").replace('"', '""') + '"'
    rows = connection.execute(
        "select distinct s.account from fragment s where s.words match ?1 and ((select a.number like ?2"
        f" escape '\\' and {_PLACED.format(id='a.id')} from account a where a.id = s.account)"
        f" or exists (select 1 {_NAMED} where f.account = s.account and f.role = 'debtor'"
        " and f.name like ?2 escape '\\')) limit ?3",
        (phrase, _pattern(typed), limit),
    )
    return [row[0] for row in rows]
