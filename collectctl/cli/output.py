"""The one place where an answer leaves a command: as tables, as plain rows, or as one JSON document."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from collectctl.cli.session import Session
from collectctl.render.text import safe, tab_separated

if TYPE_CHECKING:
    from rich.console import Console


def present(
    session: Session,
    command: str,
    *,
    data: Callable[[], Any],
    plain: Callable[[], Iterable[list[str]]],
    table: "Callable[[Console], None]",
    summary: Sequence[str] = (),
    warnings: Sequence[str] = (),
) -> None:
    """Print a result: `data` for `--json`, `table` on a terminal, `plain` rows (header first) in a pipe.

    `summary` lines are part of what `table` shows; a pipe gets them on stderr. Warnings go to stderr.
    """
    if session.json:
        document(session, command, data(), warnings)
        return
    if session.tty:
        table(console())
    else:
        for row in plain():
            sys.stdout.write(tab_separated(row) + "\n")
        for line in summary:
            sys.stderr.write(safe(line) + "\n")
    warn(warnings)


def document(session: Session, command: str, data: Any, warnings: Sequence[str] = ()) -> None:  # noqa: ANN401
    from collectctl.render.envelope import success

    sys.stdout.write(success(command, session.now.isoformat(), data, warnings) + "\n")


def say(session: Session, command: str, lines: Sequence[str], data: Callable[[], Any],
        warnings: Sequence[str] = ()) -> None:  # fmt: skip
    """Print the few lines of a command that writes; with `--json` its document."""
    if session.json:
        document(session, command, data(), warnings)
        return
    for line in lines:
        sys.stdout.write(safe(line) + "\n")
    warn(warnings)


def warn(warnings: Sequence[str]) -> None:
    from collectctl.domain.words import _

    for text in warnings:
        sys.stderr.write(_("note: {text}").format(text=safe(text)) + "\n")


def console() -> "Console":
    """A console that interprets nothing in the text it is given."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False)
