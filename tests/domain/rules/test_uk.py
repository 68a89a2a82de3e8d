"""United Kingdom: FCA CONC 7.9 knows no hours and no number of calls, only requests; SI 2020/1311."""

from datetime import datetime
from typing import Any, NamedTuple

import pytest

from collectctl.domain.facts import PersonFile
from tests.domain.rules.people import (
    ALL,
    LONDON,
    NEW_YORK,
    UK,
    Other,
    account,
    ask,
    at,
    blockers,
    call,
    cites,
    consent,
    hold,
    limit,
    person,
    phone,
    sent,
    warnings,
)

MOBILE = phone("07700900001", "mobile", [LONDON])
HOME = phone("02079460002", "home", [LONDON])
WORK = phone("02079460003", "work", [LONDON])
FRIEND = Other("contact", "Joe Bloggs", "07700900004", (LONDON,))
WIFE = Other("spouse", "Mary Doe", "07700900005", (LONDON,))
GUARANTOR = Other("guarantor", "Sue Payer", "07700900006", (LONDON,))
NOON = "2026-11-23 12:00"
CONC = "FCA CONC 7.9"


def there(text: str) -> datetime:
    """A wall clock in London."""
    return at(text, LONDON)


def doe(*facts: Any, **more: Any) -> PersonFile:
    """A debtor in England with a friend, a wife and a guarantor on file."""
    given = {"phones": (MOBILE, HOME, WORK), "others": (FRIEND, WIFE, GUARANTOR), "policies": UK}
    return person(*facts, **{**given, **more})


def said(received: str = "2026-11-20 10:00", **more: Any) -> Any:
    return limit(there(received), **more)


def may(one: PersonFile, when: str = NOON, *args: Any, **more: Any) -> Any:
    return ask(one, there(when), *args, **more)


# --- every rule speaks, with its effect and its source -------------------------------------------------


class Spoken(NamedTuple):
    who: PersonFile
    how: dict[str, Any]
    effect: str
    cite: str


RULES = {
    "uk.hours": Spoken(doe(), {"when": "2026-11-23 21:00"}, "warn", "house policy"),
    "uk.times": Spoken(doe(said(hours="11:00-13:00")), {}, "prohibited", CONC),
    "uk.place": Spoken(doe(said(place="home")), {"to": HOME.digits}, "prohibited", CONC),
    "uk.work": Spoken(doe(said(place="work")), {"to": WORK.digits}, "prohibited", CONC),
    "uk.medium": Spoken(doe(said(channel="call")), {}, "prohibited", CONC),
    "uk.third": Spoken(doe(), {"who": "Joe Bloggs"}, "prohibited", CONC),
    "uk.visit": Spoken(doe(), {"channel": "visit"}, "warn", CONC),
    "uk.breathing-space": Spoken(
        doe(hold("breathing-space", "2026-11-01", "2026-12-30")), {}, "prohibited", "SI 2020/1311"
    ),
}


def test_every_british_rule_is_tested():
    assert {rule.id for rule in ALL["uk"].rules} == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_british_rule_speaks_with_its_effect_and_its_source(rule: str):
    expected = RULES[rule]
    how = {"when": NOON, **expected.how}
    verdict = may(expected.who, how.pop("when"), **how)
    spoken = {r.rule: (r.effect, r.cite) for r in verdict.reasons}
    assert spoken[rule] == (expected.effect, expected.cite)
    assert verdict.policies == ("uk@2026-01",)


# --- hours: house policy, a warning ---------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["call", "sms", "email", "chat"])
@pytest.mark.parametrize(
    ("when", "warned"),
    [
        ("2026-11-23 07:59", True), ("2026-11-23 08:00", False), ("2026-11-23 20:59", False),
        ("2026-11-23 21:00", True), ("2026-11-24 00:00", True), ("2026-11-24 03:00", True),
        ("2026-07-01 07:59", True), ("2026-07-01 08:00", False), ("2026-11-29 12:00", False),
    ],
)  # fmt: skip
def test_unusual_hours_only_warn(when: str, channel: str, warned: bool):
    verdict = may(doe(), when, channel)
    assert verdict.effect == ("warn" if warned else "allowed")
    assert cites(verdict) == ({"uk.hours": "house policy"} if warned else {})
    assert verdict.next_at is None


