"""The money of one account, as `show` has it: what is owed, how it is made up, what was promised."""

from collections.abc import Iterator
from typing import Any

from collectctl.domain import owing
from collectctl.domain.components import COMPONENTS
from collectctl.domain.ledger import OPENING
from collectctl.domain.limitation import Limitation
from collectctl.domain.money import plain, shown
from collectctl.domain.requests import in_words, open_requests, state_of
from collectctl.domain.results.showing import ShowResult
from collectctl.domain.settlements import SettlementState
from collectctl.domain.words import _
from collectctl.render.money import plan, plan_line
from collectctl.render.quote import difference_line, movement, movement_line
from collectctl.render.values import day, weekday

_MONEY = ("balance", *reversed(COMPONENTS), "credit", "client_states", "difference")


def data(result: ShowResult) -> dict[str, str]:
    """`difference` is what the client states more than the ledger had on that day."""
    currency = result.account.statement.currency
    return {"currency": currency, **{k: plain(result.money[k], currency) for k in _MONEY}}


def more_data(result: ShowResult) -> dict[str, Any]:
    currency = result.account.statement.currency
    return {
        "paid": plain(result.money["paid"], currency),
        "ledger": [movement(m, currency, result.veil) for m in result.movements],
        "to_clear": plain(result.to_clear, currency),
        "plan": plan(result.plan) if result.plan else None,
        "settlement": _settlement(result.settlement) if result.settlement else None,
        "limitation": _limitation(result.limitation) if result.limitation else None,
    }


def _settlement(found: SettlementState) -> dict[str, Any]:
    made = found.settlement
    return {
        "settlement": made.id,
        "state": found.state,
        "amount": plain(made.amount, made.currency),
        "currency": made.currency,
        "until": day(made.until),
        "approval": found.approval or None,
        "paid": plain(found.paid, made.currency),
    }


def _limitation(found: Limitation) -> dict[str, Any]:
    return {
        "ends": day(found.ends),
        "rests_on": found.rests_on.what,
        "on": day(found.rests_on.on),
        "cite": found.cite,
        "later": day(found.later),
        "unproven": found.unproven.what if found.unproven else None,
    }


def lines(result: ShowResult) -> Iterator[tuple[str, str]]:
    account, row, currency = result.account, result.row, result.account.statement.currency
    owed = owing.in_words(result.money["balance"], currency)
    days = _("{days} days past due, {bucket}").format(days=row.days_past_due, bucket=row.bucket)
    yield f"{owed} · {days if row.bucket else _('no due date stated')}", "bold"
    yield from _made_up(result)
    others = [a for a in result.person.accounts if a.id != account.id]
    if others:
        yield _("also owes: {accounts}").format(accounts=", ".join(a.number for a in others)), ""
    yield from _limitation_lines(result)
    remarks = account.statement.values.get("remarks")
    if remarks:
        yield _("client's remark: {text}").format(text=result.veil(str(remarks))), "yellow"


def _made_up(result: ShowResult) -> Iterator[tuple[str, str]]:
    currency, money = result.account.statement.currency, result.money
    parts = [f"{_(name)} {shown(money[name], currency)}" for name in _MONEY[1:6] if money[name]]
    if len(parts) > 1:
        yield "  " + " · ".join(parts), ""
    if money["unexplained"]:
        text = _("{amount} of it the client's components leave unexplained: counted as principal")
        yield "  " + text.format(amount=shown(money["unexplained"], currency)), "dim"
    if result.account.terms:
        text = _("with what has accrued by the terms until today {amount}: collectctl quote")
        yield "  " + text.format(amount=shown(result.to_clear, currency)), ""
    if money["difference"]:
        yield difference_line(result.account.statement, money["difference"]), "yellow"
    yield from _paid(result)


def _paid(result: ShowResult) -> Iterator[tuple[str, str]]:
    """What has come in, beside what the client's file says has."""
    currency = result.account.statement.currency
    stated = result.account.statement.values.get("total_paid")
    if not isinstance(stated, int) and not result.money["paid"]:
        return
    text = _("paid {amount} by the ledger").format(amount=shown(result.money["paid"], currency))
    if isinstance(stated, int):
        text += _("; the client's file says {stated}").format(stated=shown(stated, currency))
    yield text, ""
    for m in result.movements:
        if m.kind != OPENING:
            yield "  " + movement_line(m, currency, result.veil), "dim"


def _limitation_lines(result: ShowResult) -> Iterator[tuple[str, str]]:
    found = result.limitation
    if found is None:
        return
    today = result.may.verdict.asked.at.date()
    text = _("limitation ended {day}") if today > found.ends else _("limitation ends {day}")
    text = text.format(day=found.ends) + f", {found.rests_on.what} [{found.cite}]"
    if found.later and found.unproven:
        text += _("; {later} if it can be proven: {fact}").format(later=found.later, fact=found.unproven.what)
    elif found.unproven:
        text += _("; unproven: the file states no due date")
    yield text, "red" if found.is_near(today) else "dim"


def promise_lines(result: ShowResult) -> Iterator[tuple[str, str]]:
    """Settlement and plan with how far they came, then the promises that are no part of one."""
    found = result.settlement
    if found:
        made = found.settlement
        yield _("settlement of {amount} until {day}: {state}, {paid} came").format(
            amount=shown(made.amount, made.currency), day=weekday(made.until), state=_(found.state),
            paid=shown(found.paid, made.currency),
        ), "green"  # fmt: skip
    if result.plan:
        yield plan_line(result.plan), "red" if result.plan.state == "broken" else "green"
    for request in open_requests(result.account):
        yield _("request {number}, {state}: {what}").format(
            number=request.id, state=_(state_of(request, result.account)), what=in_words(request)
        ), "cyan"  # fmt: skip
    for state in result.promises:
        promise = state.promise
        if promise.plan is not None:  # the plan tells; `plan show` has each part
            continue
        payer = _(" by {payer}").format(payer=promise.payer) if promise.payer else ""
        yield _("promise of {amount} for {day}{payer}: {state}").format(
            amount=shown(promise.amount, promise.currency), day=weekday(promise.due_on), payer=payer,
            state=state.state,
        ), "red" if state.state in ("broken", "partly-kept") else "green"  # fmt: skip
