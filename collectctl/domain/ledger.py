"""The ledger of an account: what the client stated at the beginning, and everything that moved it since.

It begins with the first statement of the current placement; what belongs to an earlier placement is in that
statement. Charges that accrue by terms are booked when a payment comes, so that it serves them; until the
next one a `quote` works them out for any day. The balance is the sum of the components less the credit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date

from collectctl.domain.accrual import Accrual, Line, segments
from collectctl.domain.components import COMPONENTS, in_listing, nothing, stated, take
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Charge, Terms
from collectctl.domain.owing import at_statement, difference, opening
from collectctl.domain.rates import read_share, share_of
from collectctl.domain.records import Record
from collectctl.domain.settlements import paid_settlement
from collectctl.domain.words import _

OPENING, CHARGE, INTEREST, PENALTY, PAYMENT, REVERSED, LET_OFF = (
    "opening", "charge", "interest", "penalty", "payment", "reversed", "reduction",
)  # fmt: skip


class Movement(Record):
    """One line: `amount` is what it does to the balance, `parts` and `credit` where it went (minor units)."""

    on: date
    kind: str
    amount: int
    parts: Mapping[str, int]
    credit: int
    balance: int
    text: str
    id: int | None = None


class Penalty(Record):
    """What is unpaid of a minimum payment costs `amount`, a cap leaves `charged` of it; `text` says why."""

    amount: int
    charged: int
    text: str


class Ledger(Record):
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


def with_charges(account: AccountFile, on: date) -> Ledger:
    """The same with what has accrued by the terms until `on`, the closing day: what would clear it then."""
    walk = Walk(account, on)
    walk.close(on)
    return walk.ledger()


def differences(account: AccountFile) -> dict[str, int]:
    """What the client's newest statement has more than the ledger had on its day, by component (minor units).

    They sum to `owing.difference`: where one of the two has a credit, the principal takes what is left.
    """
    known = with_charges(at_statement(account), account.statement.stated_on).owed
    wanted, _unexplained = stated(account.statement)
    found = {name: wanted[name] - known[name] for name in COMPONENTS}
    found["principal"] += difference(account) - sum(found.values())
    return found


def terms_on(account: AccountFile, on: date) -> Terms | None:
    """The terms in force on a day: those that began last, the newest of one day."""
    found = [t for t in account.terms if t.from_on <= on]
    return max(found, key=lambda t: (t.from_on, t.id), default=None)


def unpaid_minimum(terms: Terms, payments: Sequence[Payment]) -> int:
    """What is unpaid of the minimum payment on the day on which its penalty is due (minor units).

    `terms.minimum` has what came before the terms were set; what was recorded since, and in time, is off.
    """
    since = (p for p in payments if p.operation > terms.operation)
    came = sum(p.amount for p in since if terms.penalty_on is None or p.on <= terms.penalty_on)
    return max(0, (terms.minimum or 0) - came)


def penalty_on(unpaid: int, rate: str, floor: int) -> int:
    """A share of what is unpaid of a minimum payment, the issuer's floor at least; nothing unpaid, none.

    Minor units. Raises `BadRate` (exit 2).
    """
    share = read_share(rate)
    return max(floor, share_of(unpaid, share)) if unpaid > 0 else 0


class Walk:
    """Goes through an account's movements in the order of their days, once."""

    def __init__(self, account: AccountFile, as_of: date) -> None:
        first = opening(account)
        self.account, self.as_of = account, as_of
        self.owed, self.unexplained = stated(first)
        self.credit = max(0, -first.balance)
        self.accrual = Accrual(self.owed, segments(account.terms))
        self.paid = 0
        self._done: list[Payment] = []  # the payments so far
        self._penalised = False
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
            if isinstance(movement, Charge):
                self._charge(movement)
                continue
            completes = settled if settled and movement.id == settled.paid_by else None
            beyond = completes.paid - completes.settlement.amount if completes else 0
            self._pay(movement, beyond)
            if completes:
                self._let_off(movement.on, completes.approval)

    def _movements(self) -> Iterator[Charge | Payment]:
        start = self.account.placement.operation
        yield from (c for c in self.account.charges if c.operation >= start and c.on <= self.as_of)
        for payment in self.account.payments:
            if payment.confirmed and payment.operation >= start and payment.on <= self.as_of:
                yield payment

    def _charge(self, charge: Charge) -> None:
        self.accrue(charge.on, self.accrual.run)
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
            self.accrual.charge(charge.amount, charge.on)
        self.book(charge.on, CHARGE, parts, credit, charge.text, charge.id)

    def _pay(self, payment: Payment, beyond: int) -> None:
        """`beyond` of it is more than a settlement asks for: a credit, the rest of the debt is let off."""
        if payment.reversed_on and payment.reversed_on <= self.as_of:
            self.book(payment.on, REVERSED, nothing(), 0, payment.reference, payment.id)
            return
        if self.account.terms:
            self._found_by(payment)
        order = in_listing(filter(None, payment.order.split(",")))
        parts, rest = take(self.owed, payment.amount - beyond, order)
        rest += beyond
        self._add({name: -parts[name] for name in COMPONENTS})
        self.credit += rest
        self.paid += payment.amount
        self._done.append(payment)
        negative = {name: -parts[name] for name in COMPONENTS}
        self.book(payment.on, PAYMENT, negative, rest, payment.reference, payment.id)

    def close(self, on: date) -> None:
        """Book what has accrued until a closing day, and the penalty."""
        self.accrue(on, self.accrual.close)
        self.book_penalty(on)

    def _found_by(self, payment: Payment) -> None:
        """Book what a payment finds. One that clears the debt closes it: its day is the closing day."""
        trial = copy(self)
        trial.owed, trial.movements = dict(self.owed), list(self.movements)
        trial.accrual = self.accrual.fork(trial.owed)
        trial.close(payment.on)
        if payment.amount >= sum(trial.owed.values()) - self.credit:
            self.close(payment.on)
            return
        self.accrue(payment.on, self.accrual.before_payment)
        terms = terms_on(self.account, payment.on)
        if terms and terms.penalty_on and payment.on > terms.penalty_on:
            self.book_penalty(payment.on)

    def accrue(self, on: date, charge: Callable[[date], None]) -> None:
        """Book the interest that `charge` works out until `on`."""
        before = len(self.accrual.lines)
        charge(on)
        interest = sum(line.charged for line in self.accrual.lines[before:])
        if interest:
            self.book(on, INTEREST, nothing() | {"interest": interest}, 0, "", None)

    def penalty(self, on: date) -> Penalty:
        """The penalty that the terms of a day ask for, unless one was booked, and what a cap leaves of it."""
        terms = terms_on(self.account, on)
        if terms is None or not terms.penalty or self._penalised:
            return Penalty(0, 0, "")
        if terms.minimum is None:
            return Penalty(0, 0, _("the client states no minimum payment"))
        unpaid = unpaid_minimum(terms, self._done)
        amount, room = penalty_on(unpaid, terms.penalty, terms.penalty_floor), self.accrual.room(on)
        currency = self.account.statement.currency
        text = _("{rate} of the {unpaid} unpaid of the minimum payment").format(
            rate=terms.penalty, unpaid=shown(unpaid, currency)
        )
        if terms.penalty_floor:
            text += _(", at least {floor}").format(floor=shown(terms.penalty_floor, currency))
        return Penalty(amount, amount if room is None else min(amount, room), text)

    def book_penalty(self, on: date) -> None:
        """Book the penalty of a day, once."""
        found = self.penalty(on)
        self._penalised = self._penalised or bool(found.amount)
        if found.charged:
            self._add(nothing() | {"penalty": found.charged})
            self.accrual.charge(found.charged, on)
            self.book(on, PENALTY, nothing() | {"penalty": found.charged}, 0, found.text, None)

    def _let_off(self, on: date, approval: str) -> None:
        rest = {name: -amount for name, amount in self.owed.items()}
        if any(rest.values()):
            self._add(rest)
            self.book(on, LET_OFF, rest, 0, approval, None)

    def _add(self, parts: Mapping[str, int]) -> None:
        for name, amount in parts.items():
            self.owed[name] += amount
