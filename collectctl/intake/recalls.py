"""A recall list: the account numbers that a client takes back, with a day and a client where it says so."""

from dataclasses import dataclass
from typing import NamedTuple

from collectctl.domain.stated import RowError
from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING, parse_identity
from collectctl.intake.columns import Column
from collectctl.intake.datecolumn import DateColumn
from collectctl.intake.defaults import Defaults
from collectctl.intake.errors import BadCell
from collectctl.intake.files import Table
from collectctl.intake.recognise import Recognition
from collectctl.intake.rowreader import account_column
from collectctl.intake.totals import is_total


class Recall(NamedTuple):
    """One account to give back."""

    row: int
    number: str
    client: str | None  # None where neither a column nor the user names it
    on: str | None  # ISO date


@dataclass(frozen=True)
class Recalls:
    recalls: list[Recall]
    errors: list[RowError]
    rows: int  # data rows read
    repeated: int  # rows that name an account again
    left_out: int  # totals rows


def read_recalls(table: Table, recognition: Recognition, defaults: Defaults) -> Recalls:
    """All rows of a recall list; an account that is named again counts once. Raises DatesAmbiguous."""
    reader = _RecallReader(table, recognition, defaults)
    found: dict[tuple[str | None, str], Recall] = {}
    count = 0
    for row, raw in table.rows():
        cells = list(map(str.strip, raw)) if row >= recognition.first_row else []
        recall = reader.read(row, cells) if any(cells) else None
        if recall is not None:
            count += 1
            found.setdefault((recall.client, recall.number), recall)
    rejected = len({error.row for error in reader.errors})
    return Recalls(list(found.values()), reader.errors, count + rejected, count - len(found), reader.left_out)


class _RecallReader:
    def __init__(self, table: Table, recognition: Recognition, defaults: Defaults) -> None:
        self.errors: list[RowError] = []
        self.left_out = 0
        self._account = account_column(table, recognition)
        self._client = recognition.first("client")
        self._default_client = defaults.client
        ends = recognition.first("placement_ends")
        self._on = DateColumn(table, ends, recognition.first_row, defaults.dates) if ends else None

    def read(self, row: int, cells: list[str]) -> Recall | None:
        number_cell = _cell(cells, self._account) if self._account else str(row)
        if is_total(cells, number_cell if number_cell not in NOTHING else ""):
            self.left_out += 1
            return None
        try:
            number = parse_identity(number_cell)
        except BadCell as bad:
            self._refuse(row, self._account, number_cell, str(bad))
            return None
        if not number:
            self._refuse(row, self._account, number_cell, _("no account number"))
            return None
        client = (_cell(cells, self._client) if self._client else "") or self._default_client
        on_cell = cells[self._on.index] if self._on and self._on.index < len(cells) else ""
        try:
            on = self._on.iso(on_cell) if self._on and on_cell else ""
        except BadCell as bad:
            self.errors.append(RowError(row, self._on.name if self._on else "", on_cell, str(bad)))
            return None
        return Recall(row, number, client, on or None)

    def _refuse(self, row: int, column: Column | None, cell: str, why: str) -> None:
        self.errors.append(RowError(row, column.name if column else "", cell, why))


def _cell(cells: list[str], column: Column) -> str:
    return cells[column.index] if column.index < len(cells) else ""
