"""What lists about accounts of the book share: whose a row is, when to stop, and what to say in the end."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Generic, TypeVar

from collectctl.domain.errors import NotFound
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.importing import RowsRejected, as_json, header_text
from collectctl.domain.nearness import Near, NumbersNear, near_key
from collectctl.domain.records import Record
from collectctl.domain.results.importing import ImportResult, Listed, MoneyImported
from collectctl.domain.stated import (
    RowError,
    StatedActivity,
    StatedExtension,
    StatedNumbers,
    StatedPayment,
    StatedPromise,
)
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.recognise import Recognition
from collectctl.intake.rows import rejects
from collectctl.store import imports, worklist
from collectctl.store.journal import Unit
from collectctl.store.persons import load_persons
from collectctl.usecases.import_request import ImportRequest, Progress, SaveRejects

_PERSONS = 400  # loaded at a time
Row = TypeVar("Row", StatedPayment, StatedPromise, StatedNumbers, StatedExtension, StatedActivity)


class NoKnownAccount(NotFound):
    def __init__(self, file: str, rows: int, *, perhaps_accounts: bool) -> None:
        """`perhaps_accounts`: the file was taken for a list only because it states no balance."""
        hint = _("import the accounts first, or name the book with --db")
        balance = _('are these the accounts? Then say which column is the balance: --map "COLUMN=balance"')
        super().__init__(
            _("{file}: none of the {rows} rows is about an account of the book").format(file=file, rows=rows),
            balance if perhaps_accounts else hint,
        )


class Import(Record):
    """A file that is being imported: what was asked, how it was recognised, and the unit that writes."""

    made: Unit
    request: ImportRequest
    table: Table
    found: Recognition
    defaults: Defaults
    mapping: Mapping[str, str]
    now: datetime
    progress: Progress
    save_rejects: SaveRejects | None


def of_several(row: int, column: str, number: str) -> RowError:
    """Why a row is about no account: more than one client has it."""
    return RowError(row, column, number, _("several clients have that number: --client NAME"))


def stopped(read: Import, errors: Sequence[RowError]) -> bool:
    """Whether bad rows stop the import."""
    return bool(errors) and not read.request.skip_bad and not read.request.dry_run


def refuse_bad(read: Import, errors: Sequence[RowError], besides: Sequence[RowError] = ()) -> None:
    """Write the rejects file where one is asked for, with what is left out `besides`; stop at bad rows.

    Raises `RowsRejected` (4).
    """
    if (errors or besides) and read.save_rejects:
        read.save_rejects(list(rejects(read.table, read.found, [*errors, *besides])))
    if stopped(read, errors):
        fields = {column.name: column.field for column in read.found.columns}
        raise RowsRejected(read.request.name, tuple(sorted(errors)), fields)


class NearNumbers:
    """The numbers of the book that are nearly those of a file; read when the first unknown one comes."""

    def __init__(self, connection: sqlite3.Connection, client: str | None, match: bool | None) -> None:
        self._read = cache(lambda: imports.near_numbers(connection, client))
        self._match = match
        self.doubtful: list[Near] = []  # where nobody has said whether they are the same

    def known(self, number: str) -> str:
        """The one number of the book that `number` is, where such numbers are the same; else ""."""
        found = self._nearly(number) if self._match else []
        return found[0] if len(found) == 1 else ""

    def same(self, row: int, number: str) -> str:
        """The same for a row, kept as doubtful where nobody has said so."""
        if self._match is None and (found := self._nearly(number)):
            self.doubtful.append(Near(row, number, found[0]))
        return self.known(number)

    def _nearly(self, number: str) -> list[str]:
        return [known for known in self._read().get(near_key(number), ()) if known != number]

    def refuse(self, read: "Import") -> tuple[str, ...]:
        """A warning in a dry run; else raises `NumbersNear` (4) where some are doubtful."""
        if not self.doubtful:
            return ()
        error = NumbersNear(read.request.name, self.doubtful)
        if read.request.dry_run:
            return (f"{error.message}: {error.hint}",)
        raise error


class Accounts:
    """The accounts of the book by number, looked up once each."""

    def __init__(self, read: Import) -> None:
        connection = read.made.connection
        self.near = NearNumbers(connection, None, read.request.match_zeros)
        self._found = cache(lambda number: imports.accounts_numbered(connection, number))

    def currency(self, number: str, client: str | None) -> str:
        """The currency of the account, "" where the book does not know it."""
        found = self._exactly(number, client) or self._exactly(self.near.known(number), client)
        return found[0].currency if found else ""

    def fitting(self, row: int, number: str, client: str | None) -> list[imports.Numbered]:
        """The accounts under the number that a row names."""
        found = self._exactly(number, client)
        return found or self._exactly(self.near.same(row, number), client)

    def _exactly(self, number: str, client: str | None) -> list[imports.Numbered]:
        return [a for a in self._found(number) if client in (None, a.client)]


class Rows(Generic[Row]):
    """The rows of a file by the account that they are about; `unknown` are about none of the book."""

    def __init__(self, accounts: Accounts, rows: Sequence[Row], column: str) -> None:
        self._near = accounts.near
        self.by_account: dict[int, list[Row]] = {}
        self.unknown: list[Row] = []
        self.errors: list[RowError] = []
        self.count = len(rows)
        self.persons: set[int] = set()
        self.clients: set[str] = set()
        for row in rows:
            found = accounts.fitting(row.row, row.number, row.client)
            if len(found) > 1:
                self.errors.append(of_several(row.row, column, row.number))
            elif found:
                self.by_account.setdefault(found[0].account, []).append(row)
                self.persons.add(found[0].person)
                self.clients.add(found[0].client)
            else:
                self.unknown.append(row)

    def people(self, made: Unit) -> Iterator[tuple[PersonFile, list[tuple[AccountFile, list[Row]]]]]:
        """Each person with those of their accounts that rows are about, and the rows."""
        persons = sorted(self.persons)
        for start in range(0, len(persons), _PERSONS):
            for person in load_persons(made.connection, persons[start : start + _PERSONS]):
                yield (
                    person,
                    [(a, self.by_account[a.id]) for a in person.accounts if a.id in self.by_account],
                )

    def files(self, made: Unit) -> Iterator[tuple[AccountFile, list[Row]]]:
        """Each account with its rows."""
        for _person, files in self.people(made):
            yield from files

    @property
    def strangers(self) -> tuple[str, ...]:
        """The numbers of accounts that the book does not know, once each."""
        return tuple(dict.fromkeys(row.number for row in self.unknown))

    def refuse(self, read: Import, errors: Sequence[RowError]) -> tuple[str, ...]:
        """Write the rejects file where one is asked for; stop at bad rows, and where no row is of this book.

        An account that is not in the book stops nothing: a client's file is about other collectors' too.
        Raises `RowsRejected` and `NumbersNear` (4), `NoKnownAccount` (3); returns what to warn of instead.
        """
        request = read.request
        text = _("no such account in the book")
        column = read.found.name_of("account")
        missing: list[RowError] = [RowError(row.row, column, row.number, text) for row in self.unknown]
        refuse_bad(read, errors, missing)
        warnings = self._near.refuse(read)
        if self.count and len(self.unknown) == self.count and not request.dry_run:
            told = read.found.kind == "phones" and request.kind is None
            raise NoKnownAccount(request.name, self.count, perhaps_accounts=told)
        return warnings

    def finish(self, read: Import, persons: Collection[int] | None = None) -> None:
        """Remember how the columns were read, for these clients' next file; bring the list up to date for
        `persons`, or whomever a row was about."""
        made, now = read.made, read.now
        if made.facts.count:
            for client in sorted(self.clients):
                made.facts.add(
                    "import_batch", client=imports.client_id(made, client),
                    file=read.request.name, kind=read.found.kind, currency=None, policy="",
                    header=header_text(read.found.header),
                    mapping=as_json(read.mapping),
                )  # fmt: skip
        touched = sorted(self.persons if persons is None else persons)
        worklist.refresh(made.connection, touched, now.date(), zone_of(now))


def sound(rows: Sequence[Row], errors: Sequence[RowError]) -> list[Row]:
    """The rows that none of `errors` is about."""
    bad = {error.row for error in errors}
    return [row for row in rows if row.row not in bad]


def rounded_note(count: int) -> tuple[str, ...]:
    """What is told of amounts that a spreadsheet had as `2309.7899999999995`."""
    text = _("{count} amounts had a spreadsheet's stray decimals and were rounded")
    return (text.format(count=count),) if count else ()


def read_as(read: Import, errors: Sequence[RowError]) -> ImportResult:
    """What every import says of its file, before it counts what it did."""
    return ImportResult(
        file=read.request.name,
        kind=read.found.kind,
        encoding=read.table.encoding,
        delimiter=read.table.delimiter,
        header_row=read.found.header_row,
        columns=read.found.shown,
        errors=tuple(errors),
        rejected=len({error.row for error in errors}),
        dry_run=read.request.dry_run,
    )


def result_of(
    read: Import, rows: tuple[int, int], errors: Sequence[RowError], done: Listed, totals: Mapping[str, int],
    summary: str, warnings: Sequence[str] = (), rounded: int = 0,
) -> ImportResult:  # fmt: skip
    """`rows` are the data rows and the totals rows left out; `totals` what was added, by currency."""
    money = done if isinstance(done, MoneyImported) else None
    return replace(
        read_as(read, sorted(errors)),
        rows=rows[0],
        new=done.added,
        changed=done.changed,
        unchanged=done.known,
        left_out=rows[1],
        totals=totals,
        summary=summary if done.added or done.changed else "",
        money=money,
        listed=None if isinstance(done, MoneyImported) else done,
        rounded=rounded,
        warnings=(*warnings, *rounded_note(rounded)),
    )
