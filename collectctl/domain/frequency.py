"""How often: counts of contacts over calendar days where the person is, and the quiet after a conversation.

Everything is recomputed from the standing entries at each question, so that a correction changes the count.
Days are calendar days of a zone; the day of an event is the first of its period, so that with seven days what
happened on the 1st leaves the count on the 8th, and a conversation on the 14th opens again on the 21st.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from collectctl.domain.cases import Case
from collectctl.domain.facts import Activity, Consent
from collectctl.domain.memo import kept
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import ELECTRONIC, PRESUMPTION, PROHIBITED, Rule
from collectctl.domain.records import Record
from collectctl.domain.windows import zone

CONSENT_DAYS = 7  # 12 CFR 1006.14(b)(3)(i): at most so many, the day of receipt being the first
_LOOK_AHEAD = 400


def _is_call(activity: Activity) -> bool:
    return activity.channel == "call" and not activity.inbound and activity.raised_by == "us"


def _is_message(activity: Activity) -> bool:
    return activity.channel in ELECTRONIC and not activity.inbound and activity.outcome == "sent"


def _counts_as_call(activity: Activity) -> bool:
    """12 CFR 1006.14(b)(2)(i): answered, rung out or a machine; neither busy nor out of service."""
    return _is_call(activity) and BY_CODE[activity.outcome].us


def _is_communication(activity: Activity) -> bool:
    if activity.channel == "call":
        return _counts_as_call(activity)
    return activity.is_attempt and activity.outcome != "undelivered"


def _is_effective(activity: Activity) -> bool:
    """GB/T 45251-2025 5.3: a call of ours in which the debtor talked, notices apart."""
    return _is_call(activity) and activity.is_talk and activity.purpose != "notice"


def _is_notice(activity: Activity) -> bool:
    connected = activity.who in ("self", "liable", "unknown")
    return _is_call(activity) and connected and activity.purpose == "notice"


def _is_unanswered(activity: Activity) -> bool:
    return _is_call(activity) and BY_CODE[activity.outcome].cn6


COUNTED: dict[str, Callable[[Activity], bool]] = {
    "calls": _counts_as_call,
    "calls-texts": lambda a: _counts_as_call(a) or (a.channel == "sms" and _is_message(a)),
    "messages": _is_message,
    "communications": _is_communication,
    "effective": _is_effective,
    "notices": _is_notice,
    "unanswered": _is_unanswered,
}


class Ledger(Record):
    """The days on which what a rule counts happened, in one zone, and those on which consent lifts it."""

    rule: Rule
    zone: str
    days: tuple[int, ...]  # ordinals, one an event
    lifted: tuple[tuple[int, int], ...] = ()  # first and last day

    def count(self, day: int) -> int:
        return sum(day - self.rule.days < d <= day for d in self.days)

    def bars(self, day: int) -> bool:
        """Whether one more on that day would be against the rule."""
        return not self.is_lifted(day) and self.count(day) >= (self.rule.most or 1)

    def is_lifted(self, day: int) -> bool:
        """Whether a consent takes the rule away on that day."""
        return any(first <= day <= last for first, last in self.lifted)

    def day(self, at: datetime) -> int:
        """The day of an instant in the ledger's zone."""
        return _day(at, self.zone)

    def free(self, day: int) -> int | None:
        """The first day from `day` on that is not barred."""
        return next((d for d in range(day, day + self.rule.days + 1) if not self.bars(d)), None)

    def left(self, day: int) -> int:
        return max(0, self.rule.most - self.count(day))


@kept
def ledgers(case: Case) -> list[Ledger]:
    """The ledgers of every rule about frequency that the case falls under, one for each zone."""
    found = []
    for rule in (*case.rules("count"), *case.rules("quiet")):
        if _falls_under(case, rule):
            events = _recent(case, rule) if rule.kind == "quiet" else _events(case, rule)
            for name in case.zones:
                days = tuple(sorted(_day(a.at, name) for a in events))
                lifted = _lifted(case, rule, name) if rule.lifted else ()
                found.append(Ledger(rule, name, days, lifted))
    return found


