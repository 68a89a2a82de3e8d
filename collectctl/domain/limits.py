"""What a person said about when, where and how: which part of it a contact falls under, and its words."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from collectctl.domain.cases import Case
from collectctl.domain.facts import Consent, Limit
from collectctl.domain.when import WEEKDAYS
from collectctl.domain.windows import Clause, Slot
from collectctl.domain.words import _


def standing(case: Case) -> list[Limit]:
    """The limits that the debtor's words set on this contact's day, as they were said.

    Those with hours are among them for some days longer: a night outlasts the last day, and slots know.
    """
    if not case.whom.is_debtor or not case.person.limits:
        return []
    found = [x for x in case.person.limits if holds(x._replace(until=_nights_end(x)), case)]
    return sorted(found, key=lambda x: (x.received, repr(x[3:]))) if len(found) > 1 else found


def holds(limit: Limit, case: Case) -> bool:
    """Whether its last day, which is one of the debtor's, is not over in each of their zones."""
    if limit.until is None:
        return True
    return limit.until >= min(case.days_of(case.asked.at))


def _nights_end(limit: Limit) -> date | None:
    return limit.until + timedelta(days=2) if limit.until and limit.timed else limit.until


def touches(limit: Limit, case: Case) -> bool:
    """Whether a contact uses the channel, number, address or place that a limit names."""
    if limit.channel and limit.channel != case.asked.channel:
        return False
    if limit.to and limit.to != case.asked.to:
        return False
    return not limit.place or _is_at(limit.place, case)


def _is_at(place: str, case: Case) -> bool:
    """A place binds the media tied to it: its telephone, and for the home its letter box and its door.

    Not the mobile and not e-mail (12 CFR 1006.6(b)(1), comment 6(b)(1)(ii)-1).
    """
    if case.asked.channel in ("call", "sms"):
        return case.label == place
    return place == "home" and case.asked.channel in ("letter", "visit")


def closed(case: Case, place: str | None) -> list[Limit]:
    """The limits without hours that rule out this contact: of a place, or (None) of a medium."""
    found = [x for x in standing(case) if not x.timed and (x.place == place if place else not x.place)]
    wanted = [x for x in found if x.only]
    against = [x for x in found if not x.only and touches(x, case)]
    if wanted and not any(touches(x, case) for x in wanted):
        against.append(wanted[-1])
    return against


def clauses(case: Case) -> tuple[Clause, ...]:
    """The hours that the limits leave for this contact; several `--only` are added together.

    A letter has no hour at which it is read.
    """
    if case.asked.channel == "letter":
        return ()
    timed = _timed(case)
    wanted = (*(_slot(x) for x in timed if x.only), *_afterwards([x for x in timed if x.only]))
    unwanted = tuple(_slot(x) for x in timed if not x.only)
    first = min((x.received for x in timed), default=None)
    agreed = agreed_slots(case, [c for c in consents(case) if first and c.received >= first])
    found = [Clause(True, wanted, agreed)] if wanted else []
    return tuple([*found, Clause(False, unwanted, agreed)] if unwanted else found)


def _afterwards(wanted: list[Limit]) -> tuple[Slot, ...]:
    """All the time that begins when the last of the wanted hours have had their last day."""
    untils = [x.until for x in wanted if x.until]
    if not untils or len(untils) < len(wanted):
        return ()
    return (Slot(first=(max(untils) + timedelta(days=1)).isoformat()),)


def told_at(case: Case) -> datetime | None:
    """When they last said something about the hours of this contact."""
    return max((x.received for x in _timed(case)), default=None)


def _timed(case: Case) -> list[Limit]:
    return [x for x in standing(case) if x.timed and touches(x, case)]


def _slot(limit: Limit) -> Slot:
    return Slot(limit.days, limit.opens, limit.closes, "", limit.until.isoformat() if limit.until else "")


def consents(case: Case) -> list[Consent]:
    """The debtor's standing consents for this channel, given to us; none opens anything towards others."""
    if not case.whom.is_debtor:
        return []
    channel = case.asked.channel
    accounts = case.person.accounts
    return [
        c for a in accounts for c in a.consents
        if c.channel == channel and c.given_to == "us" and c.withdrawn is None
        and (a.id == case.account.id or c.opens)
    ]  # fmt: skip


def agreed_slots(case: Case, agreed: Iterable[Consent]) -> tuple[Slot, ...]:
    """The hours that consents name."""
    found = []
    for consent in agreed:
        if consent.opens and case.zones:
            first = consent.on or min(case.days_of(consent.received))
            last = consent.on or consent.until
            text = last.isoformat() if last else ""
            found.append(Slot((), consent.opens, consent.closes, first.isoformat(), text))
    return tuple(found)


def in_words(limit: Limit) -> str:
    """The limit as it is echoed: "calls blocked outside 18:00-20:00"."""
    parts = [_named(limit)]
    if limit.timed:
        clock = " ".join(p for p in (days_in_words(limit.days), hours_in_words(limit)) if p)
        parts.append(_("blocked outside {clock}") if limit.only else _("blocked {clock}"))
        parts[-1] = parts[-1].format(clock=clock)
    elif limit.only:
        parts = [_("everything but {what} blocked").format(what=_named(limit))]
    else:
        parts.append(_("blocked"))
    if limit.until:
        parts.append(_("until {day}").format(day=limit.until))
    return " ".join(parts)


def _named(limit: Limit) -> str:
    names = {
        "call": _("calls"),
        "sms": _("texts"),
        "email": _("e-mail"),
        "chat": _("chat"),
        "letter": _("letters"),
        "visit": _("visits"),
    }
    text = names.get(limit.channel, _("contacts"))
    if limit.to:
        text += _(" to {number}").format(number=limit.to)
    if limit.place:
        text += _(" at home") if limit.place == "home" else _(" at work")
    return text


def days_in_words(days: tuple[int, ...]) -> str:
    """Weekdays, runs of three or more as `Mon-Fri`."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    texts = []
    for run in runs:
        names = [_(WEEKDAYS[d]) for d in run]
        texts += [f"{names[0]}-{names[-1]}"] if len(run) > 2 else names
    return ", ".join(texts)


def hours_in_words(limit: Limit) -> str:
    return f"{limit.opens}-{limit.closes}" if limit.opens else ""
