"""Complaints and disputes: until when they are to be answered, and what they leave to do."""

from collections.abc import Iterator
from datetime import date, timedelta

from collectctl.domain.deskfacts import Complaint
from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.holding import ReceivedAhead
from collectctl.domain.hours import named_day
from collectctl.domain.tasks import DESK, Task
from collectctl.domain.words import _

COMPLAINT, DISPUTE = "complaint", "dispute"
KINDS = (COMPLAINT, DISPUTE)
ANSWER_DAYS = 3  # calendar days from receipt until the answer is due, where nothing else was said: ours
LEAD_DAYS = 2  # before the last day of a longer time, so that an answer can still be written
_REASONS = {COMPLAINT: _("answer the complaint"), DISPUTE: _("answer the dispute")}


class DueBefore(BadUsage):
    def __init__(self, due: date, received: date) -> None:
        super().__init__(
            _("the answer can't be due on {due}, before it was received on {received}").format(
                due=named_day(due), received=named_day(received)
            ),
            "--due DATE",
        )


def due_day(received: date, due: date | None, today: date) -> date:
    """The last day for the answer. Raises `ReceivedAhead`, `DueBefore` (exit 2)."""
    if received > today:
        raise ReceivedAhead(received)
    if due and due < received:
        raise DueBefore(due, received)
    return due or received + timedelta(days=ANSWER_DAYS)


def open_complaints(account: AccountFile, kind: str = "") -> list[Complaint]:
    """Those that wait for an answer, of one kind where it is named."""
    return [c for c in account.complaints if c.open and (not kind or c.kind == kind)]


def complaint_tasks(account: AccountFile) -> Iterator[Task]:
    """An answer that is owed: at the desk, whatever else is set."""
    for complaint in open_complaints(account):
        longer = (complaint.due_on - complaint.received_on).days > ANSWER_DAYS
        on = complaint.due_on - timedelta(days=LEAD_DAYS if longer else 0)
        reason = _(_REASONS[complaint.kind])
        if longer:
            reason += _(" by {day}").format(day=f"{complaint.due_on:%m-%d}")
        yield Task("legal", DESK, max(on, complaint.received_on), None, reason)


def state_of(complaint: Complaint, today: date) -> str:
    """open, overdue, answered or withdrawn."""
    if not complaint.open:
        return complaint.closed_as
    return "overdue" if complaint.due_on < today else "open"
