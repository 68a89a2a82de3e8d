"""`claim`: what is asked of guarantors, co-debtors and insurers."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.holding import TextOption
from collectctl.cli.output import present
from collectctl.cli.paying import AmountArgument, OneAccount
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.claims import ANSWERABLE, CLOSINGS
from collectctl.domain.words import _
from collectctl.usecases import claims

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=_("As `claim list` numbers it."))]


def add(
    account: OneAccount,
    amount: AmountArgument,
    against: Annotated[str, typer.Option("--against", metavar="NAME|ROLE", help=", ".join(ANSWERABLE))],
    contract: Annotated[
        str, typer.Option("--contract", metavar="NO", help=_("Of the guarantee or the policy."))
    ] = "",
    due: Annotated[
        str, typer.Option("--due", metavar="DATE", help=_("The last day to pay; else in 30 days."))
    ] = "",
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Claim a sum of somebody who answers for the debt."""
    with session(db, as_json) as s:
        day = arguments.day(s, due) if due else None
        told = claims.Told(against.strip(), amount, contract.strip(), day, text.strip())
        show_said(s, "claim add", claims.add(s.book, arguments.account(s, account), told, s.now))


def settle(
    number: IdArgument,
    amount: Annotated[
        str, typer.Argument(metavar="[AMOUNT]", help=_("What they paid; else all that is left of it."))
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it came; else today."))] = "",
    reference: Annotated[str, typer.Option("--ref", help=_("The reference of the payment."))] = "",
    transferred: Annotated[
        bool, typer.Option("--transferred", help=_("The creditor's rights passed to who paid."))
    ] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """They paid: a payment of the account, of which they are the payer."""
    with session(db, as_json) as s:
        day = arguments.day(s, on, back=True) if on else s.now.date()
        paid = claims.Paid(day, amount, reference.strip(), transferred)
        show_said(s, "claim settle", claims.settle(s.book, number, paid, s.now))


def close(
    number: IdArgument,
    state: Annotated[str, typer.Option("--as", help=", ".join(CLOSINGS))],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day; else today."))] = "",
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """They refused, or it was taken back."""
    arguments.choice("--as", state or "-", CLOSINGS)
    with session(db, as_json) as s:
        day = arguments.day(s, on, back=True) if on else s.now.date()
        show_said(s, "claim close", claims.close(s.book, number, state, text.strip(), day, s.now))


def list_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Every claim; what waits for money comes first."""
    from collectctl.render import desk

    with session(db, as_json) as s:
        found = claims.claims(s.book, s.now)
        present(
            s, "claim list", data=lambda: desk.claims_data(found),
            plain=lambda: desk.claims_plain(found), table=lambda c: desk.claims_table(found, c),
        )  # fmt: skip


def _claim() -> click.Command:
    return group(
        "claim",
        _("Claims on guarantors and insurers: list, add, settle, close."),
        {"list": list_, "add": add, "settle": settle, "close": close},
    )


COMMANDS = {"claim": _claim}
