"""Consent of the debtor to a channel, to more calls, or to an hour; and taking it back."""

from datetime import date, datetime, timedelta

from collectctl.domain.cases import Asked, Case, case_of
from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import AccountFile, Consent
from collectctl.domain.frequency import CONSENT_DAYS
from collectctl.domain.hours import named_day
from collectctl.domain.numbers import first_day
from collectctl.domain.policy import labels
from collectctl.domain.records import Record
from collectctl.domain.results.said import Done, Said
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.journal import Unit, utc_text
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each


class ConsentAhead(BadUsage):
    def __init__(self, received: datetime) -> None:
        super().__init__(
            _("consent dated in the future: {when}").format(when=f"{received:%Y-%m-%d %H:%M}"),
            _("--received now; for a day to come: --on DATE"),
        )


class BeforeReceipt(BadUsage):
    def __init__(self, option: str, day: date, received: date) -> None:
        super().__init__(
            _("{option} {day} is before the consent was received, {received}").format(
                option=option, day=named_day(day), received=named_day(received)
            )
        )


class TwoLasts(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("--on names one day, --until the last of several: one of them"), "--on fri")


class WithdrawsAll(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("--withdraw ends every consent to the channel; it takes no day and no hours"),
            "--channel call --withdraw",
        )


class NoConsent(NotFound):
    def __init__(self, number: str, channel: str) -> None:
        super().__init__(
            _("{number} has no consent to {channel} that stands").format(number=number, channel=channel),
            f"collectctl show {number}",
        )


class Given(Record):
    """A consent as it was typed; `received` is when it reached us, or the client."""

    channel: str
    received: datetime
    on: date | None = None
    until: date | None = None
    opens: str = ""
    closes: str = ""
    given_to: str = "us"
    text: str = ""


def consent(book: Book, account_id: int, given: Given, now: datetime) -> Said:
    """Record it for the one account. Raises `ConsentAhead`, `BeforeReceipt`, `TwoLasts` (2)."""
    _check_received(given.received, now)
    if given.on and given.until:
        raise TwoLasts

    def write(made: Unit, found: Target) -> Done:
        case = case_of(found.person, found.account, Asked(now, given.channel))
        received = min(case.days_of(given.received))
        for option, day in (("--on", given.on), ("--until", given.until)):
            if day and day < received:
                raise BeforeReceipt(option, day, received)
        made_id = _append(made, found.account.id, given, withdraws=False)
        text, warnings = _opens(case, given, received)
        facts = {
            "consent": made_id, "channel": given.channel, "received": given.received, "on": given.on,
            "until": given.until, "hours": f"{given.opens}-{given.closes}" if given.opens else None,
            "given_to": given.given_to,
        }  # fmt: skip
        if given.received != now:
            when = f"{named_day(given.received.date())} {given.received:%H:%M}"
            text += _(" · received {when}").format(when=when)
        return Done(text, _brief(given), facts, warnings)

    return each(book, "consent", [account_id], now, write)


def withdraw(book: Book, account_id: int, given: Given, now: datetime) -> Said:
    """End the consents to a channel, from `received` on.

    A consent that names hours is about the person: it ends on their other accounts too. Raises
    `ConsentAhead`, `WithdrawsAll` (2), `NoConsent` (3).
    """
    _check_received(given.received, now)
    if given.on or given.until or given.opens:
        raise WithdrawsAll

    def write(made: Unit, found: Target) -> Done:
        first = first_day(found.person, given.received.date(), zone_of(now))
        every = {a.id: _standing(a, given, first) for a in found.person.accounts}
        ended = {a: s for a, s in every.items() if (s if a == found.account.id else any(c.opens for c in s))}
        if not ended:
            raise NoConsent(found.account.number, given.channel)
        for account in ended:
            _append(made, account, given, withdraws=True)
        facts = {
            "channel": given.channel,
            "received": given.received,
            "withdrawn": tuple(c.id for standing in ended.values() for c in standing),
        }
        text = _("consent to {channel} withdrawn")
        return Done(
            text.format(channel=given.channel), _("{channel}, withdrawn").format(channel=given.channel), facts
        )

    return each(book, "consent", [account_id], now, write)


