"""Which kind of file it is, told by its columns alone."""

import pytest

from collectctl.intake import errors
from tests.intake.reading import recognised

CELLS = "\n1,2,3,4,5,6,7,8,9\n"


def kind_of(header, mapping=None, **options):
    return recognised(header + CELLS, mapping, **options).kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("payment_id,debtor_id,payment_date,amount_paid", "payments"),
        ("案件号,还款金额,还款日期", "payments"),
        ("案件号,姓名,手机号,还款金额,还款日期", "payments"),
        ("案件号,委托方,入账金额(元),入账日期,流水号,还款方式,还款人,是否结清", "payments"),
        ("loan_id,due_date,payment_date,amount_due,amount_paid", "payments"),
        ("借据号,应还日期,应还金额,还款日期,还款金额,剩余本金", "payments"),
        ("loan_id,due_date,amount_due,payment_date,amount_paid,balance", "payments"),
        ("application_id,promise date,promise amount", "promises"),
        ("案件号,姓名,承诺日期,承诺金额,催收时间", "promises"),
        # what states a balance is no list of payments, whatever it says of the last payment
        ("account,balance,payment_date,amount_paid", "accounts"),
        ("account,amount due,payment_date,amount_paid", "accounts"),
        ("案件号,委案金额,还款日期,还款金额", "accounts"),
        ("account,name,due_date,amount_due,payment_date,amount_paid", "accounts"),
        ("account,phone,due_date,amount_due,payment_date,amount_paid", "accounts"),
        ("application_id,collection_date,outstanding_amount,promise_to_pay_date", "accounts"),
        ("reference,balance,method,payer", "accounts"),
        ("案件号,姓名,退案日期", "recalls"),
        ("案件号,姓名", "recalls"),
        ("account,placement end", "recalls"),
        ("案件号,姓名,留案至", "extensions"),
        ("account,extended until,reference", "extensions"),
        ("account,new end date,colour", "extensions"),
        ("account,phone", "phones"),
        ("案件号,姓名,手机号,家庭电话", "phones"),
        ("案件号,姓名,关系,联系电话,备注", "phones"),
        ("身份证号,姓名,手机号", "phones"),
        ("案件号,手机号,联系人1姓名,联系人1电话", "phones"),
        ("debtor_id,collector_id,attempt_date,outcome", "activities"),
        ("案件编号,催收时间,催收结果,催收内容,承诺日期,承诺金额", "activities"),
        ("account,date,time,disposition,duration", "activities"),
        ("account,client,at,channel,direction,outcome,who,number,party,relation,text", "activities"),
        # a placement that tells of the last call, of an end or of numbers is a placement
        ("account,balance,call date,outcome", "accounts"),
        ("案件号,姓名,委案金额,催收时间,催收结果", "accounts"),
        ("案件号,姓名,欠款余额,留案至", "accounts"),
        ("案件号,姓名,手机号,欠款余额", "accounts"),
    ],
)
def test_the_columns_tell_the_kind(header, kind):
    assert kind_of(header) == kind


@pytest.mark.parametrize(
    ("header", "missing", "hint"),
    [
        ("account,payment_date", "balance", '--map "COLUMN=balance"'),
        ("account,amount_paid", "balance", '--map "COLUMN=balance"'),
        ("reference,payment_date,amount_paid", "balance", '--map "COLUMN=balance"'),
        ("account,promise date,amount_paid", "balance", '--map "COLUMN=balance"'),
        ("account,promise date", "promised_amount", '--map "COLUMN=promised_amount"'),
        ("account,phone,colour", "balance", '--map "COLUMN=balance" | --kind phones'),
        ("account,phone,placed on", "balance", '--map "COLUMN=balance" | --kind phones'),
    ],
)
def test_what_no_kind_fits_says_what_is_missing(header, missing, hint):
    with pytest.raises(errors.ColumnMissing, match=f"recognised as {missing}") as caught:
        kind_of(header)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("kind", "header", "missing"),
    [
        ("payments", "reference,payment_date,amount_paid", "account"),
        ("payments", "account,amount_paid", "paid_on"),
        ("payments", "account,payment_date", "paid_amount"),
        ("promises", "account,promise amount", "promised_on"),
        ("promises", "account,promise date,outstanding_amount", "promised_amount"),
        ("promises", "promise date,promise amount", "account"),
        ("phones", "account,name", "phone"),
        ("phones", "name,phone", "account"),
        ("extensions", "account,name", "extended_until"),
        ("activities", "account,outcome", "at"),
        ("activities", "id_number,attempt_date,outcome", "account"),
        ("accounts", "account,payment_date,amount_paid", "balance"),
    ],
)
def test_the_kind_that_is_asked_for_needs_its_columns(kind, header, missing):
    with pytest.raises(errors.ColumnMissing, match=f"recognised as {missing}"):
        kind_of(header, kind=kind)


