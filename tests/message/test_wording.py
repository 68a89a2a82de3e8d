"""What a collector may not write, and what only sounds like it."""

import pytest

from collectctl.domain import wording
from collectctl.domain.wording import forbidden
from tests.conftest import Cli
from tests.test_money_day import data, ok, opened_desk

FORBIDDEN = [
    ("Pay now or you will go to jail.", wording.PRISON),
    ("You could be sent to prison for this", wording.PRISON),
    ("we'll put you behind bars", wording.PRISON),
    ("There is a warrant for your arrest.", wording.PRISON),
    ("You will be arrested tomorrow", wording.PRISON),
    ("This is the police", wording.AUTHORITY),
    ("I'm from the district attorney, call back", wording.AUTHORITY),
    ("We are the county court", wording.AUTHORITY),
    ("You will lose your passport", wording.CONSEQUENCE),
    ("Criminal charges will follow", wording.CONSEQUENCE),
    ("not paying is a crime", wording.CONSEQUENCE),
    ("Your name will be put on a blacklist", wording.BLACKLIST),
    ("We will call your employer", wording.PRESSURE),
    ("I'll tell all your neighbours", wording.PRESSURE),
    ("we will let everyone know", wording.PRESSURE),
    ("We'll find you", wording.THREAT),
    ("Pay by Friday, or else!", wording.THREAT),
    ("Just borrow it from a friend", wording.BORROWING),
    ("take out another loan to pay this one", wording.BORROWING),
    ("再不还款你就要坐牢", wording.PRISON),
    ("马上就来抓你", wording.PRISON),
    ("将追究您的刑事责任", wording.CONSEQUENCE),
    ("会影响您子女上学", wording.CONSEQUENCE),
    ("我是派出所民警", wording.AUTHORITY),
    ("这里是市人民法院", wording.AUTHORITY),
    ("您将被列入黑名单", wording.BLACKLIST),
    ("上征信黑名单", wording.BLACKLIST),
    ("我们会联系您的单位领导", wording.PRESSURE),
    ("明天去你公司", wording.PRESSURE),
    ("让全村都知道你欠钱", wording.PRESSURE),
    ("爆通讯录", wording.PRESSURE),
    ("弄死你", wording.THREAT),
    ("否则后果自负", wording.THREAT),
    ("你先去借钱把这笔还了", wording.BORROWING),
    ("建议您再向朋友借款还清", wording.BORROWING),
]
HARMLESS = [
    "The court decides whether a suit is in time.",
    "This is a court matter now",
    "They said their brother was in prison until May",
    "His lawyer is the former district attorney",
    "We may sue for the balance.",
    "Is this the best number, or else by letter?",
    "she wants to borrow from her sister",
    "May I call your mobile after six?",
    "asked to leave the employer alone, works at the police",
    "He has two credit cards and one loan to repay",
    "our number is blacklisted on his phone",
    "If we do not hear from you, we will call you again",
    "我们会依法向法院起诉",
    "客户说已收到法院传票",
    "他在派出所上班",
    "我是受法院委托的鉴定人的邻居",
    "对方把我们的号码拉入黑名单",
    "客户以前坐过牢，现已出狱",
    "请告知您的公司名称",
    "请联系您的发卡银行查询",
    "他打算找亲戚借钱还款",
    "已联系客户本人，公司已倒闭",
    "您可以去银行柜台还款",
    "您如有异议，可以向监管部门投诉或向法院起诉",
]


@pytest.mark.parametrize(("text", "kind"), FORBIDDEN)
def test_forbidden_wording_is_found(text: str, kind: str):
    assert kind in [found.kind for found in forbidden(text)]
    assert kind in [found.kind for found in forbidden(text.upper())]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_it_is_left_alone(text: str):
    assert forbidden(text) == ()


def test_the_words_are_named_with_their_line():
    first, second = forbidden("Dear Ann,\nyou will be arrested.\nOr else!\n")
    assert (first.words, first.line) == ("you will be arrested", 2)
    assert second.line == 3


@pytest.mark.parametrize("line", [("note", "A1"), ("log", "A1", "neg")])
def test_a_note_that_has_it_is_kept_with_a_warning(cli: Cli, home, line: tuple[str, ...]):
    desk = opened_desk(cli, home)
    ran = ok(desk(*line, "told him he will regret it,", "you will be arrested"))
    assert "note: 'you will be arrested' sounds like a threat of prison" in ran.err
    said = [entry["text"] for entry in data(desk, "show", "A1")["timeline"]]
    assert said == ["told him he will regret it, you will be arrested"]
    assert "sounds like" not in ok(desk(*line, "he may sue", now="2026-11-24T09:00")).err
