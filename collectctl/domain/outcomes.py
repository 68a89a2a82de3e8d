"""What a contact can come to: what the number did, who answered, what the account concluded.

The table is data. An outcome is typed by code, alias or Chinese name, or by a unique beginning of one; the
debtor's own meaning wins over a third party's. Flags: `us` counts as a call (12 CFR 1006.14(b)), `talk` is a
conversation about the debt, `cn6` an unanswered dial (2026 guideline).
"""

from collectctl.domain.errors import BadUsage
from collectctl.domain.records import Record
from collectctl.domain.words import _


class Outcome(Record):
    """`step` names what follows by default, `days` when (calendar days; hours where `step` is "hours").

    Steps: number (the next untried number, else the next time band, else `days`), hours, wait (nobody is
    called for `days`), talk (follow up in `days`), callback, promise, verify (a claimed payment), desk
    (a task without a contact), trace, hold (of the kind in `holds`), none.
    """

    code: str
    names: tuple[str, ...]  # aliases, then Chinese names
    who: str
    us: bool
    talk: bool
    cn6: bool
    step: str
    days: int
    meaning: str
    number: str = ""  # what it says about the number: dead, wrong, stale
    holds: str = ""
    channel: str = "call"

    @property
    def attempt(self) -> bool:
        """Whether it is a try to reach somebody at all (a note and a legal step are none)."""
        return self.channel != "desk"


_YES, _NO = True, False

# code, names, who, us, talk, cn6, step, days, meaning
TABLE = (
    Outcome("no-answer", ("na", "无人接听"), "none", _YES, _NO, _YES, "number", 1, _("nobody answered")),
    Outcome("busy", ("bz", "占线"), "none", _NO, _NO, _YES, "hours", 2, _("the line was busy")),
    Outcome("unreachable", ("off", "关机", "无法接通"), "none", _YES, _NO, _YES, "number", 1, _("switched off or out of reach")),
    Outcome("rejected", ("rej", "拒接"), "none", _YES, _NO, _YES, "number", 2, _("the call was rejected")),
    Outcome("voicemail", ("vm", "lm", "语音信箱", "留言"), "machine", _YES, _NO, _YES, "wait", 2, _("a voicemail was left")),
    Outcome("limited-message", ("lcm", "限定内容留言"), "machine", _YES, _NO, _YES, "wait", 2, _("a limited-content message was left")),
    Outcome("assistant", ("ai", "来电助手", "秘书台"), "machine", _YES, _NO, _YES, "wait", 1, _("a call assistant answered")),
    Outcome("hung-up", ("hu", "接通即挂"), "unknown", _YES, _NO, _NO, "wait", 2, _("they hung up at once")),
    Outcome("suspended", ("sus", "停机"), "none", _NO, _NO, _YES, "number", 7, _("the number is suspended")),
    Outcome("not-in-service", ("nis", "空号"), "none", _NO, _NO, _NO, "trace", 7, _("the number is not in service"), number="dead"),
    Outcome("wrong-number", ("wn", "错号", "非本人号码"), "third", _NO, _NO, _NO, "trace", 7, _("wrong number"), number="wrong"),
    Outcome("left", ("lv", "已离职", "已搬走"), "third", _YES, _NO, _NO, "trace", 7, _("has left there"), number="stale"),
    Outcome("third-party", ("tp", "他人接听", "未转告"), "third", _YES, _NO, _NO, "wait", 2, _("somebody else answered")),
    Outcome("relayed", ("tpr", "转告"), "third", _YES, _NO, _NO, "wait", 2, _("asked somebody else to pass it on")),
    Outcome("third-refused", ("tpn", "联系人拒绝"), "third", _YES, _NO, _NO, "wait", 2, _("the contact person refused")),
    Outcome("third-promise", ("tpp", "承诺代还"), "third", _YES, _NO, _NO, "promise", 0, _("somebody else promised to pay")),
    Outcome("language", ("lang", "语言不通"), "self", _YES, _NO, _NO, "wait", 1, _("no common language")),
    Outcome("callback", ("cb", "要求回拨"), "self", _YES, _YES, _NO, "callback", 0, _("asked to be called back")),
    Outcome("promise", ("ptp", "承诺还款"), "self", _YES, _YES, _NO, "promise", 0, _("promised to pay")),
    Outcome("paying", ("pay", "当场还款"), "self", _YES, _YES, _NO, "verify", 1, _("paid during the call")),
    Outcome("says-paid", ("cp", "称已还"), "self", _YES, _YES, _NO, "verify", 2, _("says it is paid")),
    Outcome("plan", ("pl", "协商分期"), "self", _YES, _YES, _NO, "talk", 1, _("wants instalments")),
    Outcome("settlement", ("st", "协商减免"), "self", _YES, _YES, _NO, "talk", 3, _("wants a reduction")),
    Outcome("negotiating", ("neg", "协商跟进"), "self", _YES, _YES, _NO, "talk", 2, _("negotiating")),
    Outcome("hardship", ("hs", "还款困难"), "self", _YES, _YES, _NO, "talk", 5, _("in difficulties")),
    Outcome("refused", ("rtp", "rp", "拒绝还款"), "self", _YES, _YES, _NO, "talk", 3, _("refused to pay")),
    Outcome("dispute", ("dis", "disc", "争议"), "self", _YES, _YES, _NO, "hold", 3, _("disputes the debt"), holds="dispute"),
    Outcome("fraud", ("frd", "否认债务", "冒用"), "self", _YES, _YES, _NO, "hold", 3, _("says it is not their debt"), holds="dispute"),
    Outcome("complaint", ("cmp", "投诉"), "self", _YES, _YES, _NO, "hold", 3, _("lodged a complaint"), holds="complaint"),
    Outcome("cease", ("stop", "c&d", "要求停催"), "self", _YES, _YES, _NO, "desk", 1, _("asked us to stop"), holds="cease"),
    Outcome("attorney", ("att", "律师代理"), "self", _YES, _YES, _NO, "hold", 7, _("represented by an attorney"), holds="attorney"),
    Outcome("agent", ("agt", "代理人介入"), "third", _YES, _NO, _NO, "desk", 1, _("an agent stepped in")),
    Outcome("deceased", ("dec", "死亡"), "unknown", _YES, _NO, _NO, "hold", 1, _("deceased"), holds="deceased"),
    Outcome("bankrupt", ("bk", "bky", "破产"), "unknown", _YES, _NO, _NO, "hold", 1, _("bankrupt"), holds="bankrupt"),
    Outcome("incapable", ("inc", "丧失行为能力", "服刑"), "unknown", _YES, _NO, _NO, "hold", 1, _("incapable or in custody"), holds="incapable"),
    Outcome("lost", ("skip", "失联"), "none", _NO, _NO, _NO, "trace", 7, _("can't be reached on any number"), channel="desk"),
    Outcome("sent", ("发送", "已发送"), "none", _NO, _NO, _NO, "wait", 2, _("message sent"), channel="sms"),
    Outcome("undelivered", ("bounced", "退信", "发送失败"), "none", _NO, _NO, _NO, "wait", 1, _("message came back"), channel="sms"),
    Outcome("replied", ("回复",), "self", _NO, _NO, _NO, "talk", 0, _("they wrote"), channel="sms"),
    Outcome("nobody-home", ("nh", "无人在家"), "none", _NO, _NO, _NO, "wait", 1, _("nobody at home"), channel="visit"),
    Outcome("met", ("见到本人",), "self", _NO, _YES, _NO, "talk", 3, _("met in person"), channel="visit"),
    Outcome("met-other", ("见到他人",), "third", _NO, _NO, _NO, "wait", 3, _("met somebody else"), channel="visit"),
    Outcome("bad-address", ("地址不存在", "拆迁"), "none", _NO, _NO, _NO, "wait", 1, _("no such address"), number="dead", channel="visit"),
    Outcome("moved", ("搬离", "已搬离"), "third", _NO, _NO, _NO, "wait", 1, _("has moved"), number="stale", channel="visit"),
    Outcome("refused-entry", ("拒绝入内",), "self", _NO, _NO, _NO, "wait", 3, _("refused to let us in"), channel="visit"),
    Outcome("legal-step", ("legal", "法律程序"), "none", _NO, _NO, _NO, "desk", 7, _("a legal step was taken"), channel="desk"),
    Outcome("note", ("备注",), "none", _NO, _NO, _NO, "none", 0, _("note"), channel="desk"),
)  # fmt: skip
BY_CODE = {outcome.code: outcome for outcome in TABLE}
BY_NAME = {name: o for o in reversed(TABLE) for name in (o.code, *o.names)}


