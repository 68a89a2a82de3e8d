"""Which row is the header, what each column is, and which kind of file this is.

What the user maps wins over what the client's last file was mapped to, and that over the vocabulary. A
column that is not understood is kept as extra; nothing is guessed between two columns that look alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collectctl.intake import headers, kinds
from collectctl.intake.columns import FOUND_BY_MAP, FOUND_BY_MEMORY, ROW, Column, assign
from collectctl.intake.errors import HeaderOnly, NoHeader, UnknownKind
from collectctl.intake.files import Table
from collectctl.intake.resolve import resolve

_HEAD = 25  # rows in which a header is looked for


@dataclass(frozen=True)
class Recognition:
    """What was understood of a file before any row is typed."""

    kind: str  # one of `kinds.KINDS`
    header_row: int  # 1-based
    first_row: int  # 1-based: where the data begin (below a second header row, if there is one)
    columns: tuple[Column, ...]
    numbered: bool = False  # the account number is the row's own number

    def of(self, field: str) -> list[Column]:
        return [column for column in self.columns if column.field == field]

    def first(self, *fields: str) -> Column | None:
        """The column of the first of `fields` that the file has."""
        return next((column for field in fields for column in self.of(field)), None)

    def name_of(self, field: str) -> str:
        """The name of a field's column in the file; the field itself where it has none."""
        column = self.first(field)
        return column.name if column else field

    def remembered(self) -> dict[str, str]:
        """What the user decided about columns, for the client's next file: column to field, "" for extra."""
        decided = (column for column in self.columns if column.how in (FOUND_BY_MAP, FOUND_BY_MEMORY))
        row = {ROW: "account"} if self.numbered else {}
        return row | {column.name: column.field or "" for column in decided}


def recognise(
    table: Table,
    *,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> Recognition:
    """Recognise `table`.

    `mapping` is what the user says, column to field, "" or "extra" for none, `#row` for the row's number;
    `remembered` what the client's last file was; `kind` decides where it is given.
    Raises NoHeader, HeaderOnly, ColumnMissing, ColumnConflict, UnitUnclear, and the usage errors for what
    `mapping` or `kind` names and the file or this package has not.
    """
    if kind is not None and kind not in kinds.KINDS:
        raise UnknownKind(kind, kinds.KINDS)
    said, past = mapping or {}, remembered or {}
    head = table.head(_HEAD)
    if table.ours:
        header_row, first_row, texts = 1, 2, head[0][1]
    else:
        at = _find_header(table.name, head, {*said, *past})
        header_row, first_row, texts = _header(head, at)
    _check_rows(table, first_row)
    numbered = ({**past, **said}).get(ROW) == "account"
    own = table.ours == "accounts"
    read = {words: assign(texts, said, past, words, own=own) for words in ([kind] if kind else kinds.WORDS)}
    fields = {words: kinds.fields_of(columns) for words, columns in read.items()}
    kind = kind or kinds.told(fields)
    words = kind or "accounts"
    columns = resolve(table.name, kinds.only_used(read[words], words), numbered=numbered)
    paid = kinds.is_about_payments(fields.get("payments", set()))
    found = kinds.decided(table.name, columns, kind, numbered=numbered, paid=paid)
    return Recognition(found, header_row, first_row, columns, numbered)


def _find_header(name: str, head: list[tuple[int, list[str]]], said: set[str]) -> int:
    """The position in `head` of the row in which most cells are names of columns."""
    scores = [headers.score(cells) + sum(1 for cell in cells if cell.strip() in said) for _row, cells in head]
    best = max(scores, default=0)
    if best == 0:
        raise NoHeader(name)
    return scores.index(best)


def _header(head: list[tuple[int, list[str]]], at: int) -> tuple[int, int, list[str]]:
    """Header row, first data row, and the column names: those of two header rows are put together."""
    row, cells = head[at]
    above = head[at - 1][1] if at else []
    below = head[at + 1][1] if at + 1 < len(head) else []
    first = row + 1
    if _is_header(below):
        cells, first = _joined(cells, below), row + 2
    elif _is_header(above):
        cells = _joined(above, cells)
    width = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
    return row, first, cells[:width]


def _is_header(cells: list[str]) -> bool:
    filled = sum(1 for cell in cells if cell.strip())
    known = headers.score(cells)
    return known >= 2 and known * 2 > filled


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """One name for each column: `联系人1` spanning 姓名 and 电话 gives 联系人1姓名 and 联系人1电话."""
    width = max(len(upper), len(lower))
    upper, lower = [[*cells, *[""] * (width - len(cells))] for cells in (upper, lower)]
    names, span = [], ""
    for top, sub in zip(upper, lower, strict=True):
        span = top.strip() or span
        names.append(_joined_name(top, sub, span))
    return names


def _joined_name(top: str, sub: str, span: str) -> str:
    """`span` is the upper name that reaches over this column."""
    both = headers.meaning(span + sub.strip())
    if sub.strip() and (both.group or (both.field and not headers.meaning(top).field)):
        return span + sub.strip()
    return top if headers.meaning(top).field or not sub.strip() else sub


def _check_rows(table: Table, first_row: int) -> None:
    for row, cells in table.rows():
        if row >= first_row and any(map(str.strip, cells)):
            return
    raise HeaderOnly(table.name)
