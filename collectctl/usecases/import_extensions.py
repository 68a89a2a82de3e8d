"""A list of extensions: the client lets placements run longer."""

from datetime import date

from collectctl.domain.results.importing import ExtensionsImported, ImportResult
from collectctl.domain.stated import RowError
from collectctl.domain.words import _
from collectctl.intake.extensions import read_extensions
from collectctl.store.entries import append_event
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of


def import_extensions(read: Import) -> ImportResult:
    """A day that is past is a bad row; what is closed stays so.

    Raises `RowsRejected` (4) unless bad rows may be left out, `NoKnownAccount` (3).
    """
    stated = read_extensions(read.table, read.found, read.defaults)
    today, column = read.now.date(), read.found.first("extended_until", "placement_ends")
    past = [
        RowError(e.row, column.name if column else "", e.until, _("before today"))
        for e in stated.extensions
        if date.fromisoformat(e.until) < today
    ]
    bad = {error.row for error in past}
    sound = [extension for extension in stated.extensions if extension.row not in bad]
    rows = Rows(Accounts(read), sound, read.found.name_of("account"))
    errors = [*stated.errors, *past, *rows.errors]
    near = rows.refuse(read, errors)
    closed: list[str] = []
    extended = known = 0
    for account, of in rows.files(read.made):
        ends_on = account.placement.ends_on
        for extension in of:
            until = date.fromisoformat(extension.until)
            if not account.open:
                closed.append(account.number)
            elif until == ends_on:
                known += 1
            else:
                append_event(read.made, account.id, "extended", until, extension.reference)
                ends_on, extended = until, extended + 1
        read.progress(len(of))
    rows.finish(read)
    done = ExtensionsImported(
        extended, known, len(rows.unknown), rows.strangers, tuple(dict.fromkeys(closed))
    )
    text = _("imported {file}: {count} placements extended").format(file=read.request.name, count=extended)
    return result_of(read, (stated.rows, stated.left_out), errors, done, {}, text, near)
