import csv
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.stated import StatedInstalment, StatedPayment
from collectctl.intake import errors
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.payments import read_payments
from collectctl.intake.recognise import recognise
from collectctl.intake.rows import rejects
from tests.intake.reading import nobody, payments, recognised, table

LIST = "account,payment_date,amount_paid\n"
SCHEDULE = "account,due_date,amount_due,payment_date,amount_paid\n"


def refused(read):
    return [(error.row, error.column, error.message) for error in read.errors]


def book(**currencies):
    """A book in which these accounts are."""
    return lambda number, _client: currencies.get(number, "")


def test_a_row_becomes_a_payment():
    text = (
        "案件号,委托方,币种,还款金额(元),还款日期,还款方式,还款人,流水号,是否结清,姓名,备注\n"
        'A1,示例银行,人民币,"¥1,200.50",2026/11/3,微信,李花,00123,是,张军,分期\n'
    )
    read = payments(text)
    paid = ("2026-11-03", "CNY", 120050, "00123", "微信", "李花", True)
    kept = {"姓名": "张军", "备注": "分期"}
    assert read.payments == [StatedPayment(2, "A1", "示例银行", *paid, kept)]
    assert (read.instalments, read.errors, read.rows, read.empty) == ([], [], 1, 0)


def test_what_a_list_does_not_say_is_empty():
    (payment,) = payments("DebtorId,payment_date,amount_paid\n007,2026-11-03,5\n").payments
    assert payment == (2, "007", None, "2026-11-03", "XXX", 500, "", "", "", False, {})
    (payment,) = payments(LIST + "A1,2026-11-03,5\n", client="Bank").payments
    assert payment.client == "Bank"


@pytest.mark.parametrize(
    ("cell", "settled", "kept"),
    [
        ("是", True, {}),
        ("Y", True, {}),
        ("yes", True, {}),
        ("TRUE", True, {}),
        ("1", True, {}),
        ("已结清", True, {}),
        ("否", False, {}),
        ("N", False, {}),
        ("0", False, {}),
        ("", False, {}),
        ("—", False, {}),
        ("部分结清", False, {"是否结清": "部分结清"}),
    ],
)
def test_a_payment_settles_where_the_file_says_yes(cell, settled, kept):
    (payment,) = payments(f"案件号,还款日期,还款金额,是否结清\nA1,2026-11-03,5,{cell}\n").payments
    assert (payment.settled, payment.extra) == (settled, kept)


def test_totals_blank_rows_and_a_header_again_are_no_payments():
    header = "payment_id,account,paid on,amount\n"
    rows = ["1,A1,2026-11-03,5\n,,,\n", "2,A2,2026-11-03,6\n合计,,,11\n,Total,,11\n"]
    read = payments(header + header.join(rows))
    assert [(payment.reference, payment.number) for payment in read.payments] == [("1", "A1"), ("2", "A2")]
    assert (read.rows, read.left_out, read.errors) == (2, 3, [])


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (",2026-11-03,5", "account", "no account number"),
        ("4.4E+17,2026-11-03,5", "account", "spreadsheet"),
        ("A1,2026-11-03,0", "amount_paid", "payment reverse"),
        ("A1,2026-11-03,-5", "amount_paid", "payment reverse"),
        ("A1,2026-11-03,(5.00)", "amount_paid", "payment reverse"),
        ("A1,,0", "amount_paid", "payment reverse"),
        ("A1,,5", "payment_date", "no date"),
        ("A1,—,5", "payment_date", "no date"),
        ("A1,2026-11-31,5", "payment_date", "no such day"),
        ("A1,soon,5", "payment_date", "not a date"),
        ("A1,2026-11-03,", "amount_paid", "no amount"),
        ("A1,2026-11-03,1.2k", "amount_paid", "letters"),
        ("A1,2026-11-03,1,200.00", "column 4", "more cells"),
    ],
)
def test_a_payment_that_can_not_be_used_says_where_and_why(row, column, message):
    read = payments(LIST + row + "\nA2,2026-11-04,6\n")
    assert [payment.number for payment in read.payments] == ["A2"]
    ((at, name, text),) = refused(read)
    assert (at, name) == (2, column)
    assert message in text
    assert (read.rows, read.empty) == (2, 0)


def test_every_wrong_cell_of_a_payment_is_named():
    read = payments("account,paid on,amount,payment_id\nA1,soon,x,4.4E+17\n")
    assert [column for _row, column, _why in refused(read)] == ["amount", "paid on", "payment_id"]


def test_an_account_that_has_not_paid_is_counted_not_refused():
    read = payments("案件号,还款日期,还款金额,是否结清\nA1,,,否\nA2,—,—,\nA3,,,是\n")
    assert (read.payments, read.empty, read.rows) == ([], 2, 3)
    assert refused(read) == [(4, "还款金额", "no amount")]


