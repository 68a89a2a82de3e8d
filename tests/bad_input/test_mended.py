"""What once was wrong, one test a mistake."""

import os
from pathlib import Path

import pytest

from tests.bad_input.conftest import Runner, state
from tests.bad_input.test_book_file import BOUND, start
from tests.bad_input.test_naughty import harmless


@pytest.mark.parametrize(
    "line",
    [
        "list bal>99999999999999999999",  # an integer that SQLite can't hold
        "undo 99999999999999999999",
        "amend 99999999999999999999 na",
        "log A-1 ptp 99999999999999999@fri",
        "log A-1 ptp --amount 999999999999999999999999999999 --by fri",
        "log A-1 ptp 5@9999-12-31",  # a day after which there is none
        "extend A-1 --until 9999-12-31",
        "today --due-by 9999-12-31",
        "log A-1 na --at 0001-01-01T00:00",
        "log A-1 cb 9999-12-31T23:59-14:00",
        "log A-1 na --talk ²",  # a digit for isdigit(), not for int()
        "amend ² na",
        "show a\0b",  # FTS5 ends at a null byte
    ],
)
def test_extremes(line: str, run: Runner):
    harmless(run(*line.split(" ")), line)


def test_a_bad_second_file_leaves_the_book_alone(run: Runner, desk: Path):
    before = state(desk / "book.db")
    assert run("import", "tabs.xls", "empty.csv", "--client", "Acme", "--currency", "CNY").code == 4
    assert state(desk / "book.db") == before


def test_more_undo_than_steps(run: Runner, desk: Path):
    before = state(desk / "book.db")
    seen = run("undo", "-n", "9")
    assert state(desk / "book.db") == before or "undone" in seen.out


def test_a_reader_that_has_gone_is_no_failure(desk: Path):
    read, write = os.pipe()
    os.close(read)
    assert start("list", out=write).code == 0


def test_a_book_that_may_not_be_read(desk: Path):
    (desk / "book.db").chmod(0)
    seen = start("today", before=BOUND)
    assert (seen.code, seen.out) == (5, "")


def test_an_unreadable_sum_is_named(run: Runner):
    assert "1.2.3" in run("log", "A-1", "ptp", "1.2.3@fri").err
