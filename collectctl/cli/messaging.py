"""`message`: texts to the debtor and others by templates, checked, and never sent from here."""

from pathlib import Path
from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.output import document, present, say, warn
from collectctl.cli.paying import OneAccount
from collectctl.cli.screen import STANDARD_OUTPUT
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.messages import CHANNELS, LANGUAGES
from collectctl.domain.words import _
from collectctl.render import messages as render


def write(
    account: OneAccount,
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help=_("As `message list` names it."))],
    channel: Annotated[str, typer.Option("--channel", help=", ".join(CHANNELS))] = "",
    who: Annotated[
        str, typer.Option("--who", metavar="NAME|ROLE", help=_("Somebody else than the debtor."))
    ] = "",
    language: Annotated[str, typer.Option("--lang", help=_("en or zh; else the debtor's."))] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=_("Else, or as -, it is printed."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("An account number that is a card's whole; recorded."))
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a message by a template: checked, printed or put into a file, never sent."""
    from collectctl.usecases import messages

    arguments.choice("--channel", channel, CHANNELS)
    arguments.choice("--lang", language, LANGUAGES)
    with session(db, as_json) as s:
        file = None if out == Path(STANDARD_OUTPUT) else out
        wanted = messages.Wanted(template, channel, who.strip(), language, file, force, reveal)
        made = messages.write(s.book, arguments.account(s, account), wanted, s.now)
        arguments.touched(s, [made.account_id])
        if s.json:
            document(s, "message", render.data(made), render.care(made))
        elif made.file:
            say(s, "message", render.filed(made), lambda: None, render.care(made))
        else:
            render.show(made)
            warn(render.care(made))


def list_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """The templates: for which channels, for whom, and whose."""
    from collectctl.usecases import messages

    with session(db, as_json) as s:
        found = messages.listed()
        present(
            s, "message list", data=lambda: render.list_data(found),
            plain=lambda: render.list_plain(found), table=lambda c: render.list_table(found, c),
        )  # fmt: skip


def names(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """The names that a template of your own may use."""
    with session(db, as_json) as s:
        present(
            s, "message names", data=lambda: {"names": render.names_data()},
            plain=render.names_plain, table=render.names_table,
        )  # fmt: skip


def _message() -> click.Command:
    return group(
        "message",
        _("Messages by templates, checked and never sent: write, list, names."),
        {"write": write, "list": list_, "names": names},
        bare="list",
    )


COMMANDS = {"message": _message}
