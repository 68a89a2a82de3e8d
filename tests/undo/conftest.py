"""The desk, laid once and copied for each test."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.undo.desk import lay


@pytest.fixture
def desk(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Cli:
    """Made once, then copied, with all that can be asked of it."""
    made = tmp_path_factory.getbasetemp() / "desk"
    if not made.exists():
        made.mkdir()
        monkeypatch.chdir(made)
        lay(partial(cli, db=made / "book.db"), made)
    shutil.copytree(made, home, dirs_exist_ok=True)
    shutil.copy(home / "book.db", home / "first.db")
    monkeypatch.chdir(home)
    return cli
