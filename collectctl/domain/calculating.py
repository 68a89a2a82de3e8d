"""`calc interest`: an interest by itself, with payments, without an account; the same walk as a ledger's."""

from collections.abc import Sequence
from datetime import date

from collectctl.domain.accrual import Accrual, Line, Segment
from collectctl.domain.components import COMPONENTS, nothing, take
from collectctl.domain.errors import BadUsage
from collectctl.domain.hours import named_day
from collectctl.domain.money import shown
from collectctl.domain.rates import Convention
from collectctl.domain.records import Record
from collectctl.domain.words import _


class EndsFirst(BadUsage):
    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            _("the span ends on {last}, before it begins on {first}").format(first=first, last=last),
            "--to DATE",
        )


class OutsideSpan(BadUsage):
    def __init__(self, on: date) -> None:
        super().__init__(
            _("the payment of {day} lies outside the span").format(day=named_day(on)), "--pay AMOUNT@DATE"
        )


class TooMuch(BadUsage):
    def __init__(self, rest: int, currency: str) -> None:
        super().__init__(
            _("the payments are {rest} more than what they can serve").format(rest=shown(rest, currency)),
            _("--allocate lets them serve the interest too"),
        )


class Interest(Record):
    """`interest` is all that was charged, `total` what is left to pay (minor units)."""

    lines: tuple[Line, ...]
    interest: int
    principal_left: int
    total: int

    @property
    def days(self) -> int:
        return sum(line.days for line in self.lines)


def interest(
    principal: int, span: tuple[date, date], convention: Convention, pays: Sequence[tuple[int, date]],
    order: Sequence[str], currency: str,
) -> Interest:  # fmt: skip
    """The interest of a principal from the first day of `span` to its last, the closing day.

    Payments serve the components of `order`: the principal alone, or both in an order. Raises `EndsFirst`,
    `OutsideSpan`, `TooMuch` (exit 2).
    """
    first, last = span
    if last < first:
        raise EndsFirst(first, last)
    owed = nothing() | {"principal": principal}
    accrual = Accrual(owed, [Segment(first, convention)])
    for amount, on in sorted(pays, key=lambda p: p[1]):
        if not first <= on <= last:
            raise OutsideSpan(on)
        if on == last:
            accrual.close(last)  # whether that day is charged is not the payment's to say
        else:
            accrual.before_payment(on)
        parts, rest = take(owed, amount, order)
        if rest:
            raise TooMuch(rest, currency)
        for name in COMPONENTS:
            owed[name] -= parts[name]
    accrual.close(last)
    lines = tuple(accrual.lines)
    return Interest(lines, sum(line.charged for line in lines), owed["principal"], sum(owed.values()))
