"""python -m tests.kill [--kills N] [--only NAME] [--seed S] [--keep DIR]
python -m tests.kill --together [--processes N] [--logs N] [--keep DIR]

Moments are drawn from the seed; what a process does in them is not, so that a finding need not come again:
--keep keeps the files that it left.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.kill.rooms import Room
from tests.kill.scenes import Books, Scene, scenes
from tests.kill.together import together


def killed(one: Scene) -> int:
    return sum(told.hit for told in one.told)


def run(found: list[Scene], rooms: dict[str, Room], kills: int, keep: Path | None) -> None:
    """Hit commands in turn until so many were hit."""
    told_of = 0
    while (count := sum(map(killed, found))) < kills:
        if count >= told_of + 50:
            told_of = count
            sys.stderr.write(f"{count} killed\n")
        for one in sorted(found, key=killed)[: max(1, len(found) // 2)]:
            room = rooms[one.name]
            told = one.once(room, room.draw)
            for text in told.findings:
                print(f"found: {one.name}, attempt {len(one.told)}: {text}", flush=True)
            if told.findings and keep:
                name = f"{one.name.replace(', ', '-').replace(' ', '-')}-{len(one.told)}"
                shutil.copytree(room.folder, keep / name, dirs_exist_ok=True)


def table(found: list[Scene]) -> list[str]:
    head = ("command", "runs", "killed", "there", "not there", "said so", "left over", "findings")
    rows = []
    for one in found:
        hit = [told for told in one.told if told.hit]
        rows.append(
            (one.name, len(one.told), len(hit), sum(t.there for t in hit), sum(not t.there for t in hit),
             sum(t.ended.acknowledged for t in hit), one.leftovers, sum(len(t.findings) for t in one.told))
        )  # fmt: skip
    rows.append(("all", *(sum(row[n] for row in rows) for n in range(1, len(head)))))
    return [f"{row[0]:24}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in (head, *rows)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--only", default="", help="commands whose name has this in it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="put the books of findings into this folder")
    parser.add_argument("--together", action="store_true", help="many processes log on one book, none is hit")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--logs", type=int, default=100, help="of each process")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="collectctl-kill-") as name:
        folder = Path(name)
        books = Books(folder)
        if options.together:
            return together(folder, books, options.processes, options.logs, options.keep)
        found = [one for one in scenes(books) if options.only in one.name]
        draws = [random.Random(f"{options.seed}-{n}") for n in range(len(found))]
        rooms = {one.name: Room(folder / f"room-{n}", draws[n]) for n, one in enumerate(found)}
        with suppress(KeyboardInterrupt):  # what was seen so far is told
            run(found, rooms, options.kills, options.keep)
    waited = max(room.longest for room in rooms.values())
    print("\n".join(table(found)))
    took = time.monotonic() - started
    print(f"{sum(map(killed, found))} killed in {took:.0f} s; the next command waited {waited:.1f} s at most")
    return int(any(told.findings for one in found for told in one.told))


if __name__ == "__main__":
    sys.exit(main())
