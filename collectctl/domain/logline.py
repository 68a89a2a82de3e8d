"""The line that `log` takes: `ptp 2000@fri 发工资`, `cb 20:30`, `na`, `cp 500 +投诉倾向`.

OUTCOME, then sums and times in any order, then text. A word with `+` before it is a tag unless it is a
WHEN (`+3d`). A WHEN alone sets the next step. What is needed and missing is named by `Needs`, so that a
terminal can ask for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from collectctl.domain.amounts import UnreadableAmount, is_amount, read_amount
from collectctl.domain.errors import BadUsage
from collectctl.domain.outcomes import Outcome, match
from collectctl.domain.records import Record
from collectctl.domain.when import fold, is_when, read_when
from collectctl.domain.words import _

_CLAIMS = ("paying", "says-paid")
_WISHES = (
    "plan",
    "settlement",
)  # nobody has promised their sums; that of a settlement is asked of the client
_PROMISES = ("promise", "third-promise")
_NOW = ("now", "现在")


class PastPromise(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("a promise can't be for a day that is past: {typed}").format(typed=typed),
            "collectctl log ACCOUNT ptp 2000@fri",
        )


class FutureClaim(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("a payment can't have been made on a day to come: {typed}").format(typed=typed),
            "collectctl log ACCOUNT ptp 2000@fri",
        )


class PastStep(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("the next step can't be in the past: {typed}").format(typed=typed), "--next fri")


class Needs(BadUsage):
    """Something required is missing: `field` is "amount", "by" or "next"."""

    def __init__(self, field: str, outcome: str) -> None:
        self.field = field
        what = {
            "amount": _("an amount and a day"),
            "by": _("the day of the payment"),
            "next": _("a time to call back"),
        }[field]
        example = "cb 20:30" if field == "next" else "ptp 2000@fri"
        super().__init__(
            _("{outcome} needs {what}").format(outcome=outcome, what=what),
            f"collectctl log ACCOUNT {example}",
        )


class Part(Record):
    """One sum on one day, `at` where an hour was agreed."""

    amount: int
    on: date
    at: datetime | None


class Claim(Record):
    """Money that is said to be paid on a day."""

    amount: int
    on: date


class LogLine(Record):
    outcome: Outcome
    parts: tuple[Part, ...]
    claims: tuple[Claim, ...]
    next_on: date | None
    next_at: datetime | None
    text: str
    tags: tuple[str, ...]
    wish: int = 0  # the sum to which they want the debt reduced


class Money(Record):
    """What amounts are read against: the currency, and the sums that `all`, `cure` and `min` stand for."""

    currency: str
    stated: Mapping[str, int]


def read_line(
    words: Sequence[str], money: Money, now: datetime, *, amount: str = "", by: str = "", next_: str = "",
    order: str = "", before: LogLine | None = None,
) -> LogLine:  # fmt: skip
    """The line as typed; `before` is the line that it corrects, of which it keeps what it does not say.

    Raises `Needs` and the errors of outcomes, amounts and dates (exit 2).
    """
    outcome = match(words[0])
    reader = _Reader(outcome, money, now, order)
    reader.read(list(words[1:]))
    if amount and not by and outcome.code in _CLAIMS:
        reader.add(amount, _NOW[0])
    elif amount or by:
        reader.add(amount or reader.loose_amount or "", by)
    if next_:
        reader.next_step(next_)
    if before:
        reader.keep(before)
    return reader.line()


class _Reader:
    """Walks the words of a line once; what was found is in its lists."""

    def __init__(self, outcome: Outcome, money: Money, now: datetime, order: str) -> None:
        self.outcome, self.money, self.now, self.order = outcome, money, now, order
        self.parts: list[Part] = []
        self.claims: list[Claim] = []
        self.next_value: date | datetime | None = None
        self.text: list[str] = []
        self.tags: list[str] = []
        self.loose_amount = ""
        self.wish = 0

    def read(self, words: list[str]) -> None:
        while words:
            word = words.pop(0)
            if word.startswith(("+", "＋")) and len(word) > 1 and not is_when(word):
                self.tags.append(word[1:])
            elif self.text or (not self._sum(word, words) and not self._time(word, words)):
                self.text.append(word)

    def _sum(self, word: str, rest: list[str]) -> bool:
        if self.outcome.code in _WISHES:
            return self._wished(word)
        typed, at, when = fold(word).partition("@")
        if at and typed[:1].isdecimal() and is_when(when) and not is_amount(typed):
            raise UnreadableAmount(typed)
        if at and is_amount(typed):
            if is_when(when) and rest and ":" in fold(rest[0]) and is_when(f"{when} {rest[0]}"):
                when = f"{when} {fold(rest.pop(0))}"
            self.add(typed, when)
            return True
        bare = self.outcome.code in (*_PROMISES, *_CLAIMS) and not self.loose_amount and not self.parts
        if bare and is_amount(word):
            self.loose_amount = word
            return True
        return False

    def _wished(self, word: str) -> bool:
        """The first sum of a settlement is what they offer."""
        typed = fold(word).partition("@")[0]
        if self.outcome.code != "settlement" or self.wish or not is_amount(typed):
            return False
        self.wish = read_amount(typed, self.money.currency, self.money.stated)
        self.text.append(word)  # their words are kept as they were typed
        return True

    def _time(self, word: str, rest: list[str]) -> bool:
        if not is_when(word) or self.next_value is not None:
            return False
        if rest and ":" in fold(rest[0]) and is_when(f"{word} {rest[0]}"):
            word = f"{word} {rest.pop(0)}"
        if self.loose_amount:
            self.add(self.loose_amount, word)
            self.loose_amount = ""
        else:
            self.next_step(word)
        return True

    def add(self, amount: str, when: str) -> None:
        if not amount or not when:
            raise Needs("by" if amount else "amount", self.outcome.code)
        minor = read_amount(amount, self.money.currency, self.money.stated)
        if fold(when).lower() in _NOW:
            self.claims.append(Claim(minor, self.now.date()))
            return
        back = self.outcome.code in _CLAIMS
        value = read_when(when, self.now, back=back, order=self.order)
        if back:
            self._claim(minor, value, when)
            return
        at = value if isinstance(value, datetime) else None
        day = at.date() if at else value
        if day < self.now.date() or (at and at < self.now):
            raise PastPromise(when)
        self.parts.append(Part(minor, day, at))

    def _claim(self, minor: int, value: date | datetime, when: str) -> None:
        day = value.date() if isinstance(value, datetime) else value
        if day > self.now.date():
            raise FutureClaim(when)
        self.claims.append(Claim(minor, day))

    def next_step(self, when: str) -> None:
        value = read_when(when, self.now, order=self.order)
        if value < (self.now if isinstance(value, datetime) else self.now.date()):
            raise PastStep(when)
        self.next_value = value

    def keep(self, before: LogLine) -> None:
        """Sums and step stay with the same outcome, text and tags with any."""
        if before.outcome.code == self.outcome.code:
            if not (self.parts or self.claims or self.loose_amount):
                self.parts, self.claims = list(before.parts), list(before.claims)
            self.wish = self.wish or before.wish
            self.next_value = self.next_value or before.next_at or before.next_on
        self.text = self.text or [before.text]
        self.tags = list(dict.fromkeys((*before.tags, *self.tags)))

    def line(self) -> LogLine:
        code = self.outcome.code
        if self.loose_amount and code in _PROMISES and not self.parts:
            raise Needs("by", code)
        if code in _PROMISES and not self.parts and not self.claims:
            raise Needs("amount", code)
        if code == "callback" and self.next_value is None:
            raise Needs("next", code)
        if self.loose_amount and code not in _PROMISES:
            minor = read_amount(self.loose_amount, self.money.currency, self.money.stated)
            self.claims.append(Claim(minor, self.now.date()))
        at = self.next_value if isinstance(self.next_value, datetime) else None
        return LogLine(
            self.outcome,
            tuple(self.parts),
            tuple(self.claims),
            None if at else self.next_value,
            at,
            " ".join(self.text),
            tuple(self.tags),
            self.wish,
        )
