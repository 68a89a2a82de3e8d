"""Import: a client's file, as it is, into the book; all of it or nothing, one step of undo."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from collectctl.domain.calllogs import split_mapping
from collectctl.domain.errors import BadUsage
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.handover import is_handover
from collectctl.intake.recognise import possible_headers, recognise
from collectctl.store import imports
from collectctl.store.binding import Binding
from collectctl.store.book import Book
from collectctl.store.journal import Unit, unit
from collectctl.store.policies import store_policies
from collectctl.usecases.import_accounts import import_accounts
from collectctl.usecases.import_activities import import_activities
from collectctl.usecases.import_extensions import import_extensions
from collectctl.usecases.import_payments import import_payments
from collectctl.usecases.import_phones import import_phones
from collectctl.usecases.import_policy import currency_of
from collectctl.usecases.import_promises import import_promises
from collectctl.usecases.import_questions import DATES, notes, remembered_next
from collectctl.usecases.import_recalls import recall_accounts
from collectctl.usecases.import_request import ImportRequest, Progress, SaveRejects
from collectctl.usecases.import_rows import Import
from collectctl.usecases.policies import checked

_BY_KIND = {
    "accounts": import_accounts,
    "recalls": recall_accounts,
    "payments": import_payments,
    "promises": import_promises,
    "phones": import_phones,
    "extensions": import_extensions,
    "activities": import_activities,
}


class OneCompleteList(BadUsage):
    """What the first list names would go back because the second does not name it."""

    def __init__(self) -> None:
        super().__init__(
            _("--complete goes with one file of accounts: which of several would be the whole list?"),
            _("put the lists of a client into one file, or import one client after the other"),
        )


class _NothingToStore(Exception):
    """Leaves the transaction without storing anything."""


def import_files(
    book: Book,
    requests: Sequence[ImportRequest],
    now: datetime,
    progress: Progress,
    save_rejects: SaveRejects | None = None,
) -> list[ImportResult]:
    """Read, recognise, plan and write the files: all of them in one step, or none.

    Raises the errors of a file (4), of usage (2), of the book (5).
    """
    if any(is_handover(request.data) for request in requests):
        from collectctl.usecases.handover import take_over  # comes once in a while

        return [take_over(book, requests, now)]
    results: list[ImportResult] = []
    try:
        with unit(book, "import", now) as made:
            store_policies(made.connection)
            results = [_import(book, made, request, now, progress, save_rejects) for request in requests]
            if requests[0].complete and [result.kind for result in results].count("accounts") > 1:
                raise OneCompleteList
            made.text = "; ".join(result.summary for result in results if result.summary)
            if not made.text or requests[0].dry_run:
                raise _NothingToStore
            return [replace(result, operation=made.id) for result in results]
    except _NothingToStore:
        return results


def _import(
    book: Book, made: Unit, request: ImportRequest, now: datetime, progress: Progress,
    save_rejects: SaveRejects | None,
) -> ImportResult:  # fmt: skip
    if request.policy:
        checked(book, request.policy)
    table = read_table(request.name, request.data, sheet=request.sheet, encoding=request.encoding)
    heads = possible_headers(table)
    remembered = imports.remembered_mapping(book.connection, request.client, heads)
    of_columns, past = split_mapping(request.mapping or {})[0], split_mapping(remembered)[0]
    found = recognise(table, mapping=of_columns, remembered=past, kind=request.kind)
    warnings = (*table.warnings, *notes(book.connection, request, table, found))
    defaults = Defaults(
        request.client,
        request.currency,
        imports.client_currencies(book.connection),
        currency_of(Binding(book.connection), request),
        request.dates or remembered.get(DATES),
    )
    mapping = remembered_next(request, remembered)
    read = Import(made, request, table, found, defaults, mapping, now, progress, save_rejects)
    result = _BY_KIND[found.kind](read)
    return replace(result, warnings=(*warnings, *result.warnings))
