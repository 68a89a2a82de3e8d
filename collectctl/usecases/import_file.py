"""Import: a client's file, as it is, into the book; all of it or nothing, one step of undo."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from collectctl.domain.calllogs import split_mapping
from collectctl.domain.errors import BadUsage
from collectctl.domain.importing import (
    CHANGED,
    NEW,
    REOPENED,
    UNCHANGED,
    RowsRejected,
    as_json,
)
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.stated import RowError, StatedAccount
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table, read_table
from collectctl.intake.kinds import KINDS
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import Accounts, read_accounts, rejects
from collectctl.store import imports, worklist
from collectctl.store.binding import Binding
from collectctl.store.book import Book
from collectctl.store.journal import Unit, unit
from collectctl.store.policies import store_policies
from collectctl.usecases.import_accounts import Writer, header_text, identity_of
from collectctl.usecases.import_activities import import_activities
from collectctl.usecases.import_extensions import import_extensions
from collectctl.usecases.import_payments import import_payments
from collectctl.usecases.import_phones import import_phones
from collectctl.usecases.import_policy import Chosen, choose, currency_of
from collectctl.usecases.import_promises import import_promises
from collectctl.usecases.import_recalls import recall_accounts
from collectctl.usecases.import_request import ImportRequest, Progress, SaveRejects
from collectctl.usecases.import_rows import Import
from collectctl.usecases.policies import checked

HEAD_ROWS = 20
_LISTS = {  # of accounts that the book has
    "payments": import_payments,
    "promises": import_promises,
    "phones": import_phones,
    "extensions": import_extensions,
    "activities": import_activities,
}
_DIFFERING = "differing"


class UnknownKind(BadUsage):
    def __init__(self, kind: str) -> None:
        super().__init__(
            _("files of the kind {kind!r} can't be imported yet").format(kind=kind),
            f"--kind {'|'.join(KINDS)}",
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
    results: list[ImportResult] = []
    try:
        with unit(book, "import", now) as made:
            store_policies(made.connection)
            results = [_import(book, made, request, now, progress, save_rejects) for request in requests]
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
    if request.kind not in (None, *KINDS):
        raise UnknownKind(request.kind or "")
    if request.policy:
        checked(book, request.policy)
    table = read_table(request.name, request.data, sheet=request.sheet, encoding=request.encoding)
    head = [cells for _row, cells in islice(table.rows(), HEAD_ROWS)]
    remembered = imports.remembered_mapping(book.connection, request.client, head)
    of_columns = split_mapping(request.mapping or {})[0]
    found = recognise(table, mapping=of_columns, remembered=split_mapping(remembered)[0], kind=request.kind)
    defaults = Defaults(
        request.client,
        request.currency,
        imports.client_currencies(book.connection),
        currency_of(Binding(book.connection), request),
        request.dates,
    )
    if found.kind == "recalls":
        return recall_accounts(made, request, table, found, defaults, now, save_rejects)
    mapping = {**remembered, **(request.mapping or {})}
    if found.kind != "accounts":
        read = Import(made, request, table, found, defaults, mapping, now, progress, save_rejects)
        return _LISTS[found.kind](read)
    stated = read_accounts(table, found, defaults)
    _reject(request, table, found, stated.errors, save_rejects)
    return _accounts(book, made, request, table, found, stated, mapping, now, progress)


def _reject(
    request: ImportRequest,
    table: Table,
    found: Recognition,
    errors: Sequence[RowError],
    save_rejects: SaveRejects | None,
) -> None:
    """Write the rejects file where one is asked for; stop unless bad rows may be left out."""
    if errors and save_rejects:
        save_rejects(list(rejects(table, found, errors)))
    if errors and not request.skip_bad and not request.dry_run:
        fields = {column.name: column.field for column in found.columns}
        raise RowsRejected(request.name, tuple(errors), fields)


def _accounts(
    book: Book, made: Unit, request: ImportRequest, table: Table, found: Recognition, stated: Accounts,
    mapping: Mapping[str, str], now: datetime, progress: Progress,
) -> ImportResult:  # fmt: skip
    counts: Counter[str] = Counter()
    policies: set[str] = set()
    persons: set[int] = set()
    by_client: dict[str, list[StatedAccount]] = {}
    for account in stated.accounts:
        by_client.setdefault(account.client, []).append(account)
    for client, accounts in by_client.items():
        chosen = choose(made, request, client, accounts)
        writer = _write_client(made, request, found, client, accounts, chosen, mapping, now, progress)
        counts.update(writer.counts)
        counts[_DIFFERING] += writer.differing
        persons |= writer.persons
        policies.add(chosen.name)
    worklist.refresh(made.connection, sorted(persons), now.date(), zone_of(now))
    summary = ""
    if counts[NEW] + counts[CHANGED] + counts[REOPENED]:
        summary = _("imported {file}: {new} new, {changed} changed, {reopened} reopened").format(
            file=request.name, new=counts[NEW], changed=counts[CHANGED], reopened=counts[REOPENED]
        )
    return _result(request, table, found, stated, counts, policies, summary)


def _write_client(
    made: Unit, request: ImportRequest, found: Recognition, client: str, accounts: Sequence[StatedAccount],
    chosen: Chosen, mapping: Mapping[str, str], now: datetime, progress: Progress,
) -> Writer:  # fmt: skip
    client_id = imports.client_id(made.connection, client, made.id)
    batch_id = made.facts.add(
        "import_batch",
        client=client_id,
        file=request.name,
        kind=found.kind,
        currency=accounts[0].currency,
        policy=chosen.name,
        header=header_text(column.header for column in found.columns),
        mapping=as_json(mapping),
    )
    batch = request.batch or ("" if "batch" in {c.field for c in found.columns} else request.name)
    writer = Writer(made, client, batch_id, batch, chosen.of_placement, now, chosen.numbering)
    writer.write(accounts, progress)
    return writer


def _result(
    request: ImportRequest, table: Table, found: Recognition, stated: Accounts, counts: Mapping[str, int],
    policies: set[str], summary: str,
) -> ImportResult:  # fmt: skip
    totals: Counter[str] = Counter()
    for account in stated.accounts:
        totals[account.currency] += account.balance
    return ImportResult(
        file=request.name,
        kind=found.kind,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header_row=found.header_row,
        columns=tuple((column.name, column.field) for column in found.columns),
        rows=stated.rows,
        new=counts.get(NEW, 0),
        changed=counts.get(CHANGED, 0),
        unchanged=counts.get(UNCHANGED, 0),
        reopened=counts.get(REOPENED, 0),
        repeated=stated.repeated,
        left_out=stated.left_out,
        rejected=len({error.row for error in stated.errors}),
        people=_people(stated.accounts),
        totals=dict(totals),
        errors=tuple(stated.errors),
        dry_run=request.dry_run,
        rounded=stated.rounded,
        policies=tuple(sorted(policies)),
        remarks=tuple((remark.row, remark.text) for remark in stated.remarks),
        summary=summary,
        warnings=_warnings(stated, policies, counts.get(_DIFFERING, 0)),
    )


def _people(accounts: Sequence[StatedAccount]) -> int:
    """Debtors in the file: by identity number, else by the client's customer number, else one an account."""
    keys = {
        identity_of(a) or (a.client, a.values.get("client_customer") or ("account", a.number))
        for a in accounts
    }
    return len(keys)


def _warnings(stated: Accounts, policies: set[str], differing: int) -> tuple[str, ...]:
    warnings = []
    if differing:
        text = _(
            "{count} balances are not what the ledger has: `show` has both; to take them over: {command}"
        )
        command = "collectctl charge --as-stated --client NAME"
        warnings.append(text.format(count=differing, command=command))
    if "none" in policies:
        warnings.append(
            _("no contact policy fits, no rule is checked: collectctl policies set cn|us-regf|uk")
        )
    if stated.rounded:
        warnings.append(
            _("{count} amounts had a spreadsheet's stray decimals and were rounded").format(
                count=stated.rounded
            )
        )
    return tuple(warnings)
