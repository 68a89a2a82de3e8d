"""Every command in every form: what it prints, what it writes and where, and what the journal says of it.

Identity and card numbers are masked unless `--reveal` is given; the journal, the names of files and the
arguments of programs tell nothing of a debtor; what is made is private whatever the user's mask says.
"""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.privacy.commands import commands, covered
from tests.privacy.conftest import Typed, fresh
from tests.privacy.markers import FILES, PRIVATE, SECRETS, found
from tests.privacy.watching import Seen, watched

# in the user's folder: the book and what lies beside it, what a terminal was shown, what a line named
OURS = ("book.db", "backups", ".collectctl-", "state", "out", "spare.db")


def test_every_command_is_covered():
    assert sorted(covered()) == sorted(commands())


def forms(line: tuple[str, ...]) -> tuple[str, ...]:
    """What writes a file, whose content is the same in every form, is typed in one."""
    return ("json",) if any(word.startswith("out/") for word in line) else ("plain", "table", "json")


@pytest.mark.parametrize("command", commands())
def test_a_command_tells_only_what_it_may(command: str, typed: Typed, desk: Path, template: Path):
    for words, form in [(line, form) for line in covered()[command] for form in forms(line)]:
        fresh(desk, template)
        with watched() as seen:
            ran = typed(*words, form=form)
        assert ran.code == 0 or command == "can", ran
        assert told(ran, desk) == ([], []), (words, form)
        assert not found(journal(desk), (*PRIVATE, *SECRETS)), (words, form)
        assert (astray(seen, desk), seen.started) == ([], []), (words, form)


def told(ran: Ran, desk: Path) -> tuple[list[str], list[str]]:
    """Numbers that stand whole in what was printed; and in files that are not whole by their nature, as the
    rejects are, which are mended and imported again."""
    texts = [
        content(file)
        for file in (desk / "out").rglob("*")
        if file.is_file() and file.suffix != ".db" and file.name != "rejects.csv"
    ]
    return found(ran.out + ran.err, SECRETS), found("\n".join(texts), SECRETS)


def content(file: Path) -> str:
    """What a file says, a workbook's parts included."""
    if not zipfile.is_zipfile(file):
        return file.read_text("utf-8", "replace")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def journal(desk: Path) -> str:
    with closing(sqlite3.connect(desk / "book.db")) as connection:
        return "\n".join(text for (text,) in connection.execute("select text from operation order by id"))


def astray(seen: Seen, desk: Path) -> list[str]:
    """Where something was written that is neither of ours nor named by the user; what the names of files and
    what was kept of a list tell; and what others than its owner may read."""
    wrong = [path for path in seen.written if not _is_ours(path, desk)]
    wrong += found("\n".join(seen.written), (*PRIVATE, *SECRETS))
    for path in desk.rglob("*"):
        name = path.relative_to(desk)
        if name.parts[0] == "state" and path.is_file():
            wrong += found(path.read_text("utf-8"), (*PRIVATE, *SECRETS))
        if str(name) not in ("out", "tmp", *FILES) and path.stat().st_mode & 0o077:
            wrong.append(f"{name} {path.stat().st_mode:o}")
    return [*wrong, *map(str, (desk / "tmp").iterdir())]


def _is_ours(path: str, desk: Path) -> bool:
    if path in ("/dev/null", ":memory:"):
        return True
    inside = Path(path.removeprefix("file:").partition("?")[0])
    inside = inside if inside.is_absolute() else desk / inside
    return inside.is_relative_to(desk) and inside.relative_to(desk).parts[0].startswith(OURS)
