"""Every sentence of failure, whole, as kept in expected/errors.txt; and that the book stays as it was.

A section of that file is a name, perhaps a situation (`@`), a command line, the exit code with the error's
code, and the text. `COLLECTCTL_UPDATE=1 pytest tests/bad_input/test_errors.py` writes codes and texts anew:
then read the difference as the collector who will see it.
"""

import os
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bad_input.conftest import Runner, state
from tests.bad_input.situations import SITUATIONS

EXPECTED = Path(__file__).with_name("expected") / "errors.txt"
UPDATE = bool(os.environ.get("COLLECTCTL_UPDATE"))


class Section(NamedTuple):
    name: str
    situation: str
    command: str
    code: str  # "exit 4 empty-file"
    text: str

    def __str__(self) -> str:
        situation = [f"@ {self.situation}"] if self.situation else []
        return "\n".join([f"# {self.name}", *situation, f"$ {self.command}", self.code, self.text])


def sections() -> list[Section]:
    found = []
    for block in EXPECTED.read_text("utf-8").split("\n# "):
        name, *lines = block.removeprefix("# ").rstrip("\n").split("\n")
        situation = lines.pop(0).removeprefix("@ ") if lines[0].startswith("@ ") else ""
        command, code, *text = [*lines, ""][: max(len(lines), 2)]
        found.append(Section(name, situation, command.removeprefix("$ "), code, "\n".join([*text, ""])))
    return found


def words(command: str) -> tuple[dict[str, str], list[str]]:
    """The variables before `collectctl`, and the arguments after it."""
    typed = shlex.split(command)
    at = typed.index("collectctl")
    return dict(word.split("=", 1) for word in typed[:at]), typed[at + 1 :]


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.name)
def test_error(section: Section, run: Runner, desk: Path, monkeypatch: pytest.MonkeyPatch, request):
    if section.situation:
        SITUATIONS[section.situation](desk, run, monkeypatch)
    variables, args = words(section.command)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    book = desk / os.environ["COLLECTCTL_DB"]
    before = state(book)

    plain = run(*args)
    as_json = run(args[0], "--json", *args[1:])

    assert state(book) == before
    assert plain.out == ""
    assert plain.err.count("\n") <= 4
    assert "Traceback" not in plain.err
    document = as_json.document
    assert (as_json.code, as_json.err) == (plain.code, "")
    assert document["schema_version"] == 1
    assert set(document["error"]) == {"code", "message", "hint"}
    assert "data" not in document
    for line in document["error"]["message"].split("\n"):
        assert line in plain.err

    seen = section._replace(code=f"exit {plain.code} {document['error']['code']}", text=plain.err)
    if UPDATE:
        request.config.stash.setdefault(SEEN, {})[section.name] = seen
        kept = request.config.stash[SEEN]
        EXPECTED.write_text("\n".join(str(kept.get(s.name, s)) for s in sections()), "utf-8")
        return
    assert str(seen) == str(section)


SEEN: pytest.StashKey[dict[str, Section]] = pytest.StashKey()


def test_each_name_stands_once():
    names = [section.name for section in sections()]
    assert sorted(set(names)) == sorted(names)
