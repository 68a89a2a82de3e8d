"""The names of columns that are met in real files, each known without being told."""

import pytest

from collectctl.intake import headers
from tests.intake.reading import accounts, recognised

# field: Chinese names, then English ones
MET = {
    "account": """个案序列号, 案件编号, 案件号, 机构案件号, 案件ID, 案件序列号, 合同编号, 合同号,
        借款合同号, 贷款合同号, 借据号, 借据编号, 借款编号, 贷款编号, 申请号, 申请单号, 档案号, 账单号,
        account, account id, account no, account number, acct_num, accountNumber, file number, case id,
        case_code, contract_no, loan_id, application_id, invoiceNumber, invoice no, bill_no, doc_id,
        reference""",
    "client_customer": """客户号, 客户编号, 用户号, 用户编号, 客户ID, customerID, cust_number,
        DebtorId, debtor_id""",
    "name": """姓名, 客户姓名, 客户名称, 债务人姓名, 借款人姓名, 案人姓名, 客户, 持卡人姓名, 户名,
        用户姓名, name, debtor name, customer name, name_customer""",
    "first_name": """FNAME, first name""",
    "last_name": """LNAME, last name""",
    "middle_name": """middle name""",
    "id_number": """证件号, 证件号码, 身份证号, 身份证号码, 身份证, 债务人身份证, 客户身份证,
        id number, id no, SSN, national id, pan""",
    "id_last4": """SSN last 4""",
    "birth_date": """生日, 出生日期, DOB, date of birth""",
    "phone": """本人手机, 手机, 手机号, 手机号码, 客户手机号, 客户手机号码, 债务人电话, 借款手机号,
        联系方式, 电话号码, phone, phone number, mobile, mobile_number, phone 1, phone 9, phone 2,
        cell, 家庭电话, 家庭号码, 家庭固话, 固定电话, home phone, 单位电话, 公司电话, 单位号码,
        work phone, employer phone""",
    "phone_consent": """cell permission, phone consent""",
    "email": """邮箱, 电邮, 电子邮箱, email, e-mail""",
    "address": """家庭地址, 家庭住址, 住宅地址, 现住址, 债务人地址, 户籍地址, 账单地址, address,
        address 1, address 2""",
    "work_address": """单位地址""",
    "region": """state""",
    "zip": """zip""",
    "city": """所属城市, 城市, city""",
    "employer": """单位名称, 公司名称, 工作单位名称, employer""",
    "card_number": """卡号, 卡号2, 借款卡号, 账号, 账户号, 还款卡号""",
    "placed_amount": """委案金额, 委案余额, 委案债权总额, 入催金额, 案件金额, 催收金额, 在催金额,
        应催金额, original balance, ORIG_BAL, case value, amount financed""",
    "balance": """最新欠款, 当前欠款总额, 欠款总额, 总欠款金额, 欠款余额, 账户余额, 贷款余额, 未还金额,
        逾期总额, 本息费合计, balance, current balance, CURR_BAL, balance due, outstanding_amount,
        OutstandingAmount, amount due, total_debt, InvoiceAmount, converted_usd""",
    "overdue_amount": """逾期金额, 逾期余额, 应还金额""",
    "cure_amount": """解除逾期状态所需金额""",
    "minimum_due": """最低还款额, 最低应缴款金额""",
    "rollback_0": """降至0期金额""",
    "rollback_3": """降至3期金额""",
    "principal": """本金, 剩余本金, 未偿还本金, 逾期本金, 应还本金, 贷款本金, principal,
        principal outstanding""",
    "interest": """逾期利息, 应还利息, 利息, interest""",
    "penalty": """罚息, 逾期罚息, 违约金, 滞纳金, late fee""",
    "fees": """手续费, 服务费, 年费, 超限费, 其他费用, fees""",
    "costs": """costs""",
    "currency": """币种, 货币, currency, ccy""",
    "rate": """贷款利率, 年利率, 日利率, rate, interest_rate""",
    "days_past_due": """逾期天数, 当前逾期天数, 委案时逾期天数, dpd, days_past_due, overdue_days,
        days_overdue, DaysLate""",
    "client_bucket": """逾期账龄, 账龄, 逾期时段, 逾期阶段, 委案逾期段, 拖欠级别, 逾期期数, 催收阶段,
        aging bucket, bucket, stage""",
    "due_date": """应还款日, 应还日, 应还日期, 到期日期, 还款日, due_date, DueDate, due_in_date""",
    "first_overdue": """逾期日期, 逾期开始日期, 开始逾期日期, 首次逾期日期, first delinquency""",
    "charge_off_date": """charge off date, ChargeOffDate, ChgOffDate""",
    "itemization_date": """itemization date""",
    "placed_on": """委案日期, 委案时间, 委外起始日期, 委外开始日期, 委托起始日, 委托开始日期, 委派日期,
        分案日期, 派单时间, 委托日期, 入催日期, placed on, import date, assigned date""",
    "placement_ends": """预计退案日, 预计退案日期, 退案日期, 退案日, 委外计划截止日期, 委托截止日,
        委托结束日期, 委外到期日期, date end, placement end, recall date""",
    "last_payment_on": """最后还款日, 最近还款日期, lastPaymentDate, last_pymnt_d""",
    "last_payment_amount": """最后还款金额, 最近还款金额""",
    "total_paid": """已还金额, 累计已还金额, total_paid, paid value""",
    "client": """委托方, 委托方名称, 委托机构, 委案机构, 资金方, 债权方, client, creditor, issuer,
        lender""",
    "original_creditor": """original creditor""",
    "product": """产品, 产品名称, product, LoanType""",
    "batch": """批次号, 委托批次, batch, portfolio, import name""",
    "hand": """手别, 委外手别""",
    "client_score": """行方评分, 分值, 催收评分, 预测概率, 还款期望值, score""",
    "client_flags": """特殊案件类型, 敏感客群, 禁止减免, 投诉标识, 是否诉讼, 留案标签, 风险标签,
        disputed, bankruptcy, cease""",
    "language": """language""",
    "validation_sent": """validation sent on""",
    "remarks": """备注, 备注1, 备注10, 原催收记录, 历史催收备注, notes, remarks, comments""",
    "party_name": """联系人1姓名, 第一联系人姓名, 第三联系人姓名, 配偶姓名, 担保人姓名, ref 1 name""",
    "party_relation": """联系人2关系, 第二联系人与客户关系, ref 2 relation""",
    "party_phone": """联系人3电话, 联系人3手机, 配偶手机, 担保人手机, ref 1 phone""",
}
MET_IN_PAYMENTS = {
    "paid_amount": "还款金额, 回款金额, 入账金额, amount, amount_paid",
    "paid_on": "还款日期, 入账日期, payment_date, SettledDate",
    "method": "还款方式, payment_mode",
    "payer": "还款人",
    "reference": "流水号, payment_id, reference",
    "settled": "是否结清",
}
DRESSED = {
    "plain": str,
    "starred": lambda name: "*" + name,
    "starred behind": lambda name: name + "*",
    "spaced": lambda name: f"  {name}\u3000",
    "no-break space": lambda name: "\xa0" + name,
    "marked": lambda name: "\ufeff" + name,
    "upper case": str.upper,
    "underscores": lambda name: name.replace(" ", "_"),
    "dots": lambda name: name.replace("_", ".").replace(" ", "."),
    "one word": lambda name: name.replace(" ", ""),
    "line ends": lambda name: name.replace(" ", "\n"),
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "old character": lambda name: name.replace("账", "帐"),
    "unit": lambda name: name + "(元)",
    "full-width unit": lambda name: name + "（元）",
    "colon": lambda name: name + "：",
    "brackets": lambda name: f"【{name}】",
    "quotes": lambda name: f'"{name}"',
}


