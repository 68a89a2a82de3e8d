"""China: GB/T 45251-2025, the 2026 guideline and the house rules, each with its source and its edges."""

from datetime import datetime
from typing import Any, NamedTuple

import pytest

from collectctl.domain.facts import AccountFile, Hold, Payment, PersonFile, Promise
from collectctl.domain.logline import LogLine
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.recording import How, NewEntry, record
from tests.domain.rules.people import (
    ALL,
    CN,
    CN_MOBILE,
    HOUSE,
    NEW_YORK,
    SHANGHAI,
    Other,
    account,
    ask,
    at,
    blockers,
    call,
    cites,
    consent,
    day,
    from_them,
    hold,
    limit,
    person,
    phone,
    sent,
    warnings,
)

SECOND = phone("13800130002", "mobile", [SHANGHAI])
LANDLINE = phone("01062770003", "home", [SHANGHAI])
OFFICE = phone("01062770004", "work", [SHANGHAI])
FRIEND = Other("contact", "李四", "13900130004", (SHANGHAI,), "朋友")
MOTHER = Other("relative", "张母", "13900130005", (SHANGHAI,), "母亲")
WIFE = Other("spouse", "王五", "13900130006", (SHANGHAI,), "配偶")
GUARANTOR = Other("guarantor", "赵六", "13900130007", (SHANGHAI,))
CO_DEBTOR = Other("co-debtor", "钱七", "13900130008", (SHANGHAI,))
NUMBER = CN_MOBILE.digits
NOON = "2026-11-23 12:00"  # a Monday

STANDARD = "GB/T 45251-2025 5.3"
GUIDELINE = "2026 guideline"
HOUSE_CITE = "house policy"


def there(text: str) -> datetime:
    """A wall clock in Shanghai."""
    return at(text, SHANGHAI)


def zhang(*facts: Any, **more: Any) -> PersonFile:
    """A debtor in China with a friend, a mother, a wife, a guarantor and a co-debtor on file."""
    given = {
        "phones": (CN_MOBILE, LANDLINE),
        "others": (FRIEND, MOTHER, WIFE, GUARANTOR, CO_DEBTOR),
        "policies": CN,
    }
    if any(isinstance(fact, AccountFile) for fact in facts):
        given.pop("policies")
    return person(*facts, **{**given, **more})


def dial(when: str, outcome: str = "no-answer", to: str = NUMBER, **more: Any) -> Any:
    return call(there(when), outcome, to, **more)


def dials(count: int, outcome: str = "no-answer", to: str = NUMBER, **more: Any) -> list[Any]:
    """Calls on the morning of the 23rd, a minute apart."""
    return [dial(f"2026-11-23 09:{minute:02}", outcome, to, **more) for minute in range(count)]


def may(one: PersonFile, when: str = NOON, *args: Any, **more: Any) -> Any:
    return ask(one, there(when), *args, **more)


def promise(amount: int, made: str, due: str, **more: Any) -> Promise:
    plain = Promise(0, 1, 1, there(f"{made} 10:00"), day(made), day(due), None, amount, "CNY", "")
    return plain._replace(**more)


def paid(amount: int, on: str) -> Payment:
    return Payment(1, 1, None, day(on), amount, "CNY", True)


# --- every rule speaks, with its effect and its source ------------------------------------------------------


class Spoken(NamedTuple):
    who: PersonFile
    how: dict[str, Any]
    effect: str
    cite: str


RULES = {
    "cn.hours": Spoken(zhang(), {"when": "2026-11-23 22:00"}, "prohibited", STANDARD),
    "cn.interactive": Spoken(zhang(*dials(3, "negotiating")), {}, "prohibited", STANDARD),
    "cn.notice": Spoken(
        zhang(*dials(3, "negotiating", purpose="notice")), {"purpose": "notice"}, "prohibited", STANDARD
    ),
    "cn.unanswered": Spoken(zhang(*dials(6)), {}, "presumption", GUIDELINE),
    "cn.third": Spoken(zhang(), {"who": "李四"}, "prohibited", STANDARD),
    "cn.third-refused": Spoken(
        zhang(dial("2026-11-20 10:00", "third-refused", FRIEND.number, party="李四")),
        {"who": "李四"}, "prohibited", STANDARD,
    ),
    "cn.third-content": Spoken(zhang(), {"who": "李四"}, "warn", GUIDELINE),
    "cn.visit": Spoken(zhang(), {"channel": "visit"}, "prohibited", "2026 guideline art 22; 自律公约 art 21"),
    "cn.plan": Spoken(zhang(hold("plan", "2026-11-01")), {}, "prohibited", "信用卡业务监督管理办法 art 70"),
    "cn.stop": Spoken(zhang(hold("deceased", "2026-11-01")), {}, "prohibited", HOUSE_CITE),
    "cn.dispute": Spoken(
        zhang(hold("dispute", "2026-11-01")), {}, "prohibited", "信用卡业务监督管理办法 art 69"
    ),
    "cn.mandate": Spoken(zhang(ends="2026-11-22"), {}, "prohibited", "个人信息保护法 art 21"),
}  # fmt: skip
FACTS = {
    "cn.instalments": ("most", 60, "信用卡业务监督管理办法 art 70"),
    "cn.retention": ("years", 5, "信用卡业务监督管理办法 art 68, 70; 消费金融公司管理办法"),
}


def test_every_chinese_rule_is_tested():
    assert {rule.id for rule in ALL["cn"].rules} == {*RULES, *FACTS}


@pytest.mark.parametrize("rule", RULES)
def test_a_chinese_rule_speaks_with_its_effect_and_its_source(rule: str):
    expected = RULES[rule]
    how = {"when": NOON, **expected.how}
    verdict = may(expected.who, how.pop("when"), **how)
    said = {r.rule: r for r in verdict.reasons}
    assert rule in said
    assert said[rule].effect == expected.effect
    assert said[rule].cite.startswith(expected.cite)
    assert said[rule].text


