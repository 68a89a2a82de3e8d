"""`config`: show, get, set."""

from typing import Annotated

import click
import typer

from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _
from collectctl.render.grid import draw
from collectctl.usecases import config

ClientOption = Annotated[str, typer.Option("--client", metavar="NAME", help=_("For one client alone."))]
Name = Annotated[str, typer.Argument(metavar="NAME", help=_("As `config show` lists them."))]


def show(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Every setting and its value."""
    with session(db, as_json) as s:
        values = config.show(s.book)
        rows = [[name, values[name] or "", _meaning(name)] for name in values]
        present(
            s,
            "config show",
            data=lambda: values,
            plain=lambda: [["name", "value", "meaning"], *rows],
            table=lambda console: draw(console, ["name", "value", "meaning"], rows),
        )


def _meaning(name: str) -> str:
    return _(config.SETTINGS[name.partition(" (")[0]].meaning)


def get(
    name: Name,
    client: ClientOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """One setting."""
    with session(db, as_json) as s:
        value = config.get(s.book, name, client)
        say(s, "config get", [value or ""], lambda: {name: value})


def set_(
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Empty unsets it."))],
    client: ClientOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Set what you prefer."""
    with session(db, as_json, create=True) as s:
        config.put(s.book, name, value, s.now, client)
        said = _("{name} is now {value} · undo with: collectctl undo").format(name=name, value=value or "-")
        say(s, "config set", [said], lambda: {name: value or None})


def _config() -> click.Command:
    return group("config", _("Show and set what you prefer."), {"show": show, "get": get, "set": set_})


COMMANDS = {"config": _config}
