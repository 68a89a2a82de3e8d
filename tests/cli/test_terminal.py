"""On a real pseudo-terminal: tables, questions, what this terminal was shown; and in a pipe, none of it."""

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import Cli

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

FILE = """account,name,phone,client,currency,balance,due_date
A1,[red]x[/],+12025550101,Bank,CNY,5000,2026-10-01
A2,\x1b[2Jbad\x07,+12025550102,Bank,CNY,800.50,2026-09-01
A3,张甲甲甲甲甲甲甲甲甲甲甲甲甲,13800130003,Bank,CNY,1234.56,2026-11-20
A4,\u202eevil:x:,13800130004,Bank,CNY,99,
"""
Screen = Callable[..., str]


@pytest.fixture
def book(cli: Cli, home: Path) -> Path:
    (home / "f.csv").write_text(FILE, "utf-8")
    cli.begin("import", str(home / "f.csv"))
    return home / "book.db"


@pytest.fixture
def screen(book: Path) -> Screen:
    """Run a command on a terminal of `columns`; `answers` are typed when it asks (a `:` at the end)."""

    def run(*args: str, columns: int = 140, answers: tuple[str, ...] = (), **environment: str) -> str:
        main, other = pty.openpty()
        import fcntl
        import struct
        import termios

        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        started = subprocess.Popen(
            [sys.executable, "-c", "from collectctl.cli.main import run; run()", *args],
            stdin=other, stdout=other, stderr=other,
            env={**os.environ, "COLLECTCTL_DB": str(book), "TERM": "xterm-256color", **environment},
        )  # fmt: skip
        os.close(other)
        waiting, text, until = list(answers), b"", time.monotonic() + 30
        while time.monotonic() < until:
            ready, _w, _x = select.select([main], [], [], 0.2)
            if ready:
                try:
                    part = os.read(main, 65536)
                except OSError:
                    break
                if not part:
                    break
                text += part
            if waiting and text.rstrip().endswith((b":", b"]:")):
                os.write(main, waiting.pop(0).encode() + b"\n")
                text += b"\n"
        started.wait(timeout=30)
        os.close(main)
        return text.decode("utf-8").replace("\r\n", "\n")

    return run


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", [80, 140])
def test_names_are_shown_harmlessly_and_lines_fit(screen: Screen, columns: int):
    shown = screen("today", columns=columns)
    plain = ESCAPES.sub("", shown)
    assert "[red]x[/]" in plain
    assert "\x1b" not in plain
    assert "\x07" not in plain
    assert "\u202e" not in plain
    assert ":x:" in plain
    assert max(cell_len(line) for line in plain.splitlines()) <= columns
    assert "4 people due now" in plain


def test_no_color_and_dumb_terminals_get_no_colours(screen: Screen):
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", screen("today", NO_COLOR="1"))
    assert "\x1b[3" not in screen("today", TERM="dumb")


def test_what_a_promise_needs_is_asked_for(screen: Screen, cli: Cli):
    shown = screen("log", "A1", "ptp", answers=("2000", "fri"))
    assert "2,000.00 CNY Fri 2026-11-27" in shown
    assert cli("show", "A1", "--json").data["promises"][0]["amount"] == "2000.00"


def test_a_callback_is_asked_when(screen: Screen):
    assert "2026-11-23 21:30" in screen("log", "A1", "cb", answers=("21:30",))


def test_in_a_pipe_nothing_is_asked(cli: Cli, book: Path):
    ran = cli("log", "A1", "ptp")
    assert (ran.code, ran.out) == (2, "")
    assert "needs an amount" in ran.err


def test_the_same_call_twice_is_asked_about(screen: Screen, cli: Cli):
    screen("log", "A1", "na")
    assert "not recorded" in screen("log", "A1", "na", answers=("n",))
    assert len(cli("show", "A1", "--json").data["timeline"]) == 1
    screen("log", "A1", "na", answers=("y",))
    assert len(cli("show", "A1", "--json").data["timeline"]) == 2


def test_a_pipe_gets_tab_separated_rows_and_the_summary_apart(cli: Cli, book: Path):
    ran = cli("today")
    lines = ran.out.splitlines()
    assert len(lines) == 5
    assert {len(line.split("\t")) for line in lines} == {23}
    assert "\x1b" not in ran.out
    assert "张甲甲甲甲甲甲甲甲甲甲甲甲甲" in ran.out
    assert "4 people due now" in ran.err


def test_names_survive_a_round_trip(cli: Cli, book: Path):
    names = {row["name"] for row in cli("today", "--json").data["rows"]}
    assert names == {"[red]x[/]", "\x1b[2Jbad\x07", "张甲甲甲甲甲甲甲甲甲甲甲甲甲", "\u202eevil:x:"}


def test_rows_of_another_day_are_refused(cli: Cli, book: Path):
    cli("today")
    assert cli("log", "@1", "na").code == 0
    ran = cli("log", "@1", "na", now="2026-11-24T09:00+08:00")
    assert (ran.code, "is of 2026-11-23" in ran.err) == (3, True)
    assert cli("log", "@", "bz", now="2026-11-24T09:01+08:00").code == 0


def test_a_number_that_begins_with_at_is_still_an_account(cli: Cli, book: Path):
    cli("today")
    assert cli("show", ".1", "--json").data["account"] == cli("show", "@1", "--json").data["account"]


@pytest.mark.parametrize("typed", ["A1", "a1x"])
def test_accounts_are_found_by_number(cli: Cli, book: Path, typed: str):
    assert cli("show", typed).code == (0 if typed == "A1" else 3)


@pytest.mark.parametrize("typed", ["0003", "张甲", "[red]", "13800130003", "１３８００１３０００３"])
def test_accounts_are_found_by_phone_and_name(cli: Cli, book: Path, typed: str):
    assert cli("show", typed, "--json").data["account"] in ("A3", "A1")


def test_an_ambiguous_account_names_the_candidates(cli: Cli, book: Path):
    ran = cli("log", "A", "na")
    assert (ran.code, "A1, A2, A3, A4" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("export accounts >&-", 0),
        ("today >&-", 0),
        ("import - <&-", 4),
        ("log A1 na 2>&-", 0),
        ("log - na <&-", 2),
    ],
)
def test_a_stream_that_is_closed_from_the_start_is_no_mistake_of_ours(
    cli: Cli, book: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int
):
    monkeypatch.setenv("COLLECTCTL_DB", str(book))
    script = shlex.join([sys.executable, "-c", "from collectctl.cli.main import run; run()"])
    done = subprocess.run(f"{script} {command}", shell=True, capture_output=True, encoding="utf-8")
    assert (done.returncode, "mistake" in done.stderr, "Traceback" in done.stderr) == (code, False, False)
