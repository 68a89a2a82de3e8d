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
