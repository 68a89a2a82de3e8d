"""Plans: a balance in instalments, each of them a promise; collection rests while they are kept."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.errors import NotFound, Refused
from collectctl.domain.facts import AccountFile, Promise
from collectctl.domain.hours import named_day
from collectctl.domain.instalments import Instalment, in_line, period_called
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Plan
from collectctl.domain.owing import paid_off
from collectctl.domain.planning import Wished, instalments
from collectctl.domain.plans import current_plan, standing_plan
from collectctl.domain.promises import replaced, states_of
from collectctl.domain.results.money import PlanResult
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.entries import append_hold
from collectctl.store.journal import Unit
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import NotOpen, each
from collectctl.usecases.promising import append_promises, append_withdrawals


class PlanRunning(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} has a plan that stands").format(number=number), f"collectctl plan cancel {number}"
        )


class NothingOwed(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(_("nothing is owed on {number}").format(number=number), f"collectctl quote {number}")


class NoPlan(NotFound):
    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} has no plan that stands").format(number=number),
            f"collectctl plan new {number} --count 6",
        )


def new(book: Book, account_id: int, wished: Wished, now: datetime) -> Said:
    """Agree on instalments of the whole balance; the account goes on hold while they are kept.

    Raises `NoParts`, `FirstInPast`, `AllDown`, `NotCovered` and the errors of amounts (2), `PlanRunning`,
    `TooLong`, `NotOpen`, `NothingOwed` (1).
    """

    def write(made: Unit, found: Target) -> Done:
        account, today = found.account, now.date()
        check_owing(account)
        if standing_plan(account) and current_plan_runs(account, today):
            raise PlanRunning(account.number)
        parts = instalments(account, wished, today)
        account = cancel_plan(made, account, today)
        notes = append_plan(made, account, None, period_called(wished.every), parts, now)
        append_hold(made, account.id, "plan", today)
        ends = account.placement.ends_on
        if ends and parts[-1].due > ends:
            notes.append(_("the plan runs beyond the placement's end, {ends}").format(ends=ends))
        currency = account.statement.currency
        text = _("plan of {count} parts, {total} {currency}, {first} to {last}").format(
            count=len(parts), total=shown(sum(part.amount for part in parts), currency), currency=currency,
            first=named_day(parts[0].due), last=named_day(parts[-1].due),
        )  # fmt: skip
        more = tuple(in_line(part, currency) for part in parts)
        return Done(text, None, {}, tuple(notes), more)

    return each(book, "plan new", [account_id], now, write)


def check_owing(account: AccountFile) -> None:
    """Raises `NotOpen`, `NothingOwed` (exit 1)."""
    if not account.open:
        raise NotOpen(account.number)
    if paid_off(account):
        raise NothingOwed(account.number)


def current_plan_runs(account: AccountFile, today: date) -> bool:
    """Whether a plan is still to be kept: one that is broken or paid gives way to a new one."""
    state = current_plan(account, today)
    return state is not None and state.state == "running"


def append_plan(
    made: Unit, account: AccountFile, settlement: int | None, every: str,
    parts: Sequence[Instalment], now: datetime,
) -> list[str]:  # fmt: skip
    """Append a plan and its parts as promises; returns what they took the place of, in words."""
    today = now.date()
    currency, total = account.statement.currency, sum(part.amount for part in parts)
    number = made.facts.add(
        "plan", account=account.id, settlement=settlement, cancels=None, made_on=today.isoformat(),
        every=every, total=total, currency=currency,
    )  # fmt: skip
    first = made.facts.next_id("promise")
    promises = tuple(
        Promise(
            first + n, account.id, 0, now, today, part.due, None, part.amount, currency, "", number, made.id
        )
        for n, part in enumerate(parts)
    )
    append_promises(made, promises)
    plan = Plan(number, account.id, made.id, settlement, today, every, total, currency)
    after = account._replace(plans=(*account.plans, plan), promises=(*account.promises, *promises))
    return replaced(after, {p.id for p in promises}, today)


def cancel(book: Book, account_id: int, now: datetime) -> Said:
    """End the plan: what is open of it is taken back, and the hold with it. Raises `NoPlan` (3)."""

    def write(made: Unit, found: Target) -> Done:
        account, today = found.account, now.date()
        if not standing_plan(account):
            raise NoPlan(account.number)
        cancel_plan(made, account, today)
        return Done(_("plan cancelled"))

    return each(book, "plan cancel", [account_id], now, write)


def cancel_plan(made: Unit, account: AccountFile, today: date) -> AccountFile:
    """Take back what is open of the standing plan; returns the account as it stands then."""
    plan = standing_plan(account)
    if plan is None:
        return account
    made.facts.add(
        "plan", account=account.id, settlement=None, cancels=plan.id, made_on=today.isoformat(), every="",
        total=0, currency=plan.currency,
    )  # fmt: skip
    states = states_of(account, today)
    gone = [s.promise for s in states if s.promise.plan == plan.id and s.state == "open"]
    append_withdrawals(made, gone, today)
    for hold in account.holds:
        if hold.kind == "plan" and hold.until is None:
            append_hold(made, account.id, "plan", today, releases=hold.id)
    ids = {p.id for p in gone}
    return account._replace(
        plans=tuple(p._replace(cancelled_on=today) if p.id == plan.id else p for p in account.plans),
        promises=tuple(p._replace(withdrawn_on=today) if p.id in ids else p for p in account.promises),
    )


def show(book: Book, account_id: int, now: datetime) -> PlanResult:
    """The newest plan of an account. Raises `NoPlan` (3)."""
    account = target(book, account_id).account
    state = current_plan(account, now.date())
    if state is None:
        raise NoPlan(account.number)
    return PlanResult(account, state)
