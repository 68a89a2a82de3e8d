"""Claims on those who answer for a debt beside the debtor: what is asked of them, and what came of it.

A claim is followed like a promise: open until its day, then overdue, paid in parts or whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo

from collectctl.domain.deskfacts import Claim
from collectctl.domain.errors import BadUsage, NotFound, Refused
from collectctl.domain.facts import AccountFile, Party
from collectctl.domain.hours import named_day
from collectctl.domain.money import shown
from collectctl.domain.records import Record
from collectctl.domain.tasks import DESK, Task, local_day
from collectctl.domain.whom import party_called
from collectctl.domain.words import _

# who may answer for a debt; a spouse only where it is shown to be the household's (民法典 1064)
ANSWERABLE = ("guarantor", "co-debtor", "spouse", "insurer")
DUE_DAYS = 30  # calendar days that are given where nothing else was said: ours
AGAIN_DAYS = 7  # after a contact with them, before they are asked again
OPEN, PARTLY, PAID, OVERDUE = "open", "partly-paid", "paid", "overdue"
CLOSINGS = ("refused", "withdrawn")
DONE = (PAID, *CLOSINGS)


class NoSuchParty(NotFound):
    def __init__(self, number: str, typed: str, roles: Sequence[str]) -> None:
        known = _("; known are: {roles}").format(roles=", ".join(dict.fromkeys(roles))) if roles else ""
        super().__init__(
            _("{typed!r} is nobody on {number}").format(typed=typed, number=number) + known,
            f"collectctl person add-party {number} NAME --role guarantor",
        )


class NotAnswerable(Refused):
    def __init__(self, party: Party, number: str) -> None:
        super().__init__(
            _("{role} does not answer for the debt: a claim is on {roles}").format(
                role=party.role, roles=", ".join(ANSWERABLE)
            ),
            f"collectctl person add-party {number} NAME --role guarantor",
        )


class DueAlready(BadUsage):
    def __init__(self, day: date) -> None:
        super().__init__(
            _("a claim can't be due on a day that is past: {day}").format(day=named_day(day)), "--due +30d"
        )


class ClosedClaim(Refused):
    def __init__(self, claim: Claim) -> None:
        super().__init__(
            _("claim {number} was {state} on {day}").format(
                number=claim.id, state=claim.closed_as, day=named_day(claim.closed_on or claim.made_on)
            ),
            "collectctl claim list",
        )


class ClaimState(Record):
    """A claim as of a day; `paid` are minor units that came in and did not go back."""

    claim: Claim
    state: str
    paid: int

    @property
    def left(self) -> int:
        return max(self.claim.amount - self.paid, 0)


def answerable(account: AccountFile, typed: str) -> Party:
    """Who is meant by `--against`. Raises `NoSuchParty` (exit 3), `NotAnswerable` (1)."""
    party = party_called(account, typed)
    if party is None or party.role == "debtor":
        raise NoSuchParty(account.number, typed, [p.role for p in account.parties if p.role != "debtor"])
    if party.role not in ANSWERABLE:
        raise NotAnswerable(party, account.number)
    return party


def claim_states(account: AccountFile, today: date) -> tuple[ClaimState, ...]:
    """Every claim of an account with what came of it by `today`."""
    return tuple(_state(account, claim, today) for claim in account.claims)


def _state(account: AccountFile, claim: Claim, today: date) -> ClaimState:
    came = [
        p.amount for p in account.payments
        if p.id in claim.payments and p.confirmed and not (p.reversed_on and p.reversed_on <= today)
    ]  # fmt: skip
    paid = sum(came)
    if paid >= claim.amount:
        return ClaimState(claim, PAID, paid)
    if claim.closed_on:
        return ClaimState(claim, claim.closed_as, paid)
    if claim.due_on < today:
        return ClaimState(claim, OVERDUE, paid)
    return ClaimState(claim, PARTLY if paid else OPEN, paid)


def claim_tasks(account: AccountFile, today: date, zone: tzinfo) -> Iterator[Task]:
    """To look after what was claimed, on its day and again after each contact about it."""
    for state in claim_states(account, today):
        claim = state.claim
        if state.state in DONE:
            continue
        asked = [local_day(a, zone) for a in account.activities if a.party == claim.name]
        again = [day + timedelta(days=AGAIN_DAYS) for day in asked if day >= claim.due_on]
        reason = _("claim on the {role} {name}: {left} due {day}").format(
            role=claim.role, name=claim.name, left=shown(state.left, claim.currency),
            day=f"{claim.due_on:%m-%d}",
        )  # fmt: skip
        yield Task("follow-up", DESK, max([claim.due_on, *again]), None, reason)
