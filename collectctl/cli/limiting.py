"""`limit`, `unlimit`, `consent`: what the debtor said about being contacted."""

from datetime import datetime, time
from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.holding import TextOption
from collectctl.cli.log import AccountArgument
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain.errors import BadUsage
from collectctl.domain.hours import read_days, read_hours
from collectctl.domain.policy import CHANNELS
from collectctl.domain.when import fold, read_when
from collectctl.domain.words import _
from collectctl.usecases import consents, limits
from collectctl.usecases.opening import date_order

PLACES, GIVEN_TO = ("home", "work"), ("us", "client")
_END = time(23, 59, 59)


class BadLimit(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no number of a limit").format(typed=typed), "collectctl unlimit ACCOUNT 3"
        )


class NoChannel(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("consent to what? A channel is missing"), "--channel call")


HoursOption = Annotated[
    str, typer.Option("--hours", metavar="15:00-17:00", help=_("The hours, where they are."))
]
LastOption = Annotated[str, typer.Option("--until", metavar="DATE", help=_("The last day, still inside."))]


def limit(
    account: AccountArgument,
    only: Annotated[bool, typer.Option("--only", help=_("Everything else is unwanted."))] = False,
    days: Annotated[str, typer.Option("--days", metavar="mon-fri|tue,thu", help=_("The weekdays."))] = "",
    hours: HoursOption = "",
    channel: Annotated[str, typer.Option("--channel", help=", ".join(CHANNELS))] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="PHONE|ADDRESS", help=_("One number or address alone."))
    ] = "",
    place: Annotated[str, typer.Option("--place", help=", ".join(PLACES))] = "",
    until: LastOption = "",
    written: Annotated[bool, typer.Option("--written", help=_("They put it in writing."))] = False,
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """When, where or how they don't want to be contacted."""
    arguments.choice("--channel", channel, CHANNELS)
    arguments.choice("--place", place, PLACES)
    weekdays, (opens, closes) = read_days(days) if days else (), _hours(hours)
    with session(db, as_json) as s:
        last = arguments.day(s, until) if until else None
        wish = limits.Wish(
            only, weekdays, opens, closes, channel, to.strip(), place, last, written, text.strip()
        )
        show_said(s, "limit", limits.limit(s.book, arguments.accounts(s, account), wish, s.now))


def unlimit(
    account: AccountArgument,
    number: Annotated[
        str, typer.Argument(metavar="[ID]", help=_("As limit said it; else all of them."))
    ] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Lift what they said about when, where and how."""
    wanted = _number(number) if number else None
    with session(db, as_json) as s:
        show_said(s, "unlimit", limits.unlimit(s.book, arguments.account(s, account), wanted, s.now))


def consent(
    account: AccountArgument,
    channel: Annotated[str, typer.Option("--channel", help=", ".join(CHANNELS))] = "",
    received: Annotated[
        str, typer.Option("--received", metavar="WHEN", help=_("When it reached us; else now."))
    ] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("For that day alone."))] = "",
    until: LastOption = "",
    hours: HoursOption = "",
    given_to: Annotated[str, typer.Option("--given-to", help=", ".join(GIVEN_TO))] = "us",
    withdrawn: Annotated[bool, typer.Option("--withdraw", help=_("They take it back."))] = False,
    text: TextOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Record that they agreed to be contacted, or take it back."""
    if not channel:
        raise NoChannel
    arguments.choice("--channel", channel, CHANNELS)
    arguments.choice("--given-to", given_to or "-", GIVEN_TO)
    opens, closes = _hours(hours)
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        day, last = (arguments.day(s, typed) if typed else None for typed in (on, until))
        moment = _received(s, received) if received else s.now
        given = consents.Given(channel, moment, day, last, opens, closes, given_to, text.strip())
        act = consents.withdraw if withdrawn else consents.consent
        show_said(s, "consent", act(s.book, found, given, s.now))


def _hours(typed: str) -> tuple[str, str]:
    return read_hours(typed) if typed else ("", "")


def _number(typed: str) -> int:
    plain = fold(typed).strip().removeprefix("#")
    if not (plain.isdecimal() and plain.isascii() and len(plain) < 19):
        raise BadLimit(typed)
    return int(plain)


def _received(s: Session, typed: str) -> datetime:
    """A day without a time is its end, today is now: what was agreed in a talk came after the talk."""
    value = read_when(typed, s.now, back=True, order=date_order(s.book))
    if isinstance(value, datetime):
        return value
    return s.now if value == s.now.date() else datetime.combine(value, _END, s.now.tzinfo)


COMMANDS = {
    "limit": lambda: command("limit", limit),
    "unlimit": lambda: command("unlimit", unlimit),
    "consent": lambda: command("consent", consent),
}
