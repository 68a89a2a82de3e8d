"""`today`: the worklist."""

from typing import Annotated

import typer

from collectctl.cli.arguments import day
from collectctl.cli.building import command
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.cli.terminal import Shown
from collectctl.domain.words import _

Terms = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TERM]...", help=_("client:X bucket:M2 bal>10000 ..., or a word.")),
]


def today(
    terms: Terms = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("How many rows."))] = 20,
    everything: Annotated[bool, typer.Option("--all", help=_("Every row due, hidden ones marked."))] = False,
    by_account: Annotated[
        bool, typer.Option("--by-account", help=_("A row an account, not a person."))
    ] = False,
    due_by: Annotated[
        str, typer.Option("--due-by", metavar="DATE", help=_("As it will stand that day."))
    ] = "",
    why: Annotated[bool, typer.Option("--why", help=_("The points behind the order."))] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Whom to contact now, in order, and why."""
    from collectctl.render import worklist
    from collectctl.usecases.today import today as today_list

    with session(db, as_json) as s:
        until = day(s, due_by) if due_by else None
        result = today_list(
            s.book,
            terms or [],
            s.now,
            limit=limit,
            everything=everything,
            by_account=by_account,
            due_by=until,
        )
        Shown(s.book.path).rows([row.account_id for row in result.rows], s.now.date())
        present(
            s,
            "today",
            data=lambda: worklist.today_data(result, s.now),
            plain=lambda: worklist.plain(result.rows, s.now, why=why),
            table=lambda console: worklist.today_table(result, s.now, console, why=why),
            summary=worklist.summary(result),
            warnings=result.warnings,
        )


COMMANDS = {"today": lambda: command("today", today)}
