"""A book with facts of every kind, made once from one of an older release and copied by each test."""

import gzip
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from collectctl.store.book import Book, opened
from collectctl.usecases import changes, claims, complaints, persons, purging, safety, settling, undoing
from collectctl.usecases.persons import move
from tests.store.test_book import ZONE, load, say

OLD = Path(__file__).parent.parent / "store" / "books" / "schema-3.db.gz"
LATER = datetime(2026, 11, 24, 14, tzinfo=ZONE)
# its mandate ends before everything else
GONE = """account,name,id_number,phone,client,currency,balance,due_date
G1,Gone Example,110101199001019999,+12025550199,Former Bank,USD,700,2026-09-01
"""


def fill(book: Book) -> None:
    """What the older book has not: limits lifted, a settlement, a breach, a purge, steps undone."""
    load(book, GONE, LATER)
    account = book.connection.execute("select id from account where number = 'G1'").fetchone()[0]
    say(book, account, "na", LATER)
    changes.close(book, [account], "returned", LATER.date(), LATER)
    day = LATER + timedelta(days=1)
    purging.purge(book, "Former Bank", day.date(), "handed back", day)
    load(book, now=day)
    move(book, 1, "US-NY", day)
    settling.settle(book, 3, settling.Agreed("4000", date(2026, 12, 20), "AP", 1), day)
    say(book, 1, "stop", day.replace(hour=23))
    complaints.add(book, 1, complaints.Told(text="late"), day)
    complaints.close(book, 1, complaints.Ending(True), day)
    persons.add_party(book, 1, "Gil Guarantor", "guarantor", "", day)
    claims.add(book, 1, claims.Told("guarantor", "50"), day)
    claims.close(book, 1, "refused", "", day.date(), day)
    safety.warn(book, 1, "a dog in the yard", day)
    changes.extend(book, [1], date(2027, 6, 1), "", day)
    undoing.undo(book, day)


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "book.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    path.chmod(0o600)
    with opened(path) as book:
        fill(book)
    return path


@pytest.fixture
def book(tmp_path: Path, rich: Path) -> Iterator[Book]:
    shutil.copy(rich, tmp_path / "book.db")
    with opened(tmp_path / "book.db") as made:
        yield made
