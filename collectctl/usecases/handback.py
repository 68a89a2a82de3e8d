"""Handing accounts back to their client: what leaves, what is undone, and the files that go with it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from collectctl.domain import handback as decided
from collectctl.domain.handback import Gone, Leaving
from collectctl.domain.periods import Period
from collectctl.domain.results.handback import Handback
from collectctl.domain.results.page import Page
from collectctl.domain.sheets import (
    ACCOUNT,
    AMOUNT,
    DATE,
    DEBTOR,
    FREE,
    IDENTITY,
    TEXT,
    Column,
    Money,
    Row,
    column,
)
from collectctl.domain.when import zone_of
from collectctl.outlet.delimited import write_csv
from collectctl.outlet.folders import filling
from collectctl.outlet.replacing import writing
from collectctl.store import imports
from collectctl.store.book import Book
from collectctl.store.persons import load_persons
from collectctl.usecases import report_files
from collectctl.usecases.export import ExportRequest, export
from collectctl.usecases.purging import NoSuchClient
from collectctl.usecases.report import report

RETURNS, ACCOUNTS = "returns.xlsx", "accounts.csv"
REPORT, WORKBOOK, SUMMARY = "report.html", "report.xlsx", "summary.html"
FILES = (RETURNS, ACCOUNTS, REPORT, WORKBOOK, SUMMARY)
_COLUMNS: Sequence[Column] = (
    column("account", IDENTITY, ACCOUNT), column("name", TEXT, DEBTOR), column("state"),
    column("ends_on", DATE), column("closed_on", DATE), column("balance", AMOUNT), column("currency"),
    column("at_risk", AMOUNT), column("undone", TEXT, FREE),
)  # fmt: skip


def handback(book: Book, client: str, period: Period, now: datetime) -> Handback:
    """What goes back to `client`. Raises `NoSuchClient` (3)."""
    connection, today, zone = book.connection, now.date(), zone_of(now)
    if not imports.has_accounts(connection, client):
        raise NoSuchClient(client, imports.clients(connection))
    people = list(load_persons(connection, imports.debtors_of_client(connection, client)))
    accounts = [account for person in people for account in person.accounts if account.client == client]
    own = {account.id for account in accounts}
    leaving = [one for person in people for one in decided.leaving(person, today, zone) if one.account in own]
    return Handback(
        client,
        period,
        tuple(sorted(leaving, key=lambda one: (one.ends_on, -one.at_risk, one.number))),
        tuple(decided.gone(accounts, period)),
        decided.summary(accounts, period, today, zone),
        report(book, (), period, now, client),
    )


def save(
    book: Book,
    made: Handback,
    pages: Sequence[Page],
    folder: Path,
    now: datetime,
    *,
    force: bool,
    reveal: bool,
) -> tuple[str, ...]:
    """Write the files into `folder`, which is made; returns their names.

    `pages` are the report and the supervisor's summary. Raises the errors of exports and of targets (2, 5).
    """
    with filling(folder, force=force):
        told, summed = pages
        request = ExportRequest(
            "returns",
            folder / RETURNS,
            RETURNS,
            "xlsx",
            (),
            made.period,
            reveal,
            force=force,
            client=made.client,
        )
        export(book, request, now)
        with writing(folder / ACCOUNTS, force=force) as stream:
            rows = [*map(_leaving, made.leaving), *map(_gone, made.gone)]
            write_csv(stream, _COLUMNS, rows, bom=True)
        report_files.save(told, folder / REPORT, folder / WORKBOOK, force=force)
        report_files.save(summed, folder / SUMMARY, None, force=force)
    return FILES


def _leaving(one: Leaving) -> Row:
    money = Money(one.balance, one.currency), one.currency, Money(one.at_risk, one.currency)
    return (one.number, one.name, "open", one.ends_on, None, *money, "; ".join(one.undone))


def _gone(one: Gone) -> Row:
    return (one.number, one.name, one.closed_as, None, one.closed_on, Money(one.balance, one.currency),
            one.currency, None, "")  # fmt: skip
