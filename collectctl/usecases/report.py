"""What a period came to: its entries and money into measures."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from collectctl.domain import measures
from collectctl.domain.facts import Payment
from collectctl.domain.gaps import gaps
from collectctl.domain.measures import Entry, Touch
from collectctl.domain.periods import Period, midnight, read_period
from collectctl.domain.recovery import recovered
from collectctl.domain.results.report import Average, FallenDue, Recovered, ReportResult, Tomorrow
from collectctl.domain.terms import read_terms
from collectctl.domain.when import zone_of
from collectctl.domain.worklist import person_entries
from collectctl.store import activities, filters
from collectctl.store.activities import Narrowing
from collectctl.store.binding import Binding
from collectctl.store.book import Book
from collectctl.store.deskfacts import all_complaints
from collectctl.store.persons import load_persons
from collectctl.store.settings import get_setting, setting_for
from collectctl.usecases.opening import no_book
from collectctl.usecases.today import bring_to_day

# days with entries that are read in search of worked ones: rare TERMs must not lead through the whole book
DAYS_READ = 30


def typed_period(
    book: Book, now: datetime, *, day: str, week: bool, month: bool, first: str, last: str
) -> Period:
    """The period that was typed, read as this book reads dates. Raises the errors of `read_period` (2)."""
    order = get_setting(book.connection, "dates") or ""
    return read_period(now, day=day, week=week, month=month, first=first, last=last, order=order)


def report(book: Book, terms: Sequence[str], period: Period, now: datetime, client: str = "") -> ReportResult:
    """The measures of `period`, of the accounts of a client that `terms` leave in. Raises `BadTerm` (2)."""
    connection, zone, today = book.connection, zone_of(now), now.date()
    if period.holds(today):
        bring_to_day(book, today, now)
    narrowing = Narrowing(*filters.where(connection, read_terms(terms, today), today, client))
    found = activities.entries(connection, *period.bounds(zone), narrowing)
    touches = [entry.touch for entry in found]
    against = activities.breaches(connection, *period.bounds(zone), narrowing)
    money = activities.payments(connection, period.first, period.last, narrowing)
    confirmed = [p for p in money if p.confirmed]
    lodged = all_complaints(connection, narrowing)
    return ReportResult(
        first=period.first,
        last=period.last,
        narrowed=(client, *terms) if client else tuple(terms),
        counts=measures.counts(touches),
        inbound=measures.inbound(found),
        talk_seconds=measures.talk_seconds(found),
        accounts_worked=len(measures.accounts_worked(touches)),
        open_accounts=activities.open_accounts(connection, narrowing),
        promised=measures.promised(found),
        fallen_due=_fallen_due(book, period, today, narrowing),
        claimed=measures.paid(money, confirmed=False),
        confirmed=measures.paid(money, confirmed=True),
        recovered=_recovered(book, period, confirmed, narrowing),
        by_outcome=measures.groups(found, measures.by_outcome),
        by_hour=measures.groups(found, measures.by_hour(zone), by_key=True),
        by_bucket=measures.groups(found, measures.by_bucket(zone), by_key=True),
        by_client=measures.groups(found, measures.by_client),
        by_batch=measures.groups(found, measures.by_batch),
        complaints=measures.complaints(found, lodged, period),
        register=measures.register(lodged, period, today),
        breaches=tuple(b for b in against if not b.override),
        overrides=measures.overrides(found, against, zone),
        not_worked=_not_worked(book, found, now, narrowing) if period.holds(today) else 0,
        tomorrow=_tomorrow(book, today + timedelta(days=1), zone, narrowing),
        average=_average(book, period, now, narrowing),
        gaps=gaps(found, {p.activity for p in money if p.activity}, zone),
        warnings=no_book(book),
    )


def _tomorrow(book: Book, day: date, zone: tzinfo, narrowing: Narrowing) -> Tomorrow:
    """What waits for `day`, judged as it will stand then."""
    waiting = activities.people_coming_due(book.connection, day, narrowing)
    people = load_persons(book.connection, waiting)
    return measures.tomorrow((e.row for p in people for e in person_entries(p, day, zone)), day)


def _fallen_due(book: Book, period: Period, today: date, narrowing: Narrowing) -> FallenDue:
    """From the accounts on which a promise can have been kept or broken in the period, and no others.

    It is broken on the first day after the grace, and kept, or broken later, on a day on which money moved.
    """
    late = [timedelta(days=grace + 1) for grace in sorted(Binding(book.connection).graces())]
    due = [(_days_before(period.first, days), _days_before(period.last, days)) for days in late]
    accounts = activities.promising(book.connection, due, (period.first, period.last), narrowing)
    files = [
        (account.promises, account.payments, account.grace)
        for person in load_persons(book.connection, sorted(set(accounts.values())))
        for account in person.accounts
        if account.id in accounts
    ]
    return measures.fallen_due(files, period, today)


def _recovered(book: Book, period: Period, confirmed: Sequence[Payment], narrowing: Narrowing) -> Recovered:
    """From the accounts with money in the period, or that were settled in it."""
    connection = book.connection
    back = activities.reversals(connection, period.first, period.last, narrowing)
    settled = activities.settled_accounts(connection, period.first, period.last, narrowing)
    wanted = {p.account for p in (*confirmed, *back)} | set(settled)
    people = load_persons(connection, activities.debtors_of(connection, sorted(wanted)))
    accounts = [account for person in people for account in person.accounts if account.id in wanted]
    clients = {account.client for account in accounts}
    rates = {client: rate for client in clients if (rate := setting_for(connection, "commission", client))}
    return recovered(accounts, confirmed, back, settled, rates, period)


def _days_before(day: date, late: timedelta) -> date:
    return day - late if day - date.min > late else date.min


def _not_worked(book: Book, found: Sequence[Entry], now: datetime, narrowing: Narrowing) -> int:
    """People due today of whom no account was worked today."""
    start = midnight(now.date(), zone_of(now))
    worked = measures.accounts_worked(e.touch for e in found if e.activity.at >= start)
    due = activities.people_due(book.connection, narrowing)
    return due - activities.still_due(book.connection, worked, narrowing)


def _average(book: Book, period: Period, now: datetime, narrowing: Narrowing) -> Average:
    """Of the last worked days before the period, read one by one, newest first."""
    zone = zone_of(now)
    worked: list[list[Touch]] = []
    before, _end = period.bounds(zone)
    for _day in range(DAYS_READ):
        newest = activities.last_before(book.connection, before)
        if newest is None or len(worked) == measures.WORKED_DAYS:
            break
        day = newest.astimezone(zone).date()
        before, end = Period(day, day).bounds(zone)
        found = activities.touches(book.connection, before, end, narrowing)
        if measures.is_worked_day(found):
            worked.append(found)
    return measures.average(worked)
