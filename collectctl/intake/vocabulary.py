"""The words of files: which spellings of a column's name mean which field, and what the field's cells are.

A spelling is matched folded (see `headers.fold`); a field's own key is always one of its spellings.
"""

# the order is the precedence where a file has several columns of one field
VOCABULARY = {
    "account": """个案序列号, 案件编号, 案件号, 机构案件号, 案件ID, 案件序列号, 合同编号, 合同号,
        借款合同号, 贷款合同号, 放款编号, 借据号, 借据编号, 借款编号, 贷款编号, 申请号, 申请单号,
        档案号, 账单号,
        account, account id, account no, account number, acct_num, acct no, file number, case id, case no,
        case number, case_code, contract_no, contract number, loan_id, loan number, application_id,
        invoiceNumber, invoice no, bill_no, doc_id, reference""",
    "client_customer": """客户号, 客户编号, 用户号, 用户编号, 客户ID, customerID, cust_number,
        customer number, DebtorId""",
    "name": """姓名, 客户姓名, 客户名称, 债务人姓名, 借款人姓名, 案人姓名, 持卡人姓名, 户名, 用户姓名, name,
        debtor name, customer name, name_customer, full name, 客户""",
    "first_name": "first name, FNAME",
    "middle_name": "middle name, MNAME",
    "last_name": "last name, LNAME, surname",
    "id_number": """证件号, 证件号码, 身份证号, 身份证号码, 身份证, 债务人身份证, 客户身份证, id number,
        id no, SSN, national id, pan""",
    "id_last4": "SSN last 4, SSN last four",
    "birth_date": "生日, 出生日期, DOB, date of birth, birthday",
    "phone_consent": "cell permission, phone consent, phone permission",
    "email": "邮箱, 电邮, 电子邮箱, email, e-mail, email address",
    "address": """家庭地址, 家庭住址, 住宅地址, 现住址, 债务人地址, 户籍地址, 账单地址, 地址, address,
        home address""",
    "work_address": "单位地址, 公司地址, work address, employer address",
    "region": "state, region, province, 省份, 所属省份",
    "city": "所属城市, 城市, city",
    "zip": "zip, zip code, postcode, postal code, 邮编",
    "employer": "单位名称, 公司名称, 工作单位名称, 工作单位, employer",
    "card_number": "卡号, 银行卡号, 借款卡号, 账号, 账户号, 还款卡号, card number",
    "placed_amount": """委案金额, 委案余额, 委案债权总额, 入催金额, 案件金额, 催收金额, 在催金额, 应催金额,
        placed amount, original balance, ORIG_BAL, case value, amount financed""",
    "balance": """最新欠款, 当前欠款总额, 欠款总额, 总欠款金额, 欠款余额, 账户余额, 贷款余额, 未还金额,
        逾期总额, 本息费合计, 欠款金额, 欠款, 当前欠款, 剩余欠款, 总欠款, balance, current balance,
        CURR_BAL, balance due, outstanding_amount, outstanding balance, amount due, total_debt,
        InvoiceAmount, converted_usd""",
    "overdue_amount": "逾期金额, 逾期余额, 应还金额, overdue amount",
    "cure_amount": "解除逾期状态所需金额, cure amount",
    "minimum_due": "最低还款额, 最低应缴款金额, minimum due",
    "principal": """本金, 剩余本金, 未偿还本金, 逾期本金, 应还本金, 贷款本金, principal,
        principal outstanding""",
    "interest": "逾期利息, 应还利息, 利息, interest",
    "penalty": "罚息, 逾期罚息, 违约金, 滞纳金, penalty, late fee",
    "fees": "手续费, 服务费, 年费, 超限费, 其他费用, fees",
    "costs": "costs",
    "currency": "币种, 货币, currency, ccy",
    "rate": "贷款利率, 年利率, 日利率, rate, interest_rate",
    "days_past_due": """当前逾期天数, 逾期天数, 委案时逾期天数, days_past_due, dpd, overdue_days,
        days_overdue, DaysLate""",
    "client_bucket": """逾期账龄, 账龄, 逾期时段, 逾期阶段, 委案逾期段, 拖欠级别, 逾期期数, 催收阶段,
        aging bucket, bucket, stage, client bucket""",
    "due_date": "应还款日, 应还日, 应还日期, 到期日期, 还款日, due_date, due_in_date",
    "first_overdue": """逾期日期, 逾期开始日期, 开始逾期日期, 首次逾期日期, first delinquency,
        first delinquency date, date of first delinquency""",
    "charge_off_date": "charge off date, ChgOffDate",
    "itemization_date": "itemization date",
    "placed_on": """委案日期, 委案时间, 委外起始日期, 委外开始日期, 委托起始日, 委托开始日期, 委派日期,
        分案日期, 派单时间, 委托日期, 入催日期, placed on, placement date, import date, assigned date""",
    "placement_ends": """预计退案日, 预计退案日期, 退案日期, 退案日, 委外计划截止日期, 委托截止日,
        委托结束日期, 委外到期日期, date end, placement end, placement ends, recall date""",
    "last_payment_on": """最后还款日, 最近还款日期, 最后还款日期, lastPaymentDate, last_pymnt_d,
        last payment on""",
    "last_payment_amount": "最后还款金额, 最近还款金额, last payment amount",
    "total_paid": "已还金额, 累计已还金额, total_paid, paid value",
    "client": "委托方, 委托方名称, 委托机构, 委案机构, 资金方, 债权方, client, creditor, issuer, lender",
    "original_creditor": "original creditor, 原债权人",
    "product": "产品, 产品名称, product, LoanType",
    "batch": "批次号, 委托批次, batch, portfolio, import name",
    "hand": "手别, 委外手别, hand",
    "client_score": "行方评分, 分值, 催收评分, 预测概率, 还款期望值, score, client score",
    "client_flags": """特殊案件类型, 敏感客群, 禁止减免, 投诉标识, 是否诉讼, 留案标签, 风险标签, disputed,
        bankruptcy, cease, client flags""",
    "language": "language, 语言",
    "validation_sent": "validation sent on, validation sent",
    "remarks": "备注, 原催收记录, 历史催收备注, notes, note, remarks, remark, comments, comment",
}
_PROMISED_ON = "承诺还款日期, 承诺日期, promise_to_pay_date, promise date, ptp date, promised on"
_PROMISED_AMOUNT = """承诺还款金额, 承诺金额, promise amount, ptp amount, amount promised,
    promised amount"""
