"""A folder with a book, and what is asked of it after each blow."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from collectctl.domain.errors import BookError
from collectctl.store.book import opened
from collectctl.usecases.checking import check
from tests.kill.effects import Half
from tests.kill.state import State, Unreadable, copied, state_of
from tests.kill.victims import GROUP, READER, Blow, Ended, signature, strike

MORNING = datetime.fromisoformat("2026-11-23T09:00+08:00")
SLOW = 5.0  # seconds that the next command waits for something else than a processor
DAMAGED = State(version=-1)
BAD_FILE = 4  # the exit code of an import whose reader was killed


class Attempt(NamedTuple):
    """A command, and whether its effect is there: of the states before and after. It raises Half."""

    arguments: list[str]
    effect: Callable[[State, State], bool]
    whom: str = GROUP
    alone: bool = False  # it waits for whoever reads in the book


class Told(NamedTuple):
    """What came of one attempt."""

    ended: Ended
    hit: bool
    there: bool
    findings: tuple[str, ...]


class Room:
    def __init__(self, folder: Path, draw: random.Random) -> None:
        self.folder = folder
        self.draw = draw
        self.now = MORNING
        self.book = folder / "book.db"
        self.turn = 0
        self.damaged = b""  # the bytes of a book that nobody can read
        self.seals: set[bytes] = set()  # of every state that the book was seen in
        self.longest = 0.0  # wait of the next command, seconds
        self._scratch = folder.with_name(folder.name + "-copies")
        self._looked_at: set[tuple[str, int, int]] = set()

    def fill(self, books: dict[str, Path]) -> None:
        """Begin anew with these files, alone in the folder, and with their logs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.damaged = b""
        self.seals.clear()
        self._looked_at.clear()
        for name, source in books.items():
            shutil.copyfile(source, self.folder / name)
            (self.folder / name).chmod(0o600)
            self._remember(state_of(source, self._scratch / "source"))

    def _remember(self, state: State) -> None:
        if state.entries:
            self.seals.add(state.seal)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COLLECTCTL_DB": str(self.book), "COLLECTCTL_NOW": self.now.isoformat(), "TZ": "Asia/Shanghai",
            "COLLECTCTL_LANG": "en", "XDG_STATE_HOME": str(self.folder / "shown"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }  # fmt: skip

    @property
    def folders(self) -> list[Path]:
        return [self.folder, self.folder / "backups", self.folder / "elsewhere"]

    def state(self) -> State:
        """What is in the book now."""
        if self.book.exists() and self.book.read_bytes() == self.damaged:
            return DAMAGED
        return state_of(self.book, self._scratch / "book")

    def state_of(self, file: Path) -> State:
        """What a copy of the book holds."""
        return state_of(file, self._scratch / "other")

    def tomorrow(self) -> None:
        self.now += timedelta(days=1)

    def run(self, *arguments: str) -> Ended:
        """A command that nobody hits."""
        return strike([*arguments, "--json"], self.environment, self.folders, None)

    def leftovers(self) -> list[Path]:
        """Temporary files and folders that dead processes left."""
        return [path for folder in self.folders for path in folder.glob(".collectctl-*")]

    def attempt(self, attempt: Attempt, blow: Blow | None) -> Told:
        """Run and hit a command, then look at everything that it left."""
        self.turn += 1
        before = self.state()
        self._remember(before)
        crowded = not attempt.alone and blow is not None and self.draw.random() < 0.25
        with self._neighbour(before) if crowded else nullcontext():
            ended = strike([*attempt.arguments, "--json"], self.environment, self.folders, blow)
        hit = ended.code == -9 or (blow is not None and blow.whom == READER and ended.code == BAD_FILE)
        findings: list[str] = []
        there = False
        try:
            after = self.state()
            self._remember(after)
            there = attempt.effect(before, after)
        except (Half, Unreadable) as error:
            findings.append(f"half: {error}")
        findings += self._about_the_end(ended, hit, there)
        findings += self.proved()
        findings += self._backups()
        return Told(ended, hit, there, tuple(findings))

    @contextmanager
    def _neighbour(self, before: State) -> Iterator[None]:
        """Somebody who reads in the book meanwhile, so that its log is not folded into it."""
        if not before.entries:
            yield
            return
        with closing(sqlite3.connect(f"{self.book.as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("begin")
            connection.execute("select count(*) from operation").fetchone()
            yield

    def _about_the_end(self, ended: Ended, hit: bool, there: bool) -> Iterator[str]:
        if ended.acknowledged and not there:
            yield "acknowledged, and not there"
        if not hit and (ended.code or not ended.acknowledged):
            yield f"not hit, and ended with {ended.code}: {ended.err.strip()[-300:]}{_said(ended.out)}"
        if not hit and not ended.code and ended.err:
            yield f"not hit, and said {ended.err.strip()[-300:]}"
        if ended.orphans:
            yield f"{ended.orphans} processes outlived it"

    def proved(self) -> Iterator[str]:
        """The next command works at once and finds nothing wrong."""
        if self.damaged and self.state() == DAMAGED:
            return
        begun = self.book.exists() and self.book.stat().st_size  # an empty file is no book yet
        checked = self.run(*(("book", "check") if begun else ("history",)))
        self.longest = max(self.longest, checked.waited)
        if checked.waited > SLOW:
            yield f"the next command waited for {checked.waited:.0f} s"
        if checked.code or checked.err:
            yield f"book check ended with {checked.code}: {checked.err.strip()[-300:]}{_said(checked.out)}"

    def _backups(self) -> Iterator[str]:
        """Every file with the name of a backup is a whole book of a moment that there was."""
        names = {path.name for folder in self.folders[1:] for path in folder.glob("*.db")}
        for file in signature(self.folders[1:]):
            path = Path(file[0])
            if path.name in names and file not in self._looked_at:
                self._looked_at.add(file)
                yield from (f"{path.name}: {wrong}" for wrong in self.wrong_with(path))

    def wrong_with(self, file: Path) -> Iterator[str]:
        """What keeps a file from being a backup."""
        if self.damaged and file.read_bytes() == self.damaged:
            return
        try:
            if state_of(file, self._scratch / "backup").seal not in self.seals:
                yield "not as the book ever was"
            with opened(copied(file, self._scratch / "backup")) as book:
                yield from (finding.text for finding in check(book, self.now, lambda _part: None).findings)
        except (BookError, Unreadable) as error:
            yield f"no book ({error})"


def _said(out: str) -> str:
    """What an answer says is wrong."""
    try:
        answer = json.loads(out)
        if "error" in answer:
            return str(answer["error"]["message"])
        return "; ".join(one["text"] for one in answer["data"]["findings"])
    except (ValueError, KeyError):
        return out[-300:]
