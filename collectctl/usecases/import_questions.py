"""What an import asks where somebody can answer, and what it then says instead where nobody can."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from collectctl.domain.calllogs import WORD
from collectctl.domain.nearness import OPTION as MATCH
from collectctl.domain.nearness import SAME
from collectctl.domain.questions import Question, Unclear
from collectctl.domain.words import _
from collectctl.intake import headers, vocabulary
from collectctl.intake.errors import ClientMissing, MeaningUnclear
from collectctl.intake.files import Table
from collectctl.intake.recognise import Recognition, samples
from collectctl.intake.resolve import takes_several
from collectctl.store import imports
from collectctl.usecases.import_request import ImportRequest, column_and_field

DATES = "#dates"  # what a remembered mapping says about the order of day and month
_NAMED = 3  # columns named of those that are new or gone


class Unconfirmed(Unclear):
    """The mapping as it stands, to be looked at before it is used."""

    def __init__(
        self, file: str, kind: str, columns: Sequence[tuple[str, str | None]], notes: Sequence[str]
    ) -> None:
        super().__init__(file)
        self.file, self.kind, self.columns, self.notes = file, kind, columns, notes


def notes(
    connection: sqlite3.Connection, request: ImportRequest, table: Table, found: Recognition
) -> tuple[str, ...]:
    """What to warn of before a file is read: columns of two meanings, a header that is not the client's last.

    Where somebody can answer it raises MeaningUnclear, and Unconfirmed once anything was asked or changed.
    """
    unclear = [_unclear(table, found, column.name) for column in found.columns if column.how == "unclear"]
    if unclear and request.asks:
        raise unclear[0]
    changed = _changed(connection, request, table, found)
    if request.asks and not request.confirmed and (request.asked or changed):
        raise Unconfirmed(table.name, found.kind, [(c.name, c.field) for c in found.columns], changed)
    kept = _("{what}; it was kept as extra: {hint}")
    return (*(kept.format(what=error.message, hint=error.hint) for error in unclear), *changed)


def _unclear(table: Table, found: Recognition, name: str) -> MeaningUnclear:
    error = MeaningUnclear(table.name, name, vocabulary.UNCLEAR[headers.fold(name)])
    error.samples = samples(table, found.first_row, found.columns)
    return error


def _changed(
    connection: sqlite3.Connection, request: ImportRequest, table: Table, found: Recognition
) -> tuple[str, ...]:
    client = request.client or _client_of(table, found)
    known = imports.headers_of(connection, client, found.kind)
    header = found.header
    if not known or header in known:
        return ()
    new = [name for name in header if name and name not in known[0]]
    gone = [name for name in known[0] if name and name not in header]
    if not new and not gone:
        return ()
    text = _("the header of {client} changed: new {new}; gone {gone}")
    return (text.format(client=client, new=_named(new), gone=_named(gone)),)


def _client_of(table: Table, found: Recognition) -> str:
    column = found.first("client")
    if column is None:
        return ""
    rows = (cells for row, cells in table.rows() if row >= found.first_row)
    return next(
        (c[column.index].strip() for c in rows if len(c) > column.index and c[column.index].strip()), ""
    )


def _named(names: Sequence[str]) -> str:
    return (", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")) or "-"


def question(connection: sqlite3.Connection, unclear: Unclear) -> Question:
    """What to ask so that the error goes away."""
    if isinstance(unclear, ClientMissing):
        unclear.known = list(imports.client_currencies(connection))
    return unclear.question()


def answered(request: ImportRequest, option: str, value: str) -> ImportRequest:
    """The request as if `option` had been given with `value`. Raises BadMapping for `--map` without `=`."""
    if option == "--client":
        return replace(request, client=value)
    if option == "--currency":
        return replace(request, currency=value.upper())
    if option == MATCH:
        return replace(request, match_zeros=value == SAME)
    if option != "--map":
        return replace(request, dates=value, asked=True)
    column, field = column_and_field(value)
    before = (request.mapping or {}).items()
    is_word = column.startswith(WORD)
    several = not field or takes_several(field) or is_word
    others = {name: other for name, other in before if several or other != field}
    # a word is no column: the mapping of columns need not be shown for it
    return replace(request, mapping={**others, column: field}, asked=request.asked or not is_word)


def remembered_next(request: ImportRequest, remembered: Mapping[str, str]) -> dict[str, str]:
    """What the client's next file of the same header is to be read by."""
    dates = {DATES: request.dates} if request.dates else {}
    return {**remembered, **(request.mapping or {}), **dates}
