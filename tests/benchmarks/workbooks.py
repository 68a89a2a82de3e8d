"""`python -m tests.benchmarks.workbooks`: importing a workbook beside reading it, and beside a CSV of it."""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks import books, floors, terminal

_READ = """
import sys

from python_calamine import CalamineWorkbook

sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
sys.stdout.write(str(sum(1 for _row in sheet.iter_rows())))
"""
AT_MOST = 2.0  # times the reading alone and the import of the CSV, together


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.workbooks", description=__doc__)
    asked.add_argument("--rows", type=int, default=30_000)
    asked.add_argument("--rounds", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="collectctl-benchmarks-") as name:
        took = _measured(Path(name), given.rows, given.rounds)
    floor = took["read"] + took["csv"]
    sys.stdout.write(
        f"{given.rows} rows: xlsx {took['xlsx']:.0f} ms, read alone {took['read']:.0f} ms,"
        f" csv {took['csv']:.0f} ms: ratio {took['xlsx'] / floor:.2f}, at most {AT_MOST}\n"
    )


def _measured(folder: Path, rows: int, rounds: int) -> dict[str, float]:
    """Medians in milliseconds; every round imports both files into new books and reads the workbook."""
    csv, xlsx = folder / "placement.csv", folder / "placement.xlsx"
    books.write_csv(csv, rows)
    _as_workbook(csv, xlsx)
    scripts, env = floors.write(folder), terminal.environment(folder, books.NOW.isoformat())
    typed = ["--currency", "CNY", "--policy", "cn", "--json", "--db"]
    found: dict[str, list[float]] = {"csv": [], "xlsx": [], "read": []}
    for turn in range(rounds):
        for file in (csv, xlsx):
            kind, book = file.suffix[1:], str(folder / f"{turn}-{file.suffix[1:]}.db")
            line = [*scripts[floors.ENTRY], "import", str(file), *typed, book]
            found[kind].append(_run(line, env))
        found["read"].append(_run([sys.executable, "-c", _READ, str(xlsx)], env))
    return {name: median(times) for name, times in found.items()}


def _run(line: list[str], env: dict[str, str]) -> float:
    done = terminal.run(line, env)
    if done.code:
        raise SystemExit(done.out)
    return done.ms


def _as_workbook(source: Path, target: Path) -> None:
    import csv

    from xlsxwriter import Workbook

    with Workbook(str(target), {"constant_memory": True}) as book, source.open(encoding="utf-8") as file:
        sheet = book.add_worksheet()
        for at, cells in enumerate(csv.reader(file)):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)


if __name__ == "__main__":
    main()
