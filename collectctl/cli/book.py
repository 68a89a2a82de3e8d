"""`book info`."""

import click

from collectctl.cli.building import group
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _


def info(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Where the book is, how big, and what is in it."""
    from collectctl.render import book
    from collectctl.usecases.book import info as book_info

    with session(db, as_json) as s:
        result = book_info(s.book)
        present(
            s,
            "book info",
            data=lambda: book.data(result),
            plain=lambda: book.plain(result),
            table=lambda console: book.table(result, console),
        )


def _book() -> click.Command:
    return group("book", _("About the book itself."), {"info": info})


COMMANDS = {"book": _book}
