"""Undo and redo of every command that writes, each alone on a book with a bit of everything on it."""

import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from collectctl.cli.commands import COMMANDS
from tests.conftest import Cli
from tests.test_money_day import data, ok
from tests.undo.desk import WRITES, Did, agrees, seen, steps

LATER = "2026-11-28T09:00+08:00"  # promises have come due and broken, a placement is about to end
CALC = """interest --principal 1 --from 2026-01-01 --to 2026-02-01 --rate 1%/year --basis 360 --last-day not
--payment-day new"""
READS = [
    "today", "today --all", "next", "can A1", "payment list", "promise list", "plan show A2",
    "request list", "complaint list", "claim list", "visits", "visits --out v.html",
    "handback --client 'Invented Bank'", "case build A1 --out case --reveal",
    "case verify kept.zip", "terms A1", "message write A1 reminder", "message list",
    "message names", "quote A1", "show A1", "show A1 --reveal", "find A1", "list", "list --analysis",
    "report", "export accounts", "import stated.csv", "import later.csv --dry-run", "history", "outcomes",
    "policies list", "policies show cn", "book info", "book check", "book backup kept.db",
    "book restore first.db",
    "book purge --client 'Invented Store' --before today --yes", "config show", "config get grace",
    "demo --size 5 --keep demo.db", f"calc {CALC}", "calc penalty --minimum 10 --paid 0 --rate 5%",
    "calc court-fee --claim 10", "calc allocate --principal 10 --pay 5 --order us",
    "calc instalments --amount 10 --count 2 --from 2026-12-01",
]  # fmt: skip
THEMSELVES = {"undo", "redo"}
LISTS = [
    "today --all --limit 50", "list", "report", "promise list", "payment list", "request list",
    "complaint list", "claim list",
    "plan show A2", "policies list", "config show", *(f"show A{n}" for n in range(1, 6)), "show U1",
]  # fmt: skip


def everything(cli: Cli, *words: str) -> dict[str, Any]:
    """What a collector can see of the book."""
    found = {word: data(cli, "find", word) for word in words}
    return found | {line: data(cli, *line.split()) for line in LISTS}


@pytest.mark.parametrize("done", WRITES, ids=str)
def test_it_is_one_step_that_undo_takes_back_and_redo_brings_back(desk: Cli, home: Path, done: Did):
    book = home / "book.db"
    before, was = seen(book), steps(book)
    ok(desk(*done.line, stdin=done.fed))
    after = seen(book)
    (made,) = [step for step in steps(book) if step not in was]
    assert len(steps(book)) == len(was) + 1
    assert made[2].startswith(done.told)
    assert after.facts != before.facts
    assert not done.word or data(desk, "find", done.word)["accounts"]

    assert ok(desk("undo")).out.startswith(f"undone: step {made[0]}, {made[2]}\n")
    assert seen(book) == before
    assert not done.word or data(desk, "find", done.word)["accounts"] == []

    assert ok(desk("redo")).out.startswith(f"brought back: step {made[0]}, {made[2]}\n")
    assert seen(book) == after

    ok(desk("today", now=LATER))
    assert agrees(book)


def test_when_each_was_done_and_undone_a_collector_sees_what_was_there_before(desk: Cli, home: Path):
    words = [done.word for done in WRITES if done.word]
    before, stood = everything(desk, *words), seen(home / "book.db")
    for done in WRITES:
        ok(desk(*done.line, stdin=done.fed))
        ok(desk("undo"))
    assert everything(desk, *words) == before
    assert seen(home / "book.db") == stood


@pytest.mark.parametrize("line", READS)
def test_what_only_reads_is_no_step(desk: Cli, home: Path, line: str):
    before, was = seen(home / "book.db"), steps(home / "book.db")
    assert desk(*shlex.split(line)).code in (0, 1)
    assert (seen(home / "book.db"), steps(home / "book.db")) == (before, was)


def test_the_days_of_the_list_follow_the_zone_that_is_set_and_undone(desk: Cli, home: Path):
    book, now = home / "book.db", "2026-11-23T09:00"
    ok(desk("log", "A3", "na", "--at", "2026-11-23T00:30", now=now))
    before = seen(book)
    for line, day in (
        ("config set zone Europe/London", "2026-11-22"),
        ("undo", "2026-11-23"),
        ("redo", "2026-11-22"),
    ):
        ok(desk(*line.split(), now=now))
        ok(desk("book", "check", now=now))
        assert any("A3" in row and day in row for row in seen(book).views["accounts"]), line
    ok(desk("undo"))
    ok(desk("today"))
    assert seen(book) == before


def names() -> Iterator[str]:
    """Every command and sub-command that there is."""
    for name, (module, _help) in COMMANDS.items():
        made: click.Command = import_module(f"collectctl.cli.{module}").COMMANDS[name]()
        if isinstance(made, click.Group):
            yield from (f"{name} {sub}" for sub in made.commands)
        else:
            yield name


def test_no_command_is_forgotten_here():
    known = [*(done.line for done in WRITES), *(tuple(line.split()) for line in READS)]
    tried = {" ".join(line[:n]) for line in known for n in (1, 2)}
    assert set(names()) - tried == THEMSELVES
