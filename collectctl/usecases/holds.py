"""Holds: a reason for not contacting that stands until it ends or is released."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.errors import NotFound
from collectctl.domain.facts import Hold
from collectctl.domain.holding import (
    NewHold,
    Told,
    check_kind,
    hold_in_words,
    new_hold,
    outlasting,
    says_nothing_new,
)
from collectctl.domain.holds import HOLDS_OF_PERSON, with_holds_of_person
from collectctl.domain.hours import named_day
from collectctl.domain.policy import asks_for_writing
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.entries import append_hold
from collectctl.store.journal import Unit
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each


class NoSuchHold(NotFound):
    def __init__(self, number: str, kind: str) -> None:
        super().__init__(
            _("{number} has no hold of the kind {kind}").format(number=number, kind=kind),
            f"collectctl show {number}",
        )


def hold(book: Book, account_ids: Sequence[int], told: Told, now: datetime) -> Said:
    """Put accounts on hold. One that stands already and says the same is left as it is.

    Raises what `new_hold` raises (2).
    """
    today = now.date()
    new = new_hold(told, today)

    def write(made: Unit, found: Target) -> Done:
        known = [_stored(made, h) for h in _lasting(found, told.kind, today)]
        same = next((k for k in known if says_nothing_new(told, new, k, today)), None)
        if same:
            text = _("on hold already: {hold}").format(hold=hold_in_words(same, today))
            return Done(text, None, {**_data(same), "hold": None})
        made_id = _append(made, found.account.id, new, None)
        text = _("on hold: {hold}").format(hold=hold_in_words(new, today))
        facts, brief = {**_data(new), "hold": made_id}, hold_in_words(new, today)
        return Done(text, brief, facts, _notes(found, told, new, known, today))

    return each(book, "hold", account_ids, now, write)


def release(book: Book, account_ids: Sequence[int], kind: str, text: str, now: datetime) -> Said:
    """End every hold of a kind, those that are to begin later included.

    What is about the person (deceased, bankrupt, incapable) ends on all of their accounts. Raises
    `UnknownHold` (2), `NoSuchHold` (3).
    """
    check_kind(kind)
    today = now.date()

    def write(made: Unit, found: Target) -> Done:
        ended = _lasting(found, kind, today)
        if not ended:
            raise NoSuchHold(found.account.number, kind)
        for known in ended:
            end = NewHold(kind, today, None, None, "", "", "", text)
            _append(made, known.account, end, known.id)
        words = _("released: {kind}").format(kind=kind)
        left = sorted({h.kind for h in _lasting(found, "", today)} - {kind})
        if left:
            words += _(" · still on hold: {kinds}").format(kinds=", ".join(left))
        facts = {"kind": kind, "released": tuple(h.id for h in ended), "standing": tuple(left)}
        return Done(words, kind, facts)

    return each(book, "release", account_ids, now, write)


def _lasting(found: Target, kind: str, today: date) -> list[Hold]:
    """The holds (of a kind, if one is named) that have not ended, those of the person included."""
    account = next(a for a in with_holds_of_person(found.person) if a.id == found.account.id)
    return [
        h for h in account.holds if (not kind or h.kind == kind) and (h.until is None or h.until >= today)
    ]


def _stored(made: Unit, hold: Hold) -> NewHold:
    """A hold with everything that was said of it."""
    row = made.connection.execute(
        "select received_on, party, case_number, chapter, text from hold where id = ?", (hold.id,)
    ).fetchone()
    received = date.fromisoformat(row[0]) if row[0] else None
    return NewHold(hold.kind, hold.from_on, hold.until, received, *(text or "" for text in row[1:]))


def _append(made: Unit, account: int, new: NewHold, releases: int | None) -> int:
    return append_hold(
        made, account, new.kind, new.from_on, until=new.until, releases=releases, text=new.text,
        party=new.party, case_number=new.case_number, chapter=new.chapter, received_on=new.received_on,
    )  # fmt: skip


def _data(new: NewHold) -> dict[str, object]:
    return {
        "kind": new.kind,
        "from": new.from_on,
        "until": new.until,
        "received": new.received_on,
        "party": new.party or None,
        "case": new.case_number or None,
        "chapter": new.chapter or None,
    }


def _notes(found: Target, told: Told, new: NewHold, known: Sequence[NewHold], today: date) -> tuple[str, ...]:
    """What may be meant otherwise."""
    notes = []
    longer = outlasting(new, known)
    if longer:
        text = _("an earlier {hold} goes on after it; to end that: collectctl release {number} {kind}")
        words = hold_in_words(longer, today)
        notes.append(text.format(hold=words, number=found.account.number, kind=new.kind))
    if new.from_on > today:
        notes.append(_("it begins on a day to come: {day}").format(day=named_day(new.from_on)))
    if new.until and new.until < today:
        notes.append(_("it has ended already: {day}").format(day=named_day(new.until)))
    if not told.written and asks_for_writing(found.account.policies, told.kind):
        text = _("the rule about a {kind} is about one in writing: was it? (--written)")
        notes.append(text.format(kind=told.kind))
    if told.kind in HOLDS_OF_PERSON and len(found.person.accounts) > 1:
        notes.append(_("it is about the person: all of their accounts are on hold"))
    return tuple(notes)
