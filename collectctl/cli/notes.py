"""`note` and `tag`."""

import sys
from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.log import AccountArgument
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _
from collectctl.usecases import changes


def note(
    account: AccountArgument,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...|-", help=_("The note; - reads it."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write a note on an account."""
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        words = sys.stdin.read().strip() if text == ["-"] else " ".join(text)
        show_said(s, "note", changes.note(s.book, found, words, s.now))


def tag(
    account: AccountArgument,
    tags: Annotated[list[str], typer.Argument(metavar="+TAG|-TAG...", help=_("+x puts on, -y takes off."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put tags on an account (+x) or take them off (-y)."""
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        show_said(s, "tag", changes.tag(s.book, found, tags, s.now))


def _tag_command() -> click.Command:
    made = command("tag", tag)
    made.context_settings["ignore_unknown_options"] = True  # `-y` is a tag to take off
    return made


COMMANDS = {"note": lambda: command("note", note), "tag": _tag_command}
