"""Notes for the safety of whoever visits a person next."""

from datetime import datetime

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.deskfacts import safety_notes
from collectctl.store.journal import Unit
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each


class NothingNoted(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("the note is empty"), "collectctl person warn ACCOUNT TEXT")


class NoNote(NotFound):
    def __init__(self, number: str) -> None:
        super().__init__(
            _("no safety note stands about the debtor of {number}").format(number=number),
            f"collectctl show {number}",
        )


def warn(book: Book, account_id: int, text: str, now: datetime) -> Said:
    """Note what the next visitor has to know; it stands until it is ended. Raises `NothingNoted` (2)."""
    if not text:
        raise NothingNoted

    def write(made: Unit, found: Target) -> Done:
        number = _append(made, found.person.id, text, now)
        return Done(_("safety note {number} for the next visit").format(number=number), _("safety note"))

    return each(book, "person warn", [account_id], now, write)


def end(book: Book, account_id: int, text: str, now: datetime) -> Said:
    """What was noted about a person holds no longer. Raises `NoNote` (3)."""

    def write(made: Unit, found: Target) -> Done:
        standing = safety_notes(made.connection, [found.person.id])
        if not standing:
            raise NoNote(found.account.number)
        for note in standing:
            _append(made, found.person.id, text, now, ends=note.id)
        return Done(_("safety notes ended: {count}").format(count=len(standing)), _("safety notes ended"))

    return each(book, "person warn", [account_id], now, write)


def _append(made: Unit, person: int, text: str, now: datetime, ends: int | None = None) -> int:
    return made.facts.add(
        "safety_note", person=person, activity=None, ends=ends, on_day=now.date().isoformat(), text=text
    )
