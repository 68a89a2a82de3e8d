"""A client's file of accounts: read and written as a stream, so that its size is no matter of memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain

from collectctl.domain.errors import BadData
from collectctl.domain.firstrows import FirstRows
from collectctl.domain.importing import CHANGED, NEW, REOPENED, UNCHANGED, as_json, header_text
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.stated import RowError, StatedAccount
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.aside import aside
from collectctl.intake.rows import Batch, Told, account_batches
from collectctl.store import imports, worklist
from collectctl.store.entries import append_closing
from collectctl.usecases.account_writer import Writer
from collectctl.usecases.import_policy import choose
from collectctl.usecases.import_rows import Import, NearNumbers, read_as, refuse_bad, rounded_note, stopped
from collectctl.usecases.newcomers import Newcomers

_NAMED = 5  # accounts that a warning names
BATCH = 2_000  # accounts written at a time
LARGE = 1 << 20  # bytes of a file from which it is read by another process


class NotComplete(BadData):
    def __init__(self, file: str) -> None:
        super().__init__(
            _("{file}: with rows left out, it does not tell which accounts are to go back").format(file=file),
            _("mend the rows, or import it without --complete"),
        )


class SameTwice(BadData):
    def __init__(self, file: str, one: int, other: int) -> None:
        super().__init__(
            _("{file}: row {one} and row {other} would both be one account of the book").format(
                file=file, one=one, other=other
            ),
            _("--no-match-zeros if they are others, or mend the file"),
        )


class CurrencyChanged(BadData):
    def __init__(self, file: str, row: int) -> None:
        super().__init__(
            _("{file}: row {row} has an open account in another currency than the book").format(
                file=file, row=row
            ),
            _("mend the row; where the debt was converted, close the account, then import the file"),
        )


def import_accounts(read: Import) -> ImportResult:
    """Raises `RowsRejected` (4) unless bad rows may be left out, and what no row can mend."""
    request = read.request
    batches = account_batches(read.table, read.found, read.defaults, BATCH)
    if len(request.data) > LARGE:
        batches = aside(request.name, batches)
    seen, writers = _Seen(), _Writers(read)
    first = next(batches)
    with imports.filling(read.made.connection) if len(first.accounts) == BATCH else nullcontext():
        for batch in chain([first], batches):
            seen.take(batch)
            if not stopped(read, seen.errors):
                writers.write(batch.accounts)
            read.progress(len(batch.accounts))
    refuse_bad(read, seen.errors)
    if seen.errors and request.complete:
        raise NotComplete(request.name)
    writers.finish()
    return _result(read, seen, writers)


class _Seen:
    """What a file states in all."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []
        self.totals: Counter[str] = Counter()
        self.told = Told(0, 0, 0, 0, [])

    def take(self, batch: Batch) -> None:
        self.errors += batch.errors
        self.told = batch.told or self.told
        for a in batch.accounts:
            self.totals[a.currency] += a.balance


