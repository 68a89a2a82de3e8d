"""The states beside Regulation F: Massachusetts, the District of Columbia, Washington."""

import pytest

from tests.domain.rules.people import (
    ALL,
    DC,
    HOME,
    MA,
    MOBILE,
    US,
    WA,
    WORK,
    account,
    ask,
    at,
    blockers,
    bound,
    call,
    calls,
    consent,
    from_them,
    limit,
    logged,
    person,
    phone,
    sent,
    warnings,
)

THREE = (MOBILE, HOME, WORK)
WEEK = [f"2026-08-{day} 10:00" for day in range(10, 17)]  # Mon 10 to Sun 16 Aug 2026


def resident(*facts, policies=MA, **more):
    return person(*facts, phones=THREE, policies=policies, **more)


def test_no_number_is_shipped_for_new_york_city():
    """6 RCNY 5-77: the amended rule was not read"""
    assert bound("us-regf", region="US-NY") == US
    assert not [policy for policy in ALL.values() if "US-NY" in policy.regions]


# --- Massachusetts: two in seven days ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ([], 2),
        ([call(WEEK[0], "negotiating")], 1),
        ([call(WEEK[0], "voicemail")], 1),
        ([call(WEEK[0], "no-answer")], 1),
        ([sent(WEEK[0], "sms", MOBILE.digits)], 1),
        ([call(WEEK[0], "voicemail", HOME.digits), sent(WEEK[1], "sms", MOBILE.digits)], 0),
        ([call(WEEK[0], "busy")], 2),
        ([call(WEEK[0], "not-in-service", HOME.digits)], 2),
        ([sent(WEEK[0], "email"), sent(WEEK[1], "letter"), sent(WEEK[2], "chat")], 2),
        ([from_them(WEEK[0], "language"), from_them(WEEK[1], "replied", number=MOBILE.digits)], 2),
        ([call(WEEK[0], "undelivered")], 2),
        (calls(WEEK[0], WEEK[1], to=WORK.digits), 2),
        (calls(WEEK[0], WEEK[1], to="2125550199"), 0),
    ],
    ids=[
        "nothing", "a talk", "a voicemail", "a bare ring-out", "a text", "home and mobile together", "busy",
        "not in service", "no telephone and no text", "their own", "a text that came back", "at work",
        "a number without a kind",
    ],
)  # fmt: skip
def test_calls_and_texts_that_we_start_count_together(facts, left):
    """209 CMR 18.16(1)(d)"""
    assert ask(resident(*facts), "2026-08-13 12:00").calls_left == left


def test_that_a_bare_ring_out_counts_is_said():
    """209 CMR 18.16(1)(d): unsettled, so it is counted and said"""
    [rule] = [r for r in ALL["us-ma"].rules if r.id == "ma.2in7"]
    assert "ring-out" in rule.text
    assert "counted" in rule.text


@pytest.mark.parametrize("channel", ["call", "sms"])
@pytest.mark.parametrize("to", [MOBILE.digits, HOME.digits])
def test_the_third_in_seven_days_is_prohibited(channel, to):
    """209 CMR 18.16(1)(d)"""
    one = resident(call("2026-08-10 10:00"), call("2026-08-12 20:59"))
    verdict = ask(one, "2026-08-16 20:00", channel, to)
    assert (verdict.effect, blockers(verdict)) == ("prohibited", {"ma.2in7"})
    assert verdict.next_at == at("2026-08-17 08:00")
    assert not ask(one, "2026-08-17 08:00", channel, to).blocked


def test_letters_and_e_mail_stay_open():
    """209 CMR 18.16(1)(d)"""
    one = resident(*calls(WEEK[0], WEEK[1]))
    assert not ask(one, "2026-08-12 12:00", "letter").blocked
    assert not ask(one, "2026-08-12 12:00", "email").blocked


def test_it_is_counted_for_each_debt():
    """209 CMR 18.16(1)(d)"""
    one = person(account(*calls(WEEK[0], WEEK[1]), id=1, policies=MA), account(id=2, policies=MA))
    assert [ask(one, "2026-08-12 12:00", account=n).calls_left for n in (1, 2)] == [0, 2]


