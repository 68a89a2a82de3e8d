"""What the rows of a list of extensions are to the book: new ends, known ones, or ends that are past."""

from collections.abc import Iterable, Sequence
from datetime import date

from collectctl.domain.facts import AccountFile
from collectctl.domain.records import Record
from collectctl.domain.stated import RowError, StatedExtension
from collectctl.domain.words import _


class Sorted(Record):
    """The rows about one account: each of `new` moves the end of its placement, `known` say what stands.

    Where the account is `closed` none counts: what is closed stays so.
    """

    new: list[StatedExtension]
    known: int
    closed: bool


def past(extensions: Iterable[StatedExtension], today: date, column: str) -> list[RowError]:
    """Ends that are over: no placement runs until a day before today."""
    return [
        RowError(e.row, column, e.until, _("before today"))
        for e in extensions
        if date.fromisoformat(e.until) < today
    ]


def sort_extensions(account: AccountFile, rows: Sequence[StatedExtension]) -> Sorted:
    """Which of `rows` are new: of several about one account the longest stands, in any order."""
    if not account.open:
        return Sorted([], 0, closed=True)
    longest = max(rows, key=lambda row: row.until)
    new = [longest] if date.fromisoformat(longest.until) != account.placement.ends_on else []
    return Sorted(new, len(rows) - len(new), closed=False)
