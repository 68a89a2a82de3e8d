"""Days past due, and the buckets that the field sorts them into."""

from datetime import date, timedelta

# the default grid: M1 is 1-30 days past due, M2 31-60, ... M7 over 180 (as 信用卡办法 art 92)
GRID = (("M1", 1), ("M2", 31), ("M3", 61), ("M4", 91), ("M5", 121), ("M6", 151), ("M7", 181))


def days_past_due(overdue_since: date | None, today: date) -> int:
    """Calendar days from the oldest unpaid due date: due on the 8th, the 9th is 1. Never below zero."""
    return max(0, (today - overdue_since).days) if overdue_since else 0


def bucket(days: int) -> str:
    """The bucket of that many days past due; `M0` is not past due."""
    return next((name for name, first in reversed(GRID) if days >= first), "M0")


def bucket_days(name: str) -> tuple[int, int] | None:
    """First and last day of a bucket, both inside; None where no bucket is called so."""
    if name == "M0":
        return 0, 0
    firsts = dict(GRID)
    if name == "M6+":
        return firsts["M7"], 100_000
    if name not in firsts:
        return None
    later = [first for _name, first in GRID if first > firsts[name]]
    return firsts[name], (later[0] - 1 if later else 100_000)


def next_bucket_day(overdue_since: date | None, today: date, limits: tuple[int, ...]) -> date | None:
    """The next day on which the days past due pass one of `limits`."""
    if overdue_since is None:
        return None
    days = (today - overdue_since).days
    ahead = [limit for limit in limits if limit > days]
    return overdue_since + timedelta(days=min(ahead)) if ahead else None
