"""A process on a pseudo-terminal of its own, timed."""

import fcntl
import os
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LINES, COLUMNS = 50, 140


class Timed(NamedTuple):
    ms: float
    cpu_ms: float
    peak_mb: float
    code: int
    out: str


def environment(home: Path, now: str) -> dict[str, str]:
    """What a measured process sees: compiled modules are kept, the clock stands still."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "Asia/Shanghai",
        "COLLECTCTL_NOW": now,
    }


def run(argv: Sequence[str], env: Mapping[str, str]) -> Timed:
    """Run `argv` to its end; the time is what the user waits, from the start of the process on."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    started = perf_counter()
    process = subprocess.Popen(argv, stdin=theirs, stdout=theirs, stderr=theirs, env=dict(env))
    os.close(theirs)
    out = _drain(ours)
    _pid, status, usage = os.wait4(process.pid, 0)
    ms = (perf_counter() - started) * 1000
    os.close(ours)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    return Timed(ms, cpu_ms, usage.ru_maxrss / unit, process.returncode, out.decode("utf-8", "replace"))


def _drain(terminal: int) -> bytes:
    read = bytearray()
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux reports the end of the other side as an error
            return bytes(read)
        if not part:
            return bytes(read)
        read += part
