"""`export`: tables and calendars for other programs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from collectctl.cli.arguments import choice
from collectctl.cli.building import command
from collectctl.cli.output import document, warn
from collectctl.cli.screen import STANDARD_OUTPUT, NotOnAScreen, target
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _

if TYPE_CHECKING:
    from collectctl.domain.results.exporting import ExportResult


class JsonNeedsFile(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("--json prints a document of its own: name a file for the rows"),
            "collectctl export KIND FILE --json",
        )


class WholeAccounts(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a hand-over is of whole accounts: it takes --client, --reveal and --force alone"),
            "collectctl export handover FILE --client NAME --reveal",
        )


def export(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=_("accounts, activities, payments, promises, requests, returns, calendar, handover."),
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE] [TERM]...", help=_("A file, else -; then client:X bucket:M2 ...")),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help=_("csv, xlsx or jsonl; else by the file's name."))
    ] = "",
    first: Annotated[str, typer.Option("--from", metavar="D", help=_("The first day."))] = "",
    last: Annotated[str, typer.Option("--to", metavar="D", help=_("The last day."))] = "",
    reveal: Annotated[
        bool, typer.Option("--reveal", help=_("Identity and card numbers whole; recorded."))
    ] = False,
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help=_("Nobody can be told from it: to be shared."))
    ] = False,
    client: Annotated[
        str, typer.Option("--client", metavar="NAME", help=_("Of the client of exactly that name."))
    ] = "",
    force: Annotated[bool, typer.Option("--force", help=_("Replace a file that is there."))] = False,
    bom: Annotated[bool, typer.Option("--bom", help=_("CSV with the mark that spreadsheets need."))] = False,
    columns: Annotated[
        str, typer.Option("--columns", metavar="A,B,C", help=_("Of returns: which, in which order."))
    ] = "",
    language: Annotated[str, typer.Option("--lang", help=_("Of returns: en or zh."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Write accounts, contacts, money or a calendar to a file."""
    from collectctl.usecases import export as exports

    file, terms = _file_and_terms(words or [])
    if kind == exports.HANDOVER:
        if terms or format_ or first or last or anonymise or bom or columns or language:
            raise WholeAccounts
        with session(db, as_json) as s:
            _print(s, _handed_over(s, file, client, reveal=reveal, force=force))
        return
    choice("--format", format_, exports.FORMATS)
    choice("--lang", language, exports.LANGUAGES)
    chosen = exports.format_of(kind, file, format_)
    written_to = _target(file, chosen, as_json)
    with session(db, as_json) as s:
        period = exports.typed_days(s.book, kind, first, last, s.now)
        name = file if file == STANDARD_OUTPUT else Path(file).name
        request = exports.ExportRequest(
            kind, written_to, name, chosen, terms, period, reveal, anonymise, force, bom, columns, language,
            client,
        )  # fmt: skip
        _print(s, exports.export(s.book, request, s.now))


def _handed_over(s: Session, file: str, client: str, *, reveal: bool, force: bool) -> "ExportResult":
    from collectctl.usecases.handover import hand_over

    where = _target(file, "jsonl", s.json)
    return hand_over(s.book, where, Path(file).name, client, s.now, reveal=reveal, force=force)


def _file_and_terms(words: list[str]) -> tuple[str, list[str]]:
    """The first word is the file, unless it narrows."""
    from collectctl.domain.terms import is_term

    if words and not is_term(words[0]):
        return words[0], words[1:]
    return STANDARD_OUTPUT, words


def _target(file: str, format_: str, as_json: bool) -> Path | BinaryIO:
    if file == STANDARD_OUTPUT and as_json:
        raise JsonNeedsFile
    if file == STANDARD_OUTPUT and format_ == "xlsx" and sys.stdout.isatty():
        raise NotOnAScreen("collectctl export KIND FILE.xlsx")
    return target(file)


def _print(s: Session, result: "ExportResult") -> None:
    if s.json:
        data = {
            "file": result.file, "kind": result.kind, "format": result.format, "rows": result.rows,
            "columns": list(result.columns),
        }  # fmt: skip
        document(s, "export", data, result.warnings)
        return
    text = _("exported {kind}: {rows} rows, {file}").format(
        kind=result.kind, rows=result.rows, file=result.file
    )
    (sys.stderr if result.file == STANDARD_OUTPUT else sys.stdout).write(text + "\n")
    warn(result.warnings)


COMMANDS = {"export": lambda: command("export", export)}
