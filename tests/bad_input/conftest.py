"""A book, files that can't be used, and a runner that leaves both where a test finds them."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Ran

ACCOUNTS = """account,name,phone,balance,dpd,placement end
A-1,Ann Lee,13800138000,1200.00,40,2026-12-31
A-2,Bob Ray,13800138001,800.00,10,2026-12-31
B-1,Cy Fox,13800138002,60.50,5,2026-12-31
"""
DATED = "account,name,balance,due date\n"
FILES = {
    "accounts.csv": ACCOUNTS,
    "empty.csv": "",
    "header.csv": "account,name,balance\n",
    "binary.csv": bytes(range(256)) * 4,
    "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "tabs.xls": "account\tname\tbalance\nC-1\tDi Poe\t5.00\n",
    "broken.xlsx": b"PK\x03\x04 no more than this",
    "no-header.csv": "1,2,3\n4,5,6\n",
    "no-account.csv": "name,balance\nDi Poe,5\n",
    "quotes.csv": 'account,balance\n1,"5\n2,6\n',
    "bytes.csv": "account,name,balance\n1,Ren\u00e9e M\u00fcller,5\n".encode("cp1252"),
    "two-balances.csv": "account,name,balance,outstanding balance\nC-1,Di Poe,5,6\n",
    "twice.csv": "account,name,balance\nC-1,Di Poe,5\nC-1,Di Poe,6\n",
    "scientific.csv": "account,name,id number,balance\nC-1,Di Poe,4.40524E+17,5\n",
    "two-dots.csv": "account,name,balance\nC-1,Di Poe,1.200.50\nC-2,Ed Roe,7\n",
    "no-balance.csv": "account,name,dpd\nC-1,Di Poe,40\n",
    "phones.csv": "account,name,phone\nC-1,Di Poe,13800138009\n",
    "another-name.csv": "account,name,phone\nA-1,Di Poe,13800138009\n",
    "calls.csv": "account,call date,outcome\nA-1,2026-11-20,Success\nA-2,2026-11-20,Success\n",
    "no-outcome.csv": "account,call date\nA-1,2026-11-20\n",
    "tomorrow.csv": "account,call date,outcome\nA-1,2026-11-24,na\n",
    "past-end.csv": "account,extended until\nA-1,2026-11-01\n",
    "dates.csv": DATED + "C-1,Di Poe,5,05/11/2026\nC-2,Ed Roe,7,06/10/2026\n",
    "many.csv": "account,name,phone,balance\n"
    + "".join(f"M-{n:04},Pat Doe {n},13900{n:06},{n}.50\n" for n in range(1, 401)),
    "recalls.csv": "account,recall date\nZ-9,2026-11-20\n",
}
IMPORT = ("import", "accounts.csv", "--client", "Acme", "--currency", "CNY")

Book = Callable[[], dict[str, object]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book, imported once and copied by each test."""
    import subprocess

    folder = tmp_path_factory.mktemp("template")
    (folder / "accounts.csv").write_text(ACCOUNTS, "utf-8")
    code = "from collectctl.cli.main import run; run()"
    environment = {**os.environ, "COLLECTCTL_DB": "book.db", "COLLECTCTL_NOW": "2026-11-22T09:00+08:00"}
    environment["TZ"] = "Asia/Shanghai"
    for args in (IMPORT, ("log", "A-2", "na"), ("today",)):
        now = "2026-11-23T08:00+08:00" if args == ("today",) else "2026-11-22T09:00+08:00"
        subprocess.run(
            [sys.executable, "-c", code, *args], cwd=folder, check=True, capture_output=True,
            env={**environment, "XDG_STATE_HOME": str(folder), "COLLECTCTL_NOW": now},
        )  # fmt: skip
    return folder / "book.db"


@pytest.fixture
def desk(home: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test works in: `book.db` and the files, named as a user would name them."""
    for name, content in FILES.items():
        (home / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (home / "folder").mkdir()
    shutil.copy(template, home / "book.db")
    (home / "book.db").chmod(0o600)
    monkeypatch.chdir(home)
    monkeypatch.setenv("COLLECTCTL_DB", "book.db")
    return home


@dataclass
class Runner:
    """`run("log", "A-1", "na")` in this process; nothing is added to what is typed."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *args: str, stdin: str = "") -> Ran:
        from collectctl.cli.main import app

        read, write = os.pipe()
        os.write(write, stdin.encode())
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as piped, self.patch.context() as patch:
            patch.setattr(sys, "stdin", piped)
            with pytest.raises(SystemExit) as left:
                app(list(args))
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = self.capture.readouterr()
        return Ran(int(left.value.code or 0), out, err)


@pytest.fixture
def run(desk: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(capfd, monkeypatch)


def state(path: Path) -> dict[str, object]:
    """What must be the same after a command that failed: the file, its journal, its worklist."""
    if not path.is_file():
        return {"file": None}
    found: dict[str, object] = {"file": hashlib.sha256(path.read_bytes()).hexdigest()}
    try:
        with sqlite3.connect(f"file:{path.absolute()}?mode=ro", uri=True) as connection:
            found["steps"] = connection.execute("select count(*) from operation").fetchone()
            found["worklist"] = connection.execute("select * from worklist").fetchall()
        connection.close()
    except sqlite3.Error as error:
        found["steps"] = str(error)
    return found
