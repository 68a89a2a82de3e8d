"""What would settle an account, line by line: JSON, rows for a pipe, a page for a terminal."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from collectctl.domain.accrual import Line
from collectctl.domain.components import COMPONENTS
from collectctl.domain.facts import Statement
from collectctl.domain.ledger import (
    CHARGE,
    INTEREST,
    LET_OFF,
    OPENING,
    PAYMENT,
    PENALTY,
    REVERSED,
    Movement,
)
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import plain, shown
from collectctl.domain.quoting import Quote
from collectctl.domain.words import _
from collectctl.render.text import safe
from collectctl.render.values import weekday

if TYPE_CHECKING:
    from rich.console import Console

Veil = Callable[[str], str]  # what free text may show of itself
_KINDS = {
    OPENING: _("stated by the client"),
    CHARGE: _("charge"),
    INTEREST: _("interest booked"),
    PENALTY: _("penalty booked"),
    PAYMENT: _("payment"),
    REVERSED: _("payment, reversed"),
    LET_OFF: _("let off by the settlement"),
}


def line(found: Line, currency: str) -> dict[str, Any]:
    """A span of days as every document shows it: both of its days are charged."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "days": found.days,
        "principal": plain(found.base, currency),
        "rate": found.rate,
        "basis": found.basis,
        "interest": plain(found.interest, currency),
    }


def movement(found: Movement, currency: str, veil: Veil = mask_long_numbers) -> dict[str, Any]:
    """A line of the ledger; amounts with the sign that they have for the balance."""
    return {
        "on": found.on.isoformat(),
        "kind": found.kind,
        "amount": plain(found.amount, currency),
        **{name: plain(found.parts[name], currency) for name in COMPONENTS},
        "credit": plain(found.credit, currency),
        "balance": plain(found.balance, currency),
        "payment": found.id if found.kind in (PAYMENT, REVERSED) else None,
        "text": veil(found.text),
    }


def data(quote: Quote) -> dict[str, Any]:
    currency = quote.account.statement.currency
    settlement = quote.settlement
    return {
        "account": quote.account.number,
        "currency": currency,
        "on": quote.on.isoformat(),
        "ledger": [movement(m, currency) for m in quote.movements],
        "lines": [line(x, currency) for x in quote.accrued],
        "accrued": plain(sum(x.charged for x in quote.accrued), currency),
        "new_penalty": plain(quote.penalty, currency),
        "cap": quote.cap or None,
        "capped": plain(quote.capped, currency),
        **{name: plain(quote.owed[name], currency) for name in COMPONENTS},
        "credit": plain(quote.credit, currency),
        "total": plain(quote.total, currency),
        "convention": quote.convention,
        "order": list(quote.order.sequence),
        "cite": quote.order.cite,
        "settlement": {
            "amount": plain(settlement.settlement.amount, currency),
            "until": settlement.settlement.until.isoformat(),
            "paid": plain(settlement.paid, currency),
            "state": settlement.state,
            "approval": settlement.approval,
        }
        if settlement
        else None,
        "bucket": quote.bucket,
        "cure": plain(quote.cure, currency) if quote.cure is not None else None,
        "rolls": [{"amount": plain(r.amount, currency), "bucket": r.bucket} for r in quote.rolls],
        "client_states": plain(quote.account.statement.balance, currency),
        "difference": plain(quote.difference, currency),
    }


def plain_rows(quote: Quote) -> Iterator[list[str]]:
    yield ["section", "key", "value"]
    for section, content in data(quote).items():
        if isinstance(content, list):
            for n, item in enumerate(content, 1):
                found = item if isinstance(item, dict) else {"": item}
                yield from (
                    [section, f"{n}.{k}".rstrip("."), str(v)] for k, v in found.items() if v not in (None, "")
                )
        elif isinstance(content, dict):
            yield from ([section, key, str(value)] for key, value in content.items())
        elif content is not None:
            yield ["quote", section, str(content)]


def table(quote: Quote, console: "Console") -> None:
    from rich.text import Text

    for text, style in lines(quote):
        console.print(Text(safe(text), style=style), soft_wrap=True)


