"""What is known of when, where and how a person may be contacted, as `show` tells it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from collectctl.domain.facts import Consent
from collectctl.domain.limits import in_words
from collectctl.domain.results.showing import ShowResult
from collectctl.domain.words import _
from collectctl.render.values import day, instant
from collectctl.render.verdict import at, lines, reason_data, window_data


def data(result: ShowResult, now: datetime) -> dict[str, Any]:
    """The verdict on a call now, and what it rests on."""
    verdict, person = result.may.verdict, result.person
    return {
        "verdict": verdict.effect,
        "reasons": [reason_data(reason, verdict) for reason in verdict.reasons],
        "calls_left": verdict.calls_left,
        "next_at": at(verdict.next_at, verdict),
        "window": window_data(verdict),
        "policies": list(verdict.policies),
        "region": person.region or None,
        "language": person.language or None,
        "limits": [
            {"limit": x.id, "text": in_words(x), "said": result.veil(x.text) or None, "until": day(x.until)}
            for x in person.limits
        ],
        "consents": [
            {
                "channel": c.channel,
                "received": instant(c.received, now.tzinfo),
                "on": day(c.on),
                "until": day(c.until),
                "hours": f"{c.opens}-{c.closes}" if c.opens else None,
                "given_to": c.given_to,
                "withdrawn": instant(c.withdrawn, now.tzinfo),
            }
            for c in result.account.consents
        ],
    }


def said_lines(result: ShowResult) -> Iterator[tuple[str, str]]:
    """May they be called now; what they asked for, agreed to, and where they are."""
    verdict = result.may.verdict
    headline, *rest = lines(result.may)
    yield headline, "bold red" if verdict.blocked else "bold green"
    yield from ((text, "dim") for text in rest)
    person = result.person
    where = [person.region, ", ".join(verdict.zones), person.language]
    if any(where):
        yield "  " + " · ".join(part for part in where if part), "dim"
    for limit in person.limits:
        yield _("limit {id}: {text}").format(id=limit.id, text=in_words(limit)), "yellow"
    for consent in result.account.consents:
        if consent.withdrawn is None:
            yield _consent(consent), "green"


def _consent(consent: Consent) -> str:
    text = _("consent: {channel}, since {day}").format(channel=consent.channel, day=consent.received.date())
    if consent.opens:
        text += f" {consent.opens}-{consent.closes}"
    if consent.on:
        text += _(", for {day}").format(day=consent.on)
    if consent.until:
        text += _(", until {day}").format(day=consent.until)
    return text + (_(", given to the client") if consent.given_to == "client" else "")
