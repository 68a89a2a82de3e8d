"""`pay` and `payment`: money that came in, was claimed, or went back."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import command, group
from collectctl.cli.holding import TextOption
from collectctl.cli.output import present
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.words import _
from collectctl.usecases import payments

OneAccount = Annotated[str, typer.Argument(metavar="ACCOUNT", help=_("Number, phone, name, @ or @3."))]
AmountArgument = Annotated[
    str, typer.Argument(metavar="AMOUNT", help=_("As in 500, 1,234.56, 1.2万, all, cure or min."))
]
Reference = Annotated[str, typer.Argument(metavar="REF", help=_("Its reference, or its number as #12."))]


def pay(
    account: OneAccount,
    amount: AmountArgument,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it came; else today."))] = "",
    method: Annotated[str, typer.Option("--method", help=_("As transfer, cash, deduction."))] = "",
    reference: Annotated[str, typer.Option("--ref", help=_("The reference of the payment."))] = "",
    payer: Annotated[str, typer.Option("--payer", metavar="NAME", help=_("Who paid, if another."))] = "",
    claimed: Annotated[bool, typer.Option("--claimed", help=_("Only said to be paid so far."))] = False,
    order: Annotated[
        str, typer.Option("--order", help=_("cn-loan, cn-card, us, principal, interest or components."))
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Record a payment: what it serves, confirms and keeps."""
    with session(db, as_json) as s:
        day = arguments.day(s, on, back=True) if on else s.now.date()
        told = payments.Told(amount, day, claimed, method.strip(), reference.strip(), payer.strip(), order)
        show_said(s, "pay", payments.pay(s.book, arguments.account(s, account), told, s.now))


def list_(
    account: Annotated[
        str, typer.Argument(metavar="[ACCOUNT]", help=_("One account; else the whole book."))
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Payments and claims, newest first."""
    from collectctl.render import money

    with session(db, as_json) as s:
        found = payments.payments_of(s.book, arguments.account(s, account) if account else None)
        present(
            s, "payment list", data=lambda: money.payments_data(found),
            plain=lambda: money.payments_plain(found), table=lambda c: money.payments_table(found, c),
        )  # fmt: skip


def confirm(
    account: OneAccount,
    reference: Annotated[
        str, typer.Argument(metavar="[REF]", help=_("Which claim, where there are several."))
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("Another day than was claimed."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The client confirms a claim: it is money now."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        day = arguments.day(s, on, back=True) if on else None
        show_said(s, "payment confirm", payments.confirm(s.book, found, reference, day, s.now))


def reverse(
    account: OneAccount,
    reference: Reference,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it went back."))] = "",
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Take back a payment that bounced."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        day = arguments.day(s, on, back=True) if on else None
        show_said(s, "payment reverse", payments.reverse(s.book, found, reference, text.strip(), day, s.now))


def _payment() -> click.Command:
    return group(
        "payment",
        _("Payments and claims: list, confirm, reverse."),
        {"list": list_, "confirm": confirm, "reverse": reverse},
    )


COMMANDS = {"pay": lambda: command("pay", pay), "payment": _payment}
