"""Messages: written by a template, checked, printed or put into a file; never sent, no step of the book."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from collectctl.domain.cases import Asked
from collectctl.domain.contents import NO_ADDRESS, NO_CONTACT, Written, objections
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.facts import AccountFile
from collectctl.domain.messages import ANYBODY, FIELDS, Style, Template, facts_of, language_of
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record
from collectctl.domain.results.messages import Message
from collectctl.domain.verdict import judge
from collectctl.domain.whom import whom
from collectctl.domain.words import _
from collectctl.outlet.messages import rendered
from collectctl.outlet.replacing import vacant, writing
from collectctl.store import templates
from collectctl.store.book import Book
from collectctl.store.journal import ENTRY, entry
from collectctl.store.policies import check
from collectctl.store.settings import get_setting, setting_for
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.can import with_number

_WHO_WRITES = ("collector", "agency", "callback", "address")
_BEFOREHAND = ("content", "third-content")  # advice that the text has followed
_DONE = {"notice": "validation"}  # advice that a message of that purpose is about
_SHOWN = 3  # reasons of a refusal


class NotForChannel(BadUsage):
    def __init__(self, template: Template, channel: str) -> None:
        super().__init__(
            _("{file} is not for the channel {channel}, but for {channels}").format(
                file=template.file, channel=channel, channels=", ".join(template.channels)
            ),
            f"--channel {template.channels[0]}",
        )


class OnlyForDebtor(Refused):
    def __init__(self, template: Template) -> None:
        super().__init__(
            _("the template {name} is for the debtor alone: it may tell of the debt").format(
                name=template.name
            ),
            _("a template for anybody: collectctl message list"),
        )


class NotWritten(Refused):
    """A rule says no; nothing was written."""

    def __init__(self, reasons: Sequence[Reason], hint: str) -> None:
        words = "; ".join(f"{r.rule}: {r.text} [{r.cite}]" for r in reasons[:_SHOWN])
        more = _("; and {count} more").format(count=len(reasons) - _SHOWN) if len(reasons) > _SHOWN else ""
        super().__init__(_("nothing was written: {reasons}").format(reasons=words + more), hint)


class Wanted(Record):
    """What was asked for; empty where not given."""

    template: str
    channel: str = ""
    who: str = ""
    language: str = ""
    out: Path | None = None
    force: bool = False
    reveal: bool = False


def listed() -> list[Template]:
    """Every template that is in use. Raises `BadTemplate` (4)."""
    return templates.templates()


def write(book: Book, account_id: int, wanted: Wanted, now: datetime) -> Message:
    """Write the message, into the file that was named or to be printed.

    Raises `NoSuchTemplate`, `NotInLanguage` (3), `NotForChannel`, TargetExists and the like (2),
    `BadTemplate` (4), `OnlyForDebtor`, `NothingKnown`, `NotWritten` (1).
    """
    check(book.connection)
    if wanted.out:
        vacant(wanted.out, force=wanted.force)
    found = target(book, account_id)
    language = wanted.language or language_of(found.person, found.account)
    template = templates.template(wanted.template, language, only=bool(wanted.language))
    channel = wanted.channel or template.channels[0]
    if channel not in template.channels:
        raise NotForChannel(template, channel)
    style = Style(template.language or language, channel, wanted.reveal)
    message = _written(book, found, template, wanted, style, now)
    if wanted.out:
        with writing(wanted.out, force=wanted.force) as stream:
            stream.write(f"{message.text}\n".encode())
            _reveal(book, message, wanted, now)
    else:
        _reveal(book, message, wanted, now)
    return message


def _written(
    book: Book, found: Target, template: Template, wanted: Wanted, style: Style, now: datetime
) -> Message:
    asked = with_number(found, Asked(now, style.channel, who=wanted.who, purpose=template.purpose), now)
    verdict = judge(found.person, found.account, asked)
    meant = whom(found.person, found.account, verdict.asked.to, wanted.who)
    if not meant.is_debtor and template.audience != ANYBODY:
        raise OnlyForDebtor(template)
    recipient = found.account.debtor if meant.is_debtor else meant.name
    settings = _settings(book, found.account)
    facts = facts_of(found.person, found.account, settings, now.date(), recipient, style)
    to = verdict.asked.to or (_address(found.account, style.channel) if meant.is_debtor else "")
    written = Written(template, rendered(template, facts), facts, verdict, to)
    no = objections(written, found.person, found.account)
    if no:
        raise NotWritten(no, _hint(no[0].rule, found.account.number, verdict.asked))
    return Message(
        found.account.id, found.account.number, template, style.channel, to,
        "" if meant.is_debtor else wanted.who, written.text, verdict,
        tuple(r for r in verdict.reasons if r.kind not in (*_BEFOREHAND, _DONE.get(template.purpose))),
        str(wanted.out) if wanted.out else None,
    )  # fmt: skip


def _hint(rule: str, number: str, asked: Asked) -> str:
    """What to do about what stops the message first."""
    from shlex import quote

    if rule == NO_ADDRESS:
        return f"collectctl show {quote(number)}"
    if rule == NO_CONTACT:
        return FIELDS["client_contact"].hint
    if rule.startswith("message."):
        return _("mend the template, or choose another: collectctl message list")
    words = ["collectctl", "can", quote(number), "--channel", asked.channel]
    words += ["--who", quote(asked.who)] if asked.who else []
    return " ".join(words + (["--purpose", asked.purpose] if asked.purpose else []))


def _settings(book: Book, account: AccountFile) -> dict[str, str]:
    settings = {name: get_setting(book.connection, name) or "" for name in _WHO_WRITES}
    return settings | {"contact": setting_for(book.connection, "contact", account.client)}


def _address(account: AccountFile, channel: str) -> str:
    """Where the debtor gets an e-mail or a letter, as the client's file has it."""
    key = {"email": "email", "letter": "address"}.get(channel, "")
    return str(account.statement.values.get(key) or "")


def _reveal(book: Book, message: Message, wanted: Wanted, now: datetime) -> None:
    """Numbers that stand whole in it are an entry of the journal, no step of undo."""
    if wanted.reveal:
        with book.write() as connection, entry(connection, "message", now, ENTRY) as made:
            made.text = _("revealed {account}").format(account=message.account)
