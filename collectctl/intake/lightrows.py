"""Rows that name an account and say little about it: what lists of recalls, payments and promises share."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from collectctl.domain.records import Record
from collectctl.domain.stated import RowError
from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING, parse_identity
from collectctl.intake.columns import Column
from collectctl.intake.currencies import NO_CURRENCY
from collectctl.intake.datecolumn import DateColumn
from collectctl.intake.defaults import Defaults
from collectctl.intake.errors import BadCell, ColumnMissing
from collectctl.intake.files import Table
from collectctl.intake.money import AmountColumn, Currencies, Said
from collectctl.intake.recognise import Recognition
from collectctl.intake.rowreader import account_column, surplus_error
from collectctl.intake.totals import is_total

CurrencyOf = Callable[[str, str | None], str]
"""(number, client) -> the currency of that account in the book, "" where it is unknown."""


class Whose(Record):
    """The account that a row is about."""

    number: str
    client: str | None  # None where neither a column nor the user names it


class LightRows:
    """The rows of such a list, to be iterated once, and the reading of their cells.

    Rows come as trimmed cells, at least as many as the header has. A cell that can't be read is added to
    `errors` and reads as nothing. `rows` and `left_out` are complete when the iteration is.
    """

    def __init__(self, table: Table, recognition: Recognition, defaults: Defaults) -> None:
        self.errors: list[RowError] = []
        self.rows = 0  # without blank rows and totals
        self.left_out = 0  # totals, and a header printed again
        self._table = table
        self._first_row = recognition.first_row
        self._header = [column.header for column in recognition.columns]
        self._account = _debtor_column(table, recognition)
        self._client = recognition.first("client")
        self._default_client = defaults.client
        self._order = defaults.dates

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self._header)
        for row, raw in islice(self._table.rows(), self._first_row - 1, None):
            cells = list(map(str.strip, raw))
            if not any(cells):
                continue
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            if self._is_no_row(cells):
                self.left_out += 1
            else:
                self.rows += 1
                yield row, cells

    def _is_no_row(self, cells: list[str]) -> bool:
        number = cells[self._account.index] if self._account else ""
        return is_total(cells, "" if number in NOTHING else number) or cells == self._header

    def whose(self, row: int, cells: Sequence[str]) -> Whose | None:
        """The account of a row; None where the row names none that can be read."""
        cell = cells[self._account.index] if self._account else str(row)
        before = len(self.errors)
        number = self._number(row, self._account.name if self._account else "", cell)
        if not number:
            if len(self.errors) == before:
                self.refuse(row, self._account, cell, _("no account number"))
            return None
        return Whose(number, (cells[self._client.index] if self._client else "") or self._default_client)

    def refuse_surplus(self, row: int, cells: Sequence[str]) -> None:
        """An error where a cell stands beyond the header: an amount may have been cut in two at its comma."""
        width = len(self._header)
        if len(cells) > width and any(cells[width:]):
            self.errors.append(surplus_error(row, cells[width:], width))

    def refuse(
        self, row: int, column: Column | AmountColumn | DateColumn | None, cell: str, why: str
    ) -> None:
        self.errors.append(RowError(row, column.name if column else "", cell, why))

    def identity(self, row: int, column: Column | None, cells: Sequence[str]) -> str:
        """A number as text, "" where there is none."""
        return self._number(row, column.name, cells[column.index]) if column else ""

    def _number(self, row: int, name: str, cell: str) -> str:
        try:
            return parse_identity(cell)
        except BadCell as bad:
            self.errors.append(RowError(row, name, cell, str(bad)))
            return ""

    def date_column(self, column: Column) -> DateColumn:
        return DateColumn(self._table, column, self._first_row, self._order)

    def date(self, row: int, column: DateColumn | None, cells: Sequence[str]) -> str:
        """ISO text, "" where there is none. Raises DatesAmbiguous."""
        cell = cells[column.index] if column else ""
        if column is None or not cell:
            return ""
        try:
            return column.iso(cell)
        except BadCell as bad:
            self.refuse(row, column, cell, str(bad))
            return ""

    def amount_column(self, column: Column) -> AmountColumn:
        return AmountColumn(self._table, column, self._first_row)

    def amount(self, row: int, column: AmountColumn, cells: Sequence[str], currency: str) -> int | None:
        """Minor units, None where there is none."""
        cell = cells[column.index]
        if not cell:
            return None
        try:
            return column.minor(cell, currency)
        except BadCell as bad:
            self.refuse(row, column, cell, str(bad))
            return None


class RowCurrencies:
    """The currency of rows about accounts that the book may know."""

    def __init__(
        self,
        table: Table,
        recognition: Recognition,
        defaults: Defaults,
        currency_of: CurrencyOf,
        rows: LightRows,
    ) -> None:
        last = defaults.policy_currency or NO_CURRENCY
        said = Said(defaults.currency, defaults.client_currencies, last)
        self._currencies = Currencies(table.name, said)
        self._column = recognition.first("currency")
        self._currency_of = currency_of
        self._rows = rows

    def choose(
        self, row: int, whose: Whose, cells: Sequence[str], amounts: Sequence[AmountColumn]
    ) -> str | None:
        """ISO 4217 code of a row with these `amounts`, the first being the one that counts; None, and an
        error, where what the file says is no currency or not the account's."""
        stated = text_of(self._column, cells)
        sign = next(filter(None, (amount.sign(cells[amount.index]) for amount in amounts)), ())
        own = self._currency_of(whose.number, whose.client)
        try:
            return self._currencies.choose(stated, sign, whose.client or "", own)
        except BadCell as bad:
            column = self._column if self._column and stated else amounts[0]
            self._rows.refuse(row, column, cells[column.index], str(bad))
            return None


def _debtor_column(table: Table, recognition: Recognition) -> Column | None:
    """Where a row says whose it is; numbers to dial are a person's, whom an identity number names too."""
    if recognition.kind == "phones" and recognition.first("account", "client_customer") is None:
        return recognition.first("id_number")
    return account_column(table, recognition)


def needed(table: Table, recognition: Recognition, field: str) -> Column:
    """The column of a field. Raises ColumnMissing."""
    column = recognition.first(field)
    if column is None:
        raise ColumnMissing(table.name, field)
    return column


def texts_of(columns: Sequence[Column], cells: Sequence[str]) -> str:
    """What several columns say, each text once, one below the other."""
    texts = dict.fromkeys(text_of(column, cells) for column in columns)
    return "\n".join(filter(None, texts))


def text_of(column: Column | None, cells: Sequence[str]) -> str:
    """A cell of text, "" where it says nothing."""
    cell = cells[column.index] if column else ""
    return "" if cell in NOTHING else cell
