"""What the user asked of an import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.outlet.replacing import as_text, vacant, writing

Progress = Callable[[int], None]  # takes how many rows were done
SaveRejects = Callable[[Sequence[list[str]]], None]  # takes the header and the rejected rows


class BadMapping(BadUsage):
    def __init__(self, text: str) -> None:
        super().__init__(_("--map {text!r} has no '='").format(text=text), '--map "COLUMN=field"')


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the user asked; empty where nothing was said."""

    name: str
    data: bytes
    client: str | None = None
    batch: str = ""
    kind: str | None = None
    mapping: Mapping[str, str] | None = None
    dates: str | None = None
    currency: str | None = None
    policy: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    dry_run: bool = False
    skip_bad: bool = False
    complete: bool = False  # accounts of the client that are not in the file go back
    match_zeros: bool | None = None  # numbers that are nearly those of the book are the same; None: not said
    asks: bool = False  # somebody is there to answer: what is unclear is raised as a question
    asked: bool = False  # a column was asked about, so the mapping is shown before it is used
    confirmed: bool = False  # and it was


def column_and_field(text: str) -> tuple[str, str]:
    """What `COLUMN=field` maps to what. Raises BadMapping (exit 2)."""
    column, equals, field = text.rpartition("=")
    if not equals:
        raise BadMapping(text)
    return column, field


def rejects_to(path: Path) -> SaveRejects:
    """Writes the rejected rows, for a spreadsheet and for the next import alike.

    Raises TargetExists (exit 2) at once where there is such a file, CantWrite (exit 5) once there are rows.
    """
    hint = _("name another file for the rejects")
    vacant(path, hint=hint)

    def save(rows: Sequence[list[str]]) -> None:
        import csv

        with writing(path, hint=hint) as file, as_text(file, bom=True) as text:
            csv.writer(text).writerows(rows)

    return save
