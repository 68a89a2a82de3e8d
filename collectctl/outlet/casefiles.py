"""A court file as files: a page that prints, tables, and one JSON document with all of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from collectctl.domain.casefile.manifest import NAME as MANIFEST
from collectctl.domain.casefile.records import SHOWN_HASH, Document, Table
from collectctl.domain.money import plain, shown
from collectctl.domain.records import Record
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, INSTANT, Cell, Column, Money
from collectctl.domain.words import _

PAGE, DATA = "case.html", "case.json"
TABLES = ("calculation", "ledger", "calls", "promises", "demands", "evidence")
# every file of a case, the one that tells it from other folders first
NAMES = (MANIFEST, PAGE, DATA, *(f"{key}.csv" for key in TABLES))
_TEMPLATE = Path(__file__).with_name("case.html.j2")
# on a page: table -> column -> the columns that stand below it, in small print
_BELOW: dict[str, dict[str, tuple[str, ...]]] = {
    "calls": {
        "channel": ("direction",), "who": ("party", "number"),
        "text": ("seconds", "recording", "corrected_by", "hash", "entry", "chain"),
    },
    "ledger": {"kind": ("payment", "text")},
    "calculation": {"rate": ("basis",)},
    "objections": {"kind": ("reference",), "received_on": ("due_on",), "state": ("closed_on",),
                   "text": ("answer",)},
    "others": {"against": ("role", "contract"), "made_on": ("due_on",), "state": ("transferred_on",)},
    "promises": {"state": ("plan", "contact", "payer")},
    "parties": {"name": ("relation",)},
}  # fmt: skip
_BARE = ("direction", "party", "number", "relation", "basis")  # what needs no label below another
_WORD = 18  # characters of the longest word that is kept on one line
_HASHES = ("hash", "chain")
_WIDE = ("text", "answer", "proves", "evidence", "what")

Clean = Callable[[str], str]


class Shown(Record):
    """A cell of the page: its text, and (label, text) of what stands below it."""

    text: str
    below: tuple[tuple[str, str], ...]


class Heading(Record):
    text: str
    kind: str  # number, day, wide, pages or ""


class View(Record):
    """A table as the page has it."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Shown, ...], ...]


def files_of(document: Document, clean: Clean) -> dict[str, bytes]:
    """Name -> content; `clean` takes out of a text what would not be seen on a page."""
    tables = {table.key: table for section in document.sections for table in section.tables}
    bom = document.language.startswith("zh")  # without it spreadsheets take Chinese for something else
    found = {f"{key}.csv": _csv(tables[key], bom=bom) for key in TABLES}
    return {PAGE: _page(document, clean), DATA: _json(document), **found}


def _csv(table: Table, *, bom: bool) -> bytes:
    import io

    from collectctl.outlet.delimited import write_csv

    made = io.BytesIO()
    write_csv(made, table.columns, table.rows, bom=bom)
    return made.getvalue()


def _json(document: Document) -> bytes:
    import json

    content = {
        "schema_version": 1,
        "language": document.language,
        "title": document.title,
        **{item.key: _value(item.value) for item in document.items},
        "totals": dict(document.totals),
        "parts": {
            section.key: {
                "title": section.title,
                **({"items": {i.key: _value(i.value) for i in section.items}} if section.items else {}),
                "tables": {table.key: _objects(table) for table in section.tables},
                "notes": list(section.notes),
            }
            for section in document.sections
        },
        "left_out": list(document.left_out),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _objects(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_value, row), strict=True)) for row in table.rows]


def _value(cell: Cell) -> str | int | None:
    if isinstance(cell, Money):
        return plain(cell.amount, cell.currency)
    return cell.isoformat() if isinstance(cell, date) else cell


def _page(document: Document, clean: Clean) -> bytes:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests["short"] = is_short
    environment.filters.update(text=lambda cell: _text(cell, clean), view=lambda table: view(table, clean))
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    return template.render(document=document, nothing=_("none on record")).encode()


def view(table: Table, clean: Clean) -> View:
    """The table for a page: empty columns are left out, some stand below others in small print."""
    below = _BELOW.get(table.key, {})
    moved = {key for keys in below.values() for key in keys}
    at = {column.key: n for n, column in enumerate(table.columns)}
    used = [
        column for column in table.columns
        if column.key not in moved and _is_used(column, [row[at[column.key]] for row in table.rows])
    ]  # fmt: skip

    def cell(row: Sequence[Cell], column: Column) -> Shown:
        small = tuple(
            ("" if key in _BARE else table.columns[at[key]].header, _short(key, _text(row[at[key]], clean)))
            for key in below.get(column.key, ()) if row[at[key]] not in (None, "")
        )  # fmt: skip
        return Shown(_text(row[at[column.key]], clean), small)

    rows = tuple(tuple(cell(row, column) for column in used) for row in table.rows)
    return View(table.name, tuple(map(_heading, used)), rows)


def is_short(text: str) -> bool:
    """Whether a text is a word, a day or a number to dial, which no line end may cut."""
    return len(text) <= (_WORD if text.isascii() else _WORD // 3) and " " not in text


def _is_used(column: Column, cells: Sequence[Cell]) -> bool:
    """Whether anything stands in a column; what is to be filled in by hand always is."""
    empty = (None, "")
    return column.key == "pages" or any(c.amount if isinstance(c, Money) else c not in empty for c in cells)


def _heading(column: Column) -> Heading:
    if column.type in (AMOUNT, COUNT):
        return Heading(column.header, "number")
    if column.type in (DATE, INSTANT):
        return Heading(column.header, "day")
    kinds = dict.fromkeys(_WIDE, "wide") | {"pages": "pages"}
    return Heading(column.header, kinds.get(column.key, ""))


def _short(key: str, text: str) -> str:
    return f"{text[:SHOWN_HASH]}…" if key in _HASHES else text


def _text(cell: Cell, clean: Clean) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return shown(cell.amount, cell.currency)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else clean(str(cell))
