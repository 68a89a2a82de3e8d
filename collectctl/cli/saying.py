"""Where the small commands that write end: what was recorded of each account, and how to take it back."""

from collectctl.cli import arguments
from collectctl.cli.output import say
from collectctl.cli.session import Session
from collectctl.domain.results.said import Said
from collectctl.render import said as render


def show_said(s: Session, name: str, said: Said) -> None:
    """Say what each account has become; a command that changed nothing has nothing to undo."""
    arguments.touched(s, [change.account_id for change in said.changes])
    warnings = [text for change in said.changes for text in change.warnings]
    say(s, name, render.lines(said, s.now), lambda: render.data(said, s.now), warnings)
