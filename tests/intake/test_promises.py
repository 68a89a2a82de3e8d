import pytest

from collectctl.domain.stated import StatedPromise
from collectctl.intake import errors
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.promises import read_promises
from collectctl.intake.recognise import recognise
from tests.intake.reading import nobody, promises

LIST = "account,call date,promise date,promise amount\n"


def refused(read):
    return [(error.row, error.column, error.message) for error in read.errors]


def test_a_row_becomes_a_promise():
    text = (
        "案件号,委托方,催收时间,承诺日期,承诺金额(元),还款人,催收内容,备注\n"
        "A1,示例银行,2026-11-03 14:30:00,2026/11/10,1.2万,李花,工资日还,—\n"
    )
    read = promises(text, policy_currency="CNY")
    due = ("2026-11-03", "2026-11-10", "CNY", 1200000, "李花", "工资日还")
    assert read.promises == [StatedPromise(2, "A1", "示例银行", *due)]
    assert (read.errors, read.rows, read.left_out, read.without) == ([], 1, 0, 0)


def test_what_a_list_of_promises_does_not_say_is_empty():
    (promise,) = promises("debtor_id,ptp date,ptp amount\n007,2026-11-10,5\n").promises
    assert promise == (2, "007", None, "", "2026-11-10", "XXX", 500, "", "")


def test_texts_of_several_columns_are_lines():
    (promise,) = promises(LIST.strip() + ",remarks 1,remarks 2,remarks 3\n1,,2026-11-10,5,a,b,a\n").promises
    assert promise.text == "a\nb"


def test_a_contact_without_a_promised_day_is_no_promise():
    read = promises(
        LIST + "A1,2026-11-03,,\nA2,x,—,x\n,,0000-00-00,5\nA3,2026-11-03,2026-11-10,5\n合计,,,5\n"
    )
    assert [promise.number for promise in read.promises] == ["A3"]
    assert (read.errors, read.rows, read.without, read.left_out) == ([], 4, 3, 1)


def test_whether_a_promise_can_be_meant_so_is_not_judged():
    (promise,) = promises(LIST + "A1,2026-11-03,2025-01-01,5\n").promises
    assert promise.due_on < promise.made_on


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",2026-11-03,2026-11-10,5", "account", "no account number"),
        ("4.4E+17,2026-11-03,2026-11-10,5", "account", "spreadsheet"),
        ("A1,2026-11-03,soon,5", "promise date", "not a date"),
        ("A1,x,2026-11-10,5", "call date", "not a date"),
        ("A1,2026-11-03,2026-11-10,", "promise amount", "no amount"),
        ("A1,2026-11-03,2026-11-10,0", "promise amount", "not above zero"),
        ("A1,2026-11-03,2026-11-10,-5", "promise amount", "not above zero"),
        ("A1,2026-11-03,2026-11-10,1.2k", "promise amount", "letters"),
        ("A1,2026-11-03,2026-11-10,$5", "promise amount", "in USD, the account is in CNY"),
        ("A1,2026-11-03,2026-11-10,1,200.00", "column 5", "more cells"),
    ],
)
def test_a_promise_that_can_not_be_used_says_where_and_why(row, column, message):
    read = promises(LIST + row + "\nA2,,2026-11-10,6\n", currency_of=lambda *_: "CNY")
    assert [promise.number for promise in read.promises] == ["A2"]
    ((at, name, text),) = refused(read)
    assert (at, name) == (2, column)
    assert message in text
    assert (read.rows, read.without) == (2, 0)


def test_floats_of_a_spreadsheet_in_promises_are_counted():
    assert promises(LIST + "A1,,2026-11-10,0.30000000000000004\n").rounded == 1


COLLECTION = "lending_in/collection.csv"


def test_a_real_list_of_contacts_with_promises(data):
    read = read_table(COLLECTION, (data / COLLECTION).read_bytes())
    found = recognise(read, mapping={"outstanding_amount": "promised_amount"}, kind="promises")
    given = read_promises(read, found, Defaults(currency="INR"), nobody)
    assert (len(given.promises), given.errors, given.rows, given.without) == (681, [], 2000, 1319)
    assert sum(1 for promise in given.promises if promise.due_on < promise.made_on) == 355
    assert given.promises[0].text.startswith("Borrower promised")


def test_without_a_promised_amount_a_real_list_says_what_to_map(data):
    read = read_table(COLLECTION, (data / COLLECTION).read_bytes())
    with pytest.raises(errors.ColumnMissing) as caught:
        recognise(read, kind="promises")
    assert caught.value.hint == '--map "COLUMN=promised_amount"'
