"""A few commands are killed, and a few processes write at once; `python -m tests.kill` does many more."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kill.effects import Half, recorded, reversed_
from tests.kill.rooms import Room
from tests.kill.scenes import Books, scenes
from tests.kill.state import Entry, State, Unreadable, state_of
from tests.kill.together import logged
from tests.kill.victims import MAIN, Blow, strike

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="no such signal here")

HIT = ("log", "import, small", "undo, redo", "book backup", "migration from 3")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return Books(tmp_path_factory.mktemp("books"))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    return Room(tmp_path / "room", random.Random(1))


@pytest.mark.parametrize("name", HIT)
def test_a_killed_command_is_there_or_not_there(books: Books, room: Room, name: str):
    scene = next(one for one in scenes(books) if one.name == name)
    scene.make(room)
    told = room.attempt(scene.attempt(room), Blow(change=2))
    assert told.findings == ()
    assert told.hit or told.there


def test_processes_that_log_at_once_lose_nothing(books: Books, room: Room):
    room.fill({"book.db": books.get("base")})
    found = logged(room, 2, 2)
    assert found.findings == ()
    assert len(found.ended) == 4


# one more copy is made of the book before (2) and then (3) what was replaced by what comes instead of it
DIES = """
import itertools, os, signal
from collectctl.store import backups
count, copy = itertools.count(1), backups._copy
def dies(*given):
    number = next(count)
    if number == {before}:
        os.kill(os.getpid(), signal.SIGKILL)
    copy(*given)
    if number == {after}:
        os.kill(os.getpid(), signal.SIGKILL)
backups._copy = dies
"""


@pytest.mark.parametrize(("before", "after", "there"), [(2, 0, False), (0, 3, True)])
def test_a_restore_is_in_the_journal_as_soon_as_it_is_there(
    books: Books, room: Room, before: int, after: int, there: bool
):
    room.fill({"book.db": books.get("more"), "base.db": books.get("base")})
    was, wanted = room.state(), room.state_of(room.folder / "base.db")
    dead = subprocess.run(
        [sys.executable, "-c", DIES.format(before=before, after=after) + MAIN, "book", "restore",
         str(room.folder / "base.db")],
        env={**os.environ, **room.environment}, check=False,
    )  # fmt: skip
    assert dead.returncode == -9
    found = room.state()
    if there:
        assert found.entries[:-1] == wanted.entries
        assert found.entries[-1].command == "book restore"
    else:
        assert found == was
    kept = list(room.folder.glob("backups/*.db"))
    assert [room.state_of(file) for file in kept] == [was] * there
    assert list(room.proved()) == []


# --- what the long run would find ------------------------------------------------------------------------

ENTRY = Entry(1, "step", "log", None, 1, b"1")
EMPTY = State(4, (), (), (("activity", 0), ("promise", 0)))
LOGGED = State(4, (ENTRY,), (1,), (("activity", 1), ("promise", 0)))


def test_a_whole_command_is_told_from_none():
    assert recorded(EMPTY, LOGGED, "step", "log", {"activity": 1})
    assert not recorded(EMPTY, EMPTY, "step", "log", {"activity": 1})
    undone = LOGGED._replace(entries=(ENTRY, Entry(2, "undo", "undo", 1, 0, b"2")), standing=())
    assert reversed_(LOGGED, undone, "undo", 1)
    assert not reversed_(LOGGED, LOGGED, "undo", 1)


@pytest.mark.parametrize(
    "after",
    [
        LOGGED._replace(entries=()),
        LOGGED._replace(counts=EMPTY.counts),
        LOGGED._replace(counts=(("activity", 1), ("promise", 1))),
        LOGGED._replace(entries=(ENTRY, ENTRY._replace(id=2))),
        LOGGED._replace(entries=(ENTRY._replace(command="pay"),)),
    ],
    ids=["no entry", "no fact", "another fact", "twice", "another command"],
)
def test_half_a_command_is_found(after: State):
    with pytest.raises(Half):
        recorded(EMPTY, after, "step", "log", {"activity": 1})


def test_an_undo_that_left_the_step_standing_is_found():
    undone = LOGGED._replace(entries=(ENTRY, Entry(2, "undo", "undo", 1, 0, b"2")))
    with pytest.raises(Half):
        reversed_(LOGGED, undone, "undo", 1)


def test_a_backup_that_is_half_there_or_of_another_book_is_found(books: Books, room: Room):
    room.fill({"book.db": books.get("base")})
    whole = books.get("base").read_bytes()
    half, other = room.folder / "half.db", books.get("more")
    half.write_bytes(whole[: len(whole) // 2])
    assert list(room.wrong_with(half))
    assert "not as the book ever was" in list(room.wrong_with(other))
    with pytest.raises(Unreadable):
        state_of(half, room.folder / "scratch")


def test_a_process_is_killed_with_the_one_that_reads_for_it(room: Room):
    """The reader of a large file would live on for nobody."""
    room.fill({})
    path = room.folder / "large.csv"
    path.write_text("account number,balance\n" + "".join(f"{n},5,\n" for n in range(150_000)), "utf-8")
    ended = strike(["import", str(path), "--client", "A"], room.environment, [room.folder], Blow(after=0.6))
    assert ended.orphans == 0
