"""`list` and `find`'s kin: any accounts."""

from typing import Annotated

import typer

from collectctl.cli.building import command
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.cli.terminal import Shown
from collectctl.cli.today import Terms
from collectctl.domain.words import _


def list_(
    terms: Terms = None,
    sort: Annotated[
        str,
        typer.Option(
            "--sort", metavar="KEY", help=_("account, balance, dpd, due, ends, last, points, client.")
        ),
    ] = "account",
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("How many rows."))] = 20,
    analysis: Annotated[
        bool, typer.Option("--analysis", help=_("Reasons, promises kept, payments, when they answer."))
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Any accounts, narrowed and sorted."""
    from collectctl.render import worklist
    from collectctl.usecases.today import list_accounts

    with session(db, as_json) as s:
        result = list_accounts(s.book, terms or [], s.now, sort, limit, analysed=analysis)
        Shown(s.book.path).rows([row.account_id for row in result.rows], s.now.date())
        summary = [worklist.list_summary(result)]
        if result.analyses is not None:
            from collectctl.render import analysis as analysed

            present(
                s, "list", data=lambda: analysed.list_data(result, s.now),
                plain=lambda: analysed.list_plain(result, s.now),
                table=lambda console: analysed.list_table(result, console), summary=summary,
            )  # fmt: skip
            return
        present(
            s,
            "list",
            data=lambda: worklist.list_data(result, s.now),
            plain=lambda: worklist.plain(result.rows, s.now),
            table=lambda console: worklist.list_table(result, console),
            summary=summary,
        )


COMMANDS = {"list": lambda: command("list", list_)}
