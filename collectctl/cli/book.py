"""`book info`, `book check`, `book backup`, `book restore`, `book purge`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.session import (
    DbOption,
    DebugOption,
    JsonOption,
    YesOption,
    book_path,
    can_ask,
    clock,
    session,
)
from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _


class Unsure(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("this can't be undone, and nobody is there to ask"), "collectctl book purge ... --yes"
        )


ForceOption = Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))]


def info(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Where the book is, how big, and what is in it."""
    from collectctl.render import book
    from collectctl.usecases.book import info as book_info

    with session(db, as_json) as s:
        result = book_info(s.book, s.now)
        present(
            s,
            "book info",
            data=lambda: book.data(result, s.now),
            plain=lambda: book.plain(result, s.now),
            table=lambda console: book.table(result, s.now, console),
        )


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help=_("Make anew what can be worked out from the facts."))
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Prove that nothing was changed or lost, and that what is stored for speed is right."""
    from collectctl.render import book
    from collectctl.usecases.checking import check as check_book

    tell = _told(as_json)
    with session(db, as_json) as s:
        result = check_book(s.book, s.now, tell, repair=repair)
        tell("")
        present(
            s,
            "book check",
            data=lambda: book.check_data(result),
            plain=lambda: book.check_plain(result),
            table=lambda console: console.print("\n".join(book.check_lines(result)), soft_wrap=True),
            summary=book.check_summary(result),
        )
    raise typer.Exit(0 if result.clean else 1)


def _told(as_json: bool) -> Callable[[str], None]:
    """Says on a terminal what is being looked at, on one line that is gone when all is done."""

    def tell(what: str) -> None:
        if sys.stderr.isatty() and not as_json:
            sys.stderr.write(f"\r\x1b[K{what}")
            sys.stderr.flush()

    return tell


def backup(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=_("Else a name in the folder of backups."))
    ] = None,
    force: ForceOption = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Copy the book, also while other commands run; the copy is verified."""
    from collectctl.render import book
    from collectctl.usecases.backups import backup as write_backup

    with session(db, as_json) as s:
        made = write_backup(s.book, file, s.now, force=force)
        say(s, "book backup", book.backup_lines(made), lambda: book.backup_data(made))


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A backup; it stays as it is."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Put the book back from a backup that is verified first; what it replaces is kept."""
    from collectctl.render import book
    from collectctl.usecases import restoring

    restored = restoring.restore(book_path(db), file, clock(""))
    with session(db, as_json) as s:
        say(s, "book restore", book.restored_lines(restored), lambda: book.restored_data(restored))


def purge(
    client: Annotated[str, typer.Option("--client", help=_("Whose mandate has ended."))],
    before: Annotated[
        str, typer.Option("--before", metavar="DATE", help=_("Those that were closed before it."))
    ],
    override: Annotated[
        str, typer.Option("--override", help=_("Why what a rule of retention keeps goes too."))
    ] = "",
    yes: YesOption = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Remove a client's closed accounts for good; hashes and a tombstone stay."""
    from collectctl.render import purging as render
    from collectctl.usecases import purging

    with session(db, as_json, backed_up=False) as s:
        day = arguments.day(s, before, back=True)
        planned = purging.plan(s.book, client, day, override, s.now)
        if planned.accounts and not yes:
            _sure(render.question(planned))
        done = purging.purge(s.book, client, day, override, s.now)
        say(s, "book purge", render.lines(done), lambda: render.data(done))


def _sure(question: str) -> None:
    """What can't be undone is asked for once more. Raises `Unsure` (2) where nobody can answer."""
    if not can_ask():
        raise Unsure
    if not typer.confirm(question, err=True):
        raise typer.Abort


def _book() -> click.Command:
    commands: dict[str, Callable[..., Any]] = {
        "info": info, "check": check, "backup": backup, "restore": restore, "purge": purge,
    }  # fmt: skip
    return group("book", _("About the book itself."), commands)


COMMANDS = {"book": _book}
