"""The tasks that money leaves: instalments to look after, settlements that expire, answers of the client."""

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo

from collectctl.domain.facts import AccountFile
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Request
from collectctl.domain.plans import standing_plan
from collectctl.domain.promises import PromiseState
from collectctl.domain.requests import in_words, open_requests
from collectctl.domain.settlements import ACCEPTED, APPROVED, EXPIRED, SettlementState, current_settlement
from collectctl.domain.tasks import CONTACT, DESK, Task, last_talk
from collectctl.domain.words import _

SOON_DAYS = 2  # before an instalment or the end of a settlement
ANSWER_DAYS = 3  # for the client's answer, before we ask again


def desk_tasks(account: AccountFile, states: tuple[PromiseState, ...], held: bool) -> Iterator[Task]:
    """What is done without the debtor: asking the client, and seeing that the instalments of a plan come."""
    for request in open_requests(account):
        yield _ask(request)
    plan = standing_plan(account)
    if plan and held:
        parts = [s for s in states if s.promise.plan == plan.id]
        part = next((s for s in sorted(parts, key=lambda s: s.promise.due_on) if s.state == "open"), None)
        if part:
            reason = _("instalment {n} of {count}, {amount} due {day}: see that it comes").format(
                n=sorted(s.promise.due_on for s in parts).index(part.promise.due_on) + 1,
                count=len(parts),
                amount=shown(part.promise.amount, part.promise.currency),
                day=f"{part.promise.due_on:%m-%d}",
            )
            on = part.promise.due_on - timedelta(days=SOON_DAYS)
            yield Task("instalment", DESK, max(on, plan.made_on), None, reason)


def _ask(request: Request) -> Task:
    what = in_words(request)
    if request.sent_on is None:
        return Task("follow-up", DESK, request.asked_on, None, _("ask the client: {what}").format(what=what))
    on = request.sent_on + timedelta(days=ANSWER_DAYS)
    if request.until:
        on = max(min(on, request.until - timedelta(days=1)), request.sent_on + timedelta(days=1))
    reason = _("the client has not answered since {day}: {what}").format(
        day=f"{request.sent_on:%m-%d}", what=what
    )
    return Task("follow-up", DESK, on, None, reason)


def contact_tasks(account: AccountFile, today: date, zone: tzinfo) -> Iterator[Task]:
    """What is to be said to the debtor about a settlement before it expires, and after."""
    found = current_settlement(account, today)
    if found is None:
        return
    amount = shown(found.settlement.amount, found.settlement.currency)
    until = found.settlement.until
    if found.state == APPROVED:
        reason = _("settlement of {amount} approved until {day}: tell them").format(
            amount=amount, day=f"{until:%m-%d}"
        )
        yield Task("follow-up", CONTACT, _approved_on(account, found), None, reason)
    if found.state in (APPROVED, ACCEPTED):
        reason = _("settlement of {amount} expires {day}, {paid} came").format(
            amount=amount, day=f"{until:%m-%d}", paid=shown(found.paid, found.settlement.currency)
        )
        on = max(until - timedelta(days=SOON_DAYS), found.settlement.made_on)
        yield Task("instalment", CONTACT, on, None, reason)
    talked = last_talk(account, zone)
    if found.state == EXPIRED and found.approval and (talked is None or talked <= until):
        reason = _("settlement of {amount} expired {day}: the whole balance is owed").format(
            amount=amount, day=f"{until:%m-%d}"
        )
        yield Task("promise-broken", CONTACT, until + timedelta(days=1), None, reason)


def _approved_on(account: AccountFile, found: SettlementState) -> date:
    asked = next((r for r in account.requests if r.id == found.settlement.request), None)
    return (asked and asked.answered_on) or found.settlement.made_on
