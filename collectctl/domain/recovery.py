"""What a period did to debts: reversals, settlements, cures, roll-backs and the collector's commission; pure.

Cures and roll-backs count on the day on which what has come in since the client's statement reaches the sum
that the statement names for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.ledger import LET_OFF, ledger
from collectctl.domain.measures import totals
from collectctl.domain.owing import came_since_statement
from collectctl.domain.periods import Period
from collectctl.domain.rates import read_share, share_of
from collectctl.domain.results.report import Recovered, Sums
from collectctl.domain.settlements import PAID, settlement_states


def recovered(
    accounts: Iterable[AccountFile], confirmed: Sequence[Payment], reversals: Sequence[Payment],
    settled: Iterable[int], rates: Mapping[str, str], period: Period,
) -> Recovered:  # fmt: skip
    """`accounts` are those with money or a settlement in the period, `settled` the ids of those closed so;
    `rates` are commissions by client, as `12%`."""
    by_id = {account.id: account for account in accounts}
    known = (by_id[number] for number in settled if number in by_id)
    closed = [a for a in known if a.placement.closed_as == "settled"]  # one that was opened again is not
    states = [s for a in closed for s in settlement_states(a, period.last) if s.state == PAID]
    lines = [(a, m) for a in closed for m in ledger(a, period.last).movements if m.kind == LET_OFF]
    return Recovered(
        reversed=Sums(len(reversals), totals((p.currency, p.amount) for p in reversals)),
        settled=Sums(len(closed), totals((s.settlement.currency, s.settlement.amount) for s in states)),
        reduction=totals((a.statement.currency, -m.amount) for a, m in lines),
        cured=sum(_reached(a, "cure_amount", period) for a in by_id.values()),
        rolled_back=sum(_rolled(a, period) for a in by_id.values()),
        commission=_commission(by_id, confirmed, reversals, rates),
    )


def _reached(account: AccountFile, key: str, period: Period) -> bool:
    """Whether a sum that the statement names was reached by what came in, in the period."""
    wanted = account.statement.values.get(key)
    if not isinstance(wanted, int) or wanted <= 0:
        return False
    day = _day_of(account, wanted, period.last)
    return day is not None and period.holds(day)


def _day_of(account: AccountFile, wanted: int, as_of: date) -> date | None:
    total = 0
    for payment in sorted(came_since_statement(account, as_of), key=lambda p: (p.on, p.id)):
        total += payment.amount
        if total >= wanted:
            return payment.on
    return None


def _rolled(account: AccountFile, period: Period) -> bool:
    """Whether it fell to a lower bucket, and did not come back to current."""
    if _reached(account, "cure_amount", period):
        return False
    return any(_reached(account, f"rollback_{n}", period) for n in range(4))


def _commission(
    by_id: Mapping[int, AccountFile], confirmed: Iterable[Payment], reversals: Iterable[Payment],
    rates: Mapping[str, str],
) -> dict[str, int]:  # fmt: skip
    """Each client's share of what was confirmed less what went back, half up for each client and currency."""
    sums: Counter[tuple[str, str]] = Counter()
    for sign, payments in ((1, confirmed), (-1, reversals)):
        for payment in payments:
            if payment.account in by_id:
                sums[by_id[payment.account].client, payment.currency] += sign * payment.amount
    return totals(
        (currency, share_of(amount, read_share(rates[client])))
        for (client, currency), amount in sums.items()
        if client in rates
    )
