"""What the remarks of a client propose, and that nothing in them reaches a shell."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.remarks import Remark, proposed, proposed_for, sounds_like_rule

CASES = [
    ("no calls Tue", "limit A --channel call --days tue"),
    ("NO SMS please", "limit A --channel sms"),
    ("only after 6pm", "limit A --only --hours 18:00-23:59"),
    ("never call before 9", "limit A --channel call --hours 00:00-09:00"),
    ("please call between 15:00 and 17:00 only", "limit A --only --channel call --hours 15:00-17:00"),
    ("do not call at work", "limit A --channel call --place work"),
    ("只能晚上联系", "limit A --only --hours 18:00-21:00"),
    ("要求晚上联系", "limit A --only --hours 18:00-21:00"),
    ("要求投诉处理", "tag A +投诉"),
    ("周末勿打电话", "limit A --channel call --days sat,sun"),
    ("周二、星期四不要致电", "limit A --channel call --days tue,thu"),
    ("9点前勿致电", "limit A --channel call --hours 00:00-09:00"),
    ("工作日上午不要打", "limit A --channel call --days mon-fri --hours 08:00-12:00"),
    ("不要打公司电话", "limit A --channel call --place work"),
    ("do not contact", "hold A cease"),
    ("cease: Y", "hold A cease"),
    ("represented by counsel", "hold A attorney"),
    ("客户有律师", "hold A attorney"),
    ("律师函已发", "tag A +律师"),
    ("disputed: yes", "hold A dispute"),
    ("账户被冒用", "hold A dispute"),
    ("died in May", "hold A deceased"),
    ("已申请破产重整", "hold A bankrupt"),
    ("in breathing space", "hold A breathing-space"),
    ("银行要求停催", "hold A other"),
    ("曾投诉", "tag A +投诉"),
    ("禁止减免: 是", "tag A +禁止减免"),
    ("敏感客群: A", "tag A +敏感客群"),
]


@pytest.mark.parametrize(("text", "command"), CASES)
def test_a_remark_proposes_the_command_that_would_make_a_rule_of_it(text: str, command: str) -> None:
    assert sounds_like_rule(text)
    assert Remark(2, "A", text).command == f"collectctl {command}"


def test_every_word_that_proposes_a_hold_is_one_that_lists_a_remark() -> None:
    words = (
        "死亡 去世 已故 身故 deceased died dead 破产 bankrupt insolvent 律师 代理人 attorney lawyer solicitor"
    )
    words += (
        " counsel represented 争议 异议 冒用 非本人 disputed fraud cease desist 停催 停止催收 暂停 暂缓 缓催"
    )
    missing = [word for word in words.split() if not sounds_like_rule(f"x {word} y")]
    assert missing == []
    assert [word for word in words.split() if " hold " not in proposed(f"x {word} y")] == []


def test_a_remark_of_several_accounts_proposes_one_line_for_all() -> None:
    assert proposed_for("no calls Tue", 3) == (
        "collectctl find 'no calls Tue' --limit 3 | collectctl limit - --channel call --days tue"
    )
    assert proposed_for("禁止减免: 是", 3) == "collectctl tag ACCOUNT +禁止减免"


@pytest.mark.parametrize("text", ["paid by card", "已还清", "moved to 上海", ""])
def test_other_remarks_are_not_listed(text: str) -> None:
    assert not sounds_like_rule(text)


@given(st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_what_is_proposed_is_words_and_no_more_to_a_shell(text: str, account: str) -> None:
    for remark in (text, f"禁止{text}: 是", f"no calls {text}"):
        words = shlex.split(Remark(2, account, remark).command)
        assert words[0] == "collectctl"
        assert words[1] in ("hold", "limit", "tag")
        assert words[2] == account
        assert proposed(remark).count("\n") == 0
