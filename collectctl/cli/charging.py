"""`terms`, `charge` and `quote`: how a debt grows, and what would settle it."""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.holding import TextOption
from collectctl.cli.output import present
from collectctl.cli.paying import OneAccount
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.components import COMPONENTS
from collectctl.domain.conditions import Stated
from collectctl.domain.errors import BadUsage
from collectctl.domain.rates import BASES, CLOSING, PAYMENT_DAYS
from collectctl.domain.words import _
from collectctl.usecases import charging

RateOption = Annotated[str, typer.Option("--rate", metavar="24%/year", help=_("With its unit, year or day."))]
BasisOption = Annotated[str, typer.Option("--basis", help=_("Days of a year: 360, 365 or actual."))]
ClosingOption = Annotated[str, typer.Option("--last-day", help=_("The closing day: counted, not."))]
PaymentDayOption = Annotated[
    str, typer.Option("--payment-day", help=_("Charged on the old or the new balance: old, new."))
]
COMPOUND = ("month", "none")


class WhatCharge(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("charge what? A component and its sum, or --as-stated"),
            _("collectctl charge ACCOUNT costs 50, collectctl charge --as-stated --client NAME"),
        )


def check_convention(basis: str, last_day: str, payment_day: str) -> None:
    """Refuse what is none of the conventions."""
    arguments.choice("--basis", basis, BASES)
    arguments.choice("--last-day", last_day, CLOSING)
    arguments.choice("--payment-day", payment_day, PAYMENT_DAYS)


def terms(
    account: OneAccount,
    rate: RateOption = "",
    basis: BasisOption = "",
    last_day: ClosingOption = "",
    payment_day: PaymentDayOption = "",
    compound: Annotated[str, typer.Option("--compound", help=_("month or none."))] = "",
    penalty: Annotated[
        str, typer.Option("--penalty", metavar="5%", help=_("Of what is unpaid of the minimum."))
    ] = "",
    penalty_floor: Annotated[
        str, typer.Option("--penalty-floor", metavar="AMOUNT", help=_("The penalty at least."))
    ] = "",
    cap: Annotated[str, typer.Option("--cap", metavar="24%/year", help=_("Of all charges together."))] = "",
    order: Annotated[str, typer.Option("--order", help=_("The order that was agreed for payments."))] = "",
    start: Annotated[str, typer.Option("--from", metavar="DATE", help=_("From when; else today."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """How charges accrue; alone it shows the terms."""
    from collectctl.render import money

    check_convention(basis, last_day, payment_day)
    arguments.choice("--compound", compound, COMPOUND)
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        told = charging.Told(
            Stated(rate, basis, last_day, payment_day, compound, penalty, 0, cap, order), penalty_floor,
            arguments.day(s, start) if start else None,
        )  # fmt: skip
        if told.nothing:
            result = charging.terms_of(s.book, found)
            present(
                s, "terms", data=lambda: money.terms_data(result), plain=lambda: money.terms_plain(result),
                table=lambda c: money.terms_table(result, c),
            )  # fmt: skip
        else:
            show_said(s, "terms", charging.set_terms(s.book, found, told, s.now))


def charge(
    account: Annotated[
        str, typer.Argument(metavar="ACCOUNT", help=_("Number, phone, name, @ or @3; - reads them."))
    ] = "",
    component: Annotated[str, typer.Argument(metavar="COMPONENT", help=", ".join(COMPONENTS))] = "",
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("What is added to it."))] = "",
    as_stated: Annotated[
        bool, typer.Option("--as-stated", help=_("Take over the client's newest statement."))
    ] = False,
    client: Annotated[
        str, typer.Option("--client", metavar="NAME", help=_("Of all accounts of a client that differ."))
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day; else today."))] = "",
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Add a charge to the debt, or take over what the client states."""
    if as_stated == bool(component and amount) or bool(account) == bool(client) or (client and not as_stated):
        raise WhatCharge
    with session(db, as_json) as s:
        if as_stated:
            found = charging.differing(s.book, client) if client else arguments.accounts(s, account)
            said = charging.adopt(s.book, found, s.now)
        else:
            day = arguments.day(s, on, back=True) if on else s.now.date()
            one = arguments.account(s, account)
            said = charging.charge(s.book, one, component, amount, day, text.strip(), s.now)
        show_said(s, "charge", said)


def quote(
    account: OneAccount,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("On which day; else today."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """What would settle the account on a day, line by line."""
    from collectctl.render import quote as render

    with session(db, as_json) as s:
        found = arguments.account(s, account)
        result = charging.quote(s.book, found, arguments.day(s, on) if on else s.now.date())
        arguments.touched(s, [found])
        present(
            s, "quote", data=lambda: render.data(result), plain=lambda: render.plain_rows(result),
            table=lambda c: render.table(result, c),
        )  # fmt: skip


COMMANDS = {
    "terms": lambda: command("terms", terms),
    "charge": lambda: command("charge", charge),
    "quote": lambda: command("quote", quote),
}
