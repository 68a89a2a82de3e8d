"""Remarks of the client that sound like a rule for contacts: listed for the collector, never applied.

Each comes with the command that would make it a rule; whether it is one, the collector decides.
"""

import re
from functools import lru_cache
from shlex import quote

from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.records import Record
from collectctl.domain.when import fold

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


# what a remark is about, the first that fits: hold of that kind
_HOLDS = (
    ("deceased", "死亡|去世|已故|身故|deceased|died|dead"),
    ("bankrupt", r"破产|bankrupt\w*|insolven\w*"),
    ("breathing-space", r"breathing\s+space"),
    ("attorney", "律师(?!函)|代理人|attorneys?|lawyers?|solicitors?|counsel|represented|legal aid"),
    ("dispute", r"争议|异议|冒用|非本人|disput\w*|fraud|identity\s+theft"),
    ("cease", r"cease|desist|stop\s+contact|no\s+contact|(?:do\s+not|don'?t|never)\s+contact"),
    ("other", "停催|停止催收|暂停|暂缓|缓催"),
)
_CHANNELS = (
    ("sms", r"sms|texts?|短信"),
    ("email", r"e-?mails?|邮件|邮箱"),
    ("letter", r"letters?|信件|信函|寄信"),
    ("visit", r"visits?|上门|外访"),
    ("call", r"calls?|ring|phone|电话|致电|拨打|打"),
)
_NOT = r"\bno\b|do\s+not|don'?t|\bnot\b|never|禁止|勿|不要|不得|不可|不许|不能|别"
_ONLY = r"\bonly\b|只能|仅限|只可|只在|仅可"
_WISH = r"要求|希望|请在|prefers?\b|\bwants?\b|asks?\b|asked\b"  # a rule where a day or an hour is named
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = (
    ("sat,sun", "weekends?|周末"),
    ("mon-fri", "weekdays?|工作日"),
    *(
        (day, rf"\b{day}[a-z]*\b|(?:周|星期|礼拜){sign}")
        for day, sign in zip(_WEEKDAYS, "一二三四五六日", strict=True)
    ),
    ("sun", "(?:周|星期|礼拜)天"),
)
_PARTS_OF_DAY = (
    ("18:00-21:00", "晚上|晚间|夜间|下班|evenings?"),
    ("08:00-12:00", "上午|早上|mornings?"),
    ("12:00-14:00", "中午"),
    ("12:00-18:00", "下午|afternoons?"),
    ("09:00-18:00", "白天|工作时间|(?:working|office|business)\\s+hours"),
)
_HOUR = r"(\d{1,2})(?:[:：点](\d{2})?)?\s*(am|pm)?"
_FINDABLE = 40  # characters
_LONGEST = 20  # characters of a tag
_READ = 100_000  # characters of a remark that are looked at: the search takes its time


class Remark(Record):
    """What a client's file says about an account that may be a rule for contacts."""

    row: int
    account: str
    text: str

    @property
    def shown(self) -> str:
        """The text with identity and card numbers masked."""
        return mask_long_numbers(self.text)

    @property
    def command(self) -> str:
        """What to type if it is one."""
        return proposed(self.text).format(account=quote(self.account))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    english = "|".join(line.strip().replace(" ", r"\s+") for line in _ENGLISH.splitlines())
    return re.compile(rf"{'|'.join(_CHINESE.split())}|\b(?:{english})\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def sounds_like_rule(text: str) -> bool:
    """Whether a remark may forbid, limit or suspend contacts.

    >>> sounds_like_rule("no calls Tue"), sounds_like_rule("paid by card")
    (True, False)
    """
    return _pattern().search(text, 0, _READ) is not None


def proposed(text: str) -> str:
    """The command that would make a rule of a remark; `{account}` stands for the account.

    >>> proposed("no calls Tue"), proposed("曾投诉")
    ('collectctl limit {account} --channel call --days tue', 'collectctl tag {account} +投诉')
    """
    low = fold(text[:_READ]).lower()
    for kind, words in _HOLDS:
        if re.search(words, low):
            return f"collectctl hold {{account}} {kind}"
    limit = _limit(low)
    if limit:
        return f"collectctl limit {{account}} {' '.join(limit)}"
    return f"collectctl tag {{account}} +{_tag(text)}"


def proposed_for(text: str, accounts: int) -> str:
    """The same for several accounts whose remarks have these words: found by them and piped.

    A flag of the client's, a long remark, or one that is not shown whole, is nothing to find them by.
    """
    if ": " in text or len(text) > _FINDABLE or mask_long_numbers(text) != text:
        return proposed(text).format(account="ACCOUNT")
    return f"collectctl find {quote(text)} --limit {accounts} | {proposed(text).format(account='-')}"


def _limit(low: str) -> list[str]:
    """The options of the limit that a remark asks for; none where it names neither channel, day nor hour."""
    channel = next((code for code, words in _CHANNELS if re.search(words, low)), "")
    days = ",".join(dict.fromkeys(day for day, words in _DAYS if re.search(words, low)))
    hours, unwanted = _hours(low), re.search(_NOT, low) is not None
    wished = not unwanted and (days or hours) and re.search(_WISH, low) is not None
    only = wished or re.search(_ONLY, low) is not None
    if not only and not unwanted:
        return []
    at_work = re.search(r"at\s+work|workplace|employer|单位|公司", low) is not None
    found = [
        ("--only", only), (f"--channel {channel}", channel), (f"--days {days}", days),
        (f"--hours {hours}", hours), ("--place work", at_work),
    ]  # fmt: skip
    options = [option for option, said in found if said]
    return options if options != ["--only"] else []


def _hours(low: str) -> str:
    """Hours as `limit` takes them, "" where none are named."""
    span = re.search(rf"{_HOUR}\s*(?:-|–|—|~|to|and|至|到)\s*{_HOUR}", low)
    if span:
        first, last = _clock(*span.groups()[:3]), _clock(*span.groups()[3:])
        return f"{first}-{last}" if first and last else ""
    after = re.search(rf"(?:after|from)\s+{_HOUR}", low) or re.search(rf"{_HOUR}\s*(?:以后|之后|后)", low)
    if after and (clock := _clock(*after.groups())):
        return f"{clock}-23:59"
    before = re.search(rf"(?:before|until)\s+{_HOUR}", low) or re.search(rf"{_HOUR}\s*(?:以前|之前|前)", low)
    if before and (clock := _clock(*before.groups())):
        return f"00:00-{clock}"
    return next((hours for hours, words in _PARTS_OF_DAY if re.search(words, low)), "")


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    whole = int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour)
    return f"{whole:02d}:{minute or '00'}" if whole < 24 and int(minute or 0) < 60 else ""


def _tag(text: str) -> str:
    """A tag: the name of the client's flag, else the words that sound like a rule."""
    flag, colon, _yes = text.partition(": ")
    found = _pattern().search(text)
    words = flag if colon and len(flag) <= _LONGEST else found[0] if found else text
    # letters and digits alone: the command may be pasted into a shell
    return re.sub(r"[^\w-]+", "-", words).strip("-")[:_LONGEST] or "remark"
