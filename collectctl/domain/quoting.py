"""What would settle an account on a day: every line of it, with the conventions that were used.

What was booked comes from the ledger; what has accrued since the last payment is worked out by the terms of
the account. Without terms nothing accrues, and that is said.
"""

from datetime import date

from collectctl.domain.accrual import Line
from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.components import Owed
from collectctl.domain.facts import AccountFile
from collectctl.domain.ledger import Movement, Walk, terms_on
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.orders import Order
from collectctl.domain.owing import difference, still_missing
from collectctl.domain.records import Record
from collectctl.domain.settlements import ACCEPTED, APPROVED, SettlementState, current_settlement
from collectctl.domain.words import _


class Roll(Record):
    """What brings an account down to a bucket (minor units)."""

    amount: int
    bucket: str


class Quote(Record):
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
    penalty = walk.penalty(on)
    walk.owed["penalty"] += penalty.charged
    lines = tuple(walk.accrual.lines[booked:])
    convention = walk.accrual.convention(on)
    days = days_past_due(account.statement.overdue_since, on)
    now_in = bucket(days)
    return Quote(
        account=account,
        on=on,
        movements=tuple(walk.movements),
        accrued=lines,
        penalty=penalty.amount,
        penalty_text=penalty.text,
        capped=sum(line.capped for line in lines) + penalty.amount - penalty.charged,
        cap=terms.cap if terms else "",
        owed=dict(walk.owed),
        credit=walk.credit,
        convention=_convention(terms, convention.in_words() if convention else ""),
        order=order,
        settlement=_standing(account, on),
        bucket=now_in,
        cure=still_missing(account, "cure_amount", on),
        rolls=_rolls(account, now_in, on),
        difference=difference(account),
        unexplained=walk.unexplained,
    )


def _convention(terms: Terms | None, words: str) -> str:
    if terms is None:
        return _("no terms are set: nothing accrues (collectctl terms ACCOUNT --rate ...)")
    if not words:
        return _("no rate since {day}: no interest accrues").format(day=terms.from_on)
    if terms.compound == "month":
        return _("{convention}, compounded monthly from {day}").format(convention=words, day=terms.from_on)
    return _("{convention}, simple interest on the principal").format(convention=words)


def _standing(account: AccountFile, on: date) -> SettlementState | None:
    found = current_settlement(account, on)
    return found if found and found.state in (APPROVED, ACCEPTED) else None


def _rolls(account: AccountFile, now_in: str, on: date) -> tuple[Roll, ...]:
    """The sums that the client's file states for lower buckets (降至n期金额), less what has come in."""
    found = []
    for n in range(int(now_in[1:])):
        amount = still_missing(account, f"rollback_{n}", on)
        if amount and (n or amount != still_missing(account, "cure_amount", on)):
            found.append(Roll(amount, f"M{n}"))
    return tuple(found)
