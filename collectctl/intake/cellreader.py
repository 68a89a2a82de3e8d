"""The recognised fields of a row, besides its number, client and balance: typed values by key."""

from collections.abc import Callable, Sequence

from collectctl.domain.stated import RowError
from collectctl.intake import headers, vocabulary
from collectctl.intake.cells import NO, NOTHING, parse_identity
from collectctl.intake.columns import Column
from collectctl.intake.datecolumn import DateColumn
from collectctl.intake.errors import BadCell
from collectctl.intake.files import Table
from collectctl.intake.money import AmountColumn
from collectctl.intake.recognise import Recognition

_FLAGS = frozenset(["client_flags", "phone_consent"])  # the header says what the cell's yes is about
# read where rows are put together
_ELSEWHERE = {
    "account",
    "client",
    "currency",
    "balance",
    "name",
    "first_name",
    "middle_name",
    "last_name",
    "phone",
}

Reader = Callable[[str], int | str]


def is_amount(field: str) -> bool:
    return field in vocabulary.AMOUNTS or field.startswith("rollback_")


def parse_count(text: str) -> int | str:
    """`91`, `-3`, `91天` as a number; anything else stays text."""
    digits = text.removesuffix("天").strip()
    bare = digits.removeprefix("-")
    return int(digits) if bare.isdecimal() and len(bare) <= 9 else text


class CellReader:
    """Compiled once for a file. Rows come as trimmed cells, as wide as the header."""

    def __init__(self, table: Table, recognition: Recognition, dates: str | None) -> None:
        first = recognition.first_row
        self._texts: list[tuple[int, str]] = []
        self._parsed: list[tuple[int, str, str, Reader]] = []
        self._amounts: list[AmountColumn] = []
        self._several: dict[str, list[Column]] = {}
        for column in recognition.columns:
            field = column.field
            if field is None or field in _ELSEWHERE or headers.person_field(field):
                continue
            if field in vocabulary.SEVERAL and not table.ours:
                self._several.setdefault(field, []).append(column)
            elif is_amount(field):
                self._amounts.append(AmountColumn(table, column, first))
            elif field in vocabulary.DATES:
                self._parse(column, DateColumn(table, column, first, dates).iso)
            else:
                self._add_text(column)
        self._simplify_several()

    def _add_text(self, column: Column) -> None:
        if column.field in vocabulary.COUNTS:
            self._parse(column, parse_count)
        elif column.field in vocabulary.IDENTITIES:
            self._parse(column, parse_identity)
        else:
            self._texts.append((column.index, column.field or ""))

    def _parse(self, column: Column, reader: Reader) -> None:
        self._parsed.append((column.index, column.name, column.field or "", reader))

    def _simplify_several(self) -> None:
        """A field of several columns that has only one here is read like any other."""
        for field, columns in list(self._several.items()):
            if len(columns) == 1 and field not in _FLAGS:
                self._add_text(columns[0])
                del self._several[field]

    @property
    def rounded(self) -> int:
        return sum(column.rounded for column in self._amounts)

    def read(
        self, row: int, cells: Sequence[str], currency: str, errors: list[RowError]
    ) -> dict[str, int | str]:
        """The values of a row; what can't be read is added to `errors`."""
        values: dict[str, int | str] = {}
        for index, field in self._texts:
            cell = cells[index]
            if cell and cell not in NOTHING:
                values[field] = cell
        self._read_amounts(row, cells, currency, values, errors)
        for index, name, field, reader in self._parsed:
            cell = cells[index]
            if cell and cell not in NOTHING:
                try:
                    value = reader(cell)
                except BadCell as bad:
                    errors.append(RowError(row, name, cell, str(bad)))
                    continue
                if value != "":
                    values[field] = value
        if self._several:
            self._join(row, cells, values, errors)
        return values

    def _read_amounts(
        self,
        row: int,
        cells: Sequence[str],
        currency: str,
        values: dict[str, int | str],
        errors: list[RowError],
    ) -> None:
        for column in self._amounts:
            cell = cells[column.index]
            if cell:
                try:
                    minor = column.minor(cell, currency)
                except BadCell as bad:
                    errors.append(RowError(row, column.name, cell, str(bad)))
                    continue
                if minor is not None:
                    values[column.field] = minor

    def _join(
        self, row: int, cells: Sequence[str], values: dict[str, int | str], errors: list[RowError]
    ) -> None:
        """Fields that take several columns: lines of text; for flags `header: cell`, a plain no left out."""
        for field, columns in self._several.items():
            lines = dict.fromkeys(
                _line(field, column, cells[column.index], row, errors)
                for column in columns
                if cells[column.index] and cells[column.index] not in NOTHING
            )
            text = "\n".join(filter(None, lines))
            if text:
                values[field] = text


def _line(field: str, column: Column, cell: str, row: int, errors: list[RowError]) -> str:
    if field == "client_flags":
        return "" if cell.lower() in NO else f"{column.name}: {cell}"
    if field in _FLAGS:
        return f"{column.name}: {cell}"
    if field not in vocabulary.IDENTITIES:
        return cell
    try:
        return parse_identity(cell)
    except BadCell as bad:
        errors.append(RowError(row, column.name, cell, str(bad)))
        return ""
