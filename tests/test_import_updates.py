"""Later files of the same client: what changes, what goes back, and numbers that are nearly the same."""

from functools import partial
from pathlib import Path

import pytest

from collectctl.usecases import import_accounts
from tests.conftest import Cli, Ran
from tests.test_money_day import data, ok

FIRST = """account,name,client,balance,placement ends
0012,甲天,示例银行,100,2026-12-31
0013,乙地,示例银行,200,
ab 7,丙玄,示例银行,300,
"""
LOST = "account,name,client,balance\n12,甲天,示例银行,90\n13,乙地,示例银行,200\nAB7,丙玄,示例银行,300\n"


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(home)
    Path("first.csv").write_text(FIRST, "utf-8")
    cli.begin("import", "first.csv", "--currency", "CNY")
    return cli


def send(cli: Cli, text: str, *options: str) -> Ran:
    Path("later.csv").write_text(text, "utf-8")
    return cli("import", "later.csv", *options)


def numbers(cli: Cli) -> list[str]:
    return [row["account"] for row in data(cli, "list")["rows"]]


# --- numbers that are nearly the same -------------------------------------------------------------------


def test_numbers_that_lost_their_zeros_are_reported_and_nothing_is_merged(desk: Cli):
    before = numbers(desk)
    refused = send(desk, LOST)
    assert refused.code == 4
    assert "2 numbers differ only in leading zeros" in refused.err
    assert "--match-zeros" in refused.err
    assert numbers(desk) == before


def test_they_are_the_same_accounts_where_the_user_says_so(desk: Cli):
    done = data(desk, "import", _file(LOST), "--match-zeros")
    assert (done["new"], done["changed"], done["unchanged"]) == (0, 1, 2)
    assert numbers(desk) == ["0012", "0013", "ab 7"]
    assert data(desk, "show", "0012")["money"]["client_states"] == "90.00"


def test_they_are_others_where_the_user_says_so(desk: Cli):
    done = data(desk, "import", _file(LOST), "--no-match-zeros")
    assert (done["new"], len(numbers(desk))) == (3, 6)


@pytest.mark.parametrize("numbers_of_one", [("12", "012"), ("0012", "12")])
def test_two_rows_are_never_the_same_account_because_their_numbers_are_nearly(
    desk: Cli, numbers_of_one: tuple[str, str]
):
    text = "account,name,client,balance\n{},甲天,示例银行,90\n{},丁黄,示例银行,500\n".format(*numbers_of_one)
    refused = send(desk, text, "--match-zeros")
    assert (refused.code, "row 2 and row 3 would both be one account of the book" in refused.err) == (4, True)
    assert data(desk, "show", "0012")["money"]["client_states"] == "100.00"
    assert data(desk, "import", _file(text), "--no-match-zeros")["changed"] <= 1


def test_a_dry_run_warns_of_them(desk: Cli):
    tried = ok(send(desk, LOST, "--dry-run"))
    assert "differ only in leading zeros" in tried.err
    assert len(numbers(desk)) == 3


def test_a_number_that_two_accounts_nearly_have_is_neither(desk: Cli):
    send(desk, "account,name,client,balance\n012,丁黄,示例银行,5\n", "--no-match-zeros")
    done = data(desk, "import", _file(LOST), "--match-zeros")
    assert done["new"] == 1


def test_another_clients_numbers_are_no_matter(desk: Cli):
    other = LOST.replace("示例银行", "另一银行")
    assert data(desk, "import", _file(other), "--currency", "CNY")["new"] == 3


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("account\n12\n", "1 recalled"),
        ("payment_id,account,payment date,amount paid\np1,12,2026-11-20,30\n", "1 payments added"),
        ("account,extended until\n12,2027-01-31\n", "1"),
        ("account,attempt date,outcome\n12,2026-11-20,na\n", "1"),
    ],
)
def test_lists_with_such_numbers_are_asked_about_too(desk: Cli, text: str, done: str):
    refused = send(desk, text)
    assert (refused.code, "leading zeros" in refused.err) == (4, True)
    assert done in ok(send(desk, text, "--match-zeros")).out


