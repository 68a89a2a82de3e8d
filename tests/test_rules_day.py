"""The contact rules through the command line: what `today` shows and hides, what `can` and `log` answer.

The collector sits in Shanghai. One client's debtors live in China, the other's in New York (one of them in
Massachusetts), so that by the collector's clock one half of the book opens when the other half closes.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectctl.store.book import opened
from tests.conftest import Cli, Ran
from tests.store.test_book import derived, replayed

CN_HEADER = (
    "案件号,姓名,身份证号,本人手机,家庭电话,委托方,币种,欠款余额,应还款日,预计退案日期,"
    "联系人1姓名,联系人1关系,联系人1电话,担保人姓名,担保人手机"
)
CN_FILE = f"""{CN_HEADER}
C1,张一,110101199001011234,13900000001,,银行,CNY,5000,2026-10-01,2027-03-31,李四,朋友,13800000004,,
C2,王二,110101199001011235,13900000002,01062770002,银行,CNY,800.50,2026-09-01,2027-03-31,,,,赵保,13700000007
C3,陈三,110101199001011236,13900000003,,银行,CNY,1234.56,2026-11-20,2026-11-24,,,,,
C4,孙四,110101199001011237,,,银行,CNY,99,2026-11-01,2027-03-31,,,,,
C5,张一,110101199001011234,13900000001,,银行,CNY,300,2026-11-01,2027-03-31,,,,,
"""
US_FILE = """account,name,phone,address,state,client,currency,balance,due_date
U1,Ann Example,+12125550101,1 Broadway,NY,Store,USD,5000,2026-10-01
U2,Bob Example,+12125550102,2 Broadway,NY,Store,USD,800.50,2026-09-01
U3,Cy Example,+16175550103,3 Beacon St,MA,Store,USD,70,2026-11-01
"""
PEOPLE = 7
CHINESE, AMERICANS = {"C1", "C2", "C3"}, {"U1", "U2", "U3"}  # those who have a number, by their first account
MORNING, LATE = "2026-11-23T10:00", "2026-11-23T22:30"
CAN = {
    "account", "person", "channel", "to", "at", "verdict", "reasons", "calls_left", "next_at", "window",
    "policies",
}  # fmt: skip
REASON = {"rule", "effect", "text", "cite", "until"}

STRICT = """\
id = "strict"
version = "1"
name = "Ours"
beside = "cn"

[[rule]]
id = "strict.hours"
kind = "hours"
effect = "prohibited"
opens = "09:00"
closes = "20:00"
cite = "team meeting of 2 November"
text = "Not before nine and not after eight."
"""


def ok(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    return ran


def fill(cli: Cli, home: Path) -> Cli:
    for name, text in (("cn.csv", CN_FILE), ("us.csv", US_FILE)):
        (home / name).write_text(text, "utf-8")
        cli.begin("import", str(home / name), now="2026-11-22T12:00")
    return cli


@pytest.fixture
def empty(cli: Cli, home: Path) -> Iterator[Cli]:
    """`cli`; after the test what the book stores for speed must equal what its facts give."""
    yield cli
    with opened(home / "book.db") as book:
        assert derived(book) == replayed(book)


@pytest.fixture
def desk(empty: Cli, home: Path) -> Cli:
    """Both clients' files are in the book."""
    return fill(empty, home)


@pytest.fixture
def rules(home: Path) -> Path:
    """The folder of the user's own policies."""
    folder = home / "config" / "collectctl" / "policies"
    folder.mkdir(parents=True)
    return folder


def today(cli: Cli, now: str, *args: str) -> Any:
    """The worklist at `now`; whatever it shows and hides adds up to everybody."""
    data = ok(cli("today", "--json", "--limit", "500", *args, now=now)).data
    closed = ok(cli("list", "state:closed", "--json")).data["rows"]
    shut = {row["person"]["id"] for row in closed if row["person"]["accounts"] == 0}
    assert data["due"] + sum(data["hidden"].values()) + data["forgotten"] + len(shut) == PEOPLE
    if not args:
        assert [row["hidden"] for row in data["rows"]] == [None] * data["due"]
        assert sum(data["by_class"].values()) == data["shown"] == data["due"]
    return data


def names(data: Any) -> set[str]:
    return {row["account"] for row in data["rows"]}


def hidden(data: Any) -> dict[str, int]:
    """How many people are hidden, by cause, those without any left out."""
    return {cause: n for cause, n in data["hidden"].items() if n}


def can(cli: Cli, *args: str, now: str = MORNING) -> Any:
    """What `can` says; its exit code follows from it."""
    ran = cli("can", *args, "--json", now=now)
    blocked = ran.data["verdict"] in ("prohibited", "presumption")
    assert ran.code == (1 if blocked else 0), ran.err
    return ran.data


def by(answer: Any) -> set[str]:
    """The rules that block."""
    return {r["rule"] for r in answer["reasons"] if r["effect"] in ("prohibited", "presumption")}


def log(cli: Cli, *args: str, now: str = MORNING) -> Any:
    return ok(cli("log", *args, "--json", now=now)).data


# --- the answer of `can` ------------------------------------------------------------------------------------


def test_can_answers_with_what_scripts_rely_on(desk: Cli):
    ran = ok(desk("can", "C1", "--json", now=MORNING))
    assert set(ran.data) >= CAN
    assert set(ran.document) == {"schema_version", "command", "as_of", "data", "warnings"}
    assert {k: ran.data[k] for k in CAN - {"person"}} == {
        "account": "C1", "channel": "call", "to": "13900000001", "at": "2026-11-23T10:00:00+08:00",
        "verdict": "allowed", "reasons": [], "calls_left": 3, "next_at": None, "policies": ["cn@2026-01"],
        "window": {
            "opens": "2026-11-23T08:00:00+08:00", "closes": "2026-11-23T22:00:00+08:00",
            "zones": ["Asia/Shanghai"],
        },
    }  # fmt: skip


