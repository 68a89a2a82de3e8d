"""Days and hours where the debtor is: zones, summer time, the date line; and what holds always."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import permutations
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collectctl.domain.facts import Activity, Consent, Hold, Limit, PersonFile, Phone
from collectctl.domain.frequency import Ledger
from collectctl.domain.numbers import dialling
from collectctl.domain.outlook import gate_cause, local_days, outlook
from collectctl.domain.policy import Policy, Rule
from collectctl.domain.windows import is_open
from tests.conftest import tries
from tests.domain.rules.people import (
    CN,
    DC,
    GUAM,
    HONOLULU,
    HOUSE,
    LONDON,
    LOS_ANGELES,
    MA,
    MOBILE,
    NEW_YORK,
    SHANGHAI,
    UK,
    US,
    WA,
    account,
    ask,
    at,
    blockers,
    call,
    calls,
    consent,
    from_them,
    hold,
    limit,
    person,
    phone,
    sent,
)

LORD_HOWE, ST_JOHNS, PHOENIX = "Australia/Lord_Howe", "America/St_Johns", "America/Phoenix"


def in_zones(*facts, zones, policies=US):
    """Somebody whose numbers have area codes in those zones."""
    landlines = [phone(f"31055501{n:02}", "home", [zone]) for n, zone in enumerate(zones[1:])]
    phones = [MOBILE._replace(zones=(zones[0],)), *landlines]
    return person(*facts, phones=phones, policies=policies)


def second_before(instant: datetime) -> datetime:
    return (instant.astimezone(UTC) - timedelta(seconds=1)).astimezone(instant.tzinfo)


# --- days are counted where the debtor is -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "talked", "opens"),
    [
        (NEW_YORK, "2026-08-13 08:00", "2026-08-20 08:00"),
        (NEW_YORK, "2026-08-13 20:59", "2026-08-20 08:00"),
        (HONOLULU, "2026-08-13 20:59", "2026-08-20 08:00"),
        (GUAM, "2026-08-13 08:00", "2026-08-20 08:00"),
        (NEW_YORK, "2026-03-02 20:00", "2026-03-09 08:00"),
        (NEW_YORK, "2026-03-08 20:00", "2026-03-15 08:00"),
        (NEW_YORK, "2026-10-26 08:00", "2026-11-02 08:00"),
        (NEW_YORK, "2026-11-01 08:00", "2026-11-08 08:00"),
        (NEW_YORK, "2026-02-23 12:00", "2026-03-02 08:00"),
        (NEW_YORK, "2028-02-24 12:00", "2028-03-02 08:00"),
        (NEW_YORK, "2026-12-28 12:00", "2027-01-04 08:00"),
    ],
    ids=[
        "in the morning", "in the evening", "in Honolulu", "in Guam", "over the start of summer time",
        "on that day", "over its end", "on that day again", "over the end of February", "in a leap year",
        "over the new year",
    ],
)  # fmt: skip
@pytest.mark.parametrize("collector", [NEW_YORK, SHANGHAI, HONOLULU])
def test_seven_days_are_calendar_days_where_the_debtor_is(zone, talked, opens, collector):
    """12 CFR 1006.14(b)(2)(i)(B): wherever the collector sits"""
    one = in_zones(call(at(talked, zone), "negotiating"), zones=[zone])
    after = (at(talked, zone) + timedelta(hours=1)).astimezone(ZoneInfo(collector))
    assert ask(one, after).next_at == at(opens, zone)
    assert ask(one, second_before(at(opens, zone))).blocked
    assert not ask(one, at(opens, zone)).blocked


def test_a_call_of_the_collectors_tomorrow_is_one_of_the_debtors_today():
    """12 CFR 1006.14(b)(2)(i)(A): 8:30 on the 14th in Shanghai is 20:30 on the 13th in New York"""
    early = at("2026-08-14 08:30", SHANGHAI)
    one = person(*calls(*(early + timedelta(minutes=n) for n in range(7))))
    assert blockers(ask(one, at("2026-08-20 08:30", SHANGHAI))) == {"regf.7in7"}  # the 19th over there
    assert not ask(one, at("2026-08-20 20:30", SHANGHAI)).blocked  # the 20th


# --- several zones, the date line -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zones", "when", "opens"),
    [
        ([NEW_YORK, LOS_ANGELES], "2026-08-13 08:00", "2026-08-13 11:00"),
        ([NEW_YORK, LOS_ANGELES], "2026-08-13 21:00", "2026-08-14 11:00"),
        ([NEW_YORK, HONOLULU], "2026-08-13 08:00", "2026-08-13 14:00"),
        ([NEW_YORK, HONOLULU], "2026-12-13 08:00", "2026-12-13 13:00"),
        ([NEW_YORK, PHOENIX], "2026-08-13 08:00", "2026-08-13 11:00"),
        ([NEW_YORK, PHOENIX], "2026-12-13 08:00", "2026-12-13 10:00"),
        ([NEW_YORK, GUAM], "2026-08-13 08:00", "2026-08-13 18:00"),
        ([NEW_YORK, GUAM], "2026-08-13 17:59", "2026-08-13 18:00"),
        ([NEW_YORK, GUAM], "2026-08-13 21:00", "2026-08-14 18:00"),
        ([NEW_YORK, GUAM], "2026-12-13 08:00", "2026-12-13 17:00"),
        ([HONOLULU, GUAM], "2026-08-13 12:00", "2026-08-13 18:00"),
        ([NEW_YORK, SHANGHAI], "2026-08-13 09:00", "2026-08-13 20:00"),
        ([LOS_ANGELES, LONDON, SHANGHAI], "2026-08-13 12:00", None),
    ],
    ids=lambda value: (
        "+".join(z.rpartition("/")[2] for z in value) if isinstance(value, list) else str(value)
    ),
)
def test_open_where_every_zone_is_and_judged_by_the_offsets_of_the_day(zones, when, opens):
    """12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2"""
    one = in_zones(zones=zones)
    verdict = ask(one, when)
    assert (blockers(verdict), verdict.next_at) == ({"regf.hours"}, at(opens) if opens else None)
    if opens:
        assert not ask(one, opens).blocked
        assert ask(one, second_before(at(opens))).blocked


def test_on_both_sides_of_the_date_line_the_stricter_day_counts():
    """12 CFR 1006.14(b)(2)(i)(B): Thu 13 Aug, 18:30, in New York is Fri 14 Aug, 8:30, in Guam"""
    one = in_zones(call("2026-08-13 18:30", "negotiating"), zones=[NEW_YORK, GUAM])
    verdict = ask(one, "2026-08-14 19:00")
    assert [r.until for r in verdict.blocking] == [at("2026-08-21 00:00", GUAM)]
    assert verdict.next_at == at("2026-08-20 18:00") == at("2026-08-21 08:00", GUAM)


def test_a_call_is_under_consent_where_it_is_in_every_zone():
    """12 CFR 1006.14(b)(3)(i): the 19th in New York is the seventh day, in Guam it is the 20th"""
    late = call("2026-08-19 18:30")
    evening, morning = consent("2026-08-13 18:30"), consent("2026-08-13 09:00")  # Guam: the 14th, the 13th

    def left(agreed, zones):
        return ask(in_zones(agreed, late, zones=zones), "2026-08-20 18:30").calls_left

    assert [left(evening, [NEW_YORK]), left(evening, [NEW_YORK, GUAM])] == [7, 7]
    assert [left(morning, [NEW_YORK]), left(morning, [NEW_YORK, GUAM])] == [7, 6]


# --- daylight-saving days ---------------------------------------------------------------------------------

SPRING, AUTUMN = "2026-03-08", "2026-11-01"  # 2:00 becomes 3:00; 2:00 becomes 1:00


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 10), ("2026-03-09", 11), (AUTUMN, 12), ("2026-11-02", 11)]
)
def test_eight_is_eight_by_the_clock_on_the_wall(day, hours):
    """12 CFR 1006.6(b)(1)(i): a night has ten, eleven or twelve hours"""
    closed = at(f"{day} 21:00") - timedelta(days=1)
    opens = ask(person(), closed).next_at
    assert opens == at(f"{day} 08:00")
    assert opens.astimezone(UTC) - closed.astimezone(UTC) == timedelta(hours=hours)


def wall(text: str, fold: int = 0) -> datetime:
    return at(text).replace(fold=fold)


@pytest.mark.parametrize(
    ("said", "when", "opens"),
    [
        ({"hours": "02:30-05:00"}, wall(f"{SPRING} 01:59"), None),
        ({"hours": "02:30-05:00"}, wall(f"{SPRING} 03:00"), wall(f"{SPRING} 05:00")),
        ({"hours": "02:30-05:00", "only": True}, wall(f"{SPRING} 01:59"), wall(f"{SPRING} 03:00")),
        ({"hours": "02:00-02:30", "only": True}, wall(f"{SPRING} 01:59"), wall("2026-03-09 02:00")),
        ({"hours": "02:30-05:00"}, wall(f"{AUTUMN} 02:30"), wall(f"{AUTUMN} 05:00")),
        ({"hours": "01:30-01:45"}, wall(f"{AUTUMN} 01:40"), wall(f"{AUTUMN} 01:45")),
        ({"hours": "01:30-01:45"}, wall(f"{AUTUMN} 01:50"), None),
        ({"hours": "01:30-01:45"}, wall(f"{AUTUMN} 01:40", 1), wall(f"{AUTUMN} 01:45", 1)),
        ({"hours": "01:30-02:30"}, wall(f"{AUTUMN} 01:59"), wall(f"{AUTUMN} 01:00", 1)),
        ({"hours": "01:30-02:30", "only": True}, wall(f"{AUTUMN} 01:10", 1), wall(f"{AUTUMN} 01:30", 1)),
        ({"hours": "22:00-03:00"}, wall("2026-03-07 23:00"), wall(f"{SPRING} 03:00")),
        ({"hours": "22:00-02:30"}, wall("2026-03-07 23:00"), wall(f"{SPRING} 03:00")),
        ({"days": (6,)}, wall(f"{SPRING} 10:00"), wall("2026-03-09 00:00")),
        ({"days": (6,)}, wall(f"{AUTUMN} 00:00"), wall("2026-11-02 00:00")),
        ({"days": (6,), "only": True}, wall("2026-03-07 10:00"), wall(f"{SPRING} 00:00")),
    ],
)
def test_what_they_said_is_read_on_the_wall_clock_of_a_day_that_jumps(said, when, opens):
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1; under house rules, which have no hours of their own"""
    verdict = ask(person(limit("2026-01-01 10:00", **said), policies=HOUSE), when)
    assert verdict.blocked is bool(opens)
    # as instants: Python calls no time that comes twice the same as one elsewhere
    assert [t and t.astimezone(UTC) for t in (verdict.next_at,)] == [opens and opens.astimezone(UTC)]


