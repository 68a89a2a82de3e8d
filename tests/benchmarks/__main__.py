"""`python -m tests.benchmarks`: what each command takes beside the least that it could take.

Every round runs a command on each book and then its floor, so that both meet the same weather; ratios are
of medians, and a spread (of the middle half) says how bad the weather was; on a busy machine the ratio of
processor time is the steadier one. Nothing here is asserted about seconds.
"""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks import books, floors, terminal
from tests.benchmarks.terminal import Timed

ACTIVITIES = 5
FLAT = 1.25  # at most so many times the same command on the smallest book
NAME, TAIL = books.chinese_name(7)[:2], books.phone(78)[-6:]
# command -> its floor and at most how many times that
BUDGETS: dict[str, tuple[str, float | None]] = {
    "version": (floors.EMPTY, 1.3),
    "help": (floors.EMPTY, 1.3),
    "today": (floors.TABLE, 1.3),
    "today early": (floors.TABLE, None),
    "list": (floors.TABLE, None),
    "log": (floors.COMMIT, 1.3),
    "undo": (floors.COMMIT, None),
    "can": (floors.TABLE, None),
    "show": (floors.TABLE, None),
    "find name": (floors.TABLE, None),
    "find phone": (floors.TABLE, None),
    "report": (floors.TABLE, None),
}
BOOKLESS = ("version", "help")


@dataclass(frozen=True)
class Line:
    """What a command took on a book of `accounts`, in milliseconds; budgets are ratios, None where none."""

    command: str
    accounts: int
    median: float
    minimum: float
    spread: float
    floor: float
    floor_minimum: float
    ratio: float
    cpu_ratio: float
    budget: float | None
    growth: float | None
    growth_budget: float | None
    peak_mb: float

    @property
    def met(self) -> str:
        judged = [(self.ratio, self.budget), (self.growth, self.growth_budget)]
        bound = [value <= limit for value, limit in judged if value is not None and limit is not None]
        return ("met" if all(bound) else "NOT MET") if bound else ""


def arguments(command: str, turn: int, accounts: int) -> list[str]:
    """What is typed; another account every turn."""
    account = books.number(1 + turn * 37 % accounts)
    typed = {
        "version": ["--version"],
        "today early": ["today"],
        "help": ["--help"],
        "log": ["log", account, "ptp", "500@+3d", "发工资", "--yes"],
        "show": ["show", account],
        "can": ["can", account],
        "find name": ["find", NAME],
        "find phone": ["find", TAIL],
        "report": ["report", "--day", "yesterday"],
    }
    return typed.get(command, [command])


class Bench:
    """The floors, and working copies of the books, in a folder of their own."""

    def __init__(self, folder: Path, sizes: Sequence[int], activities: int) -> None:
        self.folder, self.sizes = folder, sizes
        self.scripts = floors.write(folder)
        self.env = terminal.environment(folder, books.NOW.isoformat())
        self.books = {size: folder / f"{size}.db" for size in sizes}
        # in a process of its own: a child's peak memory begins with that of its parent
        with ProcessPoolExecutor(1) as maker:
            for size, path in self.books.items():
                shutil.copyfile(maker.submit(books.cached, size, activities).result(), path)

    def command(self, name: str, turn: int, size: int) -> Timed:
        env = {**self.env, "COLLECTCTL_DB": str(self.books[size])}
        if name.endswith("early"):  # six of seven people are out of hours
            env["COLLECTCTL_NOW"] = books.NOW.replace(hour=7, minute=30).isoformat()
        done = terminal.run([*self.scripts[floors.ENTRY], *arguments(name, turn, size)], env)
        if done.code not in ((0, 1) if name == "can" else (0,)):  # a refusal is an answer
            raise SystemExit(f"{name} on {size} accounts left with {done.code}:\n{done.out}")
        return done

    def rounds(self, commands: Sequence[str], count: int) -> Iterator[tuple[str, int, Timed]]:
        """(command, accounts, time), accounts 0 for the command's floor; the first turn isn't counted."""
        for turn in range(count + 1):
            for name in commands:
                for size in self.sizes[:1] if name in BOOKLESS else self.sizes:
                    if name == "undo" and "log" not in commands:
                        self.command("log", turn, size)
                    done = self.command(name, turn, size)
                    if turn:
                        yield name, size, done
                floor = terminal.run(self.scripts[BUDGETS[name][0]], self.env)
                if turn:
                    yield name, 0, floor


def measured(bench: Bench, commands: Sequence[str], rounds: int) -> list[Line]:
    times: dict[tuple[str, int], list[Timed]] = defaultdict(list)
    for name, size, done in bench.rounds(commands, rounds):
        times[name, size].append(done)
    return [
        line(name, size, times[name, size], times[name, 0], times[name, bench.sizes[0]], bench.sizes[0])
        for name, size in times
        if size
    ]