@pytest.mark.parametrize("field", MET)
def test_a_name_is_known_however_it_is_dressed(field: str):
    unknown = [
        (name, dress)
        for name in MET[field].split(",")
        for dress, dressed in DRESSED.items()
        if headers.meaning(dressed(name.strip())).field != field
    ]
    assert unknown == []


@pytest.mark.parametrize("field", MET_IN_PAYMENTS)
def test_a_name_in_a_list_of_payments(field: str):
    for name in MET_IN_PAYMENTS[field].split(","):
        assert headers.meaning(name, "payments").field == field, name


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓名/Name", "name"),
        ("Account No 合同号", "account"),
        ("合同号(Contract No.)", "account"),
        ("手机/电话", "phone"),
        ("到期日", ""),
        ("客户姓名/公司名称", ""),  # two things in one column
        ("姓名(中文)", ""),
    ],
)
def test_a_name_said_twice_is_known_where_both_agree(header: str, field: str):
    assert headers.meaning(header).field == field


OWED = "account balance"
ONE = "party1_name party1_relation party1_phone"
TWO = "party1_name party1_phone party2_name party2_phone"


def fields(found) -> list[str | None]:
    return [column.field for column in found.columns]


def merged(ranges, *rows):
    """A workbook whose first rows have merged cells: (first row, column, last row, column, text)."""
    import io

    import xlsxwriter

    from collectctl.intake.files import read_table

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for merge in ranges:
            sheet.merge_range(*merge)
    return read_table("f.xlsx", stream.getvalue())


