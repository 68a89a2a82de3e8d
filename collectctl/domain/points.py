"""The points of an account: a sum of terms, every one of which can be shown. None depends on the hour."""

from collections.abc import Iterator
from datetime import date, tzinfo
from itertools import chain

from collectctl.domain.buckets import days_past_due
from collectctl.domain.facts import AccountFile
from collectctl.domain.limitation import Limitation
from collectctl.domain.money import exponent, shown
from collectctl.domain.owing import balance_of
from collectctl.domain.promises import states_of
from collectctl.domain.records import Record
from collectctl.domain.tasks import attempts, last_talk
from collectctl.domain.words import _

# limits of the steps that stack: (limit, points); the sums are shown by `today --why`
_BALANCE = ((1_000, 1), (5_000, 1), (20_000, 2), (50_000, 2), (100_000, 2))  # major units
_PAST_DUE = ((5, 2), (10, 2), (15, 4), (91, -2), (181, -2))
ENDS_IN = ((14, 2), (7, 2), (3, 2))
SILENT = ((3, 1), (7, 1), (14, 1))
WAITING = ((2, 2), (5, 2))  # days of a new account past its first-contact deadline of two days
_PRESSES, _BARRED = 2, -2
_REACHED, _KEPT, _BROKEN, _BROKEN_AT_MOST = 4, 6, -2, 3


class Term(Record):
    """One term: its name, its points, and the value that earned them."""

    term: str
    points: int
    value: int | str

    @property
    def text(self) -> str:
        """The term in words; put together only for what is shown."""
        return _(_TEXTS[self.term]).format(value=self.value)


_TEXTS = {
    "balance": _("balance {value}"),
    "past-due": _("{value} days past due"),
    "promises-kept": _("kept {value} promises"),
    "promises-broken": _("broke {value} promises"),
    "reached": _("was reached before"),
    "client-score": _("client's score {value}"),
    "ends": _("placement ends in {value} days"),
    "waiting": _("waiting {value} days for its first call"),
    "silent": _("last talk {value} days ago"),
    "limitation": _("limitation ends {value}"),
    "time-barred": _("limitation ended {value}"),
}


def terms(
    account: AccountFile, reached: bool, barred: Limitation | None, today: date, zone: tzinfo
) -> tuple[Term, ...]:
    """The terms of an account that are worth anything as of `today`; `barred` is its limitation."""
    found = _terms(account, reached, today, zone)
    if barred and barred.is_near(today):
        found = chain(found, [_limitation(barred, today)])
    return tuple(term for term in found if term.points)


def balance_points(balance: int, currency: str) -> int:
    """What a balance (minor units) is worth."""
    return _stack(_BALANCE, balance // 10 ** exponent(currency))


def limits() -> tuple[int, ...]:
    """The days past due on which a term changes."""
    return tuple(limit for limit, _points in _PAST_DUE)


def _terms(account: AccountFile, reached: bool, today: date, zone: tzinfo) -> Iterator[Term]:
    stated, balance = account.statement, balance_of(account)
    points = balance_points(balance, stated.currency)
    yield Term("balance", points, shown(balance, stated.currency) if points else "")
    days = days_past_due(stated.overdue_since, today)
    yield Term("past-due", _stack(_PAST_DUE, days), days)
    if account.promises:
        yield from _promise_terms(account, today)
    yield Term("reached", _REACHED * reached, "")
    score = stated.values.get("client_score")
    if isinstance(score, int) and 0 <= score <= 100:
        yield Term("client-score", score // 20, score)
    ends = account.placement.ends_on
    if ends and ends >= today:
        left = (ends - today).days
        yield Term("ends", sum(p for limit, p in ENDS_IN if left <= limit), left)
    if not attempts(account):
        waited = (today - account.placement.placed_on).days
        yield Term("waiting", _stack(WAITING, waited), waited)
    talked = last_talk(account, zone)
    if talked:
        silent = (today - talked).days
        yield Term("silent", _stack(SILENT, silent), silent)


def _limitation(found: Limitation, today: date) -> Term:
    """It presses before its last day, and is worth less after it: a court may not enforce it any more."""
    if today > found.ends:
        return Term("time-barred", _BARRED, f"{found.ends}, {found.rests_on.what}")
    return Term("limitation", _PRESSES, f"{found.ends}, {found.rests_on.what}")


def _promise_terms(account: AccountFile, today: date) -> Iterator[Term]:
    states = [s.state for s in states_of(account, today)]
    fallen = [s for s in states if s in ("kept", "partly-kept", "broken")]
    kept, broken = fallen.count("kept"), len(fallen) - fallen.count("kept")
    yield Term("promises-kept", _KEPT * kept // len(fallen) if fallen else 0, f"{kept}/{len(fallen)}")
    yield Term("promises-broken", _BROKEN * min(broken, _BROKEN_AT_MOST), broken)


def _stack(limits: tuple[tuple[int, int], ...], value: int) -> int:
    return sum(points for limit, points in limits if value >= limit)
