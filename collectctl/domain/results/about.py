"""About the book and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the book: where, how big (bytes), and when it was written."""

    path: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class BookInfo:
    """`size` in bytes; `counts` by what is counted; `seal` is the last link of the chain of evidence."""

    path: str
    exists: bool
    size: int
    mode: str
    schema: int
    counts: Mapping[str, int]
    last_entry: datetime | None
    seal: str
    backups: tuple[Backup, ...]  # the newest first, with what restores replaced
    last_backup: Backup | None  # not one of those


@dataclass(frozen=True, slots=True)
class Restored:
    """How much the book that was put back holds, and where what it replaced is kept."""

    entries: int
    facts: int
    until: datetime  # the last entry that is in it, in the collector's zone
    kept: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many accounts a rule keeps, and until when at the longest."""

    rule: str
    text: str
    cite: str
    accounts: int
    until: date


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge of a client's accounts closed before a day takes, or took.

    `tied` accounts are left because others that stay need them, `open` ones because they are open or closed
    later; `facts` and `people` are known when it is done.
    """

    client: str
    before: date
    accounts: int
    kept: tuple[Kept, ...]
    tied: int
    open: int
    people: int = 0
    facts: int = 0
    backups: int = 0  # copies that held it, and were removed
