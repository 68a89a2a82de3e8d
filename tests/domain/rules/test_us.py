"""Regulation F (12 CFR part 1006), sentence by sentence: each test names the place that it checks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from collectctl.domain import validation
from collectctl.domain.recording import OVERRIDES
from tests.domain.rules.people import (
    ALL,
    CHICAGO,
    DC,
    HOME,
    LOS_ANGELES,
    MA,
    MOBILE,
    NEW_YORK,
    SHANGHAI,
    US,
    WA,
    WORK,
    Other,
    account,
    ask,
    at,
    blockers,
    call,
    calls,
    cites,
    consent,
    from_them,
    hold,
    limit,
    logged,
    person,
    phone,
    sent,
    warnings,
)

TALKED = call("2026-08-13 10:00", "negotiating")
WEEK = [f"2026-08-{day:02} 10:00" for day in range(10, 17)]  # Mon 10 to Sun 16 Aug 2026
MOTHER = Other("relative", "Eve Doe", "2125550201")
SPOUSE = Other("spouse", "Bob Doe", "2125550202")
LAWYER = Other("attorney", "Lee", "2125550203")
GUARANTOR = Other("co-debtor", "Kim", "2125550204")
THREE = (MOBILE, HOME, WORK)


# --- every rule, its effect and its citation --------------------------------------------------------------

# rule, citation, effect, person, when, how it is asked
EVERY_RULE = [
    ("regf.hours", "12 CFR 1006.6(b)(1)(i)", "prohibited", person(), "2026-08-13 07:59", {}),
    ("regf.inconvenient", "12 CFR 1006.6(b)(1), comment 6(b)(1)-1", "prohibited",
     person(limit("2026-08-01 10:00", hours="09:00-12:00")), "2026-08-13 10:00", {}),
    ("regf.place", "12 CFR 1006.6(b)(1)(ii)", "prohibited",
     person(limit("2026-08-01 10:00", place="home"), phones=THREE), "2026-08-13 10:00", {"to": HOME.digits}),
    ("regf.work", "12 CFR 1006.6(b)(3)", "prohibited",
     person(limit("2026-08-01 10:00", place="work"), phones=THREE), "2026-08-13 10:00", {"to": WORK.digits}),
    ("regf.attorney", "12 CFR 1006.6(b)(2)", "prohibited",
     person(hold("attorney", "2026-08-01")), "2026-08-13 10:00", {}),
    ("regf.cease", "12 CFR 1006.6(c)", "prohibited",
     person(hold("cease", "2026-08-01")), "2026-08-13 10:00", {}),
    ("regf.medium", "12 CFR 1006.14(h)", "prohibited",
     person(limit("2026-08-01 10:00", channel="sms")), "2026-08-13 10:00", {"channel": "sms"}),
    ("regf.dispute", "12 CFR 1006.38", "prohibited",
     person(hold("dispute", "2026-08-01")), "2026-08-13 10:00", {}),
    ("regf.third", "12 CFR 1006.6(d)(1), 1006.10", "prohibited",
     person(others=[MOTHER]), "2026-08-13 10:00", {"to": MOTHER.number}),
    ("regf.7in7", "12 CFR 1006.14(b)(2)(i)(A)", "presumption", person(*calls(*WEEK)), "2026-08-16 11:00", {}),
    ("regf.quiet", "12 CFR 1006.14(b)(2)(i)(B)", "presumption", person(TALKED), "2026-08-14 10:00", {}),
    ("regf.burst", "12 CFR 1006.14(b), comment 14(b)(2)(i)-2", "warn",
     person(call("2026-08-13 10:00")), "2026-08-13 10:02", {}),
    ("regf.email", "12 CFR 1006.6(d)(4)", "warn", person(), "2026-08-13 10:00", {"channel": "email"}),
    ("regf.text60", "12 CFR 1006.6(d)(5)", "warn", person(), "2026-08-13 10:00", {"channel": "sms"}),
    ("regf.optout", "12 CFR 1006.6(e)", "warn", person(), "2026-08-13 10:00", {"channel": "email"}),
    ("regf.validation", "12 CFR 1006.34(a)(1)", "warn", person(TALKED), "2026-08-20 10:00", {}),
    ("ma.2in7", "209 CMR 18.16(1)(d)", "prohibited",
     person(*calls("2026-08-12 10:00", "2026-08-13 10:00"), policies=MA), "2026-08-14 10:00", {}),
    ("ma.2in30", "209 CMR 18.16(1)(d)", "prohibited",
     person(*calls("2026-08-01 10:00", "2026-08-13 10:00", to=WORK.digits), phones=THREE, policies=MA),
     "2026-08-25 10:00", {"to": WORK.digits}),
    ("ma.work", "209 CMR 18.16(1)", "prohibited",
     person(limit("2026-08-12 10:00", place="work"), phones=THREE, policies=MA),
     "2026-08-13 10:00", {"to": WORK.digits}),
    ("dc.4in7", "D.C. Code 28-3814", "warn", person(*calls(*WEEK[:4]), policies=DC), "2026-08-14 10:00", {}),
    ("dc.5messages", "D.C. Code 28-3814", "warn",
     person(*(sent(when, "email") for when in WEEK[:5]), policies=DC),
     "2026-08-15 10:00", {"channel": "email"}),
    ("wa.3week", "RCW 19.16.250", "warn", person(*calls(*WEEK[:3]), policies=WA), "2026-08-13 10:00", {}),
    ("wa.1work", "RCW 19.16.250", "warn",
     person(call("2026-08-12 10:00", to=WORK.digits), phones=THREE, policies=WA),
     "2026-08-13 10:00", {"to": WORK.digits}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "cite", "effect", "one", "when", "how"), EVERY_RULE, ids=[f"{r[0]}: {r[1]}" for r in EVERY_RULE]
)
def test_every_rule_speaks_with_its_effect_and_its_citation(rule, cite, effect, one, when, how):
    verdict = ask(one, when, **how)
    said = {r.rule: r.effect for r in verdict.reasons}
    assert said[rule] == effect
    assert cites(verdict)[rule] == cite


def test_the_table_above_leaves_no_rule_out():
    """us-regf, us-ma, us-dc, us-wa; 12 CFR 1006.100 is about what is kept and stops nobody."""
    shipped = {r.id for name in ("us-regf", "us-ma", "us-dc", "us-wa") for r in ALL[name].rules}
    assert shipped - {row[0] for row in EVERY_RULE} == {"regf.retention"}


def test_records_are_kept_for_three_years():
    """12 CFR 1006.100"""
    [rule] = [r for r in ALL["us-regf"].rules if r.id == "regf.retention"]
    assert (rule.years, rule.effect, rule.cite) == (3, "allowed", "12 CFR 1006.100")


def test_the_states_bind_beside_regulation_f_and_only_their_residents():
    """us.md, "States (bind by residence, not by area code)" """
    assert [p.id for p in US] == ["us-regf", "none"]
    assert [p.id for p in MA] == ["us-regf", "us-ma", "none"]
    assert [p.id for p in DC] == ["us-regf", "us-dc", "none"]
    assert [p.id for p in WA] == ["us-regf", "us-wa", "none"]


def test_what_was_verified_nowhere_is_at_most_a_warning():
    """rules/README.md: where a rule rests on one weak source its effect is at most `warn`"""
    weak = [r for name in ("us-regf", "us-ma", "us-dc", "us-wa") for r in ALL[name].rules if r.verify]
    assert {r.effect for r in weak} == {"warn"}


# --- the two worked cases ---------------------------------------------------------------------------------


def test_worked_case_a_limited_voicemail_and_six_unanswered_calls():
    """12 CFR 1006.14(b)(2)(i)(A), Supplement I: on 7 Apr 7 of 7, in order, none left; next on 8 Apr"""
    voicemail = call("2026-04-01 10:00", "limited-message")
    unanswered = [call(f"2026-04-{day:02} 10:00") for day in range(2, 8)]
    before_the_last = ask(person(voicemail, *unanswered[:-1]), "2026-04-07 10:00")
    assert not before_the_last.blocked
    assert before_the_last.calls_left == 1

    verdict = ask(person(voicemail, *unanswered), "2026-04-07 10:01")
    assert blockers(verdict) == {"regf.7in7"}
    assert verdict.calls_left == 0
    assert "7" in verdict.blocking[0].text
    assert verdict.next_at == at("2026-04-08 08:00")
    assert not ask(person(voicemail, *unanswered), "2026-04-08 08:00").blocked


def test_worked_case_the_debtor_calls_and_talks():
    """12 CFR 1006.14(b)(2)(i)(B), Supplement I: no call before Thu 20 Aug; it adds nothing to the count"""
    one = person(from_them("2026-08-13 10:00", "negotiating"))
    verdict = ask(one, "2026-08-13 11:00")
    assert blockers(verdict) == {"regf.quiet"}
    assert verdict.next_at == at("2026-08-20 08:00")
    assert verdict.calls_left == 7
    assert ask(one, "2026-08-19 20:59").blocked
    assert not ask(one, "2026-08-20 08:00").blocked


# --- 1006.6(b)(1)(i): hours -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        ("00:00", False),
        ("07:59", False),
        ("08:00", True),
        ("12:00", True),
        ("20:59", True),
        ("21:00", False),
        ("23:59", False),
    ],
)
def test_at_eight_open_and_at_twenty_one_closed(clock, is_open):
    """12 CFR 1006.6(b)(1)(i)"""
    assert ask(person(), f"2026-08-13 {clock}").blocked is not is_open


@pytest.mark.parametrize(
    ("when", "next_at"),
    [("2026-08-13 07:59", "2026-08-13 08:00"), ("2026-08-13 21:00", "2026-08-14 08:00")],
)
def test_a_closed_hour_names_the_next_open_one(when, next_at):
    """12 CFR 1006.6(b)(1)(i)"""
    assert ask(person(), when).next_at == at(next_at)


def test_the_window_of_the_day_is_told_whether_it_is_open_or_to_come():
    """12 CFR 1006.6(b)(1)(i)"""
    inside, outside = ask(person(), "2026-08-13 10:00"), ask(person(), "2026-08-13 22:00")
    assert (inside.opens, inside.closes) == (at("2026-08-13 08:00"), at("2026-08-13 21:00"))
    assert (outside.opens, outside.closes) == (at("2026-08-14 08:00"), at("2026-08-14 21:00"))


@pytest.mark.parametrize("channel", ["call", "sms", "email", "chat", "visit"])
def test_every_channel_has_hours(channel):
    """12 CFR 1006.6(b)(1)(i): electronic messages are judged when sent"""
    assert "regf.hours" in blockers(ask(person(), "2026-08-13 22:00", channel))


def test_but_a_letter_has_none():
    """12 CFR 1006.6(b)(1)(i)"""
    assert not ask(person(), "2026-08-13 22:00", "letter").blocked


def test_a_contact_must_be_in_order_in_every_place_where_they_may_be():
    """12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2"""
    one = person(phones=[MOBILE, phone("3105550101", "home", [LOS_ANGELES])])
    assert ask(one, "2026-08-13 10:59").next_at == at("2026-08-13 11:00")
    assert not ask(one, "2026-08-13 20:59").blocked
    assert ask(one, "2026-08-13 21:00").next_at == at("2026-08-14 11:00")
    assert ask(one, "2026-08-13 12:00").zones == (LOS_ANGELES, NEW_YORK)


def test_an_area_code_that_spans_zones_counts_with_all_of_them():
    """12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2: South Dakota, 605"""
    one = person(phones=[phone("6055550101", "mobile", [CHICAGO, "America/Denver"])])
    assert ask(one, at("2026-08-13 08:30", CHICAGO)).next_at == at("2026-08-13 08:00", "America/Denver")
    assert ask(one, at("2026-08-13 20:30", "America/Denver")).blocked


def test_the_address_counts_beside_the_area_code():
    """12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2"""
    one = person(phones=[phone("3105550101", "mobile", [LOS_ANGELES])], region="US-MA")
    assert ask(one, at("2026-08-13 18:30", LOS_ANGELES)).blocked
    assert not ask(one, at("2026-08-13 17:59", LOS_ANGELES)).blocked


def test_a_number_that_is_somebody_elses_says_nothing_about_where_they_are():
    """12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2"""
    far = phone("3105550101", "home", [LOS_ANGELES])
    wrong = call("2026-08-12 12:00", "wrong-number", far.digits)
    assert ask(person(phones=[MOBILE, far]), "2026-08-13 09:00").blocked
    assert not ask(person(wrong, phones=[MOBILE, far]), "2026-08-13 09:00").blocked


def test_with_no_location_left_nobody_is_called_until_an_address_or_a_zone_is_entered():
    """12 CFR 1006.6(b)(1)(i): toll-free numbers say nothing about a place"""
    toll_free = phone("8005550101", "mobile", [])
    verdict = ask(person(phones=[toll_free]), "2026-08-13 12:00")
    assert blockers(verdict) == {"regf.hours"}
    assert verdict.next_at is None
    assert "address" in verdict.blocking[0].text
    assert not ask(person(phones=[toll_free], region="US-MA"), "2026-08-13 12:00").blocked
    assert not ask(person(phones=[toll_free], zones=[NEW_YORK]), "2026-08-13 12:00").blocked


def test_a_number_without_a_place_blocks_nothing_by_itself_but_warns():
    """12 CFR 1006.6(b)(1)(i)"""
    toll_free = phone("8005550101", "work", [])
    verdict = ask(person(phones=[MOBILE, toll_free]), "2026-08-13 12:00", to=toll_free.digits)
    assert (verdict.effect, warnings(verdict)) == ("warn", {"regf.hours"})
    assert ask(person(phones=[MOBILE, toll_free]), "2026-08-13 12:00").effect == "allowed"
    assert ask(person(phones=[MOBILE, toll_free]), "2026-08-13 22:00", to=toll_free.digits).blocked


def test_the_zone_that_the_collector_entered_replaces_what_was_derived():
    """12 CFR 1006.6(b)(1)(i): `person zone`"""
    one = person(zones=[LOS_ANGELES])
    assert ask(one, "2026-08-13 10:59").blocked
    assert not ask(one, "2026-08-13 23:59").blocked


def test_the_hours_are_those_of_the_person_who_is_contacted():
    """12 CFR 1006.6(b)(1)(i): the co-debtor in Los Angeles, the debtor in New York"""
    one = person(others=[GUARANTOR._replace(zones=(LOS_ANGELES,))])
    assert ask(one, "2026-08-13 10:59", to=GUARANTOR.number).blocked
    assert not ask(one, "2026-08-13 23:00", to=GUARANTOR.number).blocked


# --- 1006.6(b)(1), comment -1: what they said about times -------------------------------------------------


@pytest.mark.parametrize(
    ("when", "next_at"),
    [
        ("2026-08-13 10:00", "2026-08-13 18:00"),
        ("2026-08-13 17:59", "2026-08-13 18:00"),
        ("2026-08-13 18:00", None),
        ("2026-08-13 19:59", None),
        ("2026-08-13 20:00", "2026-08-14 18:00"),
    ],
)
def test_naming_convenient_hours_makes_the_others_inconvenient(when, next_at):
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1"""
    one = person(limit("2026-08-01 10:00", only=True, hours="18:00-20:00"))
    verdict = ask(one, when)
    assert verdict.next_at == (at(next_at) if next_at else None)
    assert blockers(verdict) == ({"regf.inconvenient"} if next_at else set())


