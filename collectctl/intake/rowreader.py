"""One row of cells into one typed account, or into the errors that say why not."""

from collections.abc import Sequence

from collectctl.domain.stated import RowError, StatedAccount
from collectctl.domain.words import _
from collectctl.intake.cellreader import CellReader
from collectctl.intake.cells import NOTHING, parse_identity, parse_phones
from collectctl.intake.columns import Column
from collectctl.intake.defaults import Defaults
from collectctl.intake.errors import BadCell, ClientMissing, ColumnMissing, CurrencyMissing
from collectctl.intake.files import Table
from collectctl.intake.money import AmountColumn, Currencies, Said
from collectctl.intake.persons import full_name, person_columns, read_contacts, read_phones
from collectctl.intake.recognise import Recognition
from collectctl.intake.totals import is_total


class RowReader:
    """Compiled once for a file; `read` types a row. Raises ClientMissing, CurrencyMissing, DatesAmbiguous."""

    def __init__(self, table: Table, recognition: Recognition, defaults: Defaults) -> None:
        balance = recognition.first("balance", "placed_amount")
        if balance is None:
            raise ColumnMissing(table.name, "balance")
        self.errors: list[RowError] = []
        self.left_out = 0
        self._width = len(recognition.columns)
        self._header = [column.header for column in recognition.columns]
        self._client = client_column(table, recognition, defaults)
        self._default_client = defaults.client or ""
        self._account = account_column(table, recognition)
        self._balance = AmountColumn(table, balance, recognition.first_row)
        self._currency = recognition.first("currency")
        said = Said(defaults.currency, defaults.client_currencies, defaults.policy_currency)
        self._currencies = Currencies(table.name, said)
        self._cells = CellReader(table, recognition, defaults.dates)
        self._names = [
            column.index
            for field in ("name", "first_name", "middle_name", "last_name")
            for column in recognition.of(field)
        ]
        self._phone_columns = recognition.of("phone")
        self._phones = [(column.index, column.detail) for column in self._phone_columns]
        self._persons = person_columns(recognition)
        self._ours = bool(table.ours)
        self._extra = [
            (column.index, column.header if self._ours else column.name)
            for column in recognition.columns
            if column.field is None and column.how != "ignored"
        ]

    @property
    def rounded(self) -> int:
        """Floats that were rounded; the balance is counted once where it is read as placed amount too."""
        return self._cells.rounded + (self._balance.rounded if self._balance.field == "balance" else 0)

    def key(self, row: int, raw: Sequence[str]) -> tuple[str, str]:
        """Client and number of a row as `read` gives them, where it does not refuse them."""
        number = _at(raw, self._account.index) if self._account else str(row)
        if not (number.isalnum() and number.isascii()):
            try:
                number = parse_identity(number)
            except BadCell:
                number = ""
        client = _at(raw, self._client.index).strip() if self._client else ""
        return client or self._default_client, number

    def read(self, row: int, raw: Sequence[str]) -> StatedAccount | None:
        """The account of a row; None for a blank row, a totals row, and a row with errors (see `errors`)."""
        cells = list(map(str.strip, raw))
        if not any(cells):
            return None
        surplus: list[str] = []
        if len(cells) != self._width:
            surplus = cells[self._width :]
            cells = cells[: self._width] + [""] * (self._width - len(cells))
        number = cells[self._account.index] if self._account else str(row)
        if self._is_no_account(number, cells):
            self.left_out += 1
            return None
        before = len(self.errors)
        if any(surplus):
            self.errors.append(surplus_error(row, surplus, self._width))
        account = self._typed(row, number, cells)
        return account if len(self.errors) == before else None

    def _is_no_account(self, number: str, cells: list[str]) -> bool:
        own = number if self._account and number not in NOTHING else ""
        return is_total(cells, own) or cells == self._header

    def _typed(self, row: int, number_cell: str, cells: list[str]) -> StatedAccount | None:
        errors = self.errors
        number = self._number(row, number_cell)
        client = cells[self._client.index] if self._client else ""
        client = client or self._default_client
        if not client and self._client:
            errors.append(RowError(row, self._client.name, "", _("no client")))
        balance_cell = cells[self._balance.index]
        currency = self._row_currency(row, cells, balance_cell, client)
        if currency is None:
            return None
        balance = self._row_balance(row, balance_cell, currency)
        values = self._cells.read(row, cells, currency, errors)
        extra = {name: cells[index] for index, name in self._extra if cells[index]}
        phones = read_phones(self._phones, cells, whole=self._ours) if self._phones else ()
        if len(phones) < len(self._phones) and not self._ours:
            self._keep_wordy_phones(cells, extra)
        contacts = read_contacts(self._persons, cells, ours=self._ours) if self._persons else ()
        name = full_name(self._names, cells) if self._names else ""
        return StatedAccount(row, number, name, client, currency, balance, values, phones, contacts, extra)

    def _number(self, row: int, cell: str) -> str:
        column = self._account.name if self._account else ""
        try:
            number = parse_identity(cell)
        except BadCell as bad:
            self.errors.append(RowError(row, column, cell, str(bad)))
            return ""
        if not number:
            self.errors.append(RowError(row, column, cell, _("no account number")))
        return number

    def _row_currency(self, row: int, cells: list[str], balance: str, client: str) -> str | None:
        column = self._currency
        stated = cells[column.index] if column and cells[column.index] not in NOTHING else ""
        sign = self._balance.sign(balance)
        try:
            return self._currencies.choose(stated, sign, client)
        except CurrencyMissing:
            if balance not in NOTHING:
                raise
            # a row that ends early says nothing about the file
            self.errors.append(RowError(row, self._balance.name, balance, _("no balance")))
            return None
        except BadCell as bad:
            name, cell = (column.name, stated) if column and stated else (self._balance.name, balance)
            self.errors.append(RowError(row, name, cell, str(bad)))
            return None

    def _row_balance(self, row: int, cell: str, currency: str) -> int:
        try:
            minor = self._balance.minor(cell, currency)
        except BadCell as bad:
            if self._balance.field == "balance":  # a placed amount is read, and refused, once more as itself
                self.errors.append(RowError(row, self._balance.name, cell, str(bad)))
            return 0
        if minor is None:
            self.errors.append(RowError(row, self._balance.name, cell, _("no balance")))
        return minor or 0

    def _keep_wordy_phones(self, cells: list[str], extra: dict[str, str]) -> None:
        """A phone cell without any number (空号) is kept as it is, not lost."""
        for column in self._phone_columns:
            cell = cells[column.index]
            if cell not in NOTHING and not parse_phones(cell):
                extra[column.name] = cell


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def surplus_error(row: int, surplus: Sequence[str], width: int) -> RowError:
    """The error of a row with filled cells beyond the `width` of the header: one of them is out of place."""
    at, cell = next((at, cell) for at, cell in enumerate(surplus, width + 1) if cell)
    return RowError(row, f"column {at}", cell, _("more cells than the header has columns"))


def account_column(table: Table, recognition: Recognition) -> Column | None:
    """Where the account number stands (the client's customer number stands in for it); None for row numbers.

    Raises ColumnMissing.
    """
    if recognition.numbered:
        return None
    column = recognition.first("account", "client_customer")
    if column is None:
        raise ColumnMissing(table.name, "account")
    return column


def client_column(table: Table, recognition: Recognition, defaults: Defaults) -> Column | None:
    """The column that names the client, if there is one. Raises ClientMissing where nothing names it."""
    column = recognition.first("client")
    if column is None and not defaults.client:
        raise ClientMissing(table.name)
    return column
