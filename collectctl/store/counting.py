"""How much there is in the book, worked out of what is stored of it."""

import sqlite3

# entries are numbered without gaps, those that were purged included: what grows needn't be counted
_ACTIVITIES = """
select max(ifnull((select max(id) from activity), 0),
        ifnull((select max(id) from tombstone where kind = 'activity'), 0))
    - (select ifnull(sum(json_extract(spans, '$.activity[1]') - json_extract(spans, '$.activity[0]') + 1), 0)
        from operation where not stands)
    - (select count(*) from tombstone t join operation o on o.id = t.op and o.stands
        where t.kind = 'activity')"""
_COUNTS = {
    "clients": "select count(*) from client",
    "accounts": "select ifnull(sum(n), 0) from worklist_count where what = 'all'",
    "open accounts": "select ifnull(sum(n), 0) from worklist_count where what = 'open'",
    "activities": _ACTIVITIES,
    "steps": "select count(*) from operation where kind = 'step'",
}


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many there are, by what is counted; undone and purged entries are not."""
    return {name: int(connection.execute(sql).fetchone()[0]) for name, sql in _COUNTS.items()}
