"""A write-ahead log that was found beside the book, looked at before SQLite adds it to the book.

SQLite believes any log whose own checksums are right: one that was left by another book, or by a newer
state of this one, would overwrite pages at random and cut the file. One with a damaged beginning it takes
for empty.
"""

import struct
import time
from pathlib import Path

_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # the byte order of the checksums
_HEADER, _FRAME = 32, 24  # bytes: of the log, and before each page in it
_MOST = 1 << 24  # bytes: a longer log is that of an import at work or just killed, and not read through
_NEVER_WRITTEN = 1 << 30  # the offset of a page that SQLite keeps for its locks


def is_foreign(path: Path) -> bool:
    """Whether there is a log beside the book at `path` that can't be the book's."""
    for _again in range(3):
        if not _foreign(path):
            return False
        time.sleep(0.05)  # a command that was just writing is through by then
    return True


def _foreign(path: Path) -> bool:
    try:
        before = path.stat().st_size
        with Path(f"{path}-wal").open("rb") as file:
            log = file.read(_MOST)
        after = path.stat().st_size  # others may move the log into the book meanwhile
    except OSError:
        return False  # then SQLite can't read it either, and says so
    if len(log) < _HEADER or not any(log[:_HEADER]):
        return False  # a power cut before anything was acknowledged
    return not _is_header(log[:_HEADER]) or (len(log) < _MOST and not _fits(log, before, after))


def _is_header(header: bytes) -> bool:
    order = _MAGIC.get(int.from_bytes(header[:4], "big"))
    if order is None:
        return False
    one = two = 0
    words = struct.unpack(f"{order}6I", header[:24])
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return struct.pack(">2I", one, two) == header[24:]


def _fits(log: bytes, before: int, after: int) -> bool:
    """Whether the log and a file of so many bytes have every page of the book between them.

    A log makes the file longer by pages that it holds, and shorter only where it holds the whole book.
    """
    page = int.from_bytes(log[8:12], "big")
    held, length = set(), 0
    for at in range(_HEADER, len(log) - page - _FRAME + 1, page + _FRAME):
        number, committed, salts = struct.unpack_from(">2I8s", log, at)
        if salts != log[16:24]:
            break  # left from before the log was begun anew
        held.add(number)
        length = committed or length
    if before // page > length:
        return not length or len(held) >= length
    return held.issuperset(set(range(after // page + 1, length + 1)) - {_NEVER_WRITTEN // page + 1})
