"""Several processes at once, each with one `log` after another, on one book."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from tests.kill.rooms import Room
from tests.kill.scenes import ACCOUNTS, Books
from tests.kill.victims import Ended, strike


class Logged(NamedTuple):
    ended: tuple[Ended, ...]
    findings: tuple[str, ...]


def logged(room: Room, processes: int, logs: int) -> Logged:
    """Each of `processes` logs `logs` contacts, on accounts that the others log on, too."""
    before = room.state()

    def work(worker: int) -> list[Ended]:
        return [
            strike(
                ["log", f"base-{(worker * 37 + n) % ACCOUNTS:05}", "na", f"text {worker}-{n}", "--json"],
                room.environment, (), None,
            )
            for n in range(logs)
        ]  # fmt: skip

    with ThreadPoolExecutor(processes) as pool:
        ended = tuple(one for part in pool.map(work, range(processes)) for one in part)
    findings = [f"exit {one.code}: {one.err.strip()}" for one in ended if one.code or not one.acknowledged]
    # the same account and outcome within a minute is doubted, and recorded
    findings += [f"said: {one.err.strip()}" for one in ended if one.err.strip() and one.code == 0]
    wanted = [f"text {worker}-{n}" for worker in range(processes) for n in range(logs)]
    findings += _entries(room, len(before.entries), wanted)
    findings += room.proved()
    return Logged(ended, tuple(findings))


def _entries(room: Room, before: int, wanted: Sequence[str]) -> list[str]:
    with closing(sqlite3.connect(room.book)) as connection:
        rows = connection.execute("select text from activity where op > ?", (before,)).fetchall()
        steps = connection.execute(
            "select count(*), count(distinct chain), max(id) from operation where id > ? and command = 'log'",
            (before,),
        ).fetchone()
    there = Counter(row[0] for row in rows)
    findings = [f"{text!r} is there {there[text]} times" for text in wanted if there[text] != 1]
    if len(rows) != len(wanted) or steps != (len(wanted), len(wanted), before + len(wanted)):
        findings.append(f"{len(rows)} contacts and {steps} entries of {len(wanted)}")
    return findings


def together(folder: Path, books: Books, processes: int, logs: int, keep: Path | None) -> int:
    """Run it and print what came of it; the exit code."""
    room = Room(folder / "room", Random(0))
    room.fill({"book.db": books.get("base")})
    found = logged(room, processes, logs)
    for text in found.findings:
        print(f"found: {text}")
    if found.findings and keep:
        shutil.copytree(room.folder, keep / "together", dirs_exist_ok=True)
    took = sorted(one.took for one in found.ended)
    print(
        f"{processes} processes x {logs} log: {len(took)} commands, {len(found.findings)} findings;"
        f" a command took {median(took):.2f} s in the middle, {took[-1]:.2f} s at most"
    )
    return int(bool(found.findings))
