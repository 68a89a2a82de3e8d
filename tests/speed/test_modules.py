"""What the commands of every minute load: each module here costs each of two hundred starts a day."""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are a thing of Unix")

from tests.benchmarks import books, terminal

# runs a command, then writes the modules that it loaded into the file named first
_LIST = """
import os, sys
from collectctl.cli.main import app
try:
    app(sys.argv[2:])
except SystemExit:
    pass
with open(sys.argv[1], "w") as file:
    file.write("\\n".join(sys.modules))
"""
HEAVY = (
    "sqlite_utils", "dateutil.parser", "phonenumbers", "jinja2", "python_calamine", "xlsxwriter", "tomllib",
    "openpyxl",
)  # fmt: skip
READING = (*HEAVY, "collectctl.intake")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("speed") / "book.db"
    books.make_book(path, 60, 3)
    return path


@pytest.fixture
def loaded(book: Path, tmp_path: Path):
    """The modules that a command loads, on a terminal or in a pipe."""

    def listed(*typed: str, tty: bool) -> set[str]:
        found = tmp_path / "modules"
        env = {**terminal.environment(tmp_path, books.NOW.isoformat()), "COLLECTCTL_DB": str(book)}
        argv = [sys.executable, "-c", _LIST, str(found), *typed]
        if tty:
            done = terminal.run(argv, env)
            assert done.code == 0, done.out
        else:
            subprocess.run(argv, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        return set(found.read_text().split())

    return listed


def _among(loaded: set[str], unwanted: tuple[str, ...]) -> list[str]:
    return sorted(m for m in loaded if any(m == name or m.startswith(f"{name}.") for name in unwanted))


@pytest.mark.parametrize("tty", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize(
    ("typed", "unwanted"),
    [
        (["today"], READING),
        (["log", books.number(5), "na", "--yes"], (*READING, "rich")),
        (["--version"], (*READING, "rich")),
    ],
    ids=["today", "log", "version"],
)
def test_a_command_of_every_minute_loads_nothing_heavy(loaded, typed, unwanted, tty):
    assert _among(loaded(*typed, tty=tty), unwanted) == []


def test_today_draws_with_rich_on_a_terminal(loaded):
    """The list above would be empty too if the command had not run."""
    assert "rich.table" in loaded("today", tty=True)
