"""Parts of numbers and names are found by their index, and only where the facts that stand say so."""

from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_money_day import MONDAY, data, ok

BANK = """account,name,phone,client,currency,balance,due_date
AC-100_7,Ann "Nan" O'Neil,13800130001,Invented Bank,CNY,5,2026-10-01
AC-1007,Bob Sample,13800130002,Invented Bank,CNY,5,2026-10-01
借款100%9,张某某,13800130003,Invented Bank,CNY,5,2026-10-01
"""


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    ok(cli("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY))
    return cli


def found(desk: Cli, typed: str) -> list[str]:
    return sorted(a["account"] for a in data(desk, "find", typed)["accounts"])


@pytest.mark.parametrize(
    ("typed", "accounts"),
    [
        ("1007", ["AC-1007"]),
        ("c-100", ["AC-1007", "AC-100_7"]),
        ("00_7", ["AC-100_7"]),
        ("00%9", ["借款100%9"]),
        ("AMPL", ["AC-1007"]),
        ("'Neil", ["AC-100_7"]),
        ('"Nan"', ["AC-100_7"]),
        ("某某", ["借款100%9"]),
        ("款100", ["借款100%9"]),
        ("_7", ["AC-100_7"]),
        ("zq", []),
        ("nowhere", []),
        ('"""', []),
        ("***", []),
        ("AND OR", []),
    ],
)
def test_a_part_is_found_as_it_was_typed(desk: Cli, typed: str, accounts: list[str]):
    assert found(desk, typed) == accounts


def test_what_was_undone_is_not_found_by_a_part(desk: Cli):
    assert found(desk, "ampl") == ["AC-1007"]
    ok(desk("undo"))
    assert found(desk, "ampl") == []
    assert found(desk, "1007") == []
    ok(desk("redo"))
    assert found(desk, "ampl") == ["AC-1007"]


def test_a_name_of_before_is_none_that_stands(desk: Cli, home: Path):
    (home / "later.csv").write_text(BANK.replace("Bob Sample", "Rob Newname"), "utf-8")
    ok(desk("import", str(home / "later.csv")))
    assert found(desk, "ewnam") == ["AC-1007"]
    ok(desk("undo"))
    assert found(desk, "ewnam") == []