@pytest.mark.parametrize("rule", FACTS)
def test_what_concerns_no_contact_is_kept_as_a_fact(rule: str):
    key, value, cite = FACTS[rule]
    found = next(r for r in ALL["cn"].rules if r.id == rule)
    assert (getattr(found, key), found.cite) == (value, cite)


def test_the_chinese_rules_bind_from_the_day_of_the_standard():
    """GB/T 45251-2025 is in force since 2025-02-28."""
    assert blockers(may(zhang(), "2025-02-27 23:00")) == set()
    assert blockers(may(zhang(), "2025-02-28 23:00")) == {"cn.hours"}


def test_the_verdict_names_the_policy_and_not_the_house_beside_it():
    assert may(zhang()).policies == ("cn@2026-01",)


# --- hours (GB/T 45251-2025 5.3; 2026 guideline ch. 3) ------------------------------------------------------

CLOCK = [
    ("2026-11-23 07:59", False), ("2026-11-23 08:00", True), ("2026-11-23 12:00", True),
    ("2026-11-23 21:59", True), ("2026-11-23 22:00", False), ("2026-11-23 23:59", False),
    ("2026-11-24 00:00", False), ("2026-11-24 03:00", False), ("2026-11-24 07:59:59", False),
]  # fmt: skip


@pytest.mark.parametrize("channel", ["call", "sms", "email", "chat", "visit"])
@pytest.mark.parametrize(("when", "open_"), CLOCK)
def test_from_22_to_8_nobody_is_contacted(when: str, channel: str, open_: bool):
    verdict = may(zhang(), when, channel, collectors=2)
    assert blockers(verdict) == (set() if open_ else {"cn.hours"})
    if not open_:
        assert cites(verdict)["cn.hours"] == "GB/T 45251-2025 5.3; 2026 guideline ch. 3"


@pytest.mark.parametrize(("when", "_open"), CLOCK)
def test_a_letter_has_no_hour(when: str, _open: bool):
    assert may(zhang(), when, "letter").effect == "allowed"


@pytest.mark.parametrize(
    ("when", "opens"),
    [
        ("2026-11-23 22:00", "2026-11-24 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2026-11-24 00:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-12-31 22:30", "2027-01-01 08:00"),
    ],
)
def test_the_night_crosses_midnight_and_ends_at_8(when: str, opens: str):
    verdict = may(zhang(), when)
    assert verdict.next_at == there(opens)
    assert verdict.opens == there(opens)
    assert verdict.closes == there(opens).replace(hour=22)
    assert verdict.reasons[0].until == there(opens)


def test_by_day_the_window_is_that_of_the_day():
    verdict = may(zhang())
    assert (verdict.opens, verdict.closes) == (there("2026-11-23 08:00"), there("2026-11-23 22:00"))
    assert verdict.next_at is None
    assert verdict.zones == (SHANGHAI,)


@pytest.mark.parametrize("zone", [NEW_YORK, "Europe/London", "UTC", "Pacific/Auckland", "Asia/Urumqi"])
@pytest.mark.parametrize(("when", "open_"), CLOCK)
def test_the_hours_are_those_of_shanghai_wherever_the_collector_sits(when: str, zone: str, open_: bool):
    elsewhere = there(when).astimezone(at(NOON, zone).tzinfo)
    verdict = ask(zhang(), elsewhere)
    assert blockers(verdict) == (set() if open_ else {"cn.hours"})
    assert verdict.zones == (SHANGHAI,)


def test_the_hours_are_those_of_shanghai_whatever_the_number():
    abroad = zhang(phones=(phone("2125550101", "mobile", [NEW_YORK]),))
    assert blockers(may(abroad, "2026-11-23 08:00")) == set()
    assert blockers(may(abroad, "2026-11-23 22:00")) == {"cn.hours"}


@pytest.mark.parametrize(
    "when", ["2026-11-28 09:00", "2026-11-29 21:00", "2026-10-01 10:00", "2026-02-17 10:00"]
)
def test_weekends_and_holidays_are_not_excluded(when: str):
    assert may(zhang(), when).effect == "allowed"


def test_a_third_party_and_a_guarantor_have_the_same_hours():
    opened = zhang(hold("deceased", "2026-11-01"))
    assert blockers(may(opened, "2026-11-23 22:00", who="李四")) == {"cn.hours"}
    assert blockers(may(zhang(), "2026-11-23 07:00", who="赵六")) == {"cn.hours"}


@pytest.mark.parametrize("channel", ["call", "chat"])
def test_a_debtor_who_calls_at_night_is_not_called_back_at_night(channel: str):
    theirs = from_them(there("2026-11-23 23:00"), to=NUMBER, channel=channel)
    assert blockers(may(zhang(theirs), "2026-11-23 23:10", channel)) == {"cn.hours"}


# --- hours that were agreed ---------------------------------------------------------------------------------

AGREED = consent(there("2026-11-20 10:00"), hours="22:00-23:30")


@pytest.mark.parametrize(
    ("when", "open_"),
    [
        ("2026-11-23 21:59", True), ("2026-11-23 22:00", True), ("2026-11-23 23:29", True),
        ("2026-11-23 23:30", False), ("2026-11-24 07:59", False), ("2026-11-19 22:30", False),
    ],
)  # fmt: skip
def test_consent_with_hours_opens_them_from_its_receipt(when: str, open_: bool):
    assert blockers(may(zhang(AGREED), when)) == (set() if open_ else {"cn.hours"})


def test_the_window_ends_where_the_agreed_hours_end():
    verdict = may(zhang(AGREED), "2026-11-23 21:00")
    assert verdict.closes == there("2026-11-23 23:30")


