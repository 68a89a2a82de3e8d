"""Lists of numbers to dial and of extensions: whose they are, what they add, what stays as it was."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Ran
from tests.test_call_logs import BOOK, rows
from tests.test_money_day import data, ok


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(home)
    Path("book.csv").write_text(BOOK, "utf-8")
    cli.begin("import", "book.csv", "--policy", "us-regf")
    return cli


def send(cli: Cli, text: str, *options: str) -> Ran:
    Path("list.csv").write_text(text, "utf-8")
    return cli("import", "list.csv", *options)


def did(cli: Cli, kind: str, text: str, *options: str) -> Any:
    return ok(send(cli, text, *options, "--json")).data[kind]


POINTS = """select p.name, c.value, c.label, c.source from contact_point c
    join operation o on o.id = c.op and o.stands join party p on p.person = c.person and p.account = 1
    order by c.id"""

# --- numbers ------------------------------------------------------------------------------------------------


def test_new_numbers_are_added_and_known_ones_are_not(desk: Cli, home: Path):
    text = "account,name,phone,home phone\n"
    text += "A1,Ann Invented,+1 202-555-0101,2025550111 / 2025550112\nB1,Bob Invented,2025550113,\n"
    told = ok(send(desk, text))
    assert "list.csv: phones" in told.out
    assert "2 rows: 3 numbers added, 1 on record already" in told.out
    assert rows(home, POINTS)[3:] == [
        ("Ann Invented", "2025550111", "home", "client"), ("Ann Invented", "2025550112", "home", "client"),
    ]  # fmt: skip
    again = ok(send(desk, text))
    assert ("4 on record already" in again.out, "nothing new" in again.out) == (True, True)
    ok(desk("undo"))
    assert len(rows(home, POINTS)) == 3


def test_the_numbers_of_others_are_theirs(desk: Cli, home: Path):
    text = "案件号,姓名,关系,电话,电话类型,号码来源,备注\n"
    text += "A1,Moe Invented,母亲,2025550114,手机,信修,called back from here\n"
    text += "A1,Dad Invented,配偶,2025550115,家庭电话,联系人,\n"
    text += "A1,Dad Invented,配偶,2025550116,,,\n"
    text += "A1,Ann Invented,本人,2025550117,单位,本人,\n"
    told = did(desk, "phones", text)
    assert (told["added"], told["known"], told["parties"]) == (4, 0, 1)
    assert rows(home, POINTS)[3:] == [
        ("Moe Invented", "2025550114", "mobile", "tracing"),
        ("Dad Invented", "2025550115", "home", "contact"),
        ("Dad Invented", "2025550116", "", "client"),
        ("Ann Invented", "2025550117", "work", "debtor"),
    ]
    assert rows(home, "select role from party where name = 'Dad Invented'") == [("spouse",)]
    assert "called back from here" in ok(desk("show", "A1", "--all")).out
    assert did(desk, "phones", text) | {"strangers": []} == {
        "added": 0, "known": 4, "unknown": 0, "strangers": [], "dead": 0, "parties": 0, "empty": 0,
    }  # fmt: skip


def test_columns_of_contacts_are_read_as_in_a_placement(desk: Cli, home: Path):
    text = "案件号,手机号,联系人1姓名,联系人1关系,联系人1电话,担保人姓名,担保人手机\n"
    text += "A1,2025550101,Moe Invented,母亲,2025550109;2025550118,Gus Invented,2025550119\n"
    told = did(desk, "phones", text)
    assert (told["added"], told["known"], told["parties"]) == (2, 2, 1)
    assert rows(home, POINTS)[3:] == [
        ("Moe Invented", "2025550118", "", "client"), ("Gus Invented", "2025550119", "mobile", "client"),
    ]  # fmt: skip


def test_a_name_that_is_not_the_debtors_makes_no_number_theirs(desk: Cli, home: Path):
    text = "account,name,phone\nA1,Somebody Invented,2025550120\n"
    refused = send(desk, text)
    assert (refused.code, "not the debtor's name" in refused.err) == (4, True)
    assert "Somebody Invented" not in refused.err
    assert did(desk, "phones", text, "--map", "name=")["added"] == 1
    assert did(desk, "phones", "account,phone,name\nA1,2025550121,ａｎｎ  invented\n")["added"] == 1


def test_a_number_that_was_found_dead_stays_dead(desk: Cli):
    ok(desk("log", "A1", "nis", "--to", "2025550101"))
    told = ok(send(desk, "account,phone\nA1,2025550101\n"))
    assert "1 known to be dead or wrong, and left so" in told.out
    numbers = {n["phone"]: n["state"] for n in data(desk, "show", "A1")["phones"]}
    assert numbers["2025550101"] == "dead"


def test_an_identity_number_or_a_customer_number_names_a_person(desk: Cli, home: Path):
    text = "身份证号,手机\n110101199001011234,2025550122\n110101199001019999,2025550123\n"
    told = did(desk, "phones", text)
    assert (told["added"], told["unknown"]) == (1, 1)
    Path("c.csv").write_text("account,customerID,client,currency,balance\nC1,K-7,Bank,USD,5\n", "utf-8")
    ok(desk("import", "c.csv"))
    assert did(desk, "phones", "customerID,phone\nK-7,2025550124\n")["added"] == 1


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("account,phone\nA1,none of your business\n", 4, "no phone number"),
        ("account,phone,source\nA1,2025550125,a bird\n", 4, "no such source; there are client, debtor"),
        ("account,phone\nZ9,2025550125\n", 3, "none of the 1 rows is about an account of the book"),
        ("account,phone\n,2025550125\n", 4, "no account number"),
        ("account,phone,colour\nA1,2025550125,red\n", 4, "no column is recognised as balance"),
    ],
)
def test_numbers_that_cannot_be_used_change_nothing(desk: Cli, home: Path, text: str, code: int, why: str):
    before = rows(home, POINTS)
    refused = send(desk, text)
    assert (refused.code, why in refused.err, rows(home, POINTS)) == (code, True, before)


def test_a_list_with_columns_of_its_own_is_one_of_numbers_where_that_is_said(desk: Cli):
    text = "account,phone,colour\nA1,2025550125,red\n,,\nA1,—,\n"
    assert "--kind phones" in send(desk, text).err
    told = ok(send(desk, text, "--kind", "phones"))
    assert "2 rows: 1 numbers added, 1 without a number" in told.out
    assert "not read: colour" in told.out


# --- extensions ---------------------------------------------------------------------------------------------


def ends(home: Path) -> dict[str, str]:
    return dict(rows(home, "select a.number, w.ends_on from worklist w join account a on a.id = w.account"))


def test_placements_run_longer_as_with_extend(desk: Cli, home: Path):
    ok(desk("close", "B1", "--as", "paid"))
    text = "案件号,留案至,审批编号\nA1,2027-03-31,OK-1\nA2,2027-01-31,\nB1,2027-03-31,\nZ9,2027-03-31,\n"
    told = ok(send(desk, text))
    assert "list.csv: extensions" in told.out
    words = "4 rows: 1 placements extended, 1 closed, 1 on record already, 1 about unknown accounts"
    assert words in told.out
    assert ("not in the book: Z9" in told.out, "closed, and left so: B1" in told.out) == (True, True)
    assert (ends(home)["A1"], ends(home)["A2"]) == ("2027-03-31", "2027-01-31")
    assert rows(home, "select reference from placement_event where kind = 'extended'") == [("OK-1",)]
    assert "nothing new" in ok(send(desk, text)).out
    ok(desk("undo"))
    assert ends(home)["A1"] == "2026-12-31"
    ok(desk("redo"))
    assert ends(home)["A1"] == "2027-03-31"


def test_any_end_of_a_placement_serves_where_the_kind_is_said(desk: Cli, home: Path):
    text = "account,placement end\nA1,2027-03-31\n"
    assert "list.csv: recalls" in ok(send(desk, text, "--dry-run")).out
    told = ok(send(desk, text, "--kind", "extensions", "--json")).data
    assert (told["kind"], told["changed"], told["extensions"]["extended"]) == ("extensions", 1, 1)
    assert ends(home)["A1"] == "2027-03-31"


@pytest.mark.parametrize(
    ("line", "why"), [("A1,2026-11-22", "before today"), ("A1,", "no date"), ("A1,soon", "not a date")]
)
def test_a_past_or_unreadable_day_stops_the_list(desk: Cli, home: Path, line: str, why: str):
    text = f"account,extended until\nA2,2027-06-30\n{line}\n"
    refused = send(desk, text)
    assert (refused.code, why in refused.err, ends(home)["A2"]) == (4, True, "2027-01-31")
    told = ok(send(desk, text, "--skip-bad", "--json")).data
    assert (told["extensions"]["extended"], told["rejected"]) == (1, 1)


def test_today_is_still_inside(desk: Cli, home: Path):
    ok(send(desk, "account,extension\nA1,2026-11-23\n"))
    assert ends(home)["A1"] == "2026-11-23"


def test_of_several_extensions_of_an_account_the_longest_stands_and_the_file_adds_nothing_again(desk: Cli):
    text = "account,extended until\nA2,2027-02-28\nA2,2027-01-31\n"
    assert did(desk, "extensions", text)["extended"] == 1
    assert data(desk, "show", "A2")["placement"]["until"] == "2027-02-28"
    assert did(desk, "extensions", text)["extended"] == 0


def test_identity_numbers_that_the_book_does_not_know_are_masked(desk: Cli):
    text = "id number,phone\n990101199001010018,13800130001\n"
    told = ok(send(desk, text, "--kind", "phones", "--dry-run"))
    assert ("9****************8" in told.out, "990101199001010018" in told.out) == (True, False)
