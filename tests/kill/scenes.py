"""The commands that are killed, and what each is to leave behind."""

import gzip
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from collectctl.store.book import VERSION
from tests.kill.effects import Half, recorded, reversed_, same, undone
from tests.kill.rooms import DAMAGED, Attempt, Room, Told
from tests.kill.state import State, texts
from tests.kill.victims import ALONE, GROUP, READER, drawn

OLD = Path(__file__).parent.parent / "store" / "books"
HEAD = "account number,name,phone,balance,due date,remark\n"
ACCOUNTS = 300  # in a book that is worked on
SMALL, LARGE = 700, 2_600  # rows of a file; of a large one, which another process reads
_WIDE = 450  # characters of a row's remark in a large one: it has more than a megabyte


@dataclass
class Scene:
    """One command: how its room is made, what is run there, and what became of it so far."""

    name: str
    make: Callable[[Room], None]
    attempt: Callable[[Room], Attempt]
    turns: int = 12  # attempts until the room is made anew
    until_there: bool = False  # made anew once the effect was there
    took: list[float] = field(default_factory=list)  # seconds, of those that nobody hit
    changes: int = 0  # on disk, the most that were seen
    told: list[Told] = field(default_factory=list)
    leftovers: int = 0

    def once(self, room: Room, draw: random.Random) -> Told:
        """One more attempt; the first is not hit, and tells how long it takes."""
        last = self.told[-1] if self.told else None
        if last is None or room.turn >= self.turns or last.findings or (self.until_there and last.there):
            room.turn = 0
            self.make(room)
        tried = self.attempt(room)
        blow = drawn(draw, median(self.took), self.changes, tried.whom) if self.took else None
        left = len(room.leftovers())
        told = room.attempt(tried, blow)
        if not told.hit:
            self.took.append(told.ended.took)
            self.changes = max(self.changes, told.ended.changes)
        self.leftovers += max(0, len(room.leftovers()) - left)
        self.told.append(told)
        return told


class Books:
    """Books to begin with, each made once by the command line itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._room = Room(folder / "made", random.Random(0))
        self._made: dict[str, Path] = {}

    def get(self, name: str) -> Path:
        """`base`: accounts and a contact; `more`: a later one; `file`: ends with a file of accounts."""
        if name not in self._made:
            steps = {"base": self._base, "more": self._more, "file": self._file}
            steps[name]()
            self._made[name] = self._folder / f"{name}.db"
            self._made[name].write_bytes(self._room.book.read_bytes())
        return self._made[name]

    def _run(self, *arguments: str) -> None:
        ended = self._room.run(*arguments)
        if ended.code:
            raise RuntimeError(ended.err or ended.out)

    def _base(self) -> None:
        self._room.fill({})
        path = file_of(self._room, "base", ACCOUNTS)
        self._run("import", str(path), *CLIENT, "--policy", "none")
        self._run("log", "base-00000", "na", "before")

    def _more(self) -> None:
        self._room.fill({"book.db": self.get("base")})
        self._run("log", "base-00001", "na", "later")

    def _file(self) -> None:
        self._room.fill({"book.db": self.get("base")})
        self._run("import", str(file_of(self._room, "file", SMALL)), *CLIENT)


CLIENT = ("--client", "Acme", "--currency", "CNY")


def file_of(room: Room, name: str, rows: int, width: int = 0) -> Path:
    """A client's file with accounts that no other file has."""
    path = room.folder / f"{name}.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(rows):
            file.write(f"{name}-{n:05},Person {name} {n},139{n:08},{n + 10}.50,2026-09-01,{'x' * width}\n")
    return path


def number_of(room: Room) -> str:
    """An account that no other attempt in this room has."""
    return f"base-{20 + room.turn * 7 % (ACCOUNTS - 20):05}"


# --- one contact, one payment --------------------------------------------------------------------------