@pytest.mark.parametrize(
    ("said", "when", "next_at"),
    [
        ({"hours": "09:00-17:00", "days": (0, 1, 2, 3, 4)}, "2026-08-13 10:00", "2026-08-13 17:00"),
        ({"hours": "09:00-17:00", "days": (0, 1, 2, 3, 4)}, "2026-08-15 10:00", None),
        ({"days": (5, 6)}, "2026-08-15 10:00", "2026-08-17 08:00"),
        ({"days": (5, 6)}, "2026-08-14 20:59", None),
        ({"days": (0,), "only": True}, "2026-08-13 10:00", "2026-08-17 08:00"),
        ({"hours": "20:00-10:00"}, "2026-08-13 20:30", "2026-08-14 10:00"),
        ({"hours": "20:00-10:00"}, "2026-08-13 09:59", "2026-08-13 10:00"),
        ({"hours": "09:00-12:00", "channel": "call"}, "2026-08-13 10:00", "2026-08-13 12:00"),
        ({"hours": "09:00-12:00", "channel": "sms"}, "2026-08-13 10:00", None),
        ({"hours": "09:00-12:00", "to": MOBILE.digits}, "2026-08-13 10:00", "2026-08-13 12:00"),
        ({"hours": "09:00-12:00", "to": HOME.digits}, "2026-08-13 10:00", None),
        ({"hours": "09:00-12:00", "place": "work"}, "2026-08-13 10:00", None),
        ({"hours": "09:00-12:00", "until": "2026-08-13"}, "2026-08-13 10:00", "2026-08-13 12:00"),
        ({"hours": "09:00-12:00", "until": "2026-08-12"}, "2026-08-13 10:00", None),
        ({"hours": "18:00-20:00", "only": True, "until": "2026-08-13"}, "2026-08-13 20:30",
         "2026-08-14 08:00"),
    ],
)  # fmt: skip
def test_what_they_said_about_times_binds(said, when, next_at):
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1"""
    verdict = ask(person(limit("2026-08-01 10:00", **said), phones=THREE), when)
    assert verdict.blocked is bool(next_at)
    assert verdict.next_at == (at(next_at) if next_at else None)


def test_several_convenient_hours_are_added_together():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1"""
    morning = limit("2026-08-01 10:00", only=True, hours="09:00-10:00")
    evening = limit("2026-08-02 10:00", only=True, hours="18:00-20:00")
    one = person(morning, evening)
    assert not ask(one, "2026-08-13 09:30").blocked
    assert ask(one, "2026-08-13 10:00").next_at == at("2026-08-13 18:00")


