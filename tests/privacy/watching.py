"""What this process writes, makes and starts while somebody watches: heard from the interpreter itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# events that name something new on disk, and which of their arguments does
_MAKES = {"os.mkdir": 0, "os.rename": 1, "os.link": 1, "os.symlink": 1, "sqlite3.connect": 0,
          "tempfile.mkstemp": 0, "tempfile.mkdtemp": 0}  # fmt: skip
_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "socket.connect")
_watching: list["Seen"] = []


class Seen:
    """Paths that were written to or made, and the arguments of programs that were started."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.started: list[str] = []


def _hear(event: str, args: tuple[Any, ...]) -> None:
    for seen in _watching:
        if event == "open" and isinstance(args[0], str | bytes) and args[2] & _WRITES:
            seen.written.append(os.fsdecode(args[0]))
        elif event in _MAKES:
            seen.written.append(os.fsdecode(args[_MAKES[event]]))
        elif event in _STARTS:
            seen.started.append(repr(args))


sys.addaudithook(_hear)  # for good: nothing takes a hook away


@contextmanager
def watched() -> Iterator[Seen]:
    seen = Seen()
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)