def _brief(given: Given) -> str:
    """For the journal."""
    if given.given_to != "us":
        return _("{channel}, given to the client").format(channel=given.channel)
    return f"{given.channel}{f' {given.opens}-{given.closes}' if given.opens else ''}"


def _check_received(received: datetime, now: datetime) -> None:
    if received > now:
        raise ConsentAhead(received)


def _standing(account: AccountFile, given: Given, first: date) -> list[Consent]:
    """The consents to the channel that a withdrawal ends, those of `first` and later days."""
    return [
        c for c in account.consents
        if c.channel == given.channel and c.withdrawn is None and c.received <= given.received
        and (c.on is None or c.on >= first) and (c.until is None or c.until >= first)
    ]  # fmt: skip


def _append(made: Unit, account: int, given: Given, *, withdraws: bool) -> int:
    return made.facts.add(
        "consent", account=account, activity=None, channel=given.channel, received=utc_text(given.received),
        on_day=given.on.isoformat() if given.on else None,
        until=given.until.isoformat() if given.until else None, opens=given.opens, closes=given.closes,
        given_to=given.given_to, withdraws=int(withdraws), text=given.text,
    )  # fmt: skip


# --- what it opens, in words --------------------------------------------------------------------------------


def _opens(case: Case, given: Given, received: date) -> tuple[str, tuple[str, ...]]:
    """What the consent opens under the policies that bind, and what may be expected of it in vain."""
    said = _("consent to {channel} recorded").format(channel=given.channel)
    if given.given_to != "us":
        return _("recorded; consent given to the client opens nothing here"), ()
    if given.opens:
        hours = _("open {opens}-{closes}{days}; counts stay").format(
            opens=given.opens, closes=given.closes, days=_days(given.on, given.until)
        )
        return f"{said}: {hours}", ()
    lifted = [r for r in case.rules("count") + case.rules("quiet") if r.lifted]
    if lifted:
        text, warnings = _lifts(case, given, received, short=any(r.days > 1 for r in lifted))
        return f"{said}: {text}", warnings
    if case.rules("consent"):
        return f"{said}: {_('they may be contacted that way')}{_days(given.on, given.until)}", ()
    names = ", ".join(labels(case.policies))
    return _("{said}; it opens nothing under {policies} (hours: --hours)").format(
        said=said, policies=names
    ), ()


def _lifts(case: Case, given: Given, received: date, *, short: bool) -> tuple[str, tuple[str, ...]]:
    """Counts that look back over days are lifted for seven days at most, until the next conversation
    (12 CFR 1006.14(b)(3)(i), comment 14(b)(3)(i)-2).
    """
    if not short:
        return _("more calls{days}; hours stay as they are").format(days=_days(given.on, given.until)), ()
    last = received + timedelta(days=CONSENT_DAYS - 1)
    if given.on:
        text = _("calls beyond the count on {day}, until you talk; hours stay as they are")
        late = _("that day is more than {days} days from receipt on: it lifts no count")
        warnings = [late.format(days=CONSENT_DAYS)] if given.on > last else []
        return text.format(day=named_day(given.on)), tuple(warnings)
    until = min(last, given.until or last)
    text = _("calls beyond the count until {day}, or until you talk; hours stay as they are")
    warnings = []
    if until < case.today:
        warnings.append(_("that is over already"))
    if given.until and given.until > last:
        warnings.append(_("it lasts {days} days from receipt on, not longer").format(days=CONSENT_DAYS))
    if any(v.is_talk and v.at > given.received for v in case.account.activities):
        warnings.append(_("a conversation after it has ended it already"))
    return text.format(day=named_day(until)), tuple(warnings)


def _days(on: date | None, until: date | None) -> str:
    if on:
        return _(" on {day}").format(day=named_day(on))
    return _(" until {day}").format(day=named_day(until)) if until else ""
