"""Wording that a collector may not use, found in messages and notes, in Chinese and in English.

What is forbidden are threats, posing as an authority, invented consequences, prison, blacklists, pressure
through workplace, family or village, and borrowing to repay (15 USC 1692c(b), 1692d, 1692e; 12 CFR 1006.14,
1006.18; GB/T 45251-2025 5.3; CONC 7.3). A court, a lawyer or a suit is no threat by itself. The table knows
the usual phrases: what it does not find is not thereby allowed.
"""

import re
from functools import cache

from collectctl.domain.records import Record
from collectctl.domain.words import _

THREAT, AUTHORITY, CONSEQUENCE, PRISON, BLACKLIST, PRESSURE, BORROWING = (
    _("a threat"), _("posing as an authority"), _("an invented consequence"), _("a threat of prison"),
    _("a blacklist"), _("pressure through others"), _("borrowing to repay"),
)  # fmt: skip
_CN = "GB/T 45251-2025 5.3"


class Found(Record):
    """Words of a text that may not be used; `line` is counted from 1."""

    words: str
    kind: str
    cite: str
    line: int


class _Phrase(Record):
    """A pattern, tried only where the text has one of `stems` (small letters)."""

    kind: str
    cite: str
    stems: tuple[str, ...]
    pattern: str


_WE = r"\b(?:we|i)(?:'ll| will| shall| are going to| am going to) "
_ASKED = r"(?:you |your name )(?:will|shall|can|could|may|might|are going to)? ?"
_AUTHORITIES = r"police|sheriff|courts?|prosecutor|district attorney|fbi|bailiffs?|marshals?"
_KIN = (
    r"boss|employer|manager|colleagues|co-?workers|family|parents|neighbou?rs|wife|husband|children|friends"
)
_YOU = "(?:你|您)(?:们|的)?"
_OFFICES = "公安|派出所|法院|检察|警察|警官|法官|民警"
_OTHERS = "单位|公司|领导|老板|同事|家人|父母|爸妈|老家|村|亲戚|亲友|朋友|邻居|通讯录"

