"""About the book itself."""

from datetime import datetime

from collectctl.domain.results.about import BookInfo
from collectctl.store import backups, journal
from collectctl.store.book import VERSION, Book
from collectctl.usecases.backups import described

_COUNTS = {
    "clients": "select count(*) from client",
    "accounts": "select count(*) from worklist",
    "open accounts": "select count(*) from worklist where state <> 'closed'",
    "activities": "select count(*) from activity f join operation o on o.id = f.op and o.stands",
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
