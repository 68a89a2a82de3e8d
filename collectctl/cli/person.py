"""`person`: numbers, other people, where somebody is, and what they speak."""

from typing import Annotated

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.saying import show_said
from collectctl.cli.session import DbOption, DebugOption, JsonOption, session
from collectctl.domain.whom import ROLES
from collectctl.domain.words import _
from collectctl.usecases import persons, safety

PersonArgument = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help=_("One of the person's accounts, as for every command."))
]


def add_phone(
    account: PersonArgument,
    phone: Annotated[str, typer.Argument(metavar="PHONE", help=_("As it is dialled, or with its +."))],
    kind: Annotated[str, typer.Option("--kind", help=", ".join(persons.LABELS))] = "",
    source: Annotated[str, typer.Option("--source", help=", ".join(persons.SOURCES))] = "debtor",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A number of the debtor's."""
    arguments.choice("--kind", kind, persons.LABELS)
    arguments.choice("--source", source or "-", persons.SOURCES)
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "person add-phone", persons.add_phone(s.book, found, phone, kind, source, s.now))


def add_party(
    account: PersonArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("As they are called."))],
    role: Annotated[str, typer.Option("--role", help=", ".join(ROLES))],
    phone: Annotated[str, typer.Option("--phone", metavar="PHONE", help=_("A number of theirs."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Somebody beside the debtor: a spouse, a guarantor, an attorney."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "person add-party", persons.add_party(s.book, found, name, role, phone, s.now))


def zone(
    account: PersonArgument,
    zones: Annotated[
        list[str], typer.Argument(metavar="ZONE...|auto", help=_("As America/New_York; auto: as derived."))
    ],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The time zones to go by, in the place of what numbers and region say."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "person zone", persons.set_zones(s.book, found, zones, s.now))


def move(
    account: PersonArgument,
    region: Annotated[str, typer.Option("--region", metavar="US-MA", help=_("Country and region."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Where they live now."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "person move", persons.move(s.book, found, region, s.now))


def language(
    account: PersonArgument,
    code: Annotated[str, typer.Argument(metavar="LANGUAGE", help=_("A code, as es or zh-CN."))],
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The language to speak with them."""
    with session(db, as_json) as s:
        found = arguments.account(s, account)
        show_said(s, "person language", persons.set_language(s.book, found, code, s.now))


def warn(
    account: PersonArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT...]", help=_("As in: a dog in the yard."))
    ] = None,
    end: Annotated[bool, typer.Option("--end", help=_("What was noted holds no longer."))] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A note for the safety of whoever visits them next."""
    with session(db, as_json) as s:
        found, text = arguments.account(s, account), " ".join(words or ()).strip()
        said = safety.end(s.book, found, text, s.now) if end else safety.warn(s.book, found, text, s.now)
        show_said(s, "person warn", said)


def _person() -> click.Command:
    return group(
        "person",
        _("What is known of a person: numbers, other people, where they are, safety."),
        {
            "add-phone": add_phone,
            "add-party": add_party,
            "zone": zone,
            "move": move,
            "language": language,
            "warn": warn,
        },
    )


COMMANDS = {"person": _person}
