"""What a daily command asks of SQLite is the same on a book eight times as large, counted in its steps."""

import sqlite3
from pathlib import Path

import pytest

from collectctl.store import book as store
from tests.benchmarks import books
from tests.benchmarks.measuring import BOOKLESS, COMMANDS, FLAT

SMALL, LARGE, ACTIVITIES = 60, 480, 5
EACH = 50  # steps between two ticks


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """Two books in which a day has as many entries."""
    folder = tmp_path_factory.mktemp("steps")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "A_DAY", 20)
        for accounts in (SMALL, LARGE):
            books.make_book(folder / f"{accounts}.db", accounts, ACTIVITIES)
    return {accounts: folder / f"{accounts}.db" for accounts in (SMALL, LARGE)}


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for every few steps that SQLite takes while the test runs."""
    counted: list[int] = []
    connect = store._connect

    def counting(target: str) -> sqlite3.Connection:
        connection = connect(target)
        connection.set_progress_handler(lambda: counted.append(EACH), EACH)
        return connection

    monkeypatch.setattr(store, "_connect", counting)
    return counted


def steps(cli, ticks: list[int], path: Path, name: str) -> int:
    typed = [part.format(account=books.number(7)) for part in COMMANDS[name].typed]
    ticks.clear()
    assert cli(*typed, db=path, now=books.NOW.isoformat()).code in (0, 1)
    return sum(ticks)


FLAT_ONES = [name for name, command in COMMANDS.items() if command.flat and name not in BOOKLESS]


@pytest.mark.parametrize("name", FLAT_ONES)
def test_a_larger_book_asks_for_no_more(name, cli, made, ticks):
    small, large = (steps(cli, ticks, path, name) for path in made.values())
    assert large <= FLAT * small + 500


def test_what_reads_everything_is_told(cli, made, ticks):
    """The measure itself: two characters that are nowhere are looked for in every name."""
    small, large = (steps(cli, ticks, path, "find two") for path in made.values())
    assert large > 3 * small
