"""What a command takes beside the least that it could take, on books of several sizes.

Every round runs a command on each book and then its floor, so that both meet the same weather; ratios are
of medians, and a spread (of the middle half) says how bad the weather was; on a busy machine the ratio of
processor time is the steadier one.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from tests.benchmarks import books, floors, terminal
from tests.benchmarks.terminal import Timed

FLAT = 1.25  # at most so many times the same command on the smallest book
MILLION, MEMORY = 1_000_000, 400  # rows of a file, and how many MB their import may take
NAME, TAIL, NOTE = books.chinese_name(7)[:2], books.phone(78)[-6:], "发工资"


class Command(NamedTuple):
    """What is typed, its floor, at most how many times that, and whether it must be flat."""

    typed: tuple[str, ...]  # {account}: another one every turn
    floor: str
    at_most: float | None = None
    flat: bool = True


COMMANDS = {
    "version": Command(("--version",), floors.EMPTY, 1.3),
    "help": Command(("--help",), floors.EMPTY, 1.3),
    "today": Command(("today",), floors.TABLE, 1.3),
    "today early": Command(("today",), floors.TABLE),
    "list": Command(("list",), floors.TABLE),
    "log": Command(("log", "{account}", "ptp", "500@+3d", NOTE, "--yes"), floors.COMMIT, 1.3),
    "undo": Command(("undo",), floors.COMMIT),
    "can": Command(("can", "{account}"), floors.TABLE),
    "show": Command(("show", "{account}"), floors.TABLE),
    "find name": Command(("find", NAME), floors.TABLE),
    "find phone": Command(("find", TAIL), floors.TABLE),
    "find note": Command(("find", NOTE), floors.TABLE),
    "find part": Command(("find", books.number(4711)[3:-1]), floors.TABLE),
    "find nowhere": Command(("find", "nowhere"), floors.TABLE),
    # two characters that are nowhere are looked for in all numbers and names
    "find two": Command(("find", "zq"), floors.TABLE, flat=False),
    "report": Command(("report", "--day", "yesterday"), floors.TABLE),
    "report today": Command(("report",), floors.TABLE),
    "history": Command(("history",), floors.TABLE),
    "book info": Command(("book", "info"), floors.TABLE),
    "export": Command(("export", "activities", "-", "--from", "yesterday"), floors.TABLE),
}
BOOKLESS = ("version", "help")
IMPORT = "import"


@dataclass(frozen=True)
class Line:
    """What a command took on a book of `accounts`, in milliseconds; budgets are ratios, None where none."""

    command: str
    accounts: int
    floor_name: str
    median: float
    minimum: float
    spread: float
    floor: float
    floor_minimum: float
    ratio: float
    cpu_ratio: float
    budget: float | None
    growth: float | None
    cpu_growth: float | None
    growth_budget: float | None
    peak_mb: float
    peak_budget: float | None = None

    @property
    def met(self) -> str:
        judged = [
            (self.ratio, self.budget), (self.growth, self.growth_budget), (self.peak_mb, self.peak_budget),
        ]  # fmt: skip
        bound = [value <= limit for value, limit in judged if value is not None and limit is not None]
        return ("met" if all(bound) else "NOT MET") if bound else ""


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

    def first_of_the_day(self) -> Iterator[tuple[int, float, int]]:
        """Have every book brought to its day; accounts, what that took in seconds, bytes of the backup.

        The backup stays as an empty file: it is not written again, and takes no room.
        """
        for size in self.sizes:
            done = self.command("today", 0, size)
            written = list((self.folder / "backups").glob(f"{size}-*"))
            yield size, done.ms / 1000, sum(path.stat().st_size for path in written)
            for path in written:
                path.write_bytes(b"")

    def command(self, name: str, turn: int, size: int) -> Timed:
        env = {**self.env, "COLLECTCTL_DB": str(self.books[size])}
        if name.endswith("early"):  # six of seven people are out of hours
            env["COLLECTCTL_NOW"] = books.NOW.replace(hour=7, minute=30).isoformat()
        account = books.number(1 + turn * 37 % size)
        typed = [part.format(account=account) for part in COMMANDS[name].typed]
        done = terminal.run([*self.scripts[floors.ENTRY], *typed], env)
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
                floor = terminal.run(self.scripts[COMMANDS[name].floor], self.env)
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
    command = COMMANDS[name]
    grown = size != smallest
    return Line(
        command=name,
        accounts=0 if name in BOOKLESS else size,
        floor_name=command.floor,
        median=median(ms),
        minimum=min(ms),
        spread=(quarters[2] - quarters[0]) / median(ms),
        floor=median(least),
        floor_minimum=min(least),
        ratio=median(ms) / median(least),
        cpu_ratio=cpu_ratio(own, floor),
        # what a larger book may cost is bound by its growth
        budget=None if grown and name == "today" else command.at_most,
        growth=median(ms) / median(t.ms for t in small) if grown else None,
        cpu_growth=cpu_ratio(own, small) if grown else None,
        growth_budget=FLAT if grown and command.flat else None,
        peak_mb=max(t.peak_mb for t in own),
    )


def cpu_ratio(own: Sequence[Timed], floor: Sequence[Timed]) -> float:
    return median(t.cpu_ms for t in own) / median(t.cpu_ms for t in floor)


def imported(folder: Path, count: int, rounds: int) -> Line:
    """The import of a file of `count` accounts, and its floor, in turns; each into a new file."""
    folder = folder / f"import-{count}"
    folder.mkdir()
    placement = folder / "placement.csv"
    books.write_csv(placement, count)
    own, floor = [], []
    scripts, env = floors.write(folder), terminal.environment(folder, books.NOW.isoformat())
    typed = [IMPORT, str(placement), "--currency", "CNY", "--policy", "cn", "--json"]
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
        IMPORT, count, floors.INSERT, median(ms), min(ms), (max(ms) - min(ms)) / median(ms), median(least),
        min(least), median(ms) / median(least), cpu_ratio(own, floor), 0.5, None, None, None,
        max(t.peak_mb for t in own), MEMORY if count >= MILLION else None,
    )  # fmt: skip
