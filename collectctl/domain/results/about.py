"""About the book and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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
    backups: tuple[Backup, ...]  # the newest first


@dataclass(frozen=True, slots=True)
class Restored:
    """How much the book that was put back holds, and where what it replaced is kept."""

    entries: int
    facts: int
    kept: str | None
