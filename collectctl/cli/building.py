"""Functions into commands of the group."""

from collections.abc import Callable
from typing import Any

import click
import typer


def command(name: str, function: Callable[..., Any]) -> click.Command:
    """`function` with its annotated parameters as the command `name`."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
    app.command(name)(function)
    return typer.main.get_command(app)


def group(
    name: str, help_: str, functions: dict[str, Callable[..., Any]], *, default: bool = True, bare: str = ""
) -> click.Command:
    """A group of sub-commands; called bare it runs the first or `bare`, or (not `default`) lists them."""
    made = DefaultGroup(name=name, help=help_, invoke_without_command=False)
    made.has_default, made.bare = default, bare
    for sub, function in functions.items():
        made.add_command(command(sub, function), sub)
    return made


class DefaultGroup(click.Group):
    """A group whose first command runs where none is named.

    Only what stands before everything but the options that every command takes can name one: `request SL1
    documents answer` is no `request answer`.
    """

    has_default = True
    bare = ""  # what runs where nothing but those options is typed, if not the first

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next(iter(self.commands))
        at = _first_word(args)
        named = at < len(args) and args[at] in self.commands
        first = self.bare if self.bare and at >= len(args) else first
        if not named and ("--help" in args or not self.has_default):
            return super().parse_args(ctx, args[at:] or ["--help"])
        ordered = [args[at], *args[:at], *args[at + 1 :]] if named else [first, *args]
        return super().parse_args(ctx, ordered)


def _first_word(args: list[str]) -> int:
    """Where the options that every command takes end."""
    at = 0
    while at < len(args) and args[at].partition("=")[0] in ("--json", "--debug", "--db"):
        at += 2 if args[at] == "--db" else 1
    return at
