"""No statement of the daily commands reads through a table that grows with the book."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectctl.store import book as store
from collectctl.store.facts import COLUMNS
from tests.benchmarks import books

# complaints are few however large the book
FEW = {"import_batch", "setting", "complaint", "complaint_event"}
GROWING = {*COLUMNS, "worklist", "account", "person", "operation"} - FEW
COMMANDS = {
    "today": ["today"],
    "list": ["list"],
    "log": ["log", books.number(5), "ptp", "500@+3d", "发工资", "--yes"],
    "undo": ["undo"],
    "undo an older step": ["undo", "3"],
    "redo": ["redo"],
    "show": ["show", books.number(7)],
    "find name": ["find", books.chinese_name(7)[:2]],
    "find phone": ["find", books.phone(8)[-6:]],
    "find number": ["find", books.number(7)],
    "find part": ["find", books.number(7)[3:]],
    "find nowhere": ["find", "nowhere"],
    "report": ["report"],
}


BEFORE = {
    "undo": [COMMANDS["log"]],
    "undo an older step": [COMMANDS["log"], ["note", books.number(7), "later"]],
    "redo": [COMMANDS["log"], COMMANDS["undo"]],
}


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sixty") / "plans.db"
    books.make_book(path, 60, 3)
    return path


@pytest.fixture
def made(sixty: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sixty, tmp_path))


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that SQLite is given while the test runs."""
    seen: list[str] = []
    connect = store._connect

    def spied(target: str) -> sqlite3.Connection:
        connection = connect(target)
        connection.set_trace_callback(seen.append)
        return connection

    monkeypatch.setattr(store, "_connect", spied)
    return seen


def _plans(path: Path, statements: list[str]) -> Iterator[tuple[str, list[str]]]:
    connection = sqlite3.connect(path)
    for sql in dict.fromkeys(statements):
        if sql.lstrip().lower().startswith(("select", "insert", "update", "delete")):
            rows = connection.execute(f"explain query plan {sql}").fetchall()
            yield sql, [row[3] for row in rows]
    connection.close()


def _scans(sql: str, plan: list[str]) -> list[str]:
    """The steps of a plan that read all of a growing table, or all rows of one state.

    Reading along an index or the row ids is bounded where the statement has a limit and nothing is left to
    sort; a search for a part of a text is not, it passes over most rows.
    """
    sorts = any("TEMP B-TREE" in step for step in plan)
    if "limit" in sql.lower() and " like " not in sql.lower() and not sorts:
        return []
    return [
        step
        for step in plan
        if step.endswith("worklist_order (state=?)")
        or ((scan := re.match(r"SCAN (\w+)(?! VIRTUAL)", step)) and _table(sql, scan[1]) in GROWING)
    ]


def _table(sql: str, name: str) -> str:
    """The table that is called `name` in a statement."""
    found = re.search(rf"\b(?:from|join)\s+(\w+)\s+(?:as\s+)?{name}\b", sql, re.IGNORECASE)
    return found[1] if found else name


@pytest.mark.parametrize("command", COMMANDS)
def test_no_statement_scans_a_table_that_grows(command, cli, made, statements):
    for line in BEFORE.get(command, ()):
        assert cli(*line, db=made, now=books.NOW.isoformat()).code == 0
    statements.clear()
    assert cli(*COMMANDS[command], db=made, now=books.NOW.isoformat()).code == 0
    assert statements
    assert [(steps, sql) for sql, plan in _plans(made, statements) if (steps := _scans(sql, plan))] == []


def test_a_scan_is_seen(made):
    """The check itself: a sum over all accounts is told from one account looked up."""
    scanned = ["select sum(w.balance) from worklist w", "select 1 from worklist w where w.account = 1"]
    assert [_scans(sql, plan) for sql, plan in _plans(made, scanned)] == [["SCAN w"], []]
