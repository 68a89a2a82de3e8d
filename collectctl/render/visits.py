"""Tours of visits: JSON, rows for a pipe, blocks for a terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from collectctl.domain.exports import tours as table_of
from collectctl.domain.facts import Activity
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import plain as plain_money
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import Rule
from collectctl.domain.results.visits import VisitResult
from collectctl.domain.sheets import Money
from collectctl.domain.visits import Stop, Tour, cause_in_words, last_tries, last_visits, why
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import amounts, day, instant, sums
from collectctl.render.verdict import at as there
from collectctl.render.verdict import reason_data, short, window_data

if TYPE_CHECKING:
    from rich.console import Console


def data(result: VisitResult, now: datetime) -> dict[str, Any]:
    return {
        "tours": [
            {
                "city": tour.place.city or None,
                "district": tour.place.district or None,
                "rules": [_rule(rule) for rule in tour.rules],
                "stops": [_stop(stop, now) for stop in tour.stops],
            }
            for tour in result.tours
        ],
        "stops": len(result.stops),
        "accounts": result.accounts,
        "open": result.open,
        "days": result.days,
        "left_out": dict(result.left_out),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {"rule": rule.id, "effect": rule.effect, "text": rule.text, "cite": rule.cite}


def _stop(stop: Stop, now: datetime) -> dict[str, Any]:
    account, verdict = stop.account, stop.verdict
    return {
        "account": account.number,
        "accounts": [a.number for a in stop.accounts],
        "name": account.debtor,
        "client": account.client,
        "address": stop.address,
        "totals": sums(stop.totals),
        "why": why(stop, now),
        "days": stop.days(now),
        "calls": len(stop.calls),
        "numbers": stop.numbers,
        "last_reached": instant(stop.reached.at, now.tzinfo) if stop.reached else None,
        "tries": [
            {"at": instant(v.at, now.tzinfo), "number": v.number or None, "outcome": v.outcome}
            for v in last_tries(stop)
        ],
        "visits": [{"at": instant(v.at, now.tzinfo), "outcome": v.outcome} for v in last_visits(stop)],
        "verdict": verdict.effect,
        "reasons": [reason_data(reason, verdict) for reason in verdict.reasons],
        "next_at": there(verdict.next_at, verdict),
        "window": window_data(verdict),
        "safety": [
            {"note": n.id, "on": day(n.on), "text": mask_long_numbers(n.text)} for n in stop.safety
        ],
    }  # fmt: skip


def plain(result: VisitResult, now: datetime) -> Iterator[list[str]]:
    yield [column.key for column in table_of.COLUMNS]
    for row in table_of.rows(result, now):
        yield ["" if cell is None else _text(cell) for cell in row]


def _text(cell: Any) -> str:  # noqa: ANN401
    if isinstance(cell, Money):
        return plain_money(cell.amount, cell.currency)
    return cell.isoformat() if isinstance(cell, datetime) else str(cell)


def summary(result: VisitResult) -> list[str]:
    """What qualifies and what does not, and why."""
    text = _("stops: {stops} · tours: {tours} · {accounts} of {open} open accounts, in vain for {days} days")
    counts = text.format(
        stops=len(result.stops), tours=len(result.tours), accounts=result.accounts, open=result.open,
        days=result.days,
    )  # fmt: skip
    left = ", ".join(f"{n} {cause_in_words(cause)}" for cause, n in result.left_out.items())
    return [counts, _("left out: {causes}").format(causes=left or _("none"))]


def table(result: VisitResult, now: datetime, console: "Console") -> None:
    from rich.padding import Padding
    from rich.text import Text

    rank = 0
    for tour in result.tours:
        console.print(Text(safe(title(tour)), style="bold"))
        for stop in tour.stops:
            rank += 1
            for indent, line, style in _lines(rank, stop, now):
                console.print(Padding(Text(safe(line), style=style), (0, 0, 0, indent)))
    for rule in dict.fromkeys(rule for tour in result.tours for rule in tour.rules):
        text = _("{rule}: {text} [{cite}]").format(rule=rule.id, text=rule.text, cite=rule.cite)
        console.print(Text(safe(text), style="yellow"))
    for line in summary(result):
        console.print(Text(line, style="dim"))


def title(tour: Tour) -> str:
    place = " · ".join(part for part in tour.place if part) or _("place unknown")
    return f"{place} ({len(tour.stops)})"


def _lines(rank: int, stop: Stop, now: datetime) -> Iterator[tuple[int, str, str]]:
    account = stop.account
    head = f"{rank}  {account.number}  {account.debtor}  {amounts(stop.totals)}"
    if stop.accounts[1:]:
        head += _(" · also {accounts}").format(accounts=", ".join(a.number for a in stop.accounts[1:]))
    yield 2, head, ""
    yield 5, stop.address, "cyan"
    yield 5, why(stop, now), ""
    yield 5, _("last: {tries}").format(tries="; ".join(_try(v, now) for v in last_tries(stop))), "dim"
    visits = last_visits(stop)
    if visits:
        yield 5, _("visited: {visits}").format(visits="; ".join(_try(v, now) for v in visits[:2])), "dim"
    for note in stop.safety:
        text = _("safety, since {day}: {text}").format(day=note.on, text=mask_long_numbers(note.text))
        yield 5, text, "bold red"
    may = _("a visit by two now: {may}").format(may=short(stop.verdict))
    yield 5, may, "yellow" if stop.verdict.blocked else "green"


def _try(v: Activity, now: datetime) -> str:
    words = f"{v.at.astimezone(now.tzinfo):%m-%d %H:%M} {_(BY_CODE[v.outcome].meaning)}"
    return f"{words} {v.number}".rstrip() if v.channel == "call" else words
