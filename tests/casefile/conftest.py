"""An account with a bit of everything on it, dealt with for two months, and its court file."""

from pathlib import Path

import pytest

from collectctl.outlet.packing import zipped
from tests.conftest import Cli
from tests.test_money_day import ok

BANK = """\
account,name,id_number,phone,client,currency,balance,principal,interest,costs,minimum due,due_date,card number
A1,张甲,110101199001011234,13800130001,Invented Bank,CNY,15000,12000,2700,300,500,2026-03-01,6222025555666677
B1,李乙,,13800130003,Invented Bank,CNY,900,,,,,2026-10-20,
"""
STORE = """account,name,phone,state,client,currency,balance,due_date
U1,Ann Example,+12025550101,NY,Invented Store,USD,500,2026-10-01
"""
TERMS = "--rate 0.05%/day --basis 365 --last-day counted --payment-day old --penalty 5% --cap 24%/year"
EVIL = "<script>alert(1)</script> =1+1 \x1b[31m 6222 0255 5566 6677 {{ 7*7 }}"
LINES = (
    ("08-03T10:00", "terms", "A1", *TERMS.split()),
    ("08-04T10:00", "person", "add-party", "A1", "孙保", "--role", "guarantor", "--phone", "13800130091"),
    ("08-04T10:01", "person", "add-party", "A1", "周友", "--role", "contact", "--phone", "13800130092"),
    ("08-04T10:10", "log", "A1", "na", "--to", "13800130001"),
    ("08-04T15:10", "log", "A1", "ptp", "2000@2026-08-09", EVIL),
    ("08-05T15:10", "log", "A1", "tp", "thirdpartyword", "--who", "周友", "--to", "13800130092"),
    ("08-06T15:10", "log", "A1", "sent", "letterword", "--channel", "letter"),
    ("08-09T15:10", "pay", "A1", "2000", "--ref", "P-1"),
    ("08-10T10:10", "log", "A1", "na"),
    ("08-10T10:12", "amend", "5", "busy"),
    ("08-20T10:12", "charge", "A1", "costs", "120"),
    ("08-21T10:12", "complaint", "add", "A1", "complaintword", "--ref", "K-7"),
    ("08-22T10:12", "complaint", "answer", "1", "sorryword"),
    ("08-25T10:12", "claim", "add", "A1", "3000", "--against", "guarantor", "--contract", "BZ-88"),
    ("09-01T10:12", "plan", "new", "A1", "--count", "3"),
    ("09-15T15:10", "pay", "A1", "1500.55", "--ref", "P-2"),
    ("09-16T15:10", "pay", "A1", "100", "--ref", "P-3"),
    ("09-18T15:10", "payment", "reverse", "A1", "P-3"),
    ("09-18T15:11", "note", "A1", "deskword"),
    ("09-20T15:11", "log", "A1", "neg", "lastword"),
)
NOW = "2026-11-23T09:00+08:00"


def at(moment: str) -> str:
    return f"2026-{moment}+08:00"


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    """The book on Monday 2026-11-23."""
    (home / "bank.csv").write_text(BANK, "utf-8")
    (home / "store.csv").write_text(STORE, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=at("08-03T09:00"))
    cli.begin("import", str(home / "store.csv"), now=at("08-03T09:01"))
    for moment, *line in LINES:
        cli.begin(*line, now=at(moment))
    cli.patch.setenv("COLLECTCTL_NOW", NOW)
    return cli


_WRITTEN: dict[tuple[object, ...], dict[str, bytes]] = {}  # the case of a book that was begun so


@pytest.fixture
def folder(desk: Cli, home: Path) -> Path:
    """The case of A1, written once and copied."""
    made, key = home / "case", desk.begun
    if key not in _WRITTEN:
        ok(desk("case", "build", "A1", "--out", str(made)))
        _WRITTEN[key] = {file.name: file.read_bytes() for file in made.iterdir()}
    made.mkdir(exist_ok=True)
    for name, content in _WRITTEN[key].items():
        (made / name).write_bytes(content)
    return made


@pytest.fixture
def archive(folder: Path, home: Path) -> Path:
    (home / "case.zip").write_bytes(zipped({file.name: file.read_bytes() for file in folder.iterdir()}))
    return home / "case.zip"
