"""What would settle an account on a day: every line of it, with the conventions that were used.

What was booked comes from the ledger; what has accrued since the last payment is worked out by the terms of
the account. Without terms nothing accrues, and that is said.
"""

from datetime import date
from typing import NamedTuple

from collectctl.domain.accrual import Line
from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.components import Owed
from collectctl.domain.facts import AccountFile
from collectctl.domain.ledger import Movement, Walk
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.orders import Order
from collectctl.domain.owing import difference, still_missing
from collectctl.domain.rates import read_share, share_of
from collectctl.domain.settlements import ACCEPTED, APPROVED, SettlementState, current_settlement
from collectctl.domain.words import _


class Roll(NamedTuple):
    """What brings an account down to a bucket (minor units)."""

    amount: int
    bucket: str


class Quote(NamedTuple):
    """What would settle an account on a day; amounts in minor units.

    `owed` is by component, what accrued until that day included; `penalty` is charged on what is unpaid of
    the minimum payment, `capped` is cut off both by the cap. `settlement` is one that stands.
    """

    account: AccountFile
    on: date
    movements: tuple[Movement, ...]
    accrued: tuple[Line, ...]  # since what was booked last
    penalty: int
    penalty_text: str
    capped: int
    cap: str
    owed: Owed
    credit: int
    convention: str
    order: Order
    settlement: SettlementState | None
    bucket: str
    cure: int | None
    rolls: tuple[Roll, ...]
    difference: int
    unexplained: int  # what of the client's balance its components did not tell: counted as principal

    @property
    def total(self) -> int:
        return sum(self.owed.values()) - self.credit


def quote(account: AccountFile, on: date, order: Order) -> Quote:
    """The account as of `on`; `order` is that of a payment of that day."""
    walk = Walk(account, on)
    booked = len(walk.accrual.lines)
    walk.accrual.close(on)
    terms = terms_on(account, on)
    penalty, text = _penalty(account, terms, on)
    room = walk.accrual.room(on)
    kept = penalty if room is None else min(penalty, room)
    walk.owed["penalty"] += kept
    lines = tuple(walk.accrual.lines[booked:])
    convention = walk.accrual.convention(on)
    days = days_past_due(account.statement.overdue_since, on)
    now_in = bucket(days)
    return Quote(
        account=account,
        on=on,
        movements=tuple(walk.movements),
        accrued=lines,
        penalty=penalty,
        penalty_text=text,
        capped=sum(line.capped for line in lines) + penalty - kept,
        cap=terms.cap if terms else "",
        owed=dict(walk.owed),
        credit=walk.credit,
        convention=_convention(terms, convention.in_words() if convention else ""),
        order=order,
        settlement=_standing(account, on),
        bucket=now_in,
        cure=still_missing(account, "cure_amount"),
        rolls=_rolls(account, now_in),
        difference=difference(account),
        unexplained=walk.unexplained,
    )


def accrued(account: AccountFile, on: date) -> int:
    """The interest that has accrued by the terms since it was booked last (minor units)."""
    if not account.terms:
        return 0
    walk = Walk(account, on)
    booked = len(walk.accrual.lines)
    walk.accrual.close(on)
    return sum(line.charged for line in walk.accrual.lines[booked:])


def terms_on(account: AccountFile, on: date) -> Terms | None:
    """The terms in force on a day: those that began last, the newest of one day."""
    found = [t for t in account.terms if t.from_on <= on]
    return max(found, key=lambda t: (t.from_on, t.id), default=None)


def _convention(terms: Terms | None, words: str) -> str:
    if terms is None or not words:
        return _("no terms are set: nothing accrues (collectctl terms ACCOUNT --rate ...)")
    if terms.compound == "month":
        return _("{convention}, compounded monthly from {day}").format(convention=words, day=terms.from_on)
    return _("{convention}, simple interest on the principal").format(convention=words)


def _penalty(account: AccountFile, terms: Terms | None, on: date) -> tuple[int, str]:
    """The penalty on what is unpaid of the minimum payment that the client states; nothing unpaid, none."""
    if terms is None or not terms.penalty:
        return 0, ""
    unpaid = still_missing(account, "minimum_due")
    if unpaid is None:
        return 0, _("the client states no minimum payment")
    amount = penalty_on(unpaid, terms.penalty, terms.penalty_floor)
    currency = account.statement.currency
    text = _("{rate} of the {unpaid} unpaid of the minimum payment").format(
        rate=terms.penalty, unpaid=shown(unpaid, currency)
    )
    if terms.penalty_floor:
        text += _(", at least {floor}").format(floor=shown(terms.penalty_floor, currency))
    return amount, text


def penalty_on(unpaid: int, rate: str, floor: int) -> int:
    """A share of what is unpaid of a minimum payment, the issuer's floor at least; nothing unpaid, none.

    Minor units. Raises `BadRate` (exit 2).
    """
    share = read_share(rate)
    return max(floor, share_of(unpaid, share)) if unpaid > 0 else 0


def _standing(account: AccountFile, on: date) -> SettlementState | None:
    found = current_settlement(account, on)
    return found if found and found.state in (APPROVED, ACCEPTED) else None


def _rolls(account: AccountFile, now_in: str) -> tuple[Roll, ...]:
    """The sums that the client's file states for lower buckets (降至n期金额), less what has come in."""
    found = []
    for n in range(int(now_in[1:])):
        amount = still_missing(account, f"rollback_{n}")
        if amount:
            found.append(Roll(amount, f"M{n}"))
    return tuple(found)
