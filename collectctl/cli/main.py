"""The entry: a group that knows its commands by name and imports the one that is called.

Every error of ours becomes its sentence and exit code here, in one place; with `--json` an error document.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click
import typer
from typer.core import TyperGroup

from collectctl import __version__
from collectctl.cli.commands import COMMANDS
from collectctl.domain.words import _

INTERRUPTED = 130
_SHARED_FLAGS, _SHARED_VALUES = ("--json", "--debug"), ("--db",)


class Commands(TyperGroup):
    """Commands by name; `today` where none is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"collectctl.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.COMMANDS[cmd_name]()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line)) for name, (_module, line) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _named(args))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(COMMANDS), 1)
            error = click.UsageError(_("no command is called {name!r}").format(name=args[0]))
            error.hint = f"collectctl {near[0]}" if near else "collectctl --help"  # type: ignore[attr-defined]
            raise error
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> NoReturn:  # noqa: ANN401
        typed = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        try:
            code = super().main(typed, *rest, **options)
        except click.exceptions.Exit as done:
            code = done.exit_code
        except SystemExit as left:
            # Typer has caught that the reader of our output is gone (`| head`): that is no failure of ours
            code = 0 if isinstance(left.__context__, BrokenPipeError) else left.code
        except Exception as error:
            code = _failed(error, typed)
        except KeyboardInterrupt:
            code = _interrupted()
        sys.exit(code if isinstance(code, int) else 0)


def _named(args: list[str]) -> list[str]:
    """`args` with the command first: options that every command takes may stand before it."""
    lead: list[str] = []
    rest = list(args)
    while rest and (rest[0] in _SHARED_FLAGS or rest[0].partition("=")[0] in _SHARED_VALUES):
        word = rest.pop(0)
        lead.append(word)
        if word in _SHARED_VALUES and rest:
            lead.append(rest.pop(0))
    if rest and rest[0] in ("--help", "--version"):
        return rest
    if not rest or (rest[0].startswith("-") and rest[0] != "--"):
        return ["today", *lead, *rest]
    return [rest[0], *lead, *rest[1:]]


def _failed(error: Exception, args: list[str]) -> int:
    from collectctl.cli import failures

    return failures.report(error, args)


def _interrupted() -> int:
    sys.stderr.write("\n")
    return INTERRUPTED


def _version(value: bool) -> None:
    if value:
        typer.echo(f"collectctl {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=_("A debt collector's day: whom to contact, why, and what came of it."),
)


@app.callback()
def main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help=_("Print the version.")
    ),
) -> None:
    """Options of the program itself."""


def _open_streams() -> None:
    """A stream that was closed before we began gives nothing and keeps nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def run() -> NoReturn:
    """The script `collectctl`.

    It leaves without dismantling the interpreter, which would take a tenth of the time of a whole `log`: by
    now everything is committed and closed, and both streams are flushed here.
    """
    from collectctl.cli.language import choose

    code = 0
    _open_streams()
    choose(os.environ)
    try:
        app()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    except OSError as error:  # a full disk: what was printed did not all arrive
        if not code or "--json" in sys.argv:  # else it has been said
            code = _failed(error, [word for word in sys.argv[1:] if word != "--json"])
            sys.stderr.flush()
    os._exit(code)
