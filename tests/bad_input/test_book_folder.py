"""The place of the book: full, without locks, behind links, under names that no shell likes."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bad_input.conftest import IMPORT, Runner, state
from tests.bad_input.processes import BOUND, SMALL_FILES, start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts, preloading and rights of Linux")
TOMORROW = "2026-11-24T09:00+08:00"

# --- a full disk ---------------------------------------------------------------------------------------


@pytest.fixture
def disk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of 1 MB with the book on it and a file that fills what is left."""
    place = desk / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copy(desk / "book.db", place / "book.db")
        monkeypatch.setenv("COLLECTCTL_DB", "disk/book.db")
        fill(place)
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> None:
    with (place / "fill").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


FULL = (
    "error: the book can't be written: the disk is full\n"
    "try: free some space, then run the command again; nothing was written\n"
)


def test_on_a_full_disk_the_book_is_read_and_nothing_is_lost(disk: Path, monkeypatch: pytest.MonkeyPatch):
    before = state(disk / "book.db")
    for now in ("2026-11-23T10:00+08:00", TOMORROW):
        monkeypatch.setenv("COLLECTCTL_NOW", now)
        listed = start("today")
        assert (listed.code, "A-1" in listed.out) == (0, True)
    seen = start("log", "A-1", "na")
    assert (seen.code, seen.out, seen.err) == (5, "", FULL)
    assert state(disk / "book.db") == before
    (disk / "fill").unlink()
    assert start("log", "A-1", "na").code == 0


def test_a_disk_that_fills_up_while_a_command_writes(disk: Path):
    (disk / "fill").write_bytes(bytes(400_000))
    before = state(disk / "book.db")["steps"]
    seen = start("import", "many.csv", "--client", "Acme", "--currency", "CNY")
    assert (seen.code, seen.out, seen.err) == (5, "", FULL)
    assert state(disk / "book.db")["steps"] == before
    assert start("log", "A-1", "na").code == 0


def test_no_book_begins_on_a_full_disk(disk: Path):
    (disk / "book.db").unlink()
    fill(disk)
    seen = start(*IMPORT)
    assert (seen.code, seen.out, seen.err) == (5, "", FULL)
    (disk / "fill").unlink()
    assert start(*IMPORT).code == 0


def test_a_list_of_a_new_day_is_read_where_it_can_not_be_stored(
    desk: Path, run: Runner, monkeypatch: pytest.MonkeyPatch
):
    assert run("import", "many.csv", "--client", "Acme", "--currency", "CNY").code == 0
    monkeypatch.setenv("COLLECTCTL_NOW", "2026-11-30T09:00+08:00")
    before = state(desk / "book.db")
    listed = start("today", before=SMALL_FILES.format(size=40_000))
    assert (listed.code, "A-1" in listed.out) == (0, True)
    assert state(desk / "book.db") == before
    assert run("today").out == listed.out


# --- a folder without locks ----------------------------------------------------------------------------

