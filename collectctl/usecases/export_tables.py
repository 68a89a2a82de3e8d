"""The tables of an export: for each kind its columns and a stream of rows, read from the book."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import chain, islice
from sqlite3 import Connection

from collectctl.domain.exports import accounts, activities, money, returns
from collectctl.domain.exports.calendar import Event
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.periods import Period
from collectctl.domain.records import Record
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, IDENTITY, TEXT, Column, Row, Veil
from collectctl.domain.when import zone_of
from collectctl.domain.worklist import person_entries
from collectctl.intake import vocabulary
from collectctl.intake.cellreader import is_amount
from collectctl.store import exports
from collectctl.store.activities import Narrowing
from collectctl.store.settings import setting_for

_STATED = (*vocabulary.VOCABULARY, *(f"rollback_{n}" for n in range(10)))


class Reading(Record):
    """What is read: which accounts and days, as of when; and how the sheet of a client is wanted."""

    connection: Connection
    narrowing: Narrowing
    of_a_state: bool  # a TERM asks for a state, be it closed
    period: Period
    now: datetime
    collector: str
    columns: str = ""
    language: str = ""

    @property
    def zone(self) -> tzinfo:
        return zone_of(self.now)

    @property
    def open_alone(self) -> Narrowing:
        """The open accounts, unless a TERM asks for a state."""
        if self.of_a_state:
            return self.narrowing
        return Narrowing(f"state <> 'closed'{self.narrowing.of_row}", self.narrowing.values)

    def accounts(self, having: str) -> Iterator[tuple[PersonFile, AccountFile]]:
        """The accounts with a fact in a table, by debtor."""
        return exports.accounts(self.connection, self.narrowing, having)


Table = tuple[list[Column], Iterable[Row]]


def _accounts(reading: Reading) -> Table:
    narrowing = reading.open_alone
    shape = _shape(reading.connection, narrowing)
    found = exports.accounts(reading.connection, narrowing, entries=False)
    return accounts.columns(shape), (accounts.row(person, account, shape) for person, account in found)


def _shape(connection: Connection, narrowing: Narrowing) -> accounts.Shape:
    extras = exports.stated_keys(connection, narrowing, "extra")
    parties = exports.most_party_phones(connection, narrowing)
    phones = dict(exports.most_phones(connection, narrowing))
    stated = exports.stated_keys(connection, narrowing, "values")
    known = set(accounts.needed_fields(stated, moved=exports.anything_moved(connection, narrowing)))
    # a client's own column that is called like one of ours must not be taken for it: ours comes first
    known |= {name for name in extras if name in _STATED}
    fields = [(key, _type_of(key)) for key in _STATED if key in known]
    return accounts.with_room(accounts.Shape(fields, phones, parties, extras))


def _type_of(field: str) -> str:
    if is_amount(field):
        return AMOUNT
    kinds = ((DATE, vocabulary.DATES), (COUNT, vocabulary.COUNTS), (IDENTITY, vocabulary.IDENTITIES))
    return next((kind for kind, fields in kinds if field in fields), TEXT)


def _activities(reading: Reading) -> Table:
    bounds = reading.period.bounds(reading.zone)
    found = exports.logged(reading.connection, *bounds, reading.narrowing)
    rows = (activities.row(entry, reading.zone, reading.collector) for entry in found)
    return list(activities.COLUMNS), rows


def _payments(reading: Reading) -> Table:
    rows = (money.payments(account, reading.period) for _person, account in reading.accounts("payment"))
    return list(money.PAYMENTS), chain.from_iterable(rows)


def _promises(reading: Reading) -> Table:
    today = reading.now.date()
    rows = (money.promises(account, reading.period, today) for _p, account in reading.accounts("promise"))
    return list(money.PROMISES), chain.from_iterable(rows)


def _requests(reading: Reading) -> Table:
    rows = (money.requests(account, reading.period) for _person, account in reading.accounts("request"))
    return list(money.REQUESTS), chain.from_iterable(rows)


TABLES: Mapping[str, Callable[[Reading], Table]] = {
    "accounts": _accounts,
    "activities": _activities,
    "payments": _payments,
    "promises": _promises,
    "requests": _requests,
}


def only_client(reading: Reading) -> str:
    """The client of all accounts that are read, "" where there are several."""
    found = exports.clients(reading.connection, reading.narrowing)
    return found[0] if len(found) == 1 else ""


def sheet_of_client(reading: Reading) -> Table:
    """The sheet of a client: in the columns that were asked for, else those of its last sheet."""
    found = _contacted(reading)
    first = list(islice(found, 1))
    language = reading.language or returns.language_of([account for _person, account in first])
    client = only_client(reading)
    wanted = reading.columns or (setting_for(reading.connection, "returns", client) if client else "")
    columns = returns.columns(language, wanted)
    sheet = returns.Sheet(language, reading.period, reading.now, reading.collector)
    return columns, _return_rows(chain(first, found), sheet, columns)


def _contacted(reading: Reading) -> Iterator[tuple[PersonFile, AccountFile]]:
    start, end = reading.period.bounds(reading.zone)
    for person, account in reading.accounts("activity"):
        if any(start <= entry.at < end for entry in account.activities):
            yield person, account


def _return_rows(
    found: Iterable[tuple[PersonFile, AccountFile]], sheet: returns.Sheet, columns: list[Column]
) -> Iterator[Row]:
    for person, account in found:
        entries = person_entries(person, sheet.now.date(), zone_of(sheet.now))
        task = next(e.task for e in entries if e.row.account == account.id)
        yield from returns.rows(person, account, task, sheet, columns)


def events(reading: Reading, veil: Veil) -> Iterator[Event]:
    """What the open accounts bring on the days of the period."""
    from collectctl.domain.exports import calendar

    for person, account in exports.accounts(reading.connection, reading.open_alone):
        for event in calendar.events(person, account, reading.now.date(), reading.zone, veil):
            day = event.start.date() if isinstance(event.start, datetime) else event.start
            if reading.period.holds(day):
                yield event
