"""The sheet that goes back to the client: one row a contact, in the client's columns.

Two forms are known, a Chinese (催记) and an English one; a client may want other columns in another order.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from collectctl.domain import sheets
from collectctl.domain.buckets import bucket, days_past_due
from collectctl.domain.errors import BadUsage
from collectctl.domain.exports.returntext import (
    CHANNELS,
    CHINESE,
    ENGLISH,
    Told,
    outcome_name,
    relation_name,
    sentence,
)
from collectctl.domain.facts import AccountFile, Activity, PersonFile
from collectctl.domain.holds import standing_holds
from collectctl.domain.money import plain
from collectctl.domain.owing import balance_of, opening
from collectctl.domain.periods import Period
from collectctl.domain.promises import PromiseState, states_of
from collectctl.domain.receipts import received
from collectctl.domain.records import Record
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, IDENTITY, LOCAL, TEXT, Cell, Column, Money
from collectctl.domain.tasks import Task
from collectctl.domain.when import zone_of
from collectctl.domain.words import _

LANGUAGES = (ENGLISH, CHINESE)
# key, English and Chinese header, type, what it may tell about somebody
_TABLE = (
    ("account", "account", "个案序列号", IDENTITY, sheets.ACCOUNT),
    ("client_customer", "client reference", "客户号", IDENTITY, sheets.CUSTOMER),
    ("name", "name", "姓名", TEXT, sheets.DEBTOR),
    ("bank_account", "bank account", "账号", IDENTITY, sheets.CARD),
    ("card_number", "card number", "卡号", IDENTITY, sheets.CARD),
    ("id_number", "identity number", "证件号", IDENTITY, sheets.NUMBER),
    ("client", "client", "委托方", TEXT, ""),
    ("batch", "batch", "批次号", TEXT, sheets.BATCH),
    ("bucket", "bucket", "逾期账龄", TEXT, ""),
    ("days_past_due", "days past due", "逾期天数", COUNT, ""),
    ("placed_amount", "placed amount", "委案金额", AMOUNT, ""),
    ("balance", "balance", "欠款余额", AMOUNT, ""),
    ("currency", "currency", "币种", TEXT, ""),
    ("placed_on", "placed on", "委案日期", DATE, ""),
    ("placement_ends", "placement ends", "预计退案日", DATE, ""),
    ("party", "party", "对象姓名", TEXT, sheets.PARTY),
    ("relation", "relation", "关系", TEXT, sheets.FREE),
    ("number", "number or address", "电话/地址", IDENTITY, sheets.PHONE),
    ("number_kind", "kind of number", "电话类型", TEXT, ""),
    ("channel", "channel", "联络类型", TEXT, ""),
    ("at", "attempt date and time", "催收时间", LOCAL, ""),
    ("talk_seconds", "talk seconds", "通话时长", COUNT, ""),
    ("text", "remarks", "催收内容", TEXT, sheets.FREE),
    ("collector", "collector", "催收人员", TEXT, sheets.PARTY),
    ("direction", "direction", "谈判方式", TEXT, ""),
    ("outcome", "outcome", "催收结果", TEXT, ""),
    ("right_party", "right party (y/n)", "是否本人", TEXT, ""),
    ("state", "state", "催收状态", TEXT, ""),
    ("promised_on", "promise date", "承诺日期", DATE, ""),
    ("promised_amount", "promise amount", "承诺金额", AMOUNT, ""),
    ("promise_state", "promise state", "承诺状态", TEXT, ""),
    ("reduction_amount", "reduction to", "减免金额", AMOUNT, ""),
    ("reduction_state", "state of the reduction", "减免状态", TEXT, ""),
    ("reduction_until", "reduction until", "减免有效期", DATE, ""),
    ("paid", "paid", "已还金额", AMOUNT, ""),
    ("paid_in_period", "payments in period", "期间还款金额", AMOUNT, ""),
    ("last_payment_on", "last payment", "最近还款日期", DATE, ""),
    ("reason", "reason for arrears", "欠款原因", TEXT, ""),
    ("complaint", "complaint (y/n)", "投诉标识", TEXT, ""),
    ("special", "special circumstances", "特殊情况", TEXT, sheets.FREE),
    ("summary", "summary", "催收小结", TEXT, sheets.FREE),
    ("next_on", "next date", "下次跟进日期", DATE, ""),
    ("next_action", "next action", "下次跟进方式", TEXT, ""),
    ("tags", "tags", "备注", TEXT, sheets.FREE),
    ("last_on", "last contact before", "上次跟进日期", DATE, ""),
)  # fmt: skip
_FORMS = {
    CHINESE: """name bank_account card_number id_number account client batch bucket days_past_due
        placed_amount balance placed_on placement_ends party relation number number_kind channel at
        talk_seconds text collector direction outcome state promised_on promised_amount promise_state
        reduction_amount reduction_state reduction_until paid last_payment_on reason complaint special
        summary next_on next_action tags last_on""",
    ENGLISH: """account client_customer name at channel number party relation outcome right_party reason
        promised_on promised_amount promise_state paid_in_period balance next_action next_on text""",
}
_CHINESE_WORDS = {
    "yes": "是", "no": "否", "in": "来电", "out": "去电", "mobile": "手机", "home": "家庭", "work": "单位",
    "open": "未到期", "kept": "已兑现", "partly-kept": "部分兑现", "broken": "跳票", "withdrawn": "已撤回",
    "asked": "已申请", "sent": "已提交", "granted": "已批准", "refused": "已拒绝", "replaced": "已替换",
    "approved": "已批准", "accepted": "已接受", "paid": "已结清", "expired": "已过期", "on hold": "停催",
    "promised": "承诺还款中", "working": "催收中", "closed": "已结案", "call": "电话", "message": "短信",
    "letter": "信函", "desk": "内部处理", "forgot": "遗忘", "hardship": "生活困难",
    "income-loss": "失业或收入减少", "illness": "疾病", "over-indebted": "多头共债", "dispute": "争议",
    "payment-failed": "扣款失败", "away": "外出", "custody": "服刑或羁押", "death": "死亡", "other": "其他",
    "cease": "要求停催", "attorney": "律师代理", "complaint": "投诉", "deceased": "死亡",
    "incapable": "丧失行为能力", "bankrupt": "破产", "plan": "分期中",
    "breathing-space": "宽限期", "mandate-ended": "委托结束", "settled": "减免结清", "recalled": "撤案",
    "returned": "退案", "uncollectable": "无法催收",
}  # fmt: skip


class UnknownColumn(BadUsage):
    def __init__(self, typed: str, nearest: Sequence[str]) -> None:
        super().__init__(
            _("no column is called {typed!r}; nearest: {nearest}").format(
                typed=typed, nearest=", ".join(nearest)
            ),
            '--columns "account,at,outcome,text"',
        )


class Sheet(Record):
    """What the rows of a sheet are made for."""

    language: str
    period: Period
    now: datetime  # in the collector's zone
    collector: str


def language_of(accounts: Sequence[AccountFile]) -> str:
    """The language of a client by the contact policies of its accounts: the Chinese one asks for Chinese."""
    return CHINESE if any(policy.id == "cn" for a in accounts for policy in a.policies) else ENGLISH


def columns(language: str, wanted: str = "") -> list[Column]:
    """The columns of `wanted` (keys or headers, with commas between), else those of the language's form.

    A column that is named by its header in one language has that header, by its key that of `language`.
    Raises UnknownColumn (exit 2).
    """
    names = [name.strip() for name in wanted.replace("，", ",").split(",") if name.strip()]
    if not names:
        return [_column(key, language) for key in _FORMS[language].split()]
    return [_called(name, language) for name in names]


def _column(key: str, language: str) -> Column:
    _key, english, chinese, type_, about = next(row for row in _TABLE if row[0] == key)
    return Column(key, chinese if language == CHINESE else english, type_, about)


def _called(typed: str, language: str) -> Column:
    for key, english, chinese, type_, about in _TABLE:
        if typed in (english, chinese):
            return Column(key, typed, type_, about)
    for key, english, *_rest in _TABLE:
        if typed.lower().replace(" ", "_") in (key, english):
            return _column(key, language)
    raise UnknownColumn(typed, _nearest(typed))


def _nearest(typed: str) -> list[str]:
    from difflib import SequenceMatcher

    names = [
        name for key, english, chinese, *_rest in _TABLE for name in dict.fromkeys((key, english, chinese))
    ]
    return sorted(names, key=lambda name: -SequenceMatcher(None, typed.lower(), name).ratio())[:3]


def rows(
    person: PersonFile, account: AccountFile, task: Task | None, sheet: Sheet, wanted: Sequence[Column]
) -> Iterator[list[Cell]]:
    """The contacts of the period, oldest first, without our own notes; `task` is the next step as of now."""
    zone = zone_of(sheet.now)
    same: Mapping[str, Cell] | None = None
    for at, entry in enumerate(account.activities):
        if entry.outcome == "note" or not sheet.period.holds(entry.at.astimezone(zone).date()):
            continue
        same = same or {**_of_account(person, account, sheet), **_next(task)}
        cells = {**same, **_of_entry(person, account, entry, sheet)}
        before = next((a for a in reversed(account.activities[:at]) if a.outcome != "note"), None)
        cells["last_on"] = before.at.astimezone(zone).date() if before else None
        yield [_in_words(c, cells[c.key], sheet.language) for c in wanted]


_CODES = frozenset(
    ["number_kind", "direction", "right_party", "state", "promise_state", "reduction_state", "reason",
     "complaint", "next_action"]
)  # fmt: skip


def _in_words(column: Column, cell: Cell, language: str) -> Cell:
    """A code as the client reads it."""
    if not isinstance(cell, str) or column.key not in _CODES:
        return cell
    return _CHINESE_WORDS.get(cell, cell) if language == CHINESE else cell.replace("-", " ")


def _of_account(person: PersonFile, account: AccountFile, sheet: Sheet) -> dict[str, Cell]:
    today, currency, values = sheet.now.date(), account.statement.currency, account.statement.values
    days = days_past_due(account.statement.overdue_since, today)
    placed = values.get("placed_amount", opening(account).balance)
    came = received(account.payments, today)
    inside = [p for p in came if sheet.period.holds(p.on)]
    held = [h.kind for h in standing_holds(account, today)]
    card = str(values.get("card_number") or "")
    words = _CHINESE_WORDS if sheet.language == CHINESE else {}
    flags = [str(values["client_flags"])] if values.get("client_flags") else []
    return {
        "account": account.number,
        "client_customer": values.get("client_customer"),
        "name": account.debtor,
        "bank_account": card,
        "card_number": card,
        "id_number": values.get("id_number") or person.id_number,
        "client": account.client,
        "batch": account.placement.batch,
        "bucket": values.get("client_bucket") or bucket(days),
        "days_past_due": days if account.statement.overdue_since else None,
        "placed_amount": Money(placed, currency) if isinstance(placed, int) else None,
        "balance": Money(balance_of(account), currency),
        "currency": currency,
        "placed_on": account.placement.placed_on,
        "placement_ends": account.placement.ends_on,
        "collector": sheet.collector,
        "state": _state(account, held, sheet),
        "paid": Money(sum(p.amount for p in came), currency),
        "paid_in_period": Money(sum(p.amount for p in inside), currency),
        "last_payment_on": max((p.on for p in came), default=None),
        "complaint": "yes" if "complaint" in held or any(a.outcome == "complaint" for a in account.activities)
        else "no",
        "special": "; ".join([*flags, *(words.get(kind, kind) for kind in held)]),
        "tags": " ".join(account.tags),
        **_reduction(account, sheet),
    }  # fmt: skip


def _state(account: AccountFile, held: Sequence[str], sheet: Sheet) -> str:
    if not account.open:
        return account.placement.closed_as or "closed"
    if held:
        return "on hold"
    is_promised = any(s.state == "open" for s in states_of(account, sheet.now.date()))
    return "promised" if is_promised else "working"


def _reduction(account: AccountFile, sheet: Sheet) -> dict[str, Cell]:
    """The settlement, else the newest reduction that was asked for."""
    amount, until, state = None, None, None
    if account.settlements or account.requests:
        from collectctl.domain.requests import REDUCTION, state_of  # what few accounts have
        from collectctl.domain.settlements import current_settlement

        agreed = current_settlement(account, sheet.now.date())
        asked = [r for r in account.requests if r.kind == REDUCTION]
        if agreed:
            amount, until, state = agreed.settlement.amount, agreed.settlement.until, agreed.state
        elif asked:
            amount, until, state = asked[-1].amount, asked[-1].until, state_of(asked[-1], account)
    return {
        "reduction_amount": None if amount is None else Money(amount, account.statement.currency),
        "reduction_state": state,
        "reduction_until": until,
    }


def _next(task: Task | None) -> dict[str, Cell]:
    return {
        "next_on": task.on if task else None,
        "next_action": (task.channel or task.task) if task else None,
    }


def _of_entry(person: PersonFile, account: AccountFile, entry: Activity, sheet: Sheet) -> dict[str, Cell]:
    zone, language = zone_of(sheet.now), sheet.language
    states = [s for s in states_of(account, sheet.now.date()) if s.promise.activity == entry.id]
    told = _told(account, entry, states, sheet)
    made = sentence(entry, told, language)
    phone = next((p for p in (*person.phones, *person.party_phones) if p.digits == entry.number), None)
    return {
        "party": told.party or (account.debtor if entry.who == "self" else ""),
        "relation": told.relation,
        "number": phone.value if phone else entry.number,
        "number_kind": phone.label if phone else "",
        "channel": CHANNELS[language].get(entry.channel, entry.channel),
        "at": entry.at.astimezone(zone),
        "talk_seconds": entry.talk_seconds,
        "text": entry.text.strip() or made,
        "direction": "in" if entry.inbound else "out",
        "outcome": outcome_name(entry.outcome, language),
        "right_party": "yes" if entry.who in ("self", "liable") else "no",
        "promised_on": _of_parts([s.promise.due_on for s in states]),
        "promised_amount": _of_parts([Money(s.promise.amount, s.promise.currency) for s in states]),
        "promise_state": _state_of_all(states),
        "reason": entry.reason,
        "summary": made,
    }


def _told(account: AccountFile, entry: Activity, states: Sequence[PromiseState], sheet: Sheet) -> Told:
    party = next((p for p in reversed(account.parties) if p.name == entry.party and entry.party), None)
    role = "debtor" if entry.who == "self" else party.role if party else ""
    named = "" if party and party.name == party.role else entry.party
    relation = (party.relation if party else "") or relation_name(role, sheet.language)
    promised = [(s.promise.amount, s.promise.currency, s.promise.due_on) for s in states]
    then = entry.next_at.astimezone(zone_of(sheet.now)) if entry.next_at else entry.next_on
    return Told(named, relation, promised, then)


def _of_parts(cells: Sequence[date | Money]) -> Cell:
    """The cell of a promise; where it has several parts those of all, in their order."""
    if len(cells) < 2:
        return cells[0] if cells else None
    return "; ".join(plain(*cell) if isinstance(cell, Money) else cell.isoformat() for cell in cells)


def _state_of_all(states: Sequence[PromiseState]) -> str:
    """The state of a promise by its parts: that of the first which is not kept, else kept."""
    return next((s.state for s in states if s.state != "kept"), "kept" if states else "")
