"""Visits: who qualifies, grouped into tours, and the sheet to take along."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from collectctl.domain import visits as rules
from collectctl.domain.errors import BadUsage
from collectctl.domain.exports import tours as sheet
from collectctl.domain.facts import PersonFile
from collectctl.domain.records import Record
from collectctl.domain.results.visits import VisitResult
from collectctl.domain.terms import read_terms
from collectctl.domain.visits import VISIT_DAYS, Stop, Tour
from collectctl.domain.words import _
from collectctl.outlet.replacing import Target, vacant, writing
from collectctl.store import filters
from collectctl.store.activities import Narrowing
from collectctl.store.book import Book
from collectctl.store.deskfacts import safety_notes
from collectctl.store.imports import clients
from collectctl.store.journal import ENTRY, entry
from collectctl.store.persons import load_persons
from collectctl.store.settings import all_settings, get_setting, of_client
from collectctl.store.standing import CHUNK
from collectctl.store.visits import candidates
from collectctl.usecases.opening import no_book
from collectctl.usecases.today import bring_to_day

SETTING = "visit-days"
LANGUAGES = ("en", "zh")
_FORMATS = (".html", ".htm", ".csv", ".xlsx")


class NoSuchSheet(BadUsage):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is no kind of sheet: .html, .csv or .xlsx").format(name=name), "--out visits.html"
        )


class Wanted(Record):
    """What was asked for; `days` None: as it is set."""

    terms: Sequence[str] = ()
    city: str = ""
    days: int | None = None


class Sheet(Record):
    """The file to be: `name` decides its format."""

    target: Target
    name: str
    language: str
    force: bool


def visits(book: Book, wanted: Wanted, now: datetime) -> VisitResult:
    """Who qualifies for a visit now, as tours; every other open account is counted by its cause."""
    bring_to_day(book, now.date(), now)
    narrowing = Narrowing(*filters.where(book.connection, read_terms(wanted.terms, now.date()), now.date()))
    days_of = _days(all_settings(book.connection), wanted.days)
    least = min(map(days_of, ("", *clients(book.connection))))
    start = datetime.combine(now.date() - timedelta(days=least - 1), time(), now.tzinfo)
    possible, causes = candidates(book.connection, narrowing, start, now)
    total = sum(map(len, possible.values())) + causes.total()
    stops: list[Stop] = []
    for person in load_persons(book.connection, sorted(possible)):
        for found in _stops(person, possible[person.id], days_of, now):
            if isinstance(found, str):
                causes[found] += 1
            elif wanted.city and not rules.is_in(found.place, wanted.city):
                causes["elsewhere"] += 1
            else:
                stops.append(found)
    return VisitResult(
        tours=_with_notes(book, rules.tours(stops)),
        left_out=rules.counted(causes),
        open=total,
        days=days_of(""),
        warnings=no_book(book),
    )


def _days(settings: Mapping[str, str], typed: int | None) -> Callable[[str], int]:
    """For how many days somebody is called in vain first: as typed, else the client's, else the book's."""

    def of(client: str) -> int:
        if typed is not None:
            return typed
        return int(settings.get(of_client(SETTING, client)) or settings.get(SETTING) or VISIT_DAYS)

    return of


def _stops(
    person: PersonFile, accounts: Sequence[int], days_of: Callable[[str], int], now: datetime
) -> Iterator[Stop | str]:
    for account in accounts:
        yield rules.stop_at(person, account, days_of(person.account(account).client), now)


def _with_notes(book: Book, tours: Sequence[Tour]) -> tuple[Tour, ...]:
    """The tours with what was noted for the safety of who visits."""
    people = sorted({stop.person.id for tour in tours for stop in tour.stops})
    notes = [
        note
        for start in range(0, len(people), CHUNK)
        for note in safety_notes(book.connection, people[start : start + CHUNK])
    ]

    def noted(stop: Stop) -> Stop:
        return stop._replace(safety=tuple(n for n in notes if n.person == stop.person.id))

    return tuple(tour._replace(stops=tuple(map(noted, tour.stops))) for tour in tours)


def check(out: Sheet) -> None:
    """Refuse a file that can't be, before any work.

    Raises `NoSuchSheet`, `TargetExists` (2), `CantWrite` (5).
    """
    if isinstance(out.target, Path):
        if Path(out.name).suffix.lower() not in _FORMATS:
            raise NoSuchSheet(out.name)
        vacant(out.target, force=out.force)


def save(book: Book, result: VisitResult, out: Sheet, now: datetime) -> None:
    """Write the sheet, and note it in the journal: an entry, no step of undo. Raises as `check` does."""
    check(out)
    with writing(out.target, force=out.force) as stream:
        _write(book, stream, result, out, now)
        if book.exists and book.writable:
            text = _("visit sheet: {stops} stops, {file}").format(stops=len(result.stops), file=out.name)
            with book.write() as connection, entry(connection, "visits", now, ENTRY) as made:
                made.text = text


def _write(book: Book, stream: BinaryIO, result: VisitResult, out: Sheet, now: datetime) -> None:
    kind = Path(out.name).suffix.lower()
    if kind == ".csv":
        from collectctl.outlet.delimited import write_csv

        write_csv(stream, sheet.COLUMNS, sheet.rows(result, now))
    elif kind == ".xlsx":
        from collectctl.outlet.workbooks import write_xlsx

        folder = out.target.parent if isinstance(out.target, Path) else None
        write_xlsx(stream, sheet.COLUMNS, sheet.rows(result, now), folder)
    else:
        from collectctl.outlet.visitsheet import as_html

        collector = get_setting(book.connection, "collector") or ""
        stream.write(as_html(result, now, out.language, collector))
