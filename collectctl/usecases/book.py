"""About the book itself."""

from datetime import datetime

from collectctl.domain.results.about import BookInfo
from collectctl.store import backups, journal
from collectctl.store.book import VERSION, Book
from collectctl.usecases.backups import described

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


def info(book: Book, now: datetime) -> BookInfo:
    """Where the book is, how big it is, what it holds and how old its backups are."""
    last = book.connection.execute("select at, chain from operation order by id desc limit 1").fetchone()
    stat = book.path.stat() if book.exists else None
    return BookInfo(
        path=str(book.path),
        exists=book.exists,
        size=stat.st_size if stat else 0,
        mode=f"{stat.st_mode & 0o777:04o}" if stat else "",
        schema=VERSION,
        counts={name: book.connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()},
        last_entry=journal.instant(last[0]) if last else None,
        seal=last[1].hex() if last else "",
        backups=tuple(described(path, now) for path in backups.all_of(book.path)),
    )
