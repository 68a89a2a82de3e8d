"""Remarks of the client that sound like a rule for contacts: listed for the collector, never applied."""

import re
from functools import lru_cache

_CHINESE = """投诉 举报 信访 媒体 银保监 监管 禁止 请勿 勿 不要 不得 不可 不许 不能 别打
    停催 停止 暂停 暂缓 缓催 只能 仅限 只可 只在 晚上 晚间 夜间 早上 白天 上午
    中午 下午 工作时间 下班 周末 律师 代理人 死亡 去世 已故 身故 破产 重整 诉讼
    起诉 仲裁 争议 异议 冒用 非本人 重病 大病 住院 精神 抑郁 自杀 自残 轻生 残疾
    怀孕 孕妇 未成年 敏感 特殊"""
# one pattern a line; a space stands for any white space
_ENGLISH = """no (?:calls?|contact|sms|texts?|e-?mails?|letters?|visits?)
    do not
    don'?t
    not to (?:call|contact)
    never (?:call|contact)
    only (?:call|contact|by|after|before|between|on|e-?mail|letters?)
    (?:calls?|contact) (?:only|after|before|between)
    (?:after|before) \\d
    cease|desist|stop|hold|revoked|consent|opt(?:ed)?[\\s-]?out
    attorneys?|lawyers?|solicitors?|counsel|represented|legal aid|court|ombudsman
    disput\\w*|complain\\w*|harass\\w*|fraud|identity theft
    bankrupt\\w*|insolven\\w*|breathing space
    deceased|died|dead|vulnerable|hardship|suicid\\w*|mental\\w*|hospital"""


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    english = "|".join(line.strip().replace(" ", r"\s+") for line in _ENGLISH.splitlines())
    return re.compile(rf"{'|'.join(_CHINESE.split())}|\b(?:{english})\b", re.IGNORECASE)


def sounds_like_rule(text: str) -> bool:
    """Whether a remark may forbid, limit or suspend contacts.

    >>> sounds_like_rule("no calls Tue"), sounds_like_rule("paid by card")
    (True, False)
    """
    return _pattern().search(text) is not None
