import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.stated import StatedContact, StatedPhone
from collectctl.intake import errors
from collectctl.intake.defaults import Defaults
from collectctl.intake.recalls import Recall, read_recalls
from collectctl.intake.recognise import recognise
from collectctl.intake.rows import rejects
from tests.intake.reading import accounts, read_accounts, sample, table


def messages(read):
    return [(error.row, error.column, error.message) for error in read.errors]


def test_a_row_becomes_an_account():
    text = (
        "案件编号,姓名,身份证号,手机,家庭电话,委托方,币种,最新欠款,本金,逾期天数,应还款日,行方评分,联系人1姓名,"
        "联系人1关系,联系人1手机,配偶姓名,颜色\n"
        "A1, 张军 ,110101190501049548,13800132015/13800137590,010-68472307,示例银行,人民币,¥1,—,91天,"
        "2026/3/5,0.75,罗涛,同事,13900000000,李花,蓝\n"
    )
    (account,) = accounts(text, client=None, currency=None).accounts
    assert account[:6] == (2, "A1", "张军", "示例银行", "CNY", 100)
    assert account.values == {
        "id_number": "110101190501049548",
        "days_past_due": 91,
        "due_date": "2026-03-05",
        "client_score": "0.75",
    }
    assert account.phones == (
        StatedPhone("mobile", "13800132015"),
        StatedPhone("mobile", "13800137590"),
        StatedPhone("home", "010-68472307"),
    )
    assert account.contacts == (
        StatedContact("contact", "罗涛", "同事", (StatedPhone("mobile", "13900000000"),)),
        StatedContact("spouse", "李花", "", ()),
    )
    assert account.extra == {"颜色": "蓝"}


def test_totals_blank_rows_and_a_header_again_are_no_accounts():
    text = (
        "account,name,balance\n1,A,5\n,,\n小计,,5\naccount,name,balance\n2,Total,6\n,合计：,11\n,Total,11\n"
    )
    read = accounts(text)
    assert [(a.number, a.name) for a in read.accounts] == [("1", "A"), ("2", "Total")]
    assert (read.rows, read.left_out, read.errors) == (2, 4, [])


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",A,5", "account", "no account number"),
        ("1,A,", "balance", "no balance"),
        ("1,A,—", "balance", "no balance"),
        ("1,A,1.2k", "balance", "letters"),
        ("1,A,€5", "balance", "--currency says USD"),
        ("4.4E+17,A,5", "account", "spreadsheet"),
        ("1,A,5,x", "column 4", "more cells"),
    ],
)
def test_a_row_that_can_not_be_used_says_where_and_why(row, column, message):
    read = accounts(f"account,name,balance\n{row}\n2,B,6\n")
    assert [account.number for account in read.accounts] == ["2"]
    ((at, name, text),) = messages(read)
    assert (at, name) == (2, column)
    assert message in text
    assert read.rows == 2


def test_every_wrong_cell_of_a_row_is_named():
    read = accounts("account,balance,principal,due_date\n1,x,y,z\n")
    assert [error.column for error in read.errors] == ["balance", "principal", "due_date"]


def test_short_rows_and_empty_surplus_are_fine():
    read = accounts("account,balance,city\n1,5\n2,6,Rome,,\n")
    assert [account.values for account in read.accounts] == [{}, {"city": "Rome"}]


def test_client_and_currency_come_from_column_then_user():
    text = "account,balance,client,ccy\n1,5,Acme,EUR\n2,6,,\n"
    assert [a[3:5] for a in accounts(text).accounts] == [("Acme", "EUR"), ("Bank", "USD")]
    read = accounts(text, client=None, client_currencies={"Acme": "GBP"}, policy_currency="CNY")
    assert [a[3:5] for a in read.accounts] == [("Acme", "EUR")]
    assert messages(read) == [(3, "client", "no client")]
    with pytest.raises(errors.ClientMissing) as caught:
        accounts("account,balance\n1,5\n", client=None)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("header", "cell", "known", "currency"),
    [
        ("balance", "$5", {}, "USD"),
        ("balance", "$5", {"currency": "HKD"}, "HKD"),
        ("balance", "¥5", {}, "CNY"),
        ("balance", "¥5", {"policy_currency": "JPY"}, "JPY"),
        ("balance(元)", "5", {}, "CNY"),
        ("converted_usd", "5", {}, "USD"),
        ("balance", "5", {"client_currencies": {"Bank": "EUR"}}, "EUR"),
        ("balance", "5", {"policy_currency": "GBP"}, "GBP"),
        ("balance", "5", {"currency": "INR", "policy_currency": "GBP"}, "INR"),
    ],
)
def test_the_currency_of_a_row(header, cell, known, currency):
    read = accounts(f"account,{header}\n1,{cell}\n", **{"currency": None, **known})
    assert [a.currency for a in read.accounts] == [currency]


def test_without_any_currency_the_file_is_refused():
    with pytest.raises(errors.CurrencyMissing) as caught:
        accounts("account,balance\n1,5\n", currency=None)
    assert caught.value.exit_code == 2


