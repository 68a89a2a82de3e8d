"""How a contact is made: medium and place, visits, electronic messages, bunched calls, validation."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

from collectctl.domain import windows
from collectctl.domain.cases import Case
from collectctl.domain.clocks import answer_once, may_answer
from collectctl.domain.facts import Activity, Limit
from collectctl.domain.limits import closed, consents, in_words
from collectctl.domain.policy import Rule
from collectctl.domain.reasons import Reason, reason, warning
from collectctl.domain.words import _

_NO = ("refused", "dispute", "fraud", "cease", "complaint")
_WRITTEN_WITHIN = 7  # calendar days in which a spoken objection may be confirmed (209 CMR 18.16)


def manner_reasons(case: Case) -> Iterator[Reason]:
    """What the channel, the place and the manner of a contact call for."""
    for rule in case.rules("medium"):
        if case.asked.purpose not in rule.purposes:
            yield from _against(case, rule, closed(case, None))
    for rule in case.rules("place"):
        yield from _against(case, rule, closed(case, "home"))
    for rule in case.rules("work"):
        yield from _against(case, rule, [x for x in closed(case, "work") if _still(case, rule, x)])
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
    for limit in limits[:1]:
        if may_answer(case, limit.received):
            yield answer_once(rule)
            continue
        until = None
        if limit.until:
            name = max(case.zones, default=windows.name_of(case.collector))
            until = max(
                windows.day_starts(zone, limit.until + timedelta(days=1)) for zone in case.zones or (name,)
            )
        text = _("they asked for it on {day}: {limit}").format(
            day=limit.received.astimezone(case.collector).date(), limit=in_words(limit)
        )
        yield reason(rule, text, until)


def _still(case: Case, rule: Rule, limit: Limit) -> bool:
    """Whether an objection to contact at work still holds: a spoken one may last a number of days only."""
    if not rule.days or limit.written:
        return True
    return case.asked.at < limit.received + timedelta(days=rule.days)


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
    used = [v.at for v in case.account.activities if v.inbound and v.channel == case.asked.channel]
    given = [*used, *(c.received for c in consents(case))]
    if not any(since is None or at >= since for at in given):
        text = _("no consent to this channel and nothing from them by it")
        yield warning(rule, text + (_(" in {days} days").format(days=rule.days) if rule.days else ""))


def _burst(case: Case, rule: Rule) -> Iterator[Reason]:
    """Signs of harassment below the numbers (comment 14(b)(2)(i)-2); six on one day is our threshold."""
    at, number = case.asked.at, case.asked.to
    calls = _calls_since(case, at - timedelta(days=2))
    if number and any(v.number == number and at - v.at < timedelta(minutes=rule.minutes) for v in calls):
        yield warning(rule, _("this number was called less than {n} minutes ago").format(n=rule.minutes))
    for there in (windows.zone(name) for name in case.zones[:1]):
        today = at.astimezone(there).date()
        count = sum(v.at.astimezone(there).date() == today for v in calls)
        if count >= rule.most - 2:
            yield warning(rule, _("{count} of the week's calls were today: spread them").format(count=count))
    talks = (v for v in case.account.activities if v.is_talk)
    last = max(talks, key=lambda v: (v.at, v.outcome), default=None)
    if last and last.outcome in _NO:
        yield warning(rule, _("they last said: {outcome}").format(outcome=last.outcome))


def _calls_since(case: Case, since: datetime) -> list[Activity]:
    newest = takewhile(lambda v: v.at >= since, reversed(case.account.activities))
    return [v for v in newest if v.is_attempt and v.channel == "call" and case.whom.concerned_by(v)]


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
