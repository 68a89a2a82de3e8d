"""What every test may use: the command line in this process or another, on a book of its own."""

import gc
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from collectctl.store import book

# how long an example takes is the machine's affair: nothing here asserts seconds
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

# the processes that tests start find modules compiled, as a user's do, and don't compile all of them anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# thousands of small books, each written through to the disk at every step: where a system has a file system
# in memory they lie there, which takes a sixth off the wait; no test can tell a disk that has lost its power
if os.access("/dev/shm", os.W_OK):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

LONG = bool(os.environ.get("COLLECTCTL_LONG"))


def tries(ordinary: int) -> int:
    """How many examples of a property are tried: thirty times as many where COLLECTCTL_LONG is set."""
    return ordinary * 20 if LONG else max(1, ordinary * 2 // 3)


NOW = "2026-11-23T09:00+08:00"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process, with its own screen and debugger, for tests that are named; else one for each core."""
    return 0 if any("::" in name for name in config.args) else None


def pytest_collection_finish() -> None:
    """What was collected stays to the end: no look for garbage needs to go through it again."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        return self.document["data"]


_BEGUN: dict[tuple[object, ...], bytes] = {}  # books by the commands and files that made them


@dataclass
class Cli:
    """Run a command in this process on `home`'s book: `cli("log", "@3", "na")`; `now=` sets the clock."""

    home: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    begun: tuple[object, ...] = ()

    def __call__(self, *args: str, now: str = "", stdin: str = "", db: Path | None = None) -> Ran:
        from collectctl.cli.main import app

        self.begun = ()
        if now:
            self.patch.setenv("COLLECTCTL_NOW", now)
        read, write = os.pipe()
        os.write(write, stdin.encode())
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as piped:
            self.patch.setattr(sys, "stdin", piped)
            with pytest.raises(SystemExit) as left:
                app([*args, "--db", str(db or self.home / "book.db")])
        sys.stdout.flush()
        out, err = self.capture.readouterr()
        return Ran(int(left.value.code or 0), out, err)

    def begin(self, *args: str, now: str = "") -> None:
        """The first commands of a book, all good: each is run once, and whoever begins alike gets a copy."""
        book, before = self.home / "book.db", self.begun
        assert before or not book.exists(), "a book is begun before anything else is done to it"
        if now:
            self.patch.setenv("COLLECTCTL_NOW", now)
        own = sorted(path.read_bytes() for path in (self.home / "config").rglob("*.toml"))
        key = (*before, os.environ["COLLECTCTL_NOW"], *own, *(self._said(word) for word in args))
        if key in _BEGUN:
            book.write_bytes(_BEGUN[key])
            book.chmod(0o600)
        else:
            ran = self(*args)
            assert ran.code == 0, ran.err
            _BEGUN[key] = book.read_bytes()
        self.begun = key

    def _said(self, word: str) -> str | bytes:
        """What a word of a command stands for: the content of a file, or itself."""
        return Path(word).read_bytes() if Path(word).is_file() else word


@pytest.fixture(scope="session")
def built() -> Iterator[None]:
    """A process builds a command from its function once, as a user's does, not once more for each test."""
    from collectctl.cli.main import Commands

    build = Commands.get_command
    commands: dict[str, object] = {}

    def once(self: Commands, context: object, name: str) -> object:
        if name not in commands:
            commands[name] = build(self, context, name)
        return commands[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Commands, "get_command", once)
        yield


@cache
def new_book() -> sqlite3.Connection:
    """An empty book in memory, as the migrations make it."""
    return book.unstored()


def begun_from(template: Callable[[], sqlite3.Connection]) -> Callable[..., None]:
    """What brings a book to this schema: an empty one is a copy of one that the migrations made."""
    migrate = book._migrate

    def bring(connection: sqlite3.Connection, path: Path | None = None) -> None:
        if connection.execute("select count(*) from sqlite_master").fetchone()[0]:
            migrate(connection, path)
        else:
            template().backup(connection)
            connection.execute("pragma journal_mode = wal")

    return bring


@pytest.fixture
def home(tmp_path: Path, built: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, a zone and a clock of the test's own; a new book takes no time."""
    new_book()
    monkeypatch.setattr(book, "_migrate", begun_from(new_book))
    for name in ("COLLECTCTL_DB", "COLLECTCTL_LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("COLLECTCTL_NOW", NOW)
    return tmp_path


@pytest.fixture
def cli(home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    return Cli(home, capfd, monkeypatch)


@pytest.fixture
def process(home: Path) -> Callable[..., Ran]:
    """The same in a process of its own, as a user starts it."""

    def run(*args: str, stdin: str = "", **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-c", "from collectctl.cli.main import run; run()", *args],
            input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60,
            env={**os.environ, "COLLECTCTL_DB": str(home / "book.db"), **environment},
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def data() -> Path:
    """The folder of real files with known answers; the test is skipped where there is none."""
    folder = os.environ.get("COLLECTCTL_DATA")
    if not folder:
        pytest.skip("COLLECTCTL_DATA names no folder with sample files")
    return Path(folder)
