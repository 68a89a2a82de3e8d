"""A report as one page for a browser or a printer: nothing is loaded from anywhere, and no text is code."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from collectctl.domain.records import Record
from collectctl.domain.results.page import Bar, Chart, Page, Table, text

_TEMPLATE = Path(__file__).with_name("page.html.j2")
BESIDE = 18  # characters of a name beside four numbers
HEIGHT = 120  # pixels of the highest column
_WIDTHS = (60, 38, 16)  # percent of its place: each column stands in front of the one before


class Box(Record):
    """A rectangle: `x` and `width` in percent, `y` and `height` in pixels."""

    x: float
    width: float
    y: float
    height: float
    tone: str


class Column(Record):
    """A group of columns: `middle` in percent, `top` in pixels, `above` its text."""

    label: str
    middle: float
    top: float
    above: str
    boxes: tuple[Box, ...]


class Strip(Record):
    """A horizontal bar with its words."""

    label: str
    text: str
    boxes: tuple[Box, ...]


def as_html(page: Page) -> bytes:
    """`page` in UTF-8."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(text=text, columns=columns, strips=strips, of_most=of_most)
    environment.tests.update(a_number=lambda cell: isinstance(cell, int | float), long=is_long)
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    return template.render(page=page, height=HEIGHT).encode("utf-8")


def of_most(rows: Sequence[Sequence[int]]) -> list[float]:
    """The first number of each row in percent of the largest."""
    most = max((row[1] for row in rows), default=0) or 1
    return [round(100 * row[1] / most, 2) for row in rows]


def is_long(table: Table) -> bool:
    """Whether its rows have names that leave no place beside them on a telephone."""
    return bool(table.shares) and any(len(text(row[0])) > BESIDE for row in table.rows)


def columns(chart: Chart) -> Iterator[Column]:
    """Upright bars on one scale, those of a group in front of each other."""
    most = max((bar.size for _label, bars in chart.groups for bar in bars), default=0) or 1
    place = 100 / len(chart.groups)
    for at, (label, bars) in enumerate(chart.groups):
        middle = (at + 0.5) * place
        boxes = tuple(
            Box(
                _round(middle - place * width / 200),
                _round(place * width / 100),
                *_upright(bar, most),
                bar.tone,
            )
            for bar, width in zip(bars, _WIDTHS, strict=True)
            if bar.size
        )
        top = min((box.y for box in boxes), default=HEIGHT)
        yield Column(label, _round(middle), top, bars[0].text if boxes else "", boxes)


def _upright(bar: Bar, most: int) -> tuple[float, float]:
    height = max(1.0, _round(HEIGHT * bar.size / most))
    return _round(HEIGHT - height), height


def strips(chart: Chart) -> Iterator[Strip]:
    """Lying bars: a group as the parts of one bar, or each bar for itself on the scale of its group."""
    for label, bars in chart.groups:
        if chart.kind == "parts":
            words = " · ".join(f"{bar.name} {bar.text}" for bar in bars)
            yield Strip(label, words, tuple(_parts(bars)))
        else:
            most = max(bar.size for bar in bars) or 1
            for bar in bars:
                yield Strip(bar.name, bar.text, (Box(0, _round(100 * bar.size / most), 0, 0, bar.tone),))


def _parts(bars: Sequence[Bar]) -> Iterator[Box]:
    whole, before = sum(bar.size for bar in bars) or 1, 0
    for bar in bars:
        if bar.size:
            yield Box(_round(100 * before / whole), _round(100 * bar.size / whole), 0, 0, bar.tone)
        before += bar.size


def _round(number: float) -> float:
    return round(number, 2)