def test_a_letter_has_no_hour():
    assert may(doe(), "2026-11-24 03:00", "letter").effect == "allowed"


def test_the_hours_are_those_of_london_wherever_the_collector_sits():
    """08:30 in Shanghai is half past midnight in London, 16:30 is 08:30."""
    assert ask(doe(), at("2026-11-23 08:30", "Asia/Shanghai")).effect == "warn"
    assert ask(doe(), at("2026-11-23 16:30", "Asia/Shanghai")).effect == "allowed"
    assert ask(doe(), at("2026-11-23 16:30", NEW_YORK)).effect == "warn"


def test_agreed_hours_warn_no_more():
    agreed = doe(consent(there("2026-11-20 10:00"), hours="21:00-22:00"))
    assert may(agreed, "2026-11-23 21:30").effect == "allowed"
    assert may(agreed, "2026-11-23 22:00").effect == "warn"


# --- no number of calls, no quiet period (CONC 7.9) -----------------------------------------------------


def test_no_number_of_calls_and_messages_is_in_the_rule():
    often = [call(there(f"2026-11-23 10:{m:02}"), "no-answer", MOBILE.digits) for m in range(30)]
    talked = [call(there(f"2026-11-23 11:{m:02}"), "negotiating", MOBILE.digits) for m in range(5)]
    texts = [sent(there(f"2026-11-23 09:{m:02}"), "sms", MOBILE.digits) for m in range(30)]
    for channel in ("call", "sms"):
        verdict = may(doe(*often, *talked, *texts), NOON, channel)
        assert (verdict.effect, verdict.calls_left) == ("allowed", None)


# --- reasonable requests on when, where and how (CONC 7.9) ----------------------------------------------


def test_times_that_they_asked_to_be_kept_free_are():
    evenings = doe(said(only=True, hours="18:00-20:00"))
    verdict = may(evenings)
    assert blockers(verdict) == {"uk.times"}
    assert verdict.next_at == there("2026-11-23 18:00")
    assert blockers(may(evenings, "2026-11-23 18:00")) == set()
    assert blockers(may(evenings, "2026-11-23 20:00")) == {"uk.times"}
    assert blockers(may(doe(said(days=(0,))))) == {"uk.times"}
    assert blockers(may(doe(said(days=(1,))))) == set()


def test_a_place_that_they_ruled_out_binds_what_is_tied_to_it():
    home = doe(said(place="home"))
    assert blockers(may(home, to=HOME.digits)) == {"uk.place"}
    assert blockers(may(home, NOON, "letter")) == {"uk.place"}
    assert blockers(may(home, NOON, "visit")) == {"uk.place"}
    assert blockers(may(home, to=MOBILE.digits)) == set()


def test_no_contact_at_work_once_they_asked():
    work = doe(said(place="work"))
    assert blockers(may(work, to=WORK.digits)) == {"uk.work"}
    assert blockers(may(work, "2036-11-23 12:00", to=WORK.digits)) == {"uk.work"}
    assert blockers(may(work, to=MOBILE.digits)) == set()


@pytest.mark.parametrize("channel", ["call", "sms", "email", "chat", "letter", "visit"])
def test_a_channel_that_they_do_not_want_is_not_used_but_to_confirm_that(channel: str):
    one = doe(said(channel=channel))
    assert blockers(may(one, NOON, channel)) == {"uk.medium"}
    confirmed = blockers(may(one, NOON, channel, purpose="optout-confirmation"))
    assert confirmed == (set() if channel in ("sms", "email", "chat") else {"uk.medium"})
    others = [c for c in ("call", "letter") if c != channel]
    assert all(blockers(may(one, NOON, other)) == set() for other in others)