def test_consent_to_more_calls_does_not_lift_it_nor_does_an_override():
    """209 CMR 18.16(1)(d); 12 CFR 1006.14(b)(3)(i) lifts only 14(b)"""
    one = resident(*calls(WEEK[0], WEEK[1]), consent("2026-08-11 12:00"))
    assert blockers(ask(one, "2026-08-12 12:00")) == {"ma.2in7"}
    entry = logged(one, "2026-08-12 12:00", "no-answer", override="consumer_request")
    assert [b.rule for b in entry.breaches] == ["ma.2in7"]


def test_calls_under_consent_count_here():
    """209 CMR 18.16(1)(d)"""
    under = calls("2026-08-11 10:00", "2026-08-12 10:00")
    verdict = ask(resident(consent("2026-08-11 09:00"), *under), "2026-08-13 12:00")
    assert verdict.calls_left == 0


def test_the_strictest_of_both_wins_and_all_reasons_are_listed():
    """rules/README.md: 209 CMR 18.16(1)(d) beside 12 CFR 1006.14(b)(2)(i)"""
    verdict = ask(resident(call(WEEK[0]), call(WEEK[1], "negotiating")), "2026-08-12 12:00")
    assert [(r.rule, r.effect) for r in verdict.blocking] == [
        ("ma.2in7", "prohibited"),
        ("regf.quiet", "presumption"),
    ]
    assert verdict.next_at == at("2026-08-18 08:00")


# --- Massachusetts: two in thirty days elsewhere ----------------------------------------------------------


def test_at_work_it_is_two_in_thirty_days():
    """209 CMR 18.16(1)(d)"""
    one = resident(*calls("2026-08-01 10:00", "2026-08-05 10:00", to=WORK.digits))
    assert blockers(ask(one, "2026-08-30 20:00", to=WORK.digits)) == {"ma.2in30"}
    assert ask(one, "2026-08-06 12:00", to=WORK.digits).next_at == at("2026-08-31 08:00")
    assert not ask(one, "2026-08-31 08:00", to=WORK.digits).blocked


def test_what_is_said_at_home_does_not_count_at_work():
    """209 CMR 18.16(1)(d)"""
    one = resident(*calls(WEEK[0], WEEK[1]))
    assert ask(one, "2026-08-12 12:00", to=WORK.digits).calls_left == 2


# --- Massachusetts: a workplace objection -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "written", "holds"),
    [
        ("2026-08-01 10:01", False, True),
        ("2026-08-10 20:59", False, True),
        ("2026-08-11 08:00", False, False),
        ("2026-08-10 20:59", True, True),
        ("2026-08-11 08:00", True, True),
        ("2027-08-11 08:00", True, True),
    ],
)
def test_a_spoken_objection_lasts_ten_days_unless_it_is_in_writing(when, written, holds):
    """209 CMR 18.16(1): the day on which it was said is the first"""
    one = resident(limit("2026-08-01 10:00", place="work", written=written))
    assert ("ma.work" in blockers(ask(one, when, to=WORK.digits))) is holds


def test_a_confirmation_in_writing_makes_it_last():
    """209 CMR 18.16(1): confirmed in writing within seven days"""
    spoken = limit("2026-08-01 10:00", place="work")
    written = limit("2026-08-06 10:00", place="work", written=True)
    assert "ma.work" in blockers(ask(resident(spoken, written), "2026-09-01 10:00", to=WORK.digits))


def test_regulation_f_knows_no_such_end():
    """12 CFR 1006.6(b)(3): the strictest wins"""
    one = resident(limit("2026-08-01 10:00", place="work"))
    verdict = ask(one, "2026-09-01 10:00", to=WORK.digits)
    assert (blockers(verdict), verdict.next_at) == ({"regf.work"}, None)


def test_where_nothing_else_binds_it_opens_on_the_eleventh_day():
    """209 CMR 18.16(1)"""
    alone = (ALL["us-ma"],)
    one = person(limit("2026-08-01 10:00", place="work"), phones=[WORK], policies=alone)
    assert ask(one, "2026-08-05 10:00").next_at == at("2026-08-11 00:00")
    assert not ask(one, "2026-08-11 00:00").blocked


