"""Limitation: the last day on which a debt can be claimed in court, and the fact on which that day rests.

Where the newest fact that restarts it can't be proven (a call without a recording), the earlier of the two
days is shown and the later one beside it. Nothing here is legal advice.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta, tzinfo

from collectctl.domain.facts import AccountFile, Activity
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.receipts import received
from collectctl.domain.records import Record
from collectctl.domain.words import _

WARN_DAYS = 90  # calendar days before the last one in which it is warned of
_LONGEST_CN = 20  # years from the claim itself (民法典 188)
# outcomes in which the debtor acknowledges the debt, or asks for time
_ACKNOWLEDGED = ("promise", "paying", "plan", "settlement", "negotiating", "hardship")
_WRITTEN = ("sms", "email", "chat", "letter")
_SCOTLAND = "GB-SCT"


class Restart(Record):
    """A fact from which the time begins anew; `proven` says that it could be shown to a court."""

    on: date
    what: str
    proven: bool


class Limitation(Record):
    """`ends` is the last day, inside; `later` the one that holds if what is unproven can be shown."""

    ends: date
    rests_on: Restart
    cite: str
    later: date | None
    unproven: Restart | None
    ends_debt: bool = False  # the debt itself is gone, not only the claim

    def is_near(self, today: date) -> bool:
        return today >= warns_on(self)


def warns_on(found: Limitation) -> date:
    """The first day on which it is warned of."""
    return found.ends - timedelta(days=WARN_DAYS)


def limitation(account: AccountFile, zone: tzinfo, region: str = "") -> Limitation | None:
    """When the account's debt becomes statute-barred; None where no rule or no due date is known.

    China: three years from the due date, the first day not counted (民法典 188, 189, 201), restarted by a
    demand, an acknowledgement or a suit (195), at most twenty years. England and Wales: six years, restarted
    by a part payment; Scotland (`region` GB-SCT): five years, and nothing revives it (both to be verified).
    States of the US differ, none is shipped.
    """
    origin = _origin(account) if account.policies else None
    if origin is None:
        return None
    countries = {policy.country for policy in account.policies}
    if "CN" in countries:
        return _found(origin, list(_restarts_cn(account, zone)), 3, "民法典 188, 189, 195, 201", _LONGEST_CN)
    if "GB" in countries:
        if region == _SCOTLAND:
            cite = _("Scotland: five years extinguish the debt (verify)")
            return _found(origin, [], 5, cite, None)._replace(ends_debt=True)
        cite = _("England and Wales: six years, from part payment or signed acknowledgement (verify)")
        return _found(origin, [*_paid(account), *_acknowledged(account, zone)], 6, cite, None)
    return None


def timeline(account: AccountFile, zone: tzinfo, region: str = "") -> tuple[Restart, ...]:
    """The due date and every fact that begins the time anew, by their days; empty where nothing is known.

    What comes after the end of the time is among them: it restarts nothing.
    """
    origin = _origin(account) if account.policies else None
    if origin is None:
        return ()
    countries = {policy.country for policy in account.policies}
    found: list[Restart] = []
    if "CN" in countries:
        found = list(_restarts_cn(account, zone))
    elif "GB" in countries and region != _SCOTLAND:
        found = [*_paid(account), *_acknowledged(account, zone)]
    return (origin, *sorted(found, key=lambda r: r.on))


def _origin(account: AccountFile) -> Restart | None:
    since = account.statement.overdue_since
    if since is None:
        return None
    stated = any(account.statement.values.get(key) for key in ("due_date", "first_overdue"))
    return Restart(since, _("due {day}").format(day=since), proven=stated)


def _found(
    origin: Restart, restarts: Sequence[Restart], years: int, cite: str, longest: int | None
) -> Limitation:  # fmt: skip
    """The time walked from fact to fact; what comes after its end restarts nothing."""
    ordered = sorted(restarts, key=lambda r: r.on)
    proven = _last(origin, [r for r in ordered if r.proven], years)
    newest = _last(origin, ordered, years)
    limit = years_after(origin.on, longest) if longest else date.max
    ends, later = (min(years_after(r.on, years), limit) for r in (proven, newest))
    weak = newest if later > ends else origin if not origin.proven and proven is origin else None
    return Limitation(ends, proven, cite, later if later > ends else None, weak)


def _last(origin: Restart, restarts: Sequence[Restart], years: int) -> Restart:
    last = origin
    for restart in restarts:
        if last.on <= restart.on <= years_after(last.on, years):
            last = restart
    return last


def years_after(day: date, years: int) -> date:
    """The same day that many years later; the end of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _paid(account: AccountFile) -> Iterator[Restart]:
    for payment in received(account.payments, date.max):
        yield Restart(payment.on, _("part payment of {day}").format(day=payment.on), proven=True)


def _acknowledged(account: AccountFile, zone: tzinfo) -> Iterator[Restart]:
    """What they wrote themselves; only a letter is surely signed."""
    for entry in account.activities:
        written = entry.inbound and entry.channel in _WRITTEN
        if written and entry.who == "self" and entry.outcome in _ACKNOWLEDGED:
            day = entry.at.astimezone(zone).date()
            text = _("{what} of {day}").format(what=_(BY_CODE[entry.outcome].meaning), day=day)
            yield Restart(day, text, proven=entry.channel == "letter")


def _restarts_cn(account: AccountFile, zone: tzinfo) -> Iterator[Restart]:
    yield from _paid(account)
    for promise in account.promises:
        if not promise.activity and not promise.payer:
            text = _("promise of {day}").format(day=promise.made_on)
            yield Restart(promise.made_on, text, proven=False)
    back = returned(account.activities)
    for entry in account.activities:
        found = _restart_cn(entry, zone)
        if found and entry.id not in back:
            yield found


def returned(entries: Sequence[Activity]) -> set[int]:
    """The messages that came back: of each channel the last one sent before."""
    sent: dict[str, int] = {}
    found = set()
    for entry in entries:
        if entry.outcome == "sent":
            sent[entry.channel] = entry.id
        elif entry.outcome == "undelivered" and entry.channel in sent:
            found.add(sent[entry.channel])
    return found


def _restart_cn(entry: Activity, zone: tzinfo) -> Restart | None:
    """A message to a third party counts for nothing; a call without a recording is weak."""
    day, name = entry.at.astimezone(zone).date(), _(BY_CODE[entry.outcome].meaning)
    text = _("{what} of {day}").format(what=name, day=day)
    if entry.outcome == "legal-step":
        return Restart(day, text, proven=True)
    if entry.who == "self" and entry.outcome in _ACKNOWLEDGED:
        return Restart(day, text, proven=entry.recorded or (entry.channel in _WRITTEN and entry.inbound))
    if entry.outcome == "sent" and entry.channel in _WRITTEN and not entry.party:
        return Restart(day, text, proven=entry.channel == "letter")
    return None
