"""What the rows of a client's file of payments are to the book: new, on record, or impossible; pure.

A payment is known by account and reference; one without a reference by account, day, sum and its place in the
file, so that a file read twice adds nothing and two like payments of one day are two.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from collectctl.domain.facts import AccountFile, Promise
from collectctl.domain.money import shown
from collectctl.domain.owing import opening
from collectctl.domain.receiving import stated_placement
from collectctl.domain.records import Record
from collectctl.domain.stated import RowError, StatedInstalment, StatedPayment, StatedPromise
from collectctl.domain.when import FIRST_YEAR
from collectctl.domain.words import _


class Sorted(Record):
    """The rows about one account: `known` add nothing; `alike` are new, but like one on record, and `early`
    of a day before the balance that the client stated."""

    new: list[StatedPayment]
    known: int
    alike: int
    errors: list[RowError]
    early: int = 0


def sort_payments(
    account: AccountFile, rows: Iterable[StatedPayment], today: date, columns: Mapping[str, str]
) -> Sorted:
    """Which of `rows` are new; `columns` are the file's names of `paid_on` and `reference`."""
    confirmed = [p for p in account.payments if p.confirmed]
    by_reference = {p.reference: (p.amount, p.on) for p in confirmed if p.reference}
    places = {(p.on, p.amount, p.place) for p in confirmed if not p.reference}
    others = Counter((p.on, p.amount) for p in confirmed)
    found = Sorted([], 0, 0, [])
    known = alike = early = 0
    stated_on = opening(account).stated_on
    for row in rows:
        on = date.fromisoformat(row.on)
        wrong = _wrong(account, row, on, today, columns, by_reference)
        if wrong:
            found.errors.append(wrong)
        elif row.reference in by_reference if row.reference else (on, row.amount, row.row) in places:
            known += 1
            others[on, row.amount] -= 1
        else:
            found.new.append(row)
            early += on < stated_on
            if others[on, row.amount] > 0:
                others[on, row.amount] -= 1
                alike += 1
            if row.reference:
                by_reference[row.reference] = (row.amount, on)
    return found._replace(known=known, alike=alike, early=early)


def _wrong(
    account: AccountFile, row: StatedPayment, on: date, today: date, columns: Mapping[str, str],
    by_reference: Mapping[str, tuple[int, date]],
) -> RowError | None:  # fmt: skip
    placed_on = stated_placement(account)
    if on > today or on.year < FIRST_YEAR:
        text = _("a day to come") if on > today else _("a day long ago")
        return RowError(row.row, columns["paid_on"], row.on, text)
    if placed_on and on < placed_on:
        text = _("before {day}, when the client placed the account").format(day=placed_on)
        return RowError(row.row, columns["paid_on"], row.on, text)
    known = by_reference.get(row.reference) if row.reference else None
    if known and known != (row.amount, on):
        text = _("on record with {amount} of {day}").format(
            amount=shown(known[0], row.currency), day=known[1]
        )
        return RowError(row.row, columns["reference"], row.reference, text)
    return None


class ScheduleCounts(Record):
    """How a payment schedule was kept: instalments, and the accounts that are short, in minor units."""

    instalments: int
    accounts: int
    on_time: int
    late: int
    missed: int
    part: int
    short_accounts: int
    shortfall: Mapping[str, int]


def schedule_counts(instalments: Sequence[StatedInstalment]) -> ScheduleCounts:
    """Paid in full by its day is on time, in full later late, less is a part; an account is short of what its
    instalments leave open together."""
    missing: dict[tuple[str, str], int] = {}
    on_time = late = missed = part = 0
    for i in instalments:
        key = (i.number, i.currency)
        missing[key] = missing.get(key, 0) + i.due - i.paid
        full = i.paid >= i.due
        on_time += full and i.paid_on <= i.due_on
        late += full and i.paid_on > i.due_on
        missed += i.paid == 0
        part += 0 < i.paid < i.due
    shortfall: dict[str, int] = {}
    for (_number, currency), rest in missing.items():
        if rest > 0:
            shortfall[currency] = shortfall.get(currency, 0) + rest
    short = sum(rest > 0 for rest in missing.values())
    accounts = len({number for number, _currency in missing})
    return ScheduleCounts(len(instalments), accounts, on_time, late, missed, part, short, shortfall)


def impossible(promises: Iterable[StatedPromise], column: str) -> list[RowError]:
    """Promises for a day before the one on which they were made: nobody promises the past."""
    return [
        RowError(p.row, column, p.due_on, _("before {day}, when it was promised").format(day=p.made_on))
        for p in promises
        if p.made_on and p.due_on < p.made_on
    ]


def is_known(account: AccountFile, promise: StatedPromise, made_on: date) -> bool:
    """Whether the account has that very promise."""
    due = date.fromisoformat(promise.due_on)
    return any(_same(p, made_on, due, promise.amount) for p in account.promises)


def _same(promise: Promise, made_on: date, due: date, amount: int) -> bool:
    return (promise.made_on, promise.due_on, promise.amount) == (made_on, due, amount)
