"""Undo, redo and history: facts are never erased; an entry says that a step no longer stands."""

from datetime import datetime

from collectctl.domain.errors import NotFound, Refused
from collectctl.domain.results.showing import HistoryRow
from collectctl.domain.words import _
from collectctl.store import journal, worklist
from collectctl.store.book import Book
from collectctl.store.journal import Operation
from collectctl.usecases.rows import zone_of

_NAMED = 5


class NothingToUndo(NotFound):
    def __init__(self) -> None:
        super().__init__(_("there is nothing to undo"), "collectctl history")


class NothingToRedo(NotFound):
    def __init__(self) -> None:
        super().__init__(_("there is nothing to redo: a new command clears it"), "collectctl history")


class NoStep(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            _("there is no step {number} that stands").format(number=number), "collectctl history"
        )


class BuiltOn(Refused):
    code = "built-on"

    def __init__(self, number: int, later: list[int]) -> None:
        named = ", ".join(str(step) for step in later[:_NAMED]) + (", ..." if len(later) > _NAMED else "")
        super().__init__(
            _("later steps build on step {number}: {later}").format(number=number, later=named),
            f"collectctl undo {later[-1]}",
        )


def undo(book: Book, now: datetime, step: int | None = None) -> Operation:
    """Take back the last step, or the one numbered `step`. Raises NothingToUndo, NoStep (3), BuiltOn (1)."""
    with journal.unit(book, "undo", now, kind=journal.UNDO) as made:
        found = journal.find(made.connection, step) if step else journal.last_step(made.connection)
        if found is None and step is None:
            raise NothingToUndo
        if found is None or found.kind != journal.STEP or not found.stands:
            raise NoStep(step or 0)
        later = journal.building_on(made.connection, found.id)
        if later:
            raise BuiltOn(found.id, later)
        made.target = found.id
        made.text = _("undid step {step}: {text}").format(step=found.id, text=found.text)
        _set(made, found.id, False, now)
    return found


def redo(book: Book, now: datetime) -> Operation:
    """Bring back the step that was undone last. Raises NothingToRedo (3)."""
    with journal.unit(book, "redo", now, kind=journal.REDO) as made:
        found = journal.last_undone(made.connection)
        if found is None:
            raise NothingToRedo
        made.target = found.id
        made.text = _("brought back step {step}: {text}").format(step=found.id, text=found.text)
        _set(made, found.id, True, now)
    return found


def _set(made: journal.Unit, step: int, stands: bool, now: datetime) -> None:
    journal.set_stands(made.connection, step, stands)
    persons = journal.touched_persons(made.connection, step)
    worklist.refresh(made.connection, persons, now.date(), zone_of(now))


def history(book: Book, limit: int) -> tuple[HistoryRow, ...]:
    """The newest entries of the journal first."""
    return tuple(HistoryRow(*operation) for operation in journal.history(book.connection, limit))