def test_a_count_over_a_day_of_twenty_five_hours():
    """12 CFR 1006.14(b)(2)(i)(A): what happened on Sun 1 Nov leaves on Sun 8 Nov"""
    full = calls(*(f"{AUTUMN} {hour:02}:00" for hour in range(9, 16)))
    assert ask(person(*full), "2026-11-07 20:59").next_at == at("2026-11-08 08:00")


# --- hours that cross midnight, last days -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "when", "opens"),
    [
        ({"hours": "22:00-08:00"}, "2026-08-13 21:59", None),
        ({"hours": "22:00-08:00"}, "2026-08-13 22:00", "2026-08-14 08:00"),
        ({"hours": "22:00-08:00"}, "2026-08-14 07:59", "2026-08-14 08:00"),
        ({"hours": "22:00-08:00", "days": (3,)}, "2026-08-13 07:00", None),
        ({"hours": "22:00-08:00", "days": (3,)}, "2026-08-14 07:00", "2026-08-14 08:00"),
        ({"hours": "22:00-02:00", "only": True}, "2026-08-13 02:00", "2026-08-13 22:00"),
        ({"hours": "22:00-02:00", "only": True}, "2026-08-14 01:59", None),
        ({"hours": "22:00-08:00", "until": "2026-08-13"}, "2026-08-13 23:00", "2026-08-14 08:00"),
        ({"hours": "22:00-08:00", "until": "2026-08-13"}, "2026-08-14 07:00", "2026-08-14 08:00"),
        ({"hours": "22:00-08:00", "until": "2026-08-13"}, "2026-08-14 22:00", None),
        (
            {"hours": "18:00-20:00", "only": True, "until": "2026-08-13"},
            "2026-08-13 21:00",
            "2026-08-14 00:00",
        ),
        ({"days": (3,), "only": True, "until": "2026-08-12"}, "2026-08-12 10:00", "2026-08-13 00:00"),
        ({"channel": "call", "until": "2026-08-13"}, "2026-08-13 10:00", "2026-08-14 00:00"),
        ({"channel": "letter", "only": True, "until": "2026-08-13"}, "2026-08-13 10:00", "2026-08-14 00:00"),
    ],
)
@pytest.mark.parametrize("collector", [NEW_YORK, SHANGHAI, HONOLULU])
def test_hours_may_cross_midnight_and_the_last_day_is_the_debtors(said, when, opens, collector):
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1; under house rules, which have no hours of their own"""
    one = person(limit("2026-08-01 10:00", **said), policies=HOUSE)
    verdict = ask(one, at(when).astimezone(ZoneInfo(collector)))
    assert verdict.blocked is bool(opens)
    assert verdict.next_at == (at(opens) if opens else None)


def test_hours_that_end_one_after_the_other_leave_the_rest():
    """12 CFR 1006.6(b)(1), comment 6(b)(1)-1: the mornings until the 13th, the evenings until the 15th"""
    mornings = limit("2026-08-01 10:00", only=True, hours="09:00-10:00", until="2026-08-13")
    evenings = limit("2026-08-01 10:00", only=True, hours="18:00-20:00", until="2026-08-15")
    one = person(mornings, evenings)
    assert not ask(one, "2026-08-13 09:30").blocked
    assert ask(one, "2026-08-14 09:30").next_at == at("2026-08-14 18:00")
    assert not ask(one, "2026-08-16 09:30").blocked


def of_their_own(days: int) -> tuple[Policy, ...]:
    """A user's policy: one call in so many days, and no hours."""
    about = {"channels": ("call",), "counts": "calls", "unit": "debt"}
    rule = Rule("own.1", "count", "prohibited", "house policy", "Once.", days=days, most=1, **about)
    return (Policy("own", "1", "Own", (rule,)),)