def test_agreed_hours_may_cross_midnight():
    late = zhang(consent(there("2026-11-20 10:00"), hours="22:00-01:00"))
    assert blockers(may(late, "2026-11-24 00:30")) == set()
    assert blockers(may(late, "2026-11-24 01:00")) == {"cn.hours"}


def test_agreed_hours_are_those_of_the_channel_that_was_agreed():
    assert blockers(may(zhang(AGREED), "2026-11-23 22:30", "sms")) == {"cn.hours"}


def test_agreed_hours_of_a_named_day_are_of_that_day_alone():
    once = zhang(consent(there("2026-11-20 10:00"), hours="22:00-23:00", on="2026-11-23"))
    assert blockers(may(once, "2026-11-22 22:30")) == {"cn.hours"}
    assert blockers(may(once, "2026-11-23 22:30")) == set()
    assert blockers(may(once, "2026-11-24 22:30")) == {"cn.hours"}


def test_agreed_hours_end_with_their_last_day_and_when_they_are_withdrawn():
    until = zhang(consent(there("2026-11-20 10:00"), hours="22:00-23:00", until="2026-11-23"))
    assert blockers(may(until, "2026-11-23 22:30")) == set()
    assert blockers(may(until, "2026-11-24 22:30")) == {"cn.hours"}
    gone = zhang(AGREED._replace(withdrawn=there("2026-11-22 10:00")))
    assert blockers(may(gone, "2026-11-21 22:30")) == set()
    assert blockers(may(gone, "2026-11-22 22:30")) == {"cn.hours"}


def test_consent_without_hours_opens_no_night():
    assert blockers(may(zhang(consent(there("2026-11-20 10:00"))), "2026-11-23 22:30")) == {"cn.hours"}


@pytest.mark.parametrize("who", ["李四", "张母", "王五", "赵六", "钱七"])
def test_what_the_debtor_agreed_to_opens_nothing_towards_others(who: str):
    opened = zhang(AGREED, hold("incapable", "2026-11-01"))
    assert "cn.hours" in blockers(may(opened, "2026-11-23 22:30", who=who))


def test_agreed_hours_open_no_other_rule():
    talked = zhang(AGREED, *dials(3, "negotiating"))
    assert blockers(may(talked, "2026-11-23 22:30")) == {"cn.interactive"}
    assert blockers(may(zhang(AGREED, *dials(6)), "2026-11-23 22:30")) == {"cn.unanswered"}


# --- effective calls (GB/T 45251-2025 5.3) ------------------------------------------------------------------


def test_three_talks_a_day_and_the_next_is_tomorrow_at_8():
    assert may(zhang(*dials(2, "negotiating"))).calls_left == 1
    verdict = may(zhang(*dials(3, "negotiating")))
    assert (verdict.effect, verdict.calls_left) == ("prohibited", 0)
    assert verdict.next_at == there("2026-11-24 08:00")
    assert verdict.reasons[0].until == there("2026-11-24 00:00")
    assert may(zhang(*dials(3, "negotiating")), "2026-11-24 08:00").calls_left == 3


@pytest.mark.parametrize("channel", ["sms", "email", "chat", "letter"])
def test_talks_are_counted_for_calls_alone(channel: str):
    assert may(zhang(*dials(3, "negotiating")), NOON, channel).effect == "allowed"


@pytest.mark.parametrize("outcome", [code for code, known in BY_CODE.items() if known.talk and code != "met"])
def test_every_talk_with_the_debtor_is_effective(outcome: str):
    assert "cn.interactive" in blockers(may(zhang(*dials(3, outcome))))


def test_a_talk_on_another_number_or_about_another_debt_is_one_with_the_same_debtor():
    other = account(dial("2026-11-23 09:30", "refused", LANDLINE.digits), id=2, policies=CN)
    first = account(*dials(2, "negotiating"), id=1, policies=CN)
    assert blockers(may(zhang(first, other), account=1)) == {"cn.interactive"}
    assert blockers(may(zhang(first, other), account=2)) == {"cn.interactive"}


def test_one_call_about_two_debts_is_one_call():
    one = [dial(f"2026-11-23 09:{n:02}", "negotiating", contact=n + 1) for n in range(2)]
    both = zhang(account(*one, id=1, policies=CN), account(*one, id=2, policies=CN))
    assert may(both, account=1).calls_left == 1


def test_the_day_is_that_of_shanghai():
    """Two talks late on the 22nd there are on the 22nd in New York too, where the third is as well."""
    late = [dial(f"2026-11-22 21:{m}", "negotiating") for m in (10, 20)]
    early = dial("2026-11-23 08:30", "negotiating")
    in_new_york = there(NOON).astimezone(at(NOON, NEW_YORK).tzinfo)
    assert in_new_york.date() == day("2026-11-22")
    assert ask(zhang(*late, early), in_new_york).calls_left == 2


def test_the_debtors_own_calls_are_no_contacts_of_ours():
    theirs = [from_them(there(f"2026-11-23 09:{m}"), to=NUMBER) for m in (10, 20, 30, 40)]
    assert may(zhang(*theirs)).calls_left == 3


def test_a_conversation_that_they_began_about_another_debt_is_no_call_of_ours():
    raised = dials(3, "negotiating", raised_by="them")
    assert may(zhang(*raised)).calls_left == 3


def test_a_guarantor_has_a_count_of_their_own():
    talks = dials(3, "negotiating", GUARANTOR.number, who="liable", party="赵六")
    assert blockers(may(zhang(*talks), who="赵六")) == {"cn.interactive"}
    assert may(zhang(*talks)).calls_left == 3


# --- notices (GB/T 45251-2025 5.3) --------------------------------------------------------------------------


