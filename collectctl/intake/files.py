"""Bytes in, rows of text out: what kind of file it is, decided by the bytes and never by the name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from collectctl.domain.defusing import restored
from collectctl.domain.exports import accounts, activities
from collectctl.domain.words import _
from collectctl.intake.errors import EmptyFile, MarkupFile


@dataclass(frozen=True)
class Table:
    """A sheet or a delimited file as rows of text cells; reads again from the start at every `rows()`."""

    name: str
    format: str  # "csv", "xlsx", "xls", "ods"
    encoding: str | None  # None for workbooks
    delimiter: str | None
    sheet: str | None
    read: Callable[[], Iterator[list[str]]] = field(repr=False, compare=False)
    epoch_1904: bool = False  # the workbook counts its days from 1904
    warnings: tuple[str, ...] = ()  # what was left aside, and what was chosen among several
    ours: str = ""  # the kind of a file that `export` wrote: "accounts", "activities"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row numbers (from 1, title and blank rows counted) with their cells.

        Raises BadQuotes where a quote that is never closed would swallow the rest.
        """
        return enumerate(self.read(), start=1)

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        return list(islice(self.rows(), count))


def read_table(name: str, data: bytes, *, sheet: str | None = None, encoding: str | None = None) -> Table:
    """The table in `data`; `name` is for messages only.

    `sheet` chooses one of a workbook (else the first with a header that is recognised, else the first that is
    not empty, visible ones before hidden ones); `encoding` decides for text. Raises the BadData classes of
    `errors`, and NoSuchEncoding where no encoding is called that.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise EmptyFile(name)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        from collectctl.intake.workbooks import open_sheet

        found = open_sheet(name, data, sheet)
        return Table(
            name, found.format, None, None, found.sheet, found.read, found.epoch_1904, found.warnings,
            _ours(found.read),
        )  # fmt: skip
    _refuse_markup(name, data)
    from collectctl.intake.delimited import open_text

    encoding, delimiter, read = open_text(name, data, encoding)
    ours = _ours(read)
    warnings = (_("{name} has no sheets: --sheet {sheet} was left aside").format(name=name, sheet=sheet),)
    read = _restoring(read) if ours else read
    return Table(name, "csv", encoding, delimiter, None, read, warnings=warnings if sheet else (), ours=ours)


def _refuse_markup(name: str, data: bytes) -> None:
    """The tables that banks' systems call .xls are often web pages."""
    start = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<div")):
        raise MarkupFile(name, "HTML")
    if start.startswith((b"<?xml", b"<!doctype", b"<workbook")):
        raise MarkupFile(name, "XML")


def _ours(read: Callable[[], Iterator[list[str]]]) -> str:
    """Which kind of export it is, by exactly how its header begins; "" for any other file."""
    header = next(read(), [])
    heads = (("accounts", accounts.HEAD), ("activities", activities.HEAD))
    return next((kind for kind, head in heads if tuple(header[: len(head)]) == head), "")


def _restoring(read: Callable[[], Iterator[list[str]]]) -> Callable[[], Iterator[list[str]]]:
    """The rows as they were before what a spreadsheet would compute was defused."""
    return lambda: (list(map(restored, row)) for row in read())