def test_can_says_no_with_data_and_exit_1(desk: Cli):
    ran = desk("can", "C1", "--json", now=LATE)
    assert (ran.code, "error" in ran.document) == (1, False)
    assert set(ran.data) >= CAN
    (reason,) = ran.data["reasons"]
    assert set(reason) == REASON
    assert (reason["rule"], reason["effect"]) == ("cn.hours", "prohibited")
    assert reason["cite"] == "GB/T 45251-2025 5.3; 2026 guideline ch. 3"
    assert reason["until"] == ran.data["next_at"] == "2026-11-24T08:00:00+08:00"


def test_can_says_in_text_what_why_until_when_and_what_is_still_possible(desk: Cli):
    ran = desk("can", "C1", now=LATE)
    assert ran.code == 1
    assert ran.out.startswith("no: call 13900000001 to C1 张一")
    for part in ("cn.hours", "GB/T 45251-2025 5.3", "2026-11-24 08:00", "by letter"):
        assert part in ran.out


def test_a_presumption_exits_1_with_data_too(desk: Cli):
    for minute in range(6):
        log(desk, "C3", "bz", now=f"2026-11-23T10:1{minute}")
    answer = can(desk, "C3", now="2026-11-23T11:00")
    assert (answer["verdict"], by(answer), answer["calls_left"]) == ("presumption", {"cn.unanswered"}, 0)
    assert answer["next_at"] == "2026-11-24T08:00:00+08:00"


def test_a_warning_exits_0(desk: Cli):
    answer = can(desk, "C1", "--channel", "visit", "--with", "小王")
    assert (answer["verdict"], [r["rule"] for r in answer["reasons"]]) == ("warn", ["cn.visit"])


def test_can_answers_about_another_moment_channel_and_person(desk: Cli):
    assert by(can(desk, "C1", "--at", "2026-11-24T07:59")) == {"cn.hours"}
    assert by(can(desk, "C1", "--at", "2026-11-24T08:00")) == set()
    assert by(can(desk, "C1", "--channel", "letter", now=LATE)) == set()
    assert by(can(desk, "C1", "--channel", "sms", now=LATE)) == {"cn.hours"}
    assert by(can(desk, "C1", "--channel", "visit")) == {"cn.visit"}
    assert by(can(desk, "C1", "--who", "李四")) == {"cn.third"}
    assert by(can(desk, "C1", "--to", "13800000004")) == {"cn.third"}
    assert by(can(desk, "C2", "--who", "赵保")) == by(can(desk, "C2", "--who", "担保人")) == set()


def test_can_leaves_no_trace(desk: Cli, home: Path):
    def steps() -> int:
        with sqlite3.connect(home / "book.db") as book:
            return int(book.execute("select count(*) from operation").fetchone()[0])

    before = steps()
    can(desk, "C1", now=LATE)
    assert steps() == before


# --- the list by the hour -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "shown", "hours"),
    [
        ("2026-11-23T07:00", AMERICANS, 3),  # 18:00 of the 22nd in New York
        ("2026-11-23T07:59", AMERICANS, 3),
        ("2026-11-23T08:00", CHINESE | AMERICANS, 0),  # 19:00
        ("2026-11-23T09:59", CHINESE | AMERICANS, 0),
        ("2026-11-23T10:00", CHINESE, 3),  # 21:00
        ("2026-11-23T20:59", CHINESE, 3),
        ("2026-11-23T21:00", CHINESE | AMERICANS, 0),  # 8:00 of the 23rd
        ("2026-11-23T22:00", AMERICANS, 3),
        ("2026-11-23T22:30", AMERICANS, 3),
        ("2026-11-24T00:30", AMERICANS, 3),
    ],
)
def test_the_list_follows_the_clock_of_each_debtor(desk: Cli, now: str, shown: set[str], hours: int):
    """12 CFR 1006.6(b)(1)(i); GB/T 45251-2025 5.3."""
    data = today(desk, now)
    assert names(data) == shown
    assert hidden(data) == {"no_number": 1} | ({"hours": hours} if hours else {})


def test_each_row_says_how_long_and_how_often(desk: Cli):
    rows = {row["account"]: row for row in today(desk, "2026-11-23T09:00")["rows"]}
    assert rows["C1"]["window"] == {
        "opens": "2026-11-23T08:00:00+08:00", "closes": "2026-11-23T22:00:00+08:00",
        "zones": ["Asia/Shanghai"],
    }  # fmt: skip
    assert rows["U1"]["window"] == {
        "opens": "2026-11-22T08:00:00-05:00", "closes": "2026-11-22T21:00:00-05:00",
        "zones": ["America/New_York"],
    }  # fmt: skip
    assert {a: rows[a]["calls_left"] for a in ("C1", "U1", "U3")} == {"C1": 3, "U1": 7, "U3": 2}
    assert {row["verdict"] for row in rows.values()} == {"allowed"}
    assert {row["next_at"] for row in rows.values()} == {None}


def test_all_shows_who_is_hidden_why_and_until_when(desk: Cli):
    rows = {row["account"]: row for row in today(desk, MORNING, "--all")["rows"]}
    assert set(rows) == CHINESE | AMERICANS | {"C4"}
    assert {a: row["hidden"] for a, row in rows.items() if row["hidden"]} == {
        "U1": "hours", "U2": "hours", "U3": "hours", "C4": "no_number",
    }  # fmt: skip
    assert rows["U1"]["verdict"] == "prohibited"
    assert rows["U1"]["next_at"] == "2026-11-23T08:00:00-05:00"
    assert rows["C1"]["next_at"] is None


