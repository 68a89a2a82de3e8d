"""`calc`: interest, penalty, allocation, court fee and instalments from what is typed, without an account.

Amounts are in the currency that is named, else with two decimals; nothing is read from a book.
"""

from collections.abc import Sequence
from datetime import date

from collectctl.domain.amounts import read_amount
from collectctl.domain.calculating import interest
from collectctl.domain.components import COMPONENTS, less, take
from collectctl.domain.courtfee import CITE, court_fee
from collectctl.domain.errors import BadUsage
from collectctl.domain.instalments import equal_parts, period_called, schedule
from collectctl.domain.ledger import penalty_on
from collectctl.domain.orders import BEFORE, order_called
from collectctl.domain.rates import read_convention
from collectctl.domain.records import Record
from collectctl.domain.results.money import Allocation, Calculated, Schedule, Sum
from collectctl.domain.words import _
from collectctl.intake.currencies import CODES, NO_CURRENCY


class OrderNeedsAllocate(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("--order and --allocate go together: without them payments reduce the principal only"),
            "--allocate --order interest",
        )


class UnknownCurrency(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("no currency is called {typed!r}").format(typed=typed), "--currency CNY")


class Span(Record):
    """The first day that is charged, and the closing day."""

    first: date
    last: date


class Charged(Record):
    """How an interest is to be worked out, as typed."""

    rate: str
    basis: str
    last_day: str
    payment_day: str


def currency_called(typed: str) -> str:
    """The ISO 4217 code, that of none for nothing typed. Raises `UnknownCurrency` (2)."""
    code = typed.strip().upper()
    if code and code not in CODES:
        raise UnknownCurrency(typed)
    return code or NO_CURRENCY


def sum_of(typed: str, currency: str) -> int:
    """An amount of nought is none; minor units. Raises the errors of amounts (2)."""
    return read_amount(typed, currency, {}) if typed.strip().strip("0.") else 0


def calc_interest(
    principal: str, span: Span, charged: Charged, pays: Sequence[tuple[str, date]], *, allocate: bool,
    order: str, currency: str,
) -> Calculated:  # fmt: skip
    """Raises `NoConvention`, `OrderNeedsAllocate` and the errors of amounts, rates and spans (2)."""
    convention = read_convention(*charged)
    if allocate != bool(order):
        raise OrderNeedsAllocate
    sequence = order_called(order).sequence if allocate else ("principal",)
    amounts = [(read_amount(typed, currency, {}), on) for typed, on in pays]
    found = interest(
        read_amount(principal, currency, {}), (span.first, span.last), convention, amounts, sequence, currency
    )
    return Calculated(found, convention.in_words(), currency)


def calc_penalty(minimum: str, paid: str, rate: str, floor: str, currency: str) -> Sum:
    """A share of what is unpaid of a minimum payment; nothing unpaid, no penalty, whatever the floor."""
    unpaid = max(0, sum_of(minimum, currency) - sum_of(paid, currency))
    amount = penalty_on(unpaid, rate, sum_of(floor, currency))
    return Sum("penalty", amount, currency, _("by contract; no interest on it (verify)"))


def calc_allocate(
    owed: dict[str, str], amount: str, order: str, dpd: int | None, penalty: str, currency: str
) -> Allocation:
    """Where a payment goes. Raises `UnknownOrder`, `NeedsDaysPastDue` and the errors of amounts (2)."""
    chosen = order_called(order, dpd, penalty or BEFORE)
    sums = {name: sum_of(owed.get(name, ""), currency) for name in COMPONENTS}
    parts, credit = take(sums, read_amount(amount, currency, {}), chosen.sequence)
    return Allocation(parts, credit, less(sums, parts), chosen, currency)


def calc_court_fee(claim: str, *, simple: bool) -> Sum:
    """The fee of a Chinese court for a claim in yuan."""
    return Sum("fee", court_fee(read_amount(claim, "CNY", {}), simple=simple), "CNY", CITE)


def calc_instalments(amount: str, count: int, first: date, every: str, currency: str) -> Schedule:
    """Equal parts, the first on `first`; the last takes the remainder."""
    parts = equal_parts(read_amount(amount, currency, {}), count, currency)
    return Schedule(tuple(schedule(parts, first, period_called(every))), currency)
