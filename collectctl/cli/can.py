"""`can`: may I contact this person?"""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.log import AccountArgument
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.policy import CHANNELS, PURPOSES
from collectctl.domain.words import _


def can(
    account: AccountArgument,
    channel: Annotated[str, typer.Option("--channel", help=", ".join(CHANNELS))] = "call",
    to: Annotated[
        str, typer.Option("--to", metavar="PHONE|ADDRESS", help=_("The number, where not the proposed one."))
    ] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME|ROLE", help=_("Who is meant."))] = "",
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help=_("When, where not now."))] = "",
    purpose: Annotated[str, typer.Option("--purpose", help=", ".join(PURPOSES))] = "",
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help=_("Other collectors on a visit."))
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """May I contact this person, now, this way?"""
    from collectctl.domain.cases import Asked
    from collectctl.render import verdict as render
    from collectctl.usecases.can import can as ask

    arguments.choice("--channel", channel or "-", CHANNELS)
    arguments.choice("--purpose", purpose, PURPOSES)
    with session(db, as_json) as s:
        moment = arguments.moment(s, at) if at else s.now
        asked = Asked(moment, channel, to, who, purpose, 1 + len(with_ or ()))
        answer = ask(s.book, arguments.account(s, account), asked, s.now)
        arguments.touched(s, [answer.account_id])
        present(
            s,
            "can",
            data=lambda: render.data(answer),
            plain=lambda: ([line] for line in render.lines(answer)),
            table=lambda console: render.table(answer, console),
        )
        if answer.verdict.blocked:
            raise typer.Exit(1)


COMMANDS = {"can": lambda: command("can", can)}
