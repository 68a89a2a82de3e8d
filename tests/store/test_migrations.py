"""Books of every released schema open, keep all their facts, and go on."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from collectctl.store.book import VERSION, Book, opened
from collectctl.usecases import undoing
from collectctl.usecases.today import bring_to_day, today
from tests.store.test_book import NOW, ZONE, derived, prove, replayed, say

BOOKS = sorted((Path(__file__).parent / "books").glob("schema-*.db.gz"))


@pytest.fixture(params=BOOKS, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    """A book as an earlier release left it."""
    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    path.chmod(0o600)
    with opened(path) as book:
        yield book


def test_there_is_a_book_of_every_schema_before_this_one():
    assert [path.name for path in BOOKS] == [f"schema-{n}.db.gz" for n in range(1, VERSION)]


def test_an_old_book_is_brought_to_this_schema_with_every_fact_as_it_was(old: Book):
    assert old.connection.execute("pragma user_version").fetchone()[0] == VERSION
    assert old.connection.execute("pragma foreign_key_check").fetchall() == []
    prove(old)


def test_its_list_is_computed_again_on_the_same_day(old: Book):
    """Three accounts on 23 November: a promise for the 26th, a dispute on hold, a payment to verify."""
    shown = today(old, [], datetime(2026, 11, 23, 14, tzinfo=ZONE))
    assert (shown.due, shown.hidden["hold"], shown.hidden["future"], shown.forgotten) == (0, 1, 2, 0)
    assert derived(old) == replayed(old)


def test_it_is_worked_on_and_undone(old: Book):
    bring_to_day(old, NOW.date(), NOW)
    before = derived(old)
    say(old, 1, "dis")
    prove(old)
    assert derived(old) != before
    undoing.undo(old, NOW)
    assert derived(old) == before