CONTACT = ["name", "relation", "phone"]
GROUPED = ["account", "name", "balance", *(f"party{n}_{part}" for n in (1, 2) for part in CONTACT)]
PERSONS = ["姓名", "关系", "手机"] * 2
DATA = ["A1", "张甲", "5", "李乙", "父亲", "13800130001", "王丙", "同事", "13800130002/13800130003"]


@pytest.mark.parametrize("title", [0, 1])
def test_merged_cells_over_two_rows(title: int):
    down = [(title, n, title + 1, n, text) for n, text in enumerate(["案件编号", "客户姓名", "最新欠款"])]
    across = [(title, 3, title, 5, "联系人1"), (title, 6, title, 8, "联系人2")]
    above = [["某某银行委外清单"]] * title
    check(merged(down + across, *above, [], ["", "", "", *PERSONS], DATA), title + 3)


def test_merged_cells_over_three_rows():
    down = [(0, n, 2, n, text) for n, text in enumerate(["案件编号", "客户姓名", "最新欠款"])]
    across = [(0, 3, 0, 8, "联系人信息"), (1, 3, 1, 5, "联系人1"), (1, 6, 1, 8, "联系人2")]
    check(merged(down + across, [], [], ["", "", "", *PERSONS], DATA), 4)


def test_groups_alone_above_the_header():
    across = [(0, 3, 0, 5, "联系人1"), (0, 6, 0, 8, "联系人2")]
    check(merged(across, [], ["案件编号", "客户姓名", "最新欠款", *PERSONS], DATA), 3)


def check(read, first_row: int) -> None:
    from collectctl.intake.defaults import Defaults
    from collectctl.intake.recognise import recognise
    from tests.intake.reading import read_accounts

    found = recognise(read)
    assert (found.first_row, fields(found)) == (first_row, GROUPED)
    [account] = read_accounts(read, found, Defaults(client="Bank", currency="CNY")).accounts
    assert [(c.name, c.relation, [p.number for p in c.phones]) for c in account.contacts] == [
        ("李乙", "父亲", ["13800130001"]),
        ("王丙", "同事", ["13800130002", "13800130003"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客户信息,,欠款信息,,\n案件编号,姓名,最新欠款,本金,利息", "account name balance principal interest"),
        ("案件编号,姓名,欠款余额,,\n,,本金,利息,罚息\n", "account name principal interest penalty"),
        ("案件编号,姓名,最新欠款\naccount,name,balance", "account name balance"),
        ("案件编号,最新欠款,第一联系人姓名,与客户关系,第一联系人电话", f"{OWED} {ONE}"),
        ("Account,Balance,Ref 1 Name,Ref 1 Relation,Ref 1 Phone,Ref 2 Name", f"{OWED} {ONE} party2_name"),
        ("合同号,欠款总额,配偶,配偶电话,担保人1姓名,担保人1电话,担保人2姓名", f"{OWED} {TWO} party3_name"),
        ("合同号,欠款总额,父亲姓名,父亲电话,亲属姓名,亲属电话", f"{OWED} {TWO}"),
    ],
)  # fmt: skip
def test_realistic_headers(text: str, expected: str):
    if "balance" not in expected:
        with pytest.raises(Exception, match="balance"):
            recognised(text + "\nA1,x,5,1,1,1,1\n")
        return
    assert fields(recognised(text + "\nA1,x,5,1,1,1,1\n")) == expected.split()


def test_kin_tell_their_relation():
    [account] = accounts(
        "案件编号,最新欠款,父亲姓名,父亲电话,母亲姓名\nA1,5,李乙,13800130001,王丙\n"
    ).accounts
    assert [(c.role, c.name, c.relation) for c in account.contacts] == [
        ("contact", "李乙", "父亲"), ("contact", "王丙", "母亲"),
    ]  # fmt: skip


FOOTERS = [
    "Grand Total,,9",
    "合 计,,9",
    "共2户,,9",
    "制表人：赵某,审核人：钱某,",
    "打印日期: 2026-11-23,,",
    "小计,,9",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_what_stands_below_the_rows_is_no_account(footer: str):
    found = accounts(f"案件编号,姓名,最新欠款\nA1,张甲,9\n{footer}\n")
    assert (len(found.accounts), found.left_out, found.errors) == (1, 1, [])


@pytest.mark.parametrize("row", ["TOTAL1,Total,9", "Note: 5,Ann,9", "A2,合计,9", "A3,注：李,9"])
def test_an_account_that_only_looks_like_a_footer_stays(row: str):
    found = accounts(f"案件编号,姓名,最新欠款\nA1,张甲,9\n{row}\n")
    assert (len(found.accounts), found.left_out) == (2, 0)
