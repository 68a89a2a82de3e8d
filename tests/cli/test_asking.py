"""An import that is unclear: asked on a terminal, refused in a pipe."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Cli, Ran

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

TWO = """案件编号,姓名,身份证号,最新欠款,欠款总额
A1,张甲,110101199001010011,5.00,6.00
A2,李乙,110101199001010022,7,8
"""
DATES = "account,name,balance,due date\nA1,Ann,5,05/11/2026\nA2,Bob,7,06/10/2026\n"
TWO_IDS = "案件编号,姓名,最新欠款,身份证号,证件号\nA1,张甲,5,110101199001010011,110101199001010022\n"
DUE = "案件编号,姓名,最新欠款,到期日\nA1,张甲,5,2026-12-31\n"
CLIENT = ("--client", "Bank", "--currency", "CNY")
Terminal = Callable[..., Ran]
_ASKS = (b": ", b":")


@pytest.fixture
def terminal(home: Path) -> Terminal:
    """Type `answers`, one for each question, into a command on a terminal; `None` is Ctrl-C."""

    def run(*args: str, answers: tuple[str | None, ...] = ()) -> Ran:
        main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        started = subprocess.Popen(
            [sys.executable, "-c", "from collectctl.cli.main import run; run()", *args],
            stdin=other, stderr=other, stdout=subprocess.PIPE, cwd=home, start_new_session=True,
            env={**os.environ, "COLLECTCTL_DB": str(home / "book.db"), "TERM": "xterm"},
        )  # fmt: skip
        os.close(other)
        waiting, said, until = list(answers), b"", time.monotonic() + 20
        while time.monotonic() < until and started.poll() is None:
            if select.select([main], [], [], 0.02)[0]:
                try:
                    said += os.read(main, 65536)
                except OSError:
                    break
                continue
            if waiting and said.endswith(_ASKS):
                answer = waiting.pop(0)
                if answer is None:
                    os.kill(started.pid, signal.SIGINT)
                else:
                    os.write(main, answer.encode() + b"\n")
                said += b"\n"
        if started.poll() is None and time.monotonic() >= until:
            started.kill()
        out, _err = started.communicate(timeout=20)
        while select.select([main], [], [], 0)[0]:
            try:
                said += os.read(main, 65536) or b""
            except OSError:
                break
        os.close(main)
        assert not waiting, said.decode()
        return Ran(started.returncode, out.decode(), said.decode().replace("\r\n", "\n"))

    return run


def send(home: Path, text: str, name: str = "f.csv") -> str:
    (home / name).write_text(text, "utf-8")
    return name


def shown(cli: Cli, account: str) -> dict:
    return cli("show", account, "--json").data


@pytest.mark.parametrize("answer", ["2", "欠款总额"])
def test_two_columns_that_look_alike_are_asked_about_once(
    terminal: Terminal, cli: Cli, home: Path, answer: str
):
    seen = terminal("import", send(home, TWO), *CLIENT, answers=(answer, ""))
    assert seen.code == 0, seen.err
    assert "these columns all look like balance" in seen.err
    assert "2  欠款总额  6.00 · 8" in seen.err
    assert "欠款总额 → balance" in seen.err
    assert "2 new" in seen.out
    assert shown(cli, "A1")["money"]["balance"] == "6.00"
    again = cli("import", str(home / send(home, TWO.replace("8\n", "9\n"))), "--client", "Bank")
    assert (again.code, "1 changed" in again.out) == (0, True)


def test_sample_cells_that_identify_a_person_are_masked(terminal: Terminal, home: Path):
    seen = terminal("import", send(home, TWO_IDS), *CLIENT, answers=("证件号", ""))
    assert seen.code == 0, seen.err
    assert "证件号" in seen.err
    assert "11010119900101" not in seen.err


def test_enter_stops_with_the_error_of_a_pipe(terminal: Terminal, cli: Cli, home: Path):
    name = send(home, TWO)
    seen = terminal("import", name, *CLIENT, answers=("",))
    piped = cli("import", str(home / name), *CLIENT)
    assert (seen.code, piped.code) == (4, 4)
    assert piped.err in seen.err
    assert cli("list", "--json").data["rows"] == []


def test_ctrl_c_leaves_the_book_as_it_is(terminal: Terminal, cli: Cli, home: Path):
    cli("import", str(home / send(home, DUE, "first.csv")), *CLIENT)
    before = cli("history", "--json").data
    assert terminal("import", send(home, TWO), "--client", "Bank", answers=(None,)).code == 130
    assert cli("history", "--json").data == before


def test_an_answer_that_is_none_is_asked_again(terminal: Terminal, home: Path):
    seen = terminal("import", send(home, TWO), *CLIENT, answers=("7", "balance of what", "1", ""))
    assert (seen.code, seen.err.count("none of these")) == (0, 2)


def test_dates_are_asked_and_remembered(terminal: Terminal, cli: Cli, home: Path):
    seen = terminal("import", send(home, DATES), *CLIENT, answers=("dmy", ""))
    assert seen.code == 0, seen.err
    assert "05/11/2026 · 06/10/2026" in seen.err
    assert shown(cli, "A1")["stated"]["due_date"] == "2026-11-05"
    later = cli("import", str(home / send(home, DATES.replace("05/11", "04/11"))), "--client", "Bank")
    assert (later.code, "1 changed" in later.out) == (0, True)


def test_client_and_currency_are_asked_one_after_the_other(terminal: Terminal, cli: Cli, home: Path):
    text = "account,name,balance\nA1,Ann,5\n"
    seen = terminal("import", send(home, text), "--policy", "none", answers=("Acme", "eur"))
    assert seen.code == 0, seen.err
    assert (shown(cli, "A1")["client"], shown(cli, "A1")["money"]["currency"]) == ("Acme", "EUR")
    known = terminal("import", send(home, text.replace("A1", "A2"), "g.csv"), answers=("1",))
    assert "1  Acme" in known.err
    assert shown(cli, "A2")["client"] == "Acme"


def test_a_currency_that_is_none_is_asked_again(terminal: Terminal, cli: Cli, home: Path):
    text = "account,name,balance\nA1,Ann,5\n"
    answers = ("euros", "EUR")
    seen = terminal("import", send(home, text), "--client", "B", "--policy", "none", answers=answers)
    assert (seen.code, "no currency has the code" in seen.err) == (0, True)


@pytest.mark.parametrize(
    ("answer", "field"), [("placement_ends", "placement_ends"), ("1", "due_date"), ("", None)]
)
def test_a_name_of_two_meanings_is_asked_about(
    terminal: Terminal, cli: Cli, home: Path, answer: str, field: str | None
):
    seen = terminal("import", send(home, DUE), *CLIENT, answers=(answer, ""))
    assert seen.code == 0, seen.err
    stated = shown(cli, "A1")["stated"]
    assert {key for key in ("due_date", "placement_ends") if stated.get(key)} == ({field} if field else set())


def test_in_a_pipe_a_name_of_two_meanings_is_kept_and_said(cli: Cli, home: Path):
    seen = cli("import", str(home / send(home, DUE)), *CLIENT)
    assert seen.code == 0
    assert '--map "到期日=due_date" | --map "到期日=placement_ends"' in seen.err


def test_a_column_in_ten_thousands_is_asked_about(terminal: Terminal, cli: Cli, home: Path):
    text = "案件编号,姓名,欠款余额(万元)\nA1,张甲,1.5\n"
    assert terminal("import", send(home, text), *CLIENT, answers=("1", "")).code == 0
    assert shown(cli, "A1")["money"]["balance"] == "15000.00"


def test_a_column_that_is_missing_is_asked_for(terminal: Terminal, cli: Cli, home: Path):
    text = "Nr,name,Sum of it\nA1,Ann,5\nA2,Bob,6\n"
    seen = terminal("import", send(home, text), *CLIENT, answers=("nr", "1", ""))
    assert seen.code == 0, seen.err
    assert shown(cli, "A2")["money"]["balance"] == "6.00"


def test_the_mapping_can_be_changed_before_it_is_used(terminal: Terminal, cli: Cli, home: Path):
    answers = ("1", "姓名", "姓名=klingon", "欠款总额=balance", "")
    seen = terminal("import", send(home, TWO), *CLIENT, answers=answers)
    assert seen.code == 0, seen.err
    assert "has no '='" in seen.err
    assert "there is no field klingon" in seen.err
    assert shown(cli, "A1")["money"]["balance"] == "6.00"


def test_what_is_clear_is_not_asked(terminal: Terminal, home: Path):
    seen = terminal("import", send(home, "案件编号,姓名,最新欠款\nA1,张甲,5\n"), *CLIENT)
    assert (seen.code, "Enter" in seen.err) == (0, False)


def test_a_changed_header_is_warned_of_and_on_a_terminal_shown(terminal: Terminal, cli: Cli, home: Path):
    first = "案件编号,姓名,最新欠款,产品\nA1,张甲,5,信用卡\n"
    assert cli("import", str(home / send(home, first)), *CLIENT).code == 0
    other = send(home, "案件编号,姓名,最新欠款,手别\nA2,李乙,5,M1\n")
    said = "the header of Bank changed: new 手别; gone 产品"
    assert said in cli("import", str(home / other), "--client", "Bank", "--dry-run").err
    seen = terminal("import", other, "--client", "Bank", answers=("",))
    assert seen.code == 0, seen.err
    assert said in seen.err
    assert "1 new" in seen.out
    assert said not in cli("import", str(home / other), "--client", "Bank").err


def test_a_mapping_is_remembered_for_a_header_of_two_rows_and_odd_spaces(cli: Cli, home: Path):
    text = " 案件编号 ,最新欠款,欠款总额,联系人1,,\n,,,姓名,电话,\nA1,5,6,张,13800130001,\n"
    first = cli("import", str(home / send(home, text)), *CLIENT, "--map", "欠款总额=balance")
    assert first.code == 0, first.err
    again = cli("import", str(home / send(home, text.replace("A1,5,6", "A1,5,7"))), "--client", "Bank")
    assert (again.code, "1 changed" in again.out) == (0, True)


def test_with_json_nothing_is_asked(terminal: Terminal, home: Path):
    seen = terminal("import", send(home, TWO), *CLIENT, "--json")
    assert (seen.code, "column-conflict" in seen.out) == (4, True)


CALLS = """account,call date,outcome
A1,2026-11-20 10:00,Lost
A1,2026-11-20 11:00,Sucess
A1,2026-11-20 12:00,Sucess
A2,2026-11-20 12:00,\x1b[2JTest
"""


def test_outcomes_that_nobody_knows_are_asked_for_one_by_one_and_remembered(
    terminal: Terminal, cli: Cli, home: Path
):
    (home / "a.csv").write_text(TWO, "utf-8")
    assert cli("import", str(home / "a.csv"), "--map", "最新欠款=balance", *CLIENT).code == 0
    (home / "calls.csv").write_text(CALLS, "utf-8")
    ran = terminal("import", "calls.csv", answers=("ptp", "4"))
    assert "what does the outcome 'Sucess' of 2 rows mean?" in ran.err
    assert ("'Lost' of" in ran.err, "\x1b[2JTest" in ran.err) == (False, False)
    assert "4 rows: 3 contacts added, 1 left out by their outcome" in ran.out
    assert "Sucess → promise (2)" in ran.out
    assert "3 on record already" in terminal("import", "calls.csv").out