def test_it_binds_from_the_moment_at_which_they_said_it():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1"""
    one = person(limit("2026-08-13 10:00", only=True, hours="18:00-20:00"))
    assert not ask(one, "2026-08-13 09:59").blocked
    assert ask(one, "2026-08-13 10:01").blocked


def test_it_binds_for_every_debt_of_theirs():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1"""
    one = person(account(id=1), account(id=2), limit("2026-08-01 10:00", hours="09:00-12:00"))
    assert ask(one, "2026-08-13 10:00", account=1).blocked
    assert ask(one, "2026-08-13 10:00", account=2).blocked


# --- comment 6(b)(1)-2: answering once --------------------------------------------------------------------

WROTE = from_them("2026-08-13 22:10", "replied", number=MOBILE.digits)
ANSWERED = sent("2026-08-13 22:15", "sms", MOBILE.digits)


def test_who_writes_at_such_a_time_may_be_answered_once():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2"""
    verdict = ask(person(WROTE), "2026-08-13 22:20", "sms")
    assert (verdict.blocked, "regf.hours" in warnings(verdict)) == (False, True)


@pytest.mark.parametrize(
    ("why", "facts", "when", "channel"),
    [
        ("by the same medium only", [WROTE], "2026-08-13 22:20", "call"),
        ("once, then it is closed again", [WROTE, ANSWERED], "2026-08-13 22:20", "sms"),
        ("within that period only", [WROTE], "2026-08-14 22:20", "sms"),
        (
            "at such a time only, not after a text of the afternoon",
            [WROTE._replace(at=at("2026-08-13 16:00"))],
            "2026-08-13 22:20",
            "sms",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_and_not_otherwise(why, facts, when, channel):
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2"""
    assert "regf.hours" in blockers(ask(person(*facts), when, channel))


def test_until_they_write_again():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2"""
    again = WROTE._replace(at=at("2026-08-13 22:30"))
    assert not ask(person(WROTE, ANSWERED, again), "2026-08-13 22:31", "sms").blocked


def test_an_answer_about_another_debt_is_the_answer():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2: answering once must be used up"""
    one = person(account(WROTE, id=1), account(ANSWERED, id=2))
    assert ask(one, "2026-08-13 22:20", "sms", account=1).blocked


def test_the_period_of_an_inconvenient_time_may_last_for_days():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2: only Mondays from 10 to 12 are convenient"""
    mondays = limit("2026-08-01 10:00", only=True, days=(0,), hours="10:00-12:00")
    tuesday, sunday = (from_them(f"2026-08-{d} 15:00", "replied", number=MOBILE.digits) for d in ("11", "09"))
    assert not ask(person(mondays, tuesday), "2026-08-15 15:00", "sms").blocked
    assert ask(person(mondays, sunday), "2026-08-15 15:00", "sms").blocked


def test_the_very_call_in_which_they_name_the_times_invites_no_answer():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2"""
    said = "2026-08-13 10:00"
    one = person(from_them(said, "language"), limit(said, only=True, hours="18:00-20:00"))
    assert ask(one, "2026-08-13 10:05").blocked


