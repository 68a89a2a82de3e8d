"""About the book itself."""

from collectctl.domain.results.about import BookInfo
from collectctl.store.book import VERSION, Book

_COUNTS = {
    "clients": "select count(*) from client",
    "accounts": "select count(*) from worklist",
    "open accounts": "select count(*) from worklist where state <> 'closed'",
    "activities": "select count(*) from activity f join operation o on o.id = f.op and o.stands",
    "steps": "select count(*) from operation where kind = 'step'",
}


def info(book: Book) -> BookInfo:
    """Where the book is, how big it is and what it holds."""
    last = book.connection.execute("select at from operation order by id desc limit 1").fetchone()
    stat = book.path.stat() if book.exists else None
    return BookInfo(
        path=str(book.path),
        exists=book.exists,
        size=stat.st_size if stat else 0,
        mode=f"{stat.st_mode & 0o777:04o}" if stat else "",
        schema=VERSION,
        counts={name: book.connection.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()},
        last_entry=last[0] if last else None,
    )
