"""A small table on a terminal, from the very rows that a pipe gets."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from collectctl.domain.words import _
from collectctl.render.text import safe

if TYPE_CHECKING:
    from rich.console import Console


def draw(
    console: "Console", headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Collection[str] = ()
) -> None:
    """`numeric` are headings of columns that are set to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        right = heading in numeric
        made.add_column(_(heading), justify="right" if right else "left", overflow="fold", no_wrap=right)
    for row in rows:
        made.add_row(*(Text(safe(cell)) for cell in row))
    console.print(made)
