"""A list of payments, or a payment schedule: what came in when and, in a schedule, what was due when."""

from collections.abc import Sequence
from dataclasses import dataclass

from collectctl.domain.stated import RowError, StatedInstalment, StatedPayment
from collectctl.domain.words import _
from collectctl.intake.cells import NO, YES
from collectctl.intake.datecolumn import DateColumn
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.lightrows import CurrencyOf, LightRows, RowCurrencies, Whose, needed, text_of
from collectctl.intake.money import AmountColumn
from collectctl.intake.recognise import Recognition


@dataclass(frozen=True)
class Payments:
    """What such a file states. `rows` = payments + empty + rows with errors."""

    payments: list[StatedPayment]
    instalments: list[StatedInstalment]  # of a schedule, those of empty rows too
    errors: list[RowError]  # several for one row, where several cells are wrong
    rows: int  # data rows read, without blank rows and totals
    left_out: int  # totals rows
    empty: int  # rows that say that nothing came
    rounded: int  # spreadsheet floats rounded to the currency's decimals


def read_payments(
    table: Table, recognition: Recognition, defaults: Defaults, currency_of: CurrencyOf
) -> Payments:
    """All rows of a file of payments, in their order. Raises DatesAmbiguous, NoSuchCurrency."""
    rows = LightRows(table, recognition, defaults)
    currencies = RowCurrencies(table, recognition, defaults, currency_of, rows)
    reader = _PaymentReader(table, recognition, rows, currencies)
    payments: list[StatedPayment] = []
    instalments: list[StatedInstalment] = []
    empty = 0
    for row, cells in rows:
        before = len(rows.errors)
        payment, instalment = reader.read(row, cells)
        if len(rows.errors) > before:
            continue
        if instalment:
            instalments.append(instalment)
        if payment:
            payments.append(payment)
        else:
            empty += 1
    return Payments(payments, instalments, rows.errors, rows.rows, rows.left_out, empty, reader.rounded)


class _PaymentReader:
    """Compiled once for a file; `read` types a row, or adds what is wrong with it to the errors of `rows`."""

    def __init__(
        self, table: Table, recognition: Recognition, rows: LightRows, currencies: RowCurrencies
    ) -> None:
        due = recognition.first("instalment_due")
        self._rows = rows
        self._currencies = currencies
        self._amount = rows.amount_column(needed(table, recognition, "paid_amount"))
        self._on = rows.date_column(needed(table, recognition, "paid_on"))
        self._due = rows.amount_column(due) if due else None
        due_on = recognition.first("due_date")
        self._due_on = rows.date_column(due_on) if due_on else None
        self._amounts = [self._amount, self._due] if self._due else [self._amount]
        self._reference = recognition.first("reference")
        self._method = recognition.first("method")
        self._payer = recognition.first("payer")
        self._settled = recognition.first("settled")
        self._extra = [c for c in recognition.columns if c.field is None and c.how != "ignored"]

    @property
    def rounded(self) -> int:
        return sum(column.rounded for column in self._amounts)

    def read(self, row: int, cells: Sequence[str]) -> tuple[StatedPayment | None, StatedInstalment | None]:
        """The payment and the instalment of a row, None for what it does not state; to be used only where
        the row added no error."""
        rows = self._rows
        before = len(rows.errors)
        rows.refuse_surplus(row, cells)
        whose = rows.whose(row, cells)
        currency = self._currencies.choose(row, whose, cells, self._amounts) if whose else None
        if whose is None or currency is None:
            return None, None
        amount = rows.amount(row, self._amount, cells, currency)
        on = rows.date(row, self._on, cells)
        reference = rows.identity(row, self._reference, cells)
        instalment = self._instalment(row, cells, whose, currency, amount or 0, on)
        if len(rows.errors) > before or not self._is_sound(row, cells, amount, on):
            return None, None
        if not amount:
            return None, instalment
        method, payer = text_of(self._method, cells), text_of(self._payer, cells)
        settled, extra = self._settles(cells), self._kept(cells, instalment)
        payment = StatedPayment(row, *whose, on, currency, amount, reference, method, payer, settled, extra)
        return payment, instalment

    def _instalment(
        self, row: int, cells: Sequence[str], whose: Whose, currency: str, paid: int, paid_on: str
    ) -> StatedInstalment | None:
        """None in a list that is no schedule, and for a row without a day or an amount due."""
        if self._due is None:
            return None
        due = self._rows.amount(row, self._due, cells, currency) or 0
        due_on = self._rows.date(row, self._due_on, cells)
        if due < 0:
            self._rows.refuse(row, self._due, cells[self._due.index], _("not above zero"))
        if due <= 0 or not due_on:
            return None
        return StatedInstalment(row, whose.number, currency, due_on, due, paid_on if paid else "", paid)

    def _settles(self, cells: Sequence[str]) -> bool:
        return text_of(self._settled, cells).lower() in YES

    def _is_sound(self, row: int, cells: Sequence[str], amount: int | None, on: str) -> bool:
        """Whether amount and day go together; where they don't, an error is added."""
        column: AmountColumn | DateColumn = self._amount
        why = ""
        if amount is None or (amount == 0 and self._due):
            if self._due is None and (on or self._settles(cells)):
                why = _("no amount")
        elif amount <= 0:
            why = _("not above zero; what went back is recorded with: collectctl payment reverse")
        elif not on:
            column, why = self._on, _("no date")
        if why:
            self._rows.refuse(row, column, cells[column.index], why)
        return not why

    def _kept(self, cells: Sequence[str], instalment: StatedInstalment | None) -> dict[str, str]:
        """The cells that no other part of the payment states: unknown columns, a settled that is neither yes
        nor no, and in a schedule what is no whole instalment."""
        extra = {column.name: cells[column.index] for column in self._extra if cells[column.index]}
        settled = text_of(self._settled, cells)
        if self._settled and settled and settled.lower() not in YES | NO:
            extra[self._settled.name] = settled
        if instalment is None and self._due:
            lone = (column for column in (self._due, self._due_on) if column and cells[column.index])
            extra.update((column.name, cells[column.index]) for column in lone)
        return extra
