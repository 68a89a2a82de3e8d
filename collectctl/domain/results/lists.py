"""The worklist and other lists of accounts as results."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from collectctl.domain.facts import Activity, Phone
from collectctl.domain.points import Term
from collectctl.domain.promises import PromiseState
from collectctl.domain.records import Record
from collectctl.domain.verdict import Verdict

if TYPE_CHECKING:  # few lists have it
    from collectctl.domain.analysis import Analysis


class ListRow(Record):
    """One account, or the person behind it; money in minor units of `currency`.

    `person_totals` is what the person owes in all, by currency.
    """

    rank: int
    account_id: int
    account: str
    name: str
    person_id: int
    person_accounts: int
    person_totals: Mapping[str, int]
    client: str
    batch: str
    currency: str
    balance: int
    days_past_due: int | None  # None where the client states no due date
    bucket: str
    cls: str
    task: str
    reason: str
    points: int
    why: tuple[Term, ...]
    phone: Phone | None
    channel: str | None  # of a contact; None for a desk task
    verdict: Verdict | None  # on that contact now; None for a desk task
    due_on: date | None
    due_at: datetime | None
    promise: PromiseState | None
    last_contact: Activity | None
    tags: tuple[str, ...]
    hidden: str | None
    state: str
    differs: bool  # the client's newest statement is not what the ledger had


class Overnight(Record):
    """What changed since the last working day."""

    broken: int
    due: int
    new: int
    leaving: int


class TodayResult(Record):
    """Counts are of people in the whole book, whatever is narrowed; `overdue` were due before today."""

    rows: tuple[ListRow, ...]
    due: int
    by_class: Mapping[str, int]
    hidden: Mapping[str, int]
    forgotten: int
    overdue: int
    overnight: Overnight
    first_of_day: bool
    empty: bool
    warnings: tuple[str, ...]


class ListResult(Record):
    """`analyses` by account, where they were asked for."""

    rows: tuple[ListRow, ...]
    total: int
    analyses: "Mapping[int, Analysis] | None" = None
