"""Text that breaks programs, as names, numbers, notes, tags, outcomes, terms and accounts."""

import csv
import io
import os
import re
import shutil
import sqlite3
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.bad_input.conftest import Runner
from tests.conftest import Ran, tries

OWN = [
    "[red]x[/]", "=HYPERLINK(\"x\")", "\x1b[2J\x1b]0;title\x07", "a\tb\nc\rd", "\x9b31m", "\u202eevil",
    "%s%n{0}",
    "'; drop table account; --", "\\", '"', "*", '"*', "NEAR(a b)", "a OR", "a*", "^a", "-x", "--", "%", "_",
    "\u200b", "\u2028", "\ufeff", "é", "e\u0301", "👩‍👩‍👧", "张伟", "９９", "@", ".", "@3", "..",
    "+", "-", "~",
    "$(id)", "`id`", "{x}", "../../etc", "null", "None", "nan", "inf", "1e309", "0x10", "١٢", "½", "²", "①",
    "\x01", "x" * 20_000, "+9999d", "-9999m", "31", "0", "00:00",
    "24:00", "5@", "@fri", "5@@fri", "all@", "1,,2@fri", "fri@5", "٣@fri", "2026-13-01", "0000-00-00",
    "99999999-01-01", "bal>", "bal>x", "dpd:..", "dpd:1..", "last>", "client:", "bucket:", "tag:", ":", "://",
    "last>99999999d", "dpd:-1..5", "reach:", "0001-01-01",
]  # fmt: skip


