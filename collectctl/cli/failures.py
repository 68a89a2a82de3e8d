"""What a failure looks like: at most four lines on stderr, or one JSON document, and an exit code."""

import os
import sys

import click

from collectctl.domain.errors import CollectError
from collectctl.domain.words import _

BUG, INTERRUPTED, USAGE = 70, 130, 2


def report(error: Exception, args: list[str]) -> int:
    """Print `error` as the user should read it; returns the exit code."""
    if "--debug" in args:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, click.exceptions.Abort):
        sys.stderr.write("\n")
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        # the reader of our output has gone (`| head`): nothing more to say, and nothing to flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    code, exit_code, message, hint = _described(error, args)
    if "--json" in args:
        from collectctl.render.envelope import failure

        sys.stdout.write(failure(_command(args), _as_of(), code, message, hint) + "\n")
    else:
        from collectctl.render.errors import lines

        sys.stderr.write(lines(message, hint))
    return exit_code


def _as_of() -> str | None:
    from collectctl.cli.session import clock

    try:
        return clock("").isoformat()
    except CollectError:
        return None


def _command(args: list[str]) -> str:
    from collectctl.cli.main import _named

    return (_named(args) or ["today"])[0]


def _described(error: Exception, args: list[str]) -> tuple[str, int, str, str]:
    if isinstance(error, CollectError):
        return error.code, error.exit_code, error.message, error.hint
    if isinstance(error, click.exceptions.NoSuchOption):
        hint = _("text that begins with - goes after --: collectctl {command} ... -- TEXT").format(
            command=_command(args)
        )
        near = error.possibilities[0] if error.possibilities else ""
        return "usage", USAGE, error.format_message(), f"{near}; {hint}" if near else hint
    if isinstance(error, click.UsageError):
        hint = getattr(error, "hint", "") or f"collectctl {_command(args)} --help"
        return "usage", USAGE, error.format_message(), hint
    if isinstance(error, click.ClickException):
        return "usage", USAGE, error.format_message(), ""
    if isinstance(error, OSError):
        text = _("{what}: {why}").format(what=error.filename or _("the system"), why=error.strerror or error)
        return "system", 5, text, _("look at the path and the free space, then run it again")
    name = type(error).__name__
    return (
        "bug",
        BUG,
        _("a mistake of collectctl itself ({name}); the book was not changed by this command").format(
            name=name
        ),
        _("run it again with --debug and report what it prints, without names and numbers"),
    )
