"""`log` and `amend`: recording contacts."""

from typing import Annotated

import typer

from collectctl.cli import arguments
from collectctl.cli.building import command
from collectctl.cli.output import say
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, YesOption, can_ask, session
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.logline import Needs
from collectctl.domain.policy import CHANNELS, PURPOSES
from collectctl.domain.recording import How
from collectctl.domain.results.recorded import Recorded
from collectctl.domain.when import fold
from collectctl.domain.words import _
from collectctl.render import recorded
from collectctl.usecases.log import Also, Contact, Line, log, prepare

AccountArgument = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help=_("Number, phone, name, @ or @3; - reads them."))
]
WordsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="OUTCOME [AMOUNT@WHEN...] [TEXT...] [+TAG...]", help=_("As in: ptp 2000@fri.")),
]


class BadTalk(BadUsage):
    def __init__(self, value: str) -> None:
        super().__init__(_("--talk {value!r} is no length of a call").format(value=value), "--talk 3:20")


class FutureContact(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a contact can't be logged before it took place"), "collectctl log ACCOUNT OUTCOME --at 15:30"
        )


class NoOutcome(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("log what? An outcome is missing"), "collectctl log ACCOUNT na")


class SameTwice(Refused):
    def __init__(self) -> None:
        super().__init__(_("not recorded: the same call was logged a minute ago"))