_PAYER = "还款人, payer, paid by"
_RELATION = "关系, 与客户关系, 与本人关系, 与债务人关系, 与持卡人关系, relation, relationship"
# what names of columns mean in one kind of file only: there, these win over the words above
WORDS_OF_KIND = {
    "payments": {
        "paid_amount": """还款金额, 回款金额, 入账金额, 付款金额, amount_paid, paid amount, payment amount,
            amount""",
        "paid_on": """还款日期, 回款日期, 入账日期, 付款日期, payment_date, paid on, payment on, SettledDate,
            value date, date, 日期""",
        "method": "还款方式, payment_mode, payment method, method",
        "payer": "还款人, 付款人, payer, paid by",
        "reference": "流水号, 交易流水号, payment_id, repayment_id, transaction id, reference",
        "settled": "是否结清, settled",
        "instalment_due": "应还金额, amount due, instalment due",
    },
    "promises": {
        "promised_on": _PROMISED_ON,
        "promised_amount": _PROMISED_AMOUNT,
        "made_on": "催收时间, 联络时间, collection_date, call date, attempt_date, promised at, made on",
        "payer": _PAYER,
        "remarks": "催收内容",
    },
    "phones": {
        "phone": "号码, 新号码, 新手机号, 新电话, number, new number, new phone",
        "label": "电话类型, 号码类型, phone type, phone kind, number type, label, kind, type",
        "source": "号码来源, 信息来源, 来源, phone source, source",
        "relation": _RELATION,
        "role": "角色, role",
    },
    "extensions": {
        "extended_until": """留案至, 留案日期, 留案到期日, 留案到期日期, 留案截止日, 留案截止日期, 延期至,
            延期到期日, 延期截止日期, 延长至, 新退案日, 新退案日期, 新预计退案日期, 退案日期（新）,
            extended until, extended to, extension, extension until, extension date, extend until,
            new placement end, new end date, new date end""",
        "reference": "留案编号, 审批编号, 审批号, approval, approval no, extension reference, reference",
    },
    "activities": {
        "at": """联络时间, 联络日期, 催收时间, 催收日期, 拨打时间, 拨打日期, 呼叫时间, 通话日期, 跟进时间,
            时间, 日期, at, attempt_date, attempt time, attempt date and time, attempted at, call date,
            call time, call date time, call start, called at, contact date, contact time, collection_date,
            start time, FECHALLAMADA, HORALLAMADA, date, time, timestamp""",
        "channel": "联络方式, 催收方式, 沟通方式, 跟进方式, channel, medium, collection_mode",
        "direction": "呼叫方向, 呼叫类型, direction, call direction",
        "outcome": """催收结果, 联络结果, 通话结果, 结果, 处理结果, 拨打结果, 呼叫结果, 外呼结果, 跟进结果,
            outcome, outcome code, disposition, disposition code, call outcome, call result, result,
            result code, collection_status""",
        "who": "接听人, who, answered by",
        "number": """联络电话, 电话/地址, 拨打号码, 被叫号码, 被叫, 外呼号码, 联系电话, 电话号码, 电话,
            number, number or address, dialled number, dialed number, number dialled, number dialed,
            called number, phone number, phone, destination""",
        "party": """联络对象姓名, 联络对象, 对象姓名, 联系人姓名, 联系人, party, party name, contact name,
            person contacted, spoke to""",
        "relation": f"{_RELATION}, role",
        "text": """催收内容, 联络内容, 沟通内容, 通话内容, 催收记录, 催记, 催收小结, 备注, text, remarks,
            remark, notes, note, comments, comment""",
        "talk_seconds": """通话时长, 通话时长(秒), 通话时长(分钟), 通话时长(分), 通话秒数, 通话分钟,
            talk seconds, talk time, talk minutes, talk, duration, duration (s), duration (sec),
            duration (seconds), duration (min), duration (minutes), duration seconds, duration sec,
            duration minutes, duration min, call duration, call duration (s), call duration (min),
            call seconds, call minutes, length, minutes, seconds""",
        "recording": """录音, 录音文件, 录音编号, 录音地址, 录音ID, recording, recording id, recording file,
            recording url, call recording""",
        "agent": """催收人员, 催收员, 坐席, 坐席姓名, 经办人, agent, agent name, agent id, collection_agent,
            collector, collector id, collector name""",
        "reason": "欠款原因, 逾期原因, reason, reason for arrears, arrears reason",
        "promised_on": _PROMISED_ON,
        "promised_amount": _PROMISED_AMOUNT,
        "payer": _PAYER,
        "next_at": """下次跟进日期, 下次跟进时间, 下次联络时间, next_at, next date, next action date,
            next follow up, next follow up date, follow up date""",
        "purpose": "purpose",
        "written": "written",
        "raised_by": "raised_by",
    },
}
_ACCOUNT = frozenset(["account", "client_customer", "client", "currency"])
_OTHERS = {f"party{n}_{part}" for n in range(1, 100) for part in ("name", "relation", "phone", "role")}
# the fields that a kind of file reads, where these are few: all others are kept as extra
FIELDS_OF_KIND = {
    "payments": _ACCOUNT | {*WORDS_OF_KIND["payments"], "due_date"},
    "promises": _ACCOUNT | {*WORDS_OF_KIND["promises"]},
    "phones": _ACCOUNT | {*WORDS_OF_KIND["phones"], "id_number", "name", "remarks", *_OTHERS},
    "extensions": _ACCOUNT | {*WORDS_OF_KIND["extensions"], "placement_ends"},
    "activities": _ACCOUNT | {*WORDS_OF_KIND["activities"]},
}
# the fields that no other kind of file has
OWN_FIELDS = frozenset(
    field
    for words in WORDS_OF_KIND.values()
    for field in words
    if field not in VOCABULARY and field != "phone"
)
# a phone column by the kind of its numbers; "" where the name does not say
PHONES = {
    "mobile": """本人手机, 手机, 手机号, 手机号码, 客户手机号, 客户手机号码, 借款手机号, mobile,
        mobile_number, mobile phone, cell, cell phone""",
    "home": "家庭电话, 家庭号码, 家庭固话, 固定电话, home phone",
    "work": "单位电话, 公司电话, 单位号码, work phone, employer phone",
    "": "债务人电话, 联系方式, 联系电话, 电话号码, 电话, phone, phone number, telephone",
}

