"""What a failure looks like: at most four lines on stderr, or one JSON document, and an exit code."""

import os
import shlex
import sys

import click

from collectctl.cli.commands import COMMANDS
from collectctl.domain.errors import CollectError
from collectctl.domain.words import _

BUG, INTERRUPTED, USAGE = 70, 130, 2


def report(error: Exception, args: list[str]) -> int:
    """Print `error` as the user should read it; returns the exit code."""
    if "--debug" in args:
        sys.stderr.write(_trace(error))
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

        try:
            sys.stdout.write(failure(_command(args), _as_of(), code, message, hint) + "\n")
        except OSError:  # the disk behind standard output is full
            pass
        else:
            return exit_code
    from collectctl.render.errors import lines

    sys.stderr.write(lines(message, hint))
    return exit_code


def _trace(error: BaseException) -> str:
    """Where it happened, causes first. Of errors that are not ours the kind alone: what they say may hold a
    cell of a file or a name of the book."""
    import traceback

    chain: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in chain:
        chain.append(found)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    text = ""
    for one in reversed(chain):
        said = one.message if isinstance(one, CollectError) else getattr(one, "sqlite_errorname", "")
        text += "".join([*getattr(one, "__notes__", ()), *traceback.format_tb(one.__traceback__)])
        text += f"{type(one).__name__}: {said}\n"
    return text


def _as_of() -> str | None:
    from collectctl.cli.session import clock

    try:
        return clock("").isoformat()
    except CollectError:
        return None


def _command(args: list[str]) -> str:
    from collectctl.cli.main import _named

    return (_named(args) or ["today"])[0]


def _with_sub(command: str, args: list[str]) -> str:
    """The command with the word of its group that was typed, where it is a group: `book purge`."""
    from importlib import import_module

    if command not in COMMANDS:
        return command
    made = import_module(f"collectctl.cli.{COMMANDS[command][0]}").COMMANDS[command]()
    sub = next((word for word in args if word in getattr(made, "commands", ())), "")
    return f"{command} {sub}".rstrip()


def _described(error: Exception, args: list[str]) -> tuple[str, int, str, str]:
    command = _command(args)
    if isinstance(error, CollectError):
        # a hint that is an option alone belongs to the command that was typed
        hint = error.hint
        if hint.startswith("--"):
            hint = f"collectctl {_with_sub(command, args)} ... {hint}"
        return error.code, error.exit_code, error.message, hint
    if isinstance(error, click.UsageError):
        hint = getattr(error, "hint", "") or _hint(error, command, args)
        return "usage", USAGE, _usage(error, command, args), hint
    if isinstance(error, click.ClickException):
        return "usage", USAGE, error.format_message(), ""
    if isinstance(error, UnicodeEncodeError):
        # an argument that was not UTF-8 comes as lone surrogates, which nothing can store
        return (
            "usage",
            USAGE,
            _("what was typed is not text in UTF-8"),
            _("type it again, or set your terminal to UTF-8"),
        )
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


def _usage(error: click.UsageError, command: str, args: list[str]) -> str:
    """What was typed wrong, in the words of the rest."""
    if isinstance(error, click.exceptions.NoSuchOption):
        return _("{command} has no option {word}").format(command=command, word=_word(error, args))
    if isinstance(error, click.exceptions.BadOptionUsage):
        return _("{option} stands without its value").format(option=error.option_name)
    if not isinstance(error, click.BadParameter):
        return error.format_message()
    what = _parameter(error)
    if isinstance(error, click.exceptions.MissingParameter):
        return _("{command} needs {what}").format(command=command, what=what)
    return _("{what}: {message}").format(what=what, message=_bad_value(error))


def _bad_value(error: click.BadParameter) -> str:
    value_type = error.param.type if error.param else None
    if isinstance(value_type, click.IntRange) and value_type.min is not None:
        return _("a whole number from {least} on is wanted").format(least=value_type.min)
    if isinstance(value_type, click.types.IntParamType):
        return _("a whole number is wanted")
    return error.message.rstrip(".")


def _parameter(error: click.BadParameter) -> str:
    """The option or argument as the help names it."""
    if error.param is None:
        return _("a value")
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.make_metavar(error.ctx or click.Context(click.Command("")))


def _hint(error: click.UsageError, command: str, args: list[str]) -> str:
    if not isinstance(error, click.exceptions.NoSuchOption):
        return f"collectctl {command} --help"
    if error.possibilities:
        return f"collectctl {command} ... {error.possibilities[0]}"
    return _("collectctl {command} --help, or if it is text: collectctl {command} ... -- {word}").format(
        command=command, word=shlex.quote(_word(error, args))
    )


def _word(error: click.exceptions.NoSuchOption, args: list[str]) -> str:
    """The word as typed: of `-text` the parser names `-t` alone."""
    return next((word for word in args if word.startswith(error.option_name)), error.option_name)
