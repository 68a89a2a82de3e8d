"""Third parties: whether somebody else may be contacted about the debtor, and what may be said."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from collectctl.domain import windows
from collectctl.domain.cases import Case
from collectctl.domain.facts import Activity
from collectctl.domain.holds import standing_holds
from collectctl.domain.numbers import number_states
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import Rule
from collectctl.domain.reasons import Reason, reason, warning
from collectctl.domain.words import _


def third_reasons(case: Case) -> Iterator[Reason]:
    """What keeps us from somebody who does not owe the debt."""
    if not case.whom.is_third:
        return
    for rule in case.rules("third-refused"):
        if _refused(case):
            yield reason(rule, _("refused to be contacted: never again"))
    for rule in case.rules("third"):
        about = _location(case, rule) if rule.purposes else _unreached(case, rule)
        yield from about
    for rule in case.rules("third-content"):
        yield reason(rule, _("nothing about the debt: ask for contact data or for a call back"))


def _refused(case: Case) -> bool:
    """Whether this person refused, about whichever debt and debtor."""
    return not case.whom.numbers.isdisjoint(case.person.refused) or any(
        v.outcome == "third-refused" and case.whom.concerned_by(v)
        for a in case.person.accounts
        for v in a.activities
    )


def _location(case: Case, rule: Rule) -> Iterator[Reason]:
    """Only where the debtor lives or works, once a person; once an attorney is known, nobody else."""
    if case.whom.role in rule.insiders:
        return
    if any(h.kind == "attorney" for h in standing_holds(case.account, case.today)):
        yield reason(rule, _("the debtor has an attorney: nobody else is asked"), hold="attorney")
        return
    if case.asked.purpose not in rule.purposes:
        text = _("a third party ({role}): ask for nothing but where the debtor is (--purpose location)")
        yield reason(rule, text.format(role=case.whom.role))
        return
    reached = [v for v in _contacts(case) if v.who in ("third", "liable")]
    if rule.most and len(reached) >= rule.most:
        day = reached[-1].at.astimezone(case.collector).date()
        yield reason(rule, _("was asked on {day}: once is all, unless they ask for more").format(day=day))


def _contacts(case: Case) -> list[Activity]:
    return [
        v for a in case.person.accounts for v in a.activities
        if not v.inbound and case.whom.concerned_by(v)
    ]  # fmt: skip


# --- China: only while the debtor can't be reached (GB/T 45251-2025 5.3; 2026 guideline) --------------------


def _unreached(case: Case, rule: Rule) -> Iterator[Reason]:
    holds = standing_holds(case.account, case.today)
    if any(h.kind in ("deceased", "incapable") for h in holds):
        return
    opens = _opens_on(case, rule)
    today = case.asked.at.astimezone(windows.zone(case.zones[0])).date() if case.zones else case.today
    if opens is None:
        text = _("the debtor can still be reached: first their own number, {most} dials in a row")
        yield reason(rule, text.format(most=rule.most))
    elif opens > today:
        until = windows.day_starts(case.zones[0], opens) if case.zones else None
        yield reason(rule, _("the debtor was tried today: open from tomorrow"), until, "cap")
    elif opens == date.min and _reached_since(case):
        yield warning(rule, _("the debtor was reached since on another number: first that one"))


def _opens_on(case: Case, rule: Rule) -> date | None:
    """The first day on which a contact person may be called, as things stand; None where there is none."""
    states = number_states(case.person)
    own = [s for s in states if s.phone.source == "client" and s.phone.label == "mobile"]
    own = own or [s for s in states if s.phone.source == "client"] or list(states)
    if own and all(s.state in ("dead", "wrong") for s in own):
        return date.min
    reserved = {s.phone.digits for s in own}
    dials = _since_reached(case)
    days = [_there(case, v.at) for v in dials]
    in_a_row = [
        day for number in reserved
        for day in _nth(rule.most, [d for d, v in zip(days, dials, strict=True) if v.number == number])
    ]  # fmt: skip
    found = [day + timedelta(days=1) for day in (*in_a_row, *_run(sorted(set(days)), rule.days))]
    return min(found, default=None)


def _reached_since(case: Case) -> bool:
    """Whether the debtor was reached after their own number turned out invalid: that it ends is inferred."""
    entries = [v for a in case.person.accounts for v in a.activities]
    reached = max((v.at for v in entries if v.who == "self"), default=None)
    own = {p.digits for p in case.person.phones}
    told = [v.at for v in entries if BY_CODE[v.outcome].number in ("dead", "wrong") and v.number in own]
    return reached is not None and bool(told) and reached > max(told)


def _there(case: Case, at: datetime) -> date:
    return at.astimezone(windows.zone(case.zones[0]) if case.zones else case.collector).date()


def _since_reached(case: Case) -> list[Activity]:
    """The unanswered dials to the debtor's numbers after the debtor was last reached, each call once."""
    own = {p.digits for p in case.person.phones}
    calls = {
        v.contact: v
        for a in case.person.accounts
        for v in a.activities
        if v.who == "self" or (v.channel == "call" and BY_CODE[v.outcome].cn6 and v.number in own)
    }
    reached = max((v.at for v in calls.values() if v.who == "self"), default=None)
    later = (v for v in calls.values() if v.who != "self" and (reached is None or v.at > reached))
    return sorted(later, key=lambda v: v.at)


def _nth(count: int, days: list[date]) -> list[date]:
    return [days[count - 1]] if len(days) >= count else []


def _run(days: list[date], length: int) -> list[date]:
    """The last day of the first run of consecutive days of that length."""
    for start in range(len(days) - length + 1):
        if (days[start + length - 1] - days[start]).days == length - 1:
            return [days[start + length - 1]]
    return []
