"""Commands in any order on any day: what is stored equals a replay, all undone gives the first state."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW, Cli, tries
from tests.test_money_day import ok
from tests.undo.desk import BEFORE, WRITES, agrees, seen, steps

ACCOUNTS = ("A1", "A2", "A3", "A4", "U1")
STEPS = len(BEFORE)
MORE = [  # variants that need no test of their own
    "log A1 wn", "log A1 vm", "log A1 rtp", "log A1 cb +2d", "log A1 cp all", "import stated.csv",
    "import bank.csv", "log A1 third-refused --who 孙姨 --to 13800130041", "promise add A1 100@+1d",
    "promise add A1 100@+2d --payer 孙姨", "plan new A1 --each 100 --every 2w --down 100",
    "config set grace 3",
]  # fmt: skip
LINES = [*((done.line, done.fed) for done in WRITES), *((tuple(line.split()), "") for line in MORE)]
UNDOING = [*["undo", "redo"] * 4, *(f"undo {step}" for step in range(2, STEPS + 8))]


class Typed(NamedTuple):
    """A command, what it is fed, and how many days after the one before it is typed."""

    line: tuple[str, ...]
    fed: str
    days: int


@st.composite
def typed(draw: st.DrawFn) -> Typed:
    """A command that writes, on any of the accounts; now and then one that undoes."""
    days = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 4]))
    if draw(st.integers(0, 2)) == 0:
        return Typed(tuple(draw(st.sampled_from(UNDOING)).split()), "", days)
    (line, fed), account = draw(st.sampled_from(LINES)), draw(st.sampled_from(ACCOUNTS))
    return Typed(tuple(account if word == "A1" else word for word in line), fed, days)


@given(st.lists(typed(), max_size=12))
@settings(
    max_examples=tries(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_what_is_stored_equals_a_replay_and_all_undone_gives_the_first_state(
    desk: Cli, home: Path, script: list[Typed]
):
    book, untouched, now = home / "book.db", home / "untouched.db", datetime.fromisoformat(NOW)
    for path in home.glob("*.db*"):
        if path.name != "first.db":
            path.unlink()
    for path in (book, untouched):
        shutil.copy(home / "first.db", path)
    for line, fed, days in script:
        now += timedelta(days=days)
        assert desk(*line, stdin=fed, now=now.isoformat()).code in (0, 1, 2, 3), line
        assert agrees(book), line
    ok(desk("book", "check", now=now.isoformat()))
    stand = [number for number, _command, _text in steps(book)]
    later = sum(number > STEPS for number in stand)
    if later:
        ok(desk("undo", "-n", str(later)))
    for path in (book, untouched):
        ok(desk("today", now=now.isoformat(), db=path))
    assert agrees(book)
    if stand[:STEPS] == list(range(1, STEPS + 1)):
        assert seen(book) == seen(untouched)
    if len(stand) > later:
        ok(desk("undo", "-n", str(len(stand) - later)))
    nothing = seen(book)
    assert not any((*nothing.facts.values(), *nothing.derived.values(), *nothing.views.values()))
