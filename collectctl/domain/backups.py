"""How backups are named, and which of the daily ones are kept."""

import re
from collections.abc import Collection
from datetime import date, datetime

DAYS, WEEKS = 7, 4  # of the last days one each, and of the weeks before the newest of each
FOLDER = "backups"  # beside the book


def stem(book: str) -> str:
    """What the backups of a book are called: `book` of `book.db`, and `book-` of `book`, another book."""
    return book.removesuffix(".db") if book.endswith(".db") else f"{book}-"


def daily(book: str, day: date) -> str:
    """The backup of a day: `book-2026-11-23.db`."""
    return f"{stem(book)}-{day.isoformat()}.db"


def of_instant(book: str, now: datetime, why: str = "") -> str:
    """One that was asked for, or (`why`: replaced) kept when another took its place."""
    return f"{stem(book)}{why and '-' + why}-{now:%Y-%m-%dT%H%M%S}.db"


def of_schema(book: str, version: int) -> str:
    """The backup that is made before a migration: `book-schema-3.db`."""
    return f"{stem(book)}-schema-{version}.db"


def belongs(book: str, name: str) -> bool:
    """Whether a file of that name is a backup of the book, or the log of one that was damaged."""
    day = r"\d{4}-\d\d-\d\d"
    kinds = rf"({day}(T\d{{6}})?|schema-\d+|replaced-{day}T\d{{6}})(-\d+)?"
    return re.fullmatch(rf"{re.escape(stem(book))}-{kinds}\.db(-wal)?", name) is not None


def is_replaced(name: str) -> bool:
    """Whether it is what a restore took away: perhaps damaged, and no backup to trust in."""
    return "-replaced-" in name


def expired(book: str, names: Collection[str]) -> list[str]:
    """The daily backups among `names` that are no longer kept; those of other kinds are never among them."""
    pattern = re.compile(re.escape(stem(book)) + r"-(\d{4}-\d\d-\d\d)\.db")
    days: list[tuple[date, str]] = []
    for name in names:
        found = pattern.fullmatch(name)
        try:
            days += [(date.fromisoformat(found[1]), name)] if found else []
        except ValueError:  # no day: not one of ours
            continue
    days.sort(reverse=True)
    weeks: list[tuple[int, int]] = []
    gone: list[str] = []
    for day, name in days[DAYS:]:
        week = day.isocalendar()[:2]
        if week in weeks or len(weeks) == WEEKS:
            gone.append(name)
        else:
            weeks.append(week)
    return gone