def test_three_connected_notices_a_day():
    verdict = may(zhang(*dials(3, "negotiating", purpose="notice")), purpose="notice")
    assert blockers(verdict) == {"cn.notice"}
    assert verdict.next_at == there("2026-11-24 08:00")
    assert "by us alone" in verdict.reasons[0].text  # the institution's other agencies have theirs


def test_notices_and_talks_are_two_counters():
    notices = zhang(*dials(3, "negotiating", purpose="notice"))
    assert (may(notices).effect, may(notices).calls_left) == ("allowed", 3)
    talks = zhang(*dials(3, "negotiating"))
    assert may(talks, purpose="notice").effect == "allowed"
    assert may(talks, purpose="notice").calls_left == 3


def test_a_notice_that_nobody_answered_is_an_unanswered_dial():
    rung_out = zhang(*dials(6, purpose="notice"))
    assert blockers(may(rung_out, purpose="notice")) == {"cn.unanswered"}


# --- unanswered dials (2026 guideline) ----------------------------------------------------------------------

UNANSWERED = ["no-answer", "busy", "unreachable", "rejected", "voicemail", "limited-message", "assistant",
              "suspended"]  # fmt: skip
ANSWERED = ["hung-up", "third-party", "relayed", "third-refused", "third-promise", "left", "language"]


@pytest.mark.parametrize("outcome", UNANSWERED)
def test_six_unanswered_dials_to_a_number_and_the_next_is_a_presumption(outcome: str):
    five = may(zhang(*dials(5, outcome)))
    assert (five.effect, five.calls_left) == ("allowed", 1)
    six = may(zhang(*dials(6, outcome)))
    assert (six.effect, blockers(six)) == ("presumption", {"cn.unanswered"})
    assert six.next_at == there("2026-11-24 08:00")


@pytest.mark.parametrize("outcome", ANSWERED)
def test_what_was_answered_is_no_unanswered_dial(outcome: str):
    assert "cn.unanswered" not in blockers(may(zhang(*dials(7, outcome))))


def test_unanswered_dials_are_counted_by_number():
    six = zhang(*dials(6))
    assert may(six, to=LANDLINE.digits).effect == "allowed"
    three_each = zhang(*dials(3), *dials(3, to=LANDLINE.digits))
    assert may(three_each).calls_left == 3


def test_unanswered_dials_to_a_guarantor_count_for_that_number():
    six = zhang(*dials(6, to=GUARANTOR.number))
    assert blockers(may(six, who="赵六", to=GUARANTOR.number)) == {"cn.unanswered"}
    assert may(six).effect == "allowed"


def test_unanswered_dials_to_one_number_about_two_debts_add_up():
    first = account(*dials(3), id=1, policies=CN)
    other = account(*[dial(f"2026-11-23 10:{m}") for m in (10, 20, 30)], id=2, policies=CN)
    assert blockers(may(zhang(first, other), account=2)) == {"cn.unanswered"}


def test_more_dials_may_be_agreed():
    agreed = zhang(*dials(8), consent(there("2026-11-20 10:00")))
    assert may(agreed).effect == "allowed"
    withdrawn = consent(there("2026-11-20 10:00"), withdrawn=there("2026-11-21 10:00"))
    assert blockers(may(zhang(*dials(6), withdrawn))) == {"cn.unanswered"}


def test_an_answered_call_between_them_leaves_the_six():
    assert blockers(may(zhang(*dials(6), dial("2026-11-23 10:00", "refused")))) == {"cn.unanswered"}


def test_the_three_counters_are_three():
    full = zhang(
        *dials(6), *[dial(f"2026-11-23 10:{m}", "negotiating") for m in (10, 20, 30)],
        *[dial(f"2026-11-23 11:{m}", "negotiating", purpose="notice") for m in (10, 20, 30)],
    )  # fmt: skip
    assert blockers(may(full)) == {"cn.interactive", "cn.unanswered"}
    assert blockers(may(full, purpose="notice")) == {"cn.notice", "cn.unanswered"}
    assert blockers(may(full, to=LANDLINE.digits)) == {"cn.interactive"}
    assert blockers(may(full, "2026-11-24 08:00")) == set()


@pytest.mark.parametrize("purpose", ["", "notice"])
def test_a_call_that_somebody_else_answered_counts_to_no_counter(purpose: str):
    """It is a third-party contact: neither unanswered nor effective (2026 guideline)."""
    verdict = may(zhang(*dials(9, "third-party", purpose=purpose)), purpose=purpose)
    assert (verdict.effect, verdict.calls_left) == ("allowed", 3)


def test_no_weekly_cap_no_message_cap_and_no_quiet_period_is_known():
    week = [dial(f"2026-11-{d:02} 1{h}:00") for d in range(16, 23) for h in range(6)]
    assert may(zhang(*week), "2026-11-23 08:00").effect == "allowed"
    texts = [sent(there(f"2026-11-23 09:{m:02}"), "sms", NUMBER) for m in range(30)]
    assert may(zhang(*texts), NOON, "sms").effect == "allowed"
    talked = may(zhang(dial("2026-11-23 09:00", "negotiating")))
    assert (talked.effect, talked.calls_left) == ("allowed", 2)


# --- a contact person (GB/T 45251-2025 5.3; 2026 guideline) -------------------------------------------------


@pytest.mark.parametrize("who", ["李四", "朋友", "张母", "王五", "配偶", "同事"])
def test_others_are_left_alone_while_the_debtor_can_be_reached(who: str):
    verdict = may(zhang(), who=who)
    assert blockers(verdict) == {"cn.third"}
    assert cites(verdict)["cn.third"] == "GB/T 45251-2025 5.3; 2026 guideline"
    assert verdict.next_at is None


def test_a_contact_person_is_known_by_their_number():
    assert blockers(may(zhang(), to=FRIEND.number)) == {"cn.third"}


