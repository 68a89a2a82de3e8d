"""Standard output as the target of a file: what a terminal gets is shown, and never obeyed."""

import codecs
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.render.text import safe

if TYPE_CHECKING:
    from typing_extensions import Buffer


STANDARD_OUTPUT = "-"  # by this name


class NotOnAScreen(BadUsage):
    def __init__(self, hint: str) -> None:
        super().__init__(_("a workbook is nothing for a terminal: name a file"), hint)


def target(name: str) -> Path | BinaryIO:
    """Where a file of that name is written to."""
    if name != STANDARD_OUTPUT:
        return Path(name)
    return Screen() if sys.stdout.isatty() else sys.stdout.buffer


class Screen(io.BytesIO):
    """Takes the bytes of a text in UTF-8; control characters but line ends are shown harmlessly."""

    def __init__(self) -> None:
        super().__init__()
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def write(self, data: "Buffer") -> int:
        text = self._decode(bytes(data)).replace("\r\n", "\n")
        sys.stdout.write("\n".join(map(safe, text.split("\n"))))
        return len(bytes(data))
