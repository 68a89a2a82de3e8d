"""Money that comes in: what it confirms, what it pays, which promises it keeps, whether it settles the debt.

One pure decision from an account and the payments, for one that was typed and for a client's whole file.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from collectctl.domain.components import COMPONENTS, nothing
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.holds import standing_holds
from collectctl.domain.hours import named_day
from collectctl.domain.ledger import INTEREST, LET_OFF, PAYMENT, PENALTY, Movement, ledger
from collectctl.domain.money import shown
from collectctl.domain.owing import balance_of, opening
from collectctl.domain.promises import PromiseState, states_of
from collectctl.domain.receipts import claim_confirmed_by, open_claims, received
from collectctl.domain.records import Record
from collectctl.domain.settlements import SettlementState, paid_settlement
from collectctl.domain.words import _

LONGEST_REFERENCE = 100


class FuturePayment(BadUsage):
    def __init__(self, on: date) -> None:
        super().__init__(
            _("a payment can't have come in on a day to come: {day}").format(day=named_day(on)),
            "collectctl log ACCOUNT ptp 2000@fri",
        )


class BeforePlacement(BadUsage):
    def __init__(self, on: date, placed_on: date) -> None:
        super().__init__(
            _(
                "{day} is before {placed}, when the client placed the account: its balance has that already"
            ).format(day=named_day(on), placed=named_day(placed_on)),
            f"--on {placed_on}",
        )


class ReferenceTaken(Refused):
    def __init__(self, reference: str, known: Payment) -> None:
        super().__init__(
            _("the reference {reference} is on record with {amount} of {day}").format(
                reference=reference, amount=shown(known.amount, known.currency), day=named_day(known.on)
            ),
            _("another reference, or: collectctl payment reverse ACCOUNT {reference}").format(
                reference=reference
            ),
        )


class BadReference(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("that is no reference: it begins with #, as our own numbers do, or is too long"), "--ref R-17"
        )


class Received(Record):
    """An account after money came in: `payments` as they are to be recorded, each with the claim it confirms.

    `kept` are promises that were not kept before; `paid_off` says that nothing is owed any more.
    """

    account: AccountFile
    payments: tuple[Payment, ...]
    kept: tuple[PromiseState, ...]
    settled: SettlementState | None
    paid_off: bool


class Spread(Record):
    """Where a payment went: by component, and what is a credit (minor units)."""

    parts: Mapping[str, int]
    credit: int


def check_day(account: AccountFile, on: date, today: date) -> None:
    """Raises `FuturePayment`, `BeforePlacement` (exit 2)."""
    if on > today:
        raise FuturePayment(on)
    placed_on = stated_placement(account)
    if placed_on and on < placed_on:
        raise BeforePlacement(on, placed_on)


def stated_placement(account: AccountFile) -> date | None:
    """The day on which the client placed the account, where its file says so."""
    return account.placement.placed_on if account.statement.values.get("placed_on") else None


def check_reference(reference: str) -> None:
    """Raises `BadReference` (exit 2)."""
    if reference.startswith("#") or len(reference) > LONGEST_REFERENCE:
        raise BadReference


def recorded_as(account: AccountFile, reference: str) -> Payment | None:
    """The confirmed payment with that reference, reversed or not."""
    found = (p for p in account.payments if p.confirmed and reference and p.reference == reference)
    return next(found, None)


def receive(account: AccountFile, payments: Sequence[Payment], today: date) -> Received:
    """`account` with `payments`, each confirming the open claim that fits where it names none."""
    after = account
    recorded: list[Payment] = []
    for payment in payments:
        made = _confirming(after, payment) if payment.confirmed else payment
        recorded.append(made)
        after = after._replace(payments=(*after.payments, made))
    before = {s.promise.id for s in states_of(account, today) if s.kept_on}
    kept = tuple(s for s in states_of(after, today) if s.kept_on and s.promise.id not in before)
    settled = paid_settlement(after, today) if not paid_settlement(account, today) else None
    paid_off = balance_of(after) <= 0 < balance_of(account) and settled is None
    return Received(after, tuple(recorded), kept, settled, paid_off)


def _confirming(account: AccountFile, payment: Payment) -> Payment:
    if payment.confirms is not None:
        return payment
    named = (
        c for c in open_claims(account.payments) if payment.reference and c.reference == payment.reference
    )
    claim = next(named, None) or claim_confirmed_by(
        account.payments, payment.on, payment.amount, payment.currency
    )
    return payment._replace(confirms=claim.id if claim else None)


def spread(account: AccountFile, payment: Payment, today: date) -> Spread:
    """Where `payment`, one of the account's, went; a claim has gone nowhere."""
    line = next(
        (m for m in ledger(account, today).movements if m.id == payment.id and m.kind == PAYMENT), None
    )
    if line is None:
        return Spread(nothing(), 0)
    return Spread({name: -line.parts[name] for name in COMPONENTS}, line.credit)


def served(account: AccountFile, payment: Payment, today: date) -> PromiseState | None:
    """The promise that `payment` serves, as it stands with it; None where it serves none."""
    without = account._replace(payments=tuple(p for p in account.payments if p.id != payment.id))
    before = {s.promise.id: s.kept for s in states_of(without, today)}
    return next((s for s in states_of(account, today) if s.kept > before[s.promise.id]), None)


def booked_before(account: AccountFile, payment: Payment, today: date) -> list[Movement]:
    """The charges that `payment` found: what had accrued until its day is booked when it comes."""
    found: list[Movement] = []
    for line in ledger(account, today).movements:
        if line.id == payment.id and line.kind == PAYMENT:
            return found
        found = [*found, line] if line.kind in (INTEREST, PENALTY) else []
    return []


def let_off(account: AccountFile, today: date) -> int:
    """What a settlement has let off (minor units)."""
    return -sum(m.amount for m in ledger(account, today).movements if m.kind == LET_OFF)


def reopens(before: AccountFile, after: AccountFile, today: date) -> bool:
    """Whether an account that was closed as paid or settled is owed on again after a payment went back."""
    if before.placement.closed_as == "settled":
        return bool(paid_settlement(before, today)) and not paid_settlement(after, today)
    return before.placement.closed_as == "paid" and balance_of(before) <= 0 < balance_of(after)


def odd_payment(account: AccountFile, payment: Payment, today: date) -> list[str]:
    """What is doubtful about a payment that is typed; it is recorded all the same.

    In the US a payment goes to a disputed debt only where the debtor says so (12 CFR 1006.30(c)).
    """
    doubts = []
    came = received(account.payments, date.max)
    alike = any((p.on, p.amount) == (payment.on, payment.amount) for p in came)
    if payment.confirmed and not payment.reference and alike:
        doubts.append(_("the same sum of that day is on record already: is it another payment?"))
    begins = opening(account).stated_on
    if payment.on < begins:
        doubts.append(
            _("it came before the client's statement of {day}: does that have it?").format(day=begins)
        )
    if not account.open:
        doubts.append(_("the account was closed on {day}").format(day=account.placement.closed_on))
    american = any(policy.country == "US" for policy in account.policies)
    if payment.confirmed and american and any(h.kind == "dispute" for h in standing_holds(account, today)):
        text = _("the debt is disputed: no payment goes to it unless the debtor says so ({cite}, verify)")
        doubts.append(text.format(cite="12 CFR 1006.30(c)"))
    return doubts
