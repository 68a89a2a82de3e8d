"""The sentences of a report. Every number that is a share says of what: systems disagree."""

from collections.abc import Iterator
from datetime import date

from collectctl.domain.results.report import Breach, Recovered, ReportResult
from collectctl.domain.when import WEEKDAYS
from collectctl.domain.words import _
from collectctl.render.values import amounts


def title(result: ReportResult) -> str:
    return " · ".join((days(result), *result.narrowed))


def days(result: ReportResult) -> str:
    """The day of the report, or the first and the last of its days."""
    if result.last == result.first:
        return _day(result.first)
    return _("{first} to {last}").format(first=_day(result.first), last=_day(result.last))


def _day(day: date) -> str:
    return f"{day.isoformat()} {_(WEEKDAYS[day.weekday()])}"


def work(result: ReportResult) -> str:
    return _("{attempts} attempts; {worked} of {open} open accounts worked").format(
        attempts=result.counts.attempts, worked=result.accounts_worked, open=result.open_accounts
    )


def reached(result: ReportResult) -> str:
    counts = result.counts
    text = _("contacts {contacts} of {attempts} attempts").format(
        contacts=counts.contacts, attempts=counts.attempts
    )
    if result.inbound:
        text += _(" ({inbound} of them came from outside)").format(inbound=result.inbound)
    return text + _("; RPC {rpc} of {attempts} attempts, of {contacts} contacts").format(
        rpc=counts.rpc, attempts=counts.attempts, contacts=counts.contacts
    )


def promises(result: ReportResult) -> str:
    return _("promises {count} of {rpc} RPC: {amount}").format(
        count=result.counts.promises, rpc=result.counts.rpc, amount=amounts(result.promised)
    )


def due(result: ReportResult) -> str:
    fallen = result.fallen_due
    return _(
        "of {count} fallen due {kept} kept, {partly} partly, {broken} broken; {received} came,"
        " {missing} did not"
    ).format(
        count=fallen.kept + fallen.partly + fallen.broken,
        kept=fallen.kept,
        partly=fallen.partly,
        broken=fallen.broken,
        received=amounts(fallen.kept_amount),
        missing=amounts(fallen.broken_amount),
    )


def money(result: ReportResult) -> str:
    text = _("claimed {claims}: {claimed}, confirmed {payments}: {confirmed}").format(
        claims=result.claimed.count,
        claimed=amounts(result.claimed.amount),
        payments=result.confirmed.count,
        confirmed=amounts(result.confirmed.amount),
    )
    return text + "".join(f", {part}" for part in _came_of_it(result.recovered))


def _came_of_it(found: Recovered) -> Iterator[str]:
    if found.reversed.count:
        yield _("reversed {count}: {amount}").format(
            count=found.reversed.count, amount=amounts(found.reversed.amount)
        )
    if found.settled.count:
        yield _("settled {count}: {amount}, {reduction} let off").format(
            count=found.settled.count, amount=amounts(found.settled.amount),
            reduction=amounts(found.reduction),
        )  # fmt: skip
    if found.cured or found.rolled_back:
        yield _("cured {cured}, rolled back {rolled}").format(cured=found.cured, rolled=found.rolled_back)
    if found.commission:
        yield _("commission {amount}").format(amount=amounts(found.commission))


def compliance(result: ReportResult) -> str:
    text = _("complaints {complaints}, breaches {breaches}, overrides {overrides}").format(
        complaints=result.complaints, breaches=len(result.breaches), overrides=len(result.overrides)
    )
    kept = result.register
    if kept.received or kept.closed or kept.open:
        text += _("; complaints and disputes: received {received}, closed {closed}, open {open}").format(
            received=kept.received, closed=kept.closed, open=kept.open
        )
        text += _(" ({count} overdue)").format(count=kept.overdue) if kept.overdue else ""
    return text


def against(breach: Breach) -> str:
    """A contact that went against a rule, on one line."""
    text = f"  {breach.at:%m-%d %H:%M} {breach.account} {breach.rule}: {breach.text} ({breach.cite})"
    return text + (_(", overridden: {reason}").format(reason=breach.override) if breach.override else "")


def ahead(result: ReportResult) -> str:
    tomorrow = result.tomorrow
    return _(
        "due and not worked {missed}; tomorrow: promises {promises}, call-backs {callbacks},"
        " follow-ups {follow_ups}"
    ).format(
        missed=result.not_worked,
        promises=tomorrow.promises_due,
        callbacks=tomorrow.callbacks,
        follow_ups=tomorrow.follow_ups,
    )


def average(result: ReportResult) -> str:
    found = result.average
    if not found.days:
        return _("no worked day before to compare with")
    return _(
        "a day of the {days} worked before: attempts {attempts}, accounts {accounts}, contacts {contacts},"
        " RPC {rpc}, promises {promises}"
    ).format(
        days=found.days,
        attempts=found.attempts,
        accounts=found.accounts_worked,
        contacts=found.contacts,
        rpc=found.rpc,
        promises=found.promises,
    )


def talk(result: ReportResult) -> str:
    minutes, seconds = divmod(result.talk_seconds, 60)
    return _("talk time {minutes}:{seconds:02}").format(minutes=minutes, seconds=seconds)
