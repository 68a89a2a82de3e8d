"""What became of the promises: derived from dates and payments, never stored.

Only money received from the day on which a promise was made serves it. Payments go to the oldest due part
first, so that no money counts twice. A promise made in a later contact withdraws an open older one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from collectctl.domain.facts import Payment, Promise
from collectctl.domain.memo import kept

GRACE_DAYS = 1  # calendar days after the due date before a promise counts as broken


class PromiseState(NamedTuple):
    promise: Promise
    state: str  # open, kept, partly-kept, broken, withdrawn
    kept: int  # minor units received for it
    broken_on: date | None  # the first day on which it counts as broken
    kept_on: date | None


@kept
def promise_states(
    promises: Sequence[Promise], payments: Sequence[Payment], today: date, grace: int = GRACE_DAYS
) -> tuple[PromiseState, ...]:
    """The state of each promise of one account as of `today`."""
    kept = _allocate(promises, payments)
    return tuple(_state(p, promises, kept[p.id], today, grace) for p in promises)


def _allocate(promises: Sequence[Promise], payments: Sequence[Payment]) -> dict[int, tuple[int, date | None]]:
    """For each promise what was received for it, and the day on which it was complete."""
    kept: dict[int, tuple[int, date | None]] = {p.id: (0, None) for p in promises}
    oldest_first = sorted(promises, key=lambda p: (p.due_on, p.id))
    for payment in sorted((p for p in payments if p.confirmed), key=lambda p: (p.on, p.id)):
        left = payment.amount
        for promise in oldest_first:
            got, _done = kept[promise.id]
            if left <= 0 or payment.currency != promise.currency or payment.on < promise.made_on:
                continue
            part = min(left, promise.amount - got)
            kept[promise.id] = (got + part, payment.on if part and got + part == promise.amount else _done)
            left -= part
    return kept


def _state(
    promise: Promise, promises: Sequence[Promise], kept: tuple[int, date | None], today: date, grace: int
) -> PromiseState:
    amount, kept_on = kept
    broken_on = promise.due_on + timedelta(days=grace + 1)
    if amount >= promise.amount:
        return PromiseState(promise, "kept", amount, None, kept_on)
    later = [p for p in promises if p.activity != promise.activity and p.made_at > promise.made_at]
    if any(p.made_on < broken_on for p in later) and not amount:
        return PromiseState(promise, "withdrawn", amount, None, None)
    if today < broken_on:
        return PromiseState(promise, "open", amount, None, None)
    return PromiseState(promise, "partly-kept" if amount else "broken", amount, broken_on, None)