def test_a_customer_who_has_paid_nothing_of_an_instalment_missed_it():
    rows = [
        "1,2026-10-01,50,2026-10-01,50",
        "2,2026-10-01,50,,0",
        "3,2026-10-01,50,,",
        "4,2026-10-01,50,2026-10-09,0",
    ]
    read = payments(SCHEDULE + "\n".join(rows))
    assert [payment.number for payment in read.payments] == ["1"]
    assert read.instalments == [
        StatedInstalment(2, "1", "XXX", "2026-10-01", 5000, "2026-10-01", 5000),
        StatedInstalment(3, "2", "XXX", "2026-10-01", 5000, "", 0),
        StatedInstalment(4, "3", "XXX", "2026-10-01", 5000, "", 0),
        StatedInstalment(5, "4", "XXX", "2026-10-01", 5000, "", 0),
    ]
    assert (read.errors, read.empty, read.rows) == ([], 3, 4)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("1,2026-10-01,50,2026-10-01,-5", "amount_paid", "payment reverse"),
        ("1,2026-10-01,50,,5", "payment_date", "no date"),
        ("1,2026-10-01,x,2026-10-01,5", "amount_due", "letters"),
        ("1,2026-10-01,-50,2026-10-01,5", "amount_due", "not above zero"),
        ("1,later,50,2026-10-01,5", "due_date", "not a date"),
    ],
)
def test_a_row_of_a_schedule_is_refused_as_a_whole(row, column, message):
    read = payments(SCHEDULE + row)
    ((_row, name, text),) = refused(read)
    assert (read.payments, read.instalments, name) == ([], [], column)
    assert message in text


@pytest.mark.parametrize(
    ("due", "kept"),
    [
        ("2026-10-01,", {"due_date": "2026-10-01"}),
        (",50", {"amount_due": "50"}),
        ("2026-10-01,0", {"due_date": "2026-10-01", "amount_due": "0"}),
        (",", {}),
    ],
)
def test_money_beside_no_whole_instalment_is_a_payment_all_the_same(due, kept):
    read = payments(SCHEDULE + f"1,{due},2026-10-01,5")
    assert (read.instalments, read.errors) == ([], [])
    assert [payment.extra for payment in read.payments] == [kept]


@pytest.mark.parametrize(
    ("cells", "known", "own", "currency"),
    [
        ("5,", {}, "", "XXX"),
        ("5,", {}, "INR", "INR"),
        ("5,", {"currency": "USD"}, "", "USD"),
        ("5,", {"currency": "USD"}, "USD", "USD"),
        ("5,", {"client_currencies": {"Bank": "EUR"}, "policy_currency": "GBP"}, "INR", "INR"),
        ("5,", {"client_currencies": {"Bank": "EUR"}, "policy_currency": "GBP"}, "", "EUR"),
        ("5,", {"policy_currency": "GBP"}, "", "GBP"),
        ("$5,", {}, "", "USD"),
        ("$5,", {}, "HKD", "HKD"),
        ("5,人民币", {"policy_currency": "GBP"}, "", "CNY"),
        ("5,元", {}, "HKD", "HKD"),
        ("5,USD", {"currency": "EUR"}, "", "USD"),
    ],
)
def test_the_currency_of_a_payment(cells, known, own, currency):
    text = f"account,paid on,amount,ccy\nA1,2026-11-03,{cells}\n"
    read = payments(text, currency_of=book(A1=own), client="Bank", **known)
    assert [payment.currency for payment in read.payments] == [currency]


@pytest.mark.parametrize(
    ("cells", "known", "column", "message"),
    [
        ("$5,", {}, "amount", "in USD, the account is in CNY"),
        ("5,EUR", {}, "ccy", "in EUR, the account is in CNY"),
        ("5,", {"currency": "USD"}, "amount", "in USD, the account is in CNY"),
        ("¥5,EUR", {}, "ccy", "in EUR, the account is in CNY"),
        ("€5,RMB", {}, "amount", "the sign says EUR, the row is in CNY"),
        ("€5,", {"currency": "CNY"}, "amount", "the sign says EUR, --currency says CNY"),
        ("5,Taler", {}, "ccy", "not a currency"),
    ],
)
def test_money_in_another_currency_than_the_account_s_is_refused(cells, known, column, message):
    text = f"account,paid on,amount,ccy\nA1,2026-11-03,{cells}\n"
    assert refused(payments(text, currency_of=book(A1="CNY"), **known)) == [(2, column, message)]


def test_the_book_is_asked_by_number_and_client():
    asked = []

    def currency_of(number, client):
        asked.append((number, client))
        return "JPY"

    text = "account,client,paid on,amount\n１２,Bank,2026-11-03,500\nA2,,2026-11-03,7\n"
    read = payments(text, currency_of=currency_of)
    assert asked == [("12", "Bank"), ("A2", None)]
    assert [payment.amount for payment in read.payments] == [500, 7]