def test_who_calls_from_work_may_be_answered_there_and_only_there():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-2: at that place"""
    not_at_work = limit("2026-08-01 10:00", place="work")
    from_work, from_mobile = (
        from_them("2026-08-13 10:00", "language", number=p.digits) for p in (WORK, MOBILE)
    )
    assert not ask(person(not_at_work, from_work, phones=THREE), "2026-08-13 10:05", to=WORK.digits).blocked
    assert ask(person(not_at_work, from_mobile, phones=THREE), "2026-08-13 10:05", to=WORK.digits).blocked


# --- comment 6(b)(1)(ii)-1, 6(b)(3): places ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "to", "is_open"),
    [
        ("call", HOME.digits, False),
        ("letter", "", False),
        ("visit", "", False),
        ("call", MOBILE.digits, True),
        ("sms", MOBILE.digits, True),
        ("call", WORK.digits, True),
        ("email", "ann@example.com", True),
    ],
)
def test_home_means_the_landline_and_letters_not_the_mobile(channel, to, is_open):
    """12 CFR 1006.6(b)(1)(ii), comment 6(b)(1)(ii)-1"""
    one = person(limit("2026-08-01 10:00", place="home"), phones=THREE)
    assert blockers(ask(one, "2026-08-13 10:00", channel, to)) == (set() if is_open else {"regf.place"})


@pytest.mark.parametrize(
    ("channel", "to", "is_open"),
    [
        ("call", WORK.digits, False),
        ("call", MOBILE.digits, True),
        ("call", HOME.digits, True),
        ("letter", "", True),
        ("email", "ann@example.com", True),
    ],
)
def test_work_means_that_number_and_a_spoken_word_is_enough(channel, to, is_open):
    """12 CFR 1006.6(b)(3): "I can't take personal calls at work" """
    one = person(limit("2026-08-01 10:00", place="work", written=False), phones=THREE)
    assert blockers(ask(one, "2026-09-13 10:00", channel, to)) == (set() if is_open else {"regf.work"})


def test_a_limit_holds_until_the_end_of_its_last_day():
    """12 CFR 1006.6(b)(1)(ii)"""
    one = person(limit("2026-08-01 10:00", place="home", until="2026-08-13"), phones=THREE)
    verdict = ask(one, "2026-08-13 20:00", to=HOME.digits)
    assert verdict.next_at == at("2026-08-14 08:00")
    assert not ask(one, "2026-08-14 08:00", to=HOME.digits).blocked


# --- 6(b)(4): consent opens hours -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreed", "when", "is_open"),
    [
        (consent("2026-08-01 10:00", hours="21:00-22:00"), "2026-08-13 21:00", True),
        (consent("2026-08-01 10:00", hours="21:00-22:00"), "2026-08-13 21:59", True),
        (consent("2026-08-01 10:00", hours="21:00-22:00"), "2026-08-13 22:00", False),
        (consent("2026-08-01 10:00", hours="21:00-22:00", on="2026-08-13"), "2026-08-13 21:30", True),
        (consent("2026-08-01 10:00", hours="21:00-22:00", on="2026-08-13"), "2026-08-14 21:30", False),
        (consent("2026-08-01 10:00", hours="21:00-22:00", until="2026-08-13"), "2026-08-13 21:30", True),
        (consent("2026-08-01 10:00", hours="21:00-22:00", until="2026-08-12"), "2026-08-13 21:30", False),
        (consent("2026-08-14 10:00", hours="21:00-22:00"), "2026-08-13 21:30", False),
        (consent("2026-08-01 10:00", hours="21:00-22:00", given_to="client"), "2026-08-13 21:30", False),
        (consent("2026-08-01 10:00", hours="21:00-22:00", channel="sms"), "2026-08-13 21:30", False),
        (
            consent("2026-08-01 10:00", hours="21:00-22:00", withdrawn="2026-08-12 10:00"),
            "2026-08-13 21:30",
            False,
        ),
        (consent("2026-08-13 10:00"), "2026-08-13 21:30", False),
    ],
    ids=[
        "from its hour on", "to the last minute", "not after it", "on the day named", "not on another day",
        "to the last day", "not after it has ended", "not before it was given",
        "not what the creditor was given",
        "not by another channel", "not once withdrawn", "not where it names no hours",
    ],
)  # fmt: skip
def test_a_consent_that_names_hours_opens_those_hours(agreed, when, is_open):
    """12 CFR 1006.6(b)(4), comment 14(b)(3)(i)-1"""
    assert ask(person(agreed), when).blocked is not is_open


def test_a_consent_opens_a_time_that_was_called_inconvenient_before():
    """12 CFR 1006.6(b)(4)"""
    evenings = limit("2026-08-01 10:00", only=True, hours="18:00-20:00")
    noon, before = (
        consent("2026-08-02 10:00", hours="12:00-13:00"),
        consent("2026-07-31 10:00", hours="12:00-13:00"),
    )
    assert not ask(person(evenings, noon), "2026-08-13 12:30").blocked
    assert ask(person(evenings, before), "2026-08-13 12:30").blocked


@pytest.mark.parametrize(
    ("said", "rule", "to"),
    [
        (limit("2026-08-01 10:00", hours="09:00-12:00"), "regf.inconvenient", MOBILE.digits),
        (limit("2026-08-01 10:00", place="home"), "regf.place", HOME.digits),
        (limit("2026-08-01 10:00", place="work"), "regf.work", WORK.digits),
        (limit("2026-08-01 10:00", channel="call"), "regf.medium", MOBILE.digits),
    ],
)
def test_a_consent_to_more_calls_lifts_nothing_but_the_frequency(said, rule, to):
    """12 CFR 1006.6(b)(4), comment 14(b)(3)(i)-1"""
    one = person(*calls(*WEEK[:4] * 2), said, consent("2026-08-13 09:00"), phones=THREE)
    assert blockers(ask(one, "2026-08-13 11:00", to=to)) == {rule}


# --- 6(b)(2): attorney ------------------------------------------------------------------------------------

REPRESENTED = hold("attorney", "2026-08-13")


@pytest.mark.parametrize("channel", ["call", "sms", "email", "letter", "visit"])
def test_a_represented_debtor_is_not_contacted(channel):
    """12 CFR 1006.6(b)(2)"""
    assert "regf.attorney" in blockers(ask(person(REPRESENTED), "2026-08-13 10:00", channel))


@pytest.mark.parametrize(
    ("other", "purpose", "rules"),
    [
        (LAWYER, "", set()),
        (MOTHER, "location", {"regf.attorney", "regf.third"}),
        (SPOUSE, "", {"regf.attorney"}),
    ],
    ids=["the attorney may be", "nobody else is asked", "nor the spouse"],
)
def test_contact_goes_to_the_attorney(other, purpose, rules):
    """12 CFR 1006.6(b)(2), 1006.10"""
    one = person(REPRESENTED, others=[other])
    assert blockers(ask(one, "2026-08-14 10:00", to=other.number, purpose=purpose)) == rules


def test_calls_to_the_attorney_are_not_counted():
    """12 CFR 1006.14(b)(3)"""
    tried = calls(*WEEK, *WEEK, to=LAWYER.number)
    one = person(*tried, hold("attorney", "2026-08-01"), others=[LAWYER])
    assert not ask(one, "2026-08-16 11:00", to=LAWYER.number).blocked
    assert ask(one, "2026-08-16 11:00").calls_left == 7


def test_an_attorneys_hold_survives_the_debtors_own_call_which_may_be_answered_once():
    """12 CFR 1006.6(b)(2)"""
    called = from_them("2026-08-20 10:00", "language")
    assert not ask(person(REPRESENTED, called), "2026-08-20 10:05").blocked
    assert "regf.attorney" in blockers(ask(person(REPRESENTED, called), "2026-08-20 10:05", "sms"))
    back = call("2026-08-20 10:10", "no-answer")
    assert blockers(ask(person(REPRESENTED, called, back), "2026-08-20 10:20")) == {"regf.attorney"}


def test_the_call_in_which_they_name_the_attorney_invites_no_answer():
    """12 CFR 1006.6(b)(2)"""
    told = from_them("2026-08-13 10:00", "attorney", id=7)
    assert "regf.attorney" in blockers(
        ask(person(told, REPRESENTED._replace(activity=7)), "2026-08-13 10:05")
    )


# --- 6(c): cease ------------------------------------------------------------------------------------------


def test_a_cease_counts_from_the_day_of_its_receipt():
    """12 CFR 1006.6(c)"""
    one = person(hold("cease", "2026-08-13"))
    assert not ask(one, "2026-08-12 20:59").blocked
    assert ask(one, "2026-08-13 08:00").blocked
    assert ask(one, "2027-08-13 08:00").next_at is None


@pytest.mark.parametrize("channel", ["call", "sms", "email", "letter", "visit"])
def test_a_cease_closes_every_channel(channel):
    """12 CFR 1006.6(c)"""
    assert "regf.cease" in blockers(ask(person(hold("cease", "2026-08-13")), "2026-08-14 10:00", channel))


def test_a_cease_is_about_one_debt():
    """12 CFR 1006.6(c)"""
    one = person(account(hold("cease", "2026-08-13"), id=1), account(id=2))
    assert ask(one, "2026-08-14 10:00", account=1).blocked
    assert not ask(one, "2026-08-14 10:00", account=2).blocked


@pytest.mark.parametrize(
    ("purpose", "is_open"),
    [
        ("terminating", True),
        ("may-invoke", True),
        ("intends-remedy", True),
        ("", False),
        ("notice", False),
        ("verification", False),
        ("optout-confirmation", False),
        ("location", False),
    ],
)
def test_three_purposes_stay_allowed_after_a_cease(purpose, is_open):
    """12 CFR 1006.6(c)"""
    one = person(hold("cease", "2026-08-13"))
    assert ask(one, "2026-08-14 10:00", purpose=purpose).blocked is not is_open
    assert ask(one, "2026-08-14 22:00", purpose=purpose).blocked


# --- 6(d)(1), 1006.10: third parties ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "purpose", "is_open"),
    [
        (MOTHER, "", False),
        (MOTHER, "location", True),
        (Other("employer", "Acme", "2125550205"), "", False),
        (Other("contact", "Sue", "2125550206"), "location", True),
        (SPOUSE, "", True),
        (LAWYER, "", True),
        (GUARANTOR, "", True),
    ],
    ids=lambda value: value.role if isinstance(value, Other) else str(value),
)
def test_with_whom_a_debt_is_discussed(other, purpose, is_open):
    """12 CFR 1006.6(d)(1), 1006.6(a)(1), 1006.10"""
    verdict = ask(person(others=[other]), "2026-08-13 10:00", to=other.number, purpose=purpose)
    assert blockers(verdict) == (set() if is_open else {"regf.third"})


def test_a_third_party_is_asked_once():
    """12 CFR 1006.10(c)"""
    reached = call("2026-08-10 10:00", "third-party", MOTHER.number, party=MOTHER.name)
    one = person(reached, others=[MOTHER, Other("contact", "Sue", "2125550206")])
    assert blockers(ask(one, "2026-09-10 10:00", to=MOTHER.number, purpose="location")) == {"regf.third"}
    assert not ask(one, "2026-09-10 10:00", to="2125550206", purpose="location").blocked


def test_who_was_not_reached_was_not_asked():
    """12 CFR 1006.10(c)"""
    one = person(call("2026-08-10 10:00", "no-answer", MOTHER.number), others=[MOTHER])
    assert not ask(one, "2026-08-11 10:00", to=MOTHER.number, purpose="location").blocked


def test_a_third_party_has_a_count_of_seven_of_their_own():
    """12 CFR 1006.14(b)(2)(i)(A): a particular person"""
    one = person(*calls(*WEEK, to=MOTHER.number), others=[MOTHER])
    verdict = ask(one, "2026-08-16 11:00", to=MOTHER.number, purpose="location")
    assert blockers(verdict) == {"regf.7in7"}
    assert ask(one, "2026-08-16 11:00").calls_left == 7


# --- 6(d)(3)-(5), 6(e): e-mail and texts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "fact", "warns"),
    [
        ("nothing", None, True),
        ("they wrote by it", from_them("2026-05-13 10:00", "replied", channel="email", number=""), False),
        ("they consented", consent("2026-05-13 10:00", channel="email"), False),
        ("only the creditor was told", consent("2026-05-13 10:00", channel="email", given_to="client"), True),
        (
            "it was withdrawn",
            consent("2026-05-13 10:00", channel="email", withdrawn="2026-06-01 10:00"),
            True,
        ),
        ("they called", from_them("2026-05-13 10:00", "negotiating"), True),
        ("we wrote", sent("2026-05-13 10:00", "email"), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_email_address_was_used_or_consented_to(why, fact, warns):
    """12 CFR 1006.6(d)(4)"""
    verdict = ask(person(*[fact] if fact else []), "2026-08-13 10:00", "email")
    assert ("regf.email" in warnings(verdict)) is warns
    assert not verdict.blocked


@pytest.mark.parametrize(
    ("why", "fact", "warns"),
    [
        ("nothing", None, True),
        ("they texted 59 days ago", from_them("2026-06-15 10:00", "replied", number=MOBILE.digits), False),
        ("they texted 61 days ago", from_them("2026-06-13 10:00", "replied", number=MOBILE.digits), True),
        ("consent of 59 days ago", consent("2026-06-15 10:00", channel="sms"), False),
        ("consent of 61 days ago", consent("2026-06-13 10:00", channel="sms"), True),
        ("a voice call", from_them("2026-08-12 10:00", "language", number=MOBILE.digits), True),
        ("another number", from_them("2026-08-12 10:00", "replied", number=HOME.digits), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_text_goes_to_a_number_from_which_they_texted_or_consented_within_60_days(why, fact, warns):
    """12 CFR 1006.6(d)(5)"""
    verdict = ask(person(*[fact] if fact else [], phones=THREE), "2026-08-13 10:00", "sms", MOBILE.digits)
    assert ("regf.text60" in warnings(verdict)) is warns
    assert not verdict.blocked


@pytest.mark.parametrize(
    ("channel", "warns"), [("sms", True), ("email", True), ("chat", True), ("call", False), ("letter", False)]
)
def test_every_electronic_message_carries_an_opt_out(channel, warns):
    """12 CFR 1006.6(e)"""
    assert ("regf.optout" in warnings(ask(person(), "2026-08-13 10:00", channel))) is warns


# --- 14(b): which calls count -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        ("negotiating", True),
        ("refused", True),
        ("hung-up", True),
        ("third-party", True),
        ("left", True),
        ("language", True),
        ("no-answer", True),
        ("unreachable", True),
        ("rejected", True),
        ("voicemail", True),
        ("limited-message", True),
        ("assistant", True),
        ("busy", False),
        ("not-in-service", False),
        ("wrong-number", False),
        ("suspended", False),
    ],
)
def test_which_calls_count(outcome, counts):
    """12 CFR 1006.14(b)(2)(i)(A): answered, rung out or a machine; not busy, not out of service"""
    one = person(call("2026-08-13 10:00", outcome), phones=THREE)
    assert ask(one, "2026-08-13 12:00", to=HOME.digits).calls_left == (6 if counts else 7)


@pytest.mark.parametrize("channel", ["sms", "email", "chat", "letter"])
def test_messages_and_letters_do_not_count(channel):
    """12 CFR 1006.14(b)(2)(i)(A)"""
    one = person(*(sent(when, channel) for when in WEEK * 2))
    assert ask(one, "2026-08-16 11:00").calls_left == 7


def test_no_channel_but_the_telephone_is_counted_against():
    """12 CFR 1006.14(b)(2)(i)"""
    one = person(*calls(*WEEK), TALKED)
    assert ask(one, "2026-08-16 11:00").blocked
    for channel in ("sms", "email", "letter"):
        assert not ask(one, "2026-08-16 11:00", channel).blocked


def test_what_happened_on_the_first_leaves_the_count_on_the_eighth():
    """12 CFR 1006.14(b)(2)(i)(A)"""
    one = person(*calls(*(f"2026-08-01 {hour}:00" for hour in range(10, 17))))
    assert ask(one, "2026-08-07 20:59").calls_left == 0
    assert ask(one, "2026-08-08 08:00").calls_left == 7


def test_a_conversation_on_the_fourteenth_opens_again_on_the_twenty_first():
    """12 CFR 1006.14(b)(2)(i)(B): the day of the conversation is day 1"""
    one = person(call("2026-08-14 20:30", "negotiating"))
    assert ask(one, "2026-08-20 20:59").next_at == at("2026-08-21 08:00")
    assert not ask(one, "2026-08-21 08:00").blocked


def test_days_are_calendar_days_where_the_debtor_is_and_not_168_hours():
    """12 CFR 1006.14(b)(2)(i): a talk on Thu 13 Aug at 20:30 in Los Angeles is quiet for 155.5 hours"""
    talked = call(at("2026-08-13 20:30", LOS_ANGELES), "negotiating")
    one = person(talked, phones=[phone("3105550101", "mobile", [LOS_ANGELES])])
    opens = at("2026-08-20 08:00", LOS_ANGELES)
    assert ask(one, opens - timedelta(minutes=1)).blocked
    assert not ask(one, opens).blocked
    asked_in_shanghai = ask(one, (opens - timedelta(days=1)).astimezone(ZoneInfo(SHANGHAI)))
    assert asked_in_shanghai.next_at == opens


@pytest.mark.parametrize(
    ("outcome", "quiet"),
    [("promise", True), ("refused", True), ("negotiating", True), ("callback", True), ("voicemail", False),
     ("hung-up", False), ("third-party", False), ("no-answer", False), ("language", False)],
)  # fmt: skip
def test_what_a_conversation_is(outcome, quiet):
    """12 CFR 1006.14(b)(2)(i)(B)"""
    verdict = ask(person(call("2026-08-13 10:00", outcome)), "2026-08-14 10:00")
    assert ("regf.quiet" in blockers(verdict)) is quiet


@pytest.mark.parametrize(
    ("channel", "outcome"), [("sms", "replied"), ("visit", "met"), ("chat", "negotiating")]
)
def test_only_a_telephone_conversation_starts_the_quiet_period(channel, outcome):
    """12 CFR 1006.14(b)(2)(i)(B)"""
    written = call("2026-08-13 10:00", outcome, channel=channel, inbound=channel != "visit")
    assert not ask(person(written), "2026-08-14 10:00").blocked


def test_seven_bunched_calls_are_in_order_and_still_warn():
    """12 CFR 1006.14(b)(2)(i)(A), comment 14(b)(2)(i)-2"""
    six = calls(*(f"2026-08-13 {hour:02}:00" for hour in range(9, 15)))
    verdict = ask(person(*six), "2026-08-13 15:00")
    assert (verdict.effect, verdict.calls_left) == ("warn", 1)
    assert warnings(verdict) == {"regf.burst"}


# --- 14(b): person and debt -------------------------------------------------------------------------------


def test_counts_are_per_debt():
    """12 CFR 1006.14(b)(2)(i): a particular debt"""
    one = person(account(*calls(*WEEK), id=1), account(id=2))
    assert ask(one, "2026-08-16 11:00", account=1).calls_left == 0
    assert ask(one, "2026-08-16 11:00", account=2).calls_left == 7


def test_counts_are_per_person_and_not_per_number():
    """12 CFR 1006.14(b)(2)(i): a particular person"""
    numbers = [p.digits for p in THREE]
    tried = [call(when, "no-answer", numbers[n % 3]) for n, when in enumerate(WEEK)]
    for number in numbers:
        assert ask(person(*tried, phones=THREE), "2026-08-16 11:00", to=number).calls_left == 0


@pytest.mark.parametrize("other", [SPOUSE, GUARANTOR], ids=lambda o: o.role)
def test_a_spouse_or_a_co_debtor_is_another_person(other):
    """12 CFR 1006.14(b)(2)(i): a particular person"""
    who = "liable" if other is GUARANTOR else "third"
    tried = calls(*WEEK[:3], to=other.number)
    talked = call(WEEK[3], "negotiating", other.number, who=who, party=other.name)
    one = person(*tried, talked, others=[other])
    assert ask(one, "2026-08-14 11:00").calls_left == 7
    assert not ask(one, "2026-08-14 11:00").blocked
    verdict = ask(one, "2026-08-14 11:00", to=other.number)
    assert (blockers(verdict), verdict.calls_left) == ({"regf.quiet"}, 3)


def test_a_talk_with_the_co_debtor_on_the_debtors_telephone_is_a_call_to_the_debtor_and_no_talk_with_them():
    """12 CFR 1006.14(b)(2)(i): a particular person"""
    talked = call("2026-08-13 10:00", "negotiating", who="liable", party=GUARANTOR.name)
    verdict = ask(person(talked, others=[GUARANTOR]), "2026-08-14 10:00")
    assert (verdict.blocked, verdict.calls_left) == (False, 6)


def test_a_call_that_leads_to_talk_about_several_debts_counts_for_each():
    """12 CFR 1006.14(b)(2)(i), comment on several debts"""
    both = [account(call("2026-08-13 10:00", "negotiating", contact=1), id=n) for n in (1, 2)]
    one = person(*both, account(id=3))
    verdicts = [ask(one, "2026-08-14 10:00", account=n) for n in (1, 2, 3)]
    assert [v.calls_left for v in verdicts] == [6, 6, 7]
    assert [v.blocked for v in verdicts] == [True, True, False]


def test_a_debt_that_only_the_debtor_raised_has_a_conversation_and_no_call():
    """12 CFR 1006.14(b)(2)(i), comment on several debts"""
    raised = call("2026-08-13 10:00", "negotiating", raised_by="them", contact=1)
    one = person(account(raised._replace(raised_by="us"), id=1), account(raised, id=2))
    assert [ask(one, "2026-08-20 08:00", account=n).calls_left for n in (1, 2)] == [7, 7]
    second = ask(one, "2026-08-19 10:00", account=2)
    assert (blockers(second), second.calls_left) == ({"regf.quiet"}, 7)
    assert ask(one, "2026-08-19 10:00", account=1).calls_left == 6


# --- 14(b): corrections -----------------------------------------------------------------------------------


def test_a_wrong_number_takes_its_earlier_calls_out_of_the_count():
    """12 CFR 1006.14(b)(2)(i)(A)"""
    elsewhere = calls(*WEEK[:3], to=HOME.digits)
    tried = [*elsewhere, *calls(*WEEK[3:5])]
    assert ask(person(*tried, phones=THREE), "2026-08-15 10:00").calls_left == 2
    wrong = call("2026-08-14 12:00", "wrong-number", HOME.digits)
    assert ask(person(*tried, wrong, phones=THREE), "2026-08-15 10:00").calls_left == 5
    assert ask(person(*tried, wrong, phones=THREE), "2026-08-14 11:00").calls_left == 2


def test_a_wrong_number_stays_out_of_the_count_when_its_line_is_cut_off():
    """12 CFR 1006.14(b)(2)(i)(A)"""
    tried = calls(*WEEK[:3], to=HOME.digits)
    wrong = call("2026-08-13 12:00", "wrong-number", HOME.digits)
    cut_off = call("2026-08-14 12:00", "not-in-service", HOME.digits)
    assert ask(person(*tried, wrong, cut_off, phones=THREE), "2026-08-15 10:00").calls_left == 7


def test_a_number_that_the_debtor_answers_after_all_counts_again():
    """12 CFR 1006.14(b)(2)(i)(A)"""
    wrong, theirs = call("2026-08-12 12:00", "wrong-number"), call("2026-08-13 12:00", "language")
    one = person(call("2026-08-11 12:00"), wrong, theirs)
    assert ask(one, "2026-08-14 12:00").calls_left == 5


@pytest.mark.parametrize(
    ("before", "after", "left"), [("busy", "voicemail", (7, 6)), ("voicemail", "busy", (6, 7))]
)
def test_a_correction_of_an_outcome_changes_the_count(before, after, left):
    """12 CFR 1006.14(b)(2)(i)(A): counts are taken from the standing facts at each question"""
    counted = [
        ask(person(call("2026-08-13 10:00", o)), "2026-08-13 12:00").calls_left for o in (before, after)
    ]
    assert tuple(counted) == left


# --- 14(b)(3)(i): consent to more calls -------------------------------------------------------------------

FULL = calls(*(f"2026-08-13 {hour:02}:00" for hour in range(8, 15)))  # seven calls on Thu 13 Aug
YES = consent("2026-08-13 15:00")


@pytest.mark.parametrize("facts", [[*FULL, YES], [TALKED, YES]], ids=["(A)", "(B)"])
def test_consent_opens_counts_and_quiet_for_seven_days_from_its_receipt(facts):
    """12 CFR 1006.14(b)(3)(i): the day of receipt is day 1"""
    one = person(*facts, *calls(*(f"2026-08-{day} 09:00" for day in range(14, 20))))
    assert ask(person(*facts), "2026-08-13 14:59").blocked
    assert not ask(person(*facts), "2026-08-13 15:01").blocked
    assert not ask(one, "2026-08-19 20:59").blocked


def test_and_no_longer():
    """12 CFR 1006.14(b)(3)(i)"""
    one = person(
        consent("2026-08-12 15:00"), *FULL, *calls(*(f"2026-08-19 {hour:02}:00" for hour in range(8, 15)))
    )
    assert ask(one, "2026-08-18 20:00").calls_left == 7  # the seven of the 13th were made under it
    assert not ask(one, "2026-08-18 20:00").blocked
    assert blockers(ask(one, "2026-08-19 15:00")) == {"regf.7in7"}


def test_calls_under_consent_never_count_later():
    """12 CFR 1006.14(b)(3)(i)"""
    under = calls(*(f"2026-08-{day} 10:00" for day in range(14, 20)))
    assert ask(person(YES, *under), "2026-08-20 08:00").calls_left == 7
    assert ask(person(*under), "2026-08-20 08:00").calls_left == 1
    earlier = call("2026-08-13 14:00")
    assert ask(person(YES, earlier, *under), "2026-08-19 20:00").calls_left == 6


def test_a_named_day_means_that_day():
    """12 CFR 1006.14(b)(3)(i)"""
    one = person(TALKED, consent("2026-08-13 10:00", on="2026-08-15"))
    assert [ask(one, f"2026-08-{day} 10:30").blocked for day in (13, 14, 15, 16)] == [True, True, False, True]
    assert ask(one, "2026-08-13 10:30").next_at == at("2026-08-15 08:00")


def test_a_named_day_beyond_the_seventh_opens_nothing():
    """12 CFR 1006.14(b)(3)(i)"""
    full = calls(*(f"2026-08-20 {hour:02}:00" for hour in range(8, 15)))
    beyond, last = consent("2026-08-13 10:00", on="2026-08-20"), consent("2026-08-14 10:00", on="2026-08-20")
    assert ask(person(*full, beyond), "2026-08-20 15:00").blocked
    assert not ask(person(*full, last), "2026-08-20 15:00").blocked


def test_the_next_conversation_ends_the_consent():
    """12 CFR 1006.14(b)(3)(i)"""
    talked = call("2026-08-14 10:00", "negotiating")
    one = person(YES, talked, call("2026-08-14 12:00"))
    assert ask(person(YES), "2026-08-14 11:00").blocked is False
    verdict = ask(one, "2026-08-14 13:00")
    assert blockers(verdict) == {"regf.quiet"}
    assert verdict.calls_left == 6  # the talk was under it, the call after it was not


def test_the_conversation_in_which_it_was_given_does_not():
    """12 CFR 1006.14(b)(3)(i)"""
    asked_back = call("2026-08-13 10:00", "callback")
    assert not ask(person(asked_back, consent("2026-08-13 10:00")), "2026-08-14 10:00").blocked


def test_a_conversation_about_another_debt_does_not():
    """12 CFR 1006.14(b)(3)(i): about the debt"""
    talked = call("2026-08-14 10:00", "negotiating")
    one = person(account(*FULL, YES, id=1), account(talked, id=2))
    assert not ask(one, "2026-08-14 11:00", account=1).blocked
    assert ask(one, "2026-08-14 11:00", account=2).blocked


@pytest.mark.parametrize(
    ("agreed", "is_open"),
    [
        (YES, True),
        (consent("2026-08-13 15:00", given_to="client"), False),
        (consent("2026-08-13 15:00", channel="sms"), False),
        (consent("2026-08-13 15:00", withdrawn="2026-08-13 15:30"), False),
        (consent("2026-08-13 15:00", withdrawn="2026-08-13 16:30"), True),
        (consent("2026-08-13 16:30"), False),
        (consent("2026-08-13 15:00", hours="12:00-18:00"), False),
        (consent("2026-08-06 15:00"), False),
        (consent("2026-08-07 15:00"), True),
        (consent("2026-08-10 15:00", until="2026-08-12"), False),
    ],
    ids=[
        "given to us", "given to the creditor", "for texts", "withdrawn", "withdrawn later", "given later",
        "about hours only", "eight days ago", "on the seventh day", "ended by its own words",
    ],
)  # fmt: skip
def test_which_consent_opens(agreed, is_open):
    """12 CFR 1006.14(b)(3)(i): for that debt, given directly to us, until it is withdrawn"""
    assert ask(person(*FULL, agreed), "2026-08-13 16:00").blocked is not is_open


def test_a_consent_about_one_debt_is_none_about_another():
    """12 CFR 1006.14(b)(3)(i)"""
    one = person(account(YES, id=1), account(*FULL, id=2))
    assert ask(one, "2026-08-13 16:00", account=2).blocked


# --- comment 14(b)(2)(i)-2: signs of harassment -----------------------------------------------------------


def burst(*facts, when="2026-08-13 16:00", **how):
    return "regf.burst" in warnings(ask(person(*facts, phones=THREE), when, **how))


@pytest.mark.parametrize(
    ("when", "warns"), [("2026-08-13 15:55", False), ("2026-08-13 15:56", True), ("2026-08-13 15:59", True)]
)
def test_two_calls_to_one_number_within_five_minutes_warn(when, warns):
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    assert burst(call(when)) is warns
    assert not burst(call(when), to=HOME.digits)


def test_also_where_they_were_about_two_debts():
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    one = person(account(call("2026-08-13 15:58"), id=1), account(id=2))
    assert "regf.burst" in warnings(ask(one, "2026-08-13 16:00", account=2))


def test_seven_calls_to_one_number_in_a_day_warn_though_they_were_about_two_debts():
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    first = calls(*(f"2026-08-13 {hour:02}:00" for hour in (8, 9, 10)))
    second = calls(*(f"2026-08-13 {hour:02}:30" for hour in (8, 9, 10)))
    one = person(account(*first, id=1), account(*second, id=2))
    assert "regf.burst" in warnings(ask(one, "2026-08-13 16:00", account=1))
    assert "regf.burst" not in warnings(ask(person(account(*first, id=1)), "2026-08-13 16:00"))


@pytest.mark.parametrize(("before", "warns"), [(4, False), (5, True), (6, True)])
def test_six_of_the_weeks_calls_on_one_day_warn(before, warns):
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2: our threshold"""
    assert burst(*FULL[:before]) is warns