def log_(
    account: AccountArgument,
    words: WordsArgument = None,
    amount: Annotated[
        str, typer.Option("--amount", metavar="AMOUNT", help=_("The sum, where not in the line."))
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="WHEN", help=_("The day of that sum."))] = "",
    next_: Annotated[
        str, typer.Option("--next", metavar="WHEN", help=_("The next step, where not the default."))
    ] = "",
    at: Annotated[
        str, typer.Option("--at", metavar="WHEN", help=_("When it took place, where not now."))
    ] = "",
    channel: Annotated[str, typer.Option("--channel", help=", ".join(CHANNELS))] = "",
    inbound: Annotated[bool, typer.Option("--in", help=_("They contacted us."))] = False,
    to: Annotated[
        str, typer.Option("--to", metavar="PHONE|ADDRESS", help=_("The number, where not the proposed one."))
    ] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME|ROLE", help=_("Who answered."))] = "",
    payer: Annotated[str, typer.Option("--payer", metavar="NAME", help=_("Who will pay."))] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="CODE", help=_("Why the debt is in arrears."))
    ] = "",
    talk: Annotated[str, typer.Option("--talk", metavar="M:SS", help=_("How long the talk was."))] = "",
    recording: Annotated[
        str, typer.Option("--recording", metavar="REF", help=_("Where the recording is."))
    ] = "",
    new_phone: Annotated[
        str, typer.Option("--new-phone", metavar="PHONE", help=_("A number they gave."))
    ] = "",
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="ACCOUNT[=OUTCOME[:AMOUNT@WHEN]]", help=_("Another debt that we raised.")
        ),
    ] = None,
    they_raised: Annotated[
        list[str] | None,
        typer.Option("--they-raised", metavar="ACCOUNT", help=_("Another debt that they raised.")),
    ] = None,
    purpose: Annotated[str, typer.Option("--purpose", help=", ".join(PURPOSES))] = "",
    written: Annotated[bool, typer.Option("--written", help=_("They put it in writing."))] = False,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help=_("Other collectors on a visit."))
    ] = None,
    safety: Annotated[
        str, typer.Option("--safety", metavar="TEXT", help=_("What who visits them next has to know."))
    ] = "",
    override: Annotated[
        str, typer.Option("--override", metavar="REASON", help=_("Why it was done against a presumption."))
    ] = "",
    yes: YesOption = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Record a contact in one line and set the next step."""
    arguments.choice("--channel", channel, CHANNELS)
    arguments.choice("--purpose", purpose, PURPOSES)
    if not words:
        raise NoOutcome
    with session(db, as_json) as s:
        found = arguments.accounts(s, account)
        happened = arguments.instant(s, at) if at else s.now
        if happened > s.now:
            raise FutureContact
        how = How(
            happened,
            channel,
            inbound,
            to,
            who,
            payer,
            reason,
            _seconds(talk),
            recording,
            new_phone,
            purpose,
            written,
            ", ".join(with_ or ()),
            override,
            safety=safety.strip(),
        )
        others = [_also(s, text, "us") for text in also or ()] + [
            _also(s, text, "them") for text in they_raised or ()
        ]
        contacts = _prepared(s, found, Line(tuple(words), amount, by, next_), how, others)
        if contacts[0].repeats and not yes and can_ask():
            _confirm_twice()
        results = log(s.book, contacts, s.now)
        arguments.touched(s, found)
        _print(s, "log", results)


def _seconds(text: str) -> int | None:
    if not text:
        return None
    minutes, colon, seconds = fold(text).partition(":")
    if (
        not (minutes.isdecimal() and (seconds.isdecimal() if colon else True))
        or len(minutes) > 4
        or len(seconds) > 2
        or int(seconds or 0) > 59
    ):
        raise BadTalk(text)
    return int(minutes) * 60 + int(seconds or 0)


def _also(s: Session, text: str, raised_by: str) -> Also:
    """`ACCOUNT[=OUTCOME[:AMOUNT@WHEN]]`"""
    name, _equals, rest = text.partition("=")
    outcome, _colon, sum_ = rest.partition(":")
    return Also(arguments.account(s, name), tuple(word for word in (outcome, sum_) if word), raised_by)


def _prepared(s: Session, found: list[int], line: Line, how: How, others: list[Also]) -> list[Contact]:
    """The contacts of `line`, what it lacks asked for on a terminal; else `Needs` (exit 2)."""
    while True:
        try:
            return prepare(s.book, found, line, how, s.now, others)
        except Needs as missing:
            if not can_ask():
                raise
            line = _answered(line, missing.field)


def _answered(line: Line, field: str) -> Line:
    if field == "next":
        return line._replace(next=typer.prompt(_("call back at"), err=True))
    if field == "amount":
        line = line._replace(amount=typer.prompt(_("amount"), err=True))
    return line if line.by else line._replace(by=typer.prompt(_("paid on"), err=True))


def _confirm_twice() -> None:
    if not typer.confirm(_("The same call was logged a minute ago. Record it again?"), err=True):
        raise SameTwice


def _print(s: Session, name: str, results: list[Recorded]) -> None:
    lines = [line for result in results for line in recorded.lines(result, s.now)]
    data = [recorded.data(result, s.now) for result in results]
    warnings = [doubt for result in results for doubt in result.doubts]
    say(s, name, [*lines, recorded.undo_hint()], lambda: data[0] if len(data) == 1 else data, warnings)


def amend_(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID|@] [OUTCOME] [AMOUNT@WHEN...] [TEXT...]", help=_("What it should say.")),
    ] = None,
    at: Annotated[str, typer.Option("--at", metavar="WHEN", help=_("When it took place."))] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="PHONE|ADDRESS", help=_("The number that was called."))
    ] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME|ROLE", help=_("Who answered."))] = "",
    account: Annotated[
        str, typer.Option("--account", metavar="OTHER", help=_("The account it was about."))
    ] = "",
    next_: Annotated[str, typer.Option("--next", metavar="WHEN", help=_("The next step."))] = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Correct an entry; the old one stays visible."""
    from collectctl.usecases.amend import amend

    typed = list(words or ())
    with session(db, as_json) as s:
        count = len(typed)
        entry = _entry(typed)
        result = amend(
            s.book,
            entry,
            Line(tuple(typed), next=next_),
            s.now,
            at=arguments.instant(s, at) if at else None,
            to=to,
            who=who,
            account_id=arguments.account(s, account) if account else None,
            within=arguments.last_touched(s) if entry is None else None,
            named=len(typed) < count,
        )
        arguments.touched(s, [result.account_id])
        _print(s, "amend", [result])


def _entry(typed: list[str]) -> int | None:
    """The entry that is meant, None for the newest (`@` or nothing); taken off `typed`."""
    first = fold(typed[0]) if typed else ""
    if first.removeprefix("#").isdecimal():
        typed.pop(0)
        return int(first.removeprefix("#"))
    if first in ("@", "."):
        typed.pop(0)
    return None


COMMANDS = {"log": lambda: command("log", log_), "amend": lambda: command("amend", amend_)}