@pytest.mark.parametrize("channel", ["call", "sms", "letter", "email"])
def test_the_rule_about_others_holds_for_every_channel(channel: str):
    assert blockers(may(zhang(), NOON, channel, who="李四")) == {"cn.third"}


def test_to_ask_where_the_debtor_is_opens_nothing_in_china():
    assert blockers(may(zhang(), who="李四", purpose="location")) == {"cn.third"}


@pytest.mark.parametrize("who", ["赵六", "担保人", "钱七", "共同债务人"])
def test_guarantors_and_co_debtors_are_no_third_party(who: str):
    verdict = may(zhang(), who=who)
    assert verdict.effect == "allowed"
    assert verdict.reasons == ()


@pytest.mark.parametrize(
    ("outcome", "opens"),
    [("not-in-service", True), ("wrong-number", True), ("suspended", False), ("no-answer", False)],
)
def test_an_invalid_reserved_mobile_opens_at_once_and_a_suspended_one_does_not(outcome: str, opens: bool):
    verdict = may(zhang(dial("2026-11-23 09:00", outcome)), who="李四")
    assert blockers(verdict) == (set() if opens else {"cn.third"})


def test_an_invalid_landline_opens_nobody():
    one = zhang(dial("2026-11-23 09:00", "not-in-service", LANDLINE.digits))
    assert blockers(may(one, who="李四")) == {"cn.third"}


def test_a_number_that_did_not_come_from_the_client_is_no_reserved_one():
    found = phone("13800130009", "mobile", [SHANGHAI], source="tracing")
    dead = zhang(dial("2026-11-23 09:00", "not-in-service"), phones=(CN_MOBILE, found))
    assert blockers(may(dead, who="李四")) == set()
    other = zhang(dial("2026-11-23 09:00", "not-in-service", found.digits), phones=(CN_MOBILE, found))
    assert blockers(may(other, who="李四")) == {"cn.third"}


def test_with_two_reserved_mobiles_both_must_be_invalid():
    phones = (CN_MOBILE, SECOND)
    one = dial("2026-11-23 09:00", "not-in-service")
    two = dial("2026-11-23 09:05", "not-in-service", SECOND.digits)
    assert blockers(may(zhang(one, phones=phones), who="李四")) == {"cn.third"}
    assert blockers(may(zhang(one, two, phones=phones), who="李四")) == set()


def test_three_failed_dials_open_the_contact_person_tomorrow_not_today():
    tried = zhang(*dials(3))
    today = may(tried, "2026-11-23 21:00", who="李四")
    assert blockers(today) == {"cn.third"}
    assert today.next_at == there("2026-11-24 08:00")
    assert blockers(may(tried, "2026-11-24 07:59", who="李四")) == {"cn.hours"}
    assert blockers(may(tried, "2026-11-24 08:00", who="李四")) == set()


def test_tomorrow_is_that_of_shanghai():
    """Dials at 8 in the morning there are on the day before in New York."""
    early = zhang(*[dial(f"2026-11-23 08:0{m}") for m in range(3)])
    new_york = at(NOON, NEW_YORK).tzinfo
    evening = there("2026-11-23 21:00").astimezone(new_york)
    assert evening.date() > there("2026-11-23 08:00").astimezone(new_york).date()
    assert blockers(ask(early, evening, who="李四")) == {"cn.third"}
    assert blockers(ask(early, there("2026-11-24 08:00").astimezone(new_york), who="李四")) == set()


@pytest.mark.parametrize("outcome", UNANSWERED)
def test_each_unanswered_dial_is_a_failed_one(outcome: str):
    assert blockers(may(zhang(*dials(3, outcome)), "2026-11-24 09:00", who="李四")) == set()


@pytest.mark.parametrize(
    "facts",
    [
        dials(2),
        [*dials(2), dial("2026-11-23 10:00", "hung-up")],
        [*dials(2), *dials(2, to=LANDLINE.digits)],
        [*dials(2), dial("2026-11-23 10:00", "negotiating"), dial("2026-11-23 11:00")],
        [*dials(2), from_them(there("2026-11-23 10:00"), to=NUMBER), dial("2026-11-23 11:00")],
        [sent(there(f"2026-11-23 10:{m}"), "sms", NUMBER) for m in (10, 20, 30)],
    ],
    ids=["two", "hung up", "two numbers", "a talk between", "their own call between", "messages"],
)
def test_less_than_three_failed_dials_in_a_row_open_nobody(facts: list[Any]):
    assert blockers(may(zhang(*facts), "2026-11-24 09:00", who="李四")) == {"cn.third"}


def test_a_talk_starts_the_count_again():
    talk = dial("2026-11-23 10:00", "negotiating")
    again = [dial(f"2026-11-23 11:{m}") for m in (10, 20, 30)]
    assert blockers(may(zhang(*dials(3), talk), "2026-11-24 09:00", who="李四")) == {"cn.third"}
    assert blockers(may(zhang(*dials(3), talk, *again), "2026-11-24 09:00", who="李四")) == set()


def test_three_dials_on_several_days_are_in_a_row_too():
    spread = [dial("2026-11-10 10:00"), dial("2026-11-15 10:00"), dial("2026-11-20 10:00")]
    assert blockers(may(zhang(*spread), "2026-11-20 21:00", who="李四")) == {"cn.third"}
    assert blockers(may(zhang(*spread), "2026-11-21 09:00", who="李四")) == set()


