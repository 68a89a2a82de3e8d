"""Export: accounts, entries and money into a file of a known format, whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

from collectctl.domain import sheets
from collectctl.domain.errors import BadUsage
from collectctl.domain.exports import returns
from collectctl.domain.periods import EndsBeforeStart, Period
from collectctl.domain.records import Record
from collectctl.domain.results.exporting import ExportResult
from collectctl.domain.sheets import Cell, Column, Row, Veil
from collectctl.domain.terms import read_terms
from collectctl.domain.when import read_date
from collectctl.domain.words import _
from collectctl.outlet.replacing import Target, vacant, writing
from collectctl.store import exports, filters
from collectctl.store.activities import Narrowing
from collectctl.store.book import Book
from collectctl.store.errors import BookReadOnly
from collectctl.store.journal import ENTRY, entry, unit
from collectctl.store.settings import get_setting, of_client
from collectctl.usecases import export_tables
from collectctl.usecases.export_tables import Reading
from collectctl.usecases.opening import no_book
from collectctl.usecases.today import bring_to_day

CALENDAR, RETURNS, HANDOVER = "calendar", "returns", "handover"
KINDS = (*export_tables.TABLES, RETURNS, CALENDAR, HANDOVER)
FORMATS = ("csv", "xlsx", "jsonl")
LANGUAGES = returns.LANGUAGES
_AHEAD = ("promises", CALENDAR)  # kinds whose days are still to come
_EVER = Period(date.min, date.max)


class UnknownKind(BadUsage):
    def __init__(self, typed: str) -> None:
        near = get_close_matches(typed, KINDS, 1, 0.0)
        super().__init__(
            _("{kind!r} can't be exported; what can: {kinds}").format(kind=typed, kinds=", ".join(KINDS)),
            f"collectctl export {near[0]}",
        )


class RevealOrNot(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("--reveal shows who everybody is, --anonymise hides it: not both"),
            "collectctl export KIND FILE --anonymise",
        )


class NotTogether(BadUsage):
    def __init__(self, option: str, goes_with: str) -> None:
        super().__init__(
            _("{option} goes with {what}").format(option=option, what=goes_with),
            f"collectctl export {goes_with}" if goes_with in KINDS else f"--format {goes_with}",
        )


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What was asked; `name` is how the target is called, `period` narrows by the days of each kind."""

    kind: str
    target: Target
    name: str
    format: str
    terms: Sequence[str] = ()
    period: Period = _EVER
    reveal: bool = False
    anonymise: bool = False
    force: bool = False
    bom: bool = False
    columns: str = ""
    language: str = ""
    client: str = ""  # a whole name

    @property
    def veil(self) -> Veil:
        if self.anonymise:
            return sheets.Anonymous()
        return sheets.whole if self.reveal else sheets.covered


class _Written(Record):
    rows: int
    columns: Sequence[Column]


