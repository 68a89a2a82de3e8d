"""Tours of visits as a table, one row a stop: for a pipe, for CSV and for a workbook."""

from collections.abc import Iterator
from datetime import datetime

from collectctl.domain import sheets
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.results.visits import VisitResult
from collectctl.domain.sheets import AMOUNT, COUNT, IDENTITY, INSTANT, Cell, Column, Money, column
from collectctl.domain.visits import Stop, last_visits, why
from collectctl.domain.when import zone_of

COLUMNS: tuple[Column, ...] = (
    column("tour", COUNT),
    column("city"),
    column("district"),
    column("account", IDENTITY, sheets.ACCOUNT),
    column("other_accounts", IDENTITY, sheets.ACCOUNT),
    column("name", about=sheets.DEBTOR),
    column("client"),
    column("address", about=sheets.ADDRESS),
    column("balance", AMOUNT),
    column("currency"),
    column("days", COUNT),
    column("calls", COUNT),
    column("numbers", COUNT),
    column("last_call", INSTANT),
    column("last_outcome"),
    column("last_visit", INSTANT),
    column("visit_outcome"),
    column("why"),
    column("verdict"),
    column("rules"),
    column("safety", about=sheets.FREE),
)


def rows(result: VisitResult, now: datetime) -> Iterator[list[Cell]]:
    """The stops in the order of their tours; instants in the collector's zone, long numbers masked."""
    for number, tour in enumerate(result.tours, 1):
        for stop in tour.stops:
            yield _row(number, stop, now)


def _row(number: int, stop: Stop, now: datetime) -> list[Cell]:
    account, last, zone = stop.account, stop.calls[-1], zone_of(now)
    currency = account.statement.currency
    before = next(iter(last_visits(stop)), None)
    return [
        number, stop.place.city, stop.place.district, account.number,
        " ".join(a.number for a in stop.accounts[1:]), account.debtor, account.client, stop.address,
        Money(stop.totals[currency], currency), currency, stop.days(now), len(stop.calls), stop.numbers,
        last.at.astimezone(zone), last.outcome,
        before.at.astimezone(zone) if before else None, before.outcome if before else None,
        why(stop, now), stop.verdict.effect, " ".join(rule.id for rule in stop.rules),
        "; ".join(mask_long_numbers(note.text) for note in stop.safety),
    ]  # fmt: skip
