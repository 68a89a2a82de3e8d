"""Which row is the header, what each column is, and which kind of file this is.

What the user maps wins over what the client's last file was mapped to, and that over the vocabulary. A
column that is not understood is kept as extra; nothing is guessed between two columns that look alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from collectctl.domain.masking import mask_long_numbers, masked
from collectctl.domain.questions import Unclear
from collectctl.intake import headers, kinds
from collectctl.intake.columns import ERROR_COLUMN, FOUND_BY_MAP, FOUND_BY_MEMORY, ROW, Column, assign
from collectctl.intake.errors import ColumnMissing, HeaderOnly, NoHeader, UnknownKind
from collectctl.intake.files import Table
from collectctl.intake.resolve import resolve

_HEAD = 25  # rows in which a header is looked for
_DEEPEST = 3  # rows of one header
_SAMPLES = 3  # cells of a column that a question shows


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

    @property
    def header(self) -> list[str]:
        """The headers of the file, without what `rejects` adds to it."""
        return [column.header for column in self.columns if column.how != "ignored"]

    @property
    def shown(self) -> tuple[tuple[str, str | None], ...]:
        """The names of these columns, and what each was taken for."""
        return tuple((column.name, column.field) for column in self.columns if column.how != "ignored")

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
    if kind is None:
        kind = kinds.told(fields) or ("phones" if kinds.is_phones(read["phones"]) else None)
    words = kind or "accounts"
    columns = kinds.only_used(read[words], words)
    try:
        columns = resolve(table.name, columns, numbered=numbered)
        instead = kinds.perhaps(fields)
        found = kinds.decided(table.name, columns, kind, numbered=numbered, instead=instead)
    except Unclear as unclear:
        unclear.samples = samples(table, first_row, columns)
        if isinstance(unclear, ColumnMissing):
            unclear.rest = [column.name for column in columns if column.field is None]
        raise
    return Recognition(found, header_row, first_row, columns, numbered)


def samples(table: Table, first_row: int, columns: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    """The first cells of each column that say anything, those that identify a person masked."""
    rows = [cells for row, cells in table.head(first_row + _HEAD) if row >= first_row]
    found = {}
    for column in columns:
        cells = (cells[column.index].strip() for cells in rows if column.index < len(cells))
        first = islice(filter(None, cells), _SAMPLES)
        found[column.name] = tuple(mask_long_numbers(masked(column.field or "", cell)) for cell in first)
    return found


def _find_header(name: str, head: list[tuple[int, list[str]]], said: set[str]) -> int:
    """The position in `head` of the row in which most cells are names of columns."""
    scores = [headers.score(cells) + sum(1 for cell in cells if cell.strip() in said) for _row, cells in head]
    best = max(scores, default=0)
    if best == 0:
        raise NoHeader(name)
    return scores.index(best)


def _header(head: list[tuple[int, list[str]]], at: int) -> tuple[int, int, list[str]]:
    """Header row, first data row, and the column names: those of up to three header rows are put together."""
    top = bottom = at
    if at + 1 < len(head) and _is_header(head[at + 1][1]):
        bottom = at + 1
    while top > 0 and bottom - top < _DEEPEST - 1 and _is_above(head[top - 1][1]):
        top -= 1
    cells = head[top][1]
    for _row, lower in head[top + 1 : bottom + 1]:
        cells = _joined(cells, lower)
    return head[at][0], head[bottom][0] + 1, cells[: _width(cells)]


def possible_headers(table: Table) -> list[list[str]]:
    """The names of columns in each row of the head, alone and with those below it: one is the header."""
    rows = [cells for _row, cells in table.head(_HEAD)]
    pairs = [_joined(upper, lower) for upper, lower in pairwise(rows)]
    threes = [_joined(upper, lower) for upper, lower in zip(pairs, rows[2:], strict=False)]
    heads = [[cell.strip() for cell in cells[: _width(cells)]] for cells in (*rows, *pairs, *threes)]
    return [[cell for cell in cells if cell != ERROR_COLUMN] for cells in heads]


def _width(cells: list[str]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)


def _is_header(cells: list[str]) -> bool:
    filled = sum(1 for cell in cells if cell.strip())
    known = headers.score(cells)
    return known >= 2 and known * 2 > filled


def _is_above(cells: list[str]) -> bool:
    """Whether a row above a header is part of it: one itself, or names of people over their columns."""
    filled = [index for index, cell in enumerate(cells) if cell.strip()]
    people = [index for index in filled if headers.meaning(cells[index]).group]
    return _is_header(cells) or (bool(people) and filled[0] > 0 and len(people) * 2 > len(filled))


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """One name for each column: `联系人1` spanning 姓名 and 电话 gives 联系人1姓名 and 联系人1电话."""
    width = max(len(upper), len(lower)) + 1
    upper, lower = [[*map(str.strip, cells), *[""] * (width - len(cells))] for cells in (upper, lower)]
    names, span = [], ""
    for index, (top, sub) in enumerate(zip(upper[:-1], lower[:-1], strict=True)):
        span = top or span
        is_over_several = bool(top and not upper[index + 1] and lower[index + 1])
        names.append(_joined_name(top, sub, span, is_over_several=is_over_several))
    return names


def _joined_name(top: str, sub: str, span: str, *, is_over_several: bool) -> str:
    """`span` is the upper name that reaches over this column, `top` the one that begins here."""
    together = f"{span} {sub}" if span.isascii() and sub.isascii() else span + sub
    both = headers.meaning(together)
    if sub and (both.group or (both.field and not headers.meaning(top).field)):
        return together
    is_label = is_over_several and bool(headers.meaning(sub).field)
    return top if not sub or (headers.meaning(top).field and not is_label) else sub


def _check_rows(table: Table, first_row: int) -> None:
    for row, cells in table.rows():
        if row >= first_row and any(map(str.strip, cells)):
            return
    raise HeaderOnly(table.name)
