"""python -m tests.fuzz (--seconds N | --examples N) [--seed S] [--keep DIR] [--again N]

Examples are made from the seed and their number: each can be made again. They are read in copies of
this process with bounded memory and without the trial run of native code; what a copy does not survive is
read once more with it, as a user's file is, and must then end in one of our errors.
"""

import argparse
import hashlib
import mmap
import os
import random
import resource
import signal
import struct
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from collectctl.intake import trial, workbooks
from tests.fuzz import corpus
from tests.fuzz.mutations import example
from tests.fuzz.target import read

CHUNK = 2000
PATIENCE = 4  # seconds for one example
MEMORY = 3 << 30


def made(seed: int, number: int) -> bytes:
    return example(random.Random(f"{seed}-{number}"))


def chunk(seed: int, start: int, stop: int, at: mmap.mmap, out: int) -> None:
    """Life of a copy: the examples from `start` on, the number of the current one in `at`."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workbooks.survives = lambda _read, _size: True
    outcomes: Counter[str] = Counter()
    for number in range(start, stop):
        at[:8] = struct.pack("<q", number)
        data = made(seed, number)
        try:
            outcomes[read(data)] += 1
        except Exception:
            outcomes["FOUND"] += 1
            os.write(out, f"\0{number}\n{traceback.format_exc()}".encode())
        except BaseException:  # a panic of native code: the trial run is for those
            os._exit(7)
    os.write(out, ("\1" + repr(dict(outcomes))).encode())
    os._exit(0)


def guarded(seed: int, number: int) -> str:
    """How an example that killed a copy ends for a user: the name of the error, or what is wrong."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        trial._SECONDS = PATIENCE
        signal.alarm(40 * PATIENCE)
        try:
            read(made(seed, number))
            os._exit(0)
        except BaseException:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    return "guarded" if status == 0 else f"FOUND: ends with status {status}"


def run_chunk(seed: int, start: int, stop: int, outcomes: Counter[str], found: list[str]) -> int:
    """Examples of one copy; returns the number to go on from."""
    at = mmap.mmap(-1, 8)
    at[:8] = struct.pack("<q", start)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        chunk(seed, start, stop, at, writer)
    os.close(writer)
    told = _listen(child, reader, at)
    for part in told.decode("utf-8", "replace").split("\0")[1:]:
        found.append(part.partition("\1")[0])
    if "\1" in (text := told.decode("utf-8", "replace")):
        outcomes.update(eval(text.rpartition("\1")[2]))
        return stop
    number = int(struct.unpack("<q", at[:8])[0])
    outcome = guarded(seed, number)
    outcomes["native: " + outcome] += 1
    outcomes["read before a native end"] += number - start
    if outcome != "guarded":
        found.append(f"{number}\n{outcome}")
    return number + 1


def _listen(child: int, reader: int, at: mmap.mmap) -> bytes:
    """Everything that a copy says until it ends; it is ended where an example takes too long."""
    import select

    told, last, since = b"", -1, time.monotonic()
    while True:
        ready, _w, _x = select.select([reader], [], [], 1)
        if ready:
            part = os.read(reader, 1 << 16)
            if not part:
                break
            told += part
        now = int(struct.unpack("<q", at[:8])[0])
        if now != last:
            last, since = now, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            os.kill(child, signal.SIGKILL)
    os.close(reader)
    os.waitpid(child, 0)
    return told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write what was found to this folder")
    parser.add_argument("--again", type=int, help="read one example, as a user's file is read")
    options = parser.parse_args()
    if options.again is not None:
        print(read(made(options.seed, options.again)))
        return 0
    corpus.workbooks()
    corpus.real_files()
    outcomes: Counter[str] = Counter()
    found: list[str] = []
    started, number = time.monotonic(), 0
    last = options.examples or sys.maxsize
    until = started + (options.seconds or (sys.maxsize if options.examples else 60))
    while number < last and time.monotonic() < until:
        before = len(found)
        number = run_chunk(options.seed, number, min(number + CHUNK, last), outcomes, found)
        for text in found[before:]:
            print(f"found: --seed {options.seed} --again {text}", flush=True)
            if options.keep:
                data = made(options.seed, int(text.split("\n", 1)[0]))
                options.keep.mkdir(exist_ok=True)
                (options.keep / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
    took = time.monotonic() - started
    print(f"{number} examples in {took:.0f} s, {len(found)} found")
    for outcome, count in outcomes.most_common():
        print(f"  {count:8} {outcome}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
