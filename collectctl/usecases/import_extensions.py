"""A list of extensions: the client lets placements run longer."""

from datetime import date

from collectctl.domain.extensions import past, sort_extensions
from collectctl.domain.results.importing import ExtensionsImported, ImportResult
from collectctl.domain.words import _
from collectctl.intake.extensions import read_extensions
from collectctl.store.entries import append_event
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of, sound


def import_extensions(read: Import) -> ImportResult:
    """A day that is past is a bad row; what is closed stays so.

    Raises `RowsRejected` (4) unless bad rows may be left out, `NoKnownAccount` (3).
    """
    stated = read_extensions(read.table, read.found, read.defaults)
    odd = past(stated.extensions, read.now.date(), stated.column)
    rows = Rows(Accounts(read), sound(stated.extensions, odd), read.found.name_of("account"))
    errors = [*stated.errors, *odd, *rows.errors]
    near = rows.refuse(read, errors)
    closed: list[str] = []
    extended = known = 0
    for account, of in rows.files(read.made):
        found = sort_extensions(account, of)
        for extension in found.new:
            until = date.fromisoformat(extension.until)
            append_event(read.made, account.id, "extended", until, extension.reference)
        extended, known = extended + len(found.new), known + found.known
        closed += [account.number] if found.closed else []
        read.progress(len(of))
    rows.finish(read)
    done = ExtensionsImported(extended, known, len(rows.unknown), rows.strangers, tuple(closed))
    text = _("imported {file}: {count} placements extended").format(file=read.request.name, count=extended)
    return result_of(read, (stated.rows, stated.left_out), errors, done, {}, text, near)
