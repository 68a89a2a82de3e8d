"""What a client gets back, and what a supervisor is told."""

from collectctl.domain.handback import Gone, Leaving, Summary
from collectctl.domain.periods import Period
from collectctl.domain.records import Record
from collectctl.domain.results.report import ReportResult


class Handback(Record):
    """As of a day: accounts that leave soon, those that went in the period, and its sums."""

    client: str
    period: Period
    leaving: tuple[Leaving, ...]
    gone: tuple[Gone, ...]
    summary: Summary
    report: ReportResult
