"""A whole day on a bank's placement of 300 accounts, as a collector works it."""

from pathlib import Path

import pytest

from tests.conftest import Cli, Ran

ENVELOPE = {"schema_version", "command", "as_of", "data", "warnings"}
TODAY = {"rows", "due", "shown", "hidden", "forgotten", "overnight", "overdue", "by_class"}
ROW = {
    "rank", "account", "name", "person", "client", "batch", "currency", "balance", "days_past_due", "bucket",
    "class", "task", "reason", "points", "why", "to", "phone", "channel", "verdict", "calls_left", "window",
    "next_at", "promise", "last_contact", "tags", "hidden", "due",
}  # fmt: skip
IMPORT = {
    "file", "kind", "encoding", "delimiter", "header_row", "columns", "rows", "new", "changed", "unchanged",
    "reopened", "repeated", "left_out", "rejected", "closed", "people", "totals", "errors", "dry_run",
    "remarks", "policies",
}  # fmt: skip
LOG = {
    "activity", "account", "outcome", "who", "to", "at", "breaches", "overridden", "promise",
    "promises", "claimed", "currency", "hold", "also", "amends", "next",
}  # fmt: skip
PROMISE = {"promise", "account", "amount", "currency", "due", "state", "kept_amount", "payer"}
MONEY = {
    "currency", "balance", "principal", "interest", "penalty", "fees", "costs", "credit", "client_states",
    "difference",
}  # fmt: skip


def ok(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    return ran


@pytest.fixture
def desk(cli: Cli, data: Path) -> Cli:
    """The book in the morning, the list on the screen."""
    cli.begin("import", str(data / "cn/placement_gb18030.csv"))
    ok(cli("today"))
    return cli


def rows(cli: Cli, *args: str) -> list[dict]:
    return ok(cli("today", "--json", "--limit", "500", *args)).data["rows"]


def test_both_files_of_the_bank_are_the_same_accounts(cli: Cli, data: Path):
    first = ok(cli("import", str(data / "cn/placement_gb18030.csv"), "--json")).data
    assert set(first) == IMPORT
    assert (first["rows"], first["new"], first["people"]) == (300, 300, 270)
    assert (first["totals"], first["left_out"]) == ({"CNY": "15363676.78"}, 1)
    second = ok(cli("import", str(data / "cn/placement.xlsx"), "--json")).data
    assert (second["new"], second["changed"], second["unchanged"]) == (0, 0, 300)
    assert (second["people"], second["totals"]) == (270, {"CNY": "15363676.78"})


@pytest.mark.parametrize(
    ("name", "options", "accounts", "repeated", "total"),
    [
        ("collections_t2h/debtors.csv", ("--client", "T2H", "--currency", "USD"), 500, 0, "12715757.00"),
        ("portfolio/sample_portfolio.xlsx", ("--client", "P", "--currency", "USD"), 80, 0, "967498.17"),
        ("collections_t2h/Debtors_Debt.csv", ("--client", "D", "--currency", "USD"), 37, 963, None),
    ],
)
def test_other_files_import_and_a_second_time_nothing_is_new(
    cli: Cli, data: Path, name: str, options: tuple[str, ...], accounts: int, repeated: int, total: str | None
):
    first = ok(cli("import", str(data / name), *options, "--json")).data
    assert (first["new"], first["repeated"]) == (accounts, repeated)
    assert total is None or first["totals"] == {"USD": total}
    again = ok(cli("import", str(data / name), *options, "--json", now="2026-11-24T09:00")).data
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, accounts)


CALLS = [
    ("@1", "na"), ("@2", "ptp", "2000@fri", "发工资"), ("@3", "na"), ("@4", "cb", "20:30"), ("@5", "vm"),
    ("@6", "tp", "--who", "配偶"), ("@7", "ptp", "1000@now", "1000@30"), ("@8", "wn"), ("@9", "rtp"),
    ("@10", "hs", "生病"), ("@11", "dis", "金额不对"), ("@12", "bz"), ("@13", "off"), ("@14", "neg"),
    ("@15", "cp", "500"), ("@16", "hu"), ("@17", "tpp", "800@+3d", "--who", "父亲"), ("@18", "nis"),
    ("@19", "ai"), ("@20", "st", "5000"), ("@2", "neg"), ("@1", "na"), ("@12", "na"), ("@13", "rej"),
    ("@14", "pl"), ("@16", "sus"), ("@19", "vm"), ("@5", "tpr"), ("@9", "cmp"), ("@10", "ptp", "300@eom"),
]  # fmt: skip


