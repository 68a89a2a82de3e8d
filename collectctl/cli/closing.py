"""`close`, `reopen`, `extend`."""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.log import AccountArgument
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _
from collectctl.usecases import changes


def close(
    account: AccountArgument,
    reason: Annotated[str, typer.Option("--as", metavar="REASON", help=", ".join(changes.REASONS))],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day; else today."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Close an account."""
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        day = arguments.day(s, on, back=True) if on else s.now.date()
        show_said(s, "close", changes.close(s.book, found, reason, day, s.now))


def reopen(
    account: AccountArgument, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """Open a closed account again."""
    with session(db, as_json) as s:
        show_said(s, "reopen", changes.reopen(s.book, arguments.accounts(s, account), s.now))


def extend(
    account: AccountArgument,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("The new last day."))],
    reference: Annotated[str, typer.Option("--ref", help=_("The client's reference."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Extend an account's placement."""
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        show_said(s, "extend", changes.extend(s.book, found, arguments.day(s, until), reference, s.now))


COMMANDS = {
    "close": lambda: command("close", close),
    "reopen": lambda: command("reopen", reopen),
    "extend": lambda: command("extend", extend),
}
