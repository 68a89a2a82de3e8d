"""Promises apart from a call: adding one, taking it back, and the book of all of them."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import Promise
from collectctl.domain.hours import named_day
from collectctl.domain.logline import Money, Part, read_line
from collectctl.domain.money import shown
from collectctl.domain.promises import PromiseState, paid_before, replaced, states_of
from collectctl.domain.recording import odd_promise, stated_sums
from collectctl.domain.records import Record
from collectctl.domain.results.money import PromiseList
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.activities import debtors_with
from collectctl.store.book import Book
from collectctl.store.journal import Unit, utc_text
from collectctl.store.persons import load_persons
from collectctl.store.settings import get_setting
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each

STATES = ("open", "kept", "partly-kept", "broken", "withdrawn")


class NoPart(BadUsage):
    def __init__(self, word: str) -> None:
        super().__init__(
            _("{word!r} is no AMOUNT@WHEN").format(word=word),
            "collectctl promise add ACCOUNT 2000@fri 3000@eom",
        )


class NothingOpen(NotFound):
    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} has no open promise apart from a plan").format(number=number),
            f"collectctl show {number}",
        )


class Wanted(Record):
    """Which promises to list: in one of `states` (empty: any), due on `due` where a day is named."""

    states: tuple[str, ...] = ()
    due: date | None = None


def add(book: Book, account_id: int, words: Sequence[str], payer: str, now: datetime) -> Said:
    """Record a promise in one or several parts. Raises the errors of amounts and days (2)."""

    def write(made: Unit, found: Target) -> Done:
        account = found.account
        parts = _parts(book, words, Money(account.statement.currency, stated_sums(account, now.date())), now)
        first = made.facts.next_id("promise")
        new = [
            Promise(
                first + n, account.id, 0, now, now.date(), part.on, part.at, part.amount,
                account.statement.currency, payer, None, made.id,
            )
            for n, part in enumerate(parts)
        ]  # fmt: skip
        append_promises(made, new)
        after = account._replace(promises=(*account.promises, *new))
        states = [s for s in states_of(after, now.date()) if s.promise.operation == made.id]
        ids = {p.id for p in new}
        notes = [*replaced(after, ids, now.date()), *paid_before(states, ids), *odd_promise(account, parts)]
        text = _("promised {parts}").format(parts=", ".join(map(_part, states)))
        if payer:
            text += _(" ({payer} pays)").format(payer=payer)
        data = {"promise": states[0], "promises": tuple(states)}
        brief = _("promise of {parts}").format(parts=", ".join(map(_part, states)))
        return Done(text, brief, data, tuple(notes))

    return each(book, "promise add", [account_id], now, write)


def _parts(book: Book, words: Sequence[str], money: Money, now: datetime) -> tuple[Part, ...]:
    order = get_setting(book.connection, "dates") or ""
    line = read_line(["ptp", *words], money, now, order=order)
    if line.text or line.tags or line.claims or line.next_on or line.next_at:
        raise NoPart(line.text or words[-1])
    return line.parts


def append_promises(made: Unit, promises: Sequence[Promise]) -> None:
    """Append promises that no contact brought."""
    made.facts.add_many(
        "promise",
        [
            (
                p.account, p.activity or None, p.plan, utc_text(p.made_at), p.made_on.isoformat(),
                p.due_on.isoformat(), utc_text(p.due_at) if p.due_at else None, p.amount, p.currency, p.payer,
            )
            for p in promises
        ],
    )  # fmt: skip


def withdraw(book: Book, account_id: int, now: datetime) -> Said:
    """Take back every open promise that is no part of a plan. Raises `NothingOpen` (3)."""

    def write(made: Unit, found: Target) -> Done:
        states = states_of(found.account, now.date())
        gone = [s for s in states if s.state == "open" and s.promise.plan is None]
        if not gone:
            raise NothingOpen(found.account.number)
        append_withdrawals(made, [s.promise for s in gone], now.date())
        parts = ", ".join(map(_part, gone))
        text = _("withdrawn: {parts}").format(parts=parts)
        return Done(text, text, {"withdrawn": tuple(s._replace(state="withdrawn") for s in gone)})

    return each(book, "promise withdraw", [account_id], now, write)


def append_withdrawals(made: Unit, promises: Sequence[Promise], on: date) -> None:
    made.facts.add_many("withdrawal", [(p.account, p.id, on.isoformat()) for p in promises])


def _part(state: PromiseState) -> str:
    made = state.promise
    return f"{shown(made.amount, made.currency)} {named_day(made.due_on)}"


def book_of_promises(book: Book, wanted: Wanted, now: datetime) -> PromiseList:
    """Every promise that stands, by the day on which it falls due."""
    persons = load_persons(book.connection, debtors_with(book.connection, "promise", wanted.due))
    found = [
        (account, state)
        for person in persons
        for account in person.accounts
        for state in states_of(account, now.date())
        if (not wanted.states or state.state in wanted.states) and wanted.due in (None, state.promise.due_on)
    ]
    return PromiseList(tuple(sorted(found, key=lambda f: (f[1].promise.due_on, f[1].promise.id))))
