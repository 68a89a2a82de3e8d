"""Instalments: a sum in parts, and the days on which they fall due.

Month ends are worked out from the first day (31 January, 28 February, 31 March); the cents add up, and the
last part takes what is left.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.hours import named_day
from collectctl.domain.money import shown
from collectctl.domain.policy import Rule
from collectctl.domain.records import Record
from collectctl.domain.when import fold
from collectctl.domain.words import _

EVERY = ("month", "week", "2w")
_NAMES = {
    "month": "month", "monthly": "month", "月": "month", "每月": "month",
    "week": "week", "weekly": "week", "周": "week", "每周": "week",
    "2w": "2w", "fortnight": "2w", "两周": "2w",
}  # fmt: skip
MOST = 1200  # parts; more is a slip of the keyboard


class UnknownPeriod(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("instalments come every month, week or 2w (two weeks), not {typed!r}").format(typed=typed),
            "--every month|week|2w",
        )


class BadCount(BadUsage):
    def __init__(self, count: int) -> None:
        super().__init__(_("{count} parts are no plan: take 1 to {most}").format(count=count, most=MOST))


class TooSmall(BadUsage):
    def __init__(self, total: int, count: int, currency: str) -> None:
        super().__init__(
            _("{total} can't be parted into {count} sums above zero").format(
                total=shown(total, currency), count=count
            ),
            _("take fewer parts"),
        )


class NotCovered(BadUsage):
    def __init__(self, parts: int, total: int, currency: str) -> None:
        super().__init__(
            _("the parts come to {parts}, what is to be paid is {total}").format(
                parts=shown(parts, currency), total=shown(total, currency)
            ),
            _("--each AMOUNT alone goes on until all is covered; or name parts that add up"),
        )


class TooLong(Refused):
    """A plan beyond what a policy allows."""

    def __init__(self, rule: Rule, last: date) -> None:
        super().__init__(
            _("the plan would run until {last}; {rule}: at most {most} months\n{cite}").format(
                last=last, rule=rule.id, most=rule.most, cite=rule.cite
            ),
            _("take larger parts"),
        )
        self.code = "too-long"


class Instalment(Record):
    """A part of a plan, counted from 1. Minor units."""

    n: int
    due: date
    amount: int


def in_line(part: Instalment, currency: str) -> str:
    """A part as receipts list it."""
    return f"{part.n:>3}  {named_day(part.due)}  {shown(part.amount, currency)}"


def month_after(anchor: date, months: int) -> date:
    """The same day that many months later, the last of the month where there is no such day."""
    from dateutil.relativedelta import relativedelta  # only plans and compound interest need it

    day: date = anchor + relativedelta(months=months)
    return day


def period_called(typed: str) -> str:
    """Raises `UnknownPeriod` (exit 2)."""
    name = fold(typed).strip().lower()
    if name not in _NAMES:
        raise UnknownPeriod(typed)
    return _NAMES[name]


def due_day(first: date, n: int, every: str) -> date:
    """The day of the n-th part, counted from 0."""
    if every == "month":
        return month_after(first, n)
    return first + timedelta(weeks=n * (2 if every == "2w" else 1))


def equal_parts(total: int, count: int, currency: str) -> list[int]:
    """`total` in `count` equal parts. Raises `BadCount`, `TooSmall` (exit 2)."""
    if not 1 <= count <= MOST:
        raise BadCount(count)
    each = total // count
    if each <= 0:
        raise TooSmall(total, count, currency)
    return [each] * (count - 1) + [total - each * (count - 1)]


def parts_of(total: int, each: Sequence[int], count: int | None, currency: str) -> list[int]:
    """The parts that were typed: one amount again and again until `total` is covered, or each by itself.

    Raises `NotCovered`, `BadCount` (exit 2).
    """
    if len(each) > 1 or count:
        parts = list(each) if len(each) > 1 else list(each) * (count or 1)
        over = sum(parts) - total
        if 0 < over < each[-1] and len(each) == 1:
            parts[-1] -= over
        if sum(parts) != total or (count and len(parts) != count):
            raise NotCovered(sum(parts), total, currency)
        return parts
    whole, rest = divmod(total, each[0])
    if whole + bool(rest) > MOST:
        raise BadCount(whole + bool(rest))
    return [each[0]] * whole + ([rest] if rest else [])


def schedule(parts: Sequence[int], first: date, every: str) -> list[Instalment]:
    """The parts with their days."""
    return [Instalment(n + 1, due_day(first, n, every), amount) for n, amount in enumerate(parts)]


def check_length(made: Sequence[Instalment], first: date, every: str, rules: Sequence[Rule]) -> None:
    """Refuse a plan that runs for more months than a policy allows.

    In China 60 (信用卡业务监督管理办法 art 70). N monthly parts run for N months. Raises `TooLong` (exit 1).
    """
    ends = due_day(first, len(made), every)
    for rule in rules:
        if ends > month_after(first, rule.most):
            raise TooLong(rule, made[-1].due)


def spread_to(parts: Sequence[int], start: date, until: date) -> list[Instalment]:
    """Parts at equal distances from `start` (outside) to `until` (inside): a settlement in parts."""
    days = (until - start).days
    return [
        Instalment(n, start + timedelta(days=days * n // len(parts)), amount)
        for n, amount in enumerate(parts, 1)
    ]
