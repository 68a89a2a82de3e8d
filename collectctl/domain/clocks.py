"""Hours, inconvenient times, counts and quiet periods: what the clock and the calendar say."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from collectctl.domain import windows
from collectctl.domain.cases import Case
from collectctl.domain.frequency import Ledger, hides, ledgers
from collectctl.domain.limits import agreed_slots, clauses, consents, told_at
from collectctl.domain.policy import Rule
from collectctl.domain.reasons import Reason, reason, warning
from collectctl.domain.windows import Clause, Slot, Window
from collectctl.domain.words import _


def clock_reasons(case: Case) -> Iterator[Reason]:
    """What the hour and the day say about a case."""
    for rule in case.rules("hours"):
        yield from _hours(case, rule)
    for rule in case.rules("inconvenient"):
        yield from _closed(case, rule, Window(case.zones, clauses(case)), _inconvenient_text, told_at(case))
    yield from _frequency(case)


def clock(case: Case) -> Window:
    """Everything that the hour decides, as one window; hours that only warn are not in it."""
    found = [_clause(case, rule) for rule in case.rules("hours") if hides(rule)]
    timed = clauses(case) if case.rules("inconvenient") else ()
    every = tuple(dict.fromkeys((*found, *timed)))
    return Window(case.zones, every) if every else windows.ALWAYS


def open_times(case: Case) -> Window:
    """The same with the time in which what they wrote or called about may still be answered."""
    window = clock(case)
    rules = [r for kind in ("hours", "inconvenient") for r in case.rules(kind) if hides(r)]
    theirs, told = unanswered(case), told_at(case)
    if theirs is None or (told and theirs <= told) or not all(rule.answers for rule in rules):
        return window
    if windows.is_open(window, theirs):
        return window
    return window._replace(others=(windows.between(theirs, windows.next_open(window, theirs)),))


def _clause(case: Case, rule: Rule) -> Clause:
    """The rule's hours, and those that the debtor agreed to (12 CFR 1006.6(b)(4); GB/T 45251-2025 5.3)."""
    return Clause(True, (Slot((), rule.opens, rule.closes),), agreed_slots(case, consents(case)))


def _hours(case: Case, rule: Rule) -> Iterator[Reason]:
    if not case.zones:
        text = _("nothing says where they are: enter an address (person move) or a zone (person zone)")
        yield reason(rule, text, None, "hours")
        return
    yield from _closed(case, rule, Window(case.zones, (_clause(case, rule),)), _hours_text, None)
    if _says_nothing(case):
        yield warning(rule, _("the number says nothing about where they are: ask for the address"))


def _says_nothing(case: Case) -> bool:
    """Whether the number is one without a place, and nothing else but other numbers tells the zone."""
    if not case.asked.to or case.person.zones or case.person.region or any(p.zone for p in case.policies):
        return False
    phones = (*case.person.phones, *case.person.party_phones)
    return any(p.digits == case.asked.to and not p.zones for p in phones)


def _closed(
    case: Case, rule: Rule, window: Window, text: Callable[[Case, Rule], str], told: datetime | None
) -> Iterator[Reason]:
    at = case.asked.at
    if windows.is_open(window, at):
        return
    theirs = unanswered(case)
    if (
        rule.answers
        and theirs
        and (told is None or theirs > told)
        and not _opened_between(window, theirs, at)
    ):
        yield answer_once(rule)
        return
    yield reason(rule, text(case, rule), windows.next_open(window, at), "hours")


def _hours_text(case: Case, rule: Rule) -> str:
    return _("it is {times} there; open {opens}-{closes}").format(
        times=_times(case), opens=rule.opens, closes=rule.closes
    )


def _inconvenient_text(case: Case, _rule: Rule) -> str:
    return _("it is {times} there, a time that they called inconvenient").format(times=_times(case))


def _times(case: Case) -> str:
    """The wall clock in each zone, those that show the same once."""
    shown: dict[str, str] = {}
    for name in case.zones:
        local = case.asked.at.astimezone(windows.zone(name))
        shown.setdefault(f"{local:%H:%M}", name.rpartition("/")[2].replace("_", " "))
    return ", ".join(f"{time} ({place})" for time, place in shown.items())


def _opened_between(window: Window, since: datetime, at: datetime) -> bool:
    opening = windows.next_open(window, since)
    return opening is not None and opening <= at


def unanswered(case: Case, same_number: bool = False) -> datetime | None:
    """When they last wrote or called by this medium (and number), where we have not answered them since.

    Once, by the same medium, within that period (12 CFR 1006.6(b)(1), comment -2; 1006.14(h)(2)); an answer
    about another debt is one too.
    """
    theirs = max((
        v.at for v in case.account.activities
        if v.inbound and v.channel == case.asked.channel and case.whom.concerned_by(v)
        and (not same_number or v.number == case.asked.to)
    ), default=None)  # fmt: skip
    if theirs is None:
        return None
    answered = any(
        v.is_attempt and v.at > theirs and v.channel == case.asked.channel and case.whom.concerned_by(v)
        for a in case.person.accounts
        for v in a.activities
    )
    return None if answered else theirs


def answer_once(rule: Rule) -> Reason:
    return warning(rule, _("they wrote or called: it may be answered once, by the same medium"))


# --- counts and quiet -----------------------------------------------------------------------------------


def _frequency(case: Case) -> Iterator[Reason]:
    """One reason a rule, of the zone in which it binds longest."""
    barred: dict[str, tuple[datetime, Ledger, int]] = {}
    for ledger in ledgers(case):
        today = ledger.day(case.asked.at)
        if not ledger.bars(today):
            continue
        free = ledger.free(today)
        until = windows.day_starts(ledger.zone, date.fromordinal(free)) if free else None
        known = barred.get(ledger.rule.id)
        if until and (known is None or until > known[0]):
            barred[ledger.rule.id] = (until, ledger, today)
    for until, ledger, today in barred.values():
        cause = "quiet" if ledger.rule.kind == "quiet" else "cap"
        yield reason(ledger.rule, _frequency_text(ledger, today), until, cause)


def _frequency_text(ledger: Ledger, today: int) -> str:
    rule = ledger.rule
    if rule.kind == "quiet":
        talked = date.fromordinal(max(d for d in ledger.days if d <= today))
        return _("you talked on {day}: quiet for {days} days, that day included").format(
            day=f"{talked:%m-%d}", days=rule.days
        )
    count = ledger.count(today)
    what = {
        "calls": _("{count} calls"),
        "calls-texts": _("{count} calls or texts, mere rings counted"),
        "messages": _("{count} messages"),
        "communications": _("{count} contacts"),
        "effective": _("{count} talks"),
        "notices": _("{count} notices by us alone"),
        "unanswered": _("{count} unanswered dials to this number"),
    }[rule.counts].format(count=count)
    if rule.days == 1:
        return _("{what} today, at most {most}").format(what=what, most=rule.most)
    return _("{what} in {days} days, at most {most}").format(what=what, days=rule.days, most=rule.most)
