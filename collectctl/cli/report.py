"""`report`: what a period came to."""

from typing import Annotated

import typer

from collectctl.cli.building import command
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _

Terms = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TERM]...", help=_("client:X bucket:M2 bal>10000 ..., or a word.")),
]


def report(
    terms: Terms = None,
    day: Annotated[str, typer.Option("--day", metavar="WHEN", help=_("That day; else today."))] = "",
    week: Annotated[bool, typer.Option("--week", help=_("This week, from Monday."))] = False,
    month: Annotated[bool, typer.Option("--month", help=_("This month."))] = False,
    first: Annotated[str, typer.Option("--from", metavar="D", help=_("The first day."))] = "",
    last: Annotated[str, typer.Option("--to", metavar="D", help=_("The last day; else today."))] = "",
    brief: Annotated[bool, typer.Option("--brief", help=_("Six lines to paste into a chat."))] = False,
    gaps: Annotated[bool, typer.Option("--gaps", help=_("What entries leave out."))] = False,
    html: Annotated[
        str, typer.Option("--html", metavar="FILE", help=_("Write it as a page; - is standard output."))
    ] = "",
    xlsx: Annotated[str, typer.Option("--xlsx", metavar="FILE", help=_("Write it as a workbook."))] = "",
    force: Annotated[bool, typer.Option("--force", help=_("Replace files that are there."))] = False,
    lang: Annotated[
        str, typer.Option("--lang", metavar="en|zh", help=_("The language of page and workbook; else yours."))
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """What a day, week or month came to."""
    from collectctl.cli import output, reportfiles
    from collectctl.render import report as rendered
    from collectctl.usecases import report as reports

    files = reportfiles.wanted(html, xlsx, lang, force=force, as_json=as_json)
    with session(db, as_json) as s:
        period = reports.typed_period(s.book, s.now, day=day, week=week, month=month, first=first, last=last)
        result = reports.report(s.book, terms or [], period, s.now)
        if files:
            reportfiles.save(s, result, files, brief=brief, gaps=gaps)
            return
        if brief:
            output.say(
                s, "report", rendered.brief(result), lambda: rendered.data(result, gaps=gaps), result.warnings
            )
            return
        output.present(
            s,
            "report",
            data=lambda: rendered.data(result, gaps=gaps),
            plain=lambda: rendered.gap_rows(result) if gaps else rendered.plain(result),
            table=lambda console: (rendered.gap_table if gaps else rendered.table)(result, console),
            warnings=result.warnings,
        )


COMMANDS = {"report": lambda: command("report", report)}
