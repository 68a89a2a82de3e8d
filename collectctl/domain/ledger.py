"""The ledger of an account: what the client stated at the beginning, and everything that moved it since.

It begins with the first statement of the current placement; what belongs to an earlier placement is in that
statement. Charges that accrue by terms are booked when a payment comes, so that it serves them; until the
next one a `quote` works them out for any day. The balance is the sum of the components less the credit.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from collectctl.domain.accrual import Accrual, Line, segments
from collectctl.domain.components import COMPONENTS, in_listing, nothing, stated, take
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.moneyfacts import Charge
from collectctl.domain.owing import opening
from collectctl.domain.settlements import paid_settlement

OPENING, CHARGE, INTEREST, PAYMENT, REVERSED, REDUCTION = (
    "opening", "charge", "interest", "payment", "reversed", "reduction",
)  # fmt: skip


class Movement(NamedTuple):
    """One line: `amount` is what it does to the balance, `parts` and `credit` where it went (minor units)."""

    on: date
    kind: str
    amount: int
    parts: Mapping[str, int]
    credit: int
    balance: int
    text: str
    id: int | None = None


class Ledger(NamedTuple):
    """`unexplained` is what of the opening balance its components did not tell and counts as principal."""

    movements: tuple[Movement, ...]
    owed: Mapping[str, int]
    credit: int
    paid: int
    accrued: tuple[Line, ...]  # the interest that was booked
    unexplained: int

    @property
    def balance(self) -> int:
        return sum(self.owed.values()) - self.credit


def ledger(account: AccountFile, as_of: date) -> Ledger:
    """The ledger with everything that was on or before `as_of`."""
    return Walk(account, as_of).ledger()


class Walk:
    """Goes through an account's movements in the order of their days, once."""

    def __init__(self, account: AccountFile, as_of: date) -> None:
        first = opening(account)
        self.account, self.as_of = account, as_of
        self.owed, self.unexplained = stated(first)
        self.credit = max(0, -first.balance)
        self.accrual = Accrual(self.owed, segments(account.terms))
        self.paid = 0
        self.movements = [
            Movement(first.stated_on, OPENING, first.balance, dict(self.owed), self.credit, first.balance, "")
        ]
        self._go()

    def ledger(self) -> Ledger:
        return Ledger(
            tuple(self.movements), dict(self.owed), self.credit, self.paid, tuple(self.accrual.lines),
            self.unexplained,
        )  # fmt: skip

    def book(
        self, on: date, kind: str, parts: Mapping[str, int], credit: int, text: str, id_: int | None
    ) -> None:
        """Note what was just done; `parts` and `credit` with the sign that they have for the balance."""
        self.movements.append(
            Movement(
                on, kind, sum(parts.values()) - credit, dict(parts), credit,
                sum(self.owed.values()) - self.credit, text, id_,
            )
        )  # fmt: skip

    def _go(self) -> None:
        settled = paid_settlement(self.account, self.as_of)
        for movement in sorted(self._movements(), key=lambda m: (m.on, isinstance(m, Payment), m.id)):
            if settled and settled.paid_on and movement.on > settled.paid_on:
                self._let_off(settled.paid_on, settled.approval)
                settled = None
            if isinstance(movement, Charge):
                self._charge(movement)
            else:
                self._pay(movement)
        if settled and settled.paid_on:
            self._let_off(settled.paid_on, settled.approval)

    def _movements(self) -> Iterator[Charge | Payment]:
        start = self.account.placement.operation
        yield from (c for c in self.account.charges if c.operation >= start and c.on <= self.as_of)
        for payment in self.account.payments:
            if payment.confirmed and payment.operation >= start and payment.on <= self.as_of:
                yield payment

    def _charge(self, charge: Charge) -> None:
        parts, credit = nothing(), 0
        if charge.amount > 0:
            used = min(self.credit, charge.amount)
            self.credit -= used
            parts[charge.component], credit = charge.amount - used, -used
        else:
            order = in_listing([charge.component])
            off, credit = take(self.owed, -charge.amount, order)
            parts = {name: -off[name] for name in COMPONENTS}
            self.credit += credit
        self._add(parts)
        if charge.component in ("interest", "penalty", "fees"):
            self.accrual.charge(charge.amount)
        self.book(charge.on, CHARGE, parts, credit, charge.text, charge.id)

    def _pay(self, payment: Payment) -> None:
        if payment.reversed_on and payment.reversed_on <= self.as_of:
            self.book(payment.on, REVERSED, nothing(), 0, payment.reference, payment.id)
            return
        before = len(self.accrual.lines)
        self.accrual.before_payment(payment.on)
        self._book_interest(payment.on, before)
        parts, rest = take(self.owed, payment.amount, in_listing(filter(None, payment.order.split(","))))
        self._add({name: -parts[name] for name in COMPONENTS})
        self.credit += rest
        self.paid += payment.amount
        negative = {name: -parts[name] for name in COMPONENTS}
        self.book(payment.on, PAYMENT, negative, rest, payment.reference, payment.id)

    def _book_interest(self, on: date, before: int) -> None:
        interest = sum(line.charged for line in self.accrual.lines[before:])
        if interest:
            self.book(on, INTEREST, nothing() | {"interest": interest}, 0, "", None)

    def _let_off(self, on: date, approval: str) -> None:
        rest = {name: -amount for name, amount in self.owed.items()}
        if any(rest.values()):
            self._add(rest)
            self.book(on, REDUCTION, rest, 0, approval, None)

    def _add(self, parts: Mapping[str, int]) -> None:
        for name, amount in parts.items():
            self.owed[name] += amount
