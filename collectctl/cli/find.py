"""`find`."""

from typing import Annotated

import typer

from collectctl.cli.building import command
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.cli.terminal import Shown
from collectctl.domain.words import _


def find(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help=_("Part of a name, number, phone or note."))
    ],
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("How many accounts."))] = 20,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Find accounts by name, number, phone or note."""
    from collectctl.render import account
    from collectctl.usecases.show import find as find_accounts

    with session(db, as_json) as s:
        result = find_accounts(s.book, " ".join(text), limit)
        Shown(s.book.path).rows([hit.account_id for hit in result.hits], s.now.date())
        none = [] if result.hits else [_("nothing was found")]
        present(
            s,
            "find",
            data=lambda: account.find_data(result),
            plain=lambda: account.find_plain(result),
            table=lambda console: account.find_table(result, console),
            summary=none,
            warnings=none if s.tty else [],
        )


COMMANDS = {"find": lambda: command("find", find)}
