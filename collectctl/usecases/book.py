"""About the book itself."""

from datetime import datetime

from collectctl.domain.backups import is_replaced
from collectctl.domain.results.about import BookInfo
from collectctl.store import backups, counting, journal
from collectctl.store.book import VERSION, Book
from collectctl.usecases.backups import described


def info(book: Book, now: datetime) -> BookInfo:
    """Where the book is, how big it is, what it holds and how old its backups are."""
    last = book.connection.execute("select at, chain from operation order by id desc limit 1").fetchone()
    stat = book.path.stat() if book.exists else None
    copies = [path for path in backups.all_of(book.path) if path.suffix == ".db"]
    return BookInfo(
        path=str(book.path),
        exists=book.exists,
        size=stat.st_size if stat else 0,
        mode=f"{stat.st_mode & 0o777:04o}" if stat else "",
        schema=VERSION,
        counts=counting.counts(book.connection),
        last_entry=journal.instant(last[0]) if last else None,
        seal=last[1].hex() if last else "",
        backups=tuple(described(path, now) for path in copies),
        last_backup=next((described(path, now) for path in copies if not is_replaced(path.name)), None),
    )
