"""A column of dates: texts read once each, the order of day and month decided by the column itself."""

from collections.abc import Iterator
from itertools import islice

from collectctl.intake.columns import Column
from collectctl.intake.dates import date_order, parse_date
from collectctl.intake.errors import DatesAmbiguous
from collectctl.intake.files import Table

_KEPT = 100_000  # distinct texts remembered; a column of distinct times must not fill the memory


class DateColumn:
    """Reads the cells of one column. Raises DatesAmbiguous on the first cell that needs an unknown order."""

    def __init__(self, table: Table, column: Column, first_row: int, order: str | None) -> None:
        self.index = column.index
        self.name = column.name
        self.field = column.field or ""
        self._table = table
        self._first_row = first_row
        self._order = order
        self._read: dict[str, str] = {}

    def iso(self, cell: str) -> str:
        """ISO text, "" where the cell says nothing. Raises BadCell."""
        found = self._read.get(cell)
        return found if found is not None else self._parse(cell)

    def _parse(self, cell: str) -> str:
        if self._order is None and date_order([cell]) != "ymd":
            self._order = self._decide()
        found = parse_date(cell, self._order, epoch_1904=self._table.epoch_1904)
        if len(self._read) < _KEPT:
            self._read[cell] = found
        return found

    def _decide(self) -> str:
        order = date_order(self._cells())
        if order is None:
            unclear = DatesAmbiguous(self._table.name, self.name)
            unclear.samples = {self.name: tuple(islice(filter(str.strip, self._cells()), 3))}
            raise unclear
        return order

    def _cells(self) -> Iterator[str]:
        return (
            cells[self.index]
            for row, cells in self._table.rows()
            if row >= self._first_row and len(cells) > self.index
        )
