"""Tables as JSON lines (UTF-8): one object a row, by the columns' keys."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from collectctl.domain.money import plain
from collectctl.domain.sheets import Cell, Column, Money, Row

_CURRENCY = "currency"


def write_jsonl(stream: BinaryIO, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Returns how many rows were written. Money is a decimal string; its currency has a key of its own."""
    count = 0
    keys = _keys(columns)
    for row in rows:
        line: dict[str, str | int | None] = {key: _value(cell) for key, cell in zip(keys, row, strict=True)}
        if _CURRENCY not in line:
            line.update((_CURRENCY, cell.currency) for cell in row if isinstance(cell, Money))
        stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _keys(columns: Sequence[Column]) -> list[str]:
    """Every column under a key of its own: a client's own column may be called like one of ours."""
    keys: list[str] = []
    for column in columns:
        key, n = column.key, 2
        while key in keys:
            key, n = f"{column.key}#{n}", n + 1
        keys.append(key)
    return keys


def _value(cell: Cell) -> str | int | None:
    if isinstance(cell, Money):
        return plain(cell.amount, cell.currency)
    return cell.isoformat() if isinstance(cell, date) else cell