def test_a_count_over_more_days_than_a_year_bars_until_they_are_over():
    """house policy"""
    one = person(call("2026-08-13 10:00"), policies=of_their_own(800))
    assert ask(one, "2026-08-14 10:00").next_at == at("2026-08-13 00:00") + timedelta(days=800)


# --- whatever the facts: orders, additions, later facts ---------------------------------------------------

WEEKS = [datetime(2026, month, day, tzinfo=UTC) for month, day in [(3, 1), (8, 1), (10, 24)]]
DAYS = 12  # in which facts happen
PLACES = [NEW_YORK, LOS_ANGELES, HONOLULU, GUAM, SHANGHAI, LONDON, LORD_HOWE, ST_JOHNS]
OUTCOMES = [
    "no-answer", "voicemail", "busy", "negotiating", "refused", "callback", "hung-up", "third-party",
    "wrong-number", "not-in-service", "left",
]  # fmt: skip
HOURS = ["08:00-12:00", "18:00-20:00", "22:00-08:00", "01:30-02:30", "20:30-00:00", "00:00-06:00"]
MINUTES = st.integers(0, DAYS * 1440 - 1)
Fact = Activity | Hold | Consent | Limit


class Life(NamedTuple):
    """Somebody, and what happened in some days."""

    start: datetime
    facts: list[Fact]
    phones: list[Phone]
    policies: tuple[Policy, ...]

    def person(self, facts: Sequence[Fact] | None = None) -> PersonFile:
        return person(*(self.facts if facts is None else facts), phones=self.phones, policies=self.policies)