def test_by_letter_only_closes_all_other_ways():
    letters = doe(said(only=True, channel="letter"))
    assert blockers(may(letters)) == {"uk.medium"}
    assert may(letters, NOON, "letter").effect == "allowed"


def test_a_request_holds_to_its_last_day():
    until = doe(said(channel="call", until="2026-11-23"))
    assert blockers(may(until)) == {"uk.medium"}
    assert may(until).next_at == there("2026-11-24 00:00")
    assert blockers(may(until, "2026-11-24 12:00")) == set()


# --- third parties must not learn of it (CONC 7.9) ------------------------------------------------------


@pytest.mark.parametrize("channel", ["call", "sms", "email", "letter"])
def test_third_parties_are_asked_where_the_debtor_is_and_nothing_else(channel: str):
    assert blockers(may(doe(), NOON, channel, who="Joe Bloggs")) == {"uk.third"}
    assert blockers(may(doe(), NOON, channel, who="Joe Bloggs", purpose="location")) == set()


def test_a_third_party_is_known_by_their_number():
    assert blockers(may(doe(), to=FRIEND.number)) == {"uk.third"}


@pytest.mark.parametrize("who", ["spouse", "Mary Doe"])
def test_a_spouse_is_a_third_party_too(who: str):
    assert blockers(may(doe(), who=who)) == {"uk.third"}


def test_a_guarantor_owes_the_debt_and_is_no_third_party():
    assert may(doe(), who="Sue Payer").effect == "allowed"


def test_a_third_party_who_refused_is_left_alone():
    """The house rule: no policy speaks of it here."""
    refused = call(there("2026-11-20 10:00"), "third-refused", FRIEND.number, party="Joe Bloggs")
    verdict = may(doe(refused), who="Joe Bloggs", purpose="location")
    assert blockers(verdict) == {"house.third-refused"}


# --- visits (CONC 7.9) ----------------------------------------------------------------------------------


def test_a_visit_is_announced_and_explained_and_needs_no_second_collector():
    verdict = may(doe(), NOON, "visit")
    assert (verdict.effect, warnings(verdict)) == ("warn", {"uk.visit"})
    assert [r.text for r in verdict.reasons] == ["A visit is announced and explained."]


# --- breathing space (SI 2020/1311) ---------------------------------------------------------------------


def test_in_a_breathing_space_nobody_asks_for_payment():
    space = doe(hold("breathing-space", "2026-11-01", "2026-12-30"))
    for channel in ("call", "sms", "email", "letter", "visit"):
        assert "uk.breathing-space" in blockers(may(space, NOON, channel))
    assert blockers(may(space, "2026-10-31 12:00")) == set()
    assert blockers(may(space, "2026-12-30 20:00")) == {"uk.breathing-space"}
    assert may(space).next_at == there("2026-12-31 00:00")
    assert blockers(may(space, "2026-12-31 12:00")) == set()


def test_the_mental_health_form_has_no_fixed_end():
    lasting = doe(hold("breathing-space", "2026-11-01"))
    verdict = may(lasting, "2027-11-01 12:00")
    assert (blockers(verdict), verdict.next_at) == ({"uk.breathing-space"}, None)


def test_a_breathing_space_is_about_the_debts_that_were_notified():
    held = account(hold("breathing-space", "2026-11-01"), id=1, policies=UK)
    both = person(held, account(id=2, policies=UK), phones=(MOBILE,))
    assert blockers(may(both, account=1)) == {"uk.breathing-space"}
    assert blockers(may(both, account=2)) == set()


def test_the_standard_form_lasts_sixty_days():
    rule = next(r for r in ALL["uk"].rules if r.id == "uk.breathing-space")
    assert rule.days == 60


def test_other_holds_are_the_houses():
    for kind in ("dispute", "complaint", "deceased", "bankrupt", "plan"):
        assert blockers(may(doe(hold(kind, "2026-11-01")))) == {"house.hold"}
