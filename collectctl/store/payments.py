"""Appending money: payments, claims, reversals, and the closing of what was settled."""

import json
from collections.abc import Mapping
from datetime import date

from collectctl.domain.facts import Payment
from collectctl.domain.settlements import SettlementState
from collectctl.store.entries import append_closing
from collectctl.store.facts import Value
from collectctl.store.journal import Unit


def payment_row(
    payment: Payment, extra: Mapping[str, str] | None = None, source_row: int | None = None
) -> tuple[Value, ...]:
    """A payment as the columns of its table; `extra` are columns of the file that nobody knows."""
    kept = json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None
    return (
        payment.account, payment.activity, payment.on.isoformat(), payment.amount, payment.currency,
        int(payment.confirmed), payment.confirms, None, payment.payer, payment.method, payment.reference,
        payment.order or None, kept, source_row,
    )  # fmt: skip


def append_payment(made: Unit, payment: Payment) -> int:
    return made.facts.add_many("payment", [payment_row(payment)])


def append_reversal(made: Unit, payment: Payment, on: date, text: str) -> int:
    """`payment` did not come in after all; it counts until the day before `on`, `text` says why."""
    return made.facts.add(
        "payment", account=payment.account, activity=None, on_day=on.isoformat(), amount=payment.amount,
        currency=payment.currency, confirmed=int(payment.confirmed), confirms=None, reverses=payment.id,
        payer="", method=text, reference=payment.reference,
    )  # fmt: skip


def close_settled(made: Unit, settled: SettlementState) -> None:
    """Close the account of a settlement that was paid, with the client's approval."""
    on = settled.paid_on
    assert on is not None
    append_closing(
        made, settled.settlement.account, "settled", on.isoformat(), settled.approval, settled.settlement.id
    )
