"""Which daily backups are kept, and which files are backups at all."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.backups import DAYS, WEEKS, belongs, daily, expired, of_instant, of_schema

LAST = date(2026, 11, 23)


def named(days: list[date]) -> list[str]:
    return [daily("book.db", day) for day in days]


def kept(days: list[date]) -> list[str]:
    gone = set(expired("book.db", named(days)))
    return [name for name in named(days) if name not in gone]


def test_a_week_of_days_and_the_newest_of_four_weeks_before():
    every = [LAST - timedelta(days=n) for n in range(100)]
    assert [name[5:15] for name in kept(every)] == [
        "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19", "2026-11-18", "2026-11-17",
        "2026-11-16", "2026-11-15", "2026-11-08", "2026-11-01",
    ]  # fmt: skip


@given(st.sets(st.integers(0, 400)))
def test_the_newest_are_always_kept_and_a_rotation_of_each_day_ends_where_one_of_all_does(
    numbers: set[int],
):
    days = sorted((LAST - timedelta(days=n) for n in numbers), reverse=True)
    left = kept(days)
    assert left[:DAYS] == named(days[:DAYS])
    assert len(left) <= DAYS + WEEKS
    assert kept([date.fromisoformat(name[5:15]) for name in left]) == left


def test_what_is_no_daily_backup_never_expires():
    others = ["book-schema-3.db", "book-2026-11-23T101500.db", "book-2026-13-45.db", "other-2026-01-01.db",
              "book-2026-01-01.db.txt", "book2-2026-01-01.db", "notes.txt"]  # fmt: skip
    every = named([LAST - timedelta(days=n) for n in range(30)])
    assert not set(expired("book.db", [*every, *others])) & set(others)


NOW = datetime(2026, 11, 23, 10, 15)  # noqa: DTZ001 (a name has no zone)


@pytest.mark.parametrize(
    "name",
    [daily("b.db", LAST), of_schema("b.db", 3), of_instant("b.db", NOW), of_instant("b.db", NOW, "replaced")],
)
def test_every_name_that_is_given_is_known_again(name: str):
    assert belongs("b.db", name)
    assert belongs("b.db", name.replace(".db", "-2.db"))
    assert not belongs("c.db", name)
    assert not belongs("b.db", f"b-{name}")
    assert belongs("b.db", name + "-wal")  # of one that was damaged
    assert not belongs("b.db", name + "-shm")
