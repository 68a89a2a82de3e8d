"""Values as JSON and plain rows write them: money as decimal strings, instants with offset, dates ISO."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from collectctl.domain.money import plain, with_code
from collectctl.domain.promises import PromiseState
from collectctl.domain.when import WEEKDAYS
from collectctl.domain.words import _


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def instant(value: datetime | None, zone: tzinfo | None) -> str | None:
    """ISO 8601 with the offset of `zone`."""
    return value.astimezone(zone).isoformat() if value else None


def sums(totals: Mapping[str, int]) -> dict[str, str]:
    return {currency: plain(minor, currency) for currency, minor in totals.items()}


def amounts(totals: Mapping[str, int]) -> str:
    """Sums for a person's eyes, "0" where there is none."""
    return ", ".join(with_code(minor, currency) for currency, minor in totals.items()) or "0"


def promise(state: PromiseState | None, account: str) -> dict[str, Any] | None:
    """A promise as every JSON document shows it."""
    if state is None:
        return None
    made = state.promise
    return {
        "promise": made.id,
        "account": account,
        "amount": plain(made.amount, made.currency),
        "currency": made.currency,
        "due": made.due_on.isoformat(),
        "state": state.state,
        "kept_amount": plain(state.kept, made.currency),
        "payer": made.payer or None,
    }


def weekday(value: Any) -> str:  # noqa: ANN401
    """A day as people check it: with its weekday."""
    return f"{_(WEEKDAYS[value.weekday()])} {value:%Y-%m-%d}"


def moment(value: datetime) -> str:
    return f"{weekday(value)} {value:%H:%M}"
