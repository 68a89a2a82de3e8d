"""Who qualifies for a visit, and why not: cases on the facts, then the command as it is typed."""

import csv
from pathlib import Path
from typing import Any

import pytest

from collectctl.domain.districts import Place
from collectctl.domain.facts import PersonFile
from collectctl.domain.visits import Stop, is_in, rules_to_keep, stop_at, tours, why
from tests.conftest import Cli
from tests.domain.rules.people import CN, HOUSE, UK, account, hold, limit
from tests.domain.rules.test_cn import FRIEND, dial, promise, there, zhang
from tests.test_money_day import data, ok

HOME = "浙江省杭州市西湖区文三路100号"
AT_HOME = {"values": {"address": HOME}}
NOW = "2026-11-23 12:00"
OLD = [dial("2026-11-02 10:00"), dial("2026-11-20 15:00", "unreachable")]


def stop(one: PersonFile, days: int = 14, now: str = NOW) -> Stop | str:
    return stop_at(one, one.accounts[0].id, days, there(now))


# --- the conditions ---------------------------------------------------------------------------------------

CAUSES: dict[str, tuple[list[Any], dict[str, Any], str]] = {
    "called for three weeks": (OLD, AT_HOME, ""),
    "never called": ([], AT_HOME, "untried"),
    "written to only": ([dial("2026-11-02 10:00", "sent", channel="sms")], AT_HOME, "untried"),
    "only a friend was called": ([dial("2026-11-02 10:00", to=FRIEND.number)], AT_HOME, "untried"),
    "thirteen days": ([dial("2026-11-10 00:00")], AT_HOME, "recent"),
    "fourteen days": ([dial("2026-11-09 23:59")], AT_HOME, ""),
    "talked thirteen days ago": ([*OLD, dial("2026-11-10 10:00", "negotiating")], AT_HOME, "reached"),
    "they called": ([*OLD, dial("2026-11-12 10:00", "negotiating", inbound=True)], AT_HOME, "reached"),
    "a guarantor": ([*OLD, dial("2026-11-12 10:00", "negotiating", who="liable")], AT_HOME, "reached"),
    "talked, then called in vain": ([dial("2026-11-01 10:00", "refused"), *OLD], AT_HOME, ""),
    "talked after the last call": ([OLD[0], dial("2026-11-05 10:00", "refused")], AT_HOME, "untried"),
    "meant for the debtor, who did not answer": ([*OLD, dial("2026-11-12 10:00", who="self")], AT_HOME, ""),
    "a friend answered": ([*OLD, dial("2026-11-12 10:00", "third-party")], AT_HOME, ""),
    "on hold": ([*OLD, hold("dispute", "2026-11-10")], AT_HOME, "hold"),
    "a hold that has ended": ([*OLD, hold("dispute", "2026-11-10", "2026-11-22")], AT_HOME, ""),
    "a promise": ([*OLD, promise(100, "2026-11-20", "2026-12-01")], AT_HOME, "promised"),
    "a broken promise": ([*OLD, promise(100, "2026-11-01", "2026-11-05")], AT_HOME, ""),
    "no address": (OLD, {}, "no-address"),
    "no such address": ([*OLD, dial("2026-11-10 10:00", "bad-address", "")], AT_HOME, "bad-address"),
    "moved from there": ([*OLD, dial("2026-11-10 10:00", "moved", f" {HOME} ")], AT_HOME, "bad-address"),
    "moved from elsewhere": ([*OLD, dial("2026-11-10 10:00", "moved", "上海市某路1号")], AT_HOME, ""),
    "nobody home yesterday": ([*OLD, dial("2026-11-22 10:00", "nobody-home", "")], AT_HOME, ""),
    "nobody home today": ([*OLD, dial("2026-11-23 10:00", "nobody-home", "")], AT_HOME, "visited"),
    "met a neighbour": ([*OLD, dial("2026-11-21 10:00", "met-other", "")], AT_HOME, "visited"),
    "not at home, please": ([*OLD, limit(there("2026-11-01 10:00"), place="home")], AT_HOME, "house.place"),
    "the mandate ended": (OLD, AT_HOME | {"ends": "2026-11-22"}, "cn.mandate"),
    "its last day": (OLD, AT_HOME | {"ends": "2026-11-23"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CAUSES)
def test_who_qualifies_and_why_not(name: str):
    facts, more, cause = CAUSES[name]
    found = stop(zhang(*facts, **more))
    assert (found if isinstance(found, str) else "") == cause


def test_the_rule_that_bars_a_visit_is_named_as_its_policy_has_it():
    found = stop(zhang(*OLD, policies=HOUSE, ends="2026-11-22", **AT_HOME))
    assert found == "house.mandate"


def test_the_hour_alone_hides_nobody():
    found = stop(zhang(*OLD, **AT_HOME), now="2026-11-23 23:00")
    assert isinstance(found, Stop)
    assert found.verdict.blocked
    assert found.verdict.next_at == there("2026-11-24 08:00")


def test_a_call_about_another_debt_is_one_to_the_person():
    one = zhang(account(*OLD, id=1, policies=CN, **AT_HOME), account(id=2, policies=CN, **AT_HOME))
    assert isinstance(stop_at(one, 2, 14, there(NOW)), Stop)
    talked = account(*OLD, dial("2026-11-20 16:00", "refused"), id=1, policies=CN, **AT_HOME)
    one = zhang(talked, account(id=2, policies=CN, **AT_HOME))
    assert stop_at(one, 2, 14, there(NOW)) == "reached"


def test_the_reason_is_told_in_facts():
    found = stop(zhang(dial("2026-10-01 10:00", "refused"), *OLD, **AT_HOME))
    assert isinstance(found, Stop)
    assert why(found, there(NOW)) == (
        "in vain for 21 days, since 2026-11-02: calls 2, numbers 1; last reached 2026-10-01"
    )


@pytest.mark.parametrize(
    ("policies", "rules"),
    [
        (CN, ["cn.visit", "cn.hours", "cn.third-content"]),
        (UK, ["uk.visit", "uk.hours"]),
        (HOUSE, []),
    ],
    ids=["cn", "uk", "house"],
)
def test_the_rules_to_keep_are_those_of_the_policy(policies: Any, rules: list[str]):
    found = rules_to_keep(account(policies=policies), there(NOW).date())
    assert [rule.id for rule in found] == rules
    assert all(rule.text and rule.cite for rule in found)


def test_one_person_at_one_address_is_one_stop():
    one = zhang(
        account(*OLD, id=1, policies=CN, balance=100, **AT_HOME),
        account(id=2, policies=CN, balance=900, values={"address": f"{HOME} "}),
        account(id=3, policies=CN, values={"address": "某处"}),
    )
    stops = [stop_at(one, number, 14, there(NOW)) for number in (1, 2, 3)]
    found = tours([s for s in stops if isinstance(s, Stop)])
    assert [(t.place, [[a.id for a in s.accounts] for s in t.stops]) for t in found] == [
        (Place("杭州", "西湖区"), [[2, 1]]), (Place(), [[3]]),
    ]  # fmt: skip
    assert found[0].stops[0].totals == {"USD": 1000}


@pytest.mark.parametrize(
    ("typed", "inside"), [("杭州", True), ("杭州市", True), ("西湖", True), ("上海", False), ("市", False)]
)
def test_a_city_or_a_district_narrows(typed: str, inside: bool):
    assert is_in(Place("杭州", "西湖区"), typed) is inside


# --- the command ------------------------------------------------------------------------------------------

BANK = f"""account,name,id_number,phone,client,currency,balance,due_date,address,city
V1,张甲,110101199001011234,13800130001,Invented Bank,CNY,5000,2026-09-01,{HOME},
V2,张甲,110101199001011234,13800130001,Invented Bank,CNY,900,2026-09-01,{HOME},
V3,[b]李乙[/b],,13800130002,Invented Cards,CNY,700,2026-09-01,<b>西湖区</b>莫干山路5号,杭州
V4,=2+2,,13800130003,Invented Bank,CNY,300,2026-09-01,上海市浦东新区世纪大道8号,
V5,赵丁,,13800130004,Invented Bank,CNY,200,2026-09-01,,
V6,孙己,,13800130005,Invented Bank,CNY,100,2026-09-01,上海市浦东新区世纪大道9号,
V7,周庚,,13800130006,Invented Bank,CNY,100,2026-09-01,上海市浦东新区世纪大道9号,
"""


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "bank.csv").write_text(BANK, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--policy", "cn", now="2026-11-02T10:00")
    for account_ in ("V1", "V3", "V4", "V5", "V6"):
        cli.begin("log", account_, "na")
    cli.begin("hold", "V6", "dispute")
    cli.begin("person", "warn", "V4", "a dog in the yard")
    cli.patch.setenv("COLLECTCTL_NOW", "2026-11-23T09:00")
    return cli


def stops(found: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(t["city"], t["district"], s["accounts"]) for t in found["tours"] for s in t["stops"]]


def test_tours_and_what_is_left_out_by_cause(desk: Cli):
    found = data(desk, "visits")
    assert stops(found) == [
        ("上海", "浦东新区", ["V4"]), ("杭州", None, ["V3"]), ("杭州", "西湖区", ["V1", "V2"]),
    ]  # fmt: skip
    assert found["left_out"] == {"no-address": 1, "untried": 1, "hold": 1}
    assert found["accounts"] + sum(found["left_out"].values()) == found["open"] == 7
    dog = found["tours"][0]["stops"][0]
    assert [note["text"] for note in dog["safety"]] == ["a dog in the yard"]
    assert (dog["verdict"], dog["calls"], dog["days"]) == ("warn", 1, 21)


def test_every_option_narrows_and_nothing_is_dropped_without_a_word(desk: Cli):
    shanghai = data(desk, "visits", "--city", "上海市")
    assert stops(shanghai) == [("上海", "浦东新区", ["V4"])]
    assert shanghai["left_out"]["elsewhere"] == 3
    assert data(desk, "visits", "client:cards")["open"] == 1
    assert data(desk, "visits", "--days", "22")["left_out"] == {"no-address": 1, "untried": 1, "recent": 5}


def test_the_days_are_a_setting_of_the_book_or_of_a_client(desk: Cli):
    ok(desk("config", "set", "visit-days", "30", "--client", "Invented Bank"))
    assert stops(data(desk, "visits")) == [("杭州", None, ["V3"])]
    ok(desk("config", "set", "visit-days", "40"))
    assert stops(data(desk, "visits")) == []
    assert desk("config", "set", "visit-days", "-1").code == 2


def test_a_pipe_gets_a_row_for_each_stop_and_the_counts_beside_it(desk: Cli):
    ran = ok(desk("visits"))
    header, *rows = [line.split("\t") for line in ran.out.splitlines()]
    assert [row[header.index("account")] for row in rows if len(row) == len(header)] != []
    assert {row[header.index("rules")] for row in rows} == {"cn.visit cn.hours cn.third-content"}
    assert "left out: 1 without an address, 1 not called yet, 1 on hold" in ran.err


def test_a_row_of_the_list_is_logged_by_its_place(desk: Cli):
    ok(desk("visits"))
    ran = ok(desk("log", "V4", "met", "--channel", "visit", "--with", "Pat", "--safety", "two dogs now"))
    assert "safety: a dog in the yard\nsafety: two dogs now\n" in ran.out
    assert data(desk, "visits")["left_out"]["reached"] == 1


def test_a_visit_is_to_the_address_on_file_and_a_new_one_in_a_later_file_is_none_that_was_found_bad(
    desk: Cli, home: Path
):
    assert data(desk, "log", "V4", "moved", "--with", "Pat")["to"] == "上海市浦东新区世纪大道8号"
    assert data(desk, "visits")["left_out"]["bad-address"] == 1
    (home / "bank.csv").write_text(BANK.replace("世纪大道8号", "世纪大道88号"), "utf-8")
    ok(desk("import", str(home / "bank.csv"), now="2026-11-25T09:00"))
    found = data(desk, "visits")
    assert [s["address"] for s in found["tours"][0]["stops"]] == ["上海市浦东新区世纪大道88号"]


# --- a safety note goes with the entry ----------------------------------------------------------------------


def safety(desk: Cli, account_: str) -> list[str]:
    return [note["text"] for note in data(desk, "show", account_)["safety"]]


def test_one_collector_where_two_are_required_is_recorded_with_the_breach(desk: Cli):
    ran = desk("log", "V1", "nobody-home", "--channel", "visit", "--json")
    assert ran.code == 0
    assert [breach["rule"] for breach in ran.data["breaches"]] == ["cn.visit"]
    assert data(desk, "log", "V3", "nobody-home", "--with", "Pat")["breaches"] == []


def test_a_note_follows_its_entry_through_amend_undo_and_redo(desk: Cli):
    ok(desk("log", "V1", "nobody-home", "--with", "Pat", "--safety", "steep stairs"))
    assert safety(desk, "V2") == safety(desk, "V1") == ["steep stairs"]
    ok(desk("amend", "@", "met-other"))
    assert safety(desk, "V1") == ["steep stairs"]
    ok(desk("undo", "-n", "2"))
    assert safety(desk, "V1") == []
    ok(desk("redo"))
    assert safety(desk, "V1") == ["steep stairs"]
    ok(desk("person", "warn", "V1", "--end"))
    assert safety(desk, "V1") == []


def test_can_tells_it_before_a_visit_and_of_nothing_else(desk: Cli):
    seen = data(desk, "can", "V4", "--channel", "visit", "--with", "Pat")
    assert [note["text"] for note in seen["safety"]] == ["a dog in the yard"]
    assert data(desk, "can", "V4")["safety"] == []


# --- the sheets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "words"), [("zh", "外访单"), ("en", "Visits")])
def test_the_sheet_holds_every_stop_as_text_and_not_as_code(desk: Cli, home: Path, lang: str, words: str):
    out = home / "v.html"
    ran = ok(desk("visits", "--out", str(out), "--lang", lang))
    assert ran.out.startswith("visits written to v.html\n")
    text = out.read_text("utf-8")
    assert out.stat().st_mode & 0o777 == 0o600
    assert f"<title>{words} · 2026-11-23</title>" in text
    assert text.count("<article>") == 3
    assert "[b]李乙[/b]" in text
    assert "&lt;b&gt;西湖区&lt;/b&gt;" in text
    assert "a dog in the yard" in text
    assert not any(number in text for number in ("13800130001", "110101199001011234"))


def test_it_is_never_written_over_another_file_nor_over_the_book(desk: Cli, home: Path):
    out = home / "v.html"
    out.write_text("mine", "utf-8")
    assert desk("visits", "--out", str(out)).code == 2
    assert out.read_text("utf-8") == "mine"
    ok(desk("visits", "--out", str(out), "--force"))
    (home / "book.html").symlink_to(home / "book.db")
    assert desk("visits", "--out", str(home / "book.html"), "--force").code == 2
    assert desk("visits", "--out", str(home / "v.doc")).code == 2


def test_a_table_for_a_spreadsheet_computes_nothing(desk: Cli, home: Path):
    ok(desk("visits", "--out", str(home / "v.csv")))
    rows = list(csv.DictReader((home / "v.csv").read_text("utf-8").splitlines()))
    assert [row["name"] for row in rows if row["account"] == "V4"] == ["'=2+2"]
    ok(desk("visits", "--out", str(home / "v.xlsx")))
    assert (home / "v.xlsx").read_bytes()[:2] == b"PK"
    assert ok(desk("history")).out.count("\tentry\tvisits\tvisit sheet: 3 stops, v.") == 2


@pytest.mark.parametrize("line", ["--lang zh", "--force", "--out - --json", "--lang fr --out v.html"])
def test_options_that_go_together_with_nothing_are_refused(desk: Cli, line: str):
    assert desk("visits", *line.split()).code == 2


def test_standard_output_gets_the_sheet_alone(desk: Cli):
    ran = ok(desk("visits", "--out", "-"))
    assert ran.out.startswith("<!doctype html>")
    assert ran.err.startswith("stops: 3")
