"""Cost against size as a picture: a small panel for each command, all on the same scale."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log2

from tests.benchmarks.measuring import FLAT, Line
from tests.benchmarks.shown import grown

_ACROSS = 4
_WIDTH, _HEIGHT, _GAP, _TOP = 230, 150, 24, 64  # of a panel; around it; above all of them
_LEFT, _HEAD, _FOOT = 34, 40, 20  # in a panel: for its numbers, its name, its sizes


def drawn(lines: Sequence[Line], machine: str) -> str:
    """The picture, on white, as SVG."""
    series = grown(lines)
    growths = [at.median / own[0].median for own in series.values() for at in own]
    low, high = floor(log2(min(growths, default=1))) or -1, max(ceil(log2(max(growths, default=2))), 2)
    rows = ceil(len(series) / _ACROSS)
    width = _ACROSS * (_WIDTH + _GAP) + _GAP
    height = _TOP + rows * (_HEIGHT + _GAP) + _GAP
    frame = f'width="{width}" height="{height}" font-family="sans-serif"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        _text(_GAP, 26, "What a command costs as the book grows", size=16, fill="#111"),
        _text(_GAP, 46, f"times the cost on the smallest book; dashed: {FLAT}. {machine}"),
    ]
    for at, (name, own) in enumerate(series.items()):
        x = _GAP + at % _ACROSS * (_WIDTH + _GAP)
        y = _TOP + at // _ACROSS * (_HEIGHT + _GAP)
        parts += [f'<g transform="translate({x} {y})">', *_panel(name, own, low, high), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(name: str, own: Sequence[Line], low: int, high: int) -> Iterator[str]:
    """One command; `low` and `high` are powers of two."""
    bottom, top = _HEIGHT - _FOOT, _HEAD
    span = log2(own[-1].accounts / own[0].accounts)

    def across(accounts: int) -> float:
        return _LEFT + 6 + (_WIDTH - _LEFT - 22) * log2(accounts / own[0].accounts) / span

    def up(growth: float) -> float:
        return bottom - (bottom - top) * (log2(growth) - low) / (high - low)

    yield _text(0, 12, name, size=13, fill="#111")
    yield _text(0, 28, f"{own[0].median:,.0f} to {own[-1].median:,.0f} ms")
    yield _text(_WIDTH, 12, f"{own[-1].median / own[0].median:.2f}", size=13, fill="#111", anchor="end")
    step = ceil((high - low) / 4)
    for power in range(low, high + 1, step):
        yield _line(_LEFT, up(2.0**power), _WIDTH, "#e4e4e4")
        yield _text(_LEFT - 4, up(2.0**power) + 4, f"{2.0**power:g}", anchor="end")
    yield _line(_LEFT, up(FLAT), _WIDTH, "#c0392b", dashed=True)
    for at, line in enumerate(own):
        anchor = "end" if at == len(own) - 1 else "middle"
        x = _WIDTH if anchor == "end" else across(line.accounts)
        yield _text(x, _HEIGHT - 4, _short(line.accounts), anchor=anchor)
    points = [(across(line.accounts), up(line.median / own[0].median)) for line in own]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="#1f5fa8" stroke-width="2"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1f5fa8"/>'


def _short(accounts: int) -> str:
    millions, thousands = accounts / 1_000_000, accounts / 1_000
    return f"{millions:g}M" if millions >= 1 else f"{thousands:g}k" if thousands >= 1 else str(accounts)


def _line(left: float, y: float, right: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{left}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="{colour}"{dash}/>'


def _text(x: float, y: float, text: str, *, size: int = 11, fill: str = "#666", anchor: str = "start") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
    return f"<text {at}>{escape(text)}</text>"
