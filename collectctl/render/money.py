"""Lists of payments, promises and requests, plans and terms: JSON, rows for a pipe, tables for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from collectctl.domain import conditions
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import plain, shown
from collectctl.domain.moneyfacts import Request, Terms
from collectctl.domain.plans import PlanState
from collectctl.domain.receipts import payment_state
from collectctl.domain.requests import in_words, state_of
from collectctl.domain.results.money import PaymentList, PlanResult, PromiseList, RequestList, TermsResult
from collectctl.domain.words import _
from collectctl.render.grid import draw, listed
from collectctl.render.values import day, promise, weekday

if TYPE_CHECKING:
    from rich.console import Console

_NUMERIC = ("amount", "kept", "n")


# --- payments -------------------------------------------------------------------------------------------


def payments_data(result: PaymentList) -> dict[str, Any]:
    return {"payments": [_payment(account, payment) for account, payment in result.payments]}


def _payment(account: AccountFile, payment: Payment) -> dict[str, Any]:
    return {
        "payment": payment.id,
        "account": account.number,
        "amount": plain(payment.amount, payment.currency),
        "currency": payment.currency,
        "on": payment.on.isoformat(),
        "state": payment_state(account.payments, payment),
        "confirms": payment.confirms,
        "reversed_on": day(payment.reversed_on),
        "text": mask_long_numbers(payment.reversed_why) or None,
        "reference": payment.reference or None,
        "method": mask_long_numbers(payment.method) or None,
        "payer": payment.payer or None,
        "order": payment.order.split(",") if payment.order else None,
    }


def payments_plain(result: PaymentList) -> Iterator[list[str]]:
    yield [
        "payment", "account", "name", "on", "amount", "currency", "state", "reference", "method", "payer",
        "what",
    ]  # fmt: skip
    for account, p in result.payments:
        yield [
            f"#{p.id}", account.number, account.debtor, p.on.isoformat(), plain(p.amount, p.currency),
            p.currency, payment_state(account.payments, p), p.reference, mask_long_numbers(p.method), p.payer,
            mask_long_numbers(p.reversed_why),
        ]  # fmt: skip


def payments_table(result: PaymentList, console: "Console") -> None:
    rows = list(payments_plain(result))
    listed(console, rows, _("no payment or claim is on record"), _NUMERIC)


# --- promises -------------------------------------------------------------------------------------------


def promises_data(result: PromiseList) -> dict[str, Any]:
    return {"promises": [promise(state, account.number) for account, state in result.promises]}


def promises_plain(result: PromiseList) -> Iterator[list[str]]:
    yield ["promise", "account", "name", "due", "amount", "currency", "state", "kept", "payer", "plan"]
    for account, state in result.promises:
        p = state.promise
        yield [
            f"#{p.id}", account.number, account.debtor, p.due_on.isoformat(), plain(p.amount, p.currency),
            p.currency, state.state, plain(state.kept, p.currency), p.payer, str(p.plan or ""),
        ]  # fmt: skip


def promises_table(result: PromiseList, console: "Console") -> None:
    listed(console, list(promises_plain(result)), _("no such promise is on record"), _NUMERIC)


# --- requests -------------------------------------------------------------------------------------------


def requests_data(result: RequestList) -> dict[str, Any]:
    return {"requests": [_request(account, request) for account, request in result.requests]}


def _request(account: AccountFile, request: Request) -> dict[str, Any]:
    return {
        "request": request.id,
        "account": account.number,
        "kind": request.kind,
        "amount": plain(request.amount, request.currency) if request.amount else None,
        "currency": request.currency,
        "until": day(request.until),
        "state": state_of(request, account),
        "asked_on": day(request.asked_on),
        "sent_on": day(request.sent_on),
        "answered_on": day(request.answered_on),
        "reference": request.reference or None,
        "text": mask_long_numbers(request.text),
        "answer_text": mask_long_numbers(request.answer_text),
    }


def requests_plain(result: RequestList) -> Iterator[list[str]]:
    yield ["request", "account", "name", "kind", "what", "state", "asked", "sent", "answered", "reference"]
    for account, r in result.requests:
        yield [
            str(r.id), account.number, account.debtor, r.kind, in_words(r), state_of(r, account),
            r.asked_on.isoformat(), day(r.sent_on) or "", day(r.answered_on) or "", r.reference,
        ]  # fmt: skip


def requests_table(result: RequestList, console: "Console") -> None:
    listed(console, list(requests_plain(result)), _("nothing was asked of a client"), _NUMERIC)


# --- plans ----------------------------------------------------------------------------------------------


def plan_data(result: PlanResult) -> dict[str, Any]:
    """The newest plan of an account, as every JSON document shows it."""
    return {"account": result.account.number, **plan(result.plan)}


def plan(state: PlanState) -> dict[str, Any]:
    currency = state.plan.currency
    return {
        "plan": state.plan.id,
        "state": state.state,
        "settlement": state.plan.settlement,
        "instalments": [
            {
                "n": n,
                "due": part.promise.due_on.isoformat(),
                "amount": plain(part.promise.amount, currency),
                "state": part.state,
            }
            for n, part in enumerate(state.parts, 1)
        ],
        "total": plain(state.plan.total, currency),
        "kept": plain(state.kept, currency),
        "currency": currency,
    }


def plan_plain(result: PlanResult) -> Iterator[list[str]]:
    yield ["n", "due", "amount", "state", "kept"]
    for n, part in enumerate(result.plan.parts, 1):
        made = part.promise
        yield [
            str(n), made.due_on.isoformat(), plain(made.amount, made.currency), part.state,
            plain(part.kept, made.currency),
        ]  # fmt: skip


def plan_table(result: PlanResult, console: "Console") -> None:
    headings, *parts = plan_plain(result)
    console.print(plan_line(result.plan))
    draw(console, headings, parts, _NUMERIC)


def plan_line(state: PlanState) -> str:
    """`plan running: 2 of 6 kept, 1,000.00 of 3,000.00; next 500.00 on Tue 2026-12-01`"""
    currency = state.plan.currency
    text = _("plan {state}: {kept} of {count} kept, {came} of {total} {currency}").format(
        state=state.state, kept=sum(p.state == "kept" for p in state.parts), count=len(state.parts),
        came=shown(state.kept, currency), total=shown(state.plan.total, currency), currency=currency,
    )  # fmt: skip
    coming = next((p for p in state.parts if p.state == "open"), None)
    if coming:
        text += _("; next {amount} on {day}").format(
            amount=shown(coming.promise.amount, currency), day=weekday(coming.promise.due_on)
        )
    return text


# --- terms ----------------------------------------------------------------------------------------------


def terms_data(result: TermsResult) -> dict[str, Any]:
    return {
        "account": result.account.number,
        "terms": [_terms(t, result.account) for t in result.account.terms],
    }


def _terms(t: Terms, account: AccountFile) -> dict[str, Any]:
    return {
        "from": day(t.from_on),
        "rate": t.rate or None,
        "basis": t.basis or None,
        "last_day": t.last_day or None,
        "payment_day": t.payment_day or None,
        "compound": t.compound,
        "penalty": t.penalty or None,
        "penalty_floor": plain(t.penalty_floor, account.statement.currency) if t.penalty_floor else None,
        "cap": t.cap or None,
        "order": t.order or None,
    }


def terms_plain(result: TermsResult) -> Iterator[list[str]]:
    yield ["from", "terms"]
    for t in result.account.terms:
        yield [t.from_on.isoformat(), conditions.in_words(t, result.account.statement.currency)]


def terms_table(result: TermsResult, console: "Console") -> None:
    listed(console, list(terms_plain(result)), _("no terms are set: nothing accrues"), _NUMERIC)
