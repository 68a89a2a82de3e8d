"""`settle` and `request`: reductions, and whatever only the client can grant."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import command, group
from collectctl.cli.log import AccountArgument
from collectctl.cli.output import present
from collectctl.cli.paying import AmountArgument, OneAccount
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.amounts import is_amount
from collectctl.domain.requests import KINDS
from collectctl.domain.words import _
from collectctl.usecases import requests, settling

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=_("As `request list` numbers it."))]
LastDay = Annotated[str, typer.Option("--until", metavar="DATE", help=_("The last day, still inside."))]


def settle(
    account: OneAccount,
    amount: AmountArgument,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help=_("The last day, still inside."))],
    approval: Annotated[
        str, typer.Option("--approval", metavar="REF", help=_("The client's approval; else it is asked."))
    ] = "",
    parts: Annotated[int, typer.Option("--parts", help=_("How many payments until then."))] = 1,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Agree on a smaller sum that settles the debt."""
    with session(db, as_json) as s:
        agreed = settling.Agreed(amount, arguments.day(s, until), approval.strip(), parts)
        show_said(s, "settle", settling.settle(s.book, arguments.account(s, account), agreed, s.now))


def ask(
    account: AccountArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=", ".join(KINDS))],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[AMOUNT] [TEXT...]", help=_("A sum, and why."))
    ] = None,
    until: LastDay = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Note what the client is to be asked for."""
    typed = list(words or ())
    amount = typed.pop(0) if typed and is_amount(typed[0]) else ""
    with session(db, as_json) as s:
        wanted = requests.Wanted(kind, amount, arguments.day(s, until) if until else None, " ".join(typed))
        show_said(s, "request", requests.request(s.book, arguments.accounts(s, account), wanted, s.now))


def list_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """What was asked of clients; what waits comes first."""
    from collectctl.render import money

    with session(db, as_json) as s:
        found = requests.requests(s.book)
        present(
            s, "request list", data=lambda: money.requests_data(found),
            plain=lambda: money.requests_plain(found), table=lambda c: money.requests_table(found, c),
        )  # fmt: skip


def sent(
    number: IdArgument, db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False
) -> None:
    """The request went to the client."""
    with session(db, as_json) as s:
        show_said(s, "request sent", requests.sent(s.book, number, s.now))


def answer(
    number: IdArgument,
    said: Annotated[str, typer.Argument(metavar="yes|no", help=_("What the client answered."))],
    amount: Annotated[
        str, typer.Argument(metavar="[AMOUNT]", help=_("Another sum than was asked for."))
    ] = "",
    until: LastDay = "",
    reference: Annotated[str, typer.Option("--approval", "--ref", help=_("The client's reference."))] = "",
    text: Annotated[str, typer.Option("--text", help=_("In the client's words."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The client's answer; what is granted takes effect."""
    arguments.choice("answer", said or "-", ("yes", "no"))
    with session(db, as_json) as s:
        day = arguments.day(s, until) if until else None
        told = requests.Answer(said == "yes", amount, day, reference.strip(), text.strip())
        show_said(s, "request answer", requests.answer(s.book, number, told, s.now))


def _request() -> click.Command:
    return group(
        "request",
        _("What only the client can grant: ask, list, sent, answer."),
        {"ask": ask, "list": list_, "sent": sent, "answer": answer},
    )


COMMANDS = {"settle": lambda: command("settle", settle), "request": _request}
