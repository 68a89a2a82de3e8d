"""What is to be done about an account, when and why: the tasks from which the worklist takes its row.

A task is a contact (a call) or a desk task. A hold takes away contacts, never desk tasks. What a dial that
reached nobody makes us wait for moves every contact of the person, since it is the person who is called.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo

from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.facts import AccountFile, Activity, Hold
from collectctl.domain.holds import standing_holds
from collectctl.domain.memo import kept
from collectctl.domain.money import shown
from collectctl.domain.numbers import Dialling
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.owing import paid_off
from collectctl.domain.promises import PromiseState, claimed_promises, states_of
from collectctl.domain.receipts import open_claims, received
from collectctl.domain.records import Record
from collectctl.domain.words import _

CLASSES = (
    "callback",
    "legal",
    "promise-due",
    "promise-broken",
    "ending-money",
    "new",
    "instalment",
    "ending",
    "follow-up",
    "verify",
    "untouched",
)
AFTER_MONEY_DAYS = 3  # after money came in, before what is left is asked for
ENDING_MONEY_DAYS = 3
FIRST_CONTACT_DAYS = 2  # a new account is overdue once it has waited longer for its first contact
ENDING_DAYS = 7
# days without an attempt after which an account is untouched, by bucket; later buckets 14
UNTOUCHED = {"M0": 3, "M1": 3, "M2": 5, "M3": 7}
CONTACT, MESSAGE, LETTER, DESK = "call", "message", "letter", "desk"

# what is done at the desk while a hold lasts, with its class and the calendar days until it is due
_HOLD_TASKS = {
    "dispute": ("legal", 3, _("answer the dispute")),
    "complaint": ("legal", 3, _("answer the complaint")),
    "attorney": ("follow-up", 7, _("write to the attorney")),
    "deceased": ("follow-up", 1, _("deceased: tell the client and hand it back")),
    "bankrupt": ("follow-up", 1, _("bankrupt: tell the client")),
    "incapable": ("follow-up", 1, _("incapable: tell the client and hand it back")),
}


# what a dial that reached nobody puts off by a day at most, whatever was asked for after it
_SOON = ("promise-due", "promise-broken", "ending-money", "ending")


class Task(Record):
    cls: str
    task: str  # CONTACT, or MESSAGE or LETTER where calls are closed, or DESK
    on: date  # the first day on which it is due
    at: datetime | None  # the hour of that day, where one was agreed
    reason: str
    channel: str = ""  # of a contact that is no call

    def due(self, today: date) -> bool:
        return self.on <= today


def tasks(account: AccountFile, dial: Dialling, today: date, zone: tzinfo) -> list[Task]:
    """Every task of an open account as of `today`, contacts of a held account left out."""
    held = standing_holds(account, today)
    found = [*_hold_tasks(account, held, zone), *_verify(account, zone)]
    if account.complaints:
        from collectctl.domain.complaints import complaint_tasks  # what few accounts have is loaded for them

        found += complaint_tasks(account)
    if account.claims:
        from collectctl.domain.claims import claim_tasks

        found += claim_tasks(account, today, zone)
    states = states_of(account, today)
    has_money = account.plans or account.requests or account.settlements
    if has_money:
        from collectctl.domain import moneytasks

        found += moneytasks.desk_tasks(account, states, bool(held))
    ends = account.placement.ends_on
    if ends and ends < today:
        reason = _("placement ended {day}: hand it back or extend it").format(day=f"{ends:%m-%d}")
        found.append(Task("ending", DESK, ends + timedelta(days=1), None, reason))
    elif paid_off(account):
        found.append(_nothing_owed(account, zone))
    elif not held:
        calls = list(_contacts(account, states, today, zone))
        if has_money:
            calls += moneytasks.contact_tasks(account, today, zone)
        waits = open_claims(account.payments) if account.payments else ()
        calls = calls or ([] if waits else [_untouched(account, today, zone)])
        found += [_wait(task, dial, today) for task in _ending(account, calls, states, today, zone)]
    return found


def _nothing_owed(account: AccountFile, zone: tzinfo) -> Task:
    """Nobody is called about nothing: what is left is the client's word, and closing the account."""
    came = [p.on for p in account.payments if p.confirmed]
    asked = [_asked_step(a, zone).on for a in steps(account) if a.next_at or a.next_on]
    on = max([*came, *asked[-1:]], default=account.placement.placed_on)
    return Task("follow-up", DESK, on, None, _("nothing is owed any more: tell the client and close it"))


