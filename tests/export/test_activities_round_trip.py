"""Entries that are exported and imported into a book with the same accounts are the same entries."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.export.test_export import desk, rows

__all__ = ["desk"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_entries_come_back(desk: Cli, home: Path, ending: str):
    desk("log", "A2", "na", "=HYPERLINK(1)", "--at", "08:10")
    desk("log", "A2", "cmp", "--written", "--reason", "illness", "--at", "08:20", "--purpose", "verification")
    first = desk("export", "activities").out
    for kind in ("accounts", "activities"):
        assert desk("export", kind, str(home / f"{kind}.{ending}"), "--reveal").code == 0
        back = desk("import", str(home / f"{kind}.{ending}"), db=home / "other.db")
        assert back.code == 0, back.err
    second = desk("export", "activities", db=home / "other.db").out
    assert rows(second) == rows(first)


def test_the_hour_of_a_promise_comes_back(desk: Cli, home: Path):
    desk("log", "A2", "ptp", "5@fri 15:30")
    for kind in ("accounts", "activities"):
        desk("export", kind, str(home / f"{kind}.csv"), "--reveal")
        desk("import", str(home / f"{kind}.csv"), db=home / "other.db")
    for db in (home / "book.db", home / "other.db"):
        days = [row["promised_on"] for row in rows(desk("export", "activities", db=db).out)]
        assert days[-1] == "2026-11-27T15:30:00+08:00"


def test_a_masked_export_read_into_its_own_book_doubles_nothing(desk: Cli, home: Path):
    header, number = "account,attempt date,outcome,phone,text", "card 6222020200112233445"
    (home / "log.csv").write_text(f"{header}\nA2,2026-11-20 10:00,neg,13800130002,{number}\n")
    desk("import", str(home / "log.csv"))
    before = desk("export", "activities", str(home / "masked.csv"), "--json").data["rows"]
    again = desk("import", str(home / "masked.csv"), "--json").data
    assert (again["new"], again["activities"]["known"]) == (0, before)