def lines(quote: Quote) -> Iterator[tuple[str, str]]:
    account, currency = quote.account, quote.account.statement.currency

    def money(minor: int) -> str:
        return f"{shown(minor, currency):>14}"

    yield _("{name}  {number}: what settles it on {day}").format(
        name=account.debtor, number=account.number, day=weekday(quote.on)
    ), "bold"  # fmt: skip
    for m in quote.movements:
        yield movement_line(m, currency), ""
    for x in quote.accrued:
        span = _("{first} to {last}, {days} days on {base} at {rate}").format(
            first=x.first, last=x.last, days=x.days, base=shown(x.base, currency), rate=x.rate
        )
        yield f"{x.last}  {money(x.interest)}  {_('interest')} {span}", ""
    if quote.penalty_text:
        yield f"{quote.on}  {money(quote.penalty)}  {_('penalty')}: {quote.penalty_text}", ""
    if quote.cap:
        cut = _("cut off by the cap of {cap} on all charges").format(cap=quote.cap)
        yield f"{quote.on}  {money(-quote.capped)}  {cut}", "yellow" if quote.capped else "dim"
    owed = " · ".join(f"{_(n)} {shown(quote.owed[n], currency)}" for n in COMPONENTS if quote.owed[n])
    yield f"{quote.on}  {money(quote.total)}  {_('in all')} {currency} {owed}".rstrip(), "bold"
    yield from _notes(quote)


def movement_line(m: Movement, currency: str, veil: Veil = mask_long_numbers) -> str:
    """A line of the ledger as a person reads it."""
    amount = f"{shown(m.amount, currency):>14}"
    return f"{m.on}  {amount}  {_(_KINDS[m.kind])} {_parts(m, currency)} {veil(m.text)}".rstrip()


def _parts(m: Movement, currency: str) -> str:
    found = [f"{_(n)} {shown(m.parts[n], currency)}" for n in COMPONENTS if m.parts[n]]
    if m.credit and m.kind != OPENING:
        found.append(f"{_('credit')} {shown(m.credit, currency)}")
    return f"({', '.join(found)})" if len(found) > 1 or m.kind == PAYMENT else ""


def _notes(quote: Quote) -> Iterator[tuple[str, str]]:
    currency = quote.account.statement.currency
    if quote.credit:
        yield _("credit of {amount}").format(amount=shown(quote.credit, currency)), "green"
    if quote.settlement:
        made = quote.settlement.settlement
        text = _("or {rest} until {day}: settlement of {amount}, approval {approval}; after that all of it")
        yield text.format(
            rest=shown(made.amount - quote.settlement.paid, currency), day=weekday(made.until),
            amount=shown(made.amount, currency), approval=quote.settlement.approval,
        ), "green"  # fmt: skip
    if quote.cure:
        yield _("{amount} brings it from {bucket} to current").format(
            amount=shown(quote.cure, currency), bucket=quote.bucket
        ), ""  # fmt: skip
    for roll in quote.rolls:
        yield _("{amount} brings it from {bucket} to {lower}").format(
            amount=shown(roll.amount, currency), bucket=quote.bucket, lower=roll.bucket
        ), ""  # fmt: skip
    if quote.unexplained:
        text = _("{amount} of the balance the client's components leave unexplained: counted as principal")
        yield text.format(amount=shown(quote.unexplained, currency)), "dim"
    if quote.difference:
        yield difference_line(quote.account.statement, quote.difference), "yellow"
    yield _("convention: {text}").format(text=quote.convention), "dim"
    yield _("a payment serves {order} [{cite}]").format(
        order=", ".join(map(_, quote.order.sequence)), cite=quote.order.cite
    ), "dim"  # fmt: skip
    if quote.order.note and quote.owed["penalty"]:
        yield quote.order.note, "dim"


def difference_line(statement: Statement, difference: int) -> str:
    """What the client's newest statement has more than the ledger, with its sign."""
    sign = "+" if difference > 0 else ""
    return _("the client states {stated} on {day}: {difference} against the ledger").format(
        stated=shown(statement.balance, statement.currency), day=statement.stated_on,
        difference=sign + shown(difference, statement.currency),
    )  # fmt: skip