@pytest.mark.parametrize(
    ("tried", "messages", "warns"), [(6, 2, True), (5, 2, False), (6, 1, False), (6, 3, True)]
)
def test_seven_calls_and_several_unanswered_messages_warn(tried, messages, warns):
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    facts = [*calls(*WEEK[:tried]), *(sent(when, "sms", MOBILE.digits) for when in WEEK[:messages])]
    assert burst(*facts, when="2026-08-16 10:00") is warns


def test_messages_that_were_answered_do_not():
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    messages = [sent(when, "sms", MOBILE.digits) for when in WEEK[:3]]
    reply = from_them("2026-08-13 12:00", "replied", number=MOBILE.digits)
    assert not burst(*calls(*WEEK[:6]), *messages, reply, when="2026-08-16 10:00")


@pytest.mark.parametrize(
    ("outcome", "warns"),
    [
        ("refused", True),
        ("dispute", True),
        ("fraud", True),
        ("cease", True),
        ("complaint", True),
        ("promise", False),
        ("negotiating", False),
    ],
)
def test_calls_after_a_refusal_a_dispute_or_a_request_warn(outcome, warns):
    """12 CFR 1006.14(b), comment 14(b)(2)(i)-2"""
    assert burst(call("2026-08-01 10:00", outcome)) is warns
    assert not burst(call("2026-08-01 10:00", outcome), call("2026-08-02 10:00", "negotiating"))


