"""A command in a process of its own, and the blow that ends it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

MAIN = "from collectctl.cli.main import run; run()"
GROUP, ALONE, READER = "group", "alone", "reader"
PATIENCE = 300.0  # seconds after which a command that was not hit is said to hang
_POLL = 0.0005


class Blow(NamedTuple):
    """SIGKILL `after` seconds, or `then` seconds after the change on disk numbered `change`."""

    after: float | None = None
    change: int = 0
    then: float = 0.0
    whom: str = GROUP  # the process with its children, the process alone, or the child that reads for it


class Ended(NamedTuple):
    code: int
    out: str
    err: str
    hit: bool  # it was still running when it was hit
    took: float  # seconds
    changes: int  # on disk, as far as they were seen
    orphans: int  # processes of its group that outlived it
    waited: float  # seconds that it neither ran nor waited for a processor, as far as the system tells

    @property
    def acknowledged(self) -> bool:
        """Whether it said all that it says when all is done."""
        try:
            return "data" in json.loads(self.out)
        except ValueError:
            return "collectctl undo" in self.out


def strike(
    arguments: Sequence[str], environment: Mapping[str, str], folders: Sequence[Path], blow: Blow | None
) -> Ended:
    """Run a command and hit it, unless it has ended before; `folders` are watched for changes."""
    started, ours = time.monotonic(), _busy("self")
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", env={**os.environ, **environment}, start_new_session=True,
    )  # fmt: skip
    hit, changes, busy = _watch(process, folders, blow, started)
    try:
        process.wait(PATIENCE)
        took = time.monotonic() - started
        # on a busy machine we see late that it has ended
        waited = max(0.0, took - busy - (_busy("self") - ours)) if busy else 0.0
        orphans = _wait_for_orphans(process.pid)
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _kill(process.pid, GROUP)
        out, err = process.communicate()
        return Ended(1, out, err + "\nit hangs", False, PATIENCE, changes, 0, PATIENCE)
    return Ended(process.returncode, out, err, hit, took, changes, orphans, waited)


def _watch(
    process: "subprocess.Popen[str]", folders: Sequence[Path], blow: Blow | None, started: float
) -> tuple[bool, int, float]:
    """Follow the process until it was hit or has ended: whether it was hit, changes seen, seconds busy."""
    seen, changes, busy = signature(folders), 0, 0.0
    due = started + blow.after if blow and blow.after is not None else None
    while process.poll() is None:
        now = time.monotonic()
        if now - started > PATIENCE:
            return False, changes, busy
        busy = _busy(process.pid) or busy
        there = signature(folders)
        if there != seen:
            seen, changes = there, changes + 1
            if blow and changes == blow.change:
                due = now + blow.then
        if blow and due is not None and now >= due and _kill(process.pid, blow.whom):
            return True, changes, busy
        time.sleep(_POLL)
    return False, changes, busy


def _busy(pid: int | str) -> float:
    """Seconds that a process has run or waited for a processor, as Linux tells; else 0."""
    try:
        ran, queued, _slices = Path(f"/proc/{pid}/schedstat").read_text("ascii").split()
    except (OSError, ValueError):
        return 0.0
    return (int(ran) + int(queued)) / 1e9


def _kill(pid: int, whom: str) -> bool:
    """Whether there was one to be hit; the process is not yet waited for, so that its number is its own."""
    if whom == GROUP:
        os.killpg(pid, signal.SIGKILL)
        return True
    found = [pid] if whom == ALONE else children(pid)
    for one in found:
        os.kill(one, signal.SIGKILL)
    return bool(found)


def children(pid: int) -> list[int]:
    """The running children of a process; none where the system does not tell."""
    return [one for one, (_group, parent, state) in _processes().items() if parent == pid and state != "Z"]


def _processes() -> dict[int, tuple[int, int, str]]:
    """Group, parent and state of every process, as Linux tells."""
    found: dict[int, tuple[int, int, str]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        found[int(folder.name)] = int(words[2]), int(words[1]), words[0]
    return found


def _wait_for_orphans(group: int) -> int:
    """How many processes of a group are left some time after their first one has gone."""
    for _turn in range(1200):
        left = [one for one, (of, _parent, state) in _processes().items() if of == group and state != "Z"]
        if not left:
            return 0
        time.sleep(0.05)
    for one in left:
        os.kill(one, signal.SIGKILL)
    return len(left)


def signature(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """The files of some folders, and of temporary ones in them, with size and time of change."""
    found: list[tuple[str, int, int]] = []
    waiting = [str(folder) for folder in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    stat = entry.stat(follow_symlinks=False)
                    found.append((entry.path, stat.st_size, stat.st_mtime_ns))
                    if entry.name.startswith(".collectctl-") and entry.is_dir():
                        waiting.append(entry.path)
        except OSError:  # gone meanwhile
            continue
    return tuple(sorted(found))


def drawn(draw: random.Random, took: float, changes: int, whom: str = GROUP) -> Blow:
    """A blow at any moment of a command that takes `took` seconds, or near one of its changes on disk."""
    if not changes or draw.random() < 0.35:
        return Blow(after=draw.uniform(0, 1.3) * took, whom=whom)
    if draw.random() < 0.3:  # about when it has done, and says so
        return Blow(after=draw.uniform(0.85, 1.1) * took, whom=whom)
    then = draw.choice((0.0, draw.uniform(0, 0.004), draw.uniform(0, 0.03)))
    # the later ones more often: that is where a command does what it is there for
    change = max(draw.randint(1, changes), draw.randint(1, changes))
    return Blow(change=change, then=then, whom=whom)
