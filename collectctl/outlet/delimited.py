"""Tables as CSV (RFC 4180, UTF-8): text that a spreadsheet would compute is defused, our values are not."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO

from collectctl.domain.defusing import defused
from collectctl.domain.money import plain
from collectctl.domain.sheets import LOCAL, Cell, Column, Money, Row
from collectctl.outlet.replacing import as_text


def write_csv(stream: BinaryIO, columns: Sequence[Column], rows: Iterable[Row], *, bom: bool = False) -> int:
    """Returns how many rows were written, the header not counted."""
    count = 0
    with as_text(stream, bom=bom) as text:
        writer = csv.writer(text)
        writer.writerow([defused(column.header) for column in columns])
        local = [column.type == LOCAL for column in columns]
        for row in rows:
            writer.writerow([_text(cell, at) for cell, at in zip(row, local, strict=True)])
            count += 1
    return count


def _text(cell: Cell, local: bool) -> str:
    if isinstance(cell, str):
        return defused(cell)
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return plain(cell.amount, cell.currency)
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None).isoformat(" ") if local else cell.isoformat()
    return str(cell)
