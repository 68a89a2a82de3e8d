"""A terminal as the target of a file: what is written there is shown, and never obeyed."""

import codecs
import io
import sys
from typing import TYPE_CHECKING

from collectctl.render.text import safe

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Screen(io.BytesIO):
    """Takes the bytes of a text in UTF-8; control characters but line ends are shown harmlessly."""

    def __init__(self) -> None:
        super().__init__()
        self._decode = codecs.getincrementaldecoder("utf-8")().decode

    def write(self, data: "Buffer") -> int:
        text = self._decode(bytes(data)).replace("\r\n", "\n")
        sys.stdout.write("\n".join(map(safe, text.split("\n"))))
        return len(bytes(data))