@st.composite
def lives(draw: st.DrawFn, policies: Sequence[tuple[Policy, ...]], *, for_list: bool = False) -> Life:
    """A life with any facts; `for_list`: those that move a row of the list by day and hour only."""
    start = draw(st.sampled_from(WEEKS))
    labels = ["mobile", "home", "work"][: draw(st.integers(1, 3))]
    places = st.lists(st.sampled_from(PLACES), min_size=1, max_size=2)
    phones = [phone(f"212555010{n}", label, draw(places)) for n, label in enumerate(labels)]
    moments = draw(st.lists(MINUTES, unique=True, max_size=8))
    facts = [draw(_fact(start + timedelta(minutes=n), phones, for_list)) for n in moments]
    return Life(start, facts, phones, draw(st.sampled_from(policies)))


@st.composite
def _fact(draw: st.DrawFn, when: datetime, phones: list[Phone], for_list: bool) -> Fact:
    """What happens at a moment; calls are half of it."""
    number = draw(st.sampled_from(phones)).digits
    later = st.none() | st.integers(0, 9).map(lambda n: when.date() + timedelta(days=n))
    hours = st.sampled_from(["", *HOURS])
    kind = draw(st.sampled_from(["call", "call", "call", "theirs", "consent", "limit", "hold", "message"]))
    if kind == "theirs":
        return from_them(when, draw(st.sampled_from(["negotiating", "language"])), number=number)
    if kind == "consent":
        given_to, on, until = draw(st.sampled_from(["us", "us", "client"])), draw(later), draw(later)
        return consent(when, hours=draw(hours), on=on, until=None if on else until, given_to=given_to)
    if kind == "limit":
        days = tuple(draw(st.sets(st.integers(0, 6), max_size=3)))
        clock = draw(hours) or ("" if days or not for_list else HOURS[0])
        only, place = draw(st.booleans()), draw(st.sampled_from(["", "", "home", "work"]))
        return limit(when, only=only, days=days, hours=clock, place=place, channel="call", until=draw(later))
    if kind == "hold" and not for_list:
        kinds = ["attorney", "cease", "other", "plan"]
        return hold(draw(st.sampled_from(kinds)), draw(later) or when.date(), draw(later))
    if kind == "message" and not for_list:
        return draw(st.sampled_from([sent(when, "sms", number), from_them(when, "replied", number=number)]))
    return call(when, draw(st.sampled_from(OUTCOMES)), number)


