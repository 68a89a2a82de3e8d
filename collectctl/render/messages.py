"""A message as it is printed; the templates; the names that they may use."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from collectctl.domain.contents import HOURS
from collectctl.domain.messages import ANYBODY, FIELDS, PUBLIC, Template
from collectctl.domain.reasons import Reason
from collectctl.domain.results.messages import Message
from collectctl.domain.words import _
from collectctl.render.grid import draw
from collectctl.render.text import safe
from collectctl.render.verdict import local, reason_data

if TYPE_CHECKING:
    from rich.console import Console

_LIST = ("template", "lang", "audience", "channels", "purpose", "title", "from")


def data(made: Message) -> dict[str, Any]:
    return {
        "account": made.account,
        "template": made.template.name,
        "channel": made.channel,
        "to": made.to or None,
        "audience": made.template.audience,
        "text": made.text,
        "verdict": made.verdict.effect,
        "reasons": [reason_data(r, made.verdict) for r in made.care],
        "log": made.log,
        "file": made.file,
    }


def show(made: Message) -> None:
    """The text as it is; what to do with it goes to stderr, so that a pipe gets the text alone."""
    for line in made.text.split("\n"):
        sys.stdout.write(safe(line) + "\n")
    sys.stdout.flush()
    between = "\n" if sys.stdout.isatty() else ""
    sys.stderr.write(between + safe(when_sent(made)) + "\n")


def filed(made: Message) -> list[str]:
    return [_("message written to {file}").format(file=made.file), when_sent(made)]


def when_sent(made: Message) -> str:
    to = _(" to {to}").format(to=made.to) if made.to else ""
    text = _("when it was left{to}: {log}") if made.channel == "call" else _("when it was sent{to}: {log}")
    return text.format(to=to, log=made.log)


def care(made: Message) -> list[str]:
    """What to know before it is sent: the hours, and what the rules warn of."""
    return [_one(made, reason) for reason in made.care]


def _one(made: Message, reason: Reason) -> str:
    if reason.kind in HOURS and reason.blocks:
        when = local(reason.until, made.verdict) if reason.until else _("they allow it")
        text = _("not to be sent before {when}: {text} [{cite}]")
        return text.format(when=when, text=reason.text, cite=reason.cite)
    until = _(", until {when}").format(when=local(reason.until, made.verdict)) if reason.until else ""
    return f"{reason.text}{until} [{reason.cite}]"


def list_data(found: Sequence[Template]) -> dict[str, Any]:
    return {
        "templates": [
            {
                "template": t.name, "language": t.language or None, "audience": t.audience,
                "channels": list(t.channels), "purpose": t.purpose or None, "title": t.title, "own": t.own,
            }
            for t in found
        ]
    }  # fmt: skip


def list_plain(found: Sequence[Template]) -> Iterator[list[str]]:
    yield list(_LIST)
    for t in found:
        yield [
            t.name, t.language, t.audience, " ".join(t.channels), t.purpose, t.title,
            _("you") if t.own else "collectctl",
        ]  # fmt: skip


def list_table(found: Sequence[Template], console: "Console") -> None:
    """A row for each name; for which channels it is, in each language, stands behind the first title."""
    names = dict.fromkeys(t.name for t in found)
    rows = [[name, *_in_short([t for t in found if t.name == name])] for name in names]
    draw(console, ["template", "audience", "what"], rows)


def _in_short(versions: Sequence[Template]) -> tuple[str, str]:
    parts = [versions[0].title]
    parts += [(f"{t.language}: " if t.language else "") + " ".join(t.channels) for t in versions]
    parts += [_("purpose {purpose}").format(purpose=versions[0].purpose)] if versions[0].purpose else []
    parts += [_("your own")] if any(t.own for t in versions) else []
    return versions[0].audience, " · ".join(parts)


def names_data() -> list[dict[str, Any]]:
    return [
        {"name": name, "meaning": _(field.meaning), "anybody": name in PUBLIC}
        for name, field in FIELDS.items()
    ]


def names_plain() -> Iterator[list[str]]:
    yield ["name", "audience", "meaning"]
    for name, field in FIELDS.items():
        yield [name, ANYBODY if name in PUBLIC else "debtor", _(field.meaning)]


def names_table(console: "Console") -> None:
    headings, *rows = names_plain()
    draw(console, headings, rows)
