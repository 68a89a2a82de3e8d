"""The register of complaints and disputes: what was received, until when, and what was answered.

Each holds the account until it is closed (信用卡业务监督管理办法 art 69; 12 CFR 1006.38).
"""

from datetime import date, datetime

from collectctl.domain.complaints import COMPLAINT, due_day, open_complaints, state_of
from collectctl.domain.deskfacts import Complaint
from collectctl.domain.errors import NotFound, Refused
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.policy import asks_for_writing
from collectctl.domain.records import Record
from collectctl.domain.results.desk import ComplaintList
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.activities import debtors_with
from collectctl.store.book import Book
from collectctl.store.deskfacts import account_of
from collectctl.store.entries import append_complaint, append_hold
from collectctl.store.journal import Unit
from collectctl.store.persons import load_persons
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each


class NoSuchComplaint(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            _("there is no complaint {number}").format(number=number), "collectctl complaint list"
        )


class ClosedAlready(Refused):
    def __init__(self, known: Complaint) -> None:
        super().__init__(
            _("{kind} {number} was {state} on {day}").format(
                kind=known.kind, number=known.id, state=known.closed_as,
                day=named_day(known.closed_on or known.received_on),
            ),
            "collectctl complaint list",
        )  # fmt: skip


class Told(Record):
    """A complaint as it was typed; None and "" where nothing was said."""

    kind: str = COMPLAINT
    text: str = ""
    received: date | None = None
    due: date | None = None
    channel: str = ""
    reference: str = ""
    written: bool = False


def add(book: Book, account_id: int, told: Told, now: datetime) -> Said:
    """Register a complaint or a dispute, and hold the account as the rules ask.

    Raises `ReceivedAhead`, `DueBefore` (2).
    """
    today = now.date()
    received = told.received or today
    due = due_day(received, told.due, today)

    def write(made: Unit, found: Target) -> Done:
        account = found.account
        number = append_complaint(
            made, account.id, None, told.kind, received, due, told.channel, told.reference, told.text
        )
        notes, more = [], []
        if any(h.kind == told.kind and (h.until is None or h.until >= today) for h in account.holds):
            more.append(_("on hold already"))
        elif told.written or not asks_for_writing(account.policies, told.kind):
            append_hold(
                made, account.id, told.kind, received, text=told.text,
                received_on=received if told.written else None,
            )  # fmt: skip
            more.append(_("on hold until it is answered"))
        else:
            text = _("no hold: the rule is about a {kind} in writing (--written)")
            notes.append(text.format(kind=told.kind))
        text = _("{kind} {number} registered, answer due {day}").format(
            kind=told.kind, number=number, day=named_day(due)
        )
        new = Complaint(number, account.id, None, told.kind, received, due, told.channel, told.reference, "")
        return Done(text, None, _data(new, today), tuple(notes), tuple(more))

    return each(book, "complaint add", [account_id], now, write)


class Ending(Record):
    """How a complaint ends: answered (by us or the client) or withdrawn (by them)."""

    answered: bool
    text: str = ""
    on: date | None = None
    reference: str = ""


def close(book: Book, number: int, ending: Ending, now: datetime) -> Said:
    """Close a complaint; the hold ends with it where no other of its kind is open.

    Raises `NoSuchComplaint` (3), `ClosedAlready` (1), `ReceivedAhead`, `DueBefore` (2).
    """
    today = now.date()
    account_id = account_of(book.connection, "complaint", number)
    if account_id is None:
        raise NoSuchComplaint(number)
    word = "answered" if ending.answered else "withdrawn"
    command = "complaint answer" if ending.answered else "complaint withdraw"

    def write(made: Unit, found: Target) -> Done:
        account = found.account
        known = next((c for c in account.complaints if c.id == number), None)
        if known is None:
            raise NoSuchComplaint(number)
        if not known.open:
            raise ClosedAlready(known)
        on = ending.on or today
        due_day(on, None, today)
        due_day(known.received_on, on, today)
        made.facts.add(
            "complaint_event", account=account.id, complaint=number, kind=word, on_day=on.isoformat(),
            reference=ending.reference, text=ending.text,
        )  # fmt: skip
        more = _end_hold(made, account, known, today)
        if on > known.due_on:
            late = _("answered {days} days late").format(days=(on - known.due_on).days)
            more.append(late)
        text = _("{kind} {number} {state} on {day}").format(
            kind=known.kind, number=number, state=_(word), day=named_day(on)
        )
        return Done(text, None, _data(known._replace(closed_on=on, closed_as=word), today), (), tuple(more))

    return each(book, command, [account_id], now, write)


def _end_hold(made: Unit, account: AccountFile, known: Complaint, today: date) -> list[str]:
    others = [c.id for c in open_complaints(account, known.kind) if c.id != known.id]
    if others:
        return [_("still on hold: {kind} {others} is open").format(kind=known.kind, others=others[0])]
    lasting = [h for h in account.holds if h.kind == known.kind and (h.until is None or h.until >= today)]
    for hold in lasting:
        append_hold(made, account.id, hold.kind, today, releases=hold.id)
    return [_("the hold ends")] if lasting else []


def _data(known: Complaint, today: date) -> dict[str, object]:
    return {
        "complaint": known.id,
        "kind": known.kind,
        "received_on": known.received_on,
        "due_on": known.due_on,
        "state": state_of(known, today),
        "closed_on": known.closed_on,
    }


def complaints(book: Book, now: datetime) -> ComplaintList:
    """Every complaint and dispute, those that wait for an answer first."""
    persons = load_persons(book.connection, debtors_with(book.connection, "complaint"))
    found = [(a, c) for person in persons for a in person.accounts for c in a.complaints]
    found.sort(key=lambda f: (not f[1].open, f[1].due_on if f[1].open else f[1].received_on, f[1].id))
    return ComplaintList(tuple(found), now.date())
