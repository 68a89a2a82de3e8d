"""`config`: show, get, set."""

from typing import Annotated

import click
import typer

from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _
from collectctl.usecases import config

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("As `config show` lists them."))]


def show(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Every setting and its value."""
    with session(db, as_json) as s:
        values = config.show(s.book)
        rows = [[name, values[name] or "", _(config.SETTINGS[name][0])] for name in values]
        present(
            s,
            "config show",
            data=lambda: values,
            plain=lambda: [["name", "value", "meaning"], *rows],
            table=lambda console: console.print("\n".join(f"{n:10} {v or '-':20} {m}" for n, v, m in rows)),
        )


def get(name: Name, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """One setting."""
    with session(db, as_json) as s:
        value = config.get(s.book, name)
        say(s, "config get", [value or ""], lambda: {name: value})


def set_(
    name: Name,
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("Empty unsets it."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Set what you prefer."""
    with session(db, as_json, create=True) as s:
        config.put(s.book, name, value, s.now)
        said = _("{name} is now {value} · undo with: collectctl undo").format(name=name, value=value or "-")
        say(s, "config set", [said], lambda: {name: value or None})


def _config() -> click.Command:
    return group("config", _("Show and set what you prefer."), {"show": show, "get": get, "set": set_})


COMMANDS = {"config": _config}
