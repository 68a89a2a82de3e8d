"""`python -m tests.benchmarks`: what each command takes beside the least that it could take.

`--all` measures on books of 1,000 to 1,000,000 accounts, which are made where they are not kept already (see
`books.cached`). Nothing here is asserted about seconds.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks import shown, svg
from tests.benchmarks.measuring import COMMANDS, IMPORT, MILLION, Bench, Line, imported, measured

ACTIVITIES = 5
SIZES, ALL = (1_000, 100_000), (1_000, 10_000, 100_000, 1_000_000)
README = Path(__file__).parents[2] / "README.md"


def machine() -> Mapping[str, Any]:
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


def asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="accounts in the books")
    asked.add_argument("--all", action="store_true", help="books of 1,000 to 1,000,000 accounts")
    asked.add_argument("--activities", type=int, default=ACTIVITIES, help="entries on each account")
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--only", nargs="*", choices=[*COMMANDS, IMPORT], default=[*COMMANDS, IMPORT])
    asked.add_argument("--rows", type=int, default=100_000, help="accounts in the file that is imported")
    asked.add_argument("--imports", type=int, default=3, help="how often it is imported")
    asked.add_argument(
        "--million-rows", action="store_true", help="import a file of 1,000,000 too, once, for its memory"
    )
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    asked.add_argument("--svg", type=Path, metavar="FILE", help="draw cost against size there")
    asked.add_argument("--readme", action="store_true", help="put the table into README.md")
    return asked.parse_args()


def lines_of(folder: Path, given: argparse.Namespace) -> list[Line]:
    lines = []
    if commands := [command for command in COMMANDS if command in given.only]:
        bench = Bench(folder, ALL if given.all else sorted(set(given.sizes)), given.activities)
        for size, seconds, backup in bench.first_of_the_day():
            told = f"first today of the day on {size:,} accounts: {seconds:.1f} s"
            sys.stdout.write(f"{told}, with a backup of {backup / 1e6:,.0f} MB\n")
        lines = measured(bench, commands, given.rounds)
    if IMPORT in given.only:
        lines.append(imported(folder, given.rows, given.imports))
    if given.million_rows:
        lines.append(imported(folder, MILLION, 1))
    return lines


def main() -> None:
    given = asked()
    before = machine()
    with tempfile.TemporaryDirectory(prefix="collectctl-benchmarks-") as name:
        lines = lines_of(Path(name), given)
    text = [str(dict(before)), *shown.table(lines), "", *shown.picture(lines)]
    sys.stdout.write("\n".join([*text, f"load after: {os.getloadavg()}", ""]))
    if given.json:
        numbers = [{**asdict(at), "met": at.met} for at in lines]
        given.json.write_text(json.dumps({"machine": before, "lines": numbers}, indent=1), encoding="utf-8")
    if given.svg:
        on = f"{before['cores']} cores of {before['cpu']}, {given.rounds} rounds"
        given.svg.write_text(svg.drawn(lines, on), encoding="utf-8")
    if given.readme:
        day = date.today()  # noqa: DTZ011 (of the machine that measures)
        shown.into_readme(README, list(shown.markdown(lines, before, given.rounds, day)))


if __name__ == "__main__":
    main()
