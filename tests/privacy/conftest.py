"""The book of `markers`, made once by the commands themselves and copied for each test."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

import collectctl
from tests.conftest import Cli, Ran
from tests.privacy import markers
from tests.privacy.commands import HISTORY, lines

_RUN = """
import sys
from collectctl.cli.main import app
for line in {lines!r}:
    try:
        app(list(line))
    except SystemExit as left:
        if left.code:
            sys.exit(repr(line))
"""
Typed = Callable[..., Ran]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("privacy")
    for name, text in markers.FILES.items():
        (folder / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(lines=lines(HISTORY))], cwd=folder, capture_output=True, text=True,
        env={
            **os.environ, "COLLECTCTL_DB": "book.db", "COLLECTCTL_NOW": "2026-11-23T08:00+08:00",
            "TZ": "Asia/Shanghai", "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
            "PYTHONPATH": str(Path(collectctl.__file__).parents[1]),
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "book.db"


@pytest.fixture
def desk(home: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the book and the client's files, where nobody's mask hides a mode; `tmp` is for temporary
    files."""
    for name in (*markers.FILES, "spare.db", "case.zip"):
        shutil.copy(template.parent / name, home / name)
    fresh(home, template)
    (home / "tmp").mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLUMNS", "1000")  # nothing is cut
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)  # asked for anew
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = os.umask(0)
    yield home
    os.umask(before)


def fresh(desk: Path, template: Path) -> None:
    """The book as it was before anything was typed, and nothing written yet."""
    shutil.rmtree(desk / "out", ignore_errors=True)
    (desk / "out").mkdir()
    for left in desk.glob("book.db*"):
        left.unlink()
    shutil.copy(template, desk / "book.db")
    (desk / "book.db").chmod(0o600)


@pytest.fixture
def typed(desk: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """`typed("show", "M-1", form="table")`: a command on the book, in one of three forms."""

    def run(*line: str, form: str = "plain") -> Ran:
        if form == "json":
            return cli(*line, "--json")
        with monkeypatch.context() as patch:
            patch.setattr(sys.stdout, "isatty", lambda: form == "table")
            return cli(*line)

    return run
