"""A recognised table into typed accounts: every row typed, rows of one account merged, the rest explained."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from collectctl.domain.records import Record
from collectctl.domain.remarks import Remark, sounds_like_rule
from collectctl.domain.stated import RowError, StatedAccount
from collectctl.intake.columns import ERROR_COLUMN
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.merge import clash, merge
from collectctl.intake.recognise import Recognition
from collectctl.intake.rowreader import RowReader

_REMARKS = 10_000  # listed at most; all are kept with their accounts


class Told(Record):
    """What a file of accounts comes to. `rows` = accounts + repeated + rows with errors."""

    rows: int  # data rows read, without blank rows and totals
    repeated: int  # rows merged into another
    left_out: int  # totals rows
    rounded: int  # spreadsheet floats rounded to the currency's decimals
    remarks: list[Remark]


class Batch(Record):
    """Some accounts of a file, and the errors of rows that were read for them (several for one row, where
    several cells are wrong). The last batch has no accounts and what is `told` of the whole."""

    accounts: list[StatedAccount]
    errors: list[RowError]
    told: Told | None = None


class AccountStream:
    """The accounts of a file one after the other, for files whose accounts should not all be in memory.

    Iterate once; accounts that several rows state come merged, after the others. The counts and `errors` are
    complete when the iteration is. Raises ClientMissing on creation; CurrencyMissing, DatesAmbiguous and
    BadQuotes while iterating.
    """

    def __init__(self, table: Table, recognition: Recognition, defaults: Defaults) -> None:
        self._table = table
        self._recognition = recognition
        self._reader = RowReader(table, recognition, defaults)
        self.errors: list[RowError] = self._reader.errors
        self.remarks: list[Remark] = []
        self.repeated = 0
        self._given = 0

    @property
    def rows(self) -> int:
        return self._given + self.repeated + len({error.row for error in self.errors})

    @property
    def left_out(self) -> int:
        return self._reader.left_out

    @property
    def rounded(self) -> int:
        return self._reader.rounded

    def __iter__(self) -> Iterator[StatedAccount]:
        several = self._stated_again()
        held: dict[tuple[str, str], list[StatedAccount]] = {}
        for account in self._typed():
            key = (account.client, account.number)
            if several and hash(key) in several:
                self._hold(held.setdefault(key, []), account)
            else:
                yield self._give(account)
        for rows in held.values():
            yield self._give(merge(rows, self._recognition.name_of) if len(rows) > 1 else rows[0])

    def _stated_again(self) -> set[int]:
        """Hashes of the accounts that more than one row states; all others need not wait for the end."""
        key = self._reader.key
        marks = sorted(array("q", (hash(key(row, cells)) for row, cells in self._data())))
        return {mark for mark, following in pairwise(marks) if mark == following}

    def _typed(self) -> Iterator[StatedAccount]:
        read = self._reader.read
        for row, cells in self._data():
            account = read(row, cells)
            if account is not None:
                yield account

    def _data(self) -> Iterator[tuple[int, list[str]]]:
        return islice(self._table.rows(), self._recognition.first_row - 1, None)

    def _hold(self, rows: list[StatedAccount], account: StatedAccount) -> None:
        wrong = clash(rows[0], account, self._recognition) if rows else None
        if wrong is None:
            self.repeated += bool(rows)
            rows.append(account)
        else:
            self.errors.append(wrong)

    def _give(self, account: StatedAccount) -> StatedAccount:
        self._given += 1
        for key in ("remarks", "client_flags"):
            text = account.values.get(key)
            if isinstance(text, str) and len(self.remarks) < _REMARKS:
                lines = filter(sounds_like_rule, text.splitlines())
                self.remarks += [Remark(account.row, account.number, line) for line in lines]
        return account


def account_batches(table: Table, recognition: Recognition, defaults: Defaults, size: int) -> Iterator[Batch]:
    """The accounts of a file in batches of `size`, accounts that several rows state after the others.

    Raises what no row can mend: ClientMissing, CurrencyMissing, DatesAmbiguous, BadQuotes.
    """
    stream = AccountStream(table, recognition, defaults)
    accounts, given = iter(stream), 0
    while batch := list(islice(accounts, size)):
        yield Batch(batch, stream.errors[given:])
        given = len(stream.errors)
    told = Told(stream.rows, stream.repeated, stream.left_out, stream.rounded, sorted(stream.remarks))
    yield Batch([], stream.errors[given:], told)


def rejects(table: Table, recognition: Recognition, errors: Iterable[RowError]) -> Iterator[list[str]]:
    """The header and the rows with errors as they stand in the file, each with why in one last column.

    `import` does not read that column, so the mended file imports as it is.
    """
    reasons: dict[int, list[str]] = {}
    for error in errors:
        reasons.setdefault(error.row, []).append(f"{error.column}: {error.message}")
    kept = [column.index for column in recognition.columns if column.how != "ignored"]
    width = len(recognition.columns)
    yield [*(recognition.columns[index].header for index in kept), ERROR_COLUMN]
    for row, cells in table.rows():
        if row in reasons:
            own = [cells[index] if index < len(cells) else "" for index in kept]
            yield [*own, "; ".join(reasons[row]), *cells[width:]]
