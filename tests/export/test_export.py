"""`export`: kinds, formats, targets, and what it refuses."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from collectctl.domain.exports.activities import HEAD
from tests.conftest import Cli


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "in.csv").write_text(
        "account,name,phone,balance,currency,ref 1 name,ref 1 relation\n"
        "A1,Ann Lee,13800138000,5000,CNY,Bob Ray,brother\nA2,Cy Fox,13800138001,70,CNY,,\n"
    )
    cli.begin("import", str(home / "in.csv"), "--client", "Acme", "--policy", "cn")
    cli.begin("log", "A1", "ptp", "1000@fri", "500@eom", "text", "--talk", "0:40", "--recording", "r1")
    cli.begin("log", "A1", "tp", "--who", "Bob Ray", "--in")
    cli.begin("log", "A2", "cb", "15:30", "--with", "Pat", "--channel", "visit")
    cli.begin("pay", "A1", "300", "--ref", "R-1")
    cli.begin("pay", "A2", "20", "--claimed")
    cli.begin("request", "A1", "reduction", "4000", "--until", "eom")
    return cli


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_activities_have_the_agreed_columns(desk: Cli):
    desk("config", "set", "collector", "Pat Doe")
    sheet = desk("export", "activities")
    assert sheet.out.splitlines()[0] == ",".join(HEAD)
    promise, other, callback = rows(sheet.out)
    assert promise["at"] == "2026-11-23T09:00:00+08:00"
    assert (promise["direction"], promise["outcome"], promise["who"]) == ("out", "promise", "self")
    assert promise["promised_amount"] == "1000.00; 500.00"
    assert promise["promised_on"] == "2026-11-27; 2026-11-30"
    assert (promise["talk_seconds"], promise["recording"], promise["agent"]) == ("40", "r1", "Pat Doe")
    assert (other["direction"], other["party"], other["relation"]) == ("in", "Bob Ray", "brother")
    assert (callback["next_at"], callback["agent"]) == ("2026-11-23T15:30:00+08:00", "Pat")


def test_only_the_standing_entry_is_exported(desk: Cli):
    desk("amend", "1", "na")
    assert sorted(row["outcome"] for row in rows(desk("export", "activities").out)) == [
        "callback", "no-answer", "third-party",
    ]  # fmt: skip


def test_payments_promises_and_requests(desk: Cli):
    paid, claimed = rows(desk("export", "payments").out)
    assert (paid["amount"], paid["state"], paid["reference"]) == ("300.00", "confirmed", "R-1")
    assert (claimed["account"], claimed["state"]) == ("A2", "claimed")
    first, second = rows(desk("export", "promises").out)
    assert (first["due"], first["kept_amount"], second["due"]) == ("2026-11-27", "300.00", "2026-11-30")
    assert len(rows(desk("export", "promises", "--to", "11-28").out)) == 1
    (asked,) = rows(desk("export", "requests").out)
    assert (asked["kind"], asked["amount"], asked["state"]) == ("reduction", "4000.00", "asked")
    line = json.loads(desk("export", "payments", "--format", "jsonl").out.splitlines()[0])
    assert (line["amount"], line["currency"], line["on"]) == ("300.00", "CNY", "2026-11-23")


@pytest.mark.parametrize("kind", ["activities", "payments", "promises", "requests", "returns", "calendar"])
def test_nobody_can_be_told_from_an_anonymous_file(desk: Cli, kind: str):
    text = desk("export", kind, "--anonymise").out
    assert not any(word in text for word in ("Ann", "Bob", "Cy Fox", "1380013", "A1", "A2", "R-1", "r1"))


def test_an_anonymous_file_tells_neither_batch_nor_relation_nor_method(cli: Cli, home: Path):
    text = "account,name,client,balance,currency,rate,party1_name,party1_relation\n"
    text += "A1,Ann,Acme,9,CNY,Rateword,Bo,Relword\n"
    (home / "Ann Fox.csv").write_text(text, "utf-8")
    cli("import", str(home / "Ann Fox.csv"))
    cli("log", "A1", "tp", "--who", "Bo")
    cli("pay", "A1", "5", "--method", "Payword")
    for kind in ("accounts", "activities", "payments", "returns"):
        told = cli("export", kind, "--anonymise").out
        assert not any(word in told for word in ("Fox", "Rateword", "Relword", "Payword")), told


@pytest.mark.parametrize(
    ("name", "begins"), [("a.csv", b"payment,"), ("a.xlsx", b"PK"), ("a.jsonl", b"{"), ("a", b"payment,")]
)
def test_the_format_follows_the_name(desk: Cli, home: Path, name: str, begins: bytes):
    assert desk("export", "payments", str(home / name)).code == 0
    assert (home / name).read_bytes().startswith(begins)
    assert desk("export", "payments", str(home / name)).code == 2
    assert desk("export", "payments", str(home / name), "--force").code == 0


def test_terms_need_no_file(desk: Cli):
    assert len(rows(desk("export", "accounts", "client:Acme", "bal<1000").out)) == 1
    assert rows(desk("export", "accounts", "client:nobody").out) == []


ERRORS = [
    (("acounts",), 2, "try: collectctl export accounts"),
    (("returns", "--columns", "acount"), 2, "nearest: account"),
    (("accounts", "--reveal", "--anonymise"), 2, "not both"),
    (("accounts", "--columns", "name"), 2, "--columns goes with returns"),
    (("accounts", "x.xlsx", "--bom"), 2, "--bom goes with csv"),
    (("calendar", "--format", "csv"), 2, "--format"),
    (("accounts", "--format", "pdf"), 2, "csv, xlsx, jsonl"),
    (("accounts", "state:odd"), 2, "the states are"),
    (("payments", "--from", "2026-11-20", "--to", "2026-11-01"), 2, "ends before it begins"),
    (("accounts", "folder"), 2, "is a folder"),
    (("accounts", "away/a.csv"), 5, "there is no such folder"),
    (("accounts", "/dev/full"), 2, "or a device"),
    (("accounts", "in.csv"), 2, "try: collectctl export ... --force"),
]


@pytest.mark.parametrize(("args", "code", "says"), ERRORS, ids=[" ".join(e[0]) for e in ERRORS])
def test_what_can_not_be_is_refused(
    desk: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, says: str
):
    (home / "folder").mkdir()
    monkeypatch.chdir(home)
    before = sorted(home.iterdir())
    done = desk("export", *args)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert sorted(home.iterdir()) == before
    assert "exported" not in desk("history").out


def test_a_json_document_needs_a_file_for_the_rows(desk: Cli):
    refused = desk("export", "accounts", "--json")
    assert (refused.code, "name a file" in refused.document["error"]["message"]) == (2, True)


def test_a_full_disk_is_said(desk: Cli, home: Path):
    code = "from collectctl.cli.main import run; run()"
    run = [sys.executable, "-c", code, "export", "accounts", "--db", str(home / "book.db")]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    for env in (buffered, {**buffered, "PYTHONUNBUFFERED": "1"}):
        for line in ([*run, "-"], [*run[:3], "list", *run[5:]], [*run[:3], "list", "--json", *run[5:]]):
            with Path("/dev/full").open("w") as full:
                done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False, env=env)
            assert (done.returncode, b"Traceback" in done.stderr) == (5, False), (line, done.stderr)
            assert b"No space left" in done.stderr
    lines = [f"M{n},{'x' * 200},1,CNY" for n in range(400)]
    (home / "many.csv").write_text("account,name,balance,currency\n" + "\n".join(lines))
    assert desk("import", str(home / "many.csv"), "--client", "Acme").code == 0
    limited = f"import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (40000, 40000)); {code}"
    for name in ("a.csv", "a.xlsx"):
        many = [run[0], "-c", limited, *run[3:], str(home / name)]
        done = subprocess.run(many, capture_output=True, check=False)
        assert (done.returncode, b"disk is full" in done.stderr) == (5, True), done.stderr
        assert not [path for path in home.iterdir() if path.name.endswith((name, ".part"))]


def test_the_reader_of_a_pipe_may_leave(desk: Cli, home: Path):
    code = "from collectctl.cli.main import run; run()"
    piped = subprocess.run(
        f"'{sys.executable}' -c '{code}' export accounts --db '{home}/book.db' | head -c 7",
        shell=True, capture_output=True, check=True, env=os.environ,
    )  # fmt: skip
    assert piped.stdout == b"account"
    assert b"Traceback" not in piped.stderr


def test_a_terminal_gets_no_workbook_and_no_escape_codes(home: Path, desk: Cli):
    pytest.importorskip("pty")
    from tests.benchmarks import terminal

    (home / "esc.csv").write_text("account,name,balance,currency\nE1,\x1b[2JEve,5,CNY\n")
    desk("import", str(home / "esc.csv"), "--client", "Acme")
    assert terminal is not None
    import pty

    def on_terminal(*args: str) -> str:
        leader, follower = pty.openpty()
        code = "from collectctl.cli.main import run; run()"
        done = subprocess.Popen(
            [sys.executable, "-c", code, "export", *args, "--db", str(home / "book.db")],
            stdout=follower, stderr=follower,
        )  # fmt: skip
        os.close(follower)
        seen = b""
        try:
            while piece := os.read(leader, 65536):
                seen += piece
        except OSError:
            pass
        done.wait()
        os.close(leader)
        return seen.decode()

    assert "\x1b" not in on_terminal("accounts")
    assert "[2JEve" in on_terminal("accounts")
    assert "nothing for a terminal" in on_terminal("accounts", "--format", "xlsx")


def test_a_cell_that_a_workbook_can_not_hold_is_refused(cli: Cli, home: Path):
    (home / "long.csv").write_text("account,name,balance,currency,their\nE1,Eve,5,CNY," + "x" * 32_768 + "\n")
    cli("import", str(home / "long.csv"), "--client", "Acme")
    done = cli("export", "accounts", str(home / "a.xlsx"))
    assert (done.code, "--format csv" in done.err) == (2, True)
    assert cli("export", "accounts", str(home / "a.csv")).code == 0
    assert not (home / "a.xlsx").exists()
