"""A list of promises that an older system or another collector kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from collectctl.domain.stated import RowError, StatedPromise
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.lightrows import CurrencyOf, LightRows, RowCurrencies, needed, text_of, texts_of
from collectctl.intake.recognise import Recognition


@dataclass(frozen=True)
class Promises:
    """What such a file states. `rows` = promises + without + rows with errors."""

    promises: list[StatedPromise]
    errors: list[RowError]  # several for one row, where several cells are wrong
    rows: int  # data rows read, without blank rows and totals
    left_out: int  # totals rows
    without: int  # rows without a promised day: contacts that brought no promise
    rounded: int  # spreadsheet floats rounded to the currency's decimals


def read_promises(
    table: Table, recognition: Recognition, defaults: Defaults, currency_of: CurrencyOf
) -> Promises:
    """All promises of a file, in the order of its rows; whether a promise can be meant so is not judged.

    Raises DatesAmbiguous, NoSuchCurrency.
    """
    rows = LightRows(table, recognition, defaults)
    currencies = RowCurrencies(table, recognition, defaults, currency_of, rows)
    reader = _PromiseReader(table, recognition, rows, currencies)
    promises: list[StatedPromise] = []
    without = 0
    for row, cells in rows:
        before = len(rows.errors)
        promise = reader.read(row, cells)
        if promise:
            promises.append(promise)
        elif len(rows.errors) == before:
            without += 1
    return Promises(promises, rows.errors, rows.rows, rows.left_out, without, reader.rounded)


class _PromiseReader:
    """Compiled once for a file; what is wrong with a row is added to the errors of `rows`."""

    def __init__(
        self, table: Table, recognition: Recognition, rows: LightRows, currencies: RowCurrencies
    ) -> None:
        made_on = recognition.first("made_on")
        self._rows = rows
        self._currencies = currencies
        self._amount = rows.amount_column(needed(table, recognition, "promised_amount"))
        self._due_on = rows.date_column(needed(table, recognition, "promised_on"))
        self._made_on = rows.date_column(made_on) if made_on else None
        self._payer = recognition.first("payer")
        self._texts = recognition.of("remarks")

    @property
    def rounded(self) -> int:
        return self._amount.rounded

    def read(self, row: int, cells: Sequence[str]) -> StatedPromise | None:
        """The promise of a row; None where it states none, or was refused."""
        rows = self._rows
        before = len(rows.errors)
        due_on = rows.date(row, self._due_on, cells)
        if not due_on and len(rows.errors) == before:
            return None
        rows.refuse_surplus(row, cells)
        whose = rows.whose(row, cells)
        currency = self._currencies.choose(row, whose, cells, [self._amount]) if whose else None
        if whose is None or currency is None:
            return None
        made_on = rows.date(row, self._made_on, cells)
        amount = rows.amount(row, self._amount, cells, currency)
        if len(rows.errors) > before:
            return None
        if amount is None or amount <= 0:
            why = _("no amount") if amount is None else _("not above zero")
            rows.refuse(row, self._amount, cells[self._amount.index], why)
            return None
        text = texts_of(self._texts, cells)
        payer = text_of(self._payer, cells)
        return StatedPromise(row, whose.number, whose.client, made_on, due_on, currency, amount, payer, text)
