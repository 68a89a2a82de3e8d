"""An account as it was known to be on a day: later facts left out, later endings not yet come."""

from datetime import date, tzinfo
from typing import Any

from collectctl.domain.facts import AccountFile
from collectctl.domain.tasks import local_day


def until(account: AccountFile, day: date, zone: tzinfo) -> AccountFile:
    """The facts of an account up to `day`, inside; what ended later had not ended."""

    def ended(facts: tuple[Any, ...], begins: str, *ends: str) -> tuple[Any, ...]:
        return tuple(_before(fact, ends, day) for fact in facts if getattr(fact, begins) <= day)

    return account._replace(
        activities=tuple(a for a in account.activities if local_day(a, zone) <= day),
        promises=ended(account.promises, "made_on", "withdrawn_on"),
        payments=ended(account.payments, "on", "reversed_on"),
        charges=ended(account.charges, "on"),
        plans=ended(account.plans, "made_on", "cancelled_on"),
        settlements=ended(account.settlements, "made_on"),
        requests=ended(account.requests, "asked_on"),
        complaints=tuple(
            c if c.closed_on else c._replace(closed_as="", answer="")
            for c in ended(account.complaints, "received_on", "closed_on")
        ),
        claims=tuple(
            c if c.closed_on else c._replace(closed_as="")
            for c in ended(account.claims, "made_on", "closed_on", "transferred_on")
        ),
    )


def _before(fact: Any, ends: tuple[str, ...], day: date) -> Any:  # noqa: ANN401
    """`fact` without an ending that came after `day`."""
    later = {end: None for end in ends if getattr(fact, end) and getattr(fact, end) > day}
    return fact._replace(**later) if later else fact
