"""Workbooks: XLSX, XLSB, XLS and ODS through calamine; cells become the text that a CSV would hold."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from collectctl.intake import headers
from collectctl.intake.errors import EmptyFile, NoSuchSheet, PasswordNeeded, UnreadableWorkbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Cell = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15  # a float holds no integer of more digits for certain
_CFB = b"\xd0\xcf\x11\xe0"


def open_sheet(
    name: str, data: bytes, sheet: str | None
) -> tuple[str, str, bool, Callable[[], Iterator[list[str]]]]:
    """Format, chosen sheet, whether days count from 1904, and a reader of its rows.

    Raises PasswordNeeded, UnreadableWorkbook, NoSuchSheet, EmptyFile.
    """
    kind, is_1904 = _kind(data)
    book = _open(name, data)
    chosen = _choose(name, book, sheet)

    def read() -> Iterator[list[str]]:
        return (list(map(cell_text, row)) for row in _sheet(name, book, chosen).iter_rows())

    return kind, chosen, is_1904, read


def _open(name: str, data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if _is_locked(data):
        raise PasswordNeeded(name)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise PasswordNeeded(name) from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableWorkbook(name) from None


def _sheet(name: str, book: "CalamineWorkbook", sheet: str) -> "CalamineSheet":
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(sheet)
    except (CalamineError, OSError, ValueError):
        raise UnreadableWorkbook(name) from None


def _choose(name: str, book: "CalamineWorkbook", sheet: str | None) -> str:
    if sheet is not None:
        if sheet not in book.sheet_names:
            raise NoSuchSheet(name, sheet, book.sheet_names)
        return sheet
    filled = [title for title in book.sheet_names if _is_filled(name, book, title)]
    if not filled:
        raise EmptyFile(name)
    if len(filled) == 1:
        return filled[0]
    return next((title for title in filled if _has_header(name, book, title)), filled[0])


def _is_filled(name: str, book: "CalamineWorkbook", title: str) -> bool:
    try:
        return _sheet(name, book, title).start is not None
    except UnreadableWorkbook:  # a chart or macro sheet beside the tables
        return False


def _has_header(name: str, book: "CalamineWorkbook", title: str) -> bool:
    rows = _sheet(name, book, title).to_python(nrows=20)
    return any(headers.score([cell for cell in row if isinstance(cell, str)]) >= 2 for row in rows)


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


def _kind(data: bytes) -> tuple[str, bool]:
    """The format, and whether days count from 1904 (calamine applies that to date cells only)."""
    if data.startswith(_CFB):
        return "xls", False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if "xl/workbook.xml" in names:
                with parts.open("xl/workbook.xml") as part:
                    start = part.read(65536)
                return "xlsx", b'date1904="1"' in start or b'date1904="true"' in start
            return "xlsb" if "xl/workbook.bin" in names else "ods", False
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return "xlsx", False


def _is_locked(data: bytes) -> bool:
    """An encrypted XLSX package, or an XLS whose records begin with FILEPASS."""
    if not data.startswith(_CFB):
        return False
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
