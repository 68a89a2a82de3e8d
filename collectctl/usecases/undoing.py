"""Undo, redo and history: facts are never erased; an entry says that a step no longer stands."""

from datetime import datetime
from sqlite3 import Connection

from collectctl.domain.errors import NotFound, Refused
from collectctl.domain.facts import Operation
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.store import journal, worklist
from collectctl.store.book import Book

_NAMED = 5


class TooFewSteps(NotFound):
    def __init__(self, steps: int) -> None:
        super().__init__(_("there are only {steps} steps to undo").format(steps=steps), "collectctl history")


class NoStep(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(
            _("there is no step {number} that stands").format(number=number), "collectctl history"
        )


class Purged(Refused):
    code = "purged"

    def __init__(self, number: int) -> None:
        super().__init__(
            _("step {number} can't be taken back or brought back: what it wrote was purged").format(
                number=number
            ),
            "collectctl history",
        )


class BuiltOn(Refused):
    code = "built-on"

    def __init__(self, number: int, later: list[int], first: int) -> None:
        """`first`: the step to undo first, on which nothing builds."""
        named = ", ".join(str(step) for step in later[:_NAMED]) + (", ..." if len(later) > _NAMED else "")
        super().__init__(
            _("later steps build on step {number}: {later}").format(number=number, later=named),
            f"collectctl undo {first}",
        )


def undo(book: Book, now: datetime, step: int | None = None, count: int = 1) -> list[Operation]:
    """Take back the step numbered `step`, else the last `count` ones; all of them or none.

    Nothing where there is nothing to undo. Raises TooFewSteps, NoStep (3), BuiltOn, Purged (1).
    """
    with book.write() as connection:
        steps = [_step(connection, step)] if step is not None else journal.standing_steps(connection, count)
        if 0 < len(steps) < count and step is None:
            raise TooFewSteps(len(steps))
        for found in steps:
            with journal.entry(connection, "undo", now, journal.UNDO) as made:
                made.target = found.id
                made.text = _("undid step {step}: {text}").format(step=found.id, text=found.text)
                _set(made, found.id, False, now)
    return steps


def _step(connection: Connection, number: int) -> Operation:
    found = journal.find(connection, number)
    if found is None or found.kind != journal.STEP or not found.stands:
        raise NoStep(number)
    later = journal.building_on(connection, found.id)
    if later:
        raise BuiltOn(found.id, later, _last_of(connection, later))
    return found


def _last_of(connection: Connection, later: list[int]) -> int:
    """The last of the steps that build on one, on which no other builds in its turn."""
    while built := journal.building_on(connection, later[-1]):
        later = built
    return later[-1]


def redo(book: Book, now: datetime) -> Operation | None:
    """Bring back the step that was undone last; None where a new command has cleared it, or nothing was."""
    with book.write() as connection:
        found = journal.last_undone(connection)
        if found is None:
            return None
        with journal.entry(connection, "redo", now, journal.REDO) as made:
            made.target = found.id
            made.text = _("brought back step {step}: {text}").format(step=found.id, text=found.text)
            _set(made, found.id, True, now)
    return found


def _set(made: journal.Unit, step: int, stands: bool, now: datetime) -> None:
    if journal.is_purged(made.connection, step):
        raise Purged(step)
    journal.set_stands(made.connection, step, stands)
    persons = journal.touched_persons(made.connection, step)
    worklist.refresh(made.connection, persons, now.date(), zone_of(now))
    if "zone" in journal.settings_of(made.connection, step):  # the next command has another `now`
        worklist.recompute(made.connection)


def history(book: Book, limit: int) -> list[Operation]:
    """The newest entries of the journal first."""
    return journal.history(book.connection, limit)
