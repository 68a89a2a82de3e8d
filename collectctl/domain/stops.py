"""What stops contact altogether: holds, the mandate's end, a closed account, a number that isn't theirs."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from collectctl.domain.cases import Case
from collectctl.domain.clocks import answer_once, unanswered
from collectctl.domain.facts import Hold
from collectctl.domain.holds import standing_holds
from collectctl.domain.numbers import number_states
from collectctl.domain.owing import paid_off
from collectctl.domain.policy import rules_of_hold
from collectctl.domain.reasons import Reason, reason
from collectctl.domain.words import _

_OF_DEBTOR = ("deceased", "incapable")  # those who stand in for them, or guarantee the debt, may be contacted

_TEXTS = {
    "cease": _("asked on {day} that contact about this debt cease"),
    "attorney": _("represented by an attorney since {day}: contact goes to the attorney"),
    "dispute": _("disputed the debt on {day}: no contact until it is answered"),
    "complaint": _("complained on {day}: no contact until it is answered"),
    "deceased": _("deceased, noted on {day}"),
    "incapable": _("incapable or in custody, noted on {day}"),
    "bankrupt": _("bankrupt since {day}"),
    "plan": _("keeps the instalment plan of {day}"),
    "breathing-space": _("in a breathing space since {day}"),
    "mandate-ended": _("the mandate ended on {day}"),
    "other": _("on hold since {day}"),
}


def stop_reasons(case: Case) -> Iterator[Reason]:
    """What stops every contact of this kind."""
    for hold in standing_holds(case.account, case.today):
        yield from _hold(case, hold)
    yield from _closed(case)
    yield from _mandate(case)
    yield from _number(case)


def _hold(case: Case, hold: Hold) -> Iterator[Reason]:
    if hold.kind in _OF_DEBTOR and not case.whom.is_debtor:
        return
    if hold.kind in ("attorney", "cease") and case.whom.role == "attorney":
        return
    house = [r for p in case.policies for r in p.rules if r.kind == "stop" and hold.kind in r.holds]
    for rule in rules_of_hold(case.policies, hold.kind) or house:
        if case.asked.purpose in rule.purposes:
            continue
        if rule.answers and _may_answer(case, hold):
            yield answer_once(rule)
            continue
        until = _midnight(case, hold.until + timedelta(days=1)) if hold.until else None
        text = _(_TEXTS[hold.kind]).format(day=f"{hold.from_on:%Y-%m-%d}")
        yield reason(rule, text, until, hold=hold.kind)


def _may_answer(case: Case, hold: Hold) -> bool:
    """Whether they wrote or called after the hold began; the contact in which they told of it is no such."""
    theirs = unanswered(case)
    told = next((v.at for v in case.account.activities if v.id == hold.activity), None)
    if theirs is None or told is None:
        return theirs is not None and theirs >= _midnight(case, hold.from_on)
    return theirs > told


def _midnight(case: Case, day: date) -> datetime:
    """The start of a day of the collector's: days of a hold are theirs."""
    return datetime.combine(day, time(), case.collector)


def _closed(case: Case) -> Iterator[Reason]:
    placement = case.account.placement
    if placement.closed_on and placement.closed_on <= case.today:
        text = _("closed as {reason} on {day}").format(reason=placement.closed_as, day=placement.closed_on)
        for rule in case.rules("closed"):
            yield reason(rule, text)
    elif paid_off(case.account) and all(p.on <= case.today for p in case.account.payments):
        for rule in case.rules("closed"):
            yield reason(rule, _("nothing is owed any more"))


def _mandate(case: Case) -> Iterator[Reason]:
    """The last day of the placement is still inside."""
    ends = case.account.placement.ends_on
    if ends and ends < case.today:
        for rule in case.rules("mandate"):
            yield reason(rule, _("the placement ended on {day}").format(day=ends))


def _number(case: Case) -> Iterator[Reason]:
    texts = {
        "wrong": _("the number is somebody else's"),
        "dead": _("the number is not in service"),
        "stale": _("they can no longer be reached there"),
    }
    if case.asked.channel in ("call", "sms") and case.asked.to and case.whom.is_debtor:
        for state in number_states(case.person):
            if state.phone.digits == case.asked.to and state.state:
                for rule in case.rules("number"):
                    yield reason(rule, texts[state.state])