def test_thirty_calls_of_a_day(desk: Cli):
    logged = [ok(desk("log", *call, "--json")).document for call in CALLS]
    assert all(set(document) == ENVELOPE and set(document["data"]) == LOG for document in logged)
    assert len({document["data"]["outcome"] for document in logged}) >= 15

    half = logged[6]["data"]
    assert (half["claimed"], half["promise"]["amount"], half["promise"]["due"]) == (
        ["1000.00"],
        "1000.00",
        "2026-11-30",
    )
    assert set(half["promise"]) == PROMISE
    assert logged[5]["data"]["who"] == "third"
    assert logged[3]["data"]["next"]["at"] == "2026-11-23T20:30:00+08:00"
    assert logged[16]["data"]["promise"]["payer"]
    assert logged[10]["data"]["hold"] == "dispute"

    after = ok(desk("today", "--json")).document
    assert set(after) == ENVELOPE
    assert set(after["data"]) == TODAY
    assert {key for row in after["data"]["rows"] for key in row} == ROW
    assert after["data"]["forgotten"] == 0
    assert ok(desk("list", "state:hold", "--json")).data["total"] == 2

    report = ok(desk("report", "--json")).data
    assert report["attempts"] == 30
    assert report["promises"]["count"] == 4
    assert sum(outcome["attempts"] for outcome in report["by_outcome"]) == 30
    assert len(ok(desk("report", "--brief")).out.splitlines()) == 6


def test_two_debts_of_one_person_in_one_call(desk: Cli):
    both = next(row for row in rows(desk) if row["person"]["accounts"] == 2)
    other = ok(desk("show", both["account"], "--json")).data["other_accounts"][0]
    done = ok(desk("log", both["account"], "ptp", "500@fri", "--also", f"{other}=ptp:300@fri", "--json")).data
    assert done["also"] == [other]
    shown = ok(desk("show", other, "--json")).data
    assert shown["promises"][0]["amount"] == "300.00"
    assert ok(desk("report", "--json")).data["attempts"] == 1
    assert ok(desk("report", "--json")).data["accounts_worked"] == 2


def test_a_mistyped_outcome_is_amended_two_calls_later(desk: Cli):
    wrong = ok(desk("log", "@1", "ptp", "2000@fri", "发工资", "--json")).data
    ok(desk("log", "@2", "na"))
    ok(desk("log", "@3", "na"))
    right = ok(desk("amend", str(wrong["activity"]), "rtp", "--json")).data
    assert (right["amends"], right["outcome"], right["promise"]) == (wrong["activity"], "refused", None)
    shown = ok(desk("show", wrong["account"], "--json")).data
    assert shown["promises"] == []
    assert [(e["outcome"], e["amended_by"], e["text"]) for e in shown["timeline"]] == [
        ("refused", None, "发工资"),
        ("promise", right["activity"], "发工资"),
    ]
    assert set(shown["money"]) == MONEY


def test_an_amended_sum_keeps_the_rest(desk: Cli):
    first = ok(desk("log", "@1", "ptp", "2000@fri", "发工资", "+x", "--json")).data
    later = ok(desk("amend", str(first["activity"]), "1500@fri", "--json", now="2026-11-25T09:00")).data
    assert [p["amount"] for p in later["promises"]] == ["1500.00"]
    moved = ok(desk("amend", "@", "--at", "2026-11-23T08:30", "--json", now="2026-12-05T09:00")).data
    assert (moved["at"], moved["promise"]["due"]) == ("2026-11-23T08:30:00+08:00", "2026-11-27")
    shown = ok(desk("show", first["account"], "--json")).data
    assert (shown["timeline"][0]["text"], shown["tags"]) == ("发工资", ["x"])


def test_an_entry_on_the_wrong_account_moves_with_everything(desk: Cli):
    wrong, other = rows(desk)[0]["account"], rows(desk)[1]["account"]
    ok(desk("log", wrong, "ptp", "2000@fri"))
    ok(desk("amend", "@", "--account", other))
    assert ok(desk("show", wrong, "--json")).data["promises"] == []
    assert ok(desk("show", other, "--json")).data["promises"][0]["amount"] == "2000.00"


def test_notes_tags_and_what_is_found(desk: Cli):
    ok(desk("note", "@1", "客户在外地出差"))
    ok(desk("tag", "@2", "+敏感"))
    account = rows(desk)[0]["account"]
    assert [hit["account"] for hit in ok(desk("find", "出差", "--json")).data["accounts"]] == [account]
    assert [row["account"] for row in rows(desk, "tag:敏感")] == [rows(desk)[1]["account"]]
    ok(desk("tag", "@2", "-敏感"))
    assert rows(desk, "tag:敏感") == []


def test_thirty_accounts_are_recalled_by_a_file_and_come_back_by_undo(desk: Cli, home: Path):
    numbers = [row["account"] for row in rows(desk)[:30]]
    (home / "recall.csv").write_text(
        "案件编号,退案日期\n" + "".join(f"{n},2026-11-23\n" for n in numbers), "utf-8"
    )
    before = ok(desk("today", "--json")).data
    done = ok(desk("import", str(home / "recall.csv"), "--json")).data
    assert (done["kind"], done["rows"], done["changed"]) == ("recalls", 30, 30)
    assert not set(numbers) & {row["account"] for row in rows(desk)}
    ok(desk("undo"))
    assert ok(desk("today", "--json")).data == before


