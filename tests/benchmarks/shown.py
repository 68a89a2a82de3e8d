"""What was measured as a table, as a picture in characters, and as the table of the README."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from tests.benchmarks.measuring import FLAT, IMPORT, MEMORY, Line

START, END = "<!-- speed -->", "<!-- /speed -->"
HEADER = "| command | floor | at most |"
FLOORS = {
    "empty": "an empty Typer app",
    "commit": "that and one durable commit",
    "table": "a script that prints a table of 20 rows with Rich",
    "insert": "`sqlite-utils insert` of the same file",
}
_BARS, _BASE = "▁▂▃▄▅▆▇█", 1  # the cost on the smallest book has room for less below it
_NAME, _WIDTH = 13, 62


def table(lines: Sequence[Line]) -> Iterator[str]:
    yield (
        f"{'command':12} {'accounts':>9} {'median':>9} {'min':>9} {'spread':>6} {'floor':>8} {'min':>8}"
        f" {'ratio':>6} {'cpu':>5} {'at most':>7} {'growth':>6} {'cpu':>5} {'at most':>7} {'MB':>5}"
    )
    for at in lines:
        yield (
            f"{at.command:12} {at.accounts or '-':>9} {at.median:9.1f} {at.minimum:9.1f} {at.spread:6.0%}"
            f" {at.floor:8.1f} {at.floor_minimum:8.1f} {at.ratio:6.2f} {at.cpu_ratio:5.2f}"
            f" {at.budget or '-':>7} {_ratio(at.growth):>6} {_ratio(at.cpu_growth):>5}"
            f" {at.growth_budget or '-':>7} {at.peak_mb:5.0f}"
            f" {at.met}"
        )


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def by_command(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Each command's lines, from the smallest book to the largest."""
    found: dict[str, list[Line]] = {}
    for at in sorted(lines, key=lambda at: at.accounts):
        found.setdefault(at.command, []).append(at)
    return {name: found[name] for name in dict.fromkeys(at.command for at in lines)}


def grown(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The commands that were measured on several books: what a picture can show."""
    return {name: own for name, own in by_command(lines).items() if len(own) > 1 and name != IMPORT}


# --- a picture ----------------------------------------------------------------------------------------


def picture(lines: Sequence[Line]) -> Iterator[str]:
    """Cost against size, both as logarithms: a line of marks for each command."""
    series = grown(lines)
    sizes = sorted({at.accounts for own in series.values() for at in own})
    if not sizes:
        return
    places = _places(sizes)
    axis = [" "] * _WIDTH
    for size, place in zip(sizes, places, strict=True):
        text = f"{size:,}"
        start = max(0, min(place, _WIDTH - len(text)))
        axis[start : start + len(text)] = text
    yield f"{'accounts':{_NAME}}{''.join(axis)}  at the largest"
    for name, own in series.items():
        growth = [at.median / own[0].median for at in own]
        yield f"{name:{_NAME}}{_marks(growth, places)} {growth[-1]:6.2f} times"
    yield f"a step up: {FLAT} times the cost on the smallest book, which is {_BARS[_BASE]}"


def _places(sizes: Sequence[int]) -> list[int]:
    span = log(sizes[-1] / sizes[0])
    return [round((_WIDTH - 1) * log(size / sizes[0]) / span) for size in sizes]


def _marks(growth: Sequence[float], places: Sequence[int]) -> str:
    """A mark for each place, between two books as far as one is from the other."""
    marks = [_mark(log(growth[0]))]
    for (left, start), (right, end) in pairwise(zip(growth, places, strict=True)):
        for place in range(start + 1, end + 1):
            part = (place - start) / (end - start)
            marks.append(_mark(log(left) * (1 - part) + log(right) * part))
    return "".join(marks)


def _mark(logarithm: float) -> str:
    return _BARS[min(max(_BASE + round(logarithm / log(FLAT)), 0), len(_BARS) - 1)]


# --- the README ---------------------------------------------------------------------------------------


def markdown(lines: Sequence[Line], machine: Mapping[str, Any], rounds: int, day: date) -> Iterator[str]:
    """A table of ratios to the floor, and where it was measured."""
    load = machine["load"][0]
    commands = by_command(lines)
    sizes = sorted({at.accounts for at in lines if at.accounts})
    yield f"{HEADER} {' | '.join(f'{size:,}' for size in sizes)} | flat (at most {FLAT})? |"
    yield "|" + "---|" * (4 + len(sizes))
    for name, own in commands.items():
        ratios = {at.accounts or sizes[0]: f"{at.ratio:.2f}" for at in own}
        at_most = next((f"{at.budget}" for at in own if at.budget), "")
        cells = [f"`{name}`", own[0].floor_name, at_most, *(ratios.get(size, "") for size in sizes)]
        yield f"| {' | '.join(cells)} | {_flat(own[-1])} |"
    yield ""
    named = dict.fromkeys(at.floor_name for at in lines)
    yield "Floors: " + "; ".join(f"{name}: {FLOORS[name]}" for name in named) + "."
    for at in lines:
        if at.peak_budget:
            took = f"{at.peak_mb:.0f} MB of memory, at most {MEMORY}"
            yield f"The import of {at.accounts:,} rows took {took}."
    yield (
        f"Measured on {day}: {machine['cores']} cores of {machine['cpu']}, {machine['system']}, Python"
        f" {machine['python']}, SQLite {machine['sqlite']}; medians of {rounds} rounds,"
        f" load {load:.1f} before."
    )


def _flat(largest: Line) -> str:
    if largest.growth is None:
        return ""
    within = "yes" if largest.growth <= FLAT else "no"
    return f"{within}, {largest.growth:.2f}"


def into_readme(readme: Path, text: Sequence[str]) -> None:
    """Put the lines between the two marks of the README."""
    before = readme.read_text("utf-8")
    between = "\n".join([START, *text, END])
    readme.write_text(re.sub(f"{START}.*?{END}", lambda _found: between, before, flags=re.DOTALL), "utf-8")
