"""What may be purged when a mandate has ended, and what a rule of retention still keeps."""

from datetime import date, tzinfo

from dateutil.relativedelta import relativedelta

from collectctl.domain.facts import AccountFile
from collectctl.domain.policy import Rule
from collectctl.domain.records import Record


class Keep(Record):
    """A rule that keeps an account's records until a day, that day included."""

    rule: Rule
    until: date


def closed_before(account: AccountFile, day: date) -> bool:
    """Whether its placement ended before `day`."""
    ended = account.placement.closed_on
    return not account.open and ended is not None and ended < day


def kept_by(account: AccountFile, today: date, zone: tzinfo) -> Keep | None:
    """The rule of retention that keeps it the longest; None where nothing keeps it any more.

    Years are counted from the last thing that took place: a contact, a payment, the end of the placement.
    """
    days = [account.placement.placed_on, account.placement.closed_on or today]
    days += [entry.at.astimezone(zone).date() for entry in account.activities]
    days += [payment.on for payment in account.payments]
    last = max(days)
    keeps = [
        Keep(rule, last + relativedelta(years=rule.years))
        for policy in account.policies
        for rule in policy.rules
        if rule.kind == "retention"
    ]
    longest = max(keeps, key=lambda keep: keep.until, default=None)
    return longest if longest and today <= longest.until else None
