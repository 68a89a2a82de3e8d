"""What was recorded of what people said and where they are."""

from collections.abc import Mapping

from collectctl.domain.records import Record
from collectctl.domain.results.recorded import Changed


class Done(Record):
    """What a write did to one account.

    `text` is for the screen; `brief` for the journal, in general words (no name, no number), None where the
    text is such; `data` are what a program reads besides: plain values, days and instants.
    """

    text: str
    brief: str | None = None
    data: Mapping[str, object] = {}
    warnings: tuple[str, ...] = ()
    more: tuple[str, ...] = ()  # lines below the first on the screen


class Said(Record):
    """The accounts in order, what is known of each change, and whether a step of undo was made at all."""

    changes: tuple[Changed, ...]
    data: tuple[Mapping[str, object], ...]
    step: bool
