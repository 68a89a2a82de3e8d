"""What became of the promises: derived from dates and payments, never stored.

Only money received from the day on which a promise was made serves it. A payment goes to the oldest open
promise that it can serve, what is left to those broken before, so that no money counts twice. A promise made
in a later contact by the same payer withdraws an older open one that is no part of a plan. A payment that
bounced no longer keeps anything. None of it depends on the order in which things were entered.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from collectctl.domain.facts import GRACE_DAYS, AccountFile, Payment, Promise
from collectctl.domain.memo import kept
from collectctl.domain.money import shown
from collectctl.domain.receipts import open_claims, received
from collectctl.domain.records import Record
from collectctl.domain.words import _


class PromiseState(Record):
    promise: Promise
    state: str  # open, kept, partly-kept, broken, withdrawn
    kept: int  # minor units received for it
    broken_on: date | None  # the first day on which it counts as broken
    kept_on: date | None


@kept
def promise_states(
    promises: Sequence[Promise], payments: Sequence[Payment], today: date, grace: int = GRACE_DAYS
) -> tuple[PromiseState, ...]:
    """The state of each promise of one account as of `today`; `grace` in calendar days after due."""
    if not promises:
        return ()
    ends = {p.id: _ended(p, promises, grace) for p in promises}
    kept = _allocate(promises, received(payments, today), payments, ends, grace)
    return tuple(_state(p, ends, kept[p.id], promises, payments, today, grace) for p in promises)


def states_of(account: AccountFile, today: date) -> tuple[PromiseState, ...]:
    """The same for an account, with the grace days that are set for its client."""
    if not account.promises:
        return ()
    return promise_states(account.promises, account.payments, today, account.grace)


def breaks_on(promise: Promise, grace: int) -> date:
    """The first day on which a promise that was not kept counts as broken."""
    return promise.due_on + timedelta(days=grace + 1)


def _made(promise: Promise) -> tuple[str, int]:
    return promise.made_at.isoformat(), promise.id


def together(promise: Promise) -> tuple[int, int, str]:
    """What the parts of one promise share: their contact, else the step and the moment that they are of."""
    if promise.activity:
        return promise.activity, 0, ""
    return 0, promise.operation, promise.made_at.isoformat()


def _ended(promise: Promise, promises: Sequence[Promise], grace: int) -> date | None:
    """The day on which an open promise was taken back, or replaced by a later one of the same payer."""
    days = [promise.withdrawn_on] if promise.withdrawn_on else []
    if promise.plan is None:
        days += [
            other.made_on
            for other in promises
            if together(other) != together(promise)
            and other.payer == promise.payer
            and _made(other) > _made(promise)
        ]
    day = min(days, default=None)
    return day if day and day < breaks_on(promise, grace) else None


def _allocate(
    promises: Sequence[Promise], payments: Sequence[Payment], claims: Sequence[Payment],
    ends: dict[int, date | None], grace: int,
) -> dict[int, tuple[int, date | None]]:  # fmt: skip
    """For each promise what was received for it, and the day on which it was complete."""
    kept: dict[int, tuple[int, date | None]] = {p.id: (0, None) for p in promises}
    oldest_first = sorted(promises, key=lambda p: (p.due_on, *_made(p)))
    claimed_in = {p.id: p.activity for p in claims if p.activity and not p.confirmed}
    for payment in sorted(payments, key=lambda p: (p.on, p.id)):
        left = payment.amount
        at_once = claimed_in.get(payment.confirms or 0)  # half now, half on the 30th: it keeps no later part
        able = [p for p in oldest_first if p.activity != at_once and _serves(payment, p, ends[p.id])]
        for promise in sorted(able, key=lambda p: payment.on >= breaks_on(p, grace)):
            got, done = kept[promise.id]
            if left <= 0 or done:
                continue
            part = min(left, promise.amount - got)
            kept[promise.id] = (got + part, payment.on if got + part == promise.amount else None)
            left -= part
    return kept


def _serves(payment: Payment, promise: Promise, ended: date | None) -> bool:
    """Whether the promise had been made by the day of the payment, and not been taken back.

    A plan is about the balance that was left: what came before it on the same day is off that already.
    """
    before = promise.plan is not None and payment.on == promise.made_on
    return (
        payment.currency == promise.currency
        and promise.made_on <= payment.on
        and not (before and payment.operation <= promise.operation)
        and (ended is None or payment.on < ended)
    )


def _state(
    promise: Promise, ends: dict[int, date | None], kept: tuple[int, date | None],
    promises: Sequence[Promise], payments: Sequence[Payment], today: date, grace: int,
) -> PromiseState:  # fmt: skip
    amount, kept_on = kept
    if kept_on:
        return PromiseState(promise, "kept", amount, None, kept_on)
    ended = ends[promise.id]
    if ended and ended <= today:
        return PromiseState(promise, "withdrawn", amount, None, None)
    broken_on = breaks_on(promise, grace)
    if today < broken_on:
        return PromiseState(promise, "open", amount, None, None)
    for day in _bounced_after(payments, broken_on, today):
        before = received(payments, day - timedelta(days=1))
        if _allocate(promises, before, payments, ends, grace)[promise.id][1]:
            broken_on = day
            break
    return PromiseState(promise, "partly-kept" if amount else "broken", amount, broken_on, None)


def _bounced_after(payments: Sequence[Payment], day: date, today: date) -> Iterator[date]:
    """The days on which payments were reversed after `day`, newest first."""
    yield from sorted({p.reversed_on for p in payments if p.reversed_on and day < p.reversed_on <= today})[
        ::-1
    ]


def replaced(account: AccountFile, new: Collection[int], today: date) -> list[str]:
    """What the promises of the ids `new` took the place of, in words."""
    before = tuple(p for p in account.promises if p.id not in new)
    states = promise_states(before, account.payments, today, account.grace)
    was_open = {s.promise.id for s in states if s.state == "open"}
    return [
        _("the promise of {amount} for {day} is withdrawn by this one").format(
            amount=shown(s.promise.amount, s.promise.currency), day=s.promise.due_on
        )
        for s in states_of(account, today)
        if s.state == "withdrawn" and s.promise.id in was_open
    ]


def paid_before(states: Sequence[PromiseState], new: Collection[int]) -> list[str]:
    """Money that came in on the day on which the promises `new` were made counts for them; said, in words."""
    return [
        _("{amount} of today count for the promise of {promised} already").format(
            amount=shown(s.kept, s.promise.currency), promised=shown(s.promise.amount, s.promise.currency)
        )
        for s in states
        if s.promise.id in new and s.kept
    ]


def claimed_promises(states: Sequence[PromiseState], payments: Sequence[Payment]) -> set[int]:
    """The promises whose missing part is said to be paid, the oldest first: the client is asked first."""
    claims = {c.id: c.amount for c in open_claims(payments)} if payments else {}
    found = set()
    for state in sorted(states, key=lambda s: (s.promise.due_on, s.promise.id)) if claims else ():
        made, missing = state.promise, state.promise.amount - state.kept
        if state.state not in ("open", "broken", "partly-kept"):
            continue
        able = [c for c in open_claims(payments) if c.on >= made.made_on and c.currency == made.currency]
        if sum(claims[c.id] for c in able) < missing:
            continue
        found.add(made.id)
        for claim in able:
            used = min(missing, claims[claim.id])
            claims[claim.id] -= used
            missing -= used
    return found