EVERY = [US, US, MA, DC, WA, UK, CN, HOUSE]
CHANNELS = st.sampled_from(["call", "call", "sms", "letter"])
COLLECTORS = st.sampled_from(PLACES)


@st.composite
def questions(draw: st.DrawFn, life: Life, since: int = DAYS) -> tuple[datetime, str]:
    """A moment after day `since`, by the clock of a collector somewhere, and a channel."""
    instant = life.start + timedelta(days=since, minutes=draw(st.integers(0, 9 * 1440)))
    return instant.astimezone(ZoneInfo(draw(COLLECTORS))), draw(CHANNELS)


@given(lives(EVERY), st.data())
@settings(max_examples=tries(60))
def test_the_verdict_does_not_depend_on_the_order_in_which_facts_were_entered(life: Life, data):
    question = data.draw(questions(life, 4))
    shuffled = data.draw(st.permutations(life.facts))
    assert ask(life.person(shuffled), *question) == ask(life.person(), *question)


@pytest.mark.parametrize("channel", ["call", "sms", "letter"])
def test_nor_on_that_of_facts_which_say_the_same_or_nearly(channel: str):
    """limits, holds and consents that overlap"""
    facts = [
        limit("2026-08-01 10:00", channel=channel, until="2026-08-20"),
        limit("2026-08-02 10:00", channel=channel),
        limit("2026-08-02 10:00", to=MOBILE.digits, until="2026-08-25"),
        hold("cease", "2026-08-03"),
        hold("cease", "2026-08-04", "2026-08-30"),
    ]
    assert len({ask(person(*order), "2026-08-13 12:00", channel) for order in permutations(facts)}) == 1
    assert len({ask(person(*order), "2026-08-13 12:00", channel) for order in permutations(facts[:3])}) == 1


@given(lives([US, US, CN, HOUSE]), MINUTES, st.data())
@settings(max_examples=tries(60))
def test_a_fact_that_is_not_counted_never_changes_the_count(life: Life, minutes: int, data):
    """12 CFR 1006.14(b)(2)(i)(A): busy, not in service, a note, a text; in China the first is counted"""
    when, number = life.start + timedelta(minutes=minutes), data.draw(st.sampled_from(life.phones)).digits
    note, text = call(when, "note", "", channel=""), sent(when, "sms", number)
    dials = [call(when, outcome, number) for outcome in ("busy", "not-in-service")]
    more = data.draw(st.sampled_from([note, text] if life.policies == CN else [note, text, *dials]))
    asked, _channel = data.draw(questions(life, 4))
    before, after = ask(life.person(), asked), ask(life.person([*life.facts, more]), asked)
    assert after.calls_left == before.calls_left
    counts = {"regf.7in7", "regf.quiet", "cn.interactive", "cn.notice", "cn.unanswered"}
    assert blockers(after) & counts == blockers(before) & counts


@given(lives(EVERY), st.data())
@settings(max_examples=tries(90))
def test_the_next_instant_is_open_and_the_one_before_it_is_not(life: Life, data):
    """`next_at` is always allowed or a warning and the instant before it is not"""
    one = life.person()
    asked, channel = data.draw(questions(life))
    verdict = ask(one, asked, channel)
    assert verdict.blocked or verdict.next_at is None
    if verdict.next_at:
        assert verdict.next_at > asked
        assert not ask(one, verdict.next_at, channel).blocked
        assert ask(one, second_before(verdict.next_at), channel).blocked
    elif verdict.blocked:
        assert all(ask(one, asked + timedelta(days=n, hours=n), channel).blocked for n in range(1, 15))


