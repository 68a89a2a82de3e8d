"""`visits`: who qualifies for a visit, as tours."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectctl.cli import language
from collectctl.cli.arguments import choice
from collectctl.cli.building import command
from collectctl.cli.output import present, say, warn
from collectctl.cli.screen import STANDARD_OUTPUT, target
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.cli.terminal import Shown
from collectctl.cli.today import Terms
from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _

if TYPE_CHECKING:
    from collectctl.usecases.visits import Sheet


class SheetAlone(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--lang and --force are about --out"), "--out visits.html")


class OnePlace(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("the sheet and --json can't go to the same place"), "--out visits.html --json")


def visits(
    terms: Terms = None,
    city: Annotated[str, typer.Option("--city", metavar="X", help=_("Tours of that city or district."))] = "",
    days: Annotated[
        int | None,
        typer.Option("--days", min=0, max=3650, help=_("Called in vain for so long; else as set.")),
    ] = None,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help=_("Sheets to print (.html); or .csv, .xlsx."))
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))] = False,
    lang: Annotated[str, typer.Option("--lang", help=_("Of the sheets: en or zh."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Who qualifies for a visit, by district, and what to keep in mind."""
    from collectctl.render import visits as render
    from collectctl.usecases import visits as usecase

    choice("--lang", lang, usecase.LANGUAGES)
    sheet = _sheet(out, lang, force=force, as_json=as_json)
    if sheet:
        usecase.check(sheet)
    with session(db, as_json) as s:
        result = usecase.visits(s.book, usecase.Wanted(terms or [], city.strip(), days), s.now)
        if sheet is None:
            Shown(s.book.path).rows([stop.account.id for stop in result.stops], s.now.date())
            present(
                s, "visits", data=lambda: render.data(result, s.now),
                plain=lambda: render.plain(result, s.now),
                table=lambda console: render.table(result, s.now, console),
                summary=render.summary(result), warnings=result.warnings,
            )  # fmt: skip
            return
        usecase.save(s.book, result, sheet, s.now)
        lines = [_("visits written to {file}").format(file=sheet.name), *render.summary(result)]
        if out == STANDARD_OUTPUT:
            sys.stderr.writelines(line + "\n" for line in lines[1:])
            warn(result.warnings)
        else:
            document = {**render.data(result, s.now), "file": sheet.name}
            say(s, "visits", lines, lambda: document, result.warnings)


def _sheet(out: str, lang: str, *, force: bool, as_json: bool) -> "Sheet | None":
    """The file that was asked for, None where none was."""
    from collectctl.usecases.visits import Sheet

    if not out:
        if lang or force:
            raise SheetAlone
        return None
    if out == STANDARD_OUTPUT and as_json:
        raise OnePlace
    spoken = lang or ("zh" if language.wanted(os.environ).startswith("zh") else "en")
    name = out if out == STANDARD_OUTPUT else Path(out).name
    return Sheet(target(out), name, spoken, force)


COMMANDS = {"visits": lambda: command("visits", visits)}