def test_a_row_that_ends_early_is_a_bad_row_and_says_nothing_of_the_files_currency():
    read = accounts("account,name,balance,currency\n1,Ann,5,CNY\n2,Bo\n", currency=None)
    assert [account.number for account in read.accounts] == ["1"]
    assert [(error.row, error.column, error.message) for error in read.errors] == [
        (3, "balance", "no balance")
    ]


def test_a_sign_that_contradicts_the_column_is_an_error():
    read = accounts("account,balance,ccy,principal\n1,$5,EUR,4\n2,5,USD,€4\n3,5,Taler,4\n")
    assert [(error.row, error.column) for error in read.errors] == [
        (2, "balance"),
        (3, "principal"),
        (4, "ccy"),
    ]


def test_the_placed_amount_stands_in_for_the_balance():
    (account,) = accounts("account,case value\n1,5.10\n").accounts
    assert (account.balance, account.values) == (510, {"placed_amount": 510})
    assert len(accounts("account,case value\n1,x\n").errors) == 1
    assert accounts("account,case value\n1,0.30000000000000004\n").rounded == 1


def test_the_customer_number_stands_in_for_the_account():
    (account,) = accounts("debtor_id,total_debt\n007,5\n").accounts
    assert (account.number, account.values) == ("007", {"client_customer": "007"})


def test_ten_thousands_are_counted_when_mapped():
    mapping = {"欠款余额(万元)": "balance"}
    (account,) = accounts("account,欠款余额(万元)\n1,1.25\n", mapping, currency=None).accounts
    assert (account.balance, account.currency) == (1250000, "CNY")


def test_indian_grouping_throughout_the_column():
    indian = 'account,balance\n1,"1,23,456.50"\n2,"12,345"\n3,500\n'
    assert [a.balance for a in accounts(indian).accounts] == [12345650, 1234500, 50000]
    mixed = accounts(indian + '4,"123,456"\n')
    assert [(error.row, error.column) for error in mixed.errors] == [(2, "balance")]


def test_floats_of_a_spreadsheet_are_counted():
    read = accounts("account,balance,principal\n1,2309.7899999999995,0.30000000000000004\n")
    assert (read.accounts[0].balance, read.rounded) == (230979, 2)


def test_dates_of_a_column():
    text = "account,balance,due_date\n1,5,05/11/2026\n2,5,{}\n"
    assert accounts(text.format("28/12/2026")).accounts[0].values == {"due_date": "2026-11-05"}
    assert accounts(text.format("12/28/2026")).accounts[0].values == {"due_date": "2026-05-11"}
    assert accounts(text.format(""), dates="dmy").accounts[0].values == {"due_date": "2026-11-05"}
    with pytest.raises(errors.DatesAmbiguous, match="due_date") as caught:
        accounts(text.format("06/12/2026"))
    assert (caught.value.hint, caught.value.exit_code) == ("--dates dmy | --dates mdy", 4)
    assert messages(accounts(text.format("12/28/2026"), dates="dmy"))[0][:2] == (3, "due_date")


def test_several_columns_of_one_field():
    header = "account,balance,备注1,备注2,禁止减免,投诉标识,address 1,address 2"
    text = f"{header}\n1,5,曾投诉,—,是,否,Main St 1,Flat 2\n"
    (account,) = accounts(text).accounts
    assert account.values == {
        "remarks": "曾投诉",
        "client_flags": "禁止减免: 是",
        "address": "Main St 1\nFlat 2",
    }


def test_names_are_put_together():
    assert accounts("account,FNAME,LNAME,balance\n1,Ann,Lee,5\n").accounts[0].name == "Ann Lee"


def test_a_phone_cell_without_a_number_is_kept():
    (account,) = accounts("account,balance,手机\n1,5,空号\n").accounts
    assert (account.phones, account.extra) == ((), {"手机": "空号"})


REPEATED = """account,balance,name,phone,date,method,remarks
1,5,Ann,111-1111,2026-01-01,cash,a
2,6,Bob,222-2222,2026-01-02,cash,
1,5,Ann,333-3333,2026-01-03,cash,b
1,5,,111-1111,,cash,
"""


def test_rows_of_one_account_merge():
    read = accounts(REPEATED)
    first, second = read.accounts
    assert (read.rows, read.repeated, read.errors) == (4, 2, [])
    assert [phone.number for phone in first.phones] == ["111-1111", "333-3333"]
    assert first.row == 2
    assert first.values == {"remarks": "a"}
    assert json.loads(first.extra["date"]) == ["2026-01-01", "2026-01-03", ""]
    assert first.extra["method"] == "cash"
    assert json.loads(first.extra["remarks"]) == ["a", "b", ""]
    assert second.row == 3


def test_contacts_of_repeated_rows_are_added():
    text = "account,balance,联系人1姓名,联系人1手机\n1,5,Al,1111111\n1,5,Bo,2222222\n1,5,Al,3333333\n"
    (account,) = accounts(text).accounts
    assert [(c.name, [p.number for p in c.phones]) for c in account.contacts] == [
        ("Al", ["1111111", "3333333"]),
        ("Bo", ["2222222"]),
    ]


