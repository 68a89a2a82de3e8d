"""A small table on a terminal, from the very rows that a pipe gets."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from collectctl.domain.words import _
from collectctl.render.text import safe

if TYPE_CHECKING:
    from rich.console import Console

_WRAPPED = ("what", "terms", "meaning", "cite", "undone", "text", "answer")
_CUT = ("account", "name", "reference", "method", "payer")  # what may be shortened where there is no room


def listed(
    console: "Console", rows: Sequence[Sequence[str]], empty: str, numeric: Collection[str] = ()
) -> None:
    """The rows of a pipe, their headings first, as a table; `empty` is said where there are none."""
    if len(rows) == 1:
        console.print(empty)
        return
    draw(console, rows[0], rows[1:], numeric)


def draw(
    console: "Console", headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Collection[str] = ()
) -> None:
    """`numeric` are headings of columns that are set to the right; a column without any value is left out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    filled = [at for at in range(len(headings)) if any(row[at] for row in rows)]
    for at in filled:
        wraps = headings[at] in _WRAPPED
        whole = 0 if wraps or headings[at] in _CUT else max(len(row[at]) for row in rows)
        made.add_column(
            _(headings[at]), justify="right" if headings[at] in numeric else "left", no_wrap=not wraps,
            overflow="fold" if wraps else "ellipsis", min_width=whole,
        )  # fmt: skip
    for row in rows:
        made.add_row(*(Text(safe(row[at])) for at in filled))
    console.print(made)