# --- 14(h): medium requests -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "channel", "to", "is_open"),
    [
        ({"channel": "call"}, "call", MOBILE.digits, False),
        ({"channel": "call"}, "sms", MOBILE.digits, True),
        ({"channel": "call"}, "letter", "", True),
        ({"channel": "call"}, "email", "ann@example.com", True),
        ({"channel": "sms"}, "sms", MOBILE.digits, False),
        ({"channel": "email"}, "email", "ann@example.com", False),
        ({"channel": "letter"}, "letter", "", False),
        ({"to": MOBILE.digits}, "call", MOBILE.digits, False),
        ({"to": MOBILE.digits}, "sms", MOBILE.digits, False),
        ({"to": MOBILE.digits}, "call", HOME.digits, True),
        ({"channel": "call", "to": MOBILE.digits}, "sms", MOBILE.digits, True),
        ({"to": "ann@example.com"}, "email", "ann@example.com", False),
        ({"to": "ann@example.com"}, "email", "ann@example.org", True),
        ({"channel": "letter", "only": True}, "call", MOBILE.digits, False),
        ({"channel": "letter", "only": True}, "letter", "", True),
        ({"to": HOME.digits, "only": True}, "call", MOBILE.digits, False),
        ({"to": HOME.digits, "only": True}, "call", HOME.digits, True),
    ],
)
def test_a_medium_or_one_number_or_address_of_it_is_not_used(said, channel, to, is_open):
    """12 CFR 1006.14(h)(1): spoken is enough"""
    one = person(limit("2026-08-01 10:00", **said), phones=THREE)
    assert blockers(ask(one, "2026-08-13 10:00", channel, to)) == (set() if is_open else {"regf.medium"})


