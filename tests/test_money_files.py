"""Files of payments and of promises: what they add, confirm, keep and settle, and what can't be used."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Ran
from tests.test_money_day import BANK, data, money, ok, on, opened_desk, payments, promises

IMPORT = {
    "file", "kind", "encoding", "delimiter", "header_row", "columns", "rows", "new", "changed", "unchanged",
    "reopened", "repeated", "left_out", "rejected", "people", "totals", "errors", "dry_run", "money",
}  # fmt: skip
HEADER = "payment_id,account,payment date,amount paid\n"
PLACED = BANK.replace("product\n", "product,placed on\n").replace("loan\n", "loan,2026-11-01\n")
BAD = """A1,2026-12-20,50
A1,2026-10-30,60
A2,2026-11-20,70
A2,2026-11-20,-5
"""


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(home)
    return opened_desk(cli, home, PLACED)


def send(cli: Cli, text: str, *options: str) -> Ran:
    """Import what a client sent."""
    Path("paid.csv").write_text(text, "utf-8")
    return cli("import", "paid.csv", "--kind", "payments", *options)


# --- small files ----------------------------------------------------------------------------------------


def test_a_file_of_payments_is_recognised_and_its_json_says_what_it_did(desk: Cli):
    ok(desk("log", "A1", "ptp", "300@fri"))
    ok(desk("log", "C1", "cp", "77"))
    ok(desk("settle", "A2", "800", "--until", "fri", "--approval", "AP1"))
    lines = "P1,A1,2026-11-23,300\nP2,A2,2026-11-23,800\nP3,C1,2026-11-23,77\n"
    Path("paid.csv").write_text(HEADER + lines, "utf-8")
    tried = ok(desk("import", "paid.csv", "--dry-run"))
    assert "2 promises kept, 1 claims confirmed, 1 settled" in tried.out
    assert payments(desk, "A1") == []
    found = data(desk, "import", "paid.csv")
    assert set(found) >= IMPORT
    assert (found["kind"], found["rows"], found["new"], found["totals"]) == (
        "payments", 3, 3, {"CNY": "1177.00"},
    )  # fmt: skip
    did = found["money"]
    assert {"added", "known", "unknown", "alike", "kept", "confirmed", "settled", "paid_off"} <= set(did)
    assert (did["added"], did["kept"], did["confirmed"], did["settled"]) == (3, 2, 1, 1)
    assert [state for _account, _sum, state in promises(desk)] == ["kept", "kept"]
    assert data(desk, "show", "A2")["state"] == "closed"
    assert ("nothing new" in ok(desk("import", "paid.csv")).out, money(desk, "A1")["paid"]) == (
        True,
        "300.00",
    )


def test_the_same_reference_twice_in_a_file_is_one_payment(desk: Cli):
    told = ok(send(desk, HEADER + "P1,A1,2026-11-20,100\nP1,A1,2026-11-20,100\n"))
    assert "1 payments added, 100.00 CNY, 1 on record already" in told.out
    other = send(desk, HEADER + "P1,A1,2026-11-20,101\n")
    assert (other.code, "on record with 100.00 of 2026-11-20" in other.err) == (4, True)


def test_two_like_payments_of_a_day_without_reference_are_two_and_once_only(desk: Cli):
    lines = "account,payment date,amount paid\nA1,2026-11-20,50\nA1,2026-11-20,50\n"
    ok(send(desk, lines))
    assert money(desk, "A1")["paid"] == "100.00"
    assert "2 on record already" in ok(send(desk, lines)).out
    assert money(desk, "A1")["paid"] == "100.00"


def test_a_payment_like_one_that_was_typed_is_told(desk: Cli):
    ok(desk("pay", "A1", "50"))
    told = ok(send(desk, HEADER + "P1,A1,2026-11-23,50\n"))
    assert "account, day and sum of another on record" in told.err


def test_unknown_accounts_are_counted_and_the_known_go_in(desk: Cli):
    told = ok(send(desk, HEADER + "P1,A1,2026-11-20,100\nP2,Z9,2026-11-20,5\n"))
    assert "1 about unknown accounts" in told.out
    assert money(desk, "A1")["balance"] == "4900.00"


def test_a_file_of_unknown_accounts_alone_changes_nothing(desk: Cli):
    refused = send(desk, HEADER + "P2,Z9,2026-11-20,5\nP3,Z8,2026-11-20,5\n")
    assert (refused.code, "none of the 2 rows" in refused.err) == (3, True)
    assert data(desk, "history")["entries"][0]["step"] == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("account,payment date,amount paid,currency\nA1,2026-11-20,50,USD\n", "the account is in CNY"),
        ("account,payment date,amount paid\nA1,2026-12-20,50\n", "a day to come"),
        ("account,payment date,amount paid\nA1,2026-10-30,50\n", "when the client placed the account"),
        ("account,payment date,amount paid\nA1,2026-11-20,0\n", "not above zero"),
        ("account,payment date,amount paid\nA1,2026-11-20,-5\n", "collectctl payment reverse"),
    ],
    ids=["currency", "future", "before the placement", "zero", "negative"],
)
def test_a_row_that_cannot_be_stops_the_whole_file(desk: Cli, text: str, why: str):
    before = money(desk, "A1")
    refused = send(desk, text + text.splitlines()[1].replace("A1,", "A2,") + "\n")
    assert (refused.code, why in refused.err, "nothing was imported" in refused.err) == (4, True, True)
    assert (money(desk, "A1"), payments(desk, "A2")) == (before, [])
    assert data(desk, "history")["entries"][0]["step"] == 1


def test_bad_rows_are_left_out_and_come_again_once_they_are_mended(desk: Cli):
    told = ok(
        send(
            desk,
            "account,payment date,amount paid\n" + BAD,
            "--skip-bad",
            "--rejects",
            "rejects.csv",
            "--json",
        )
    )
    assert (told.data["new"], told.data["rejected"]) == (1, 3)
    assert [e["row"] for e in told.data["errors"]] == [2, 3, 5]
    rejected = Path("rejects.csv").read_text("utf-8-sig")
    assert [line.split(",")[2] for line in rejected.splitlines()[1:]] == ["50", "60", "-5"]
    mended = rejected.replace("2026-12-20", "2026-11-20").replace("2026-10-30", "2026-11-02")
    assert ok(send(desk, mended.replace(",-5,", ",5,"), "--json")).data["new"] == 3
    assert (money(desk, "A1")["paid"], money(desk, "A2")["paid"]) == ("110.00", "75.00")


def test_a_file_of_payments_is_undone_in_one_step(desk: Cli):
    before = [data(desk, "show", a) for a in ("A1", "A2")]
    ok(send(desk, HEADER + "P1,A1,2026-11-20,100\nP2,A2,2026-11-20,1200.01\n"))
    ok(desk("undo"))
    assert [data(desk, "show", a) for a in ("A1", "A2")] == before


def test_a_file_of_promises_is_kept_by_later_payments(desk: Cli):
    text = "account,promise date,promised amount,call date\n"
    text += "A1,2026-11-27,300,2026-11-20\nA2,2026-11-10,50,2026-11-20\nC1,,,2026-11-20\n"
    Path("promised.csv").write_text(text, "utf-8")
    refused = desk("import", "promised.csv", "--kind", "promises")
    assert (refused.code, "before 2026-11-20, when it was promised" in refused.err) == (4, True)
    did: dict[str, Any] = data(desk, "import", "promised.csv", "--kind", "promises", "--skip-bad")["money"]
    assert (did["added"], did["stated"], did["impossible"]) == (1, 2, 1)
    assert promises(desk) == [("A1", "300.00", "open")]
    ok(desk("pay", "A1", "300", now=on("11-26")))
    assert promises(desk, "--kept") == [("A1", "300.00", "kept")]


# --- real files -----------------------------------------------------------------------------------------


def test_two_thousand_payments_onto_five_hundred_debtors(cli: Cli, data: Path):
    folder = data / "collections_t2h"
    ok(cli("import", str(folder / "debtors.csv"), "--client", "T2H", "--currency", "USD"))
    before = ok(cli("show", "1", "--json")).data
    found = ok(cli("import", str(folder / "payments.csv"), "--json")).data
    assert (found["kind"], found["rows"], found["new"]) == ("payments", 2000, 2000)
    assert (found["totals"], found["rejected"]) == ({"USD": "5015868.00"}, 0)
    again = ok(cli("import", str(folder / "payments.csv"), "--json")).data
    assert (again["new"], again["unchanged"], again["totals"]) == (0, 2000, {})
    listed = ok(cli("payment", "list", "--json")).data["payments"]
    assert (len(listed), sum(round(float(p["amount"])) for p in listed)) == (2000, 5_015_868)
    shown = ok(cli("show", "1", "--json")).data
    assert (shown["stated"]["total_paid"], shown["paid"]) == ("12022.00", "5267.00")
    assert shown["money"]["balance"] == "23834.00"  # 29,101 less what the ledger has
    ok(cli("undo"))
    assert ok(cli("show", "1", "--json")).data == before


def test_eight_thousand_instalments_are_counted(cli: Cli, data: Path):
    line = ("import", str(data / "lending_in/repayment.csv"), "--dry-run", "--currency", "INR")
    counts = ok(cli(*line, "--json")).data["money"]["schedule"]
    assert counts == {
        "instalments": 8000, "accounts": 2008, "on_time": 6288, "late": 1079, "missed": 397, "part": 236,
        "short_accounts": 532, "shortfall": {"INR": "10641700.32"},
    }  # fmt: skip
    assert "10,641,700.32 INR" in ok(cli(*line)).out


def test_impossible_promise_dates_are_reported(cli: Cli, data: Path):
    line = ("import", str(data / "lending_in/collection.csv"), "--kind", "promises", "--client", "L",
            "--map", "outstanding_amount=promised_amount", "--currency", "INR", "--dry-run")  # fmt: skip
    found = ok(cli(*line, "--json")).data
    assert (found["money"]["stated"], found["money"]["impossible"]) == (681, 355)
    assert len(found["errors"]) == 355
    assert "681 promise dates, 355 of them before their own day" in ok(cli(*line)).out
