"""Tables as XLSX: numbers of accounts and documents stay text, dates and amounts are what they are.

Every text is written as a string: nothing of it is taken for a formula, a link or a number.
"""

import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from collectctl.domain.errors import BadUsage
from collectctl.domain.money import exponent, plain, shown
from collectctl.domain.sheets import LOCAL, Cell, Column, Money, Row
from collectctl.domain.words import _

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, MOST_TEXT = 1_048_575, 32_767  # what a sheet and a cell hold
_EXACT = 10**15  # minor units from which a spreadsheet rounds
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count a day that never was
_WIDEST, _NARROWEST, _MEASURED = 50, 6, 200  # characters; rows that are looked at for the width
# options of a workbook in which text stays text
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooLarge(BadUsage):
    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what}: a workbook can't hold that, a CSV file can").format(what=what), "--format csv"
        )


def write_xlsx(stream: BinaryIO, columns: Sequence[Column], rows: Iterable[Row], folder: Path | None) -> int:
    """Returns how many rows were written, the header not counted. Raises TooLarge (exit 2), OSError.

    What is written on the way, debtors' data too, goes into a private folder in `folder`, where the workbook
    itself will be, and is gone whatever happens; None keeps it in memory.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with _aside(folder) as options:
        book = Workbook(stream, {**options, **AS_TYPED})
        sheet = _Sheet(book, columns)
        try:
            count = sheet.write(rows)
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None
        finally:
            sheet.drop()
    return count


@contextmanager
def _aside(folder: Path | None) -> Iterator[dict[str, object]]:
    """The options of a workbook that is made in `folder`, or in memory."""
    if folder is None:
        yield {"in_memory": True}
        return
    with tempfile.TemporaryDirectory(prefix=".collectctl-", dir=folder) as name:
        yield {"constant_memory": True, "tmpdir": name}


class _Sheet:
    """The one sheet of a workbook, with its formats."""

    def __init__(self, book: "Workbook", columns: Sequence[Column]) -> None:
        self._book, self._columns = book, columns
        self._sheet: Worksheet = book.add_worksheet()
        self._text, self._head = (
            book.add_format({"num_format": "@", "bold": bold}) for bold in (False, True)
        )
        self._day, self._time = (
            book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")
        )
        self._amounts: dict[str, Format] = {}
        self._widths = [width(column.header) + 3 for column in columns]  # 3: the button of the filter
        self._local = [column.type == LOCAL for column in columns]

    def drop(self) -> None:
        """Close what was written on the way: after an error the library leaves it open."""
        if self._sheet.constant_memory:
            self._sheet.row_data_fh.close()

    def write(self, rows: Iterable[Row]) -> int:
        count = 0
        for at, column in enumerate(self._columns):
            self._string(0, at, column.header, self._head)
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise TooLarge(_("more than {count:,} rows").format(count=MOST_ROWS))
            for at, cell in enumerate(row):
                if cell is not None and cell != "":
                    self._write(count, at, cell)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, count, max(len(self._columns) - 1, 0))
        for at, wide in enumerate(self._widths):
            self._sheet.set_column(at, at, max(_NARROWEST, min(wide, _WIDEST)))
        return count

    def _write(self, row: int, at: int, cell: Cell) -> None:
        if isinstance(cell, Money):
            self._money(row, at, cell)
        elif isinstance(cell, date):
            self._date(row, at, cell)
        elif isinstance(cell, int):
            self._sheet.write_number(row, at, cell)
        elif cell is not None:
            self._string(row, at, cell, self._text)

    def _string(self, row: int, at: int, text: str, form: "Format") -> None:
        if len(text.encode("utf-16-le")) > 2 * MOST_TEXT:
            raise TooLarge(_("more than {count:,} characters in one cell").format(count=MOST_TEXT))
        self._sheet.write_string(row, at, text, form)
        if 0 < row <= _MEASURED:
            self._widths[at] = max(self._widths[at], *(width(line) + 1 for line in text.split("\n")))

    def _money(self, row: int, at: int, money: Money) -> None:
        if not is_exact(money):
            self._string(row, at, plain(*money), self._text)
            return
        form = amount_format(money.currency)
        if form not in self._amounts:
            self._amounts[form] = self._book.add_format({"num_format": form})
        self._sheet.write_number(row, at, float(plain(*money)), self._amounts[form])
        self._widths[at] = max(self._widths[at], len(shown(*money)) + 1)

    def _date(self, row: int, at: int, value: date) -> None:
        """A day and a local time as such; an instant keeps its offset, which only text has."""
        if isinstance(value, datetime) and self._local[at]:
            self._sheet.write_datetime(row, at, value.replace(tzinfo=None), self._time)
        elif isinstance(value, datetime) or value < _FIRST_DAY:
            self._string(row, at, value.isoformat(), self._text)
            return
        else:
            self._sheet.write_datetime(
                row,
                at,
                datetime(value.year, value.month, value.day, tzinfo=UTC).replace(tzinfo=None),
                self._day,
            )
        self._widths[at] = max(self._widths[at], 20 if isinstance(value, datetime) else 11)


def is_exact(money: Money) -> bool:
    """Whether a spreadsheet keeps every digit of an amount as a number."""
    return abs(money.amount) < _EXACT


def amount_format(currency: str) -> str:
    """How a spreadsheet shows an amount: `#,##0.00`."""
    places = exponent(currency)
    return "#,##0" + ("." + "0" * places if places else "")


def width(text: str) -> int:
    """How wide a text is on a screen, a Chinese character counting twice."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