def test_the_kind_that_is_asked_for_decides():
    header = "account,name,balance,payment_date,amount_paid,promise date,promise amount"
    assert [kind_of(header, kind=kind) for kind in ("accounts", "payments", "promises")] == [
        "accounts",
        "payments",
        "promises",
    ]


def test_the_same_header_means_another_field_in_another_kind():
    header = "reference,account,due_date,amount_due,payment_date,amount_paid,name,remarks,payer"
    of = {
        kind: [column.field for column in recognised(header + CELLS, kind=kind).columns]
        for kind in ("accounts", "payments")
    }
    owed = ["account", "due_date", "balance", None, None, "name", "remarks", None]
    assert of["accounts"] == [None, *owed]
    paid = ["account", "due_date", "instalment_due", "paid_on", "paid_amount", None, None, "payer"]
    assert of["payments"] == ["reference", *paid]


def test_a_due_date_or_an_amount_due_alone_is_kept_as_extra():
    for header in ("account,paid on,amount,due_date", "account,paid on,amount,应还金额"):
        assert recognised(header + CELLS).columns[-1].field is None


def test_the_customer_number_stands_in_only_where_no_account_is_named():
    found = recognised("loan_id,DebtorId,paid on,amount" + CELLS)
    assert [column.field for column in found.columns] == ["account", None, "paid_on", "paid_amount"]


def test_two_columns_of_paid_money_must_be_chosen_from():
    header = "account,还款金额,入账金额,还款日期,入账日期,amount"
    with pytest.raises(errors.ColumnConflict, match="还款金额, 入账金额"):
        kind_of(header)
    found = recognised(header + CELLS, {"入账金额": "paid_amount"})
    assert [column.field for column in found.columns] == [
        "account",
        None,
        "paid_amount",
        "paid_on",
        None,
        None,
    ]


def test_new_fields_may_be_mapped():
    assert kind_of("nr,sum,day", {"nr": "account", "sum": "paid_amount", "day": "paid_on"}) == "payments"
    promised = {"outstanding_amount": "promised_amount"}
    assert kind_of("application_id,outstanding_amount,promise_to_pay_date", promised) == "promises"
    # in an accounts file there is no such field
    columns = recognised("account,balance,x" + CELLS, {"x": "paid_on"}).columns
    assert [column.field for column in columns] == ["account", "balance", None]


def test_what_was_mapped_is_remembered_for_the_next_file():
    mapping = {"nr": "account", "sum": "paid_amount", "day": "paid_on"}
    first = recognised("nr,sum,day" + CELLS, mapping)
    assert first.remembered() == mapping
    assert kind_of("nr,sum,day", remembered=first.remembered()) == "payments"


def test_the_header_of_payments_is_found_below_a_title():
    found = recognised("客户,示例银行,\n\n案件号,还款金额,还款日期\nA1,5,2026-11-03\n")
    assert (found.kind, found.header_row, found.first_row) == ("payments", 3, 4)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cn/placement_gb18030.csv", "accounts"),
        ("cn/placement.xlsx", "accounts"),
        ("collections_t2h/debtors.csv", "accounts"),
        ("collections_t2h/Debtors_Debt.csv", "accounts"),
        ("collections_t2h/payments.csv", "payments"),
        ("collections_t2h/collection_attempts.csv", "activities"),
        ("lending_in/collection.csv", "accounts"),
        ("lending_in/repayment.csv", "payments"),
        ("portfolio/sample_portfolio.xlsx", "accounts"),
        ("receivables/WA_Fn-UseC_-Accounts-Receivable.csv", "accounts"),
    ],
)
def test_real_files_are_of_their_kind(data, path, kind):
    from collectctl.intake.files import read_table
    from collectctl.intake.recognise import recognise

    assert recognise(read_table(path, (data / path).read_bytes())).kind == kind
