"""`show` and `next`: one account, whole."""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain.words import _


def show(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help=_("Number, phone, name, @ or @3."))] = "@",
    everything: Annotated[bool, typer.Option("--all", help=_("The whole timeline."))] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("Identity and card numbers whole; recorded."))
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Everything about one account."""
    with session(db, as_json) as s:
        _show(s, "show", arguments.account(s, account), everything, reveal)


def next_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """The first row of today, shown whole."""
    from collectctl.usecases.show import first_due

    with session(db, as_json) as s:
        found = first_due(s.book, s.now)
        if found is None:
            say(s, "next", [_("nothing is due now: collectctl today --all")], lambda: None)
        else:
            _show(s, "next", found, False, False)


def _show(s: Session, name: str, account_id: int, everything: bool, reveal: bool) -> None:
    from collectctl.render import account
    from collectctl.usecases.show import record_reveal, show

    result = show(s.book, account_id, s.now, everything=everything, reveal=reveal)
    if reveal:
        record_reveal(s.book, result, s.now)
    arguments.touched(s, [account_id])
    present(
        s,
        name,
        data=lambda: account.data(result, s.now),
        plain=lambda: account.plain(result, s.now),
        table=lambda console: account.table(result, s.now, console),
    )


COMMANDS = {"show": lambda: command("show", show), "next": lambda: command("next", next_)}
