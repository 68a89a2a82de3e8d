"""Complaints and claims: JSON, rows for a pipe, tables for a terminal."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from collectctl.domain.claims import ClaimState
from collectctl.domain.complaints import state_of
from collectctl.domain.deskfacts import Complaint
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import plain, shown, with_code
from collectctl.domain.results.desk import ClaimList, ComplaintList
from collectctl.domain.words import _
from collectctl.render.grid import listed
from collectctl.render.values import day, weekday

if TYPE_CHECKING:
    from rich.console import Console

_NUMERIC = ("amount", "paid")


def complaints_data(result: ComplaintList) -> dict[str, Any]:
    return {
        "complaints": [
            {"account": account.number, **complaint_data(known, result.today)}
            for account, known in result.complaints
        ]
    }


def complaint_data(known: Complaint, today: date) -> dict[str, Any]:
    return {
        "complaint": known.id,
        "kind": known.kind,
        "state": state_of(known, today),
        "received_on": day(known.received_on),
        "due_on": day(known.due_on),
        "closed_on": day(known.closed_on),
        "channel": known.channel or None,
        "reference": known.reference or None,
        "activity": known.activity,
        "text": mask_long_numbers(known.text),
        "answer": mask_long_numbers(known.answer),
    }


def complaints_plain(result: ComplaintList) -> Iterator[list[str]]:
    yield [
        "complaint", "account", "name", "kind", "state", "received", "due", "closed", "reference", "text",
        "answer",
    ]  # fmt: skip
    for account, known in result.complaints:
        yield [
            str(known.id), account.number, account.debtor, known.kind, state_of(known, result.today),
            known.received_on.isoformat(), known.due_on.isoformat(), day(known.closed_on) or "",
            known.reference, mask_long_numbers(known.text), mask_long_numbers(known.answer),
        ]  # fmt: skip


def complaints_table(result: ComplaintList, console: "Console") -> None:
    listed(console, list(complaints_plain(result)), _("no complaint or dispute is on record"), _NUMERIC)


def claims_data(result: ClaimList) -> dict[str, Any]:
    return {"claims": [{"account": account.number, **claim_data(state)} for account, state in result.claims]}


def claim_data(state: ClaimState) -> dict[str, Any]:
    claim = state.claim
    return {
        "claim": claim.id,
        "against": claim.name,
        "role": claim.role,
        "amount": plain(claim.amount, claim.currency),
        "paid": plain(state.paid, claim.currency),
        "currency": claim.currency,
        "state": state.state,
        "made_on": day(claim.made_on),
        "due_on": day(claim.due_on),
        "closed_on": day(claim.closed_on),
        "transferred_on": day(claim.transferred_on),
        "contract": claim.contract or None,
        "text": mask_long_numbers(claim.text),
    }


def complaint_line(known: Complaint, today: date) -> str:
    """`complaint 1 open: received Mon 2026-11-23, answer due Thu 2026-11-26`"""
    state = state_of(known, today)
    text = _("{kind} {number} {state}: received {received}, answer due {due}").format(
        kind=known.kind, number=known.id, state=state, received=weekday(known.received_on),
        due=weekday(known.due_on),
    )  # fmt: skip
    if known.closed_on:
        text += _(", {state} {day}").format(state=state, day=weekday(known.closed_on))
    return text


def claim_line(state: ClaimState) -> str:
    """`claim 1 on the guarantor Mr Invented partly-paid: 1,000.00 of 3,000.00 CNY, due Wed 2026-12-23`"""
    claim = state.claim
    text = _("claim {number} on the {role} {name} {state}: {paid} of {amount}, due {due}").format(
        number=claim.id, role=claim.role, name=claim.name, state=state.state,
        paid=shown(state.paid, claim.currency), amount=with_code(claim.amount, claim.currency),
        due=weekday(claim.due_on),
    )  # fmt: skip
    if claim.transferred_on:
        text += _("; the rights passed to them {day}").format(day=weekday(claim.transferred_on))
    return text


def claims_plain(result: ClaimList) -> Iterator[list[str]]:
    yield [
        "claim", "account", "name", "against", "role", "amount", "currency", "paid", "state", "made", "due",
        "transferred", "contract",
    ]  # fmt: skip
    for account, state in result.claims:
        claim = state.claim
        yield [
            str(claim.id), account.number, account.debtor, claim.name, claim.role,
            plain(claim.amount, claim.currency), claim.currency, plain(state.paid, claim.currency),
            state.state, claim.made_on.isoformat(), claim.due_on.isoformat(),
            day(claim.transferred_on) or "", claim.contract,
        ]  # fmt: skip


def claims_table(result: ClaimList, console: "Console") -> None:
    listed(console, list(claims_plain(result)), _("nothing is claimed of anybody else"), _NUMERIC)
