"""`promise` and `plan`: what the debtor promised, apart from a call."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.paying import OneAccount
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain.errors import BadUsage
from collectctl.domain.planning import Wished
from collectctl.domain.results.said import Said
from collectctl.domain.words import _
from collectctl.usecases import plans, promising


class OneOf(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--open, --kept and --broken: one of them"), "collectctl promise list --broken")


def add(
    account: OneAccount,
    parts: Annotated[
        list[str], typer.Argument(metavar="AMOUNT@WHEN...", help=_("Several are parts of one promise."))
    ],
    payer: Annotated[str, typer.Option("--payer", metavar="NAME", help=_("Who pays, if another."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Record a promise."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "promise add", promising.add(s.book, found, parts, payer.strip(), s.now))


def list_(
    due: Annotated[str, typer.Option("--due", metavar="WHEN", help=_("Due on that day."))] = "",
    broken: Annotated[bool, typer.Option("--broken", help=_("Broken or partly kept."))] = False,
    is_open: Annotated[bool, typer.Option("--open", help=_("Still to be kept."))] = False,
    kept: Annotated[bool, typer.Option("--kept", help=_("Kept."))] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Every promise that stands, by the day on which it is due."""
    from collectctl.render import money

    if broken + is_open + kept > 1:
        raise OneOf
    states = ("broken", "partly-kept") if broken else ("open",) if is_open else ("kept",) if kept else ()
    with session(db, as_json) as s:
        wanted = promising.Wanted(states, arguments.day(s, due) if due else None)
        found = promising.book_of_promises(s.book, wanted, s.now)
        present(
            s, "promise list", data=lambda: money.promises_data(found),
            plain=lambda: money.promises_plain(found), table=lambda c: money.promises_table(found, c),
        )  # fmt: skip


def withdraw(
    account: OneAccount, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """Take back the open promise."""
    with session(db, as_json) as s:
        show_said(s, "promise withdraw", promising.withdraw(s.book, arguments.account(s, account), s.now))


def _promise() -> click.Command:
    return group(
        "promise", _("Promises: list, add, withdraw."), {"list": list_, "add": add, "withdraw": withdraw}
    )


def new(
    account: OneAccount,
    count: Annotated[int | None, typer.Option("--count", help=_("How many equal parts."))] = None,
    each: Annotated[
        list[str] | None,
        typer.Option("--each", metavar="AMOUNT", help=_("A part; several: each part by itself.")),
    ] = None,
    every: Annotated[str, typer.Option("--every", help=_("month, week or 2w."))] = "month",
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help=_("The first part; else one period from today."))
    ] = "",
    down: Annotated[str, typer.Option("--down", metavar="AMOUNT", help=_("Paid today."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Agree on instalments of the balance."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        day = arguments.day(s, first) if first else None
        wished = Wished(count, tuple(each or ()), every, day, down)
        _show(s, "plan new", found, plans.new(s.book, found, wished, s.now))


def show(
    account: OneAccount, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """The plan of an account, part by part."""
    from collectctl.render import money

    with session(db, as_json) as s:
        found = plans.show(s.book, arguments.account(s, account), s.now)
        present(
            s, "plan show", data=lambda: money.plan_data(found), plain=lambda: money.plan_plain(found),
            table=lambda c: money.plan_table(found, c),
        )  # fmt: skip


def cancel(
    account: OneAccount, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """End the plan; what is open of it is taken back."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        _show(s, "plan cancel", found, plans.cancel(s.book, found, s.now))


def _show(s: Session, name: str, account: int, said: Said) -> None:
    """What was done, with the plan as it stands now."""
    from collectctl.render import money
    from collectctl.render import said as render

    arguments.touched(s, [account])
    plan = plans.show(s.book, account, s.now)
    warnings = [text for change in said.changes for text in change.warnings]
    lines = render.lines(said, s.now)
    say(s, name, lines, lambda: {**render.data(said, s.now), **money.plan_data(plan)}, warnings)


def _plan() -> click.Command:
    return group("plan", _("Instalments: show, new, cancel."), {"show": show, "new": new, "cancel": cancel})


COMMANDS = {"promise": _promise, "plan": _plan}