def test_out_of_reach_on_three_days_in_a_row_opens_after_the_third():
    """No number was dialled three times, but none answered on three days."""
    numbers = (NUMBER, LANDLINE.digits, SECOND.digits)
    phones = (CN_MOBILE, LANDLINE, SECOND)
    run = [dial(f"2026-11-{20 + n} 10:00", to=number) for n, number in enumerate(numbers)]
    assert blockers(may(zhang(*run[:2], phones=phones), "2026-11-22 09:00", who="李四")) == {"cn.third"}
    assert blockers(may(zhang(*run, phones=phones), "2026-11-22 21:00", who="李四")) == {"cn.third"}
    assert blockers(may(zhang(*run, phones=phones), "2026-11-23 09:00", who="李四")) == set()
    gap = [*run[:2], dial("2026-11-23 10:00", to=SECOND.digits)]
    assert blockers(may(zhang(*gap, phones=phones), "2026-11-24 09:00", who="李四")) == {"cn.third"}


@pytest.mark.parametrize("kind", ["deceased", "incapable"])
def test_death_or_incapacity_opens_others_and_closes_the_debtor(kind: str):
    one = zhang(hold(kind, "2026-11-23"))
    assert blockers(may(one, who="李四")) == set()
    assert blockers(may(one, who="赵六")) == set()
    assert len(blockers(may(one))) == 1


def test_other_holds_close_others_as_well():
    one = zhang(*dials(3), hold("dispute", "2026-11-23"))
    assert blockers(may(one, "2026-11-24 09:00", who="李四")) == {"cn.dispute"}


def test_it_ends_when_the_debtor_is_reached_again():
    later = dial("2026-11-25 10:00", "promise")
    one = zhang(*dials(3), later)
    assert blockers(may(one, "2026-11-25 09:00", who="李四")) == set()
    assert blockers(may(one, "2026-11-25 11:00", who="李四")) == {"cn.third"}


def test_it_ends_when_the_invalid_number_answers_again():
    one = zhang(dial("2026-11-23 09:00", "not-in-service"), dial("2026-11-25 10:00", "promise"))
    assert blockers(may(one, "2026-11-24 09:00", who="李四")) == set()
    assert blockers(may(one, "2026-11-25 11:00", who="李四")) == {"cn.third"}


def test_where_the_debtor_was_reached_on_another_number_since_the_rule_warns():
    """That it ends then rests on inference (verify): at most a warning."""
    dead = dial("2026-11-23 09:00", "not-in-service")
    one = zhang(dead, dial("2026-11-25 10:00", "promise", LANDLINE.digits))
    assert "cn.third" not in warnings(may(zhang(dead), who="李四"))
    after = may(one, "2026-11-25 11:00", who="李四")
    assert (after.effect, "cn.third" in warnings(after)) == ("warn", True)


def test_somebody_elses_answer_is_not_the_debtors():
    one = zhang(*dials(3), dial("2026-11-23 10:00", "third-party", LANDLINE.digits))
    assert blockers(may(one, "2026-11-24 09:00", who="李四")) == set()


# --- a third party who refuses (GB/T 45251-2025 5.3) --------------------------------------------------------

REFUSED = dial("2026-11-20 10:00", "third-refused", FRIEND.number, party="李四")


@pytest.mark.parametrize("when", ["2026-11-20 10:01", "2026-11-23 12:00", "2036-11-23 12:00"])
@pytest.mark.parametrize("how", [{"who": "李四"}, {"to": FRIEND.number}, {"who": "朋友"}])
def test_who_refused_is_never_contacted_again(when: str, how: dict[str, str]):
    opened = zhang(REFUSED, hold("deceased", "2026-11-01"))
    verdict = may(opened, when, **how)
    assert blockers(verdict) == {"cn.third-refused"}
    assert verdict.next_at is None


@pytest.mark.parametrize("channel", ["call", "sms", "chat", "email", "letter"])
def test_who_refused_is_contacted_by_no_channel(channel: str):
    opened = zhang(REFUSED, hold("deceased", "2026-11-01"))
    assert "cn.third-refused" in blockers(may(opened, NOON, channel, who="李四"))


def test_a_refusal_about_one_debt_holds_for_the_others():
    first = account(REFUSED, hold("deceased", "2026-11-01"), id=1, policies=CN)
    both = zhang(first, account(id=2, policies=CN))
    assert "cn.third-refused" in blockers(may(both, who="李四", account=2))


def test_the_refusal_is_that_persons_alone():
    opened = zhang(REFUSED, hold("deceased", "2026-11-01"))
    assert blockers(may(opened, who="张母")) == set()


def test_a_refusal_that_named_the_person_holds_whatever_number_was_called():
    named = zhang(
        dial("2026-11-20 10:00", "third-refused", NUMBER, party="李四"), hold("deceased", "2026-11-01")
    )
    assert blockers(may(named, who="李四")) == {"cn.third-refused"}


# --- what a third party hears (2026 guideline) --------------------------------------------------------------


@pytest.mark.parametrize("who", ["李四", "张母", "王五", "同事"])
def test_before_a_contact_with_others_stands_what_may_not_be_said(who: str):
    verdict = may(zhang(hold("deceased", "2026-11-01")), who=who)
    assert verdict.effect == "warn"
    assert cites(verdict) == {"cn.third-content": GUIDELINE}


@pytest.mark.parametrize("who", ["", "赵六", "钱七"])
def test_who_owes_the_debt_may_hear_of_it(who: str):
    assert "cn.third-content" not in warnings(may(zhang(), who=who))


# --- visits (2026 guideline art 22; 自律公约 art 21) -----------------------------------------------------


def test_a_visit_needs_a_second_collector():
    alone = may(zhang(), NOON, "visit")
    assert blockers(alone) == {"cn.visit"}
    assert "--with" in alone.reasons[0].text
    together = may(zhang(), NOON, "visit", collectors=2)
    assert (together.effect, warnings(together)) == ("warn", {"cn.visit"})
    assert may(zhang(), NOON, "visit", collectors=3).effect == "warn"


