"""What goes back to a client: accounts that leave, what is undone, files, and nothing of another client."""

import csv
from pathlib import Path

import pytest

from collectctl.usecases.handback import FILES
from tests.conftest import Cli
from tests.test_money_day import MONDAY, data, ok, on

BANK = """account,name,id_number,phone,client,currency,balance,due_date,placement end
A1,Ann Example,110101199001011234,13800130001,Invented Bank,CNY,5000,2026-10-01,2026-11-26
A2,Bob Sample,,13800130002,Invented Bank,CNY,900,2026-11-20,2026-11-20
A3,Cy Example,,13800130003,Invented Bank,CNY,700,2026-11-20,2027-03-01
B1,Dee Other,,13800130004,Invented Bank Cards,CNY,100,2026-11-20,2026-11-24
"""


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now=MONDAY)
    monkeypatch.chdir(home)
    return cli


def test_what_leaves_is_listed_with_the_money_that_leaves_and_what_is_undone(desk: Cli):
    ok(desk("log", "A1", "ptp", "500@11-28", "--reason", "illness"))
    ok(desk("pay", "A1", "70", "--claimed"))
    ok(desk("complaint", "add", "A2", "rude"))
    ok(desk("close", "A3", "--as", "paid"))
    found = data(desk, "handback", "--client", "Invented Bank")
    ends = [(one["account"], one["ends_on"], one["at_risk"]) for one in found["leaving"]]
    assert ends == [("A2", "2026-11-20", "0.00"), ("A1", "2026-11-26", "570.00")]
    assert found["leaving"][0]["undone"] == [
        "answer the complaint", "placement ended 11-20: hand it back or extend it", "never called"
    ]  # fmt: skip
    assert found["leaving"][1]["undone"] == [
        "says 70.00 is paid: check with the client", "promises still open: 1"
    ]  # fmt: skip
    assert [(one["account"], one["closed_as"]) for one in found["gone"]] == [("A3", "paid")]
    summed = found["summary"]
    assert {key: summed[key] for key in ("open", "placed", "untouched", "hardship", "complaints_open")} == {
        "open": 2, "placed": 3, "untouched": 1, "hardship": 1, "complaints_open": 1,
    }  # fmt: skip
    assert (summed["closed"], summed["holds"]) == ({"paid": 1}, {"complaint": 1})


def test_a_plan_is_in_the_summary_of_the_days_on_which_it_was_made(desk: Cli):
    ok(desk("plan", "new", "A1", "--count", "2"))
    of_today = data(desk, "handback", "--client", "Invented Bank")["summary"]
    later = data(desk, "handback", "--client", "Invented Bank", now=on("11-24"))["summary"]
    assert [(s["plans_made"], s["plans_running"]) for s in (of_today, later)] == [(1, 1), (0, 1)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_files_are_of_the_one_client_private_and_not_written_over(desk: Cli, home: Path, lang: str):
    ok(desk("log", "A1", "na", "tried"))
    ok(desk("log", "B1", "na", "not theirs"))
    line = ("handback", "--client", "Invented Bank", "--out", "back", "--month", "--lang", lang)
    ok(desk(*line))
    folder = home / "back"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    pages = [(folder / name).read_text("utf-8") for name in ("report.html", "summary.html")]
    with (folder / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["account"] for row in csv.DictReader(file)] == ["A2", "A1"]
    assert not any("Dee" in page or "Cards" in page for page in pages)
    assert ("主管汇总" if lang == "zh" else "Supervisor&#39;s summary") in pages[1]
    again = desk(*line)
    assert (again.code, "exists already" in again.err) == (2, True)
    ok(desk(*line, "--force"))


def test_identity_numbers_are_whole_in_the_sheet_only_where_that_was_asked_for(desk: Cli, home: Path):
    import zipfile

    ok(desk("log", "A1", "na"))
    for options, whole in (((), False), (("--reveal",), True)):
        name = f"back{len(options)}"
        ok(desk("handback", "--client", "Invented Bank", "--out", name, *options))
        with zipfile.ZipFile(home / name / "returns.xlsx") as book:
            cells = book.read("xl/worksheets/sheet1.xml").decode()
        assert ("110101199001011234" in cells) is whole
    journal = [step["text"] for step in data(desk, "history")["entries"]]
    assert journal[0].startswith("exported returns, revealed")


def test_when_nothing_is_open_any_more_the_purge_is_named(desk: Cli):
    ok(desk("close", "-", "--as", "returned", stdin="A1\nA2\nA3\n"))
    ran = ok(desk("handback", "--client", "Invented Bank"))
    assert "collectctl book purge --client 'Invented Bank'" in ran.err


def test_an_unknown_client_is_told_who_there_is(desk: Cli):
    ran = desk("handback", "--client", "Invented")
    assert (ran.code, "no client is called 'Invented'" in ran.err) == (3, True)
    assert desk("handback", "--client", "Invented Bank", "--out", "missing/folder").code == 5
    assert desk("handback").code == 2


def test_an_export_may_be_of_a_client_by_the_whole_name(desk: Cli, home: Path):
    ok(desk("export", "accounts", "one.csv", "--client", "Invented Bank"))
    assert "B1" not in (home / "one.csv").read_text("utf-8")
    ok(desk("export", "accounts", "both.csv", "client:Invented Bank"))
    assert "B1" in (home / "both.csv").read_text("utf-8")
