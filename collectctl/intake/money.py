"""The money columns of a file: which currency a row is in, and amounts read fast where they are plain."""

from collections.abc import Mapping

from collectctl.domain.money import exponent
from collectctl.domain.records import Record
from collectctl.domain.words import _
from collectctl.intake.amounts import is_indian, read_amount, sign_of
from collectctl.intake.columns import Column
from collectctl.intake.currencies import CODES, meant
from collectctl.intake.errors import BadCell, CurrencyMissing, NoSuchCurrency
from collectctl.intake.files import Table

_PLAIN = 15  # characters up to which plain digits are surely an amount


class AmountColumn:
    """One column of amounts; counts the floats that it rounded."""

    def __init__(self, table: Table, column: Column, first_row: int) -> None:
        self.index = column.index
        self.name = column.name
        self.field = column.field or ""
        self.rounded = 0
        self._header_says = column.currencies
        self._scale = column.scale
        self._table = table
        self._first_row = first_row
        self._indian: bool | None = None
        self._in_cents: set[str] = set()  # currencies of two decimals that the header does not contradict

    def minor(self, cell: str, currency: str) -> int | None:
        """Minor units of a trimmed cell, None where it says nothing. Raises BadCell."""
        if cell[-3:-2] == "." and currency in self._in_cents:
            digits = cell[:-3] + cell[-2:]
            if len(digits) <= _PLAIN and digits.isdecimal():
                return int(digits)
        return self._plain(cell, currency)

    def _plain(self, cell: str, currency: str) -> int | None:
        whole, dot, cents = cell.partition(".")
        places = exponent(currency)
        if (
            len(cell) > _PLAIN
            or len(cents) > places
            or not (whole.isdecimal() and (cents.isdecimal() or not dot))
        ):
            return self._slowly(cell, currency)
        self._check(self._header_says, currency)
        if places == 2 and self._scale == 1:
            self._in_cents.add(currency)
        return int(whole + cents.ljust(places, "0")) * self._scale

    def sign(self, cell: str) -> tuple[str, ...]:
        """The currencies that the cell or the header may mean."""
        return sign_of(cell) or self._header_says

    def _slowly(self, cell: str, currency: str) -> int | None:
        indian = is_indian(cell) is True and self._is_indian()
        amount = read_amount(cell, currency, indian=indian, scale=self._scale)
        if amount is None:
            return None
        self._check(amount.currencies or self._header_says, currency)
        self.rounded += amount.rounded
        return amount.minor

    def _check(self, said: tuple[str, ...], currency: str) -> None:
        if said and currency not in said:
            raise BadCell(
                _("the sign says {sign}, the row is in {currency}").format(sign=said[0], currency=currency)
            )

    def _is_indian(self) -> bool:
        """Whether no cell of the column is grouped by thousands; read once, when a cell asks."""
        if self._indian is None:
            self._indian = not any(
                row >= self._first_row and len(cells) > self.index and is_indian(cells[self.index]) is False
                for row, cells in self._table.rows()
            )
        return self._indian


class Said(Record):
    """What is known of the currency before a row is read; see `Currencies`."""

    given: str | None  # by the user
    of_clients: Mapping[str, str]  # each client's last import
    of_policy: str | None


class Currencies:
    """The currency of each row: its column, else a sign, else what the user gave, the account's own, the
    client's last or the policy's. Raises NoSuchCurrency where the user gave none of ISO 4217."""

    def __init__(self, name: str, said: Said) -> None:
        if said.given and said.given not in CODES:
            raise NoSuchCurrency(said.given)
        self._name = name
        self._said = said
        self._known: dict[tuple[str, tuple[str, ...], str, str], str] = {}

    def choose(self, stated: str, sign: tuple[str, ...], client: str, own: str = "") -> str:
        """ISO 4217 code; `own` is the account's in the book, "" where there is none.

        Raises BadCell for this row, also where it can't be the account's currency; CurrencyMissing where
        nothing in the file says it.
        """
        key = (stated, sign, client, own)
        if key not in self._known:
            chosen = self._decide(*key)
            if own and chosen != own:
                raise BadCell(_("in {currency}, the account is in {own}").format(currency=chosen, own=own))
            self._known[key] = chosen
        return self._known[key]

    def _decide(self, stated: str, sign: tuple[str, ...], client: str, own: str) -> str:
        given = self._said.given
        known = (given, own, self._said.of_clients.get(client), self._said.of_policy)
        hints = [code for code in known if code]
        if stated:
            possible = meant(stated)
            if not possible:
                raise BadCell(_("not a currency"))
            return next((code for code in hints if code in possible), possible[0])
        if sign:
            if given and given not in sign:
                raise BadCell(
                    _("the sign says {sign}, --currency says {currency}").format(sign=sign[0], currency=given)
                )
            return next((code for code in hints if code in sign), sign[0])
        if not hints:
            raise CurrencyMissing(self._name)
        return hints[0]
