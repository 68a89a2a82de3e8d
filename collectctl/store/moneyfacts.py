"""Reading what few accounts have: charges, terms, plans, settlements, requests, and what the desk keeps."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from collectctl.domain.moneyfacts import Charge, Plan, Request, Settlement, Terms
from collectctl.store.deskfacts import claims, complaints
from collectctl.store.money import Money
from collectctl.store.standing import OF_NOT_AMENDED, standing_rows


def read_money(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, Money]:
    """By account, those that have any."""
    reading: tuple[Callable[..., Iterator[Any]], ...] = (
        _charges, _terms, _plans, _settlements, _requests, complaints, claims
    )  # fmt: skip
    found: dict[int, list[list[Any]]] = defaultdict(lambda: [[] for _read in reading])
    for at, read in enumerate(reading):
        for fact in read(connection, accounts):
            found[fact.account][at].append(fact)
    return {account: Money(*map(tuple, facts)) for account, facts in found.items()}


def _charges(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Charge]:
    columns = "f.id, f.account, f.op, f.on_day, f.component, f.amount, f.currency, f.text"
    for row in standing_rows(connection, "charge", columns, accounts):
        yield Charge._make((*row[:3], date.fromisoformat(row[3]), *row[4:]))


def _terms(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Terms]:
    columns = (
        "f.id, f.account, f.from_on, f.rate, f.basis, f.last_day, f.payment_day, f.compound, f.penalty,"
        " f.penalty_floor, f.cap, f.allocation, f.minimum, f.penalty_on, f.op"
    )
    for row in standing_rows(connection, "terms", columns, accounts):
        penalty_on = date.fromisoformat(row[13]) if row[13] else None
        yield Terms._make((*row[:2], date.fromisoformat(row[2]), *row[3:13], penalty_on, row[14]))


def _plans(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Plan]:
    """A row that cancels another is its end."""
    columns = "f.id, f.account, f.op, f.settlement, f.made_on, f.every, f.total, f.currency, f.cancels"
    rows = standing_rows(connection, "plan", columns, accounts)
    cancelled = {row[8]: date.fromisoformat(row[4]) for row in rows if row[8] is not None}
    for row in rows:
        if row[8] is None:
            made_on = date.fromisoformat(row[4])
            yield Plan._make((*row[:4], made_on, *row[5:8], cancelled.get(row[0])))


def _settlements(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Settlement]:
    columns = (
        "f.id, f.account, f.op, f.request, f.made_on, f.amount, f.currency, f.until, f.approval, f.accepted,"
        " f.parts"
    )
    for row in standing_rows(connection, "settlement", columns, accounts):
        made_on, until = date.fromisoformat(row[4]), date.fromisoformat(row[7])
        yield Settlement._make((*row[:4], made_on, row[5], row[6], until, row[8], bool(row[9]), row[10]))


def _requests(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Request]:
    """Requests with what became of them: the last sending, the last answer."""
    events: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    columns = "f.account, f.request, f.kind, f.on_day, f.reference, f.amount, f.until, f.text"
    for row in standing_rows(connection, "request_event", columns, accounts):
        events[row[1]].append(row)
    columns = "f.id, f.account, f.activity, f.kind, f.asked_on, f.amount, f.currency, f.until, f.text, f.op"
    for row in standing_rows(connection, "request", columns, accounts, where=OF_NOT_AMENDED):
        until = date.fromisoformat(row[7]) if row[7] else None
        asked_on = date.fromisoformat(row[4])
        made = Request(
            row[0], row[1], row[2], row[3], asked_on, row[5], row[6], until, row[8], operation=row[9]
        )
        for event in events[row[0]]:
            made = _after(made, event)
        yield made


def _after(request: Request, event: Sequence[Any]) -> Request:
    """A request after it was sent or answered; an answer may name another sum or day."""
    _account, _request, kind, day, reference, amount, until, text = event
    on = date.fromisoformat(day)
    if kind == "sent":
        return request._replace(sent_on=on)
    return request._replace(
        answer=kind, answered_on=on, reference=reference, amount=amount or request.amount,
        until=date.fromisoformat(until) if until else request.until, answer_text=text,
    )  # fmt: skip
