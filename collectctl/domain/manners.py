"""How a contact is made: medium and place, visits, electronic messages, bunched calls, validation."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from collectctl.domain import windows
from collectctl.domain.cases import Case
from collectctl.domain.clocks import answer_once, unanswered
from collectctl.domain.facts import Activity, Limit
from collectctl.domain.frequency import hides, ledgers
from collectctl.domain.limits import closed, consents, holds, in_words
from collectctl.domain.policy import ELECTRONIC, Rule
from collectctl.domain.reasons import Reason, reason, warning
from collectctl.domain.words import _

_NO = ("refused", "dispute", "fraud", "cease", "complaint")
_SEVERAL = 2  # unanswered messages beside the last of the calls: our threshold


def manner_reasons(case: Case) -> Iterator[Reason]:
    """What the channel, the place and the manner of a contact call for."""
    for rule in case.rules("medium"):
        yield from _against(case, rule, [x for x in closed(case, None) if not _confirms(case, rule, x)])
    for rule in case.rules("place"):
        yield from _against(case, rule, closed(case, "home"))
    for rule in case.rules("work"):
        spoken = [_as_long_as_it_lasts(case, rule, x) for x in closed(case, "work")]
        yield from _against(case, rule, [x for x in spoken if holds(x, case)])
    for rule in case.rules("visit"):
        yield from _visit(case, rule)
    for rule in case.rules("consent"):
        yield from _electronic(case, rule)
    for rule in case.rules("content"):
        yield warning(rule, rule.text)
    for rule in case.rules("burst"):
        yield from _burst(case, rule)
    for rule in case.rules("validation"):
        yield from _validation(case, rule)


def _against(case: Case, rule: Rule, limits: list[Limit]) -> Iterator[Reason]:
    left = [x for x in limits if not (rule.answers and _may_answer(case, x))]
    if limits and not left:
        yield answer_once(rule)
    for limit in left[:1]:
        until = None
        if limit.until:
            zones = case.zones or (windows.name_of(case.collector),)
            until = max(windows.day_starts(zone, limit.until + timedelta(days=1)) for zone in zones)
        text = _("they asked for it on {day}: {limit}").format(
            day=limit.received.astimezone(case.collector).date(), limit=in_words(limit._replace(until=None))
        )
        yield reason(rule, text, until)


def _may_answer(case: Case, limit: Limit) -> bool:
    """Whether they used the medium, and the number or place that the limit names, after they ruled it out."""
    theirs = unanswered(case, same_number=bool(limit.to or limit.place))
    return theirs is not None and theirs > limit.received


def _confirms(case: Case, rule: Rule, limit: Limit) -> bool:
    """Whether this is the one confirmation of what they asked for (12 CFR 1006.14(h)(2)(i))."""
    asked = case.asked
    if asked.purpose not in rule.purposes or asked.channel not in ELECTRONIC:
        return False
    return not any(
        v.purpose == asked.purpose and v.channel == asked.channel and v.at >= limit.received and v.is_attempt
        for a in case.person.accounts
        for v in a.activities
    )


def _as_long_as_it_lasts(case: Case, rule: Rule, limit: Limit) -> Limit:
    """An objection to contact at work: a spoken one may last a number of days only, its own the first."""
    if not rule.days or limit.written:
        return limit
    last = max(case.days_of(limit.received)) + timedelta(days=rule.days - 1)
    return limit._replace(until=min(last, limit.until or last))


def _visit(case: Case, rule: Rule) -> Iterator[Reason]:
    if case.asked.channel != "visit":
        return
    if not rule.collectors:
        yield warning(rule, rule.text)
        return
    if case.asked.collectors < rule.collectors:
        text = _("a visit needs {count} collectors: name the other with --with")
        yield reason(rule, text.format(count=rule.collectors))
        return
    there = windows.zone(case.zones[0]) if case.zones else case.collector
    day = case.asked.at.astimezone(there).date()
    today = [
        v for a in case.person.accounts for v in a.activities
        if v.channel == "visit" and not v.inbound and v.at.astimezone(there).date() == day
    ]  # fmt: skip
    if today:
        yield warning(rule, _("there was a visit today: not more than one a day"))
    yield warning(rule, _("show who you are, ask to be let in, record the visit"))


def _electronic(case: Case, rule: Rule) -> Iterator[Reason]:
    """An address that they used with us, or a consent, both fresh where the rule asks for it."""
    if not case.whom.is_debtor:
        return
    since = case.asked.at - timedelta(days=rule.days) if rule.days else None
    used = [
        v.at for v in case.account.activities
        if v.inbound and v.channel == case.asked.channel and case.asked.to in ("", v.number or case.asked.to)
    ]  # fmt: skip
    given = [*used, *(c.received for c in consents(case))]
    if not any(since is None or at >= since for at in given):
        text = _("no consent to this channel and nothing from them by it")
        yield warning(rule, text + (_(" in {days} days").format(days=rule.days) if rule.days else ""))


def _burst(case: Case, rule: Rule) -> Iterator[Reason]:
    """Signs of harassment below the numbers (comment 14(b)(2)(i)-2); six on one day is our threshold."""
    at, number = case.asked.at, case.asked.to
    calls = _calls_since(case, at - timedelta(days=2))
    same = [v for v in calls if v.number == number] if number else []
    if any(at - v.at < timedelta(minutes=rule.minutes) for v in same):
        yield warning(rule, _("this number was called less than {n} minutes ago").format(n=rule.minutes))
    for there in (windows.zone(name) for name in case.zones[:1]):
        today = at.astimezone(there).date()
        count = sum(v.account == case.account.id and v.at.astimezone(there).date() == today for v in calls)
        dialled = len({v.contact for v in same if v.at.astimezone(there).date() == today})
        if count >= rule.most - 2:
            yield warning(rule, _("{count} of the week's calls were today: spread them").format(count=count))
        elif dialled >= rule.most - 1:
            yield warning(rule, _("this number was called {count} times today").format(count=dialled))
    messages = _unanswered_messages(case) if _is_last_call(case) else 0
    if messages >= _SEVERAL:
        text = _("the last of the calls, and {count} messages are unanswered").format(count=messages)
        yield warning(rule, text)
    talks = (v for v in case.account.activities if v.is_talk)
    last = max(talks, key=lambda v: (v.at, v.outcome), default=None)
    if last and last.outcome in _NO:
        yield warning(rule, _("they last said: {outcome}").format(outcome=last.outcome))


def _calls_since(case: Case, since: datetime) -> list[Activity]:
    """Our calls to the person, about whichever debt."""
    newest = (
        v for a in case.person.accounts for v in takewhile(lambda v: v.at >= since, reversed(a.activities))
    )
    return [v for v in newest if v.is_attempt and v.channel == "call" and case.whom.concerned_by(v)]


def _is_last_call(case: Case) -> bool:
    """Whether a count that hides leaves one call and no more."""
    return any(
        b.rule.kind == "count" and hides(b.rule)
        and b.left(b.day(case.asked.at)) == 1
        for b in ledgers(case)
    )  # fmt: skip


def _unanswered_messages(case: Case) -> int:
    """Our messages of a week to which they have neither replied nor talked since."""
    count, since = 0, case.asked.at - timedelta(days=7)
    for activity in takewhile(lambda v: v.at >= since, reversed(case.account.activities)):
        if activity.inbound or activity.is_talk:
            break
        count += activity.channel in ELECTRONIC and activity.outcome == "sent"
    return count


def _validation(case: Case, rule: Rule) -> Iterator[Reason]:
    """The notice is due within days of the first communication; a bounced message is no notice."""
    from collectctl.domain.validation import due_by

    if not case.whom.is_debtor:
        return
    due = due_by(case.account, rule.days, case.collector)
    if due and case.today <= due:
        yield warning(rule, _("send the validation notice by {day}").format(day=due))
    elif due:
        yield warning(rule, _("the validation notice was due on {day} and is not on record").format(day=due))
