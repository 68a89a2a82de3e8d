"""`demo`: a fictional book."""

from pathlib import Path
from typing import Annotated

import typer

from collectctl.cli.building import command
from collectctl.cli.output import console, document, present
from collectctl.cli.session import DebugOption, JsonOption, Session, clock, session
from collectctl.domain.words import _


def demo(
    size: Annotated[int, typer.Option("--size", min=1, max=100_000, help=_("How many accounts."))] = 60,
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="FILE", help=_("Where to keep the book."))
    ] = None,
    db: Annotated[Path | None, typer.Option("--db", hidden=True)] = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A fictional book to try everything on."""
    from collectctl.usecases.demo import make_demo

    path = keep or _temporary()
    make_demo(path, size, clock(""))
    with session(path, as_json, backed_up=False) as s:
        if as_json:
            document(s, "demo", {"book": str(path), "try": _commands(path)})
        else:
            _tour(s, path)


def _temporary() -> Path:
    """A new folder of our own: its book can't be anybody's real one."""
    from tempfile import mkdtemp

    return Path(mkdtemp(prefix="collectctl-demo-")) / "book.db"


def _tour(s: Session, path: Path) -> None:
    """The morning's list, the report of yesterday, and where to go from here."""
    from datetime import timedelta

    from collectctl.cli.terminal import Shown
    from collectctl.domain.periods import Period
    from collectctl.render import report as report_page
    from collectctl.render import worklist
    from collectctl.usecases.report import report
    from collectctl.usecases.today import today

    result = today(s.book, [], s.now, limit=12)
    Shown(path).rows([row.account_id for row in result.rows], s.now.date())
    present(
        s,
        "demo",
        data=dict,
        plain=lambda: worklist.plain(result.rows, s.now),
        table=lambda screen: worklist.today_table(result, s.now, screen),
        summary=worklist.summary(result),
    )
    yesterday = s.now.date() - timedelta(days=1)
    summed = report(s.book, [], Period(yesterday, yesterday), s.now)
    screen = console()
    for line in ["", *report_page.brief(summed), "", _("go on with:"), *_commands(path)]:
        screen.print(line, soft_wrap=True)


def _commands(path: Path) -> list[str]:
    return [
        f"  export COLLECTCTL_DB={path}",
        "  collectctl today",
        "  collectctl log @3 na",
        "  collectctl log @1 ptp 2000@fri 发工资",
        "  collectctl show @",
        "  collectctl report",
        "  collectctl undo",
    ]


COMMANDS = {"demo": lambda: command("demo", demo)}
