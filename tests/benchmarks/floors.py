"""What a command is measured against: scripts that do the least that it can't do without."""

import sys
from pathlib import Path

EMPTY, COMMIT, TABLE, INSERT, ENTRY = "empty", "commit", "table", "insert", "entry"

_APP = """
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main() -> None:
    {body}


app()
"""
_DURABLE = """import sqlite3

    connection = sqlite3.connect({path!r}, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("begin immediate")
    connection.execute("insert into t (text) values ('one')")
    connection.execute("commit")
    connection.close()
"""
_ROWS = """
import sqlite3

import typer
from rich.console import Console
from rich.table import Table

table = Table()
for name in ("#", "account", "name", "client", "balance", "days", "class", "phone"):
    table.add_column(name)
for row in range(20):
    table.add_row(str(row), f"AC{row:08d}", "甲天地", "示例银行", "12,345.67", "91", "new", "10000000001")
Console().print(table)
"""
_RUN = """
import sys

from collectctl.cli.main import run

sys.exit(run())
"""


def write(folder: Path) -> dict[str, list[str]]:
    """The scripts in `folder`, and ours beside them; name -> how it is called."""
    import sqlite3

    store = folder / "floor.db"
    connection = sqlite3.connect(store)
    connection.execute("pragma journal_mode = wal")
    connection.execute("create table t (id integer primary key, text text)")
    connection.close()
    scripts = {
        EMPTY: _APP.format(body="pass"),
        COMMIT: _APP.format(body=_DURABLE.format(path=str(store))),
        TABLE: _ROWS,
        ENTRY: _RUN,
    }
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return {name: [sys.executable, str(folder / f"{name}.py")] for name in scripts}


def insert(db: Path, placement: Path) -> list[str]:
    """The import of a file without reading it: every cell as it is, one key."""
    tool = [sys.executable, "-m", "sqlite_utils", "insert", str(db), "t", str(placement)]
    return [*tool, "--csv", "--pk", "account_id"]
