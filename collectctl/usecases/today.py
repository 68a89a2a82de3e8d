"""Whom to contact now, in order, and why; any accounts as a list."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.errors import BadUsage
from collectctl.domain.results.lists import ListResult, Overnight, TodayResult
from collectctl.domain.tasks import CLASSES, ENDING_MONEY_DAYS, is_overdue
from collectctl.domain.terms import read_terms
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.domain.worklist import DUE, FORGOTTEN, FUTURE, HOLD, NO_NUMBER
from collectctl.store import filters, worklist
from collectctl.store.book import Book
from collectctl.usecases.rows import rows_of

ALL = 1_000_000_000


class UnknownSort(BadUsage):
    def __init__(self, key: str) -> None:
        super().__init__(
            _("lists aren't sorted by {key!r}").format(key=key), f"--sort {'|'.join(worklist.SORTS)}"
        )


def bring_to_day(book: Book, today: date, now: datetime) -> None:
    """Make the stored worklist that of `today`.

    A book that can't be written and a clock set back are answered from temporary tables.
    """
    stored = worklist.stored_day(book.connection)
    if stored is None or stored == today:
        return
    if stored > today or not book.writable:
        worklist.shadow(book.connection, today, zone_of(now))
        return
    with book.write() as connection:
        if worklist.stored_day(connection) != today:
            worklist.roll_over(connection, today, zone_of(now))


def today(
    book: Book, terms: Sequence[str], now: datetime, *, limit: int = 20, everything: bool = False,
    by_account: bool = False, due_by: date | None = None,
) -> TodayResult:  # fmt: skip
    """The worklist at `now`. `due_by` shows the list as it will stand on a later day."""
    day = max(due_by or now.date(), now.date())
    if day != now.date():
        worklist.shadow(book.connection, day, zone_of(now))
        worklist.set_state(book.connection, "previous_day", now.date().isoformat())
        now = now.replace(hour=23, minute=59, second=59, year=day.year, month=day.month, day=day.day)
        first = False
    else:
        bring_to_day(book, day, now)
        first = _is_first(book, day)
    where, values = filters.where(book.connection, read_terms(terms, now.date()), now.date())
    wanted = ALL if everything else limit
    found = worklist.due_accounts(
        book.connection, now, wanted, by_account=by_account, where=where, values=values
    )
    if everything:
        found += worklist.hidden_due(book.connection, now, wanted, where, values)
    counts = worklist.counts(book.connection)
    due, hidden = _due_and_hidden(book, counts, now)
    return TodayResult(
        rows=rows_of(book, found, now),
        first_of_day=first,
        empty=not counts,
        warnings=_warnings(book),
        overnight=_overnight(book, counts, now.date()),
        due=due,
        by_class=_by_class(book, counts, now),
        hidden=hidden,
        forgotten=sum(n for what, _c, _d, n in counts if what == FORGOTTEN),
        overdue=sum(
            n
            for what, cls, due_on, n in counts
            if what == DUE and is_overdue(cls, date.fromisoformat(due_on), now.date())
        ),
    )


def _warnings(book: Book) -> tuple[str, ...]:
    if book.exists:
        return ()
    return (_("there is no book at {path} yet; try: collectctl import FILE").format(path=book.path),)


def _is_first(book: Book, day: date) -> bool:
    """Whether this is the first list of the day, which begins with what changed overnight; noted down."""
    if (
        not (book.exists and book.writable)
        or worklist.get_state(book.connection, "greeted") == day.isoformat()
    ):
        return False
    with book.write() as connection:
        worklist.set_state(connection, "greeted", day.isoformat())
    return True


def _by_class(book: Book, counts: Sequence[tuple[str, str, str, int]], now: datetime) -> dict[str, int]:
    """How many people are due now, by class, in the order of the list."""
    sums = {cls: sum(n for what, c, _d, n in counts if (what, c) == (DUE, cls)) for cls in CLASSES}
    for place in worklist.waiting_for_hour(book.connection, now):
        sums[CLASSES[place]] -= 1
    return {cls: n for cls, n in sums.items() if n}


def _due_and_hidden(
    book: Book, counts: Sequence[tuple[str, str, str, int]], now: datetime
) -> tuple[int, dict[str, int]]:
    """How many people are due now, and how many are not shown, by the first cause that applies."""
    later = len(worklist.waiting_for_hour(book.connection, now))
    total = {
        state: sum(n for what, _c, _d, n in counts if what == state)
        for state in (DUE, FUTURE, HOLD, NO_NUMBER)
    }
    hidden = {
        "hold": total[HOLD],
        "no_number": total[NO_NUMBER],
        "future": total[FUTURE] + later,
        "cap": 0,
        "quiet": 0,
        "hours": 0,
    }
    return total[DUE] - later, hidden


def _overnight(book: Book, counts: Sequence[tuple[str, str, str, int]], today: date) -> Overnight:
    """What came due since the day of the last list, that day not included."""
    since = worklist.get_state(book.connection, "previous_day") or ""
    leaving = date.fromordinal(today.toordinal() + ENDING_MONEY_DAYS).isoformat()

    def came(what: str, cls: str) -> int:
        return sum(n for w, c, d, n in counts if w == what and c == cls and since < d <= today.isoformat())

    return Overnight(
        broken=came(DUE, "promise-broken"),
        due=came(DUE, "promise-due"),
        new=came(DUE, "new"),
        leaving=sum(n for w, _c, d, n in counts if w == "ends" and today.isoformat() <= d <= leaving),
    )


def list_accounts(book: Book, terms: Sequence[str], now: datetime, sort: str, limit: int) -> ListResult:
    """Any accounts, closed ones included. Raises `UnknownSort`, `BadTerm` (2)."""
    if sort not in worklist.SORTS:
        raise UnknownSort(sort)
    bring_to_day(book, now.date(), now)
    where, values = filters.where(book.connection, read_terms(terms, now.date()), now.date())
    found, total = worklist.listed(book.connection, sort, limit, where, values)
    return ListResult(rows_of(book, found, now), total)