def line(
    name: str, size: int, own: Sequence[Timed], floor: Sequence[Timed], small: Sequence[Timed], smallest: int
) -> Line:
    ms, least = [t.ms for t in own], [t.ms for t in floor]
    quarters = quantiles(ms, n=4)
    budget = BUDGETS[name][1]
    grown = size != smallest
    return Line(
        command=name,
        accounts=0 if name in BOOKLESS else size,
        median=median(ms),
        minimum=min(ms),
        spread=(quarters[2] - quarters[0]) / median(ms),
        floor=median(least),
        floor_minimum=min(least),
        ratio=median(ms) / median(least),
        cpu_ratio=cpu_ratio(own, floor),
        # what a larger book may cost is bound by its growth
        budget=None if grown and name == "today" else budget,
        growth=median(ms) / median(t.ms for t in small) if grown else None,
        growth_budget=FLAT if grown else None,
        peak_mb=max(t.peak_mb for t in own),
    )


def cpu_ratio(own: Sequence[Timed], floor: Sequence[Timed]) -> float:
    return median(t.cpu_ms for t in own) / median(t.cpu_ms for t in floor)


def imported(folder: Path, count: int, rounds: int) -> Line:
    """The import of a file of `count` accounts, and its floor, in turns; each into a new file."""
    folder = folder / "import"
    folder.mkdir()
    placement = folder / "placement.csv"
    books.write_csv(placement, count)
    own, floor = [], []
    scripts, env = floors.write(folder), terminal.environment(folder, books.NOW.isoformat())
    typed = ["import", str(placement), "--currency", "CNY", "--policy", "cn", "--json"]
    for turn in range(rounds):
        book, table = folder / f"import-{turn}.db", folder / f"insert-{turn}.db"
        own.append(terminal.run([*scripts[floors.ENTRY], *typed, "--db", str(book)], env))
        floor.append(terminal.run(floors.insert(table, placement), env))
        if own[-1].code or floor[-1].code:
            raise SystemExit(own[-1].out + floor[-1].out)
        for path in (book, table):
            path.unlink()
    ms, least = [t.ms for t in own], [t.ms for t in floor]
    return Line(
        "import", count, median(ms), min(ms), (max(ms) - min(ms)) / median(ms), median(least), min(least),
        median(ms) / median(least), cpu_ratio(own, floor), 0.5, None, None, max(t.peak_mb for t in own),
    )  # fmt: skip


def table(lines: Sequence[Line]) -> Iterator[str]:
    yield (
        f"{'command':11} {'accounts':>9} {'median':>9} {'min':>9} {'spread':>6} {'floor':>8} {'min':>8}"
        f" {'ratio':>6} {'cpu':>5} {'at most':>7} {'growth':>6} {'at most':>7} {'MB':>5}"
    )
    for at in lines:
        yield (
            f"{at.command:11} {at.accounts or '-':>9} {at.median:9.1f} {at.minimum:9.1f} {at.spread:6.0%}"
            f" {at.floor:8.1f} {at.floor_minimum:8.1f} {at.ratio:6.2f} {at.cpu_ratio:5.2f}"
            f" {at.budget or '-':>7} {_ratio(at.growth):>6} {at.growth_budget or '-':>7} {at.peak_mb:5.0f}"
            f" {at.met}"
        )


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def machine() -> Mapping[str, object]:
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [
            row.partition(":")[2].strip() for row in info.read_text().splitlines() if "model name" in row
        ]
        model = named[0] if named else model
    return {
        "cores": os.cpu_count(), "cpu": model, "system": platform.platform(), "load": os.getloadavg(),
        "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
    }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], help="accounts in the books")
    asked.add_argument("--million", action="store_true", help="a book of 1,000,000 accounts too")
    asked.add_argument("--activities", type=int, default=ACTIVITIES, help="entries on each account")
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--only", nargs="*", choices=[*BUDGETS, "import"], default=[*BUDGETS, "import"])
    asked.add_argument("--rows", type=int, default=100_000, help="accounts in the file that is imported")
    asked.add_argument("--imports", type=int, default=3, help="how often it is imported")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    given = asked.parse_args()
    sizes = sorted({*given.sizes, *([1_000_000] if given.million else [])})
    before = machine()
    with tempfile.TemporaryDirectory(prefix="collectctl-benchmarks-") as name:
        lines = []
        if commands := [command for command in BUDGETS if command in given.only]:
            lines = measured(Bench(Path(name), sizes, given.activities), commands, given.rounds)
        if "import" in given.only:
            lines.append(imported(Path(name), given.rows, given.imports))
    sys.stdout.write("\n".join([str(dict(before)), *table(lines), f"load after: {os.getloadavg()}", ""]))
    if given.json:
        numbers = [{**asdict(at), "met": at.met} for at in lines]
        given.json.write_text(json.dumps({"machine": before, "lines": numbers}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
