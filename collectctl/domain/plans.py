"""Plans: which one stands, and how far it has come."""

from collections.abc import Sequence
from datetime import date

from collectctl.domain.facts import AccountFile
from collectctl.domain.moneyfacts import Plan
from collectctl.domain.promises import PromiseState, states_of
from collectctl.domain.records import Record

RUNNING, KEPT, BROKEN, CANCELLED = "running", "kept", "broken", "cancelled"


class PlanState(Record):
    """A plan with its parts in the order of their days; `kept` is what has come for them (minor units)."""

    plan: Plan
    state: str
    parts: tuple[PromiseState, ...]
    kept: int


def standing_plan(account: AccountFile) -> Plan | None:
    """The newest plan of the current placement that was not cancelled."""
    start = account.placement.operation
    found = [p for p in account.plans if p.operation >= start and p.cancelled_on is None]
    return found[-1] if found else None


def plan_states(account: AccountFile, today: date) -> tuple[PlanState, ...]:
    """Every plan of an account, oldest first."""
    if not account.plans:
        return ()
    states = states_of(account, today)
    return tuple(
        _state(plan, [s for s in states if s.promise.plan == plan.id], today) for plan in account.plans
    )


def _state(plan: Plan, parts: Sequence[PromiseState], today: date) -> PlanState:
    ordered = tuple(sorted(parts, key=lambda s: (s.promise.due_on, s.promise.id)))
    if plan.cancelled_on and plan.cancelled_on <= today:
        state = CANCELLED
    elif all(s.state == "kept" for s in ordered):
        state = KEPT
    else:
        state = BROKEN if any(s.broken_on for s in ordered) else RUNNING
    return PlanState(plan, state, ordered, sum(s.kept for s in ordered))


def current_plan(account: AccountFile, today: date) -> PlanState | None:
    """The newest plan, whatever became of it."""
    states = plan_states(account, today)
    return states[-1] if states else None
