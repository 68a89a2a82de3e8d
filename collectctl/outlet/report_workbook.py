"""A report as a workbook: real numbers, dates and amounts; text stays text, whatever it looks like."""

import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from collectctl.domain.money import plain
from collectctl.domain.results.page import Cell, Page, Table, text
from collectctl.domain.sheets import Money
from collectctl.outlet.workbooks import AS_TYPED, MOST_TEXT, amount_format, is_exact, width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NARROWEST, _WIDEST = 9, 60
_A4 = 9  # as the format numbers paper


def as_xlsx(page: Page) -> bytes:
    """`page` with a sheet of its measures, and one for each of its tables."""
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "remove_timezone": True, **AS_TYPED}) as book:
        book.set_properties({"title": page.title, "created": page.at.replace(tzinfo=None)})
        sheets = Sheets(book)
        sheets.summary(page)
        for table in (table for section in page.sections for table in section.tables):
            sheets.table(table)
    return made.getvalue()


class Sheets:
    """The sheets of a workbook; each look of a cell is made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._looks: dict[tuple[str, bool], Format] = {}

    def summary(self, page: Page) -> None:
        """What the report is about, then every measure with what it is of."""
        sheet = self._book.add_worksheet(page.summary.name)
        sheet.write_string(0, 0, page.title, self._look(bold=True))
        heads = (*page.days, *page.facts)
        for at, (name, value) in enumerate(heads, 1):
            sheet.write_string(at, 0, name)
            self._cell(sheet, at, 1, value)
        self._fill(sheet, page.summary, len(heads) + 2)
        for at, note in enumerate(page.notes, len(heads) + len(page.summary.rows) + 4):
            sheet.write_string(at, 0, note)

    def table(self, table: Table) -> None:
        self._fill(self._book.add_worksheet(table.name), table, 0)

    def _fill(self, sheet: "Worksheet", table: Table, top: int) -> None:
        for column, heading in enumerate(table.headings):
            sheet.write_string(top, column, heading, self._look(bold=True))
            cells = [heading, *(text(row[column])[:_WIDEST] for row in table.rows)]
            sheet.set_column(column, column, min(max(_NARROWEST, *map(width, cells)) + 2, _WIDEST))
        for at, row in enumerate(table.rows, top + 1):
            for column, cell in enumerate(row):
                self._cell(sheet, at, column, cell)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def _cell(self, sheet: "Worksheet", row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Money):
            number = plain(*cell)
            if is_exact(cell):
                sheet.write_number(row, column, float(number), self._look(amount_format(cell.currency)))
            else:
                sheet.write_string(row, column, number, self._look())
        elif isinstance(cell, date | time | timedelta):
            sheet.write_datetime(row, column, cell, self._look(_moment(cell)))
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self._look("0.0" if isinstance(cell, float) else "#,##0"))
        elif cell:
            sheet.write_string(row, column, _cut(cell), self._look())

    def _look(self, number: str = "", *, bold: bool = False) -> "Format":
        if (number, bold) not in self._looks:
            look = {"valign": "top", "bold": bold, "text_wrap": not (number or bold)}
            self._looks[number, bold] = self._book.add_format(
                look | ({"num_format": number} if number else {})
            )
        return self._looks[number, bold]


def _moment(cell: date | time | timedelta) -> str:
    if isinstance(cell, timedelta):
        return "[h]:mm:ss"
    if isinstance(cell, time):
        return "hh:mm"
    return "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"


def _cut(shown: str) -> str:
    """As much of a text as a cell holds: it counts in UTF-16."""
    return shown.encode("utf-16-le")[: 2 * MOST_TEXT].decode("utf-16-le", "ignore")
