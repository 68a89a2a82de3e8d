"""Settlements: how far each has come, derived from what was asked, answered and paid.

A settlement is paid when all of its sum came from the day on which it was made to its last day; then the rest
of the debt is let off. Until then, and after it has expired, the whole balance is owed.
"""

from collections.abc import Sequence
from datetime import date

from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.hours import named_day
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Request, Settlement
from collectctl.domain.owing import owed_on
from collectctl.domain.receipts import received
from collectctl.domain.records import Record
from collectctl.domain.words import _

ASKED, REFUSED, APPROVED, ACCEPTED, PAID, EXPIRED, REPLACED = (
    "asked", "refused", "approved", "accepted", "paid", "expired", "replaced",
)  # fmt: skip
STANDING = (ASKED, APPROVED, ACCEPTED)


class AboveBalance(BadUsage):
    def __init__(self, amount: int, balance: int, currency: str) -> None:
        super().__init__(
            _("{amount} is not below the balance of {balance}: that is no reduction").format(
                amount=shown(amount, currency), balance=shown(balance, currency)
            ),
            "collectctl quote ACCOUNT",
        )


class ExpiresBefore(BadUsage):
    def __init__(self, until: date) -> None:
        super().__init__(
            _("it can't expire on a day that is past: {day}").format(day=named_day(until)), "--until eom"
        )


class SettlementState(Record):
    """`paid` is what came for it, `paid_by` the payment with which it was complete, on `paid_on`."""

    settlement: Settlement
    state: str
    approval: str
    paid: int
    paid_on: date | None
    paid_by: int | None


def check_reduction(account: AccountFile, amount: int, today: date) -> None:
    """Raises `AboveBalance` (exit 2) where the sum lets nothing off."""
    owed = owed_on(account, today)
    if amount >= owed:
        raise AboveBalance(amount, owed, account.statement.currency)


def check_last_day(until: date, today: date) -> None:
    """Raises `ExpiresBefore` (exit 2)."""
    if until < today:
        raise ExpiresBefore(until)


def settlement_states(account: AccountFile, today: date) -> tuple[SettlementState, ...]:
    """The settlements of the current placement as of `today`, oldest first."""
    current = [s for s in account.settlements if s.operation >= account.placement.operation]
    return tuple(_state(s, current, account, today) for s in current)


def current_settlement(account: AccountFile, today: date) -> SettlementState | None:
    """The newest settlement, whatever became of it."""
    if not account.settlements:
        return None
    states = settlement_states(account, today)
    return states[-1] if states else None


def paid_settlement(account: AccountFile, today: date) -> SettlementState | None:
    """The settlement that was paid in full, if one was."""
    if not account.settlements:
        return None
    return next((s for s in settlement_states(account, today) if s.state == PAID), None)


def _state(
    settlement: Settlement, all_: Sequence[Settlement], account: AccountFile, today: date
) -> SettlementState:
    asked = next((r for r in account.requests if r.id == settlement.request), None)
    approval = settlement.approval or (approval_of(asked) if asked and _covers(asked, settlement) else "")
    paid, last = _paid(settlement, account, today)
    later = min((s for s in all_ if s.id > settlement.id), key=lambda s: s.id, default=None)
    if approval and last and (later is None or _made(later) > (last.on, last.operation)):
        state = PAID
    elif later:
        state = REPLACED
    elif asked and asked.answer == "no":
        state = REFUSED
    elif today > settlement.until:
        state = EXPIRED
    elif not approval:
        state = ASKED
    else:
        state = ACCEPTED if settlement.accepted else APPROVED
    return SettlementState(settlement, state, approval, paid, last and last.on, last and last.id)


def _made(settlement: Settlement) -> tuple[date, int]:
    return settlement.made_on, settlement.operation


def _covers(request: Request, settlement: Settlement) -> bool:
    """Whether the client granted as much: a sum of its own may be above what was agreed with the debtor."""
    return request.answer == "yes" and (request.amount or 0) <= settlement.amount


def approval_of(request: Request) -> str:
    """What a granted request is called as an approval: the client's reference, else our number."""
    return request.reference or f"#{request.id}"


def _paid(settlement: Settlement, account: AccountFile, today: date) -> tuple[int, Payment | None]:
    """What came for it, and the payment with which it was complete."""
    total = 0
    for payment in sorted(received(account.payments, today), key=lambda p: (p.on, p.id)):
        if _serves(payment, settlement):
            total += payment.amount
            if total >= settlement.amount:
                return total, payment
    return total, None


def _serves(payment: Payment, settlement: Settlement) -> bool:
    """What came before it was agreed, on the same day too, is off the balance that it was agreed about."""
    later = payment.on > settlement.made_on or payment.operation > settlement.operation
    return (
        payment.currency == settlement.currency
        and settlement.made_on <= payment.on <= settlement.until
        and later
    )


def granted_offer(account: AccountFile, amount: int, until: date, today: date) -> SettlementState | None:
    """What the client granted already that covers a settlement of `amount` until a day, if anything."""
    found = current_settlement(account, today)
    if found is None or not found.approval or found.state not in (APPROVED, ACCEPTED):
        return None
    granted = found.settlement
    return found if granted.amount <= amount and until <= granted.until else None
