"""A recall list: the accounts that a client takes back are closed."""

from collections.abc import Sequence
from dataclasses import replace

from collectctl.domain.errors import NotFound
from collectctl.domain.nearness import is_same_name
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.stated import RowError
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.recalls import Recall, Recalls, read_recalls
from collectctl.store import imports, worklist
from collectctl.store.entries import append_closing
from collectctl.usecases.import_rows import Accounts, Import, of_several, read_as, refuse_bad


class UnknownAccounts(NotFound):
    def __init__(self, rows: Sequence[Recall]) -> None:
        super().__init__(
            _("accounts of the file that are not in the book: {count}; the first is in row {row}").format(
                count=len(rows), row=rows[0].row
            ),
            "collectctl import FILE --kind recalls --skip-bad",
        )


def recall_accounts(read: Import) -> ImportResult:
    """Close what the list names. Raises `RowsRejected` (4), `UnknownAccounts` (3) unless told to skip."""
    made, request, found, now = read.made, read.request, read.found, read.now
    listed = read_recalls(read.table, found, read.defaults)
    keep_going = request.skip_bad or request.dry_run
    accounts = Accounts(read)
    hits = [(recall, accounts.fitting(recall.row, recall.number, recall.client)) for recall in listed.recalls]
    missing = [recall for recall, hit in hits if not hit]
    column, unknown = found.name_of("account"), _("no such account in the book")
    several = (of_several(recall.row, column, recall.number) for recall, hit in hits if len(hit) > 1)
    bad = (*listed.errors, *several)
    absent = [RowError(recall.row, column, recall.number, unknown) for recall in missing]
    refuse_bad(read, bad, absent)
    warnings = accounts.near.refuse(read)
    if missing and not keep_going:
        raise UnknownAccounts(missing)
    known = [(recall, hit[0]) for recall, hit in hits if len(hit) == 1]
    names = imports.debtors(made.connection, [account.account for recall, account in known if recall.name])
    others = [r.row for r, account in known if not is_same_name(r.name, names.get(account.account, ""))]
    if others:
        text = _("{count} rows name somebody else than the account's debtor, the first is row {row}")
        warnings = (*warnings, text.format(count=len(others), row=others[0]))
    closing = [(recall, account) for recall, account in known if account.open]
    for recall, account in closing:
        append_closing(made, account.account, "recalled", recall.on or now.date().isoformat(), "")
    persons = sorted({account.person for _recall, account in closing})
    worklist.refresh(made.connection, persons, now.date(), zone_of(now))
    return _result(read, listed, (*bad, *absent), len(closing), len(known) - len(closing), warnings)


def _result(
    read: Import, listed: Recalls, errors: tuple[RowError, ...], closed: int, already: int,
    warnings: tuple[str, ...],
) -> ImportResult:  # fmt: skip
    text = _("recalled {count} accounts from {file}").format(count=closed, file=read.request.name)
    return replace(
        read_as(read, errors),
        rows=listed.rows,
        changed=closed,
        unchanged=already,
        repeated=listed.repeated,
        left_out=listed.left_out,
        closed=closed,
        warnings=warnings,
        summary=text if closed else "",
    )
