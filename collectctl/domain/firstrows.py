"""The rows of people of whom nothing is recorded yet but what a client's file says.

They are the rows that `worklist.person_entries` gives, and an import makes as many as it has accounts. The
accounts of a file are much alike, so each kind is worked out once. What differs from one to the next are the
balance and two dates, the placement's end and the oldest unpaid due date, and no rule reads more than one of
the three: a row is put together from one without either date, one with each of them, and the points of the
balance.
"""

from collections.abc import Hashable, Sequence
from datetime import date, tzinfo

from collectctl.domain.facts import AccountFile, PersonFile, Phone, Placement, Statement
from collectctl.domain.points import balance_points
from collectctl.domain.policy import Policy
from collectctl.domain.records import Record
from collectctl.domain.worklist import Row, person_entries, with_lead

_MOST = 20_000  # rows that are kept; then all are forgotten


class Debt(Record):
    """An account as a file brings it."""

    account: int
    client: str
    batch: str
    currency: str
    balance: int  # minor units
    overdue_since: date | None
    placed_on: date
    ends_on: date | None
    city: str
    score: int | str | None
    email: str


class _Kind(Record):
    """What accounts have in common whose rows differ in nothing but the two dates and the balance."""

    key: Hashable
    debt: Debt
    policies: tuple[Policy, ...]
    region: str
    phones: tuple[Phone, ...]


class FirstRows:
    """Makes rows as of `today`; `zone` is the collector's."""

    def __init__(self, today: date, zone: tzinfo) -> None:
        self._today, self._zone = today, zone
        self._made: dict[Hashable, Row] = {}

    def rows(
        self,
        person: int,
        debts: Sequence[Debt],
        policies: Sequence[tuple[Policy, ...]],
        region: str,
        phones: tuple[Phone, ...],
    ) -> list[Row]:
        """The rows of a person with these debts, each bound by its policies, who lives in `region`."""
        shape = (region, tuple([(phone.label, phone.zones) for phone in phones]))
        rows = []
        for debt, bound in zip(debts, policies, strict=True):
            alike = (
                shape, tuple([policy.id for policy in bound]), debt.currency, debt.balance > 0,
                debt.placed_on, debt.score, debt.email != "",
            )  # fmt: skip
            rows.append(self._row(person, _Kind(alike, debt, bound, region, phones)))
        return rows if len(rows) == 1 else with_lead([row._replace(lead=False) for row in rows])

    def _row(self, person: int, kind: _Kind) -> Row:
        debt = kind.debt
        like = self._like(kind, debt.ends_on, None)
        if debt.overdue_since:
            bare, overdue = self._like(kind, None, None), self._like(kind, None, debt.overdue_since)
            like = _both(like, bare, overdue) or self._like(kind, debt.ends_on, debt.overdue_since)
        return Row(
            debt.account, person, True, like.state, like.cls,
            like.points + balance_points(debt.balance, debt.currency), like.due_on, like.due_at,
            like.changes_on, debt.client, debt.batch, debt.currency, debt.balance, debt.overdue_since,
            debt.ends_on, None, "", False, debt.city, like.gate, like.window,
        )  # fmt: skip

    def _like(self, kind: _Kind, ends_on: date | None, overdue_since: date | None) -> Row:
        """The row of an account of that kind with these dates, without the points of its balance."""
        key = (kind.key, ends_on, overdue_since)
        row = self._made.get(key)
        if row is None:
            if len(self._made) >= _MOST:
                self._made.clear()
            row = self._made[key] = self._work_out(kind, ends_on, overdue_since)
        return row

    def _work_out(self, kind: _Kind, ends_on: date | None, overdue_since: date | None) -> Row:
        debt, today = kind.debt, self._today
        values = {"client_score": debt.score} if debt.score is not None else {}
        if debt.email:
            values["email"] = debt.email
        placement = Placement(0, 0, "", debt.placed_on, ends_on, "")
        statement = Statement(0, 0, today, debt.currency, debt.balance, overdue_since, values, {})
        account = AccountFile(
            0, "", debt.client, placement, statement, (), (), (), (), (), (), (), kind.policies
        )
        person = PersonFile(0, (account,), kind.phones, (), None, region=kind.region)
        (entry,) = person_entries(person, today, self._zone)
        worth = balance_points(debt.balance, debt.currency)
        return entry.row._replace(points=entry.row.points - worth)


def _both(ending: Row, bare: Row, overdue: Row) -> Row | None:
    """The row of an account with both dates from that with the one and that with the other.

    None where they don't tell on which day it changes: a day that both rows without an end have may be there
    only because there is none.
    """
    changes_on = ending.changes_on or date.max
    if overdue.changes_on != bare.changes_on:
        changes_on = min(changes_on, overdue.changes_on or date.max)
    elif overdue.changes_on and overdue.changes_on < changes_on:
        return None
    points = ending.points + overdue.points - bare.points
    return ending._replace(points=points, changes_on=None if changes_on == date.max else changes_on)