def test_three_commands_are_undone_and_one_brought_back(desk: Cli):
    before = ok(desk("today", "--json")).data
    ok(desk("log", "@1", "ptp", "2000@fri"))
    ok(desk("note", "@2", "x"))
    after_note = ok(desk("list", "--json")).data
    ok(desk("close", "@3", "--as", "paid"))
    ok(desk("undo", "-n", "3"))
    assert ok(desk("today", "--json")).data == before
    ok(desk("redo"))
    ok(desk("redo"))
    assert ok(desk("list", "--json")).data == after_note
    kinds = [entry["kind"] for entry in ok(desk("history", "--json")).data["entries"]]
    assert kinds == ["redo", "redo", "undo", "undo", "undo", "step", "step", "step", "step"]


def test_an_import_is_undone_and_imported_again_under_the_same_identities(desk: Cli, data: Path):
    before = ok(desk("list", "--json", "--limit", "300")).data
    ok(desk("undo"))
    assert ok(desk("today", "--json")).data["due"] == 0
    assert ok(desk("find", "ZX2026000001", "--json")).data["accounts"] == []
    again = ok(
        desk("import", str(data / "cn/placement.xlsx"), "--batch", "placement_gb18030.csv", "--json")
    ).data
    assert again["new"] == 300
    assert ok(desk("list", "--json", "--limit", "300")).data == before


def test_accounts_come_from_standard_input(desk: Cli):
    done = ok(desk("close", "-", "--as", "returned", stdin="ZX2026000001\nZX2026000002\n"))
    assert done.out.count("closed as returned") == 2
    assert "undone" in ok(desk("undo")).out
    assert ok(desk("list", "state:closed", "--json")).data["total"] == 0


def test_the_next_morning_says_what_changed_overnight(desk: Cli):
    ok(desk("log", "@1", "ptp", "2000@2026-11-24"))
    ok(desk("log", "@2", "cb", "2026-11-24T10:00"))
    morning = ok(desk("today", "--json", now="2026-11-24T09:00")).data
    assert morning["overnight"]["due"] == 1
    first = ok(desk("today", "--json", now="2026-11-24T10:00")).data["rows"][0]
    assert first["class"] == "callback"
    broken = ok(desk("today", "--json", now="2026-11-26T09:00")).data
    assert broken["overnight"]["broken"] == 1


def test_a_clock_set_back_is_answered_without_storing(desk: Cli):
    monday = ok(desk("today", "--json")).data
    ok(desk("today", "--json", now="2026-11-30T09:00"))
    assert ok(desk("today", "--json", now="2026-11-23T09:00")).data == monday | {
        "overnight": monday["overnight"]
    }


def test_the_book_is_private(desk: Cli, home: Path):
    assert (home / "book.db").stat().st_mode & 0o777 == 0o600
    shown = ok(desk("show", "ZX2026000001", "--json")).out
    assert "110101190501049548" not in shown
    assert "6222025848007750000" not in shown
    assert "110101190501049548" in ok(desk("show", "ZX2026000001", "--reveal", "--json")).out
    assert ok(desk("history", "--json")).data["entries"][0]["text"] == "revealed ZX2026000001"


def test_a_short_update_keeps_what_it_does_not_speak_of(cli: Cli, home: Path):
    full = "account,name,client,currency,balance,principal,due_date,city\n"
    full += "A1,张甲,Bank,CNY,5000,4000,2026-10-01,上海\n"
    short = "account,name,client,currency,balance\nA1,张甲,Bank,CNY,4500\n"
    for name, text in (("full.csv", full), ("short.csv", short)):
        (home / name).write_text(text, "utf-8")
        ok(cli("import", str(home / name)))
    shown = ok(cli("show", "A1", "--json")).data
    money = shown["money"]
    assert (shown["days_past_due"], shown["stated"]["city"]) == (53, "上海")
    assert (money["balance"], money["client_states"], money["difference"]) == (
        "5000.00",
        "4500.00",
        "-500.00",
    )
    assert ok(cli("import", str(home / "short.csv"), "--json")).data["unchanged"] == 1


def test_rows_of_a_recall_list_that_fit_nothing_are_written_out(desk: Cli, home: Path):
    (home / "recall.csv").write_text("案件编号,姓名\nZX2026000001,张军㐂\nNONE-1,无\n", "utf-8")
    assert desk("import", str(home / "recall.csv")).code == 3
    done = ok(
        desk("import", str(home / "recall.csv"), "--skip-bad", "--rejects", str(home / "r.csv"), "--json")
    )
    assert (done.data["changed"], done.data["rejected"]) == (1, 1)
    assert "NONE-1" in (home / "r.csv").read_text("utf-8-sig")


def test_nothing_to_do_is_no_failure(cli: Cli):
    assert ok(cli("undo", "--json")).data == {"steps": []}
    assert ok(cli("redo", "--json")).data == {"steps": []}
    assert ok(cli("next", "--json")).data is None
    assert ok(cli("today", "--json")).data["rows"] == []
