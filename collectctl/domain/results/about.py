"""About the book and its settings."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookInfo:
    """`size` in bytes; `counts` by what is counted."""

    path: str
    exists: bool
    size: int
    mode: str
    schema: int
    counts: Mapping[str, int]
    last_entry: str | None
