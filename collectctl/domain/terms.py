"""TERMs that narrow a list: `client:X bucket:M2 bal>10000 dpd:31..60 last>3d outcome:ptp tag:x`, or a word.

Read here into conditions with plain values; how they are looked up is the store's affair.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from collectctl.domain import outcomes
from collectctl.domain.buckets import bucket_days
from collectctl.domain.errors import BadUsage
from collectctl.domain.records import Record
from collectctl.domain.tasks import CLASSES
from collectctl.domain.when import fold
from collectctl.domain.words import _

KEYS = (
    "client",
    "batch",
    "bucket",
    "class",
    "bal",
    "dpd",
    "last",
    "outcome",
    "tag",
    "city",
    "reach",
    "state",
)
_MOST_DIGITS = 14
_STATES = ("due", "future", "hold", "no_number", "closed")


class BadTerm(BadUsage):
    def __init__(self, term: str, expected: str) -> None:
        super().__init__(
            _("{term!r} narrows nothing: {expected}").format(term=term, expected=expected),
            "client:X bucket:M2 class:new bal>10000 dpd:31..60 last>3d outcome:ptp tag:x reach:never",
        )


class Condition(Record):
    """`low` and `high` bound a range, both inside, None where open; `text` is what else is compared."""

    key: str
    text: str = ""
    low: int | str | None = None
    high: int | str | None = None


def read_terms(terms: Sequence[str], today: date) -> tuple[Condition, ...]:
    """Raises `BadTerm` (exit 2)."""
    return tuple(_read(fold(term), today) for term in terms)


def is_term(word: str) -> bool:
    """Whether a word narrows by one of the keys."""
    return _split(fold(word))[0] in KEYS


def _split(term: str) -> tuple[str, str, str]:
    """Key, sign and value; a word has neither key nor sign."""
    at = next((i for i, c in enumerate(term) if c in ":<>"), -1)
    return (term[:at].lower(), term[at], term[at + 1 :]) if at > 0 else ("", "", term)


def _read(term: str, today: date) -> Condition:
    key, sign, value = _split(term)
    if key not in KEYS:
        if sign and key.isascii() and key.isalpha() and not value.startswith("//"):
            raise BadTerm(term, _("the keys are {keys}").format(keys=", ".join(KEYS)))
        return Condition("word", term)
    if key in ("bal", "dpd"):
        return _range(key, sign, value, term)
    if key == "last":
        return _last(sign, value, term, today)
    return _named(key, value, term)


def _named(key: str, value: str, term: str) -> Condition:
    if key == "bucket":
        days = bucket_days(value.upper())
        if days is None:
            raise BadTerm(term, _("buckets are M0 to M7"))
        return Condition("dpd", low=days[0], high=days[1])
    if key == "class":
        if value not in CLASSES:
            raise BadTerm(term, _("the classes are {names}").format(names=", ".join(CLASSES)))
        return Condition("class", low=CLASSES.index(value))
    if key == "outcome":
        return Condition("outcome", outcomes.match(value).code)
    if key == "reach" and value not in ("never", "ever"):
        raise BadTerm(term, _("reach:never or reach:ever"))
    if key == "state" and value not in _STATES:
        raise BadTerm(term, _("the states are {names}").format(names=", ".join(_STATES)))
    return Condition(key, value)


def _range(key: str, sign: str, value: str, term: str) -> Condition:
    low, dots, high = value.partition("..")
    if dots and sign == ":":
        return Condition(key, low=_number(low, term), high=_number(high, term))
    number = _number(value.removeprefix("="), term)
    if value.startswith("="):
        return Condition(key, low=number, high=None) if sign == ">" else Condition(key, high=number)
    if sign == ":":
        return Condition(key, low=number, high=number)
    if key == "bal":  # money has cents: strictly above and below are not the next whole number
        return Condition(key, sign, low=number) if sign == ">" else Condition(key, sign, high=number)
    return Condition(key, low=number + 1) if sign == ">" else Condition(key, high=number - 1)


def _number(text: str, term: str) -> int:
    try:
        if len(text) > _MOST_DIGITS:
            raise ValueError(text)
        return int(text.replace(",", ""))
    except ValueError:
        raise BadTerm(term, _("{text!r} is no number").format(text=text)) from None


def _last(sign: str, value: str, term: str, today: date) -> Condition:
    """`last>3d`: no attempt within three days, never included; `last<3d`: one within them."""
    days = _number(value.removesuffix("d"), term)
    if not 0 <= days < 36500:
        raise BadTerm(term, _("days, as in last>3d"))
    limit = (today - timedelta(days=days)).isoformat()
    return Condition("last", high=limit) if sign == ">" else Condition("last", low=limit)
