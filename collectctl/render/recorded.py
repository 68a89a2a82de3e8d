"""What a command that writes says: what changed, the next step, how to take it back."""

from datetime import datetime
from typing import Any

from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import plain, shown, with_code
from collectctl.domain.reasons import Reason
from collectctl.domain.results.recorded import Changed, NextStep, Recorded
from collectctl.domain.words import _
from collectctl.render.values import day, instant, moment, promise, weekday


def undo_hint() -> str:
    return _("undo with: collectctl undo")


def data(result: Recorded, now: datetime) -> dict[str, Any]:
    promises = [promise(state, result.account) for state in result.promises]
    return {
        "activity": result.activity,
        "account": result.account,
        "outcome": result.outcome,
        "who": result.who,
        "to": result.number or None,
        "at": instant(result.at, now.tzinfo),
        "breaches": [breach(reason) for reason in result.breaches],
        "overridden": [breach(reason) for reason in result.overridden],
        "promise": promises[0] if promises else None,
        "promises": promises,
        "claimed": [plain(claim.amount, result.currency) for claim in result.claimed],
        "currency": result.currency,
        "hold": result.hold or None,
        "also": list(result.also),
        **({"safety": [mask_long_numbers(note) for note in result.safety]} if result.safety else {}),
        "amends": result.amends,
        "next": next_data(result.next, now),
    }


def breach(reason: Reason) -> dict[str, Any]:
    """A rule that a contact went against."""
    return {"rule": reason.rule, "effect": reason.effect, "text": reason.text, "cite": reason.cite}


def next_data(step: NextStep, now: datetime) -> dict[str, Any]:
    return {
        "at": instant(step.at, now.tzinfo) or day(step.on),
        "class": step.cls,
        "reason": step.reason,
    }


def lines(result: Recorded, now: datetime) -> list[str]:
    """Account, name and what was recorded; then the next step."""
    text = f"#{result.activity} {result.account} {result.name}: {result.outcome} ({result.meaning})"
    for state in result.promises:
        made = state.promise
        when = moment(made.due_at.astimezone(now.tzinfo)) if made.due_at else weekday(made.due_on)
        text += f", {with_code(made.amount, made.currency)} {when}"
        text += _(" ({payer} pays)").format(payer=made.payer) if made.payer else ""
    for claim in result.claimed:
        text += _(", {amount} {currency} claimed").format(
            amount=shown(claim.amount, result.currency), currency=result.currency
        )
    if result.hold:
        text += _(", on hold: {kind}").format(kind=result.hold)
    text += "".join(f" · {said}" for said in result.said)
    if result.number:
        text += f" · {result.number}"
    text += "".join(f" +{tag}" for tag in result.tags)
    if result.also:
        text += _(" · also {accounts}").format(accounts=", ".join(result.also))
    if result.at != now:
        text += _(" · at {when}").format(when=moment(result.at.astimezone(now.tzinfo)))
    if result.amends:
        text += _(" · corrects #{entry}").format(entry=result.amends)
    notes = [_("safety: {text}").format(text=mask_long_numbers(note)) for note in result.safety]
    return [text, *_breach_lines(result), *notes, next_line(result.next, now)]


def _breach_lines(result: Recorded) -> list[str]:
    lines = [
        _("against {rule}: {text} ({cite}); recorded with the entry").format(
            rule=b.rule, text=b.text, cite=b.cite
        )
        for b in result.breaches
    ]
    return lines + [
        _("against {rule}, overridden: {text} ({cite})").format(rule=b.rule, text=b.text, cite=b.cite)
        for b in result.overridden
    ]


def next_line(step: NextStep, now: datetime) -> str:
    if step.at:
        when = moment(step.at.astimezone(now.tzinfo))
    elif step.on:
        when = weekday(step.on) if step.on > now.date() else _("now")
    else:
        when = _("none")
    return _("next: {when}: {reason}").format(when=when, reason=step.reason)


def changed_data(result: Changed, now: datetime) -> dict[str, Any]:
    return {
        "account": result.account,
        "what": result.what,
        "next": next_data(result.next, now) if result.next else None,
    }


def changed_lines(result: Changed, now: datetime) -> list[str]:
    text = [f"{result.account} {result.name}: {result.what}", *(f"  {line}" for line in result.more)]
    return [*text, next_line(result.next, now)] if result.next else text
