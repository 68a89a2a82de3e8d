"""What stands, in SQL: facts of operations that were not undone, entries that were not corrected."""

import sqlite3
from collections.abc import Sequence
from typing import Any

STANDS = "join operation o on o.id = f.op and o.stands"
CHUNK = 400  # ids a query; SQLite takes many more, the plans stay the same
_NOT_AMENDED = (
    "not exists (select 1 from activity x join operation q on q.id = x.op and q.stands where x.amends = {id})"
)
NOT_AMENDED = _NOT_AMENDED.format(id="f.id")  # of an activity
OF_NOT_AMENDED = _NOT_AMENDED.format(id="f.activity")  # of what was written with one


def standing_rows(
    connection: sqlite3.Connection, table: str, columns: str, ids: Sequence[int], *, key: str = "account",
    where: str = "",
) -> list[tuple[Any, ...]]:  # fmt: skip
    """The standing rows of a fact table, those of each `key` together, as its index has them."""
    sql = f"select {columns} from {table} f {STANDS} where f.{key} in ({','.join('?' * len(ids))})"
    sql += f" {'and ' + where if where else ''} order by f.{key}, f.id"
    return connection.execute(sql, tuple(ids)).fetchall()
