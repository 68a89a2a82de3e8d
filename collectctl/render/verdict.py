"""A verdict as a person reads it: what, why, until when, what is still possible."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.policy import ALLOWED, PRESUMPTION, PROHIBITED, WARN
from collectctl.domain.reasons import Reason
from collectctl.domain.verdict import StillOpen, Verdict
from collectctl.domain.windows import zone
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import moment

if TYPE_CHECKING:
    from rich.console import Console

    from collectctl.domain.results.verdict import CanResult

WORDS = {
    ALLOWED: _("yes"),
    WARN: _("yes, with care"),
    PRESUMPTION: _("no, unless there is a reason that the rule knows"),
    PROHIBITED: _("no"),
}
_FEW, _SOON = 2, timedelta(hours=2)
_STYLES = {ALLOWED: "bold green", WARN: "bold yellow", PRESUMPTION: "bold red", PROHIBITED: "bold red"}


def there(verdict: Verdict) -> tzinfo | None:
    """The debtor's zone, in which instants about a contact are written."""
    return zone(verdict.zones[0]) if verdict.zones else verdict.asked.at.tzinfo


def at(value: datetime | None, verdict: Verdict) -> str | None:
    """An instant with the debtor's offset."""
    return value.astimezone(there(verdict)).isoformat() if value else None


def window_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "opens": at(verdict.opens, verdict),
        "closes": at(verdict.closes, verdict),
        "zones": list(verdict.zones),
    }


def data(answer: "CanResult") -> dict[str, Any]:
    verdict = answer.verdict
    return {
        "account": answer.account,
        "person": answer.person,
        "channel": verdict.asked.channel,
        "to": verdict.asked.to or None,
        "role": verdict.role,
        "at": at(verdict.asked.at, verdict),
        "verdict": verdict.effect,
        "reasons": [reason_data(r, verdict) for r in verdict.reasons],
        "calls_left": verdict.calls_left,
        "next_at": at(verdict.next_at, verdict),
        "window": window_data(verdict),
        "policies": list(verdict.policies),
        "still_open": {
            "numbers": list(answer.still.numbers),
            "channels": list(answer.still.channels),
            "purposes": list(answer.still.purposes),
            "attorney": answer.still.attorney,
        },
        "safety": [
            {"note": n.id, "on": n.on.isoformat(), "text": mask_long_numbers(n.text)} for n in answer.safety
        ],
    }


def reason_data(reason: Reason, verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "effect": reason.effect,
        "text": reason.text,
        "cite": reason.cite,
        "until": at(reason.until, verdict),
    }


def lines(answer: "CanResult") -> list[str]:
    """The answer first, then each reason with its rule, then when and how it is possible."""
    verdict = answer.verdict
    return [
        _headline(answer), *(f"  {text}" for text in (*_notes(answer), *_reasons(verdict), *_outlook(answer)))
    ]  # fmt: skip


def _notes(answer: "CanResult") -> Iterator[str]:
    for note in answer.safety:
        yield _("safety, since {day}: {text}").format(day=note.on, text=mask_long_numbers(note.text))


def _headline(answer: "CanResult") -> str:
    verdict = answer.verdict
    to = f" {verdict.asked.to}" if verdict.asked.to else ""
    return _("{verdict}: {channel}{to} to {account} {name} at {when}").format(
        verdict=_(WORDS[verdict.effect]),
        channel=verdict.asked.channel,
        to=to,
        account=answer.account,
        name=answer.name if verdict.role == "debtor" else verdict.role,
        when=local(verdict.asked.at, verdict),
    )


def _reasons(verdict: Verdict) -> Iterator[str]:
    for reason in verdict.reasons:
        until = _(", until {when}").format(when=local(reason.until, verdict)) if reason.until else ""
        yield f"{reason.rule}: {reason.text}{until} [{reason.cite}]"


def _outlook(answer: "CanResult") -> Iterator[str]:
    verdict = answer.verdict
    if verdict.next_at:
        yield _("allowed from {when}").format(when=local(verdict.next_at, verdict))
    elif verdict.blocked:
        yield _("not allowed as things stand")
    ways = ", ".join(_ways(answer.still))
    if ways:
        yield _("still possible: {ways}").format(ways=ways)
    if verdict.calls_left is not None and not verdict.blocked:
        yield _("calls left: {n}").format(n=verdict.calls_left)
    if verdict.closes and not verdict.blocked:
        yield _("open until {when}").format(when=local(verdict.closes, verdict))
    yield _("policies: {policies}").format(policies=", ".join(verdict.policies) or _("none"))


def _ways(still: StillOpen) -> Iterator[str]:
    """What is still possible, in words."""
    names = {
        "call": _("by phone"),
        "letter": _("by letter"),
        "sms": _("by text"),
        "email": _("by e-mail"),
    }
    yield from (_("by phone on {number}").format(number=number) for number in still.numbers)
    yield from (names[channel] for channel in still.channels)
    if still.attorney:
        yield _("to the attorney")
    if still.purposes:
        yield _("for --purpose {purposes}").format(purposes="|".join(still.purposes))


def local(value: datetime, verdict: Verdict) -> str:
    """An instant where the debtor is, with the place."""
    place = verdict.zones[0].rpartition("/")[2].replace("_", " ") if verdict.zones else ""
    return moment(value.astimezone(there(verdict))) + (f" ({place})" if place else "")


def table(answer: "CanResult", console: "Console") -> None:
    from rich.text import Text

    text = lines(answer)
    console.print(Text(safe(text[0]), style=_STYLES[answer.verdict.effect]))
    for line in text[1:]:
        console.print(Text(safe(line)))


def short(verdict: Verdict, *, brief: bool = False) -> str:
    """A verdict in a few words for a row of a list, its times on the collector's clock.

    `brief`: what is left is told only where it is little: two calls, two hours.
    """
    collector = verdict.asked.at.tzinfo
    if verdict.blocked and verdict.next_at:
        first = verdict.next_at.astimezone(collector)
        today = first.date() == verdict.asked.at.date()
        return _("no, from {when}").format(when=f"{first:%H:%M}" if today else f"{first:%m-%d %H:%M}")
    if verdict.blocked:
        return _("no")
    parts = [_("with care") if verdict.effect == WARN else _("yes")]
    left, closes = verdict.calls_left, verdict.closes
    if left is not None and (left <= _FEW or not brief):
        parts.append(_("{n} left").format(n=left))
    if closes and (closes - verdict.asked.at <= _SOON or not brief):
        parts.append(_("until {time}").format(time=f"{closes.astimezone(collector):%H:%M}"))
    return ", ".join(parts)