def test_it_is_not_used_for_any_debt():
    """12 CFR 1006.14(h)(1)"""
    one = person(account(id=1), account(id=2), limit("2026-08-01 10:00", channel="call"))
    assert all(ask(one, "2026-08-13 10:00", account=n).blocked for n in (1, 2))


NO_TEXTS = limit("2026-08-01 10:00", channel="sms")
TEXTED = from_them("2026-08-13 10:00", "replied", number=MOBILE.digits)


def test_they_may_be_answered_once_by_the_medium_that_they_use_themselves():
    """12 CFR 1006.14(h)(2)"""
    assert not ask(person(NO_TEXTS, TEXTED), "2026-08-13 10:05", "sms").blocked
    reply = sent("2026-08-13 10:10", "sms", MOBILE.digits)
    assert blockers(ask(person(NO_TEXTS, TEXTED, reply), "2026-08-13 10:15", "sms")) == {"regf.medium"}


@pytest.mark.parametrize(
    ("said", "theirs", "channel"),
    [
        (limit(TEXTED.at, channel="sms"), TEXTED, "sms"),
        (limit("2026-08-13 10:00", channel="call"), from_them("2026-08-13 10:00", "cease"), "call"),
    ],
    ids=["a text that opts out", "a call that asks for no calls"],
)
def test_the_request_itself_invites_no_answer(said, theirs, channel):
    """12 CFR 1006.14(h)(2)"""
    assert "regf.medium" in blockers(ask(person(said, theirs), "2026-08-25 10:00", channel))


def test_an_answer_to_one_request_does_not_open_another():
    """12 CFR 1006.14(h)(2)"""
    later = limit("2026-08-13 10:02", to=MOBILE.digits)
    assert ask(person(NO_TEXTS, TEXTED, later), "2026-08-13 10:05", "sms").blocked
    assert not ask(
        person(NO_TEXTS, later, TEXTED._replace(at=at("2026-08-13 10:03"))), "2026-08-13 10:05", "sms"
    ).blocked


def test_one_confirmation_of_an_electronic_opt_out_is_allowed():
    """12 CFR 1006.14(h)(2)(i)"""
    how = {"channel": "sms", "purpose": "optout-confirmation"}
    assert not ask(person(NO_TEXTS), "2026-08-01 10:05", **how).blocked
    confirmed = sent("2026-08-01 10:06", "sms", MOBILE.digits, purpose="optout-confirmation")
    assert blockers(ask(person(NO_TEXTS, confirmed), "2026-08-01 10:10", **how)) == {"regf.medium"}


def test_a_call_is_no_confirmation_of_an_opt_out():
    """12 CFR 1006.14(h)(2)(i): electronic"""
    no_calls = limit("2026-08-01 10:00", channel="call")
    assert ask(person(no_calls), "2026-08-01 10:05", purpose="optout-confirmation").blocked


# --- 1006.34: the validation notice -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent_on", "received_on", "why"),
    [
        ("2026-08-10", "2026-08-17", "a Monday: five weekdays"),
        ("2026-08-14", "2026-08-21", "a Friday: no Saturday, no Sunday"),
        ("2026-08-15", "2026-08-21", "a Saturday"),
        ("2025-11-24", "2025-12-02", "the Monday before Thanksgiving, Thu 27 Nov 2025"),
        ("2026-11-25", "2026-12-03", "the Wednesday before Thanksgiving, Thu 26 Nov 2026"),
        ("2025-07-01", "2025-07-09", "before Fri 4 July 2025"),
        ("2024-07-03", "2024-07-11", "before Thu 4 July 2024"),
        ("2026-07-01", "2026-07-09", "4 July 2026 is a Saturday, kept on Fri 3"),
        ("2025-12-22", "2025-12-30", "before Thu 25 Dec 2025"),
        ("2025-12-24", "2026-01-02", "Christmas and New Year's Day 2026"),
        ("2022-12-22", "2022-12-30", "Christmas on a Sunday, kept on Mon 26 Dec 2022"),
        ("2021-12-27", "2022-01-04", "New Year's Day 2022 on a Saturday, kept on Fri 31 Dec 2021"),
        ("2026-01-15", "2026-01-23", "Martin Luther King's Day, Mon 19 Jan 2026"),
        ("2026-02-12", "2026-02-20", "Washington's Birthday, Mon 16 Feb 2026"),
        ("2026-05-21", "2026-05-29", "Memorial Day, Mon 25 May 2026"),
        ("2026-06-18", "2026-06-26", "Juneteenth, Fri 19 June 2026"),
        ("2026-09-03", "2026-09-11", "Labor Day, Mon 7 Sep 2026"),
        ("2026-10-08", "2026-10-16", "Columbus Day, Mon 12 Oct 2026"),
        ("2026-11-10", "2026-11-18", "Veterans Day, Wed 11 Nov 2026"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_a_notice_is_assumed_to_arrive_five_days_after_sending(sent_on, received_on, why):
    """12 CFR 1006.34(b)(5): no Saturdays, Sundays, legal public holidays; the period ends 30 days later"""
    received = date.fromisoformat(received_on)
    assert validation.receipt(date.fromisoformat(sent_on)) == received
    assert validation.period_end(date.fromisoformat(sent_on)) == received + timedelta(days=30)


def test_the_federal_holidays_of_a_year():
    """5 U.S.C. 6103(a), as 12 CFR 1006.34(b)(5) refers to it"""
    days = ["01-01", "01-20", "02-17", "05-26", "06-19", "07-04", "09-01", "10-13", "11-11", "11-27", "12-25"]
    found = sorted(day for day in validation.federal_holidays(2025) if day.year == 2025)
    assert found == [date.fromisoformat(f"2025-{day}") for day in days]


def notice(one, when):
    """What the rule about the notice says of a call then."""
    return next((r.text for r in ask(one, when).reasons if r.rule == "regf.validation"), "")


def test_the_notice_is_due_within_five_days_of_the_first_communication():
    """12 CFR 1006.34(a)(1)(i)(B)"""
    assert notice(person(), "2026-08-13 12:00") == ""
    assert notice(person(TALKED), "2026-08-13 12:00") == "send the validation notice by 2026-08-18"
    assert "by 2026-08-18" in notice(person(TALKED), "2026-08-18 12:00")
    assert "was due on 2026-08-18" in notice(person(TALKED), "2026-08-19 12:00")


LETTER = sent("2026-08-14 12:00", "letter")
CAME_BACK = call("2026-08-17 12:00", "undelivered", "", channel="letter")


@pytest.mark.parametrize(
    ("facts", "values", "is_missing"),
    [
        ([TALKED, LETTER], {}, False),
        ([TALKED, sent("2026-08-14 12:00", "email")], {}, False),
        ([TALKED, sent("2026-08-14 12:00", "sms")], {}, True),
        ([TALKED], {"validation_sent": "2026-08-01"}, False),
        ([TALKED, LETTER, CAME_BACK], {}, True),
        ([TALKED, LETTER, CAME_BACK, sent("2026-08-18 12:00", "letter")], {}, False),
        ([TALKED, LETTER, CAME_BACK._replace(channel="email")], {}, False),
    ],
    ids=[
        "a letter went out", "an e-mail went out", "a text is none", "the client sent it", "it came back",
        "it was sent again", "an e-mail that came back says nothing about the letter",
    ],
)  # fmt: skip
def test_a_bounced_message_is_no_notice(facts, values, is_missing):
    """12 CFR 1006.34(a)(1)(ii), 1006.42"""
    assert bool(notice(person(*facts, values=values), "2026-08-20 12:00")) is is_missing


def test_a_third_party_is_owed_no_notice():
    """12 CFR 1006.34(a)(1): the consumer"""
    verdict = ask(person(TALKED, others=[LAWYER]), "2026-08-20 12:00", to=LAWYER.number)
    assert "regf.validation" not in warnings(verdict)


# --- 1006.38: disputes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "is_open"), [("", False), ("verification", True), ("terminating", False)]
)
def test_a_dispute_stops_everything_but_its_answer(purpose, is_open):
    """12 CFR 1006.38(d)(2)"""
    verdict = ask(person(hold("dispute", "2026-08-13")), "2026-08-14 10:00", "letter", purpose=purpose)
    assert blockers(verdict) == (set() if is_open else {"regf.dispute"})


def test_once_it_is_answered_collection_goes_on_and_new_matter_stops_it_again():
    """12 CFR 1006.38(d)(2): a hold until the day of the answer, and another"""
    one = person(hold("dispute", "2026-08-13", "2026-08-20"), hold("dispute", "2026-09-01"))
    assert ask(one, "2026-08-20 12:00").next_at == at("2026-08-21 08:00")
    assert not ask(one, "2026-08-21 12:00").blocked
    assert ask(one, "2026-09-01 12:00").blocked


# a notice of Mon 10 Aug 2026 is received on Mon 17 Aug; the period ends on Wed 16 Sep 2026
NOTICE = sent("2026-08-10 12:00", "letter")


@pytest.mark.parametrize(
    ("facts", "when", "how", "holds"),
    [
        ([NOTICE], "2026-08-20 12:00", {"written": True}, True),
        ([NOTICE], "2026-09-16 12:00", {"written": True}, True),
        ([NOTICE], "2026-09-17 12:00", {"written": True}, False),
        ([NOTICE], "2026-08-20 12:00", {}, False),
        ([NOTICE], "2026-08-20 12:00", {"written": True, "channel": "email"}, True),
        ([], "2026-08-20 12:00", {"written": True}, True),
        ([NOTICE, sent("2026-09-10 12:00", "letter")], "2026-09-17 12:00", {"written": True}, True),
    ],
    ids=[
        "in writing within the period", "on its last day", "after it", "spoken: a mark only", "by e-mail",
        "before any notice", "the notice was sent again",
    ],
)  # fmt: skip
@pytest.mark.parametrize("outcome", ["dispute", "fraud"])
def test_a_dispute_holds_in_writing_within_the_validation_period(facts, when, how, holds, outcome):
    """12 CFR 1006.34(b)(5), 1006.38(d)(2)"""
    entry = logged(person(*facts), when, outcome, inbound=True, **how)
    assert entry.hold == ("dispute" if holds else "")
    assert entry.unwanted == ""


# --- what a contact changes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("next_at", "on"),
    [
        ("2026-08-13 18:00", "2026-08-13"),
        ("2026-08-14 09:00", "2026-08-14"),
        ("2026-08-19 09:00", "2026-08-19"),
        ("2026-08-20 09:00", None),
    ],
)
def test_a_callback_within_seven_days_is_consent_for_its_day(next_at, on):
    """12 CFR 1006.14(b)(3)(i): the day of receipt is day 1"""
    entry = logged(person(), "2026-08-13 10:00", "callback", next_at=next_at)
    assert entry.consent_on == (date.fromisoformat(on) if on else None)