def is_overdue(cls: str, due_on: date, today: date) -> bool:
    """Whether a task that was due on `due_on` should have been done before `today`."""
    return (today - due_on).days > (FIRST_CONTACT_DAYS if cls == "new" else 0)


@kept
def steps(account: AccountFile) -> list[Activity]:
    """The entries that set a next step, oldest first: everything but notes."""
    return [a for a in account.activities if BY_CODE[a.outcome].step != "none" or a.next_on or a.next_at]


@kept
def attempts(account: AccountFile) -> list[Activity]:
    """The tries of ours, oldest first."""
    return [a for a in account.activities if a.is_attempt]


@kept
def talks(account: AccountFile) -> list[Activity]:
    """The conversations about the debt, oldest first."""
    return [a for a in account.activities if a.is_talk]


def last_talk(account: AccountFile, zone: tzinfo) -> date | None:
    """The day of the newest conversation."""
    return local_day(talks(account)[-1], zone) if talks(account) else None


def local_day(activity: Activity, zone: tzinfo) -> date:
    return activity.at.astimezone(zone).date()


def _hold_tasks(account: AccountFile, held: Sequence[Hold], zone: tzinfo) -> Iterator[Task]:
    """What a hold leaves to do at the desk. An answer that is owed is not put off by other entries."""
    registered = {complaint.kind for complaint in account.complaints if complaint.open}
    for hold in held:
        if hold.kind in _HOLD_TASKS and hold.kind not in registered:  # that has a task of its own
            cls, days, reason = _HOLD_TASKS[hold.kind]
            later = [a for a in account.activities if a.id >= (hold.activity or 0) and cls != "legal"]
            start = max([hold.from_on, *(local_day(a, zone) for a in later)])
            asked = [_asked_step(a, zone).on for a in later if a.next_at or a.next_on]
            yield Task(cls, DESK, asked[-1] if asked else start + timedelta(days=days), None, _(reason))


def _verify(account: AccountFile, zone: tzinfo) -> Iterator[Task]:
    """A claimed payment waits for the client's word; looking into it again puts it off by as much."""
    for claim in open_claims(account.payments) if account.payments else ():
        origin = next((a for a in account.activities if a.id == claim.activity), None)
        days = BY_CODE[origin.outcome].days if origin and BY_CODE[origin.outcome].step == "verify" else 2
        later = [local_day(a, zone) for a in steps(account) if origin and a.id > origin.id]
        on = max([local_day(origin, zone) if origin else claim.on, *later]) + timedelta(days=days)
        yield Task(
            "verify",
            DESK,
            on,
            None,
            _("says {amount} is paid: check with the client").format(
                amount=shown(claim.amount, claim.currency)
            ),
        )
        return


def _contacts(
    account: AccountFile, states: Sequence[PromiseState], today: date, zone: tzinfo
) -> Iterator[Task]:
    done = steps(account)
    last = done[-1] if done else None
    yield from _promise_tasks(account, states, today, zone)
    callback = _callback(done, zone)
    if callback:
        yield callback
        return
    tried = attempts(account)
    before_today = bool(tried) and local_day(tried[0], zone) < today
    talked_today = bool(talks(account))
    promised = any(s.state == "open" for s in states)
    asked = last is not None and (last.next_on or last.next_at or _is_desk(last))
    if not (before_today or talked_today or promised or asked or _is_worked_on(account)):
        reason = _(BY_CODE[last.outcome].meaning) if last else _("never called")
        yield Task("new", CONTACT, account.placement.placed_on, None, reason)
        return
    if last is None:
        return
    if last.next_at or last.next_on:
        yield _asked_step(last, zone)
    elif BY_CODE[last.outcome].step == "desk":
        day = local_day(last, zone) + timedelta(days=BY_CODE[last.outcome].days)
        yield Task("follow-up", DESK, day, None, _(BY_CODE[last.outcome].meaning))
    elif not promised and not open_claims(account.payments):
        yield _after_money(last, account, today, zone) or _follow_up(last, account, zone)