@given(lives(EVERY), st.data())
@settings(max_examples=tries(60))
def test_what_happened_later_changes_nothing(life: Life, data):
    """rules/README.md: a verdict is about its instant"""
    question = data.draw(questions(life, 2))
    asked = question[0]
    known = [f for f in life.facts if isinstance(f, Hold) or _instant(f) <= asked]
    assert ask(life.person(), *question) == ask(life.person(known), *question)
    # a hold that begins later may be known, so that only the next instant depends on it
    begun = [f for f in known if not isinstance(f, Hold) or f.from_on <= asked.date()]
    now, then = ask(life.person(), *question), ask(life.person(begun), *question)
    assert now._replace(next_at=None) == then._replace(next_at=None)


def _instant(fact: Activity | Consent | Limit) -> datetime:
    return fact.at if isinstance(fact, Activity) else fact.received


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 30), st.integers(1, 7), st.integers(0, 60))
def test_a_ledger_is_free_on_the_first_day_that_it_does_not_bar(events, days, most, today):
    """12 CFR 1006.14(b)(2)(i): what a count looks back to"""
    rule = Rule("x", "count", "prohibited", "", "", days=days, most=most)
    ledger = Ledger(rule, NEW_YORK, tuple(sorted(e for e in events if e <= today)))
    free = ledger.free(today)
    assert free is not None
    assert not ledger.bars(free)
    assert all(ledger.bars(day) for day in range(today, free))
    assert ledger.bars(today) == (sum(today - days < e <= today for e in ledger.days) >= most)


# --- the list tells the same as the rules -----------------------------------------------------------------


def hours_that_differ(one: PersonFile, today: date, collector: str) -> list[datetime] | None:
    """The hours of the collector's day at which a row and the rules differ on a call to the proposed number.

    None where the row proposes no call.
    """
    zone = ZoneInfo(collector)
    number = dialling(one, today, zone).phone
    look = outlook(one, one.accounts[0], number, today, zone)
    if number is None or look.channel != "call":
        return None
    entries = one.accounts[0].activities
    theirs = max((v.at for v in entries if v.inbound), default=None)
    invited = theirs is not None and not any(v.is_attempt and v.at > theirs for v in entries)
    midnight = datetime.combine(today, time(), zone).astimezone(UTC)
    differ = []
    for now in ((midnight + timedelta(hours=hour)).astimezone(zone) for hour in range(25)):
        barred = bool(gate_cause(look.gate, local_days(look.window, now, today)))
        hidden = barred or not is_open(look.window, now)
        blocked = ask(one, now, "call", number.digits).blocked
        # a call of theirs may be answered once: the list doesn't tell
        if now.date() == today and hidden != blocked and not (hidden and invited):
            differ.append(now)
    return differ


LIST_COLLECTORS = st.sampled_from([SHANGHAI, NEW_YORK, HONOLULU])


@given(lives([US, US, MA, CN, HOUSE], for_list=True), st.integers(1, 9), LIST_COLLECTORS)
@settings(max_examples=tries(50))
def test_the_list_tells_at_every_hour_what_the_rules_tell(life: Life, days: int, collector: str):
    """`today` leaves out whom one may not call now"""
    after = (life.start + timedelta(days=DAYS)).astimezone(ZoneInfo(collector)).date()
    found = hours_that_differ(life.person(), after + timedelta(days=days), collector)
    assume(found is not None)
    assert found == []


def test_a_quiet_period_ends_in_the_list_when_it_ends_where_the_debtor_is():
    """12 CFR 1006.14(b)(2)(i)(B): a talk of Thu 13 Aug in New York, the collector in Shanghai"""
    one = person(account(call("2026-08-13 10:00", "negotiating")))
    assert ask(one, at("2026-08-20 11:00", SHANGHAI)).blocked
    assert [hours_that_differ(one, date(2026, 8, day), SHANGHAI) for day in (19, 20, 21)] == [[], [], []]


def test_a_count_without_hours_goes_by_the_days_of_the_debtor_in_the_list_too():
    """house policy: one call a day in New York, the collector in Shanghai"""
    one = person(call("2026-08-13 08:00"), policies=of_their_own(1))
    assert [hours_that_differ(one, date(2026, 8, day), SHANGHAI) for day in (14, 15)] == [[], []]
