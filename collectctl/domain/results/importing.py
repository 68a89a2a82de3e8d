"""What an import did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from collectctl.domain.stated import RowError


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Counts are of accounts but `rows` (of the file) and `people`; totals are minor units by currency."""

    file: str
    kind: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    columns: tuple[tuple[str, str | None], ...]
    rows: int
    new: int
    changed: int
    unchanged: int
    reopened: int
    repeated: int
    left_out: int
    rejected: int
    people: int
    totals: Mapping[str, int]
    errors: tuple[RowError, ...]
    dry_run: bool
    rounded: int = 0
    policies: tuple[str, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()
    closed: int = 0
    rejects_file: str = ""
    summary: str = ""  # what the journal says; empty where nothing changed
    operation: int | None = None
    warnings: tuple[str, ...] = ()
