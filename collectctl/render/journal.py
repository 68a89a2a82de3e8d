"""The journal as a person and a program read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectctl.domain.facts import Operation
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import instant

if TYPE_CHECKING:
    from rich.console import Console


def steps(done: Sequence[Operation]) -> dict[str, Any]:
    return {"steps": [{"step": op.id, "command": op.command, "text": op.text} for op in done]}


def data(rows: Sequence[Operation], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "step": row.id if row.kind == "step" else None,
            "entry": row.id,
            "at": instant(row.at, now.tzinfo),
            "kind": row.kind,
            "command": row.command,
            "text": row.text,
            "target": row.target,
            "stands": row.stands,
            "facts": row.facts,
        }
        for row in rows
    ]


def plain(rows: Sequence[Operation], now: datetime) -> Iterator[list[str]]:
    yield ["step", "at", "kind", "command", "text", "stands"]
    for row in rows:
        at = instant(row.at, now.tzinfo) or ""
        yield [str(row.id), at, row.kind, row.command, row.text, "yes" if row.stands else "no"]


def table(rows: Sequence[Operation], now: datetime, console: "Console") -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    made.add_column(_("step"), justify="right")
    made.add_column(_("at"), no_wrap=True)
    made.add_column(_("what"), overflow="fold", ratio=1)
    for row in rows:
        at = f"{row.at.astimezone(now.tzinfo):%m-%d %H:%M}"
        text = Text(safe(row.text), style="" if row.stands else "strike dim")
        if not row.stands:
            text.append(_(" (undone)"), style="not strike dim")
        made.add_row(Text(str(row.id) if row.kind == "step" else ""), Text(at), text)
    console.print(made)
