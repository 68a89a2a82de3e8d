"""The bytes of the files that are imported: read once, whole, and not while somebody writes them."""

import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

from collectctl.domain.errors import BadData, BadUsage, NotFound
from collectctl.domain.words import _

LARGEST = 1 << 30  # bytes; a million accounts of 34 columns are less than half of it
_CHUNK = 1 << 20


class NoFile(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(_("there is no file {name}").format(name=name), "collectctl import FILE")


class IsFolder(BadUsage):
    def __init__(self, name: str) -> None:
        super().__init__(_("{name} is a folder, not a file").format(name=name), f"collectctl import {name}/*")


class ChangedWhileRead(BadData):
    code = "changed-while-read"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} changed while it was read; nothing was imported").format(name=name),
            _("wait until it is whole, then import it again"),
        )


class TooLarge(BadData):
    code = "too-large"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is larger than {limit} GiB, the most that is read at once").format(
                name=name, limit=LARGEST >> 30
            ),
            _("split it into several files, each with the header"),
        )


def source(name: str) -> tuple[str, bytes]:
    """What to call a file, and its bytes; `-` is standard input.

    Raises NoFile (3), IsFolder (2), ChangedWhileRead and TooLarge (4), and OSError.
    """
    if name == "-":
        title = _("standard input")
        return title, _stream(title, sys.stdin.buffer)
    path = Path(name)
    if path.is_dir():
        raise IsFolder(name)
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                return path.name, _stream(path.name, file)
            if before.st_size > LARGEST:
                raise TooLarge(path.name)
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError, ValueError):  # no name of a file holds a null byte
        raise NoFile(name) from None
    if len(data) != before.st_size or _version(before) != _version(after):
        raise ChangedWhileRead(path.name)
    return path.name, data


def _version(state: os.stat_result) -> tuple[int, int]:
    return state.st_size, state.st_mtime_ns


def _stream(name: str, file: BinaryIO) -> bytes:
    """All of a pipe or a device, which may have no end."""
    data = bytearray()
    while chunk := file.read(_CHUNK):
        data += chunk
        if len(data) > LARGEST:
            raise TooLarge(name)
    return bytes(data)
