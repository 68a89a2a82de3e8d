"""Import: a client's file, as it is, into the book; all of it or nothing, one step of undo."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from collectctl.domain.errors import BadUsage
from collectctl.domain.importing import (
    CHANGED,
    NEW,
    REOPENED,
    UNCHANGED,
    RowsRejected,
    as_json,
    policy_currency,
    proposed_policy,
)
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.stated import RowError, StatedAccount
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table, read_table
from collectctl.intake.recalls import Recall, read_recalls
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import Accounts, read_accounts, rejects
from collectctl.store import imports, worklist
from collectctl.store.book import Book
from collectctl.store.entries import append_closing
from collectctl.store.journal import Unit, unit
from collectctl.store.settings import get_setting
from collectctl.usecases.import_accounts import Progress, Writer, header_text
from collectctl.usecases.rows import zone_of

HEAD_ROWS = 20


class UnknownKind(BadUsage):
    def __init__(self, kind: str) -> None:
        super().__init__(
            _("files of the kind {kind!r} can't be imported yet").format(kind=kind), "--kind accounts|recalls"
        )


class _DryRun(Exception):
    """Leaves the transaction without storing anything."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the user asked; empty where nothing was said."""

    name: str
    data: bytes
    client: str | None = None
    batch: str = ""
    kind: str | None = None
    mapping: Mapping[str, str] | None = None
    dates: str | None = None
    currency: str | None = None
    policy: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    dry_run: bool = False
    skip_bad: bool = False


SaveRejects = Callable[[Sequence[list[str]]], None]


def import_file(
    book: Book, request: ImportRequest, now: datetime, progress: Progress, save_rejects: SaveRejects | None
) -> ImportResult:
    """Read, recognise, plan and write. Raises the errors of the file (4), of usage (2), of the book (5)."""
    if request.kind not in (None, "accounts", "recalls"):
        raise UnknownKind(request.kind or "")
    table = read_table(request.name, request.data, sheet=request.sheet, encoding=request.encoding)
    head = [cells for _row, cells in islice(table.rows(), HEAD_ROWS)]
    remembered = imports.remembered_mapping(book.connection, request.client, head)
    found = recognise(table, mapping=request.mapping or {}, remembered=remembered, kind=request.kind)
    defaults = Defaults(
        request.client,
        request.currency,
        imports.client_currencies(book.connection),
        policy_currency(_policy(book, request) or ""),
        request.dates,
    )
    if found.kind == "recalls":
        return _recalls(book, request, table, found, defaults, now)
    stated = read_accounts(table, found, defaults)
    _reject(request, table, found, stated.errors, save_rejects)
    return _accounts(
        book, request, table, found, stated, {**remembered, **(request.mapping or {})}, now, progress
    )


def _policy(book: Book, request: ImportRequest) -> str | None:
    return request.policy or get_setting(book.connection, "policy")


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
    book: Book, request: ImportRequest, table: Table, found: Recognition, stated: Accounts,
    mapping: Mapping[str, str], now: datetime, progress: Progress,
) -> ImportResult:  # fmt: skip
    counts: Counter[str] = Counter()
    policies: set[str] = set()
    operation: int | None = None
    by_client: dict[str, list[StatedAccount]] = {}
    for account in stated.accounts:
        by_client.setdefault(account.client, []).append(account)
    try:
        with unit(book, "import", now) as made:
            persons: set[int] = set()
            for client, accounts in by_client.items():
                policy = _policy(book, request) or proposed_policy(accounts[0].currency)
                writer = _write_client(made, request, found, client, accounts, policy, mapping, now, progress)
                counts.update(writer.counts)
                persons |= writer.persons
                policies.add(policy)
            worklist.refresh(made.connection, sorted(persons), now.date(), zone_of(now))
            if changed := counts[NEW] + counts[CHANGED] + counts[REOPENED]:
                made.text = _("imported {file}: {new} new, {changed} changed, {reopened} reopened").format(
                    file=request.name, new=counts[NEW], changed=counts[CHANGED], reopened=counts[REOPENED]
                )
                operation = made.id
            if request.dry_run or not changed:
                raise _DryRun
    except _DryRun:
        operation = None
    return _result(request, table, found, stated, counts, policies, operation)


