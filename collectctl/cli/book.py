"""`book info`, `book check`, `book backup`, `book restore`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, book_path, clock, session
from collectctl.domain.words import _

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
        restoring.record(s.book, s.now)
        say(s, "book restore", book.restored_lines(restored), lambda: book.restored_data(restored))


def _book() -> click.Command:
    commands: dict[str, Callable[..., Any]] = {
        "info": info, "check": check, "backup": backup, "restore": restore,
    }  # fmt: skip
    return group("book", _("About the book itself."), commands)


COMMANDS = {"book": _book}