def test_a_second_visit_on_a_day_warns():
    def said(one: PersonFile, when: str, **more: Any) -> str:
        verdict = may(one, when, "visit", collectors=2, **more)
        assert verdict.effect == "warn"
        return " ".join(r.text for r in verdict.reasons)

    visited = dial("2026-11-23 10:00", "nobody-home", "")
    assert "not more than one a day" in said(zhang(visited), "2026-11-23 15:00")
    assert "not more than one a day" not in said(zhang(visited), "2026-11-24 10:00")
    assert "not more than one a day" not in said(zhang(visited), "2026-11-23 09:00")
    two_debts = zhang(account(visited, id=1, policies=CN), account(id=2, policies=CN))
    assert "not more than one a day" in said(two_debts, "2026-11-23 15:00", account=2)


@pytest.mark.parametrize("outcome", ["met", "met-other", "nobody-home", "refused-entry"])
def test_a_visit_is_no_call(outcome: str):
    assert may(zhang(*dials(6, outcome, ""))).calls_left == 3


# --- what stops contact -------------------------------------------------------------------------------------

INSTALMENTS = [
    promise(100, "2026-11-01", "2026-11-10", id=1, activity=1),
    promise(100, "2026-11-01", "2026-12-10", id=2, activity=1),
]
PLAN: Hold = hold("plan", "2026-11-01")


def test_an_instalment_plan_that_is_kept_stops_collection():
    """信用卡业务监督管理办法 art 70."""
    kept = zhang(PLAN, *INSTALMENTS, paid(100, "2026-11-10"))
    for when in ("2026-11-02 12:00", "2026-11-10 12:00", "2026-11-12 12:00", "2026-12-10 12:00"):
        assert blockers(may(kept, when)) == {"cn.plan"}
    assert blockers(may(kept, NOON, "letter")) == {"cn.plan"}


def test_an_instalment_plan_that_is_broken_does_not():
    missed = zhang(PLAN, *INSTALMENTS)
    assert blockers(may(missed, "2026-11-11 12:00")) == {"cn.plan"}  # the day of grace
    assert blockers(may(missed, "2026-11-12 12:00")) == set()
    partly = zhang(PLAN, *INSTALMENTS, paid(99, "2026-11-10"))
    assert blockers(may(partly, "2026-11-12 12:00")) == set()
    second = zhang(PLAN, *INSTALMENTS, paid(100, "2026-11-10"))
    assert blockers(may(second, "2026-12-12 12:00")) == set()


def test_a_promise_from_before_the_plan_does_not_break_it():
    before = promise(500, "2026-10-01", "2026-10-10", id=9, activity=9)
    assert blockers(may(zhang(PLAN, before, *INSTALMENTS), "2026-11-05 12:00")) == {"cn.plan"}


def test_a_plan_about_one_debt_leaves_the_others():
    both = zhang(account(PLAN, id=1, policies=CN), account(id=2, policies=CN))
    assert blockers(may(both, account=1)) == {"cn.plan"}
    assert blockers(may(both, account=2)) == set()


@pytest.mark.parametrize("channel", ["call", "sms", "email", "chat", "letter", "visit"])
def test_the_dead_are_not_contacted(channel: str):
    verdict = may(zhang(hold("deceased", "2026-11-23")), NOON, channel, collectors=2)
    assert "cn.stop" in blockers(verdict)
    assert verdict.next_at is None


def test_death_is_about_the_person_and_not_about_one_debt():
    both = zhang(account(hold("deceased", "2026-11-23"), id=1, policies=CN), account(id=2, policies=CN))
    assert blockers(may(both, account=2)) == {"cn.stop"}


def test_a_settled_account_is_closed():
    verdict = may(zhang(closed="2026-11-22"))
    assert blockers(verdict) == {"house.closed"}
    assert cites(verdict) == {"house.closed": HOUSE_CITE}
    assert blockers(may(zhang(closed="2026-11-22"), "2026-11-21 12:00")) == set()


def test_an_objection_stops_contact_until_it_is_answered():
    """信用卡业务监督管理办法 art 69; the stop is ours."""
    held = zhang(hold("dispute", "2026-11-20", "2026-11-22"))
    assert blockers(may(held, "2026-11-22 12:00")) == {"cn.dispute"}
    assert may(held, "2026-11-22 12:00").next_at == there("2026-11-23 08:00")
    assert blockers(may(held)) == set()
    assert blockers(may(zhang(hold("dispute", "2026-11-20")), purpose="verification")) == set()


def test_the_last_day_of_the_mandate_is_inside():
    """个人信息保护法 art 21."""
    until = zhang(ends="2026-11-23")
    assert blockers(may(until, "2026-11-23 21:59")) == set()
    after = may(until, "2026-11-24 08:00")
    assert (blockers(after), after.next_at) == ({"cn.mandate"}, None)
    for how in ({"channel": "letter"}, {"who": "赵六"}, {"channel": "visit", "collectors": 2}):
        assert "cn.mandate" in blockers(may(until, "2026-11-24 08:00", **how))


def recorded(outcome: str, *facts: Any, next_at: datetime | None = None, **how: Any) -> NewEntry:
    """What the line would add to the book."""
    one = zhang(*facts)
    line = LogLine(BY_CODE[outcome], (), (), None, next_at, "", ())
    return record(one, one.accounts[0], line, How(**{"at": there(NOON), **how}))


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize(("outcome", "kind"), [("dispute", "dispute"), ("fraud", "dispute")])
def test_a_dispute_holds_in_china_spoken_or_written(outcome: str, kind: str, written: bool):
    assert recorded(outcome, written=written).hold == kind


@pytest.mark.parametrize("written", [False, True])
def test_a_wish_to_be_left_alone_gives_a_tag_and_no_hold_in_china(written: bool):
    entry = recorded("cease", written=written)
    assert (entry.hold, entry.tags, entry.unwanted) == ("", ("cease",), "")