def test_a_narrowed_list_counts_the_whole_book(desk: Cli):
    data = today(desk, MORNING, "client:银行")
    assert (names(data), data["due"]) == (CHINESE, 3)
    assert today(desk, LATE, "client:银行")["rows"] == []


def test_the_rows_of_all_and_the_counts_agree_the_day_through(desk: Cli):
    log(desk, "U1", "neg", now="2026-11-22T22:00")
    log(desk, "C2", "cb", "20:30", now="2026-11-23T08:30")
    log(desk, "C3", "dis", now="2026-11-23T08:40")
    for hour in range(9, 24, 2):
        now = f"2026-11-23T{hour:02}:15"
        data, counts = today(desk, now, "--all"), today(desk, now)["hidden"]
        marked = Counter(row["hidden"] for row in data["rows"] if row["hidden"])
        assert {c: n for c, n in marked.items() if c != "future"} == {
            c: n for c, n in counts.items() if n and c != "future"
        }


# --- counts and quiet ---------------------------------------------------------------------------------------


def test_after_a_talk_nobody_calls_for_seven_days_and_on_the_eighth_the_person_is_back(desk: Cli):
    """12 CFR 1006.14(b)(2)(ii): the day of the talk, the 23rd in New York, is the first."""
    done = log(desk, "U1", "neg", now=LATE)
    assert done["next"]["at"] == "2026-11-30"  # in two days otherwise
    assert done["breaches"] == []
    answer = can(desk, "U1", now="2026-11-24T22:30")
    assert (answer["verdict"], by(answer)) == ("presumption", {"regf.quiet"})
    assert answer["next_at"] == "2026-11-30T08:00:00-05:00"
    seen = {}
    for day in (24, 25, 26, 27, 28, 29, 30):
        data = today(desk, f"2026-11-{day}T22:30")
        seen[day] = "U1" in names(data) or "".join(c for c in ("future", "quiet") if data["hidden"][c])
    assert seen == {24: "future", **dict.fromkeys(range(25, 30), "quiet"), 30: True}


def test_the_eighth_day_is_that_of_the_debtor(desk: Cli):
    """A talk at nine in the morning in Shanghai is on the evening before in New York."""
    log(desk, "U1", "neg", now="2026-11-23T09:00")
    assert "U1" not in names(today(desk, "2026-11-29T09:00"))  # the 28th there, the seventh day
    assert "U1" in names(today(desk, "2026-11-29T21:00"))
    assert by(can(desk, "U1", now="2026-11-29T12:59")) == {"regf.quiet", "regf.hours"}
    assert by(can(desk, "U1", now="2026-11-29T13:00")) == {"regf.hours"}


def test_all_shows_who_is_quiet(desk: Cli):
    log(desk, "U1", "neg", now=LATE)
    row = next(r for r in today(desk, "2026-11-26T22:30", "--all")["rows"] if r["account"] == "U1")
    assert (row["hidden"], row["verdict"]) == ("quiet", "presumption")
    assert row["next_at"] == "2026-11-30T08:00:00-05:00"


def test_undoing_a_talk_brings_the_person_back(desk: Cli):
    log(desk, "U1", "neg", now=LATE)
    assert "U1" not in names(today(desk, "2026-11-26T22:30"))
    ok(desk("undo"))
    assert "U1" in names(today(desk, "2026-11-26T22:30"))
    assert can(desk, "U1", now="2026-11-26T22:30")["calls_left"] == 7
    ok(desk("redo"))
    assert "U1" not in names(today(desk, "2026-11-26T22:30"))


def test_amending_a_call_changes_the_count(desk: Cli):
    """12 CFR 1006.14(b)(2)(i): a ring-out counts, a busy line does not."""
    entry = str(log(desk, "U1", "na", now=LATE)["activity"])
    assert can(desk, "U1", now="2026-11-23T22:40")["calls_left"] == 6
    ok(desk("amend", entry, "bz", now="2026-11-23T22:40"))
    assert can(desk, "U1", now="2026-11-23T22:40")["calls_left"] == 7
    newer = str(ok(desk("amend", entry, "vm", "--json", now="2026-11-23T22:40")).data["activity"])
    assert can(desk, "U1", now="2026-11-23T22:40")["calls_left"] == 6
    ok(desk("amend", newer, "wn", now="2026-11-23T22:40"))
    assert can(desk, "U1", "--to", "2125550101", now="2026-11-23T22:40")["calls_left"] == 7


def test_three_talks_hide_the_person_for_the_rest_of_the_day(desk: Cli):
    """GB/T 45251-2025 5.3."""
    for hour in ("09:00", "10:00", "11:00"):
        done = log(desk, "C2", "neg", "--next", "14:00", now=f"2026-11-23T{hour}")
    assert done["next"]["at"] == "2026-11-24"  # not at 14:00, as was asked for
    data = today(desk, "2026-11-23T15:00")
    assert "C2" not in names(data)
    assert data["hidden"]["cap"] == 1
    row = next(r for r in today(desk, "2026-11-23T15:00", "--all")["rows"] if r["account"] == "C2")
    assert (row["hidden"], row["calls_left"]) == ("cap", 0)
    assert row["next_at"] == "2026-11-24T08:00:00+08:00"
    assert "C2" in names(today(desk, "2026-11-24T08:00"))


def test_notices_have_a_counter_of_their_own(desk: Cli):
    for hour in ("09:00", "10:00", "11:00"):
        log(desk, "C2", "neg", "--purpose", "notice", now=f"2026-11-23T{hour}")
    assert can(desk, "C2", now="2026-11-23T12:00")["calls_left"] == 3
    assert by(can(desk, "C2", "--purpose", "notice", now="2026-11-23T12:00")) == {"cn.notice"}


