"""The account analysis as `show` and `list` have it."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from collectctl.render import analysis
from collectctl.store.book import opened
from collectctl.usecases.show import show
from collectctl.usecases.today import list_accounts
from tests.conftest import Cli
from tests.test_money_day import data, ok, on, opened_desk


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    desk = opened_desk(cli, home)
    ok(desk("log", "A1", "na", now="2026-11-23T13:30"))
    ok(desk("log", "A1", "hs", "--reason", "income-loss", now="2026-11-24T19:00"))
    ok(desk("log", "A1", "ptp", "500@2026-11-26", now="2026-11-25T19:00"))
    ok(desk("pay", "A1", "500", now=on("11-26")))
    return desk


def test_show_tells_it_with_its_terms(desk: Cli):
    seen = data(desk, "show", "A1")["analysis"]
    assert seen["ability"]["word"] == "in part: pays, and says that it is hard"
    assert seen["ability"]["facts"] == [
        "payments: 1, 500.00 CNY, last 2026-11-26", "hardship told: 1, last 2026-11-24",
        "reason income-loss: 2026-11-24",
    ]  # fmt: skip
    assert seen["willingness"]["facts"] == [
        "promises fallen due: 1, kept 1, partly 0, broken 0 (500.00 of 500.00 CNY)"
    ]
    assert (seen["best_time"], seen["zone"]) == ("evening", "Asia/Shanghai")
    assert seen["calls"] == [
        {
            "phone": "13800130001",
            "noon": {"tried": 1, "answered": 0, "reached": 0},
            "evening": {"tried": 2, "answered": 2, "reached": 2},
        }
    ]


def test_a_pipe_and_a_program_get_the_columns(desk: Cli):
    rows = data(desk, "list", "--analysis")["rows"]
    assert rows[0]["analysis"] == {
        "reason": "income-loss", "promises_kept": 1, "promises_fallen_due": 1, "payments": 1,
        "last_payment": "2026-11-26", "best_time": "evening",
    }  # fmt: skip
    header, first, second, *_rest = (
        line.split("\t") for line in ok(desk("list", "--analysis")).out.splitlines()
    )
    assert header[-5:] == ["arrears", "promises_kept", "payments", "last_payment", "best_time"]
    assert first[-5:] == ["income-loss", "1 of 1", "1", "2026-11-26", "evening"]
    assert second[-5:] == [""] * 5
    assert len(set(header)) == len(header)
    assert "analysis" not in data(desk, "list")["rows"][0]


def test_a_terminal_gets_a_grid_and_every_column(desk: Cli, home: Path):
    with opened(home / "book.db") as book:
        now = datetime.fromisoformat("2026-11-27T09:00+08:00")
        one = show(book, 1, now)
        listed = list_accounts(book, [], now, "account", 20, analysed=True)
    lines = [line for line, _style in analysis.lines(one.analysis)]
    assert lines[-3:] == [
        "  answered/tried  morning  noon  afternoon  evening  (Asia/Shanghai)",
        "  13800130001           -   0/1          -      2/2",
        "  they answered most in the evening",
    ]
    out = io.StringIO()
    analysis.list_table(listed, Console(file=out, width=80))
    shown = out.getvalue()
    assert max(map(cell_len, shown.splitlines())) <= 80
    for cell in ("1 of 1", "2026-11-26", "evening", "4,500.00"):
        assert cell in shown


def test_where_nothing_was_said_or_tried_there_is_no_block(desk: Cli, home: Path):
    with opened(home / "book.db") as book:
        one = show(book, 2, datetime.fromisoformat("2026-11-27T09:00+08:00"))
    assert list(analysis.lines(one.analysis)) == []
