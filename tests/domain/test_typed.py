"""Amounts, outcomes and the log line, as typed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from collectctl.domain import outcomes
from collectctl.domain.amounts import read_amount
from collectctl.domain.errors import BadUsage
from collectctl.domain.logline import Claim, FutureClaim, LogLine, Money, Needs, Part, PastPromise, read_line
from collectctl.domain.money import plain, shown

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STATED = {"balance": 1_234_560, "cure_amount": 81_240, "minimum_due": 20_000}


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("500", "CNY", 50_000),
        ("1,234.56", "CNY", 123_456),
        ("1.2万", "CNY", 1_200_000),
        ("1.2w", "CNY", 1_200_000),
        ("１２３．５", "CNY", 12_350),
        ("¥500", "CNY", 50_000),
        ("500元", "CNY", 50_000),
        ("all", "CNY", 1_234_560),
        ("cure", "CNY", 81_240),
        ("min", "CNY", 20_000),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1_234),
    ],
)
def test_amounts(typed: str, currency: str, minor: int):
    assert read_amount(typed, currency, STATED) == minor


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "1.2.3", "12,34", "0", "-5", "0.00", "1.234", "1e5", "nan", "--5", "+-5", ".", "5.5.", "٣"],
)
def test_what_is_no_amount_is_refused(typed: str):
    with pytest.raises(BadUsage):
        read_amount(typed, "CNY", STATED)


def test_a_sum_that_the_client_did_not_state_is_refused():
    with pytest.raises(BadUsage):
        read_amount("cure", "CNY", {"balance": 1})


def test_money_is_written_with_the_decimals_of_its_currency():
    assert [plain(123, c) for c in ("CNY", "JPY", "KWD")] == ["1.23", "123", "0.123"]
    assert [shown(-123_456_789, c) for c in ("CNY", "JPY")] == ["-1,234,567.89", "-123,456,789"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("na", "no-answer"), ("NA", "no-answer"), ("无人接听", "no-answer"), ("no-a", "no-answer"),
        ("承诺", "promise"), ("承诺还款", "promise"), ("承诺代还", "third-promise"), ("ptp", "promise"),
        ("pay", "paying"), ("prom", "promise"), ("拒", "rejected"), ("LM", "voicemail"), ("DISC", "dispute"),
        ("BKY", "bankrupt"), ("C&D", "cease"), ("RP", "refused"), ("关机", "unreachable"),
    ],
)  # fmt: skip
def test_outcomes(typed: str, code: str):
    if typed == "拒":  # begins 拒接, 拒绝还款 and 拒绝入内
        with pytest.raises(outcomes.AmbiguousOutcome):
            outcomes.match(typed)
        return
    assert outcomes.match(typed).code == code


def test_an_unknown_outcome_names_the_nearest_three():
    with pytest.raises(outcomes.UnknownOutcome) as wrong:
        outcomes.match("promice")
    assert "promise" in wrong.value.message


def test_names_of_outcomes_are_distinct():
    names = [name for o in outcomes.TABLE for name in (o.code, *o.names)]
    assert len(names) == len(set(names))


def line(text: str, **options: str) -> LogLine:
    return read_line(text.split(), Money("CNY", STATED), NOW, **options)


def test_a_promise_is_one_line():
    read = line("ptp 2000@fri 发工资")
    assert read.parts == (Part(200_000, date(2026, 11, 27), None),)
    assert read.text == "发工资"


@pytest.mark.parametrize("typed", ["ptp 2000@fri", "ptp 2000 fri", "承诺 2000@周五", "ptp ２０００＠fri"])
def test_ways_to_type_the_same_promise(typed: str):
    assert line(typed).parts == (Part(200_000, date(2026, 11, 27), None),)


def test_several_parts_an_hour_and_money_paid_now():
    read = line("ptp 1000@now 500@fri 15:30 500@30 rest later +hopeful")
    assert read.claims == (Claim(100_000, NOW.date()),)
    assert [(p.amount, p.on.day, p.at and p.at.hour) for p in read.parts] == [
        (50_000, 27, 15),
        (50_000, 30, None),
    ]
    assert (read.text, read.tags) == ("rest later", ("hopeful",))


def test_a_time_alone_is_the_next_step():
    assert line("cb 20:30").next_at == NOW.replace(hour=20, minute=30)
    assert line("cb fri 15:30").next_at == datetime(2026, 11, 27, 15, 30, tzinfo=NOW.tzinfo)
    assert line("neg +3d asks").next_on == date(2026, 11, 26)


def test_numbers_inside_a_text_stay_text():
    read = line("neg he has 30 days and 500")
    assert (read.text, read.next_on) == ("he has 30 days and 500", None)


def test_options_stand_for_words():
    assert line("ptp", amount="2000", by="fri").parts == line("ptp 2000@fri").parts
    assert line("na", next_="fri").next_on == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "field"), [("ptp", "amount"), ("ptp 2000", "by"), ("cb", "next"), ("tpp", "amount")]
)
def test_what_is_needed_is_asked_for(typed: str, field: str):
    with pytest.raises(Needs) as missing:
        line(typed)
    assert missing.value.field == field


@pytest.mark.parametrize("typed", ["ptp 2000@yesterday", "ptp 2000@2026-11-01", "ptp 2000@-2h"])
def test_a_promise_is_never_for_the_past(typed: str):
    with pytest.raises(PastPromise):
        line(typed)


def test_a_claimed_payment_looks_back():
    assert line("cp 3000@11-20").claims == (Claim(300_000, date(2026, 11, 20)),)
    assert line("cp 3000@昨天 支付宝").claims == (Claim(300_000, date(2026, 11, 22)),)
    assert line("cp 3000").claims == (Claim(300_000, date(2026, 11, 23)),)
    assert line("cp 3000@fri").parts == ()
    with pytest.raises(FutureClaim):
        line("cp 3000@2026-12-01")


def test_what_is_asked_of_the_client_is_no_promise():
    read = line("st 3万@eom once")
    assert (read.parts, read.claims, read.text) == ((), (), "3万@eom once")