# --- District of Columbia ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "channel", "warns"),
    [
        (calls(*WEEK[:3]), "call", set()),
        (calls(*WEEK[:4]), "call", {"dc.4in7"}),
        ([*calls(*WEEK[:3]), call(WEEK[3], "busy")], "call", set()),
        (calls(*WEEK[:4]), "email", set()),
        ([sent(when, "email") for when in WEEK[:4]], "email", set()),
        ([sent(when, "email") for when in WEEK[:5]], "email", {"dc.5messages"}),
        ([sent(when, "sms", MOBILE.digits) for when in WEEK[:5]], "email", {"dc.5messages"}),
        ([sent(when, "letter") for when in WEEK[:5]], "email", set()),
    ],
)
def test_four_calls_or_five_messages_in_seven_days_warn(facts, channel, warns):
    """D.C. Code 28-3814 (verify)"""
    verdict = ask(resident(*facts, policies=DC), "2026-08-15 12:00", channel)
    assert {rule for rule in warnings(verdict) if rule.startswith("dc.")} == warns
    assert not verdict.blocked


def test_they_leave_the_count_in_seven_days_and_are_counted_for_each_account():
    """D.C. Code 28-3814 (verify)"""
    full = calls(*(f"2026-08-10 {hour:02}:00" for hour in range(10, 14)))
    one = person(account(*full, id=1, policies=DC), account(id=2, policies=DC))
    assert "dc.4in7" in warnings(ask(one, "2026-08-16 12:00", account=1))
    assert "dc.4in7" not in warnings(ask(one, "2026-08-17 12:00", account=1))
    assert "dc.4in7" not in warnings(ask(one, "2026-08-16 12:00", account=2))


def test_what_only_warns_leaves_the_calls_of_regulation_f():
    """D.C. Code 28-3814 (verify)"""
    assert ask(resident(*calls(*WEEK[:4]), policies=DC), "2026-08-15 12:00").calls_left == 3


# --- Washington -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "warns"),
    [
        (calls(*WEEK[:2]), False),
        (calls(*WEEK[:3]), True),
        ([call(WEEK[0]), sent(WEEK[1], "letter"), sent(WEEK[2], "email")], True),
        ([call(WEEK[0]), sent(WEEK[1], "letter"), call(WEEK[2], "undelivered", channel="email")], False),
        ([*calls(*WEEK[:2]), call(WEEK[2], "busy")], False),
        ([*calls(*WEEK[:2]), from_them(WEEK[2], "language")], False),
        ([*calls(*WEEK[:2]), call(WEEK[2], "note", "", channel="")], False),
    ],
    ids=["two", "three", "of any kind", "one came back", "busy", "their own call", "a note"],
)
@pytest.mark.parametrize("channel", ["call", "sms", "email", "letter"])
def test_three_communications_of_any_kind_a_week_warn(facts, warns, channel):
    """RCW 19.16.250 (verify)"""
    verdict = ask(resident(*facts, policies=WA), "2026-08-13 12:00", channel)
    assert ("wa.3week" in warnings(verdict)) is warns
    assert not verdict.blocked


@pytest.mark.parametrize(
    ("to", "asked_at", "warns"),
    [
        (WORK, "2026-08-12 12:00", True),
        (MOBILE, "2026-08-12 12:00", False),
        (WORK, "2026-08-17 12:00", False),
    ],
    ids=["at work again", "elsewhere", "a week later"],
)
def test_one_of_them_at_work(to, asked_at, warns):
    """RCW 19.16.250 (verify)"""
    one = resident(call("2026-08-10 10:00", to=WORK.digits), policies=WA)
    assert ("wa.1work" in warnings(ask(one, asked_at, to=to.digits))) is warns


def test_residence_and_not_the_area_code_brings_a_state_in():
    """us.md, "States (bind by residence, not by area code)" """
    boston = phone("6175550101")
    tried = calls(WEEK[0], WEEK[1], to=boston.digits)
    assert not ask(person(*tried, phones=[boston], policies=US), "2026-08-12 12:00").blocked
    assert ask(person(*tried, phones=[boston], policies=MA), "2026-08-12 12:00").blocked
