"""Workbooks: XLSX, XLSB, XLS and ODS through calamine; cells become the text that a CSV would hold."""

import io
import struct
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from collectctl.domain.records import Record
from collectctl.domain.words import _
from collectctl.intake import headers
from collectctl.intake.errors import (
    EmptyFile,
    NoResults,
    NoSuchSheet,
    PasswordNeeded,
    UnreadableWorkbook,
)
from collectctl.intake.packages import Package, inspect
from collectctl.intake.trial import survives

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15  # a float holds no integer of more digits for certain
_CFB = b"\xd0\xcf\x11\xe0"


class Opened(Record):
    """A sheet that was chosen and can be read, again and again, from its first row."""

    format: str
    sheet: str
    epoch_1904: bool
    read: Callable[[], Iterator[list[str]]]
    warnings: tuple[str, ...]


def open_sheet(name: str, data: bytes, sheet: str | None) -> Opened:
    """The sheet called `sheet`, else the first visible one with a header, else the first visible one.

    Raises PasswordNeeded, ExpandsTooFar, UnreadableWorkbook, NoSuchSheet, EmptyFile, NoResults.
    """
    package = None
    if data.startswith(_CFB):
        if _is_locked(data):
            raise PasswordNeeded(name)
    else:
        package = inspect(name, data)
    if not survives(lambda: _try_out(name, data, sheet), package.expanded if package else len(data)):
        raise UnreadableWorkbook(name)
    book = _Book(name, data)
    chosen = book.choose(sheet)
    loaded = book.sheet(chosen)

    def read() -> Iterator[list[str]]:
        return map(_texts, loaded.iter_rows())

    warnings = [*_about_the_package(name, package, data, chosen), *book.warnings]
    return Opened(_kind(package), chosen, bool(package and package.is_1904), read, tuple(warnings))


def _try_out(name: str, data: bytes, sheet: str | None) -> None:
    book = _Book(name, data)
    for _row in book.sheet(book.choose(sheet)).iter_rows():
        pass


class _Book:
    """The sheets of a workbook, each loaded once."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._book = _open(name, data)
        self.sheet: Callable[[str], CalamineSheet] = cache(self._load)
        self.warnings: list[str] = []
        self._broken = False

    def _load(self, title: str) -> "CalamineSheet":
        from python_calamine import CalamineError

        try:
            return self._book.get_sheet_by_name(title)
        except (CalamineError, OSError, ValueError):
            raise UnreadableWorkbook(self._name) from None

    def choose(self, sheet: str | None) -> str:
        if sheet is not None:
            if sheet not in self._book.sheet_names:
                raise NoSuchSheet(self._name, sheet, self._book.sheet_names)
            return sheet
        visible, hidden = self._filled()
        if not visible and not hidden:
            raise UnreadableWorkbook(self._name) if self._broken else EmptyFile(self._name)
        filled = visible or hidden
        tables = [title for title in filled if self._has_header(title)] if len(filled) > 1 else filled
        chosen = (tables or filled)[0]
        if not visible:
            self.warnings.append(_("the sheet {sheet} is hidden in the workbook").format(sheet=chosen))
        if len(tables) > 1:
            others = ", ".join(title for title in tables if title != chosen)
            text = _("read was the sheet {sheet}; others look like tables too: {others} (--sheet NAME)")
            self.warnings.append(text.format(sheet=chosen, others=others))
        return chosen

    def _filled(self) -> tuple[list[str], list[str]]:
        """Visible and hidden sheets that hold anything."""
        from python_calamine import SheetVisibleEnum

        found: tuple[list[str], list[str]] = ([], [])
        for about in self._book.sheets_metadata:
            if self._is_filled(about.name):
                found[about.visible != SheetVisibleEnum.Visible].append(about.name)
        return found

    def _is_filled(self, title: str) -> bool:
        try:
            return self.sheet(title).start is not None
        except UnreadableWorkbook:  # a chart or macro sheet beside the tables
            self._broken = True
            return False

    def _has_header(self, title: str) -> bool:
        rows = self.sheet(title).to_python(nrows=20)
        return any(headers.score([cell for cell in row if isinstance(cell, str)]) >= 2 for row in rows)


def _open(name: str, data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise PasswordNeeded(name) from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableWorkbook(name) from None


def _about_the_package(name: str, package: Package | None, data: bytes, sheet: str) -> Iterator[str]:
    """What a workbook holds besides its cells, and what its cells hold besides values. Raises NoResults."""
    if package.has_macros if package else "_VBA_PROJECT_CUR".encode("utf-16-le") in data:
        yield _("{name} holds macros: they were not run").format(name=name)
    if package is None:
        return
    if package.has_links:
        yield _("{name} is linked to other files or databases: read were the values saved with it").format(
            name=name
        )
    part = package.part_of(sheet)
    if package.no_result.get(part):
        raise NoResults(name, sheet, package.no_result[part])
    if package.errors.get(part):
        yield _("{count} cells hold a spreadsheet's error (#N/A, #REF!) and were read as empty").format(
            count=package.errors[part]
        )


def _texts(row: "list[Cell]") -> list[str]:
    """The cells of a row; none of a blank one, of which a sheet with one stray cell has a million."""
    return [] if row.count("") == len(row) else list(map(cell_text, row))


def cell_text(cell: Cell) -> str:
    """`91`, `474.2`, `2026-11-23`; an integer too large for a float shows that it is damaged (`6.2e+18`)."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _number(cell: float) -> str:
    if not cell.is_integer():
        return repr(cell)
    if abs(cell) < _EXACT:
        return str(int(cell))
    shortest = repr(cell)
    if "e" in shortest:
        return shortest
    digits = str(abs(int(cell)))
    return f"{'-' if cell < 0 else ''}{digits[0]}.{digits[1:]}e+{len(digits) - 1}"


def _kind(package: Package | None) -> str:
    if package is None:
        return "xls"
    if "xl/workbook.xml" in package.names:
        return "xlsx"
    return "xlsb" if "xl/workbook.bin" in package.names else "ods"


def _is_locked(data: bytes) -> bool:
    """An encrypted XLSX package, or an XLS whose records begin with FILEPASS."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    at = data.find(b"\x09\x08\x10\x00\x00\x06")  # BOF of a BIFF8 stream, size 16, version 6
    for _record in range(20):
        if at < 0 or at + 4 > len(data):
            return False
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == 0x2F:
            return True
        at += 4 + size
    return False