@pytest.mark.parametrize(
    ("again", "column"), [("1,6,Ann,x", "balance"), ("1,5,Bob,x", "name"), ("1,5,Ann,y", "id number")]
)
def test_rows_that_contradict_an_account_are_errors(again, column):
    read = accounts(f"account,balance,name,id number\n1,5,Ann,x\n2,5,Ann,x\n{again}\n")
    ((row, name, message),) = messages(read)
    assert (row, name) == (4, column)
    assert "row 4" in message
    assert "row 2" in message
    assert (len(read.accounts), read.repeated, read.rows) == (2, 0, 3)


def test_the_same_number_of_two_clients_is_two_accounts():
    assert len(accounts("account,balance,client\n1,5,A\n1,6,B\n").accounts) == 2


@pytest.mark.parametrize("size", [1, 2, 3])
def test_batches_give_what_reading_at_once_gives(size):
    read = table(REPEATED)
    known = Defaults(client="Bank", currency="USD")
    assert read_accounts(read, recognise(read), known, size) == accounts(REPEATED)


@pytest.mark.parametrize(
    ("remark", "rule"),
    [
        ("曾投诉", True),
        ("禁止减免", True),
        ("要求晚上联系", True),
        ("no calls Tue", True),
        ("Represented by an attorney", True),
        ("cease and desist received", True),
        ("disputes the fees", True),
        ("Regular monthly EMI paid on time.", False),
        ("已还部分", False),
    ],
)
def test_remarks_that_sound_like_rules_are_listed(remark, rule):
    read = accounts(f"account,balance,remarks\n1,5,{remark}\n")
    assert read.remarks == ([(2, "1", remark)] if rule else [])


def test_rejected_rows_import_once_they_are_mended():
    text = 'title,,\naccount,name,balance\n1,"A\n""x""",5\n2,B,1.2k\n3,C,\n'
    read = table(text)
    recognition = recognise(read)
    known = Defaults(client="Bank", currency="USD")
    bad = read_accounts(read, recognition, known)
    rows = list(rejects(read, recognition, bad.errors))
    assert rows[0] == ["account", "name", "balance", "collectctl error"]
    assert [row[:3] for row in rows[1:]] == [["2", "B", "1.2k"], ["3", "C", ""]]
    assert rows[2][3] == "balance: no balance"
    for row in rows[1:]:
        row[2] = "7"
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    mended = accounts(file.getvalue())
    assert [(a.number, a.balance, a.extra) for a in mended.accounts] == [("2", 700, {}), ("3", 700, {})]


def test_rows_that_are_too_wide_stay_so_in_the_rejects():
    read = table("account,balance\n1,5,x\n")
    recognition = recognise(read)
    bad = read_accounts(read, recognition, Defaults(client="B", currency="USD"))
    assert list(rejects(read, recognition, bad.errors))[1] == [
        "1",
        "5",
        "column 3: more cells than the header has columns",
        "x",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "[red]x[/]",
        '=HYPERLINK("x")',
        "\x1b[2J",
        "a\nb",
        "𠮷㐂👩‍👩‍👧",
        "'; drop table account; --",
        "{0}",
        "%s",
    ],
)
def test_hostile_text_stays_text(hostile):
    file = io.StringIO()
    csv.writer(file).writerows([["account", "name", "balance", "Other"], [hostile, hostile, "5", hostile]])
    (account,) = accounts(file.getvalue()).accounts
    assert (account.number, account.name, account.extra["Other"]) == (hostile,) * 3


def test_naughty_strings_as_names():
    lines = [
        line for line in sample("strings/blns.txt").decode().split("\n") if line.strip() and "\r" not in line
    ]
    file = io.StringIO()
    rows = [[str(at), line, "5", line] for at, line in enumerate(lines)]
    csv.writer(file).writerows([["account", "name", "balance", "Other"], *rows])
    read = accounts(file.getvalue())
    assert [account.name for account in read.accounts] == [line.strip() for line in lines]


cell = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(cell, max_size=6), max_size=8))
def test_every_row_is_an_account_or_an_error_or_left_out(rows):
    file = io.StringIO()
    csv.writer(file).writerows([["account", "name", "balance", "due_date"], *rows, ["z1", "", "1", ""]])
    try:
        read = accounts(file.getvalue())
    except errors.DatesAmbiguous:
        return
    filled = sum(1 for row in rows if any(text.strip() for text in row)) + 1
    assert read.rows + read.left_out == filled
    assert len(read.accounts) + read.repeated + len({error.row for error in read.errors}) == read.rows


def test_recalls():
    text = "案件编号,委托方,退案日期\nA1,甲,2026-11-30\nA2,,\nA1,甲,2026-12-01\n,乙,\nA3,乙,x\n合计,,\n"
    read = table(text)
    found = read_recalls(read, recognise(read), Defaults())
    assert found.recalls == [Recall(2, "A1", "甲", "2026-11-30"), Recall(3, "A2", None, None)]
    assert [(error.row, error.column) for error in found.errors] == [(5, "案件编号"), (6, "退案日期")]
    assert (found.rows, found.repeated, found.left_out) == (5, 1, 1)
