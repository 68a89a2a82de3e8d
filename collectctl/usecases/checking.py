"""Is the book what it should be: the evidence proved, everything derived worked out again and compared."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, tzinfo
from itertools import islice

from collectctl.domain.errors import BadData
from collectctl.domain.results.checking import Checked, Finding
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.domain.worklist import FORGOTTEN
from collectctl.store import checking, policies, replaying, search, shape, worklist
from collectctl.store.book import Book
from collectctl.store.errors import BookDamaged, CantStore
from collectctl.store.exports import snapshot
from collectctl.store.journal import ENTRY, entry
from collectctl.store.proving import RESTORE, Proof
from collectctl.usecases.opening import NoBook
from collectctl.usecases.today import store_day

DERIVED, POLICIES = "derived", "policies"
LISTED = 50  # findings that are listed; the rest is counted
Told = Callable[[str], None]  # what is being looked at


def check(book: Book, now: datetime, told: Told, *, repair: bool = False) -> Checked:
    """Look at everything, at any damage; with `repair` put right what the facts tell, then look again.

    The list is brought to the day of `now` first, as by any command that reads it. Raises NoBook (3).
    """
    if not book.exists:
        raise NoBook(book.path)
    _bring(book, now)
    found = _look(book, now, told)
    if not repair:
        return found
    mendable = sum(finding.repairable for finding in found.findings)
    if mendable:
        told(_("repairing"))
        try:
            _repair(book, now, mendable)
        except sqlite3.DatabaseError as error:
            raise BookDamaged(str(book.path)) from error
        found = _look(book, now, told)
    return Checked(found.findings, found.more, found.counts, found.seal, mendable)


def _look(book: Book, now: datetime, told: Told) -> Checked:
    connection = book.connection
    proof, replay = Proof(connection), Replay(connection, now.date(), zone_of(now))
    parts = (
        (_("rights"), lambda: checking.file(book.path)),
        (_("the file"), lambda: checking.database(connection)),
        (_("tables and guards"), lambda: shape.differing(connection)),
        (_("the evidence"), proof.findings),
        (_("the journal"), lambda: checking.journal(connection)),
        (_("values"), lambda: checking.values(connection)),
        (_("policies"), lambda: _policies(connection)),
        (_("the list"), replay.findings),
        (_("the search"), lambda: _search(connection)),
    )
    found: list[Finding] = []
    more = 0
    with snapshot(connection):  # another command may write meanwhile
        for name, part in parts:
            told(name)
            few = _careful(name, part)
            found += islice(few, max(0, LISTED - len(found)))
            more += sum(1 for _finding in few)
    counts = {
        "entries": proof.entries, "facts": proof.facts, "accounts": replay.accounts,
    }  # fmt: skip
    return Checked(tuple(found), more, counts, proof.seal.hex())


def _careful(name: str, part: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a part finds; a file that is so damaged that the part can't go on is a finding."""
    try:
        yield from part()
    except (sqlite3.DatabaseError, ValueError, TypeError, LookupError, ArithmeticError) as error:
        text = _("{part}: can't be read any further ({error})")
        yield Finding(checking.DATABASE, text.format(part=name, error=type(error).__name__), RESTORE)


def _bring(book: Book, now: datetime) -> None:
    """Store the list of the day; where that can't be, the one that is stored is looked at."""
    with suppress(CantStore, BadData, sqlite3.DatabaseError, ValueError):  # each is found by what follows
        stored = worklist.stored_day(book.connection)
        if stored and stored <= now.date():
            store_day(book, now.date(), now)


def _policies(connection: sqlite3.Connection) -> Iterator[Finding]:
    wrong = policies.doubt(connection)  # a file that can't be used: the rules of before stand in
    if wrong:
        yield Finding(POLICIES, wrong, "collectctl policies")


def _search(connection: sqlite3.Connection) -> Iterator[Finding]:
    if search.differs(connection):
        text = _("the words that find looks up are not those of the facts")
        yield Finding(DERIVED, text, shape.REPAIR, repairable=True)


class Replay:
    """The stored list beside what the standing facts give, as of the day for which it was stored."""

    def __init__(self, connection: sqlite3.Connection, today: date, zone: tzinfo) -> None:
        self._connection, self._zone = connection, zone
        self._today = today
        self.accounts = 0

    def findings(self) -> Iterator[Finding]:
        """Nothing where the rules have changed since: then the next list makes all of it anew."""
        if policies.changed(self._connection) and not policies.doubt(self._connection):
            return
        day = worklist.stored_day(self._connection) or self._today
        counts: Counter[worklist.Counted] = Counter()
        differing = 0
        for compared in replaying.compared(self._connection, day, self._zone):
            counts.update(compared.counts)
            self.accounts += compared.accounts
            differing += compared.differing
            for number in compared.forgotten:
                text = _("account {number} is open, without a next day and without a reason for none")
                yield Finding(FORGOTTEN, text.format(number=number), f"collectctl show {number}")
        if differing:
            text = _("the stored list differs from the facts for {count} accounts").format(count=differing)
            yield Finding(DERIVED, text, shape.REPAIR, repairable=True)
        if not replaying.hours_fit(self._connection):
            text = _("the stored hours of contact are not what they were")
            yield Finding(DERIVED, text, shape.REPAIR, repairable=True)
        if replaying.stored_counts(self._connection) != {key: n for key, n in counts.items() if n}:
            text = _("the stored counts of the list differ from the facts")
            yield Finding(DERIVED, text, shape.REPAIR, repairable=True)


def _repair(book: Book, now: datetime, mendable: int) -> None:
    """Rebuild everything that is derived, in one transaction; the journal says so."""
    with book.write() as connection, entry(connection, "book check", now, ENTRY) as made:
        made.text = _("rebuilt what is derived: {count} findings").format(count=mendable)
        shape.mend(connection)
        connection.execute("reindex")
        checking.let_stand(connection)
        replaying.rebuild(connection, now.date(), zone_of(now))
        search.rebuild(connection)
    checking.make_private(book.path)