def test_a_callback_of_a_day_without_an_hour_is_consent_too():
    """12 CFR 1006.14(b)(3)(i)"""
    assert logged(person(), "2026-08-13 10:00", "callback", next_on="2026-08-17").consent_on == date(
        2026, 8, 17
    )


def test_a_callback_agreed_in_a_contact_that_was_not_in_order_is_no_consent():
    """12 CFR 1006.6(b)(4), comment 14(b)(3)(i)-1"""
    at_night = logged(person(), "2026-08-13 22:00", "callback", next_at="2026-08-14 09:00")
    assert [b.rule for b in at_night.breaches] == ["regf.hours"]
    assert at_night.consent_on is None


def test_a_callback_that_somebody_else_asked_for_is_no_consent():
    """12 CFR 1006.14(b)(3)(i): consent of the debtor"""
    entry = logged(
        person(others=[MOTHER]), "2026-08-13 10:00", "callback", next_at="2026-08-14 09:00", who="mother"
    )
    assert entry.consent_on is None


def test_the_day_of_a_callback_is_a_day_where_the_debtor_is():
    """12 CFR 1006.14(b)(3)(i): 20:00 on the 14th in New York is the 15th in Shanghai"""
    when, back = (
        at(text).astimezone(ZoneInfo(SHANGHAI)) for text in ("2026-08-13 10:00", "2026-08-14 20:00")
    )
    assert logged(person(), when, "callback", next_at=back).consent_on == date(2026, 8, 14)


def test_also_when_they_called_themselves():
    """12 CFR 1006.14(b)(3)(i): 20:00 on the 14th in New York is the 15th in Shanghai"""
    when, back = (
        at(text).astimezone(ZoneInfo(SHANGHAI)) for text in ("2026-08-13 10:00", "2026-08-14 20:00")
    )
    entry = logged(person(), when, "callback", next_at=back, inbound=True)
    assert entry.consent_on == date(2026, 8, 14)


def test_a_written_cease_is_a_hold_and_a_spoken_one_a_request_about_the_medium():
    """12 CFR 1006.6(c), 1006.14(h)"""
    written = logged(person(), "2026-08-13 10:00", "cease", inbound=True, written=True, channel="letter")
    spoken = logged(person(), "2026-08-13 10:00", "cease")
    assert (written.hold, written.unwanted) == ("cease", "")
    assert (spoken.hold, spoken.unwanted, spoken.tags) == ("", "call", ("cease",))


def test_a_spoken_stop_calling_blocks_calls_and_not_letters():
    """12 CFR 1006.14(h)"""
    entry = logged(person(), "2026-08-13 10:00", "cease")
    one = person(call("2026-08-13 10:00", "cease"), limit("2026-08-13 10:00", channel=entry.unwanted))
    assert "regf.medium" in blockers(ask(one, "2026-09-13 10:00"))
    assert not ask(one, "2026-09-13 10:00", "letter").blocked


def test_an_attorney_is_a_hold():
    """12 CFR 1006.6(b)(2)"""
    assert logged(person(), "2026-08-13 10:00", "attorney").hold == "attorney"


def test_a_contact_that_breached_a_rule_is_recorded_with_it():
    """12 CFR 1006.6(b)(1)(i), 1006.14(b)(2)(i)(B)"""
    entry = logged(person(TALKED), "2026-08-14 22:00", "no-answer")
    assert {b.rule: b.cite for b in entry.breaches} == {
        "regf.hours": "12 CFR 1006.6(b)(1)(i)",
        "regf.quiet": "12 CFR 1006.14(b)(2)(i)(B)",
    }


@pytest.mark.parametrize("why", OVERRIDES)
def test_an_override_stands_against_a_presumption_and_no_prohibition(why):
    """12 CFR 1006.14(b)(2)(ii), comment 14(b)(2)(ii)-2"""
    entry = logged(person(TALKED), "2026-08-14 22:00", "no-answer", override=why)
    assert [r.rule for r in entry.overridden] == ["regf.quiet"]
    assert [r.rule for r in entry.breaches] == ["regf.hours"]
    assert not any(why in doubt for doubt in entry.doubts)


def test_a_reason_that_the_rule_does_not_know_is_doubted():
    """12 CFR 1006.14(b)(2)(ii), comment 14(b)(2)(ii)-2"""
    entry = logged(person(TALKED), "2026-08-14 10:00", "no-answer", override="because")
    assert any("because" in doubt and "litigation" in doubt for doubt in entry.doubts)


def test_their_own_call_breaches_nothing():
    """12 CFR 1006.14(b)(2)(i): a debtor's own call is not a call of ours"""
    assert logged(person(TALKED), "2026-08-14 22:00", "negotiating", inbound=True).breaches == ()


def test_what_happened_before_the_policy_was_in_force_is_judged_without_it():
    """us-regf, effective 2021-11-30"""
    assert ALL["us-regf"].effective_from == "2021-11-30"
    assert not ask(person(), datetime(2021, 11, 29, 22, tzinfo=ZoneInfo(NEW_YORK))).blocked
    assert ask(person(), datetime(2021, 11, 30, 22, tzinfo=ZoneInfo(NEW_YORK))).blocked
