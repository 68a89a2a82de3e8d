"""A list of placements that the client lets run longer: accounts with the day until which they stay."""

from dataclasses import dataclass

from collectctl.domain.stated import RowError, StatedExtension
from collectctl.domain.words import _
from collectctl.intake.defaults import Defaults
from collectctl.intake.errors import ColumnMissing
from collectctl.intake.files import Table
from collectctl.intake.lightrows import LightRows
from collectctl.intake.recognise import Recognition


@dataclass(frozen=True)
class Extensions:
    """What such a list states. `rows` = extensions + rows with errors."""

    column: str  # the name of the column of days
    extensions: list[StatedExtension]
    errors: list[RowError]
    rows: int  # data rows read, without blank rows and totals
    left_out: int  # totals rows


def read_extensions(table: Table, recognition: Recognition, defaults: Defaults) -> Extensions:
    """All rows of such a list, in their order. Raises DatesAmbiguous, ColumnMissing."""
    column = recognition.first("extended_until", "placement_ends")
    if column is None:
        raise ColumnMissing(table.name, "extended_until")
    rows = LightRows(table, recognition, defaults)
    until, reference = rows.date_column(column), recognition.first("reference")
    found: list[StatedExtension] = []
    for row, cells in rows:
        before = len(rows.errors)
        rows.refuse_surplus(row, cells)
        whose = rows.whose(row, cells)
        day = rows.date(row, until, cells)
        named = rows.identity(row, reference, cells)
        if not day and len(rows.errors) == before:
            rows.refuse(row, until, cells[until.index], _("no date"))
        if whose and len(rows.errors) == before:
            found.append(StatedExtension(row, *whose, day, named))
    return Extensions(column.name, found, rows.errors, rows.rows, rows.left_out)
