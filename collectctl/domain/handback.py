"""What goes back to a client: accounts that leave, what is undone about them, and a period's sums.

Days are the collector's; money is minor units.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from collectctl.domain.complaints import open_complaints
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.holds import standing_holds
from collectctl.domain.numbers import dialling
from collectctl.domain.owing import balance_of
from collectctl.domain.periods import Period
from collectctl.domain.plans import current_plan
from collectctl.domain.promises import states_of
from collectctl.domain.receipts import open_claims
from collectctl.domain.records import Record
from collectctl.domain.tasks import CONTACT, attempts, local_day, tasks
from collectctl.domain.words import _

LEAVING_DAYS = 7  # before the end of a placement
_HARDSHIP = ("hardship", "income-loss", "illness", "over-indebted", "death")  # reasons for arrears


class Leaving(Record):
    """An account whose placement ends soon or has ended; `undone` is said in words."""

    account: int
    number: str
    name: str
    ends_on: date
    currency: str
    balance: int
    promised: int  # by promises that are open
    claimed: int  # said to be paid, and not confirmed
    undone: tuple[str, ...]

    @property
    def at_risk(self) -> int:
        """What is expected of an account, and comes to somebody else when it leaves."""
        return self.promised + self.claimed


class Gone(Record):
    """An account that was closed."""

    account: int
    number: str
    name: str
    closed_on: date
    closed_as: str
    currency: str
    balance: int


class Summary(Record):
    """What a supervisor asks of a period: counts are of accounts unless said otherwise."""

    open: int
    placed: int
    closed: Mapping[str, int]  # by how
    untouched: int  # open ones without any attempt in the placement
    plans_made: int
    plans_running: int
    settlements: int  # agreed on
    hardship: int
    holds: Mapping[str, int]  # open ones, by the kind of a standing hold
    complaints_open: int


def leaving(person: PersonFile, today: date, zone: tzinfo, days: int = LEAVING_DAYS) -> Iterable[Leaving]:
    """The person's open accounts that leave within `days`, or should have left."""
    dial = dialling(person, today, zone)
    for account in person.accounts:
        ends = account.placement.ends_on
        if not account.open or ends is None or ends > today + timedelta(days=days):
            continue
        states = [s for s in states_of(account, today) if s.state == "open"]
        todo = [t.reason for t in tasks(account, dial, today, zone) if t.task != CONTACT]
        if not attempts(account):
            todo.append(_("never called"))
        if states:
            todo.append(_("promises still open: {count}").format(count=len(states)))
        yield Leaving(
            account.id, account.number, account.debtor, ends, account.statement.currency, balance_of(account),
            sum(s.promise.amount - s.kept for s in states),
            sum(claim.amount for claim in open_claims(account.payments)), tuple(dict.fromkeys(todo)),
        )  # fmt: skip


def gone(accounts: Iterable[AccountFile], period: Period) -> list[Gone]:
    """The accounts that were closed in the period, in the order of their days."""
    found = [
        Gone(a.id, a.number, a.debtor, on, a.placement.closed_as, a.statement.currency, balance_of(a))
        for a in accounts
        if (on := a.placement.closed_on) and period.holds(on)
    ]
    return sorted(found, key=lambda g: (g.closed_on, g.number))


def summary(accounts: Sequence[AccountFile], period: Period, today: date, zone: tzinfo) -> Summary:
    """The sums of a client's accounts."""
    standing = [a for a in accounts if a.open]
    plans = [current_plan(a, today) for a in standing if a.plans]
    return Summary(
        open=len(standing),
        placed=sum(period.holds(a.placement.placed_on) for a in accounts),
        closed=Counter(g.closed_as for g in gone(accounts, period)),
        untouched=sum(not attempts(a) for a in standing),
        plans_made=sum(period.holds(p.made_on) for a in accounts for p in a.plans if p.settlement is None),
        plans_running=sum(plan is not None and plan.state == "running" for plan in plans),
        settlements=sum(period.holds(s.made_on) for a in accounts for s in a.settlements if s.accepted),
        hardship=sum(_told_of_hardship(a, period, zone) for a in accounts),
        holds=Counter(kind for a in standing for kind in _held(a, today)),
        complaints_open=sum(len(open_complaints(a)) for a in accounts),
    )


def _told_of_hardship(account: AccountFile, period: Period, zone: tzinfo) -> bool:
    return any(
        (entry.outcome == "hardship" or entry.reason in _HARDSHIP) and period.holds(local_day(entry, zone))
        for entry in account.activities
    )


def _held(account: AccountFile, today: date) -> set[str]:
    return {hold.kind for hold in standing_holds(account, today)}
