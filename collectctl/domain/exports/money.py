"""Payments, promises and requests as tables: what their lists know, with the client of each account."""

from collections.abc import Iterator
from datetime import date

from collectctl.domain import sheets
from collectctl.domain.facts import AccountFile
from collectctl.domain.periods import Period
from collectctl.domain.promises import states_of
from collectctl.domain.receipts import payment_state
from collectctl.domain.requests import state_of
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, IDENTITY, Cell, Column, Money, column

_WHOSE = (
    column("account", IDENTITY, sheets.ACCOUNT),
    column("client"),
    column("name", about=sheets.DEBTOR),
)
PAYMENTS: tuple[Column, ...] = (
    column("payment", COUNT),
    *_WHOSE,
    column("on", DATE),
    column("amount", AMOUNT),
    column("currency"),
    column("state"),
    column("method", about=sheets.FREE),
    column("reference", IDENTITY, sheets.REFERENCE),
    column("payer", about=sheets.PARTY),
    column("order"),
    column("confirms", COUNT),
    column("reversed_on", DATE),
    column("text", about=sheets.FREE),
)
PROMISES: tuple[Column, ...] = (
    column("promise", COUNT),
    *_WHOSE,
    column("made_on", DATE),
    column("due", DATE),
    column("amount", AMOUNT),
    column("currency"),
    column("state"),
    column("kept_amount", AMOUNT),
    column("kept_on", DATE),
    column("broken_on", DATE),
    column("payer", about=sheets.PARTY),
    column("plan", COUNT),
)
REQUESTS: tuple[Column, ...] = (
    column("request", COUNT),
    *_WHOSE,
    column("kind"),
    column("asked_on", DATE),
    column("amount", AMOUNT),
    column("currency"),
    column("until", DATE),
    column("state"),
    column("sent_on", DATE),
    column("answer"),
    column("answered_on", DATE),
    column("reference", IDENTITY, sheets.REFERENCE),
    column("text", about=sheets.FREE),
    column("answer_text", about=sheets.FREE),
)


def _whose(account: AccountFile) -> list[Cell]:
    return [account.number, account.client, account.debtor]


def payments(account: AccountFile, period: Period) -> Iterator[list[Cell]]:
    """Those that came in, or are said to have come in, on the days of the period."""
    for p in account.payments:
        if period.holds(p.on):
            yield [
                p.id, *_whose(account), p.on, Money(p.amount, p.currency), p.currency,
                payment_state(account.payments, p), p.method, p.reference, p.payer, p.order, p.confirms,
                p.reversed_on, p.reversed_why,
            ]  # fmt: skip


def promises(account: AccountFile, period: Period, today: date) -> Iterator[list[Cell]]:
    """Those that are due on the days of the period, with what became of them as of `today`."""
    for s in states_of(account, today):
        p = s.promise
        if period.holds(p.due_on):
            yield [
                p.id, *_whose(account), p.made_on, p.due_on, Money(p.amount, p.currency), p.currency, s.state,
                Money(s.kept, p.currency), s.kept_on, s.broken_on, p.payer, p.plan,
            ]  # fmt: skip


def requests(account: AccountFile, period: Period) -> Iterator[list[Cell]]:
    """Those that were asked on the days of the period."""
    for r in account.requests:
        if period.holds(r.asked_on):
            yield [
                r.id, *_whose(account), r.kind, r.asked_on,
                None if r.amount is None else Money(r.amount, r.currency), r.currency, r.until,
                state_of(r, account), r.sent_on, r.answer, r.answered_on, r.reference, r.text, r.answer_text,
            ]  # fmt: skip
