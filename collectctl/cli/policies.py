"""`policies`: which contact rules there are, what they say, and which of them bind."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.output import present, say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.render import policies as render
from collectctl.usecases import policies


class TwoPlaces(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a policy is set for a client or for an account, not for both"),
            "collectctl policies set --help",
        )


class NoPlace(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--client and --account need a name"), "collectctl policies set cn --client NAME")


def list_(db: DbOption = None, as_json: JsonOption = False, debug: DebugOption = False) -> None:
    """Every policy, where it is set, how many accounts it binds."""
    with session(db, as_json) as s:
        found = [(p.policy, p.set_for, p.accounts) for p in policies.listed(s.book)]
        present(
            s,
            "policies",
            data=lambda: [render.data(*row) for row in found],
            plain=lambda: render.plain(found),
            table=lambda console: render.table(found, console),
        )


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help=_("As `policies` lists them."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The rules of a policy with their sources."""
    with session(db, as_json) as s:
        found = policies.find(s.book, name)
        present(
            s,
            "policies show",
            data=lambda: render.rules_data(found),
            plain=lambda: render.rules_plain(found),
            table=lambda console: render.rules_table(found, console),
        )


def set_(
    names: Annotated[str, typer.Argument(metavar="ID[,ID]...", help=_("One or more, commas between."))],
    client: Annotated[str | None, typer.Option("--client", help=_("For this client's accounts."))] = None,
    account: Annotated[str | None, typer.Option("--account", help=_("For this account."))] = None,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Which policies bind the book, a client or an account."""
    if client is not None and account is not None:
        raise TwoPlaces
    if "" in (client, account):
        raise NoPlace
    with session(db, as_json, create=True) as s:
        found = arguments.account(s, account) if account else None
        chosen = policies.choose(s.book, names, s.now, client, found)
        place = account or client or _("the book")
        said = _("contact policy of {place}: {names} (people: {people}) · undo with: collectctl undo")
        say(
            s,
            "policies set",
            [said.format(place=place, names=names, people=chosen.people)],
            lambda: {
                "policies": names.split(","),
                "client": client,
                "account": account,
                "people": chosen.people,
            },
            chosen.warnings,
        )


def _policies() -> click.Command:
    return group(
        "policies",
        _("The contact policies and which of them bind."),
        {"list": list_, "show": show, "set": set_},
    )


COMMANDS = {"policies": _policies}
