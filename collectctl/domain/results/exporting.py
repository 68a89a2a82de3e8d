"""What a file that went out holds."""

from collectctl.domain.records import Record


class ExportResult(Record):
    file: str  # the name of the file, "-" for standard output
    kind: str
    format: str
    rows: int
    columns: tuple[str, ...]  # their headers, none for a calendar
    warnings: tuple[str, ...]