_REFUSE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#define REFUSE(name) int name(int fd, int command, ...) { \\
    va_list rest; va_start(rest, command); void *lock = va_arg(rest, void *); va_end(rest); \\
    if (command == F_SETLK || command == F_SETLKW) { errno = atoi(getenv("REFUSE")); return -1; } \\
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, #name); return real(fd, command, lock); }
REFUSE(fcntl)
REFUSE(fcntl64)
"""


@pytest.fixture(scope="session")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library that refuses every lock, as some network folders do."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "refuse.c").write_text(_REFUSE)
    if not shutil.which("cc"):
        pytest.skip("no compiler")
    command = ["cc", "-shared", "-fPIC", "-o", "refuse.so", "refuse.c", "-ldl"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return str(folder / "refuse.so")


@pytest.mark.parametrize("why", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_folder_without_locks(why: int, refusing: str, desk: Path):
    before = state(desk / "book.db")
    seen = start("log", "A-1", "na", LD_PRELOAD=refusing, REFUSE=str(why))
    assert (seen.code, seen.out) == (5, "")
    assert seen.err == (
        "error: the folder of the book has no file locks or shared memory (a network folder?): book.db\n"
        "try: keep the book on a disk of this machine: --db PATH; nothing was written\n"
    )
    assert state(desk / "book.db") == before


# --- links, devices and names ----------------------------------------------------------------------------


def test_a_link_is_the_file_that_it_leads_to(desk: Path, monkeypatch: pytest.MonkeyPatch):
    (desk / "links").mkdir()
    (desk / "links" / "mine.db").symlink_to("../book.db")
    (desk / "links").chmod(0o555)  # the file and its folder can be written
    monkeypatch.setenv("COLLECTCTL_DB", "links/mine.db")
    assert start("log", "A-1", "na", before=BOUND).code == 0
    assert "no-answer" in start("show", "A-1", COLLECTCTL_DB="book.db").out
    (desk / "links").chmod(0o755)


def test_a_link_to_nothing_is_no_book_yet(desk: Path, run: Runner, monkeypatch: pytest.MonkeyPatch):
    (desk / "mine.db").symlink_to("moved.db")
    monkeypatch.setenv("COLLECTCTL_DB", "mine.db")
    assert "there is no book" in run("today").err
    assert run(*IMPORT).code == 0
    assert (desk / "moved.db").is_file()


def test_a_file_of_two_names_is_read_and_not_written(desk: Path, run: Runner):
    os.link(desk / "book.db", desk / "snapshot.db")
    before = state(desk / "book.db")
    assert run("today").code == 0
    seen = run("log", "A-1", "na")
    assert (seen.code, seen.out) == (5, "")
    assert "is one of several names of one file" in seen.err
    assert state(desk / "book.db") == before
    (desk / "snapshot.db").unlink()
    assert run("log", "A-1", "na").code == 0


LONG = "/".join(["folder" * 20] * 5)
PLACES = {
    "fifo": "not a book of collectctl, but something else: fifo",
    "/dev/null": "not a book of collectctl, but something else: /dev/null",
    "folder": "not a book of collectctl, but something else: folder",
    "loop.db": "(Too many levels of symbolic links)",
    "y" * 300: "(File name too long)",
    f"{LONG}/book.db": "(the path is too long)",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_where_no_book_can_be(place: str, desk: Path, run: Runner, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(desk / "fifo")
    (desk / "loop.db").symlink_to("loop.db")
    (desk / LONG).mkdir(parents=True)
    (desk / LONG / "book.db").write_bytes((desk / "book.db").read_bytes())
    monkeypatch.setenv("COLLECTCTL_DB", place)
    for args in (("today",), IMPORT):
        seen = run(*args)
        assert (seen.code, seen.out, seen.err.count("\n")) == (5, "", 2)
        assert PLACES[place] in seen.err


@pytest.mark.parametrize(("mode", "why"), [(0o600, "Permission denied"), (0o700, "it may not be read")])
def test_a_book_that_may_not_be_read(mode: int, why: str, desk: Path):
    (desk / "shut").mkdir()
    shutil.copy(desk / "book.db", desk / "shut" / "book.db")
    (desk / "shut" / "book.db").chmod(0)
    (desk / "shut").chmod(mode)
    seen = start("today", before=BOUND, COLLECTCTL_DB="shut/book.db")
    (desk / "shut").chmod(0o700)
    assert (seen.code, seen.out) == (5, "")
    assert seen.err.startswith(f"error: the book can't be used: shut/book.db ({why})\n")


@pytest.mark.parametrize(
    "name", ["a?b#c%20 d.db", "new\nline.db", "bad\udcff.db", " ", ":memory:", "file:x.db?mode=memory"]
)
def test_any_name_is_a_file_of_that_name(name: str, desk: Path, run: Runner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLLECTCTL_DB", name)
    assert run(*IMPORT).code == 0
    assert (desk / name).read_bytes().startswith(b"SQLite format 3")
    assert run("log", "A-1", "na").code == 0
    (desk / name).write_text("my debtors\n" * 200)
    seen = run("today")
    assert seen.code == 5
    assert seen.err.count("\n") <= 4
    assert run("today", "--json").document["error"]["code"] == "book-foreign"
