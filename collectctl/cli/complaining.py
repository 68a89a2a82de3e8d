"""`complaint`: the register of complaints and disputes."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.output import present
from collectctl.cli.paying import OneAccount
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.complaints import COMPLAINT, KINDS
from collectctl.domain.words import _
from collectctl.usecases import complaints

IdArgument = Annotated[int, typer.Argument(metavar="ID", help=_("As `complaint list` numbers it."))]
CloseText = Annotated[list[str] | None, typer.Argument(metavar="[TEXT...]", help=_("What was said."))]
CloseDay = Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day; else today."))]
Reference = Annotated[str, typer.Option("--ref", help=_("The number under which it is known."))]


def add(
    account: OneAccount,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT...]", help=_("What they complain about."))
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help=", ".join(KINDS))] = COMPLAINT,
    received: Annotated[
        str, typer.Option("--received", metavar="DATE", help=_("The day on which it reached us."))
    ] = "",
    due: Annotated[
        str, typer.Option("--due", metavar="DATE", help=_("The last day for the answer; else in 3 days."))
    ] = "",
    channel: Annotated[
        str, typer.Option("--channel", metavar="C", help=_("How it came, as letter, email or call."))
    ] = "",
    reference: Reference = "",
    written: Annotated[bool, typer.Option("--written", help=_("They put it in writing."))] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Register a complaint or a dispute; the account is held until it is answered."""
    arguments.choice("--kind", kind or "-", KINDS)
    with session(db, as_json) as s:
        told = complaints.Told(
            kind,
            " ".join(words or ()).strip(),
            arguments.day(s, received, back=True) if received else None,
            arguments.day(s, due) if due else None,
            channel.strip(),
            reference.strip(),
            written,
        )
        show_said(s, "complaint add", complaints.add(s.book, arguments.account(s, account), told, s.now))


def answer(
    number: IdArgument,
    words: CloseText = None,
    on: CloseDay = "",
    reference: Reference = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """It was answered: the hold that it set ends."""
    with session(db, as_json) as s:
        day = arguments.day(s, on, back=True) if on else None
        ending = complaints.Ending(True, " ".join(words or ()).strip(), day, reference.strip())
        show_said(s, "complaint answer", complaints.close(s.book, number, ending, s.now))


def withdraw(
    number: IdArgument,
    words: CloseText = None,
    on: CloseDay = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """They took it back: the hold that it set ends."""
    with session(db, as_json) as s:
        day = arguments.day(s, on, back=True) if on else None
        ending = complaints.Ending(False, " ".join(words or ()).strip(), day)
        show_said(s, "complaint withdraw", complaints.close(s.book, number, ending, s.now))


def list_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """The register: received, due, answered; what waits comes first."""
    from collectctl.render import desk

    with session(db, as_json) as s:
        found = complaints.complaints(s.book, s.now)
        present(
            s, "complaint list", data=lambda: desk.complaints_data(found),
            plain=lambda: desk.complaints_plain(found), table=lambda c: desk.complaints_table(found, c),
        )  # fmt: skip


def _complaint() -> click.Command:
    return group(
        "complaint",
        _("Complaints and disputes: list, add, answer, withdraw."),
        {"list": list_, "add": add, "answer": answer, "withdraw": withdraw},
    )


COMMANDS = {"complaint": _complaint}
