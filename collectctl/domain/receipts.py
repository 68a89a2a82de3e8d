"""Which money has come in as of a day, which claims are open, and which payment is meant.

A claim is open until a payment confirms it; one that was reversed confirms nothing any more.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import Payment
from collectctl.domain.memo import kept
from collectctl.domain.money import shown
from collectctl.domain.words import _

MATCH_DAYS = 5  # calendar days between a claim and the payment of the same sum that confirms it


class NoSuchPayment(NotFound):
    def __init__(self, number: str, typed: str) -> None:
        what = _("{number} has no payment {typed!r}") if typed else _("{number} has no claim that is open")
        super().__init__(what.format(number=number, typed=typed), f"collectctl payment list {number}")


class SeveralPayments(BadUsage):
    code = "ambiguous"

    def __init__(self, number: str, found: Sequence[Payment]) -> None:
        listed = ", ".join(f"#{p.id} {shown(p.amount, p.currency)} {p.on}" for p in found[:5])
        super().__init__(
            _("several payments of {number} fit: {listed}").format(number=number, listed=listed),
            _("name one: its reference, or its number with #"),
        )


def received(payments: Sequence[Payment], today: date) -> list[Payment]:
    """The confirmed payments that had come in, and not been reversed, by `today`."""
    return [
        p
        for p in payments
        if p.confirmed and p.on <= today and (p.reversed_on is None or p.reversed_on > today)
    ]


@kept
def open_claims(payments: Sequence[Payment]) -> tuple[Payment, ...]:
    """What is said to be paid and waits for the client's word, oldest first."""
    confirmed = {p.confirms for p in payments if p.confirmed and p.reversed_on is None}
    claims = [p for p in payments if not p.confirmed and p.reversed_on is None and p.id not in confirmed]
    return tuple(sorted(claims, key=lambda p: (p.on, p.id)))


def payment_state(payments: Sequence[Payment], payment: Payment) -> str:
    """reversed, confirmed, claimed, or claim-confirmed."""
    if payment.reversed_on:
        return "reversed"
    if payment.confirmed:
        return "confirmed"
    return "claimed" if payment in open_claims(payments) else "claim-confirmed"


def claim_confirmed_by(payments: Sequence[Payment], on: date, amount: int, currency: str) -> Payment | None:
    """The open claim of the same sum that a payment of that day confirms; the oldest of several."""
    near = timedelta(days=MATCH_DAYS)
    same = (c for c in open_claims(payments) if (c.amount, c.currency) == (amount, currency))
    return next((c for c in same if abs(c.on - on) <= near), None)


def paid_already(payments: Sequence[Payment], claim: Payment) -> Payment | None:
    """A payment that may be the money of an open claim: the same sum, near its day, for no other claim."""
    near = timedelta(days=MATCH_DAYS)
    same = (
        p for p in received(payments, date.max) if (p.amount, p.currency) == (claim.amount, claim.currency)
    )
    return next((p for p in same if p.confirms is None and abs(p.on - claim.on) <= near), None)


def payment_called(payments: Sequence[Payment], typed: str, number: str) -> Payment:
    """The payment that `typed` means: `#12`, its number, or its reference.

    A claim that was confirmed is the payment that did so. Raises `NoSuchPayment` (3), `SeveralPayments` (2).
    """
    name = typed.strip()
    named = [p for p in payments if p.reference and p.reference == name]
    named = named or [p for p in payments if str(p.id) == name.removeprefix("#")]
    confirming = {p.confirms: p for p in payments if p.confirmed and p.reversed_on is None}
    found = list({p.id: p for p in (confirming.get(p.id, p) for p in named)}.values())
    if len(found) > 1:  # one that was reversed gives way to one that stands
        found = [p for p in found if p.reversed_on is None] or found
    if not found:
        raise NoSuchPayment(number, typed)
    if len(found) > 1:
        raise SeveralPayments(number, found)
    return found[0]
