"""Whom to contact now, in order, and why; any accounts as a list."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from collectctl.domain.errors import BadUsage
from collectctl.domain.outlook import gate_cause, local_days
from collectctl.domain.results.lists import ListResult, Overnight, TodayResult
from collectctl.domain.tasks import CLASSES, ENDING_MONEY_DAYS, is_overdue
from collectctl.domain.terms import read_terms
from collectctl.domain.when import zone_of
from collectctl.domain.windows import ALWAYS, Window, is_open
from collectctl.domain.words import _
from collectctl.domain.worklist import DUE, FORGOTTEN, FUTURE, HOLD, NO_NUMBER
from collectctl.store import filters, worklist
from collectctl.store.book import Book
from collectctl.store.errors import CantStore
from collectctl.store.persons import load_persons
from collectctl.store.policies import changed as policies_changed
from collectctl.store.policies import store_policies
from collectctl.usecases.opening import no_book
from collectctl.usecases.rows import rows_of

if TYPE_CHECKING:
    from collectctl.domain.analysis import Analysis

ALL = 1_000_000_000


class UnknownSort(BadUsage):
    def __init__(self, key: str) -> None:
        super().__init__(
            _("lists aren't sorted by {key!r}").format(key=key), f"--sort {'|'.join(worklist.SORTS)}"
        )


def bring_to_day(book: Book, today: date, now: datetime) -> None:
    """Make the stored worklist that of `today`.

    A book that can't be written now and a clock set back are answered from temporary tables.
    """
    stored = worklist.stored_day(book.connection)
    if stored is None or (stored == today and not policies_changed(book.connection)):
        return
    try:
        if stored <= today:
            store_day(book, today, now)
            return
    except CantStore:  # another command is writing, or nobody may
        pass
    worklist.shadow(book.connection, today, zone_of(now))


def store_day(book: Book, today: date, now: datetime) -> None:
    """Store the worklist of `today`. Raises CantStore (5) where another command is writing, or nobody may."""
    with book.write(patient=False) as connection:
        if store_policies(connection):
            worklist.recompute(connection)
        if worklist.stored_day(connection) != today:
            worklist.roll_over(connection, today, zone_of(now))


def today(
    book: Book, terms: Sequence[str], now: datetime, *, limit: int = 20, everything: bool = False,
    by_account: bool = False, due_by: date | None = None,
) -> TodayResult:  # fmt: skip
    """The worklist at `now`. `due_by` shows the list as it will stand on a later day."""
    today = now.date()
    day = max(due_by or today, today)
    if day != today:
        worklist.shadow(book.connection, day, zone_of(now))
        worklist.set_state(book.connection, "previous_day", now.date().isoformat())
        now = now.replace(hour=23, minute=59, second=59, year=day.year, month=day.month, day=day.day)
        first = False
    else:
        bring_to_day(book, day, now)
        first = _is_first(book, day)
    where, values = filters.where(book.connection, read_terms(terms, now.date()), now.date())
    wanted = ALL if everything else limit
    gates = Gates(book, now, by_account=by_account, by_day=day != today)
    found = worklist.due_accounts(
        book.connection, now, wanted, gates.open, by_account=by_account, where=where, values=values
    )
    if everything:
        found += worklist.hidden_due(book.connection, now, wanted, gates.closed, where, values)
    counts = worklist.counts(book.connection)
    return TodayResult(
        rows=rows_of(book, found, now, of_person=not by_account, by_day=day != today),
        first_of_day=first,
        empty=not counts,
        warnings=no_book(book),
        overnight=_overnight(book, counts, now.date()),
        due=sum(gates.by_class.values()),
        by_class=gates.by_class,
        hidden=_hidden(counts, gates),
        forgotten=sum(n for what, _c, _d, n in counts if what == FORGOTTEN),
        overdue=sum(
            n
            for what, cls, due_on, n in counts
            if what == DUE and is_overdue(cls, date.fromisoformat(due_on), now.date())
        ),
    )


def _is_first(book: Book, day: date) -> bool:
    """Whether this is the first list of the day, which begins with what changed overnight; noted down."""
    if (
        not (book.exists and book.writable)
        or worklist.get_state(book.connection, "greeted") == day.isoformat()
    ):
        return False
    # while another command is writing it is not noted down, and said again
    with suppress(CantStore), book.write(patient=False) as connection:
        worklist.set_state(connection, "greeted", day.isoformat())
    return True


class Gates:
    """Which gates and windows are open at `now`, and how many people are due behind them.

    `by_day`: the hour is left out of it.
    """

    def __init__(self, book: Book, now: datetime, *, by_account: bool = False, by_day: bool = False) -> None:
        windows = worklist.windows(book.connection)
        day = worklist.stored_day(book.connection) or now.date()
        counted = worklist.gated(book.connection)
        known = {worklist.Behind(g.gate, g.hours) for g in counted}
        behind = worklist.behind(book.connection) if by_account else sorted(known)
        causes = {b: _cause(b, ALWAYS if by_day else windows[b.hours], now, day) for b in behind}
        self.open = [b for b, cause in causes.items() if not cause]
        self.closed = [b for b, cause in causes.items() if cause]
        self.later = 0
        sums: Counter[str] = Counter()
        self.hidden: Counter[str] = Counter()
        waiting = worklist.waiting_for_hour(book.connection, now)
        for group in (*counted, *(w._replace(n=-1) for w in waiting)):
            cause = causes.get(worklist.Behind(group.gate, group.hours), "")
            if cause:
                self.hidden[cause] += group.n
            else:
                sums[group.cls] += group.n
        self.later = len(waiting)
        self.by_class = {cls: sums[cls] for cls in CLASSES if sums[cls]}


def _cause(behind: worklist.Behind, window: Window, now: datetime, day: date) -> str:
    """Why a gate and a window are closed at `now`: cap, quiet, hours, or "" where they are open."""
    barred = gate_cause(behind.gate, local_days(window, now, day))
    return barred or ("" if is_open(window, now) else "hours")


def _hidden(counts: Sequence[tuple[str, str, str, int]], gates: Gates) -> dict[str, int]:
    """How many people are not shown, by the first cause that applies."""
    total = {
        state: sum(n for what, _c, _d, n in counts if what == state) for state in (FUTURE, HOLD, NO_NUMBER)
    }
    return {
        "hold": total[HOLD],
        "no_number": total[NO_NUMBER],
        "future": total[FUTURE] + gates.later,
        "cap": gates.hidden["cap"],
        "quiet": gates.hidden["quiet"],
        "hours": gates.hidden["hours"],
    }


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


def list_accounts(
    book: Book, terms: Sequence[str], now: datetime, sort: str, limit: int, *, analysed: bool = False
) -> ListResult:
    """Any accounts, closed ones included; `analysed`: with what the facts say of each.

    Raises `UnknownSort`, `BadTerm` (2).
    """
    if sort not in worklist.SORTS:
        raise UnknownSort(sort)
    bring_to_day(book, now.date(), now)
    where, values = filters.where(book.connection, read_terms(terms, now.date()), now.date())
    found, total = worklist.listed(book.connection, sort, limit, where, values)
    return ListResult(rows_of(book, found, now), total, _analyses(book, found, now) if analysed else None)


def _analyses(book: Book, found: Sequence[tuple[int, int]], now: datetime) -> dict[int, "Analysis"]:
    from collectctl.domain.analysis import analyse

    people = {p.id: p for p in load_persons(book.connection, sorted({person for _a, person in found}))}
    return {a: analyse(people[p], people[p].account(a), now) for a, p in found if p in people}
