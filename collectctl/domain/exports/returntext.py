"""One entry as a plain sentence for the client, in Chinese or English, whatever the collector's own language.

It is put together from the facts, for entries to which nothing was typed.
"""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.facts import Activity
from collectctl.domain.money import with_code
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.records import Record

CHINESE, ENGLISH = "zh", "en"
_TAIL = 4  # digits of a number that are told

# a channel, and the same where they contacted us
CHANNELS = {
    CHINESE: {"call": "电话", "sms": "短信", "email": "邮件", "chat": "在线聊天", "letter": "信函",
              "visit": "外访", "": "内部处理"},
    ENGLISH: {"call": "call", "sms": "text message", "email": "e-mail", "chat": "chat", "letter": "letter",
              "visit": "visit", "": "desk work"},
}  # fmt: skip
RELATIONS = {
    CHINESE: {"debtor": "本人", "spouse": "配偶", "guarantor": "担保人", "co-debtor": "共同债务人",
              "contact": "联系人", "relative": "亲属", "employer": "单位", "attorney": "律师",
              "agent": "代理人", "insurer": "保险公司"},
    ENGLISH: {"debtor": "debtor"},
}  # fmt: skip


class Told(Record):
    """What the sentence is about besides the entry: who answered by name and relation, what was promised."""

    party: str
    relation: str  # in words, "" where it is not known
    promised: Sequence[tuple[int, str, date]]  # minor units, currency, day
    next: date | datetime | None  # in the collector's zone


def outcome_name(code: str, language: str) -> str:
    """As the client reads it: the Chinese name, or the code in words."""
    if language == ENGLISH:
        return code.replace("-", " ")
    return next((name for name in BY_CODE[code].names if not name.isascii()), code)


def relation_name(word: str, language: str) -> str:
    """A role in the client's language; a relation in the client's own word stays."""
    return RELATIONS[language].get(word, word)


def sentence(entry: Activity, told: Told, language: str) -> str:
    """`致电尾号1234，本人接听：承诺还款，承诺2026-11-27还2,000.00 CNY。下次跟进：2026-11-27 15:30。`"""
    return (_chinese if language == CHINESE else _english)(entry, told)


def _chinese(entry: Activity, told: Told) -> str:
    way = CHANNELS[CHINESE].get(entry.channel, entry.channel)
    if entry.channel == "call":
        way = "来电" if entry.inbound else "致电"
    elif entry.inbound:
        way = f"收到{way}"
    tail = _tail(entry)
    start = f"{way}尾号{tail}" if tail else way
    who = {
        "self": "本人", "liable": _named(told, "担保人", "（{}）"), "third": _named(told, "他人", "（{}）"),
        "unknown": "身份不明者",
    }.get(entry.who, "")  # fmt: skip
    answered = f"，{who}{_answered(entry, '接听', '接待', '')}" if who else ""
    parts = "、".join(f"{day}还{with_code(a, c)}" for a, c, day in told.promised)
    promised = f"，承诺{parts}" if parts else ""
    next_ = f"下次跟进：{_when(told.next)}。" if told.next else ""
    return f"{start}{answered}：{outcome_name(entry.outcome, CHINESE)}{promised}。{next_}"


def _english(entry: Activity, told: Told) -> str:
    way = CHANNELS[ENGLISH].get(entry.channel, entry.channel).capitalize()
    tail = _tail(entry)
    number = f" {'from' if entry.inbound else 'to'} the number ending {tail}" if tail else ""
    start = f"{way}{number}" if tail or not entry.inbound else f"{way} from them"
    who = {
        "self": "the debtor", "liable": _named(told, "the guarantor", " ({})"),
        "third": _named(told, "somebody else", " ({})"), "unknown": "somebody",
    }.get(entry.who, "")  # fmt: skip
    answered = f", {who}{_answered(entry, ' answered', ' was there', '')}" if who else ""
    parts = ", ".join(f"{with_code(a, c)} on {day}" for a, c, day in told.promised)
    promised = f"; promised {parts}" if parts else ""
    next_ = f" Next step: {_when(told.next)}." if told.next else ""
    return f"{start}{answered}: {outcome_name(entry.outcome, ENGLISH)}{promised}.{next_}"


def _named(told: Told, nobody: str, brackets: str) -> str:
    """The party by name, with the relation; `nobody` where neither is known."""
    if not told.party:
        return told.relation or nobody
    relation = told.relation if told.relation != told.party else ""
    return told.party + (brackets.format(relation) if relation else "")


def _answered(entry: Activity, call: str, visit: str, other: str) -> str:
    if entry.inbound:
        return other
    return {"call": call, "visit": visit}.get(entry.channel, other)


def _tail(entry: Activity) -> str:
    digits = "".join(c for c in entry.number if c.isdigit())
    return digits[-_TAIL:] if entry.channel in ("call", "sms") and len(digits) > _TAIL else ""


def _when(at: date | datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else at.isoformat()
