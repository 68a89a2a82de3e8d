"""Commands in a process of their own, which may have lost a right, its disk or its life."""

import os
import subprocess
import sys

from tests.conftest import Ran

MAIN = "from collectctl.cli.main import run; run()"

# root may write everything: the child gives up that right, so that the file's mode binds it too
BOUND = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
head, caps = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
if libc.capget(head, caps) == 0:
    caps[0], caps[1] = caps[0] & ~6, caps[1] & ~6
    libc.capset(head, caps)
"""
SMALL_FILES = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
# a command that is killed when its entry is stored, before the book is closed
KILLED = """
import os
from collectctl.store import book
book.Book.close = lambda self: os.kill(os.getpid(), 9)
"""


def start(*args: str, before: str = "", out: int = subprocess.PIPE, **environment: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-c", before + MAIN, *args],
        stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, encoding="utf-8", timeout=60,
        env={**os.environ, **environment},
    )  # fmt: skip
    return Ran(done.returncode, done.stdout or "", done.stderr)
