"""Court files: gathered from the book, written as a whole, and compared with the book again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from collectctl import __version__
from collectctl.domain.casefile.cutting import until
from collectctl.domain.casefile.document import document, totals
from collectctl.domain.casefile.manifest import (
    NAME,
    Difference,
    Manifest,
    ManifestUnreadable,
    altered,
    digest,
    made,
    other_totals,
    read,
)
from collectctl.domain.casefile.records import Case
from collectctl.domain.errors import BadUsage, CollectError
from collectctl.domain.hours import named_day
from collectctl.domain.owing import opening
from collectctl.domain.quoting import quote as quote_of
from collectctl.domain.records import Record
from collectctl.domain.results.casefile import Built, Verified
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.outlet import packing
from collectctl.outlet.casefiles import NAMES, files_of
from collectctl.store.book import Book
from collectctl.store.casefacts import account_called, entries_since, load_proof, unlike
from collectctl.store.errors import BookReadOnly
from collectctl.store.journal import ENTRY, entry
from collectctl.usecases.accounts import target
from collectctl.usecases.payments import Orders


class BeforeStatement(BadUsage):
    def __init__(self, number: str, begins: date) -> None:
        super().__init__(
            _("the ledger of {number} begins with the client's statement of {day}").format(
                number=number, day=named_day(begins)
            ),
            f"--as-of {begins}",
        )


class Wanted(Record):
    """What was asked for: the day, and what the file is to hold beside the usual."""

    as_of: date
    third_parties: bool = False
    reveal: bool = False


def gather(book: Book, account_id: int, wanted: Wanted, now: datetime) -> Case:
    """All that the court file of an account is made of. Raises `BeforeStatement` (2), `BookReadOnly` (5)."""
    if wanted.reveal and not book.writable:  # what can't be recorded is not revealed
        raise BookReadOnly(str(book.path))
    person, account = target(book, account_id)
    begins = opening(account).stated_on
    if wanted.as_of < begins:
        raise BeforeStatement(account.number, begins)
    zone = zone_of(now)
    return Case(
        person, account, until(account, min(wanted.as_of, now.date()), zone),
        quote_of(account, wanted.as_of, Orders(book.connection).of(account, wanted.as_of)),
        load_proof(book.connection, account_id), wanted.as_of, now, zone, __version__, wanted.reveal,
        wanted.third_parties,
    )  # fmt: skip


def vacant(out: Path, *, force: bool) -> None:
    """Refuse a place that the file can't have, before the work is done. Raises as `packing.free`."""
    packing.free(out, NAMES, force=force)


def laid_out(case: Case, language: str, clean: Callable[[str], str]) -> dict[str, bytes]:
    """Every file of the case, in the language that is spoken now; `clean` makes texts fit for a page."""
    again = quote_of(case.account, case.as_of, case.quote.order)  # its words are of the language too
    spoken = case._replace(quote=again)
    shown = document(spoken, language)
    files = files_of(shown, clean)
    return {NAME: made(spoken, shown, files), **files}


def write(book: Book, case: Case, files: dict[str, bytes], out: Path, *, force: bool) -> Built:
    """Give the files their place. What was revealed is an entry of the journal, no step of undo.

    Raises the errors of `packing` (2, 5).
    """
    with packing.packing(out, files, NAMES, force=force):
        if case.reveal:
            with book.write() as connection, entry(connection, "case build", case.now, ENTRY) as noted:
                noted.text = _("revealed {account} in a court file").format(account=case.account.number)
    return Built(
        case.account, str(out), case.as_of, case.facts_on, tuple(files), case.quote.total,
        totals(case.quote),
        digest(files[NAME]), tuple(_warnings(case)),
    )  # fmt: skip


def _warnings(case: Case) -> Iterator[str]:
    if case.as_of > case.today:
        text = _("{day} is a day to come: the calculation is as of then, the facts are those up to today")
        yield text.format(day=named_day(case.as_of))


def verify(book: Book, path: Path) -> Verified:
    """Whether a case is byte by byte what was written, and what the book still says.

    Raises the errors of `packing` (3, 4) and `ManifestUnreadable` (4).
    """
    files, as_packed = packing.unpacked(path)
    content = files.get(NAME)
    if content is None:
        raise ManifestUnreadable(path.name, _("it is not there"))
    manifest = read(path.name, content)
    found = list(altered(manifest, files))
    if not as_packed and not found:
        text = _("{name} is not packed as it was, its files are unaltered").format(name=path.name)
        found.append(Difference("changed", path.name, text))
    notes = []
    if book.exists:
        found += unlike(book.connection, manifest)
        known = not any(d.kind == "book" for d in found)
        found += _totals(book, manifest) if known else ()
        since = entries_since(book.connection, manifest.seal.entry) if known else 0
        if since:
            notes.append(_("{count} entries were added to the book since").format(count=since))
    else:
        notes.append(_("there is no book at {path}: only the files were compared").format(path=book.path))
    return Verified(
        path.name, manifest.account, manifest.as_of, len(manifest.files) + 1, len(manifest.facts),
        book.exists, tuple(found), tuple(notes),
    )  # fmt: skip


def _totals(book: Book, manifest: Manifest) -> Iterator[Difference]:
    account_id = account_called(book.connection, manifest.client, manifest.account)
    try:
        if account_id is None:
            yield Difference("account", manifest.account, _("the account is not in the book"))
            return
        account = target(book, account_id).account
        order = Orders(book.connection).of(account, manifest.as_of)
        yield from other_totals(manifest, totals(quote_of(account, manifest.as_of, order)))
    except CollectError as error:  # its import was undone
        yield Difference("account", manifest.account, error.message)