# what each field's cells are; every other field is text
_AMOUNTS = """placed_amount balance overdue_amount cure_amount minimum_due principal interest penalty fees
    costs last_payment_amount total_paid"""
_DATES = """birth_date due_date first_overdue charge_off_date itemization_date placed_on placement_ends
    last_payment_on validation_sent"""
_SEVERAL = "phone phone_consent email address work_address card_number client_flags remarks at text"
AMOUNTS = frozenset(_AMOUNTS.split())
DATES = frozenset(_DATES.split())
COUNTS = frozenset(["days_past_due", "client_score"])
IDENTITIES = frozenset(["account", "client_customer", "id_number", "card_number"])
SEVERAL = frozenset(_SEVERAL.split())  # fields that take more than one column
# a column of these names gives way to any other of its field
WEAK = frozenset(["reference", "客户", "amount"])
# two meanings in real files: never guessed
UNCLEAR = dict.fromkeys(["到期日", "到期时间"], ("due_date", "placement_ends"))

# the parts of another person's columns, and who that person is: folded spellings, as alternatives
PARTS = {
    "name": "姓名|名称|名字|name",
    "relation": "关系|与客户关系|与本人关系|与债务人关系|与持卡人关系|relation|relationship",
    "phone": "电话|手机|手机号|手机号码|电话号码|联系方式|联系电话|固话"
    "|phone|phonenumber|mobile|mobilenumber|cell",
    "role": "角色|role",
}
ROLES = {
    "spouse": "配偶|spouse",
    "guarantor": "担保人|保证人|guarantor",
    "co-debtor": "共同借款人|共债人|共借人|codebtor|coborrower",
    "contact": "紧急联系人|联系人|emergencycontact|reference|ref|contact|party",
    "other": "(?:单位|直系|亲属|亲友|其他|家庭)联系人",  # a contact beside the numbered ones
    "kin": "父亲|母亲|父母|子女|儿子|女儿|直系亲属|亲属|家人|朋友|同事",  # the relation is the word
}
# headers that belong to the other person named in the column before them
BARE_PARTS = {
    **dict.fromkeys(["关系", "与客户关系", "与本人关系", "relation", "relationship"], "relation"),
    **dict.fromkeys(["电话", "手机", "联系电话", "手机号", "手机号码", "phone", "mobile"], "phone"),
}