def _write_client(
    made: Unit, request: ImportRequest, found: Recognition, client: str, accounts: Sequence[StatedAccount],
    policy: str, mapping: Mapping[str, str], now: datetime, progress: Progress,
) -> Writer:  # fmt: skip
    client_id = imports.client_id(made.connection, client, made.id)
    batch_id = made.facts.add(
        "import_batch",
        client=client_id,
        file=request.name,
        kind=found.kind,
        currency=accounts[0].currency,
        policy=policy,
        header=header_text(column.header for column in found.columns),
        mapping=as_json(mapping),
    )
    batch = request.batch or ("" if "batch" in {c.field for c in found.columns} else request.name)
    writer = Writer(made, client, batch_id, batch, policy, now)
    writer.write(accounts, progress)
    return writer


def _result(
    request: ImportRequest, table: Table, found: Recognition, stated: Accounts, counts: Mapping[str, int],
    policies: set[str], operation: int | None,
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
        operation=operation,
        warnings=_warnings(stated, policies),
    )


def _people(accounts: Sequence[StatedAccount]) -> int:
    """Debtors in the file: by identity number, else by the client's customer number, else one an account."""
    keys = {
        a.values.get("id_number") or (a.client, a.values.get("client_customer") or ("account", a.number))
        for a in accounts
    }
    return len(keys)


def _warnings(stated: Accounts, policies: set[str]) -> tuple[str, ...]:
    warnings = []
    if "none" in policies:
        warnings.append(
            _("no contact policy fits: nothing will be checked; choose one with --policy (cn, us-regf, uk)")
        )
    if stated.rounded:
        warnings.append(
            _("{count} amounts had a spreadsheet's stray decimals and were rounded").format(
                count=stated.rounded
            )
        )
    return tuple(warnings)


# --- recalls -------------------------------------------------------------------------------------------


class UnknownAccounts(BadUsage):
    exit_code = 3
    code = "not-found"

    def __init__(self, count: int, first: Recall, file: str) -> None:
        super().__init__(
            _("{count} accounts of the file are not in the book; the first is in row {row}").format(
                count=count, row=first.row
            ),
            f"collectctl import {file} --kind recalls --skip-bad",
        )


def _recalls(
    book: Book, request: ImportRequest, table: Table, found: Recognition, defaults: Defaults, now: datetime
) -> ImportResult:
    """Close the accounts that the client takes back."""
    listed = read_recalls(table, found, defaults)
    _reject(request, table, found, listed.errors, None)
    closed = already = 0
    operation: int | None = None
    missing: list[Recall] = []
    try:
        with unit(book, "import", now) as made:
            persons: set[int] = set()
            for recall in listed.recalls:
                hits = _recalled(made, recall)
                if not hits:
                    missing.append(recall)
                for account_id, person_id, is_open in hits:
                    closed, already = closed + is_open, already + (not is_open)
                    if is_open:
                        day = recall.on or now.date().isoformat()
                        append_closing(made, account_id, "recalled", day, "")
                        persons.add(person_id)
            if missing and not request.skip_bad and not request.dry_run:
                raise UnknownAccounts(len(missing), missing[0], request.name)
            worklist.refresh(made.connection, sorted(persons), now.date(), zone_of(now))
            made.text = _("recalled {closed} accounts from {file}").format(closed=closed, file=request.name)
            operation = made.id
            if request.dry_run or not persons:
                raise _DryRun
    except _DryRun:
        operation = None
    errors = [
        *listed.errors,
        *(RowError(r.row, "", r.number, _("no such account in the book")) for r in missing),
    ]
    return ImportResult(
        file=request.name, kind="recalls", encoding=table.encoding, delimiter=table.delimiter,
        header_row=found.header_row, columns=tuple((c.name, c.field) for c in found.columns),
        rows=listed.rows, new=0, changed=closed, unchanged=already, reopened=0, repeated=listed.repeated,
        left_out=listed.left_out, rejected=len({e.row for e in errors}), people=0, totals={},
        errors=tuple(errors), dry_run=request.dry_run, closed=closed, operation=operation,
    )  # fmt: skip


def _recalled(made: Unit, recall: Recall) -> list[tuple[int, int, bool]]:
    """(account, person, open) of the one account that a recall names; none where it is not the only one."""
    from collectctl.store.search import by_number

    hits = by_number(made.connection, recall.number, 20)
    known = imports.known_accounts(made.connection, hits)
    found = [
        (a.id, p.id, a.open)
        for p, a in known.values()
        if a.number == recall.number and (recall.client is None or a.client == recall.client)
    ]
    return found if len(found) == 1 else []