class UnknownOutcome(BadUsage):
    def __init__(self, typed: str, nearest: tuple[str, ...]) -> None:
        super().__init__(
            _("no outcome is called {typed!r}; nearest: {nearest}").format(
                typed=typed, nearest=", ".join(nearest)
            ),
            "collectctl outcomes",
        )


class AmbiguousOutcome(BadUsage):
    def __init__(self, typed: str, codes: tuple[str, ...]) -> None:
        super().__init__(
            _("{typed!r} begins {codes}").format(typed=typed, codes=", ".join(codes)), "collectctl outcomes"
        )


def match(typed: str) -> Outcome:
    """The outcome that a collector typed. Raises `UnknownOutcome` or `AmbiguousOutcome` (exit 2)."""
    key = typed.strip().lower()
    if key in BY_NAME:
        return BY_NAME[key]
    found = {o.code: o for name, o in BY_NAME.items() if key and name.startswith(key)}
    own = {code: o for code, o in found.items() if o.who == "self"}
    hits = own if len(own) == 1 else found
    if len(hits) == 1:
        return next(iter(hits.values()))
    if hits:
        raise AmbiguousOutcome(typed, tuple(sorted(hits)))
    raise UnknownOutcome(typed, nearest(key))


def nearest(key: str) -> tuple[str, ...]:
    """The three codes whose names are most like what was typed."""
    from difflib import SequenceMatcher

    def likeness(outcome: Outcome) -> float:
        return max(SequenceMatcher(None, key, name).ratio() for name in (outcome.code, *outcome.names))

    return tuple(o.code for o in sorted(TABLE, key=likeness, reverse=True)[:3])


def is_slip(typed: str) -> bool:
    """Whether `typed` looks like the name of an outcome with a slip in it."""
    from difflib import get_close_matches

    return bool(get_close_matches(typed.strip().lower(), BY_NAME, 1, 0.7))
