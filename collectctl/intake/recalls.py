"""A recall list: the account numbers that a client takes back, with a day and a client where it says so."""

from dataclasses import dataclass

from collectctl.domain.records import Record
from collectctl.domain.stated import RowError
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.lightrows import LightRows, text_of
from collectctl.intake.recognise import Recognition


class Recall(Record):
    """One account to give back."""

    row: int
    number: str
    client: str | None  # None where neither a column nor the user names it
    on: str | None  # ISO date
    name: str = ""  # the debtor's, where the list has it


@dataclass(frozen=True)
class Recalls:
    recalls: list[Recall]
    errors: list[RowError]
    rows: int  # data rows read
    repeated: int  # rows that name an account again
    left_out: int  # totals rows


def read_recalls(table: Table, recognition: Recognition, defaults: Defaults) -> Recalls:
    """All rows of a recall list; an account that is named again counts once. Raises DatesAmbiguous."""
    rows = LightRows(table, recognition, defaults)
    column, named = recognition.first("placement_ends"), recognition.first("name")
    ends = rows.date_column(column) if column else None
    found: dict[tuple[str | None, str], Recall] = {}
    count = 0
    for row, cells in rows:
        before = len(rows.errors)
        whose = rows.whose(row, cells)
        on = rows.date(row, ends, cells) if whose else ""
        if whose and len(rows.errors) == before:
            count += 1
            recall = Recall(row, whose.number, whose.client, on or None, text_of(named, cells))
            found.setdefault((recall.client, recall.number), recall)
    return Recalls(list(found.values()), rows.errors, rows.rows, count - len(found), rows.left_out)
