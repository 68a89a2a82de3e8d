"""A small book built as a collector builds it: a file imported, calls logged."""

from datetime import datetime
from zoneinfo import ZoneInfo

from collectctl.domain.periods import Period
from collectctl.domain.recording import How
from collectctl.domain.results.report import ReportResult
from collectctl.store import worklist
from collectctl.store.book import Book
from collectctl.store.journal import unit
from collectctl.usecases.accounts import resolve
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.log import Also, Line, log, prepare
from collectctl.usecases.report import report

SHANGHAI = ZoneInfo("Asia/Shanghai")
FILE = b"""account,name,phone,balance,currency,due date
A1,Wang Fang,13900000001,5000,CNY,2026-10-01
A2,Li Wei,13900000002,8000,CNY,2026-09-01
A3,Zhao Min,13900000003,900,CNY,2026-11-01
"""
OTHER_FILE = b"""account,name,phone,balance,currency,due date
B1,Ann Lee,13900000004,700,USD,2026-10-01
"""


def at(text: str) -> datetime:
    """`23T09:00` of November 2026 on the collector's clock."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI)


def fill(book: Book) -> None:
    for name, data, client in (("a.csv", FILE, "Bank"), ("b.csv", OTHER_FILE, "Shop")):
        request = ImportRequest(name, data, client=client, policy="cn")
        import_files(book, [request], at("01T08:00"), lambda *_args: None)


def call(book: Book, account: str, when: str, line: str, **how: object) -> int:
    """Log one line; returns the activity."""
    instant = at(when)
    also = tuple(Also(resolve(book, other), (), "us") for other in how.pop("also", ()))
    words = tuple(line.split())
    contacts = prepare(book, [resolve(book, account)], Line(words), How(at=instant, **how), instant, also)
    made = log(book, contacts, instant)
    return made[0].activity


def pay(book: Book, account: str, when: str, amount: int, currency: str = "CNY") -> None:
    """Money that the client confirmed."""
    instant = at(when)
    with unit(book, "pay", instant) as made:
        made.facts.add(
            "payment", account=resolve(book, account), activity=None, on_day=instant.date().isoformat(),
            amount=amount, currency=currency, confirmed=1, confirms=None, reverses=None, payer="", method="",
            reference="",
        )  # fmt: skip
        person = made.connection.execute(
            "select person from worklist where account = ?", (resolve(book, account),)
        ).fetchone()[0]
        worklist.refresh(made.connection, [person], instant.date(), SHANGHAI)
        made.text = "pay"


def of_days(book: Book, first: int, last: int, *terms: str, now: str = "") -> ReportResult:
    """The report of some days of November 2026, read in the evening of the last unless `now` says else."""
    instant = at(now or f"{last:02}T20:00")
    return report(
        book, terms, Period(at("01T00:00").date().replace(day=first), at(f"{last:02}T00:00").date()), instant
    )