def _is_worked_on(account: AccountFile) -> bool:
    """Whether the client is being asked, or was, so that it is no account that nobody has touched."""
    start = account.placement.operation
    asked = any(r.operation >= start for r in account.requests)
    return asked or bool(account.payments and open_claims(account.payments))


def _is_desk(entry: Activity) -> bool:
    """Whether the entry leaves a task without a contact, or is none itself (tracing, a legal step)."""
    outcome = BY_CODE[entry.outcome]
    return outcome.step == "desk" or not outcome.attempt


def _callback(done: Sequence[Activity], zone: tzinfo) -> Task | None:
    """The agreed call-back: it stands until the debtor is reached or another step is set."""
    for entry in reversed(done):
        if entry.outcome == "callback" and (entry.next_at or entry.next_on):
            return _asked_step(entry, zone)
        if entry.is_talk or entry.next_at or entry.next_on or BY_CODE[entry.outcome].step == "desk":
            return None
    return None


def _asked_step(last: Activity, zone: tzinfo) -> Task:
    at = last.next_at.astimezone(zone) if last.next_at else None
    day = at.date() if at else last.next_on
    assert day is not None
    if last.outcome == "callback":
        return Task("callback", CONTACT, day, at, _("asked to be called back"))
    return Task(
        "follow-up", CONTACT, day, at, _("follow up: {last}").format(last=_(BY_CODE[last.outcome].meaning))
    )


def _after_money(last: Activity, account: AccountFile, today: date, zone: tzinfo) -> Task | None:
    """Money that came in takes the place of the step: what is left is asked for some days later."""
    came = max(received(account.payments, today), key=lambda p: (p.on, p.id), default=None)
    if came is None or came.on < local_day(last, zone) or BY_CODE[last.outcome].step == "trace":
        return None
    reason = _("{amount} came on {day}: ask for the rest").format(
        amount=shown(came.amount, came.currency), day=f"{came.on:%m-%d}"
    )
    return Task("follow-up", CONTACT, came.on + timedelta(days=AFTER_MONEY_DAYS), None, reason)


def _follow_up(last: Activity, account: AccountFile, zone: tzinfo) -> Task:
    outcome, day = BY_CODE[last.outcome], local_day(last, zone)
    if outcome.step == "trace":
        reason = _("{last}: trace the person").format(last=_(outcome.meaning))
        wait = 0 if outcome.attempt else outcome.days
        return Task(
            "follow-up", CONTACT if outcome.attempt else DESK, day + timedelta(days=wait), None, reason
        )
    if outcome.step == "verify":
        reason = _("says it is paid: check with the client")
        return Task("verify", DESK, day + timedelta(days=outcome.days), None, reason)
    days = outcome.days if outcome.step in ("talk", "hold") else 0
    reason = _("{last} on {day}").format(last=_(outcome.meaning), day=f"{day:%m-%d}")
    if outcome.code == "refused" and sum(a.outcome == "refused" for a in account.activities) > 1:
        return Task("follow-up", DESK, day + timedelta(days=days), None, _("refused twice: legal review"))
    return Task("follow-up", CONTACT, day + timedelta(days=days), None, reason)