# --- a list of everything that is placed ----------------------------------------------------------------


def test_what_a_complete_file_does_not_name_goes_back(desk: Cli):
    only = "account,name,client,balance\n0012,甲天,示例银行,90\n"
    left = ok(send(desk, only))
    assert "2 open accounts of 示例银行 are not in this file" in left.err
    assert data(desk, "show", "0013")["state"] != "closed"
    done = data(desk, "import", _file(only), "--complete")
    assert (done["unchanged"], done["closed"]) == (1, 2)
    assert data(desk, "show", "0013")["state"] == "closed"
    ok(desk("undo"))
    assert data(desk, "show", "0013")["state"] != "closed"


def test_an_old_file_that_is_read_again_brings_nobody_back(desk: Cli):
    ok(desk("close", "0013", "--as", "paid"))
    again = ok(desk("import", "first.csv", "--currency", "CNY"))
    assert "1 accounts stay closed, the file says nothing new of them: 0013" in again.err
    assert data(desk, "show", "0013")["state"] == "closed"
    later = FIRST.replace("0013,乙地,示例银行,200", "0013,乙地,示例银行,250")
    back = ok(send(desk, later))
    assert "1 closed accounts come back: 0013" in back.err
    assert data(desk, "show", "0013")["state"] != "closed"