def format_of(kind: str, file: str, chosen: str) -> str:
    """The format: as chosen, else by the file's name, else CSV. Raises UnknownKind, NotTogether (exit 2)."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    if kind == CALENDAR:
        if chosen:
            raise NotTogether("--format", "accounts")
        return "ics"
    ending = Path(file).suffix.lower().removeprefix(".")
    return chosen or (ending if ending in FORMATS else "csv")


def typed_days(book: Book, kind: str, first: str, last: str, now: datetime) -> Period:
    """The days that were typed, else all. Raises the errors of dates, EndsBeforeStart (exit 2)."""
    order = get_setting(book.connection, "dates") or ""
    start = read_date(first, now, back=True, order=order) if first else _EVER.first
    end = read_date(last, now, back=kind not in _AHEAD, order=order) if last else _EVER.last
    if end < start:
        raise EndsBeforeStart(Period(start, end))
    return Period(start, end)


def export(book: Book, request: ExportRequest, now: datetime) -> ExportResult:
    """Write the file and note it in the journal: an entry, no step of undo.

    Raises RevealOrNot, NotTogether, UnknownColumn, TargetExists (2), CantWrite, BookReadOnly (5).
    """
    _check(book, request)
    if isinstance(request.target, Path):
        vacant(request.target, force=request.force)
    if request.terms:  # which may ask for what stands in the list of today
        bring_to_day(book, now.date(), now)
    terms = read_terms(request.terms, now.date())
    narrowing = Narrowing(*filters.where(book.connection, terms, now.date(), request.client))
    at_once = request.reveal and not isinstance(request.target, Path)
    with writing(request.target, force=request.force) as stream:
        if at_once:  # what can't be recorded is not revealed, and a stream shows each row as it comes
            _record(book, request, None, now)
        with exports.snapshot(book.connection):
            reading = Reading(
                book.connection, narrowing, any(term.key == "state" for term in terms), request.period, now,
                get_setting(book.connection, "collector") or "", request.columns, request.language,
            )  # fmt: skip
            client = export_tables.only_client(reading) if request.kind == RETURNS else ""
            written = _write(stream, request, reading)
        if client and request.columns:
            _keep_columns(book, request, client, now)
        if not at_once:
            _record(book, request, written.rows, now)
    return ExportResult(
        request.name, request.kind, request.format, written.rows, tuple(c.header for c in written.columns),
        tuple(_warnings(book, request, client, reading, written)),
    )  # fmt: skip


def _check(book: Book, request: ExportRequest) -> None:
    if request.reveal and request.anonymise:
        raise RevealOrNot
    if request.bom and request.format != "csv":
        raise NotTogether("--bom", "csv")
    for option, value in (("--columns", request.columns), ("--lang", request.language)):
        if value and request.kind != RETURNS:
            raise NotTogether(option, RETURNS)
    if request.reveal and book.exists and not book.writable:
        raise BookReadOnly(str(book.path))


def _write(stream: BinaryIO, request: ExportRequest, reading: Reading) -> _Written:
    if request.kind == CALENDAR:
        from collectctl.outlet.calendars import write_ics

        events = export_tables.events(reading, request.veil)
        return _Written(write_ics(stream, events, exports.book_mark(reading.connection), reading.now), ())
    table = export_tables.sheet_of_client if request.kind == RETURNS else export_tables.TABLES[request.kind]
    columns, rows = table(reading)
    rows = _veiled(columns, rows, request.veil)
    if request.format == "xlsx":
        from collectctl.outlet.workbooks import write_xlsx

        folder = request.target.parent if isinstance(request.target, Path) else None
        return _Written(write_xlsx(stream, columns, rows, folder), columns)
    if request.format == "jsonl":
        from collectctl.outlet.jsonlines import write_jsonl

        return _Written(write_jsonl(stream, columns, rows), columns)
    from collectctl.outlet.delimited import write_csv

    return _Written(write_csv(stream, columns, rows, bom=request.bom), columns)


def _veiled(columns: Sequence[Column], rows: Iterable[Row], veil: Veil) -> Iterable[Row]:
    if veil is sheets.whole:
        return rows
    telling = [(at, column) for at, column in enumerate(columns) if column.about]

    def covered(row: Row) -> Row:
        cells: list[Cell] = list(row)
        for at, column in telling:
            cells[at] = veil(column, cells[at])
        return cells

    return map(covered, rows)


def _keep_columns(book: Book, request: ExportRequest, client: str, now: datetime) -> None:
    """Columns chosen for a client are a step of their own, which `undo` takes back."""
    setting = of_client(RETURNS, client)
    if not (book.exists and book.writable) or get_setting(book.connection, setting) == request.columns:
        return
    with unit(book, "config", now) as made:
        made.facts.add("setting", name=setting, value=request.columns)
        made.text = _("set {name} to {value}").format(name=f"{RETURNS} ({client})", value=request.columns)


def _record(book: Book, request: ExportRequest, rows: int | None, now: datetime) -> None:
    """Note the export, an entry of the journal; `rows` is None where they are not written yet."""
    if not (book.exists and book.writable):
        return
    if rows is None:
        text = _("exported {kind}, revealed, {file}")
    elif request.reveal:
        text = _("exported {kind}, revealed: {rows} rows, {file}")
    else:
        text = _("exported {kind}: {rows} rows, {file}")
    with book.write() as connection, entry(connection, "export", now, ENTRY) as made:
        made.text = text.format(kind=request.kind, rows=rows, file=request.name)


def _warnings(
    book: Book, request: ExportRequest, client: str, reading: Reading, written: _Written
) -> Iterable[str]:
    yield from no_book(book)
    if (
        request.kind == RETURNS
        and not reading.collector
        and any(c.key == "collector" for c in written.columns)
    ):
        yield _("your name is not known: collectctl config set collector NAME")
    if request.columns and not client:
        yield _("the columns are remembered for one client alone: name it, client:X")
    if request.kind == "accounts" and request.veil is sheets.covered and written.rows:
        yield _("identity and card numbers are masked; for a file to import again: --reveal")
