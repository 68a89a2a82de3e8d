"""Rates and the conventions of an interest: typed, checked, and said in words. Nothing is assumed.

One and the same statement is worked out in different ways: which days of a span are charged, and on how many
days a year has. All are in use somewhere, so that each is asked for and named with every result.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from collectctl.domain.errors import BadUsage
from collectctl.domain.records import Record
from collectctl.domain.when import fold
from collectctl.domain.words import _

BASES = ("360", "365", "actual")
CLOSING = ("counted", "not")
PAYMENT_DAYS = ("old", "new")
_UNITS = {
    "year": "year", "y": "year", "a": "year", "annum": "year", "年": "year",
    "day": "day", "d": "day", "日": "day", "天": "day",
}  # fmt: skip
_MOST = Decimal(1000)  # percent


class NoUnit(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("the rate {typed!r} doesn't say per what").format(typed=typed),
            "--rate 24%/year",
        )


class BadRate(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no rate; a rate is as 24%/year or 0.05%/day, a share as 5%").format(typed=typed)
        )


class NoConvention(BadUsage):
    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            _("an interest needs its convention, which is never assumed; missing: {options}").format(
                options=", ".join(missing)
            ),
            "--basis 360|365|actual --last-day counted|not --payment-day old|new",
        )


class Rate(Record):
    """A share (0.24 for 24 %) per `unit`, day or year; `text` is how it is written."""

    share: Decimal
    unit: str
    text: str


class Convention(Record):
    """How an interest is worked out; `closing`: the closing day is charged; `old`: the day of a payment is
    charged on the balance before it."""

    rate: Rate
    basis: str
    closing: bool
    old: bool

    def in_words(self) -> str:
        closing = _("the closing day is charged") if self.closing else _("the closing day is not charged")
        day = _("the day of a payment on the old balance") if self.old else _("on the new balance")
        if not self.old:
            day = _("the day of a payment {balance}").format(balance=day)
        return ", ".join((self.rate.text, basis_in_words(self.basis), closing, day, _("half up per line")))


def basis_in_words(basis: str) -> str:
    return _("year of its actual days") if basis == "actual" else _("year of {days} days").format(days=basis)


def read_rate(typed: str) -> Rate:
    """`24%/year`, `0.05%/day`, `18%/年`. Raises `NoUnit`, `BadRate` (exit 2)."""
    text = fold(typed).replace(" ", "").lower()
    number, slash, unit = text.partition("/")
    share = _share(number, typed)
    if not slash or not unit:
        raise NoUnit(typed)
    if unit not in _UNITS:
        raise BadRate(typed)
    return Rate(share, _UNITS[unit], f"{number}/{_UNITS[unit]}")


def read_share(typed: str) -> Decimal:
    """`5%` as 0.05. Raises `BadRate` (exit 2)."""
    return _share(fold(typed).replace(" ", ""), typed)


def _share(text: str, typed: str) -> Decimal:
    if not re.fullmatch(r"\d{1,6}(\.\d{1,8})?%", text, re.ASCII):
        raise BadRate(typed)
    percent = Decimal(text[:-1])
    if not 0 < percent <= _MOST:
        raise BadRate(typed)
    return percent / 100


def read_convention(rate: str, basis: str, last_day: str, payment_day: str) -> Convention:
    """Raises `NoConvention` and the errors of a rate (exit 2)."""
    said = {"--basis": basis, "--last-day": last_day, "--payment-day": payment_day}
    read = read_rate(rate)
    missing = [option for option, value in said.items() if not value]
    if missing:
        raise NoConvention(missing)
    return Convention(read, basis, last_day == "counted", payment_day == "old")


def days_of_year(day: date, basis: str) -> int:
    if basis == "actual":
        return (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return int(basis)


def half_up(value: Decimal) -> int:
    """Whole minor units: the one rounding rule of the book."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def share_of(amount: int, share: Decimal) -> int:
    """A share of minor units, half up."""
    return half_up(amount * share)