def test_people_are_counted_as_the_book_joins_them(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(home)
    lines = "account,name,client,balance,id number,customer number\n"
    lines += "A1,甲天,示例银行,1,99X,K1\nA2,甲天,示例银行,2,,K1\nA3,乙地,示例银行,3,,\n"
    Path("three.csv").write_text(lines, "utf-8")
    assert data(cli, "import", "three.csv", "--currency", "CNY")["people"] == 2
    assert len({row["person"]["id"] for row in data(cli, "list")["rows"]}) == 2


def test_what_is_proposed_for_several_accounts_does_it(desk: Cli):
    lines = "account,name,client,balance,remarks\n"
    lines += "".join(f"R{n},甲{n},示例银行,5,要求晚上联系\n" for n in range(3))
    told = ok(send(desk, lines)).out
    (line,) = [line.strip() for line in told.splitlines() if "collectctl find" in line]
    found, _bar, limit = line.partition(" | ")
    words = [part.split()[1:] for part in (found, limit)]
    piped = ok(desk(*words[0])).out
    assert ok(desk(*words[1], stdin=piped)).out.count("18:00-21:00") == 3
    assert all("18:00" in desk("can", f"R{n}").out for n in range(3))


def test_another_debtors_name_is_said(desk: Cli):
    renamed = ok(send(desk, FIRST.replace("乙地", "乙玄")))
    assert "1 accounts have another debtor's name than before: 0013" in renamed.err


def test_a_recall_that_names_somebody_else_is_said(desk: Cli):
    odd = ok(send(desk, "account,name\n0012,甲*\n0013,丁黄\n"))
    assert "2 recalled" in odd.out
    assert "1 rows name somebody else than the account's debtor, the first is row 3" in odd.err


@pytest.mark.parametrize(
    "text",
    [
        "payment_id,account,payment date,amount paid\np1,0013,2026-11-23,30.000000000000004\n",
        "account,promise date,promise amount\n0013,2026-12-05,30.000000000000004\n",
        "account,at,outcome,promise date,promise amount\n0013,2026-11-20,ptp,2026-12-05,30.000000000000004\n",
    ],
)
def test_floats_of_a_spreadsheet_are_rounded_and_told(desk: Cli, text: str):
    assert "1 amounts had a spreadsheet's stray decimals" in ok(send(desk, text)).err


def test_payments_of_days_before_the_stated_balance_are_said(desk: Cli):
    paid = ok(send(desk, "payment_id,account,payment date,amount paid\np1,0013,2026-01-05,30\n"))
    assert "1 payments are of days before the balance that the client stated" in paid.err
    assert "imported later.csv: 1 payments" in ok(desk("history")).out


def test_accounts_of_other_clients_stay(desk: Cli):
    ok(send(desk, FIRST.replace("示例银行", "另一银行"), "--currency", "CNY"))
    ok(send(desk, "account,name,client,balance\n0012,甲天,示例银行,90\n", "--complete"))
    states = {(row["client"], row["account"]): row["hidden"] for row in data(desk, "list")["rows"]}
    assert states["另一银行", "0013"] != "closed"


def test_of_two_lists_neither_is_complete(desk: Cli):
    one, other = (f"account,name,client,balance\n{row},示例银行,1\n" for row in ("0012,甲天", "0013,乙地"))
    Path("one.csv").write_text(one, "utf-8")
    refused = desk("import", "one.csv", _file(other), "--complete")
    assert (refused.code, "--complete goes with one file" in refused.err) == (2, True)
    assert data(desk, "show", "0012")["state"] != "closed"


def test_with_rows_left_out_a_file_is_not_complete(desk: Cli):
    broken = "account,name,client,balance\n0012,甲天,示例银行,90\n0013,乙地,示例银行,twelve\n"
    refused = send(desk, broken, "--complete", "--skip-bad")
    assert (refused.code, "--complete" in refused.err) == (4, True)
    assert data(desk, "show", "0013")["state"] != "closed"


def test_a_later_file_moves_the_end_of_a_placement_and_keeps_what_was_added(desk: Cli):
    ok(desk("tag", "0012", "+careful"))
    moved = "account,name,client,balance,placement ends\n0012,甲天,示例银行,100,2027-02-28\n"
    assert data(desk, "import", _file(moved))["changed"] == 1
    shown = data(desk, "show", "0012")
    assert (shown["tags"], "2027-02-28" in str(shown)) == (["careful"], True)


# --- the stream -----------------------------------------------------------------------------------------


def test_a_file_is_the_same_in_large_and_in_small_pieces(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(home)
    lines = ["account,name,id number,mobile,client,balance,due date,placement ends"]
    for n in range(60):
        client, owner = ("示例银行", "Example Bank")[n % 2], n // 3 if n % 5 else n % 7
        lines.append(
            f"A{n:03d},甲{n},99{owner:016d},100{owner:08d},{client},{(n * 7919) % 9000 + 1},"
            f"2026-{n % 9 + 1:02d}-{n % 28 + 1:02d},2026-12-{n % 28 + 1:02d}"
        )
    lines.insert(20, lines[7])
    Path("many.csv").write_text("\n".join(lines), "utf-8")
    found = []
    for size in (2, 7, 2_000):
        monkeypatch.setattr(import_accounts, "BATCH", size)
        book = partial(cli, db=home / f"{size}.db")
        done = data(book, "import", "many.csv", "--currency", "CNY")
        listed = data(book, "list", "--limit", "100")["rows"]
        day = data(book, "today", "--all")
        found.append((done, listed, day))
    assert found[0][0]["new"] == 60
    for small in found[:-1]:
        assert small[0] == found[-1][0]
        assert [_known(row) for row in small[1]] == [_known(row) for row in found[-1][1]]
        assert {k: v for k, v in small[2].items() if k != "rows"} == {
            k: v for k, v in found[-1][2].items() if k != "rows"
        }


def _known(row: dict) -> tuple:
    return row["account"], row["class"], row["points"], row["reason"], row["person"]["accounts"]


def _file(text: str) -> str:
    Path("later.csv").write_text(text, "utf-8")
    return "later.csv"


# --- what a later file says of people -------------------------------------------------------------------

PEOPLE = "account,name,client,balance,party1_name,party1_relation,party1_phone\n0012,{},示例银行,100,{}\n"


def test_a_new_number_of_somebody_known_is_added_once_and_undone(desk: Cli):
    ok(send(desk, PEOPLE.format("甲天", "甲友,朋友,13800130101")))
    later = PEOPLE.format("甲天", "甲友,朋友,13800130102")
    assert data(desk, "import", _file(later))["changed"] == 1
    (friend,) = data(desk, "show", "0012")["parties"]
    assert friend["phones"] == ["13800130101", "13800130102"]
    assert data(desk, "import", _file(later))["unchanged"] == 1
    ok(desk("undo"))
    assert data(desk, "show", "0012")["parties"][0]["phones"] == ["13800130101"]


def test_others_without_a_name_are_told_apart_by_their_relation(desk: Cli):
    ok(send(desk, PEOPLE.format("甲天", ",朋友,13800130101")))
    assert data(desk, "import", _file(PEOPLE.format("甲天", ",同事,13800130101")))["unchanged"] == 1
    ok(send(desk, PEOPLE.format("甲天", ",同事,13800130102")))
    parties = data(desk, "show", "0012")["parties"]
    assert [(p["relation"], p["phones"]) for p in parties] == [
        ("朋友", ["13800130101"]), ("同事", ["13800130102"]),
    ]  # fmt: skip


def test_a_file_without_names_leaves_the_debtor_theirs(desk: Cli):
    ok(send(desk, "account,client,balance\n0012,示例银行,90\n"))
    assert data(desk, "show", "0012")["name"] == "甲天"
    assert "甲天" in ok(desk("find", "甲天")).out


def test_who_comes_back_under_another_name_has_that_name(desk: Cli):
    ok(desk("close", "0012", "--as", "recalled"))
    done = data(desk, "import", _file(FIRST.replace("甲天", "甲新")))
    assert (done["reopened"], data(desk, "show", "0012")["name"]) == (1, "甲新")


# --- rows that were left out ----------------------------------------------------------------------------


def test_mended_rejects_are_read_like_the_file_that_they_come_from(desk: Cli):
    text = "Konto,account_name,client,balance\nK1,甲天,示例银行,1o0\nK2,乙地,示例银行,5\n"
    told = ("--map", "Konto=account", "--map", "account_name=name")
    ok(send(desk, text, *told, "--skip-bad", "--rejects", "rejects.csv"))
    Path("rejects.csv").write_text(Path("rejects.csv").read_text("utf-8-sig").replace("1o0", "100"), "utf-8")
    mended = ok(desk("import", "rejects.csv"))
    assert "collectctl error" not in mended.out + mended.err
    assert data(desk, "show", "K1")["name"] == "甲天"


def test_a_recall_of_a_number_that_two_clients_have_says_so(desk: Cli):
    ok(send(desk, FIRST.replace("示例银行", "另一银行"), "--currency", "CNY"))
    refused = send(desk, "account\n0012\n")
    assert (refused.code, "several clients have that number: --client NAME" in refused.err) == (4, True)
    assert "1 recalled" in ok(send(desk, "account\n0012\n", "--client", "另一银行")).out


def test_an_open_account_never_changes_its_currency(desk: Cli):
    ok(desk("pay", "0012", "30"))
    later = "account,name,client,balance,currency\n0012,甲天,示例银行,100,USD\n"
    refused = send(desk, later)
    assert (refused.code, "row 2 has an open account in another currency" in refused.err) == (4, True)
    assert data(desk, "show", "0012")["money"]["balance"] == "70.00"
    ok(desk("close", "0012", "--as", "returned"))
    assert data(desk, "import", _file(later))["reopened"] == 1
    assert data(desk, "show", "0012")["money"]["currency"] == "USD"


def test_a_policy_that_a_later_file_brings_binds_who_was_there_before(cli: Cli, home: Path):
    for file, row in (("a", "76,甲天,示例银行,5,13900000001"), ("b", "77,丁黄,示例银行,5,13900000002")):
        (home / f"{file}.csv").write_text(f"account,name,client,balance,phone\n{row}\n", "utf-8")
    ok(cli("import", str(home / "a.csv"), "--currency", "CNY", "--policy", "none"))
    ok(cli("import", str(home / "b.csv"), "--currency", "CNY"))
    ok(cli("book", "check"))
    ok(cli("undo"))
    ok(cli("book", "check"))
