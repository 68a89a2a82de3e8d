"""`undo`, `redo`, `history`."""

from typing import Annotated

import typer

from collectctl.cli.building import command
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.render import journal
from collectctl.usecases import undoing


class StepAndCount(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("a step is undone by itself: STEP or -n, not both"), "collectctl undo -n 2")


def undo(
    step: Annotated[
        int | None, typer.Argument(metavar="[STEP]", help=_("As numbered by history; else the last."))
    ] = None,
    count: Annotated[int, typer.Option("-n", min=1, help=_("How many steps."))] = 1,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take back the last command."""
    if step is not None and count > 1:
        raise StepAndCount
    with session(db, as_json) as s:
        done = undoing.undo(s.book, s.now, step, count)
        lines = [_("undone: step {step}, {text}").format(step=op.id, text=op.text) for op in done]
        last = _("bring it back with: collectctl redo") if done else _("there is nothing to undo")
        say(s, "undo", [*lines, last], lambda: journal.steps(done))


def redo(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Bring back what undo took."""
    with session(db, as_json) as s:
        op = undoing.redo(s.book, s.now)
        lines = [_("there is nothing to redo: a new command clears it")]
        if op:
            said = _("brought back: step {step}, {text}").format(step=op.id, text=op.text)
            lines = [said, _("undo with: collectctl undo")]
        say(s, "redo", lines, lambda: journal.steps([op] if op else []))


def history(
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("How many entries."))] = 20,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """What was done, step by step."""
    with session(db, as_json) as s:
        rows = undoing.history(s.book, limit)
        present(
            s,
            "history",
            data=lambda: {"entries": journal.data(rows, s.now)},
            plain=lambda: journal.plain(rows, s.now),
            table=lambda console: journal.table(rows, s.now, console),
        )


COMMANDS = {
    "undo": lambda: command("undo", undo),
    "redo": lambda: command("redo", redo),
    "history": lambda: command("history", history),
}