def test_an_agreed_call_back_is_no_consent_to_more_calls_in_china():
    assert recorded("callback", next_at=there("2026-11-24 10:00")).consent_on is None


@pytest.mark.parametrize("outcome", ["negotiating", "promise", "replied"])
def test_what_the_debtor_does_by_themselves_breaches_nothing(outcome: str):
    held = hold("dispute", "2026-11-01")
    assert recorded(outcome, held, at=there("2026-11-23 23:00"), inbound=True).breaches == ()


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({"at": there("2026-11-23 22:30")}, "cn.hours"),
        ({"at": there(NOON), "to": FRIEND.number}, "cn.third"),
        ({"at": there(NOON), "channel": "visit"}, "cn.visit"),
    ],
)
def test_what_took_place_against_a_rule_is_recorded_as_such(how: dict[str, Any], rule: str):
    outcome = "met" if how.get("channel") == "visit" else "no-answer"
    assert [b.rule for b in recorded(outcome, **how).breaches] == [rule]


# --- the house rules, which hold in China too and wherever no policy binds ----------------------------------

NO_CALLS = limit(there("2026-11-20 10:00"), channel="call")
HOUSE_RULES = {
    "house.hold": Spoken(zhang(hold("complaint", "2026-11-01")), {}, "prohibited", HOUSE_CITE),
    "house.closed": Spoken(zhang(closed="2026-11-22"), {}, "prohibited", HOUSE_CITE),
    "house.mandate": Spoken(zhang(ends="2026-11-22", policies=HOUSE), {}, "prohibited", HOUSE_CITE),
    "house.number": Spoken(zhang(dial("2026-11-22 10:00", "wrong-number")), {}, "prohibited", HOUSE_CITE),
    "house.inconvenient": Spoken(
        zhang(limit(there("2026-11-20 10:00"), hours="11:00-13:00")), {}, "prohibited", HOUSE_CITE
    ),
    "house.place": Spoken(
        zhang(limit(there("2026-11-20 10:00"), place="home")), {"to": LANDLINE.digits},
        "prohibited", HOUSE_CITE,
    ),
    "house.work": Spoken(
        zhang(limit(there("2026-11-20 10:00"), place="work"), phones=(CN_MOBILE, OFFICE)),
        {"to": OFFICE.digits}, "prohibited", HOUSE_CITE,
    ),
    "house.medium": Spoken(zhang(NO_CALLS), {}, "prohibited", HOUSE_CITE),
    "house.third-refused": Spoken(
        zhang(REFUSED, policies=HOUSE), {"who": "李四"}, "prohibited", HOUSE_CITE
    ),
}  # fmt: skip


def test_every_house_rule_is_tested():
    assert {rule.id for rule in ALL["none"].rules} == set(HOUSE_RULES)


@pytest.mark.parametrize("rule", HOUSE_RULES)
def test_a_house_rule_speaks_with_its_effect_and_its_source(rule: str):
    expected = HOUSE_RULES[rule]
    verdict = may(expected.who, **expected.how)
    said = {r.rule: (r.effect, r.cite) for r in verdict.reasons}
    assert said[rule] == (expected.effect, expected.cite)


def test_house_rules_give_way_to_a_policys_rule_of_their_kind():
    assert blockers(may(zhang(ends="2026-11-22"))) == {"cn.mandate"}
    assert blockers(may(zhang(REFUSED, hold("deceased", "2026-11-01")), who="李四")) == {"cn.third-refused"}
    assert blockers(may(zhang(hold("dispute", "2026-11-01")))) == {"cn.dispute"}


@pytest.mark.parametrize(
    "kind",
    ["cease", "attorney", "dispute", "complaint", "deceased", "incapable", "bankrupt", "plan",
     "breathing-space", "mandate-ended", "other"],
)  # fmt: skip
def test_a_hold_of_any_kind_holds_where_no_policy_binds(kind: str):
    held = zhang(hold(kind, "2026-11-20"), policies=HOUSE)
    assert blockers(may(held)) == {"house.hold"}
    assert blockers(may(held, "2026-11-19 12:00")) == set()


def test_without_a_policy_there_are_no_hours_counts_or_quiet_periods():
    talked = zhang(*dials(9), *dials(9, "negotiating"), policies=HOUSE)
    for when in ("2026-11-23 03:00", "2026-11-23 12:00", "2026-11-23 23:30"):
        assert (may(talked, when).effect, may(talked, when).calls_left) == ("allowed", None)
    assert may(talked).policies == ("none@2026-11",)


@pytest.mark.parametrize("outcome", ["not-in-service", "wrong-number", "left"])
def test_a_number_that_is_not_theirs_is_not_dialled_until_they_answer_it(outcome: str):
    gone = zhang(dial("2026-11-20 10:00", outcome))
    assert "house.number" in blockers(may(gone))
    assert "house.number" in blockers(may(gone, NOON, "sms"))
    assert may(gone, to=LANDLINE.digits).effect == "allowed"
    again = zhang(dial("2026-11-20 10:00", outcome), dial("2026-11-21 10:00", "negotiating"))
    assert blockers(may(again)) == set()


def test_what_the_debtor_does_not_want_is_kept_free():
    assert blockers(may(zhang(NO_CALLS), NOON, "letter")) == set()
    assert "house.medium" in blockers(may(zhang(NO_CALLS), NOON, purpose="optout-confirmation"))
    noon = zhang(limit(there("2026-11-20 10:00"), hours="11:00-13:00"))
    assert may(noon).next_at == there("2026-11-23 13:00")
    home = zhang(limit(there("2026-11-20 10:00"), place="home"))
    assert blockers(may(home)) == set()
    assert blockers(may(home, NOON, "letter")) == {"house.place"}