def _promise_tasks(
    account: AccountFile, states: Sequence[PromiseState], today: date, zone: tzinfo
) -> Iterator[Task]:
    broken = sum(s.state in ("broken", "partly-kept") for s in states)
    over, claimed = _over(account, today), claimed_promises(states, account.payments)
    for state in states:
        promise = state.promise
        if promise.id in claimed or (promise.plan is not None and promise.plan in over):
            continue  # what is said to be paid is verified, what is over has a task of its own
        amount = shown(promise.amount, promise.currency)
        if state.state == "open":
            at = promise.due_at.astimezone(zone) if promise.due_at else None
            reason = _("promised {amount} for {day}").format(amount=amount, day=_day(promise.due_on, today))
            if promise.payer:
                reason += _(" ({payer} pays)").format(payer=promise.payer)
            if broken:
                reason += _(", broke {count} before").format(count=broken)
            yield Task("promise-due", CONTACT, promise.due_on, at, reason)
        elif state.broken_on and not _talked_since(account, state.broken_on, zone):
            reason = _("broke a promise of {amount} for {day}").format(
                amount=amount, day=f"{promise.due_on:%m-%d}"
            )
            yield Task("promise-broken", CONTACT, state.broken_on, None, reason)


def _over(account: AccountFile, today: date) -> set[int]:
    """The plans of settlements that do not stand any more."""
    if not account.settlements:
        return set()
    from collectctl.domain.settlements import STANDING, settlement_states

    standing = {s.settlement.id for s in settlement_states(account, today) if s.state in STANDING}
    return {p.id for p in account.plans if p.settlement is not None and p.settlement not in standing}


def _talked_since(account: AccountFile, day: date, zone: tzinfo) -> bool:
    talked = last_talk(account, zone)
    return talked is not None and talked >= day


def _day(day: date, today: date) -> str:
    if day == today:
        return _("today")
    return _("tomorrow") if day == today + timedelta(days=1) else f"{day:%m-%d}"


def _ending(
    account: AccountFile, calls: list[Task], states: Sequence[PromiseState], today: date, zone: tzinfo
) -> Iterator[Task]:
    """The last days of a placement pull the next contact forward and give it a class of their own."""
    yield from calls
    ends = account.placement.ends_on
    if ends is None:
        return
    talked = last_talk(account, zone)
    money = bool(talked) or any(s.state in ("open", "kept", "partly-kept") for s in states)
    on = ends - timedelta(days=ENDING_MONEY_DAYS if money else ENDING_DAYS)
    if talked:
        on = max(on, talked + timedelta(days=1))
    reason = _("placement ends {day}").format(day=_day(ends, today))
    reason += _(", money open") if money else _(", not reached")
    yield Task("ending-money" if money else "ending", CONTACT, on, None, reason)


def _untouched(account: AccountFile, today: date, zone: tzinfo) -> Task:
    """The last net: an account that nothing else brings back comes back by itself."""
    days = UNTOUCHED.get(bucket(days_past_due(account.statement.overdue_since, today)), 14)
    tried = attempts(account)
    last = local_day(tried[-1], zone) if tried else account.placement.placed_on
    return Task(
        "untouched",
        CONTACT,
        last + timedelta(days=days),
        None,
        _("no attempt since {day}").format(day=f"{last:%m-%d}"),
    )


def _wait(task: Task, dial: Dialling, today: date) -> Task:
    """`task` not before what the last dial of the person makes us wait for."""
    if task.task == DESK or (task.cls == "callback" and _called_before(task, dial)):
        return task
    if dial.continues and dial.phone:
        # the person stays in place until every number was tried
        reason = task.reason + _(" · next: {number}, {n} of {count}").format(
            number=dial.phone.value, n=dial.position, count=dial.usable
        )
        return task._replace(reason=reason)
    if dial.not_before_day is None or dial.not_before_day < task.on:
        return task
    if task.cls in _SOON and dial.called_on and dial.not_before_day > dial.called_on + timedelta(days=1):
        return task._replace(on=max(task.on, dial.called_on + timedelta(days=1)), at=None)
    at = dial.not_before
    if dial.not_before_day == task.on and task.at and (at is None or task.at >= at):
        return task
    return task._replace(on=dial.not_before_day, at=at)


def _called_before(task: Task, dial: Dialling) -> bool:
    """Whether the last dial was before the hour (or the day) that was agreed: it changes nothing then."""
    if dial.called_at is None:
        return True
    return dial.called_at < task.at if task.at else dial.called_at.date() < task.on