def test_one_call_about_two_debts_counts_once(desk: Cli):
    log(desk, "C1", "neg", "--also", "C5", now="2026-11-23T09:00")
    assert [can(desk, a)["calls_left"] for a in ("C1", "C5")] == [2, 2]


# --- what took place against a rule -------------------------------------------------------------------------


def breaches(home: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(home / "book.db") as book:
        return book.execute("select rule, effect, override from breach order by id").fetchall()


def test_a_contact_against_a_rule_is_recorded_and_said(desk: Cli, home: Path):
    ran = ok(desk("log", "C1", "na", "--json", now=LATE))
    (breach,) = ran.data["breaches"]
    assert set(breach) == {"rule", "effect", "text", "cite"}
    assert (breach["rule"], breach["effect"]) == ("cn.hours", "prohibited")
    assert breaches(home) == [("cn.hours", "prohibited", "")]
    text = ok(desk("log", "C2", "na", now="2026-11-23T22:40")).out
    line = next(line for line in text.splitlines() if "cn.hours" in line)
    assert "GB/T 45251-2025 5.3; 2026 guideline ch. 3" in line
    assert len(ok(desk("show", "C1", "--json")).data["timeline"]) == 1


def test_each_breached_rule_is_said(desk: Cli):
    done = log(desk, "C1", "tp", "--who", "李四", "--to", "13800000004", now=LATE)
    assert {b["rule"] for b in done["breaches"]} == {"cn.hours", "cn.third"}


def test_a_contact_in_order_breaches_nothing_by_what_it_adds_itself(desk: Cli, home: Path):
    for hour in ("09:00", "10:00", "11:00"):
        assert log(desk, "C2", "neg", now=f"2026-11-23T{hour}")["breaches"] == []
    fourth = log(desk, "C2", "neg", now="2026-11-23T12:00")
    assert [b["rule"] for b in fourth["breaches"]] == ["cn.interactive"]
    assert breaches(home) == [("cn.interactive", "prohibited", "")]


def test_a_contact_is_judged_by_the_moment_at_which_it_took_place(desk: Cli):
    assert log(desk, "C1", "na", "--at", "2026-11-23T21:50", now=LATE)["breaches"] == []
    early = log(desk, "C2", "na", "--at", "2026-11-23T07:50", now=MORNING)
    assert [b["rule"] for b in early["breaches"]] == ["cn.hours"]


def test_an_override_opens_a_presumption_and_is_kept_with_its_reason(desk: Cli, home: Path):
    for minute in range(6):
        log(desk, "C3", "bz", now=f"2026-11-23T10:1{minute}")
    done = log(desk, "C3", "na", "--override", "dropped_call", now="2026-11-23T11:00")
    assert done["breaches"] == []
    assert [b["rule"] for b in done["overridden"]] == ["cn.unanswered"]
    assert breaches(home) == [("cn.unanswered", "presumption", "dropped_call")]


def test_an_override_opens_no_prohibition(desk: Cli, home: Path):
    done = log(desk, "C1", "na", "--override", "litigation", now=LATE)
    assert ([b["rule"] for b in done["breaches"]], done["overridden"]) == (["cn.hours"], [])
    assert breaches(home) == [("cn.hours", "prohibited", "")]


def test_the_debtors_own_call_breaches_nothing_and_counts_nothing(desk: Cli):
    assert log(desk, "C1", "neg", "--in", now=LATE)["breaches"] == []
    assert can(desk, "C1", now="2026-11-23T21:00")["calls_left"] == 3


def test_an_amended_contact_is_judged_again(desk: Cli):
    entry = str(log(desk, "C1", "na", now=LATE)["activity"])
    again = ok(desk("amend", entry, "--at", "2026-11-23T21:00", "--json", now=LATE)).data
    assert again["breaches"] == []


@pytest.mark.parametrize(("more", "rules"), [((), ["cn.visit"]), (("--with", "小王"), [])])
def test_a_visit_needs_a_second_collector(desk: Cli, more: tuple[str, ...], rules: list[str]):
    """2026 guideline art 22."""
    done = log(desk, "C1", "nh", *more)
    assert [b["rule"] for b in done["breaches"]] == rules


# --- others, holds, mandates --------------------------------------------------------------------------------


def test_three_failed_dials_open_the_contact_person_tomorrow_not_today(desk: Cli):
    for hour in ("09:00", "12:30", "18:30"):
        log(desk, "C1", "na", now=f"2026-11-23T{hour}")
    later = can(desk, "C1", "--who", "李四", now="2026-11-23T20:00")
    assert (by(later), later["next_at"]) == ({"cn.third"}, "2026-11-24T08:00:00+08:00")
    opened = can(desk, "C1", "--who", "李四", now="2026-11-24T08:00")
    assert opened["verdict"] == "warn"
    assert [r["rule"] for r in opened["reasons"]] == ["cn.third-content"]
    log(desk, "C1", "ptp", "500@+7d", now="2026-11-24T09:00")
    assert by(can(desk, "C1", "--who", "李四", now="2026-11-24T10:00")) == {"cn.third"}


@pytest.mark.parametrize(
    "line",
    [
        ("tpn", "--who", "李四", "--to", "13800000004"),
        ("tpn", "--who", "李四"),
        ("tpn", "--who", "联系人"),
        ("tpn", "--to", "13800000004"),
    ],
)
def test_a_refusing_third_party_stays_refused_after_a_re_import(desk: Cli, home: Path, line: tuple[str, ...]):
    """GB/T 45251-2025 5.3."""
    log(desk, "C1", "dec", now="2026-11-23T09:00")  # others may be contacted
    assert by(can(desk, "C1", "--who", "李四")) == set()
    log(desk, "C1", *line)
    for now in ("2026-11-23T11:00", "2026-11-24T11:00"):
        for how in (("--who", "李四"), ("--to", "13800000004"), ("--who", "李四", "--channel", "letter")):
            assert by(can(desk, "C1", *how, now=now)) == {"cn.third-refused"}
        (home / "cn.csv").write_text(CN_FILE.replace("5000", "4900"), "utf-8")
        ok(desk("import", str(home / "cn.csv"), now="2026-11-24T10:00"))


def test_a_person_who_refused_is_left_alone_about_the_other_debt_too(desk: Cli):
    log(desk, "C1", "dec", now="2026-11-23T09:00")
    log(desk, "C1", "tpn", "--who", "李四", "--to", "13800000004")
    assert by(can(desk, "C5", "--to", "13800000004")) == {"cn.third-refused"}


def test_a_dispute_holds_and_leaves_its_desk_task(desk: Cli):
    """信用卡业务监督管理办法 art 69."""
    assert log(desk, "C2", "dis", now="2026-11-23T09:00")["hold"] == "dispute"
    answer = can(desk, "C2")
    assert (by(answer), answer["next_at"]) == ({"cn.dispute"}, None)
    assert by(can(desk, "C2", "--purpose", "verification")) == set()
    assert hidden(today(desk, MORNING))["hold"] == 1
    row = next(r for r in today(desk, "2026-11-26T10:00")["rows"] if r["account"] == "C2")
    assert (row["task"], row["class"], row["phone"]) == ("desk", "legal", None)


def test_a_wish_to_be_left_alone_is_a_tag_and_a_task_in_china_and_no_hold(desk: Cli):
    done = log(desk, "C2", "stop", now="2026-11-23T09:00")
    assert done["hold"] is None
    assert ok(desk("show", "C2", "--json")).data["tags"] == ["cease"]
    assert can(desk, "C2")["verdict"] == "allowed"
    row = next(r for r in today(desk, "2026-11-24T10:00")["rows"] if r["account"] == "C2")
    assert row["task"] == "desk"


def test_who_died_is_no_longer_called_about_any_debt(desk: Cli):
    log(desk, "C1", "dec", now="2026-11-23T09:00")
    for debt in ("C1", "C5"):
        assert by(can(desk, debt)) == {"cn.stop"}
    assert "call" not in {r["task"] for r in today(desk, "2026-11-24T10:00")["rows"] if r["account"] == "C1"}


def test_the_last_day_of_the_mandate_is_inside(desk: Cli):
    """个人信息保护法 art 21."""
    assert can(desk, "C3", now="2026-11-24T21:00")["verdict"] == "allowed"
    assert "C3" in names(today(desk, "2026-11-24T21:00"))
    after = can(desk, "C3", now="2026-11-25T10:00")
    assert (by(after), after["next_at"]) == ({"cn.mandate"}, None)
    row = next(r for r in today(desk, "2026-11-25T10:00")["rows"] if r["account"] == "C3")
    assert (row["task"], row["channel"]) == ("desk", None)


def test_a_closed_account_is_not_collected_and_the_person_leaves_the_list(desk: Cli):
    ok(desk("close", "C2", "--as", "settled", now="2026-11-23T09:00"))
    answer = can(desk, "C2")
    assert by(answer) == {"house.closed"}
    assert "C2" not in names(today(desk, MORNING))


def test_no_text_is_proposed_to_a_number_that_is_somebody_elses(desk: Cli):
    log(desk, "U2", "stop", now=LATE)  # no calls any more
    log(desk, "U2", "wn", now="2026-11-23T22:40")
    later = "2026-12-02T22:30"
    assert by(can(desk, "U2", "--channel", "sms", "--to", "2125550102", now=later)) == {"house.number"}
    rows = {row["account"]: row for row in today(desk, later)["rows"]}
    assert rows.get("U2", {"channel": None})["channel"] != "sms"


# --- what the collector records of what was said ------------------------------------------------------------


def test_agreed_hours_open_the_night_for_the_debtor_and_for_nobody_else(desk: Cli):
    """GB/T 45251-2025 5.3: unless agreed with the debtor."""
    log(desk, "C1", "inc", now="2026-11-23T09:00")  # others may be contacted, the debtor may not
    for account in ("C1", "C2"):
        ok(desk("consent", account, "--channel", "call", "--hours", "22:00-23:00", now=MORNING))
    data = today(desk, LATE)
    assert names(data) == AMERICANS | {"C2"}
    row = next(r for r in data["rows"] if r["account"] == "C2")
    assert row["window"]["closes"] == "2026-11-23T23:00:00+08:00"
    assert by(can(desk, "C2", "--channel", "sms", now=LATE)) == {"cn.hours"}
    assert by(can(desk, "C2", "--who", "赵保", now=LATE)) == {"cn.hours"}
    assert by(can(desk, "C1", "--who", "李四", now=LATE)) == {"cn.hours"}
    assert names(today(desk, "2026-11-23T23:00")) == AMERICANS
    ok(desk("consent", "C2", "--channel", "call", "--withdraw", now="2026-11-24T10:00"))
    assert by(can(desk, "C2", now="2026-11-24T22:30")) == {"cn.hours"}


def test_an_instalment_plan_that_is_kept_blocks_and_one_that_is_broken_does_not(desk: Cli):
    """信用卡业务监督管理办法 art 70."""
    log(desk, "C2", "ptp", "100@11-25", "100@12-25", now="2026-11-23T09:00")
    ok(desk("hold", "C2", "plan", now="2026-11-23T09:01"))
    for now in (MORNING, "2026-11-26T10:00"):
        assert by(can(desk, "C2", now=now)) == {"cn.plan"}
        assert today(desk, now)["hidden"]["hold"] == 1
    assert by(can(desk, "C2", now="2026-11-27T10:00")) == set()
    assert "C2" in names(today(desk, "2026-11-27T10:00"))


def test_a_hold_hides_the_person_until_it_is_released(desk: Cli):
    ok(desk("hold", "C2", "other", now="2026-11-23T09:00"))
    assert by(can(desk, "C2")) == {"house.hold"}
    assert "C2" not in names(today(desk, MORNING))
    ok(desk("release", "C2", "other", now="2026-11-23T11:00"))
    assert "C2" in names(today(desk, "2026-11-23T12:00"))
    ok(desk("undo"))
    assert "C2" not in names(today(desk, "2026-11-23T12:00"))


@pytest.mark.parametrize("received", [(), ("--received", "2026-11-20")])
def test_a_breathing_space_lasts_sixty_days_from_its_beginning(desk: Cli, received: tuple[str, ...]):
    """SI 2020/1311: counted from `--from`, also where the notice came later."""
    ok(desk("policies", "set", "uk", "--client", "Store", now=MORNING))
    ok(desk("hold", "U1", "breathing-space", "--from", "2026-11-10", *received, now=MORNING))
    answer = can(desk, "U1", now="2026-11-23T20:00")
    assert by(answer) == {"uk.breathing-space"}
    (reason,) = [r for r in answer["reasons"] if r["rule"] == "uk.breathing-space"]
    assert reason["cite"] == "SI 2020/1311"
    assert by(can(desk, "U1", now="2027-01-08T23:00")) == {"uk.breathing-space"}  # the sixtieth day
    assert by(can(desk, "U1", now="2027-01-09T20:00")) == set()


def test_hours_that_the_debtor_named_close_the_rest_of_the_day(desk: Cli):
    ok(desk("limit", "C2", "--only", "--hours", "18:00-20:00", now="2026-11-23T09:00"))
    answer = can(desk, "C2")
    assert (by(answer), answer["next_at"]) == ({"house.inconvenient"}, "2026-11-23T18:00:00+08:00")
    data = today(desk, MORNING)
    assert ("C2" in names(data), data["hidden"]["hours"]) == (False, 4)
    assert "C2" in names(today(desk, "2026-11-23T18:00"))
    ok(desk("unlimit", "C2", now="2026-11-23T20:30"))
    assert "C2" in names(today(desk, "2026-11-23T20:40"))


def test_where_calls_are_not_wanted_the_row_says_what_is_open(desk: Cli):
    ok(desk("limit", "C2", "--channel", "call", now="2026-11-23T09:00"))
    row = next(r for r in today(desk, MORNING)["rows"] if r["account"] == "C2")
    assert (row["task"], row["channel"]) == ("message", "sms")
    assert "no calls" in row["reason"]
    ok(desk("limit", "C2", "--channel", "sms", now="2026-11-23T09:10"))
    row = next(r for r in today(desk, LATE)["rows"] if r["account"] == "C2")
    assert (row["task"], row["channel"]) == ("letter", "letter")  # which has no hour


def test_a_limit_holds_to_the_end_of_its_last_day_where_the_debtor_is(desk: Cli):
    ok(desk("limit", "U1", "--channel", "call", "--until", "2026-11-24", now=LATE))
    evening = "2026-11-25T09:00"  # 20:00 of the 24th in New York
    assert by(can(desk, "U1", now=evening)) == {"regf.medium"}
    row = next(r for r in today(desk, evening, "--all")["rows"] if r["account"] == "U1")
    assert (row["task"], row["hidden"]) == ("message", None)


def test_a_debtor_who_moves_gets_the_policies_of_where_they_live(desk: Cli):
    ok(desk("person", "move", "U1", "--region", "US-MA", now=LATE))
    assert can(desk, "U1", now=LATE)["policies"] == ["us-regf@2026-01", "us-ma@2026-01"]
    ok(desk("person", "move", "U3", "--region", "US-NY", now=LATE))
    assert can(desk, "U3", now=LATE)["policies"] == ["us-regf@2026-01"]


def test_a_zone_that_was_set_replaces_what_the_number_says(desk: Cli):
    ok(desk("person", "zone", "U1", "America/Los_Angeles", now=LATE))
    assert by(can(desk, "U1", now="2026-11-23T22:30")) == {"regf.hours"}
    assert "U1" not in names(today(desk, "2026-11-23T22:30"))
    assert "U1" in names(today(desk, "2026-11-24T00:00"))


# --- which policies bind ------------------------------------------------------------------------------------


def test_the_first_import_proposes_a_policy_and_says_how_to_change_it(empty: Cli, home: Path):
    for name, text, policy in (("cn.csv", CN_FILE, "cn"), ("us.csv", US_FILE, "us-regf")):
        (home / name).write_text(text, "utf-8")
        said = ok(empty("import", str(home / name), now=MORNING)).out
        line = next(line for line in said.splitlines() if "contact policy" in line)
        assert f"contact policy {policy}" in line
        assert "collectctl policies set" in line


def test_where_the_debtor_lives_adds_a_policy(desk: Cli):
    """209 CMR 18.16(1)(d)."""
    at_night = "2026-11-23T22:30"
    assert can(desk, "U1", now=at_night)["policies"] == ["us-regf@2026-01"]
    there = can(desk, "U3", now=at_night)
    assert there["policies"] == ["us-regf@2026-01", "us-ma@2026-01"]
    assert there["calls_left"] == 2
    for minute in (30, 45):
        log(desk, "U3", "na", now=f"2026-11-23T22:{minute}")
    answer = can(desk, "U3", now="2026-11-23T23:30")
    assert by(answer) == {"ma.2in7"}
    assert answer["next_at"] == "2026-11-30T08:00:00-05:00"


def test_the_policies_are_listed_with_what_they_bind(desk: Cli):
    listed = {p["policy"]: p for p in ok(desk("policies", "--json")).data}
    assert set(listed) == {"cn", "none", "uk", "us-dc", "us-ma", "us-regf", "us-wa"}
    assert (listed["cn"]["accounts"], listed["us-regf"]["accounts"], listed["uk"]["accounts"]) == (5, 3, 0)
    assert ok(desk("policies")).out.count("\n") == 8


def test_the_rules_of_a_policy_are_shown_with_their_sources(desk: Cli):
    rules = {r["id"]: r for r in ok(desk("policies", "show", "cn", "--json")).data["rules"]}
    assert rules["cn.hours"]["cite"] == "GB/T 45251-2025 5.3; 2026 guideline ch. 3"
    assert all(r["cite"] and r["text"] and r["effect"] for r in rules.values())
    text = ok(desk("policies", "show", "cn")).out
    assert all(rule in text for rule in rules)
    assert desk("policies", "show", "moon").code == 3


def test_another_policy_may_be_set_for_a_client_and_undone(desk: Cli):
    ok(desk("policies", "set", "none", "--client", "银行", now=LATE))
    assert can(desk, "C1", now=LATE)["policies"] == ["none@2026-11"]
    assert names(today(desk, LATE)) >= CHINESE
    ok(desk("undo"))
    assert by(can(desk, "C1", now=LATE)) == {"cn.hours"}
    assert not CHINESE & names(today(desk, LATE))
    assert desk("policies", "set", "moon").code == 2


def test_of_several_policies_the_strictest_wins_and_all_reasons_are_listed(desk: Cli):
    ok(desk("policies", "set", "cn,us-regf", "--account", "C2", now=MORNING))
    assert can(desk, "C2")["policies"] == ["cn@2026-01", "us-regf@2026-01"]
    assert by(can(desk, "C2", now="2026-11-23T21:30")) == {"regf.hours"}
    assert by(can(desk, "C2", now=LATE)) == {"cn.hours", "regf.hours"}
    assert by(can(desk, "C1", now="2026-11-23T21:30")) == set()
    data = today(desk, "2026-11-23T21:30")
    assert ("C2" in names(data), "C1" in names(data)) == (False, True)


def test_a_person_is_shown_while_one_of_their_debts_may_be_worked(desk: Cli):
    ok(desk("policies", "set", "cn,us-regf", "--account", "C1", now=MORNING))  # closes at 21:00
    assert can(desk, "C5", now="2026-11-23T21:30")["verdict"] == "allowed"
    assert "C5" in names(today(desk, "2026-11-23T21:30"))


# --- the user's own rules -----------------------------------------------------------------------------------


def test_an_overlay_takes_effect_at_once_and_ends_with_its_file(desk: Cli, rules: Path):
    early = "2026-11-23T08:30"
    assert names(today(desk, early)) >= CHINESE
    (rules / "strict.toml").write_text(STRICT, "utf-8")
    data = today(desk, early)
    assert (names(data), data["hidden"]["hours"]) == (AMERICANS, 3)
    answer = can(desk, "C1", now=early)
    assert (by(answer), answer["next_at"]) == ({"strict.hours"}, "2026-11-23T09:00:00+08:00")
    assert answer["policies"] == ["cn@2026-01", "strict@1"]
    assert answer["reasons"][0]["cite"] == "team meeting of 2 November"
    assert answer["window"]["closes"] == "2026-11-23T20:00:00+08:00"
    assert by(can(desk, "C1", now=LATE)) == {"cn.hours", "strict.hours"}
    assert by(can(desk, "C1", now=MORNING)) == set()
    assert [b["rule"] for b in log(desk, "C1", "na", now=early)["breaches"]] == ["strict.hours"]
    ok(desk("undo"))
    (rules / "strict.toml").unlink()
    assert names(today(desk, early)) >= CHINESE
    assert can(desk, "C1", now=early)["policies"] == ["cn@2026-01"]


def test_an_overlay_leaves_the_other_clients_debtors_alone(desk: Cli, rules: Path):
    (rules / "strict.toml").write_text(STRICT, "utf-8")
    assert can(desk, "U1", now="2026-11-23T21:30")["policies"] == ["us-regf@2026-01"]
    assert names(today(desk, "2026-11-23T21:30")) >= AMERICANS


def test_a_changed_overlay_takes_effect_on_the_same_day(desk: Cli, rules: Path):
    file = rules / "strict.toml"
    file.write_text(STRICT, "utf-8")
    assert not CHINESE & names(today(desk, "2026-11-23T08:30"))
    file.write_text(STRICT.replace("09:00", "08:15") + "\n", "utf-8")
    assert names(today(desk, "2026-11-23T08:30")) >= CHINESE


@pytest.mark.parametrize(
    "command", [("today",), ("can", "C1"), ("policies",), ("policies", "show", "cn")], ids=" ".join
)
def test_a_broken_policy_file_is_refused_with_file_line_and_key(
    desk: Cli, rules: Path, command: tuple[str, ...]
):
    (rules / "strict.toml").write_text(STRICT.replace("09:00", "9 am"), "utf-8")
    ran = desk(*command, now=MORNING)
    assert (ran.code, ran.out) == (4, "")
    for part in ("strict.toml", "line 10", "'opens'", "'9 am'"):
        assert part in ran.err
    assert "Traceback" not in ran.err
    error = json.loads(desk(*command, "--json", now=MORNING).out)["error"]
    assert error["code"] == "bad-policy"


def test_what_took_place_is_recorded_though_a_policy_file_is_broken(desk: Cli, rules: Path):
    (rules / "strict.toml").write_text(STRICT.replace("09:00", "9 am"), "utf-8")
    ran = ok(desk("log", "C1", "na", "--json", now=LATE))
    assert [b["rule"] for b in ran.data["breaches"]] == ["cn.hours"]  # by the rules that the book holds
    assert any("strict.toml, line 10" in warning for warning in ran.document["warnings"])
    (rules / "strict.toml").unlink()
    assert len(ok(desk("show", "C1", "--json")).data["timeline"]) == 1


def test_a_policy_that_is_not_in_force_yet_is_set_with_a_warning(desk: Cli, rules: Path):
    later = STRICT.replace('beside = "cn"\n', "effective_from = 2026-12-01\n").replace("strict", "ours")
    (rules / "ours.toml").write_text(later, "utf-8")
    ran = ok(desk("policies", "set", "ours", "--account", "C1", now=MORNING))
    assert "not in force today (2026-12-01" in ran.err
    assert by(can(desk, "C1", now="2026-11-23T08:30")) == set()
    assert by(can(desk, "C1", now="2026-12-01T08:30")) == {"ours.hours"}


def test_nothing_is_permitted_by_an_empty_option(desk: Cli):
    """A script whose variable is unset gets a refusal, not a permission."""
    assert desk("can", "U1", "--channel", "", now="2026-11-23T16:00").code == 2
    assert desk("policies", "set", "none", "--client", "", now=MORNING).code == 2
    assert can(desk, "C1", now=MORNING)["policies"] == ["cn@2026-01"]


def test_what_they_wrote_about_may_be_answered_at_night_and_the_list_says_so(desk: Cli):
    """12 CFR 1006.6(b)(1), comment -2: once, by the same medium."""
    night = "2026-11-23T23:00"  # 10:00 in New York; 05:00 in Honolulu
    ok(desk("person", "zone", "U1", "Pacific/Honolulu", now=night))
    ok(desk("limit", "U1", "--channel", "call", now=night))
    assert "U1" not in names(today(desk, night))
    ok(desk("log", "U1", "replied", "--channel", "sms", "--in", now="2026-11-23T23:05"))
    data = today(desk, "2026-11-23T23:10")
    row = next(r for r in data["rows"] if r["account"] == "U1")
    assert (row["channel"], row["verdict"]) == ("sms", "warn")
    ok(desk("log", "U1", "sent", "--channel", "sms", now="2026-11-23T23:15"))
    assert "U1" not in names(today(desk, "2026-11-23T23:20"))


# --- what is stored -----------------------------------------------------------------------------------------

SCRIPT = [
    ("2026-11-23T08:30", "log", "C1", "na"),
    ("2026-11-23T09:00", "log", "U1", "neg"),
    ("2026-11-23T09:05", "log", "U3", "na"),
    ("2026-11-23T09:10", "log", "U3", "vm"),
    ("2026-11-23T10:00", "log", "C2", "ptp", "200@fri"),
    ("2026-11-23T11:00", "amend", "@", "neg", "--next", "14:00"),
    ("2026-11-23T11:10", "log", "C2", "neg", "--next", "14:00"),
    ("2026-11-23T11:20", "log", "C2", "neg", "--next", "14:00"),
    ("2026-11-23T15:00", "today"),
    ("2026-11-23T16:00", "log", "C3", "dis"),
    ("2026-11-23T16:30", "undo"),
    ("2026-11-23T17:00", "close", "C5", "--as", "recalled"),
    ("2026-11-24T07:00", "today"),
    ("2026-11-24T09:00", "policies", "set", "cn,us-regf", "--client", "银行"),
    ("2026-11-24T22:30", "log", "U2", "stop"),
    ("2026-11-25T10:00", "today", "--all"),
    ("2026-11-30T22:30", "today"),
    ("2026-12-24T22:30", "log", "U1", "cb", "+1d"),
    ("2026-12-25T22:30", "today"),
]


def test_what_is_stored_equals_what_the_facts_give_after_each_command(desk: Cli, home: Path):
    for now, *command in SCRIPT:
        ok(desk(*command, now=now))
        with opened(home / "book.db") as book:
            assert derived(book) == replayed(book), command
        today(desk, now)


@pytest.mark.parametrize(
    "line",
    [
        ("C2", "--days", "mon-wed", "--hours", "21:00-23:30", "--until", "2026-11-25"),
        ("C2", "--only", "--hours", "09:00-12:00", "--until", "2026-11-25"),
    ],
    ids=" ".join,
)
def test_what_is_stored_changes_with_the_last_day_of_a_limit(cli: Cli, home: Path, line: tuple[str, ...]):
    fill(cli, home)
    ok(cli("limit", *line, now=MORNING))
    for day in range(24, 31):
        today(cli, f"2026-11-{day}T10:00")
        with opened(home / "book.db") as book:
            assert derived(book) == replayed(book), day


def test_a_clock_that_is_set_back_shows_the_list_of_that_day(desk: Cli, home: Path):
    log(desk, "U1", "neg", now=LATE)
    log(desk, "C1", "na", now=LATE)
    shown = [today(desk, f"2026-11-{day}T22:30") for day in (26, 25, 24)]  # the clock is set back
    with opened(home / "book.db") as book:
        assert derived(book) == replayed(book)
    fresh = {day: today(desk, f"2026-11-{day}T22:30") for day in (24, 25, 26)}
    assert [s["hidden"] for s in shown] == [fresh[day]["hidden"] for day in (26, 25, 24)]