class _Writers:
    """A writer for each client of the file, made when their first account comes."""

    def __init__(self, read: Import) -> None:
        self.policies: set[str] = set()
        self.near: list[str] = []  # what to warn of about numbers
        self.missing: dict[str, int] = {}  # client -> open accounts that the file does not name
        self.returned: list[str] = []  # numbers
        self._numbers: list[NearNumbers] = []
        self._read = read
        self._by_client: dict[str, Writer] = {}
        self._bound: set[int] = set()  # persons of before whom a policy binds that the file brought
        today, zone = read.now.date(), zone_of(read.now)
        self._rows = FirstRows(worklist.stored_as_of(read.made.connection, today, zone), zone)

    def write(self, accounts: Sequence[StatedAccount]) -> None:
        by_client: dict[str, list[StatedAccount]] = {}
        for account in accounts:
            by_client.setdefault(account.client, []).append(account)
        connection = self._read.made.connection
        newcomers = Newcomers(self._read.made.facts.next_id("person"))
        for client, own in by_client.items():
            if client not in self._by_client:
                self._by_client[client] = self._writer(client, own)
            self._by_client[client].write(own, newcomers)
        worklist.add(connection, newcomers.rows(self._rows))

    def _writer(self, client: str, accounts: Sequence[StatedAccount]) -> Writer:
        read, made, request = self._read, self._read.made, self._read.request
        # a client of whom there is nothing yet has no number that another could nearly be
        match = request.match_zeros if imports.has_accounts(made.connection, client) else False
        chosen = choose(made, request, client, accounts)
        self.policies.add(chosen.name)
        self._bound.update(chosen.bound)
        batch_id = made.facts.add(
            "import_batch", client=imports.client_id(made, client), file=request.name,
            kind=read.found.kind, currency=accounts[0].currency, policy=chosen.name,
            header=header_text(read.found.header),
            mapping=as_json(read.mapping),
        )  # fmt: skip
        has_batches = read.found.first("batch") is not None
        batch = request.batch or ("" if has_batches else request.name)
        numbers = NearNumbers(made.connection, client, match)
        self._numbers.append(numbers)
        return Writer(made, client, batch_id, batch, chosen.of_placement, read.now, chosen.numbering, numbers)

    def finish(self) -> None:
        """Give back what is missing where the file is complete; bring the rows of people known up to date.

        Raises `NumbersNear`, `SameTwice`, `CurrencyChanged` (4).
        """
        read = self._read
        for writer in self._by_client.values():
            if twice := writer.named_twice():
                raise SameTwice(read.request.name, *twice[:2])
            if writer.converted:
                raise CurrencyChanged(read.request.name, min(writer.converted))
        self.near = [text for numbers in self._numbers for text in numbers.refuse(read)]
        persons = self._bound.union(*(writer.persons for writer in self._by_client.values()))
        for client, writer in self._by_client.items():
            # a file that brings nothing known is a new placement, no list of what was placed before
            if not read.request.complete and not writer.counts[CHANGED] + writer.counts[UNCHANGED]:
                continue
            missing = writer.missing()
            if read.request.complete:
                self.returned += imports.numbers(read.made.connection, [account for account, _p in missing])
                persons.update(person for _account, person in missing)
                for account, _person in missing:
                    day, file = read.now.date().isoformat(), _("not in {file}").format(file=read.request.name)
                    append_closing(read.made, account, "returned", day, file)
            elif missing:
                self.missing[client] = len(missing)
        worklist.refresh(read.made.connection, sorted(persons), read.now.date(), zone_of(read.now))

    def told(self) -> Iterator[str]:
        """Whom a collector wants to know by number: what changed more than sums."""
        several = self._by_client.values()
        for numbers, text in (
            ([n for w in several for n in w.reopened], _("{count} closed accounts come back: {numbers}")),
            (
                [n for w in several for n in w.still_closed],
                _("{count} accounts stay closed, the file says nothing new of them: {numbers}"),
            ),
            (
                [n for w in several for n in w.renamed],
                _("{count} accounts have another debtor's name than before: {numbers}"),
            ),
            (self.returned, _("{count} accounts go back: {numbers}")),
        ):
            if numbers:
                more = ", ..." if len(numbers) > _NAMED else ""
                yield text.format(count=len(numbers), numbers=", ".join(numbers[:_NAMED]) + more)

    @property
    def people(self) -> int:
        """How many debtors the file is about."""
        return len(set(chain.from_iterable(writer.debtors for writer in self._by_client.values())))

    @property
    def counts(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for writer in self._by_client.values():
            found.update(writer.counts)
        return found

    @property
    def differing(self) -> int:
        return sum(writer.differing for writer in self._by_client.values())


def _result(read: Import, seen: _Seen, writers: _Writers) -> ImportResult:
    counts, request, told = writers.counts, read.request, seen.told
    summary = ""
    if counts[NEW] + counts[CHANGED] + counts[REOPENED] or writers.returned:
        summary = _("imported {file}: {new} new, {changed} changed, {reopened} reopened").format(
            file=request.name, new=counts[NEW], changed=counts[CHANGED], reopened=counts[REOPENED]
        )
    if writers.returned:
        summary += _(", {count} returned").format(count=len(writers.returned))
    return replace(
        read_as(read, sorted(seen.errors)),
        rows=told.rows,
        new=counts[NEW],
        changed=counts[CHANGED],
        unchanged=counts[UNCHANGED],
        reopened=counts[REOPENED],
        repeated=told.repeated,
        left_out=told.left_out,
        people=writers.people,
        totals=dict(seen.totals),
        rounded=told.rounded,
        policies=tuple(sorted(writers.policies)),
        remarks=tuple(told.remarks),
        closed=len(writers.returned),
        summary=summary,
        warnings=_warnings(told.rounded, writers),
    )


def _warnings(rounded: int, writers: _Writers) -> tuple[str, ...]:
    warnings = [*writers.near, *writers.told()]
    for client, count in writers.missing.items():
        text = _("{count} open accounts of {client} are not in this file (--complete gives them back)")
        warnings.append(text.format(count=count, client=client))
    if writers.differing:
        text = _(
            "{count} balances are not what the ledger has: `show` has both; to take them over: {command}"
        )
        command = "collectctl charge --as-stated --client NAME"
        warnings.append(text.format(count=writers.differing, command=command))
    if "none" in writers.policies:
        warnings.append(
            _("no contact policy fits, no rule is checked: collectctl policies set cn|us-regf|uk")
        )
    return (*warnings, *rounded_note(rounded))
