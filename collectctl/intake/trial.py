"""A trial run of native code on a file that may be made to break it.

The reader of workbooks is compiled code: on a file with one cell at the far end of a sheet it asks for more
memory than there is, and takes the whole program with it. So it runs first in a copy of this process, which
may use so much memory and time and no more; only what it survives there is read here.
"""

import os
import signal
from collections.abc import Callable

_SECONDS = 10  # of the processor, and more for larger files
_BYTES_A_SECOND = 4 << 20  # of expanded parts; a slow machine reads ten times as many
_MEMORY = 16 << 30  # the most that the trial may use, where the machine has as much


def survives(read: Callable[[], object], size: int) -> bool:
    """Whether `read` comes back, be it with an ordinary exception; the `size` of its
    expanded parts gives it time.

    True without a trial where processes can't be copied (Windows).
    """
    if not hasattr(os, "fork"):
        return True
    child = os.fork()
    if child == 0:
        _run(read, size)
    try:
        status = os.waitpid(child, 0)[1]
    except BaseException:  # interrupted: the copy must not outlive us
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    return status == 0


def _run(read: Callable[[], object], size: int) -> None:
    """The copy's whole life: silent, bounded, and gone without touching what it shares with us."""
    code = 1
    try:
        import faulthandler

        faulthandler.disable()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        _bound(_SECONDS + size // _BYTES_A_SECOND)
        read()
        code = 0
    except Exception:
        code = 0  # an error that the real reading meets, and explains, too
    finally:
        os._exit(code)


def _bound(seconds: int) -> None:
    import resource

    memory = min(_MEMORY, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 3 // 4)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(limit)[1]
        resource.setrlimit(limit, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
