"""`case`: the court file of an account, written and compared with the book again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import typer

from collectctl.cli import arguments, language
from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.paying import OneAccount
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain import words
from collectctl.domain.words import _

if TYPE_CHECKING:
    from collectctl.domain.casefile.records import Case

PlaceArgument = Annotated[Path, typer.Argument(metavar="FOLDER|ZIP", help=_("As `case build` wrote it."))]


def build(
    account: OneAccount,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER|ZIP", help=_("Where it goes: a new place."))],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help=_("The day of the claim; else today."))
    ] = "",
    third: Annotated[
        bool, typer.Option("--with-third-parties", help=_("Contacts with third parties too."))
    ] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("Identity and card numbers whole; recorded."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Replace a case that is there."))] = False,
    lang: Annotated[
        str, typer.Option("--lang", metavar="en|zh", help=_("Its language; else that of the account's law."))
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write the court file of an account."""
    from collectctl.render import casefile
    from collectctl.usecases import cases

    arguments.choice("--lang", lang, [*language.CHOICES])
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        cases.vacant(out, force=force)
        day = arguments.day(s, as_of) if as_of else s.now.date()
        case = cases.gather(s.book, found, cases.Wanted(day, third, reveal), s.now)
        files = _files(case, lang or ("zh" if case.chinese else "en"))
        built = cases.write(s.book, case, files, out, force=force)
        arguments.touched(s, [found])
        say(s, "case build", casefile.built_lines(built), lambda: casefile.built_data(built), built.warnings)


def verify(
    place: PlaceArgument, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """Prove that a case is unaltered and as the book has it."""
    from collectctl.render import casefile
    from collectctl.usecases import cases

    with session(db, as_json, backed_up=False) as s:
        result = cases.verify(s.book, place, _files, s.now)
        present(
            s,
            "case verify",
            data=lambda: casefile.verified_data(result),
            plain=lambda: casefile.verified_plain(result),
            table=lambda console: casefile.verified_table(result, console),
            summary=casefile.verified_lines(result),
            warnings=result.notes,
        )
    raise typer.Exit(0 if result.same else 1)


def _files(case: "Case", lang: str) -> dict[str, bytes]:
    """The files of a case, in that language."""
    from collectctl.render.text import safe
    from collectctl.usecases import cases

    catalogue = language.catalogue(language.CHOICES.get(lang[:2], ""), "case")
    with words.speaking(catalogue):
        return cases.laid_out(case, "zh-CN" if catalogue else "en", safe)


def _case() -> click.Command:
    return group(
        "case",
        _("The court file of an account: build, verify."),
        {"build": build, "verify": verify},
        default=False,
    )


COMMANDS = {"case": _case}
