"""About the book."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from collectctl.domain.results.about import BookInfo
from collectctl.render.text import safe

if TYPE_CHECKING:
    from rich.console import Console


def data(result: BookInfo) -> dict[str, Any]:
    return {
        "path": result.path,
        "exists": result.exists,
        "size": result.size,
        "mode": result.mode,
        "schema": result.schema,
        **{name.replace(" ", "_"): count for name, count in result.counts.items()},
        "last_entry": result.last_entry,
    }


def plain(result: BookInfo) -> Iterator[list[str]]:
    yield ["key", "value"]
    for key, value in data(result).items():
        yield [key, "" if value is None else str(value)]


def table(result: BookInfo, console: "Console") -> None:
    from rich.text import Text

    for key, value in data(result).items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        console.print(Text(f"{key.replace('_', ' '):14} {safe(shown)}"))
