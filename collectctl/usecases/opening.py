"""Opening the book for one command, and what the command line asks of it before it starts."""

from collectctl.store.book import Book, opened
from collectctl.store.settings import get_setting

__all__ = ["Book", "date_order", "opened", "zone_name"]


def zone_name(book: Book) -> str:
    """The collector's zone as set, empty where it is not."""
    return get_setting(book.connection, "zone") or ""


def date_order(book: Book) -> str:
    """How `05/11/2026` is read: dmy, mdy, or empty where the user has not said."""
    return get_setting(book.connection, "dates") or ""
