"""A first import that makes its indexes last leaves the book that any other would."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from collectctl.usecases import import_accounts
from tests.conftest import Cli
from tests.test_money_day import data

LINES = "account,name,client,balance,phone\n" + "".join(
    f"A{n},甲{n},示例银行,{n + 1},1000000{n:04d}\n" for n in range(30)
)


@pytest.mark.parametrize("size", [5, 2_000])
def test_the_schema_is_the_same_after_it(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setattr(import_accounts, "BATCH", size)
    Path("a.csv").write_text(LINES, "utf-8")
    empty, book = home / "empty.db", home / "book.db"
    cli("config", "set", "collector", "甲", db=empty)
    assert data(cli, "import", "a.csv", "--currency", "CNY")["new"] == 30
    schemas = []
    for path in (empty, book):
        with closing(sqlite3.connect(path)) as connection:
            schemas.append(set(connection.execute("select type, name, sql from sqlite_master")))
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert schemas[0] == schemas[1]


def test_one_that_is_refused_leaves_them_too(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    monkeypatch.setattr(import_accounts, "BATCH", 5)
    Path("bad.csv").write_text(LINES + "A99,甲,示例银行,twelve,\n", "utf-8")
    assert cli("import", "bad.csv", "--currency", "CNY").code == 4
    Path("a.csv").write_text(LINES, "utf-8")
    assert data(cli, "import", "a.csv", "--currency", "CNY")["new"] == 30
    assert [a["account"] for a in data(cli, "find", "0029")["accounts"]] == ["A29"]
