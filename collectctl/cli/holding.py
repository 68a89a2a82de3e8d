"""`hold` and `release`."""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.log import AccountArgument
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.holding import Told
from collectctl.domain.policy import HOLDS
from collectctl.domain.words import _
from collectctl.usecases import holds

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help=", ".join(HOLDS))]
TextOption = Annotated[str, typer.Option("--text", help=_("In their words."))]


def hold(
    account: AccountArgument,
    kind: KindArgument,
    start: Annotated[
        str, typer.Option("--from", metavar="DATE", help=_("The first day; else the day of receipt."))
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help=_("The last day, still inside."))
    ] = "",
    received: Annotated[
        str, typer.Option("--received", metavar="DATE", help=_("The day on which it reached us."))
    ] = "",
    written: Annotated[bool, typer.Option("--written", help=_("They put it in writing."))] = False,
    mental_health: Annotated[
        bool, typer.Option("--mental-health", help=_("The form of breathing-space that has no fixed end."))
    ] = False,
    party: Annotated[
        str, typer.Option("--party", metavar="NAME", help=_("Who speaks for them, as an attorney."))
    ] = "",
    case_number: Annotated[str, typer.Option("--case", metavar="NO", help=_("The court's number."))] = "",
    chapter: Annotated[
        int | None, typer.Option("--chapter", min=1, help=_("The chapter of a bankruptcy."))
    ] = None,
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put an account on hold: a reason for not contacting."""
    with session(db, as_json) as s:
        told = Told(
            kind,
            arguments.day(s, start) if start else None,
            arguments.day(s, until) if until else None,
            arguments.day(s, received, back=True) if received else None,
            written,
            mental_health,
            party.strip(),
            case_number.strip(),
            str(chapter or ""),
            text.strip(),
        )
        show_said(s, "hold", holds.hold(s.book, arguments.accounts(s, account), told, s.now))


def release(
    account: AccountArgument,
    kind: KindArgument,
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """End a hold."""
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        show_said(s, "release", holds.release(s.book, found, kind, text.strip(), s.now))


COMMANDS = {"hold": lambda: command("hold", hold), "release": lambda: command("release", release)}