def test_the_sign_of_what_was_due_speaks_where_nothing_came():
    (missed,) = payments(SCHEDULE + "1,2026-10-01,₹50,,\n", policy_currency="USD").instalments
    assert (missed.currency, missed.due) == ("INR", 5000)


def test_a_currency_that_is_none_is_refused():
    with pytest.raises(errors.NoSuchCurrency):
        payments(LIST + "A1,2026-11-03,5\n", currency="TALER")


def test_floats_of_a_spreadsheet_are_counted_in_both_columns():
    read = payments(SCHEDULE + "1,2026-10-01,0.30000000000000004,2026-10-01,2309.7899999999995\n")
    assert (read.payments[0].amount, read.instalments[0].due, read.rounded) == (230979, 30, 2)


def test_days_and_months_are_told_apart_by_the_column():
    text = LIST + "A1,05/11/2026,5\nA2,{},5\n"
    assert payments(text.format("28/12/2026")).payments[0].on == "2026-11-05"
    assert payments(text.format("06/12/2026"), dates="mdy").payments[0].on == "2026-05-11"
    with pytest.raises(errors.DatesAmbiguous, match="payment_date"):
        payments(text.format("06/12/2026"))


def test_payments_that_were_refused_import_once_they_are_mended():
    text = LIST + "A1,2026-11-03,5\nA2,,6\n"
    rows = list(rejects(table(text), recognised(text), payments(text).errors))
    assert rows[1:] == [["A2", "", "6", "payment_date: no date"]]
    rows[1][1] = "2026-11-04"
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    (mended,) = payments(file.getvalue()).payments
    assert (mended.number, mended.on, mended.extra) == ("A2", "2026-11-04", {})


@pytest.mark.parametrize("hostile", ["[red]x[/]", '=HYPERLINK("x")', "\x1b[2J", "a\nb", "{0}", "%s"])
def test_hostile_text_of_a_payment_stays_text(hostile):
    file = io.StringIO()
    csv.writer(file).writerows(
        [
            ["account", "paid on", "amount", "payer", "method", "payment_id", "Other"],
            [hostile, "2026-11-03", "5", *[hostile] * 4],
        ]
    )
    (payment,) = payments(file.getvalue()).payments
    texts = (payment.number, payment.payer, payment.method, payment.reference, payment.extra["Other"])
    assert set(texts) == {hostile}


cell = st.one_of(
    st.sampled_from(["", "0", "-1", "5", "12.50", "2026-11-03", "2026-11-31", "合计", "$5"]),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6),
)


@pytest.mark.parametrize("header", [LIST, SCHEDULE])
@given(rows=st.lists(st.lists(cell, max_size=6), max_size=8))
def test_every_row_is_a_payment_or_empty_or_refused(header, rows):
    file = io.StringIO()
    csv.writer(file).writerows([header.strip().split(","), *rows, ["z1"]])
    try:
        read = payments(file.getvalue())
    except errors.DatesAmbiguous:
        return
    filled = sum(1 for row in rows if any(text.strip() for text in row)) + 1
    assert read.rows + read.left_out == filled
    assert len(read.payments) + read.empty + len({error.row for error in read.errors}) == read.rows
    assert all(payment.amount > 0 and payment.on for payment in read.payments)
    assert all(instalment.due > 0 and instalment.due_on for instalment in read.instalments)


def real(data, path, currency="INR"):
    read = read_table(path, (data / path).read_bytes())
    return read_payments(read, recognise(read), Defaults(currency=currency), nobody)


def test_a_real_list_of_payments(data):
    read = real(data, "collections_t2h/payments.csv", "USD")
    assert (len(read.payments), sum(payment.amount for payment in read.payments)) == (2000, 501586800)
    assert (read.instalments, read.errors, read.empty, read.left_out) == ([], [], 0, 0)
    assert len({payment.reference for payment in read.payments}) == 2000


def state(instalment):
    if instalment.paid == 0:
        return "missed"
    if instalment.paid < instalment.due:
        return "part"
    return "on time" if instalment.paid_on <= instalment.due_on else "late"


def test_a_real_payment_schedule(data):
    read = real(data, "lending_in/repayment.csv")
    assert (read.rows, len(read.instalments), len(read.payments), read.empty) == (8000, 8000, 7603, 397)
    assert (read.errors, read.left_out, read.rounded) == ([], 0, 0)
    assert sum(payment.amount for payment in read.payments) == 17759540844
    states = Counter(map(state, read.instalments))
    assert states == {"on time": 6288, "late": 1079, "missed": 397, "part": 236}
    short = Counter()
    for instalment in read.instalments:
        short[instalment.number] += instalment.due - instalment.paid
    lacking = [minor for minor in short.values() if minor > 0]
    assert (len(short), len(lacking), sum(lacking)) == (2008, 532, 1064170032)
    assert read.payments[0].extra["late_fee"] == "0.0"