def hides(rule: Rule) -> bool:
    return rule.effect in (PRESUMPTION, PROHIBITED)


def _falls_under(case: Case, rule: Rule) -> bool:
    """Calls to an attorney, agent or insurer are not counted; a rule about some numbers needs one of them."""
    if case.whom.role in ("attorney", "agent", "insurer"):
        return False
    if rule.unit == "debtor" and case.whom.is_third:
        return False
    if case.asked.purpose in rule.purposes:
        return False
    if rule.counts == "notices" and case.asked.purpose != "notice":
        return False
    return not rule.labels or case.label in rule.labels


def _events(case: Case, rule: Rule) -> list[Activity]:
    """What the rule counts of the past, one entry a contact."""
    accounts = [case.account] if rule.unit == "debt" else case.person.accounts
    counted, labels = COUNTED[rule.counts], _labels(case)
    since = case.asked.at - timedelta(days=rule.days + 2)  # no zone's count looks further back
    found: dict[int, Activity] = {}
    for account in accounts:
        for activity in reversed(account.activities):
            if activity.at < since:
                break
            if not counted(activity) or activity.number in case.wrong or not _same(case, rule, activity):
                continue
            if rule.labels and labels.get(activity.number, "") not in rule.labels:
                continue
            if rule.lifted and rule.days > 1 and under_consent(case, activity):
                continue
            found.setdefault(activity.contact, activity)
    return list(found.values())


def _same(case: Case, rule: Rule, activity: Activity) -> bool:
    if rule.unit == "number":
        return activity.number == case.asked.to
    return case.whom.concerned_by(activity)


def _labels(case: Case) -> dict[str, str]:
    return {p.digits: p.label for p in (*case.person.phones, *case.person.party_phones)}


def _recent(case: Case, rule: Rule) -> list[Activity]:
    """The talks that can still call for quiet."""
    since = case.asked.at - timedelta(days=rule.days + 2)
    return [talk for talk in case.talks if talk.at >= since]


def _day(at: datetime, name: str) -> int:
    return at.astimezone(zone(name)).toordinal()


# --- consent to more calls ------------------------------------------------------------------------------


def under_consent(case: Case, call: Activity) -> bool:
    """Whether a past call was made within a consent to more calls: it never counts (1006.14(b)(3)(i))."""
    return any(
        all(
            first <= _day(call.at, name) <= last
            for name in case.zones
            for first, last in [_span(consent, name, CONSENT_DAYS)]
        )
        for consent in _to_calls(case)
        if consent.received <= call.at and (consent.withdrawn is None or call.at < consent.withdrawn)
        if not any(consent.received < t.at < call.at for t in case.talks)
    )


def _lifted(case: Case, rule: Rule, name: str) -> tuple[tuple[int, int], ...]:
    """The days on which a consent that still stands lifts the rule.

    Where the rule looks back over days, consent lasts for at most seven and ends at the next conversation.
    """
    short = rule.days > 1
    standing = [c for c in _to_calls(case) if c.withdrawn is None]
    if short:
        talks = case.talks if standing else []
        standing = [c for c in standing if not any(t.at > c.received for t in talks)]
    return tuple(_span(c, name, CONSENT_DAYS if short else _LOOK_AHEAD) for c in standing)


def _to_calls(case: Case) -> Iterable[Consent]:
    """Consents to calls about this debt that were given to us; those that name hours speak of hours."""
    if not case.whom.is_debtor:
        return ()
    return (
        c for c in case.account.consents if c.channel == "call" and c.given_to == "us" and not c.opens
    )  # fmt: skip


def _span(consent: Consent, name: str, most: int) -> tuple[int, int]:
    """First and last day of a consent, the day of receipt being the first; a named day means that day."""
    received = _day(consent.received, name)
    last = received + most - 1
    if consent.on:
        day = date.toordinal(consent.on)
        return (day, day) if received <= day <= last else (1, 0)
    return received, min(last, consent.until.toordinal()) if consent.until else last
