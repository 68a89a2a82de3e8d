"""The terms of an account, put together and said in words: how charges accrue, whose order payments have."""

from datetime import date

from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.ledger import terms_on, unpaid_minimum
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.orders import order_called
from collectctl.domain.owing import still_missing
from collectctl.domain.rates import NoConvention, read_convention, read_rate, read_share
from collectctl.domain.records import Record
from collectctl.domain.words import _

NONE = "none"  # takes something away


class NoTerms(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a floor goes with a penalty (--penalty), a cap and compounding with a rate (--rate)"),
            "collectctl terms ACCOUNT --rate 24%/year --basis 365 --last-day not --payment-day new",
        )


class Stated(Record):
    """Terms as they were typed; "" and None where nothing was said; the floor in minor units."""

    rate: str = ""
    basis: str = ""
    last_day: str = ""
    payment_day: str = ""
    compound: str = ""
    penalty: str = ""
    penalty_floor: int = 0
    cap: str = ""
    order: str = ""


def new_terms(account: AccountFile, told: Stated, from_on: date) -> Terms:
    """The terms from a day on: what `told` leaves out stays as it was, `none` takes it away.

    A penalty is about what is unpaid of the minimum payment that the client states now; one that goes on
    keeps its own. Raises `NoConvention`, `NoTerms` and the errors of rates and orders (exit 2).
    """
    before = terms_on(account, from_on)
    known = Stated(*before[3:12]) if before else Stated()
    if told.rate == NONE:  # what is about it goes with it
        known = known._replace(basis="", last_day="", payment_day="", compound="", cap="")
    if told.penalty == NONE:
        known = known._replace(penalty_floor=0)
    values = [new or old for new, old in zip(told, known, strict=True)]
    whole = Stated._make("" if value == NONE else value for value in values)
    made = Terms(0, account.id, from_on, *whole[:4], whole.compound or NONE, *whole[5:])
    _check(made)
    if not made.penalty:
        return made
    if told.penalty or before is None:
        return made._replace(minimum=still_missing(account, "minimum_due", from_on), penalty_on=from_on)
    stands = None if before.minimum is None else unpaid_minimum(before, account.payments)
    return made._replace(minimum=stands, penalty_on=before.penalty_on)


def _check(terms: Terms) -> None:
    if terms.rate:
        read_convention(terms.rate, terms.basis, terms.last_day, terms.payment_day)
    elif terms.basis or terms.last_day or terms.payment_day:
        raise NoConvention(["--rate"])
    needs_rate = terms.cap or terms.compound == "month"
    if (terms.penalty_floor and not terms.penalty) or (needs_rate and not terms.rate):
        raise NoTerms
    if terms.penalty:
        read_share(terms.penalty)
    if terms.cap:
        read_rate(terms.cap)
    if terms.order:
        order_called(terms.order, 0)


def in_words(terms: Terms, currency: str) -> str:
    """Everything that the terms say; "-" where they end what there was."""
    words = []
    if terms.rate:
        words.append(read_convention(terms.rate, terms.basis, terms.last_day, terms.payment_day).in_words())
    if terms.compound == "month":
        words.append(_("compounded monthly"))
    if terms.penalty:
        words.append(_("penalty {rate} of what is unpaid of the minimum").format(rate=terms.penalty))
    if terms.penalty_floor:
        words.append(_("at least {floor}").format(floor=shown(terms.penalty_floor, currency)))
    if terms.cap:
        words.append(_("all charges together at most {cap}").format(cap=terms.cap))
    if terms.order:
        sequence = order_called(terms.order, 0).sequence
        words.append(_("payments in the order {order}").format(order=", ".join(map(_, sequence))))
    return "; ".join(words) or "-"
