"""`import`: the file that the client sent."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from collectctl.cli.arguments import choice
from collectctl.cli.asking import asking
from collectctl.cli.building import command
from collectctl.cli.output import document, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.cli.sources import source
from collectctl.domain.errors import BadUsage
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.words import _
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest, Progress, column_and_field, rejects_to

ORDERS = ("dmy", "mdy", "ymd")
PATIENCE = 1.0  # seconds before a progress bar appears


class OneFileEach(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--rejects goes with one file"), "collectctl import FILE --rejects rejects.csv")


def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help=_("CSV, XLSX, XLS or ODS; - reads standard input."))
    ],
    client: Annotated[str | None, typer.Option("--client", help=_("Who placed the accounts."))] = None,
    batch: Annotated[str, typer.Option("--batch", help=_("The batch's name; else the file's."))] = "",
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            help=_("accounts, payments, promises, recalls, phones, extensions, activities; else recognised."),
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help=_("What a column is; outcome:WORD=OUTCOME what a word is.")
        ),
    ] = None,
    dates: Annotated[str | None, typer.Option("--dates", help=_("dmy, mdy or ymd, where both fit."))] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help=_("Where the file does not say: CNY, USD ..."))
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", help=_("The contact policy: cn, us-regf, uk, none."))
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("Which sheet of a workbook."))] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help=_("Where it is not recognised."))] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help=_("Give back the client's accounts that are not in it."))
    ] = False,
    match_zeros: Annotated[
        bool | None,
        typer.Option(
            "--match-zeros/--no-match-zeros", help=_("Numbers that lost zeros, spaces or case are the same.")
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Say what would happen, change nothing."))
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("Import the good rows, leave out the bad."))
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help=_("Write the bad rows to this file."))
    ] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Read the file that a client sent."""
    choice("--dates", dates or "", ORDERS)
    sources = [source(name) for name in files]
    if rejects and len(files) > 1:
        raise OneFileEach
    save_rejects = rejects_to(rejects) if rejects else None
    maps = dict(map(column_and_field, mapping or []))
    requests = [
        ImportRequest(
            name, data, client, batch, kind, maps, dates, currency and currency.upper(), policy, sheet,
            encoding, dry_run, skip_bad, complete, match_zeros,
        )
        for name, data in sources
    ]  # fmt: skip
    with session(db, as_json, create=not dry_run) as s:

        def run(asked: Sequence[ImportRequest]) -> list[ImportResult]:
            with _without_collector(), _progress(s) as progress:
                return import_files(s.book, asked, s.now, progress, save_rejects)

        _print(s, asking(s, requests, run))


@contextmanager
def _without_collector() -> Iterator[None]:
    """A fifth of the time: what an import makes holds no cycles and lives until its end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _progress(s: Session) -> Iterator[Progress]:
    """A bar on stderr once an import takes longer than `PATIENCE`."""
    if s.json or not sys.stderr.isatty():
        yield lambda _count: None
        return
    from time import monotonic

    from rich.console import Console
    from rich.progress import Progress as Bar

    started, done = monotonic(), 0
    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task(_("accounts"), total=None)

    def step(count: int) -> None:
        nonlocal done
        done += count
        if monotonic() - started > PATIENCE:
            bar.start()
            bar.update(task, completed=done, description=_("{count:,} accounts").format(count=done))

    try:
        yield step
    finally:
        bar.stop()


def _print(s: Session, results: list[ImportResult]) -> None:
    from collectctl.render import importing

    warnings = [text for result in results for text in result.warnings]
    data = [importing.data(result) for result in results]
    if s.json:
        document(s, "import", data[0] if len(data) == 1 else data, warnings)
        return
    for result in results:
        say(s, "import", importing.lines(result), dict)
    from collectctl.cli.output import warn

    warn(warnings)


COMMANDS = {"import": lambda: command("import", import_)}
