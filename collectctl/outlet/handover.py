"""A hand-over as a file: JSON lines, the first about the file, the last with the count of those between."""

import json
from codecs import StreamWriter
from collections.abc import Iterable
from typing import BinaryIO

from collectctl.domain.handover import FORM, VERSION, Cover, Fact
from collectctl.outlet.replacing import as_text


def write_handover(stream: BinaryIO, cover: Cover, facts: Iterable[Fact]) -> int:
    """Returns how many facts were written."""
    count = 0
    with as_text(stream) as text:
        _line(text, {"form": FORM, "version": VERSION, **cover._asdict()})
        for fact in facts:
            _line(text, {"table": fact.table, "id": fact.id, "rank": fact.rank, "row": dict(fact.row)})
            count += 1
        _line(text, {"facts": count})
    return count


def _line(text: StreamWriter, made: dict[str, object]) -> None:
    text.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")
