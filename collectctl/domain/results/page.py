"""A report laid out: finished values in their order, for a screen, a page and a workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from collectctl.domain.money import with_code
from collectctl.domain.records import Record
from collectctl.domain.sheets import Money

Cell = str | int | float | Money | date | datetime | time | timedelta | None


def text(cell: Cell) -> str:
    """A value for a person's eyes: `1,234.50 CNY`, `09:05`, `62:03` minutes and seconds."""
    if isinstance(cell, Money):
        return with_code(*cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes}:{seconds:02}"
    if isinstance(cell, int | float):
        return f"{cell:,}"
    return "" if cell is None else str(cell)


class Measure(Record):
    """What was counted and of what, in words; money has a value for each currency, none is 0."""

    name: str
    values: tuple[Cell, ...]
    of: str = ""


class Bar(Record):
    """`size` is what it is drawn by, `text` what is said of it, `tone` how it is painted."""

    name: str
    size: int
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in groups. `kind`: columns (all on one scale), parts (of their group) or bars (a scale a group).

    `text` says in words all that is drawn.
    """

    kind: str
    title: str
    text: str
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is short enough for a sheet; `shares` say for each row of what its first number, drawn, is."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    shares: tuple[str, ...] = ()
    prose: bool = False  # rows of text, which a narrow screen shows one under another


@dataclass(frozen=True, slots=True)
class Section:
    """`sentences` say the same as `measures`, for a screen."""

    title: str
    sentences: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A report in one `language` (BCP 47), as it stood `at` an instant.

    `period` says in words what `days` are the ends of; `summary` has all measures of the `sections`; `notes`
    say how they are counted.
    """

    language: str
    at: datetime
    title: str
    period: str
    days: tuple[tuple[str, date], ...]
    facts: tuple[tuple[str, Cell], ...]
    sections: tuple[Section, ...]
    summary: Table
    notes: tuple[str, ...]