def log(room: Room) -> Attempt:
    text = f"said {room.draw.getrandbits(64):x}"
    words, rows = room.draw.choice(
        [(["na"], {}), (["cb", "tomorrow", "10:00"], {}), (["ptp", "5@fri"], {"promise": 1})]
    )

    def effect(before: State, after: State) -> bool:
        there = recorded(before, after, "step", "log", {"activity": 1, "worklist": 0, **rows})
        if texts(room.book, room.folder.with_name("texts"), text) != there:
            raise Half("the text is not there once")
        return there

    return Attempt(["log", number_of(room), *words, text], effect)


def pay(room: Room) -> Attempt:
    arguments = ["pay", number_of(room), "3.20", "--ref", f"R{room.draw.getrandbits(32)}"]
    return Attempt(arguments, lambda b, a: recorded(b, a, "step", "pay", {"payment": 1, "worklist": 0}))


def amend(room: Room) -> Attempt:
    text = f"rather {room.draw.getrandbits(64):x}"
    arguments = ["amend", "1", "na", text]
    return Attempt(arguments, lambda b, a: recorded(b, a, "step", "amend", {"activity": 1, "worklist": 0}))


def log_of_a_new_day(room: Room) -> Attempt:
    """It is followed by the backup of the day, which it has acknowledged before."""
    room.tomorrow()
    return log(room)


def today(room: Room) -> Attempt:
    """The first look at the list on a new day: it is brought to that day, which is no entry."""
    room.tomorrow()
    day = room.now.date().isoformat()

    def effect(before: State, after: State) -> bool:
        if not same(before, after) or after.day not in (before.day, day):
            raise Half(f"looked at, and changed; its day is {after.day}")
        return after.day == day

    return Attempt(["today"], effect)


# --- files ---------------------------------------------------------------------------------------------


def _import(room: Room, rows: int, width: int = 0) -> Attempt:
    path = file_of(room, f"{room.draw.getrandbits(40):010x}", rows, width)
    added = {"account": rows, "placement": rows, "statement": rows, "worklist": rows, "import_batch": 1}
    whom = room.draw.choice((GROUP, GROUP, ALONE, READER)) if width else GROUP
    return Attempt(
        ["import", str(path), *CLIENT, "--policy", "none"],
        lambda before, after: recorded(before, after, "step", "import", added),
        whom,
    )


def import_small(room: Room) -> Attempt:
    return _import(room, SMALL)


def import_large(room: Room) -> Attempt:
    return _import(room, LARGE, _WIDE)


# --- undo ----------------------------------------------------------------------------------------------


def undo(room: Room) -> Attempt:
    """Undo, or redo, of a file or of a contact, whichever comes next."""
    state = room.state()
    back = undone(state)
    if back and (room.draw.random() < 0.6 or len(state.standing) < 2):
        return Attempt(["redo"], lambda b, a: reversed_(b, a, "redo", back[-1]))
    return Attempt(["undo"], lambda b, a: reversed_(b, a, "undo", state.standing[-1]))


# --- copies --------------------------------------------------------------------------------------------


def backup(room: Room) -> Attempt:
    """To a name that is given, or into the folder of backups; the entry follows the file."""
    target = room.folder / "elsewhere" / f"copy-{room.draw.getrandbits(40):x}.db"
    given = room.draw.random() < 0.5
    there_before = set(room.folder.glob("backups/*.db"))

    def effect(before: State, after: State) -> bool:
        written = target.exists() if given else set(room.folder.glob("backups/*.db")) != there_before
        entered = recorded(before, after, "entry", "book backup", {})
        if entered and not written:
            raise Half("in the journal, and no file")
        return entered

    return Attempt(["book", "backup", *([str(target)] if given else [])], effect)


def _put_back(room: Room, name: str) -> Attempt:
    source = room.folder / name
    wanted = room.state_of(source)
    there_before = set(room.folder.glob("backups/*replaced*.db"))

    def effect(before: State, after: State) -> bool:
        if same(before, after):
            return False
        new = [(entry.kind, entry.command) for entry in after.entries[len(wanted.entries) :]]
        if after.entries[: len(wanted.entries)] != wanted.entries or new != [("entry", "book restore")]:
            raise Half(f"neither the one nor the other book; new in the journal: {new}")
        kept = set(room.folder.glob("backups/*replaced*.db")) - there_before
        if before == DAMAGED:
            found = any(file.read_bytes() == room.damaged for file in kept)
        else:
            found = not before.entries or before.seal in {room.state_of(file).seal for file in kept}
        if not found:
            raise Half("what was replaced is not kept")
        return True

    return Attempt(["book", "restore", str(source)], effect, alone=True)


