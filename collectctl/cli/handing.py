"""`handback`: accounts that go back to their client, and what goes with them."""

import os
from pathlib import Path
from typing import Annotated

import typer

from collectctl.cli import arguments, language, output
from collectctl.cli.building import command
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain import words
from collectctl.domain.results.handback import Handback
from collectctl.domain.results.page import Page
from collectctl.domain.words import _


def handback(
    client: Annotated[str, typer.Option("--client", metavar="NAME", help=_("Whose accounts."))],
    out: Annotated[
        str, typer.Option("--out", metavar="FOLDER", help=_("Write sheet, report and summary there."))
    ] = "",
    month: Annotated[bool, typer.Option("--month", help=_("This month."))] = False,
    first: Annotated[str, typer.Option("--from", metavar="D", help=_("The first day; else today."))] = "",
    last: Annotated[str, typer.Option("--to", metavar="D", help=_("The last day; else today."))] = "",
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("Identity and card numbers whole in the sheet; recorded."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Into a folder that is there."))] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="en|zh", help=_("Of report and summary."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """What leaves a client's accounts soon or left, and the files that go back."""
    from collectctl.render import handback as rendered
    from collectctl.usecases import handback as handing
    from collectctl.usecases.report import typed_period

    arguments.choice("--lang", lang, [*language.CHOICES])
    with session(db, as_json) as s:
        period = typed_period(s.book, s.now, day="", week=False, month=month, first=first, last=last)
        made = handing.handback(s.book, client, period, s.now)
        if not out:
            output.present(
                s, "handback", data=lambda: rendered.data(made, (), ""), plain=lambda: rendered.plain(made),
                table=lambda c: rendered.table(made, c),
                summary=(rendered.title(made), *rendered.lines(made)),
            )  # fmt: skip
            return
        files = handing.save(
            s.book, made, _pages(s, made, lang), Path(out), s.now, force=force, reveal=reveal
        )
        output.say(
            s, "handback", rendered.written(made, Path(out), files), lambda: rendered.data(made, files, out)
        )


def _pages(s: Session, made: Handback, lang: str) -> tuple[Page, Page]:
    """The report and the supervisor's summary in the reader's language."""
    from collectctl.render import handback_page, report_page

    catalogue = language.catalogue(language.chosen(lang, os.environ), "report")
    code = "zh-CN" if catalogue else "en"
    with words.speaking(catalogue):
        return report_page.page(made.report, s.now, code), handback_page.page(made, s.now, code)


COMMANDS = {"handback": lambda: command("handback", handback)}
