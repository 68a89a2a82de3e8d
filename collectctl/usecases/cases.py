"""Court files: gathered from the book, written as a whole, and compared with the book again."""

from collections.abc import Callable, Iterator, Mapping
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
    NoManifest,
    altered,
    digest,
    made,
    not_of_the_book,
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
from collectctl.store.casefacts import account_called, entries_since, load_proof, touched_since, unlike
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
    return _case(book, account_id, wanted, now)


def _case(book: Book, account_id: int, wanted: Wanted, now: datetime) -> Case:
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


Again = Callable[[Case, str], dict[str, bytes]]


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


def verify(book: Book, path: Path, write_again: Again, now: datetime) -> Verified:
    """Whether a case is byte by byte what was written, and what the book still says.

    `write_again` lays a case out in a language. Raises the errors of `packing` (3, 4) `NoManifest`
    and `ManifestUnreadable` (4).
    """
    files, as_packed = packing.unpacked(path)
    if NAME not in files:
        raise NoManifest(str(path))
    content = files[NAME]
    if content is None:
        raise ManifestUnreadable(str(path), _("it is damaged"))
    manifest = read(str(path), content)
    found = list(altered(manifest, files))
    if not as_packed and not found:
        text = _("{name} is not packed as it was, its files are unaltered").format(name=path.name)
        found.append(Difference("changed", path.name, text))
    if book.exists:
        compared = _Comparing(book, manifest, now)
        notes = compared.notes(found, files, write_again)
    else:
        notes = [_("there is no book at {path}: only the files were compared").format(path=book.path)]
    return Verified(
        path.name, manifest.account, manifest.as_of, len(manifest.files) + 1, len(manifest.facts),
        book.exists, tuple(found), tuple(notes),
    )  # fmt: skip


class _Comparing:
    """A manifest beside the book."""

    def __init__(self, book: Book, manifest: Manifest, now: datetime) -> None:
        self._book, self._manifest, self._now = book, manifest, now

    def notes(
        self, found: list[Difference], files: Mapping[str, bytes | None], write_again: Again
    ) -> list[str]:  # fmt: skip
        """Add to `found` what differs; returns what else there is to say."""
        found += unlike(self._book.connection, self._manifest)
        if any(difference.kind == "book" for difference in found):
            return []
        found += self._totals()
        said = []
        since = entries_since(self._book.connection, self._manifest.seal.entry)
        if since:
            said.append(_("entries added to the book since: {count}").format(count=since))
        if found:
            return said
        again = self._again(write_again)
        if again is None:
            said.append(_("the account has changed since: its files were compared by their hashes alone"))
        else:
            found += not_of_the_book(files, again)
        return said

    def _totals(self) -> Iterator[Difference]:
        manifest = self._manifest
        account_id = account_called(self._book.connection, manifest.client, manifest.account)
        try:
            if account_id is None:
                yield Difference("account", manifest.account, _("the account is not in the book"))
                return
            account = target(self._book, account_id).account
            order = Orders(self._book.connection).of(account, manifest.as_of)
            yield from other_totals(manifest, totals(quote_of(account, manifest.as_of, order)))
        except CollectError as error:  # its import was undone
            yield Difference("account", manifest.account, error.message)

    def _again(self, write_again: Again) -> dict[str, bytes] | None:
        """The files as the book writes them now; None where they may rightly be others."""
        manifest = self._manifest
        written_at = manifest.written_at.astimezone(self._now.tzinfo)
        account_id = account_called(self._book.connection, manifest.client, manifest.account)
        if account_id is None or manifest.version != __version__:
            return None
        wanted = Wanted(manifest.as_of, manifest.third_parties, manifest.reveal)
        case = _case(self._book, account_id, wanted, written_at)
        if touched_since(self._book.connection, case.account, manifest.seal.entry):
            return None
        if (
            written_at.isoformat() != manifest.written_at.isoformat()
        ):  # the collector has moved to another zone
            return None
        proof = case.proof._replace(seal=manifest.seal)
        return write_again(case._replace(proof=proof), manifest.language)