_PHRASES = (
    _Phrase(PRISON, "15 USC 1692e(4)", ("jail", "prison"),
        rf"{_ASKED}(?:go|be sent|be put|end up|land|sit|face)(?: to| in(?:to)?)?"
        r" ?(?:jail|prison|imprisonment)"),
    _Phrase(PRISON, "15 USC 1692e(4)", ("jail", "prison", "behind bars"),
        rf"{_WE}(?:put|send|see|have|get) you\b.{{0,20}}\b(?:jail|prison|behind bars|imprisoned)"),
    _Phrase(PRISON, "15 USC 1692e(4)", ("arrest",),
        r"\byou(?:'ll| will| may| can| could)? (?:be|get) arrested|\bhave you arrested"
        r"|warrant for your arrest"),
    _Phrase(AUTHORITY, "15 USC 1692e(1)", ("police", "sheriff", "court", "prosecut", "attorney", "fbi",
        "bail", "marshal"), rf"\b(?:this is|i am|i'm|we are|we're|calling from|writing from) (?:from )?"
        rf"(?:the |a |an )?(?:\w+ )?(?:{_AUTHORITIES})\b(?! (?:matter|case|date|order|has|have|will|may))"),
    _Phrase(CONSEQUENCE, "15 USC 1692e(5)", ("passport", "visa", "children", "deport"),
        rf"{_ASKED}(?:lose|be deported)(?: your (?:passport|visa|children|kids))?"
        rf"|{_WE}(?:take|seize|cancel|revoke|block)(?: away)? your (?:passport|visa|children|kids)"),
    _Phrase(CONSEQUENCE, "15 USC 1692e(7)", ("criminal", "a crime"),
        r"\b(?:criminal (?:charges|complaint|proceedings) (?:will|have been|has been|are being)"
        r"|not paying is a crime|you (?:have )?committed a crime)"),
    _Phrase(BLACKLIST, "15 USC 1692d(3)", ("blacklist", "black list", "black-list"),
        r"\byour? (?:name )?[^.!?\n]{0,40}\bblack[ -]?list"),
    _Phrase(PRESSURE, "15 USC 1692c(b), 1692d(3)", ("your ",),
        rf"{_WE}(?:tell|call|inform|contact|visit|write to|speak to|go to)(?: all)? your (?:{_KIN})\b"),
    _Phrase(PRESSURE, "15 USC 1692c(b), 1692d(3)", ("everyone", "everybody", "publish", "post",
        "village"), rf"{_WE}(?:tell|let|show) (?:everyone|everybody|the (?:whole )?village)\b"
        rf"|{_WE}(?:publish|post) (?:your|it|this)\b"),
    _Phrase(THREAT, "15 USC 1692d(1)", ("you",),
        rf"{_WE}(?:find|hurt|harm|beat|kill|break|ruin|destroy|come for) you\b"
        r"|\byou(?:'ll| will) (?:regret (?:it|this)|be sorry)\b"
        r"|\bwatch your back\b|\bruin your (?:life|career)\b"),
    _Phrase(THREAT, "15 USC 1692d(1)", ("or else",), r"\bor else *(?:[.!…]|$)"),
    _Phrase(BORROWING, "CONC 7.3", ("borrow", "loan", "cash advance", "credit card"),
        r"\b(?:you (?:should|could|can|must|have to)|just|please|why don't you) (?:\w+ )?borrow\b"
        r"|\b(?:take|get)(?: out)? (?:a|another) (?:new |second |payday )?(?:loan|credit card|cash advance)"
        r" (?:to|and) (?:re)?pay"),
    _Phrase(PRISON, _CN, ("坐牢", "入狱", "监狱", "抓", "捕", "拘", "判", "刑"),
        f"{_YOU}.{{0,8}}(?:坐牢|入狱|进监狱|蹲监狱|被抓|被捕|被拘留|判刑)|(?:抓捕|逮捕|拘留|抓){_YOU}"
        f"|等着坐牢|不还.{{0,8}}(?:坐牢|入狱|抓人)|判{_YOU}.{{0,4}}年"),
    _Phrase(CONSEQUENCE, _CN, ("刑事", "通缉"),
        f"(?:追究|承担|负).{{0,8}}刑事责任|通缉{_YOU}|{_YOU}.{{0,6}}被.{{0,4}}通缉"),
    _Phrase(CONSEQUENCE, _CN, ("子女", "孩子", "小孩"),
        "(?:影响|耽误|连累).{0,8}(?:子女|孩子|小孩).{0,6}(?:上学|入学|读书|就业|工作|考公|参军|前途)"),
    _Phrase(AUTHORITY, _CN, tuple(_OFFICES.split("|")),
        f"(?:我|我们|这里|这边)(?:这里|这边)?(?:是|系)[^，。向到去由被经在把帮受]{{0,6}}(?:{_OFFICES})"),
    _Phrase(BLACKLIST, _CN, ("黑名单",),
        f"{_YOU}[^，。]{{0,14}}黑名单|(?:征信|失信|全网|行业|网络|子女).{{0,4}}黑名单"),
    _Phrase(PRESSURE, _CN, tuple(_OTHERS.split("|")),
        f"(?<!请)(?:通知|告诉|告知|联系|打给|打电话给|找|去|到){_YOU}(?:所在)?(?:{_OTHERS})"),
    _Phrase(PRESSURE, _CN, ("通讯录", "曝光", "张贴", "都知道", "广播", "公示"),
        f"爆通讯录|群发通讯录|(?:曝光|公示){_YOU}"
        "|(?:全村|村里|村委会|单位|亲友|小区).{0,8}(?:都知道|曝光|张贴|广播|公示)"),
    _Phrase(THREAT, _CN, ("你", "您", "后果自负", "走着瞧"),
        f"(?:弄死|打死|砍|收拾|整死|弄残|废了){_YOU}"
        f"|[让叫]{_YOU}[^，。]{{0,6}}(?:好看|身败名裂|不得安宁|后悔|混不下去)"
        f"|后果自负|走着瞧|小心{_YOU}的?(?:家人|狗命|腿)"),
    _Phrase(BORROWING, "2026 guideline; CONC 7.3", ("借", "贷", "套现"),
        f"(?:{_YOU}|建议|可以|赶紧|马上).{{0,4}}(?:去|再|先|找|向|问)[^，。]{{0,6}}(?:借|贷款|网贷|套现)"
        "[^，。]{0,8}(?:还|填|结清)"),
)  # fmt: skip


def forbidden(text: str) -> tuple[Found, ...]:
    """What of `text` may not be used, in its order; each place once."""
    small, found = text.lower(), {}
    for at, phrase in enumerate(_PHRASES):
        if any(stem in small for stem in phrase.stems):
            for hit in _compiled(at).finditer(text):
                words = hit.group().strip()
                line = text.count("\n", 0, hit.start()) + 1
                found[hit.start()] = Found(words, phrase.kind, phrase.cite, line)
    return tuple(found[start] for start in sorted(found))


@cache
def _compiled(at: int) -> re.Pattern[str]:
    return re.compile(_PHRASES[at].pattern, re.IGNORECASE | re.MULTILINE)


def doubts(text: str) -> tuple[str, ...]:
    """The same as sentences beside a note: what stands there may be quoted, and is kept as it is."""
    return tuple(
        _("{words!r} sounds like {kind}: never said to them [{cite}]").format(
            words=found.words, kind=_(found.kind), cite=found.cite
        )
        for found in forbidden(text)
    )
