"""The validation notice of 12 CFR 1006.34: when it is due, and until when a dispute is in time."""

from datetime import date, timedelta, tzinfo

from collectctl.domain.facts import AccountFile

RECEIPT_DAYS = 5  # days after sending, Saturdays, Sundays and federal holidays left out: 1006.34(b)(5)
PERIOD_DAYS = 30  # after receipt
_WRITTEN = ("letter", "email")


def sent_on(account: AccountFile, collector: tzinfo) -> date | None:
    """The day on which the newest notice was sent: the client's file says so, or a letter or e-mail went out.

    A message that came back is no notice; one that is sent again starts the period again.
    """
    sent: dict[str, date] = {}  # by the way it went
    stated = account.statement.values.get("validation_sent")
    if isinstance(stated, str) and stated:
        sent["client"] = date.fromisoformat(stated[:10])
    for activity in account.activities:
        if activity.channel in _WRITTEN and not activity.inbound:
            if activity.outcome == "sent":
                sent[activity.channel] = activity.at.astimezone(collector).date()
            elif activity.outcome == "undelivered":
                sent.pop(activity.channel, None)
    return max(sent.values(), default=None)


def due_by(account: AccountFile, days: int, collector: tzinfo) -> date | None:
    """The last day on which the notice is in time after the first talk; None where nothing is due."""
    if sent_on(account, collector):
        return None
    talks = [v.at for v in account.activities if v.is_talk]
    return min(talks).astimezone(collector).date() + timedelta(days=days) if talks else None


def receipt(sent: date) -> date:
    """The day on which a notice that was sent on `sent` is assumed to be received."""
    day, left = sent, RECEIPT_DAYS
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in federal_holidays(day.year):
            left -= 1
    return day


def period_end(sent: date) -> date:
    """The last day of the validation period."""
    return receipt(sent) + timedelta(days=PERIOD_DAYS)


def federal_holidays(year: int) -> frozenset[date]:
    """The legal public holidays of 5 U.S.C. 6103(a), on their day and on that on which they are observed."""
    fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
    days = {_observed(date(y, month, day)) for y in (year, year + 1) for month, day in fixed}
    days |= {date(y, month, day) for y in (year,) for month, day in fixed}
    days |= {_nth(year, month, 0, n) for month, n in ((1, 3), (2, 3), (9, 1))}
    days |= {_nth(year, 10, 0, 2), _nth(year, 11, 3, 4), _nth(year, 6, 0, 1) - timedelta(days=7)}
    return frozenset(days)


def _observed(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
