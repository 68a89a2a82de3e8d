"""A file of promises that another system, or another collector, wrote down."""

from collections import Counter
from datetime import date, datetime, time

from collectctl.domain.facts import AccountFile, Promise
from collectctl.domain.repayments import impossible, is_known
from collectctl.domain.results.importing import ImportResult, MoneyImported
from collectctl.domain.stated import StatedPromise
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.promises import read_promises
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of, sound
from collectctl.usecases.promising import append_promises


def import_promises(read: Import) -> ImportResult:
    """A promise for a day before its own is impossible, and a bad row.

    Raises `RowsRejected` (4) unless bad rows may be left out, `NoKnownAccount` (3).
    """
    accounts = Accounts(read)
    stated = read_promises(read.table, read.found, read.defaults, accounts.currency)
    odd = impossible(stated.promises, read.found.name_of("promised_on"))
    rows = Rows(accounts, sound(stated.promises, odd), read.found.name_of("account"))
    errors = [*stated.errors, *odd, *rows.errors]
    new: list[Promise] = []
    for account, of in rows.files(read.made):
        new += _new(read, account, of, read.made.facts.next_id("promise") + len(new))
        read.progress(len(of))
    near = rows.refuse(read, errors)
    if new:
        append_promises(read.made, new)
    rows.finish(read)
    totals: Counter[str] = Counter()
    for promise in new:
        totals[promise.currency] += promise.amount
    money = MoneyImported(
        added=len(new), known=sum(map(len, rows.by_account.values())) - len(new), unknown=len(rows.unknown),
        strangers=rows.strangers,
        stated=len(stated.promises), impossible=len(odd), empty=stated.without,
    )  # fmt: skip
    text = _("imported {file}: {count} promises").format(file=read.request.name, count=len(new))
    places = (stated.rows, stated.left_out)
    return result_of(read, places, errors, money, dict(totals), text, near, stated.rounded)


def _new(read: Import, account: AccountFile, rows: list[StatedPromise], first: int) -> list[Promise]:
    """The promises of one account that are not on record, made at the beginning of their day."""
    found: list[Promise] = []
    for row in rows:
        made_on = date.fromisoformat(row.made_on) if row.made_on else read.now.date()
        known = account._replace(promises=(*account.promises, *found))
        if not is_known(known, row, made_on):
            made_at = datetime.combine(made_on, time(), zone_of(read.now))
            found.append(
                Promise(
                    first + len(found), account.id, 0, made_at, made_on, date.fromisoformat(row.due_on),
                    None, row.amount, row.currency, row.payer, None, read.made.id,
                )
            )  # fmt: skip
    return found