def restore(room: Room) -> Attempt:
    """Two backups by turns."""
    ours = len(room.state().entries)
    other = "more.db" if ours <= len(room.state_of(room.folder / "base.db").entries) + 1 else "base.db"
    return _put_back(room, other)


def restore_base(room: Room) -> Attempt:
    return _put_back(room, "base.db")


# --- the schema ----------------------------------------------------------------------------------------


def _migrate(version: int) -> Callable[[Room], Attempt]:
    def attempt(room: Room) -> Attempt:
        def effect(before: State, after: State) -> bool:
            if after.version == version:
                if not same(before, after):
                    raise Half("the old schema, and not what was there")
                return False
            if after.version != VERSION:
                raise Half(f"schema {after.version}")
            if before.version == VERSION:
                return True
            wrong = [table for table, count in before.counts if after.count(table) != count]
            if wrong or after.entries[: len(before.entries)] != before.entries:
                raise Half(f"migrated, and not what was there: {wrong}")
            kept = room.folder.glob(f"backups/book-schema-{version}*.db")
            if not any(room.state_of(file) == before for file in kept):
                raise Half("migrated without a backup")
            return True

        return Attempt(["history"], effect)

    return attempt


def _old(version: int) -> Callable[[Room], None]:
    def make(room: Room) -> None:
        source = room.folder.with_name(f"schema-{version}.db")
        source.write_bytes(gzip.decompress((OLD / f"schema-{version}.db.gz").read_bytes()))
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("pragma journal_mode = wal")  # as every release made it
        room.fill({"book.db": source})

    return make


def create(room: Room) -> Attempt:
    """The first command of all: no book, an empty one, or one with the whole file."""
    rows = room.draw.choice((20, LARGE))
    path = file_of(room, "first", rows, _WIDE if rows == LARGE else 0)

    def effect(before: State, after: State) -> bool:
        if not after.entries:
            if any(count for _table, count in after.counts):
                raise Half(f"no entry, and rows: {after.counts}")
            return False
        return recorded(before._replace(version=VERSION), after, "step", "import", {"account": rows})

    return Attempt(["import", str(path), *CLIENT, "--policy", "none"], effect)


def scenes(books: Books) -> list[Scene]:
    def of(**files: str) -> Callable[[Room], None]:
        def make(room: Room) -> None:
            room.fill({f"{name}.db": books.get(book) for name, book in files.items()})
            (room.folder / "elsewhere").mkdir()

        return make

    def damage(room: Room) -> None:
        """A book whose pages nobody can read, or none at all, and a backup of it."""
        of(base="base")(room)
        if room.draw.random() < 0.6:
            room.damaged = room.draw.randbytes(1 << 18)
            room.book.write_bytes(room.damaged)
            room.book.chmod(0o600)

    base, both = of(book="base"), of(book="base", base="base", more="more")
    return [
        Scene("log", base, log),
        Scene("log, first of its day", base, log_of_a_new_day),
        Scene("amend", base, amend),
        Scene("pay", base, pay),
        Scene("today, first of its day", base, today),
        Scene("import, small", base, import_small, turns=6),
        Scene("import, large", base, import_large, turns=3),
        Scene("import, no book yet", lambda room: room.fill({}), create, turns=3, until_there=True),
        Scene("undo, redo", of(book="file"), undo, turns=20),
        Scene("book backup", base, backup),
        Scene("book restore", both, restore),
        Scene("book restore, damaged", damage, restore_base, turns=3, until_there=True),
        *(
            Scene(f"migration from {n}", _old(n), _migrate(n), turns=3, until_there=True)
            for n in range(1, VERSION)
        ),
    ]