@cache
def naughty() -> tuple[str, ...]:
    """Our own, and those of the Big List where it is at hand."""
    found = list(OWN)
    if folder := os.environ.get("COLLECTCTL_DATA"):
        text = (Path(folder) / "strings" / "blns.txt").read_text("utf-8", "surrogateescape")
        found += [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    return tuple(dict.fromkeys(found))


@pytest.fixture
def quick(run: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A runner that does not wait for the disk."""
    from collectctl.store import book

    connect = book._connect

    def careless(target: str) -> sqlite3.Connection:
        connection = connect(target)
        connection.execute("pragma synchronous = off")
        return connection

    monkeypatch.setattr(book, "_connect", careless)
    return run


# see test_known.py: these still meet a mistake of ours there
_DIGITS = re.compile(r"\d{19}")


WRITING = ("log", "amend", "tag", "note", "close", "extend", "config", "import")


def known(text: str) -> bool:
    return bool(_DIGITS.search(text)) or (text.isdigit() and not text.isdecimal())


def harmless(seen: Ran, *about: object) -> None:
    """No bug of ours, and nothing that a terminal would obey."""
    assert seen.code in (0, 1, 2, 3, 4) or "File name too long" in seen.err, (about, seen)
    bad = [c for c in seen.out + seen.err if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not bad, (about, bad)
    assert "Traceback" not in seen.err
    assert seen.code == 0 or seen.err.count("\n") <= 4


_LINES = [
    "show TEXT",
    "find TEXT",
    "list TEXT",
    "today TEXT",
    "log TEXT na",
    "log A-1 TEXT",
    "log A-1 na TEXT",
    "log A-1 ptp TEXT",
    "log A-1 ptp 5@TEXT",
    "log A-1 cb TEXT",
    "log A-1 na --at TEXT",
    "log A-1 na --to TEXT",
    "log A-1 na --who TEXT",
    "log A-1 na --talk TEXT",
    "log A-1 na --also TEXT",
    "log A-1 na --new-phone TEXT",
    "log A-1 na +TEXT",
    "log A-1 na --next TEXT",
    "log A-1 ptp --amount TEXT --by fri",
    "amend TEXT",
    "tag A-1 +TEXT",
    "note A-1 TEXT",
    "note TEXT x",
    "close A-1 --as paid --on TEXT",
    "extend A-1 --until TEXT",
    "report --day TEXT",
    "report --from TEXT",
    "today --due-by TEXT",
    "undo TEXT",
    "config set zone TEXT",
    "config set collector TEXT",
    "import accounts.csv --client TEXT --currency CNY --dry-run",
    "import accounts.csv --client A --currency TEXT",
    "import accounts.csv --map TEXT --client A --dry-run",
    "import accounts.csv --batch TEXT --client Acme --currency CNY",
    "import TEXT",
    "TEXT",
]


@pytest.mark.parametrize("line", _LINES)
def test_typed(line: str, quick: Runner, desk: Path, template: Path):
    words = line.split()
    # each line takes another part of the lists: every text is met, our own several times
    at = _LINES.index(line)
    for text in (*OWN[at % 3 :: 3], *naughty()[len(OWN) + at :: len(_LINES)]):
        if not known(text):
            harmless(quick(*(word.replace("TEXT", text) for word in words)), line, text)
            if words[0] in WRITING:
                shutil.copy(template, desk / "book.db")


def test_notes_come_back_as_they_were_typed(quick: Runner, desk: Path, template: Path):
    for text in naughty()[::8]:
        if text.strip() and text != "-":
            assert quick("note", "A-1", "--", text).code == 0
            [entry] = quick("show", "A-1", "--json").data["timeline"]
            assert entry["text"] == text
            shutil.copy(template, desk / "book.db")


def test_names_come_back_as_the_file_has_them(run: Runner, desk: Path):
    names = {f"N-{n}": text for n, text in enumerate(naughty()) if text.strip() == text and "\n" not in text}
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["account", "name", "balance"], *([n, t, "5"] for n, t in names.items())])
    (desk / "names.csv").write_text(file.getvalue(), "utf-8", newline="")
    seen = run("import", "names.csv", "--client", "Acme", "--currency", "CNY")
    harmless(seen)
    assert seen.code == 0, seen
    rows = run("list", "--limit", "5000", "--json").data["rows"]
    back = {row["account"]: row["name"] for row in rows if row["account"] in names}
    nothing = {text for text in names.values() if back.get(next(n for n in names if names[n] == text)) == ""}
    assert {n: t for n, t in back.items() if t} == {n: t for n, t in names.items() if t not in nothing}
    assert nothing <= {"-", "--", "null", "NULL", "None", "none", "nan", "NaN", "nil", "/", "\\", "undefined"}
    harmless(run("list", "--limit", "5000"))
    harmless(run("today", "--limit", "5000"))


def test_numbers_of_accounts_come_back_too(run: Runner, desk: Path):
    numbers = [t for t in naughty() if t.strip() == t and t.isprintable() and len(t) <= 200]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["account", "name", "balance"], *([t, "Di Poe", "5"] for t in numbers)])
    (desk / "numbers.csv").write_text(file.getvalue(), "utf-8", newline="")
    seen = run("import", "numbers.csv", "--client", "Odd", "--currency", "CNY", "--skip-bad", "--json")
    harmless(seen)
    assert seen.data["new"] + seen.data["rejected"] + seen.data["left_out"] == seen.data["rows"]
    rows = run("list", "client:Odd", "--limit", "5000", "--json").data["rows"]
    assert len(rows) == seen.data["new"]
    for row in rows[::7]:
        harmless(run("show", row["account"]), row["account"])


@pytest.mark.parametrize("text", ["\udcff", "a\udc80b"])
@pytest.mark.parametrize(
    "line",
    [
        "note A-1 TEXT",
        "log A-1 na TEXT",
        "log A-1 TEXT",
        "show TEXT",
        "find TEXT",
        "list TEXT",
        "tag A-1 +TEXT",
        "list tag:TEXT",
        "import TEXT",
        "import accounts.csv --client TEXT --currency CNY",
        "TEXT",
        "import accounts.csv --client A --currency CNY --batch TEXT",
        "config set collector TEXT",
        "today --db TEXT",
        "log A-1 na --who TEXT",
    ],
)
def test_bytes_that_are_no_text(line: str, text: str, run: Runner):
    """An argument that is not UTF-8 reaches Python as lone surrogates."""
    for more in ([], ["--json"]):
        harmless(run(*(word.replace("TEXT", text) for word in line.split()), *more), line, text)


@pytest.mark.parametrize("line", ["note A-1 TEXT", "log A-1 TEXT", "import TEXT", "TEXT", "log A-1 na TEXT"])
def test_a_null_byte(line: str, run: Runner):
    harmless(run(*(word.replace("TEXT", "a\x00b") for word in line.split())), line)


def test_a_null_byte_in_a_piped_note(run: Runner):
    harmless(run("note", "A-1", "-", stdin="a\x00b\x1b[31m"))
    assert run("show", "A-1", "--json").data["timeline"][0]["text"] == "a\x00b\x1b[31m"
    harmless(run("show", "A-1"))


# --- any words at all ------------------------------------------------------------------------------------

TYPED = """A-1 A-2 @ @1 na ptp cb 500@fri fri 20:30 eom +3d --all --json --limit 3 --sort balance --at --next
    --to --who bal>10 bucket:M2 all@fri --amount --by -2h yesterday 10:00 -- --also --in +tag --why
    --due-by"""
ANY = st.text(max_size=12).filter(lambda text: "\x00" not in text)
WORD = st.one_of(st.sampled_from(TYPED.split()), ANY)


@given(
    command=st.sampled_from(
        ["today", "list", "show", "find", "history", "report", "outcomes", "next", "log", ""]
    ),
    words=st.lists(WORD, max_size=6),
)
@example(command="report", words=["0"])
@settings(
    max_examples=tries(100), deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_any_words(command: str, words: list[str], quick: Runner):
    if any(word.startswith(("--d", "--h", "--x")) for word in words):
        return  # --debug prints a trace on purpose, --db, --html and --xlsx name files
    harmless(quick(command, *words) if command else quick(*words), command, words)
