"""Correcting an entry: a new fact that names the old one; what follows from it follows the new one."""

from datetime import datetime

from collectctl.domain.amounts import is_amount
from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import Activity
from collectctl.domain.outcomes import BY_CODE, Outcome, UnknownOutcome, is_slip, match
from collectctl.domain.recording import record
from collectctl.domain.results.recorded import Recorded
from collectctl.domain.when import is_when, zone_of
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.entries import append_entry, how_of, line_of, newest_entry, standing_entry
from collectctl.store.journal import unit
from collectctl.usecases.accounts import target
from collectctl.usecases.log import Line, read_for, recorded, refresh, summary


class NoEntry(NotFound):
    def __init__(self, reference: str) -> None:
        super().__init__(_("no entry {reference} to amend").format(reference=reference), "collectctl show @")


class NothingToAmend(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("amend what? Name an outcome, a sum, a time or a text"), "collectctl amend @ ptp 2000@fri"
        )


def amend(
    book: Book, entry_id: int | None, line: Line, now: datetime, *, at: datetime | None, to: str, who: str,
    account_id: int | None, within: int | None = None, named: bool = True,
) -> Recorded:  # fmt: skip
    """Correct an entry: a new fact that names the old one; what follows from it follows the new one.

    Without `entry_id` it is the newest entry, of the account `within` where one is given. What `line` leaves
    out is kept as it was. `named` says that the entry was pointed to, so that a text alone may follow.
    Raises `NoEntry` (3), `NothingToAmend` (2).
    """
    wanted = newest_entry(book.connection, within) if entry_id is None else entry_id
    old = standing_entry(book.connection, wanted or 0)
    if old is None:
        raise NoEntry("@" if entry_id is None else f"#{entry_id}")
    if not (line.words or line.amount or line.by or line.next or at or to or who or account_id):
        raise NothingToAmend
    found = target(book, account_id or old.account)
    words = Line(_words(line, old.outcome, named), line.amount, line.by, line.next)
    read = read_for(book, found.account, words, now, before=line_of(book.connection, old))
    kept = how_of(book.connection, old, at or old.at.astimezone(zone_of(now)))
    how = kept._replace(
        to=to or (kept.to if found.account.id == old.account else ""),
        who=who or _same_person(old, read.outcome),
    )
    others = tuple(a for a in found.account.activities if a.id != old.id)
    corrected = found.account._replace(activities=others)
    accounts = tuple(corrected if a.id == corrected.id else a for a in found.person.accounts)
    entry = record(found.person._replace(accounts=accounts), corrected, read, how)
    with unit(book, "amend", now) as made:
        made_id = append_entry(made, entry, old.contact, amends=old.id)
        targets = refresh(made, sorted({old.account, entry.account}), now)
        made.text = summary("amend", [targets[entry.account]], entry)
    return recorded(targets, [entry], [made_id], now, amends=old.id)


def _same_person(old: Activity, outcome: Outcome) -> str:
    """Who answered stays, unless the corrected outcome speaks of somebody of another kind by itself."""
    if outcome.who != BY_CODE[old.outcome].who:
        return ""
    return old.party or ("debtor" if old.who == "self" else "")


def _words(line: Line, outcome: str, named: bool) -> tuple[str, ...]:
    """The words with the outcome first: the one typed, else that of the entry before a sum, a time or a text.

    Raises `UnknownOutcome` for what looks like a slip, and for any text where no entry was pointed to.
    """
    if not line.words:
        return (outcome,)
    first = line.words[0]
    if is_amount(first.partition("@")[0]) or is_when(first):
        return (outcome, *line.words)
    try:
        match(first)
    except UnknownOutcome:
        if not named or is_slip(first):
            raise
        return (outcome, *line.words)
    return line.words
