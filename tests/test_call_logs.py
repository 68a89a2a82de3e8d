"""Logs of contacts: what they add to the book, what their outcomes mean, and the calls that were typed."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli, Ran
from tests.test_money_day import data, ok

BOOK = """\
account,name,id_number,phone,client,currency,balance,due_date,placement end,联系人姓名,关系,电话
A1,Ann Invented,110101199001011234,2025550101,Bank,USD,5000,2026-10-01,2026-12-31,Moe Invented,母亲,2025550109
A2,Ann Invented,110101199001011234,+12025550102,Bank,USD,800.50,2026-09-01,2027-01-31,,,
B1,Bob Invented,,+12025550103,Bank,USD,99,2026-11-20,,,,
"""
HEAD = "account,attempt_date,outcome,number,duration,recording\n"


@pytest.fixture
def desk(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(home)
    Path("book.csv").write_text(BOOK, "utf-8")
    cli.begin("import", "book.csv", "--policy", "us-regf")
    return cli


def send(cli: Cli, text: str, *options: str) -> Ran:
    Path("calls.csv").write_text(text, "utf-8")
    return cli("import", "calls.csv", *options)


def did(cli: Cli, text: str, *options: str) -> Any:
    return ok(send(cli, text, *options, "--json")).data["activities"]


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "book.db") as book:
        return book.execute(sql).fetchall()


STANDING = """select f.at, f.channel, f.inbound, f.outcome, f.who, f.number, f.party, f.text, f.talk_seconds,
    f.recording, f.collectors, f.reason, f.next_at, f.next_on, f.purpose, f.written, f.raised_by
    from activity f join operation o on o.id = f.op and o.stands
    where not exists (select 1 from activity x join operation q
    on q.id = x.op and q.stands where x.amends = f.id) order by f.account, f.at, f.id"""


# --- what a log adds ----------------------------------------------------------------------------------------


def test_a_log_is_recognised_and_its_contacts_are_on_the_accounts(desk: Cli, home: Path):
    text = "案件号,催收时间,联络对象姓名,关系,联络电话,催收结果,催收内容,通话时长,催收人员\n"
    text += "A1,2026-11-20 10:05:00,,本人,12025550101,承诺还款,周五发工资,2分30秒,王催\n"
    text += "A1,2026-11-20 10:30,Zoe Invented,朋友,12025550107,转告,,40,王催\n"
    text += "B1,2026-11-21,,,12025550103,无人接听,,,\n"
    told = ok(send(desk, text))
    assert "calls.csv: activities" in told.out
    assert "3 rows: 3 contacts added" in told.out
    assert "outcomes: 承诺还款 → promise (1) · 转告 → relayed (1) · 无人接听 → no-answer (1)" in told.out
    found = rows(home, STANDING)
    assert [row[:7] for row in found] == [
        ("2026-11-20T02:05:00Z", "call", 0, "promise", "self", "2025550101", "debtor"),
        ("2026-11-20T02:30:00Z", "call", 0, "relayed", "third", "12025550107", "Zoe Invented"),
        ("2026-11-20T16:00:00Z", "call", 0, "no-answer", "none", "2025550103", ""),
    ]
    assert [(row[7], row[8], row[10]) for row in found] == [
        ("周五发工资", 150, "王催"), ("", 40, "王催"), ("", None, ""),
    ]  # fmt: skip
    assert "Zoe Invented" in ok(desk("show", "A1", "--all")).out
    assert "A1" in ok(desk("find", "发工资")).out


def test_day_and_time_in_columns_of_their_own_are_one_moment(desk: Cli, home: Path):
    text = "account,date,time,disposition\nA1,11/20/2026,2:05 PM,na\nA1,11/19/2026,,bz\n"
    ok(send(desk, text))
    assert [row[0] for row in rows(home, STANDING)] == ["2026-11-18T16:00:00Z", "2026-11-20T06:05:00Z"]


def test_rows_of_one_day_stay_in_their_order(desk: Cli, home: Path):
    ok(send(desk, "account,date,outcome\nA1,2026-11-20,na\nA1,2026-11-20,bz\nA1,2026-11-19,vm\n"))
    assert [row[3] for row in rows(home, STANDING)] == ["voicemail", "no-answer", "busy"]


def test_a_log_read_twice_or_one_that_overlaps_adds_nothing_twice(desk: Cli):
    lines = [f"A1,2026-11-20 10:0{n}:00,na,12025550101,,\n" for n in range(3)]
    text = HEAD + "".join(lines) + lines[2]  # two like rows are two contacts
    assert did(desk, text)["added"] == 4
    again = ok(send(desk, text))
    assert ("4 on record already" in again.out, "nothing new" in again.out) == (True, True)
    more = HEAD + lines[2] + "A1,2026-11-20 10:05:00,na,12025550101,,\n"
    assert (did(desk, more)["added"], did(desk, more)["known"]) == (1, 2)


def test_a_log_is_undone_in_one_step_and_brought_back(desk: Cli, home: Path):
    before = [data(desk, "show", a) for a in ("A1", "B1")]
    ok(desk("log", "A1", "na", "--at", "2026-11-20T10:00"))
    typed = rows(home, STANDING)
    text = HEAD + "A1,2026-11-20 10:01,na,12025550101,45,r1\nB1,2026-11-20 10:00,wn,12025550103,,\n"
    ok(send(desk, text))
    after = rows(home, STANDING)
    ok(desk("undo"))
    assert rows(home, STANDING) == typed
    ok(desk("redo"))
    assert rows(home, STANDING) == after
    ok(desk("undo", "-n", "2"))
    assert [data(desk, "show", a) for a in ("A1", "B1")] == before


def test_promises_of_a_log_stand_as_if_they_had_been_logged(desk: Cli):
    text = "account,at,outcome,number,promised_amount,promised_on\n"
    text += "A1,2026-11-20T10:00:00+08:00,promise,12025550101,200.00; 300.00,2026-11-21; 2026-11-27\n"
    told = did(desk, text)
    assert (told["added"], told["promises"]) == (1, 2)
    found = data(desk, "promise", "list")["promises"]
    assert sorted((p["amount"], p["due"], p["state"]) for p in found) == [
        ("200.00", "2026-11-21", "broken"), ("300.00", "2026-11-27", "open"),
    ]  # fmt: skip
    assert did(desk, text)["added"] == 0
    assert len(data(desk, "promise", "list")["promises"]) == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A1,2026-11-20,ptp,50,2026-11-19", "before 2026-11-20, when it was promised"),
        ("A1,2026-11-24,ptp,50,2026-11-25", "a moment to come"),
        ("A1,2026-11-23 09:00:01,na,,", "a moment to come"),
        ("A1,2026-11-20,ptp,,2026-11-25", "no amount"),
        ("A1,2026-11-20,ptp,50; 60,2026-11-25", "as many days as sums"),
        ("A1,2026-11-20,ptp,0,2026-11-25", "not above zero"),
        ("A1,,na,,", "no date"),
        ("A1,soon,na,,", "not a date"),
        (",2026-11-20,na,,", "no account number"),
    ],
)
def test_a_row_that_cannot_be_stops_the_whole_log(desk: Cli, home: Path, line: str, why: str):
    text = f"account,call date,outcome,promise amount,promise date\nB1,2026-11-20,na,,\n{line}\n"
    refused = send(desk, text)
    assert (refused.code, why in refused.err, rows(home, STANDING)) == (4, True, [])
    told = ok(send(desk, text, "--skip-bad", "--rejects", "bad.csv", "--json")).data
    assert (told["new"], told["rejected"], [e["row"] for e in told["errors"]]) == (1, 1, [3])


def test_a_column_of_free_text_is_no_outcome_and_is_not_shown(desk: Cli):
    lines = "".join(f"A1,2026-11-20,spoke to Ann about rent {n}\n" for n in range(70))
    refused = send(desk, "account,call date,outcome\n" + lines)
    assert (refused.code, "70 different texts" in refused.err, "Ann" in refused.err) == (4, True, False)


def test_a_sum_without_a_day_is_no_promise(desk: Cli):
    text = "account,call date,outcome,promise amount,promise date\nA1,2026-11-20,neg,50,\n"
    done = ok(send(desk, text))
    assert "1 rows name a sum but no day" in done.err
    assert data(desk, "promise", "list")["promises"] == []


def test_a_log_whose_outcome_is_mapped_otherwise_adds_nothing(desk: Cli, home: Path):
    text = "account,at,number,outcome\nA1,2026-11-20 10:00,13800130001,Sucess\n"
    ok(send(desk, text, "--map", "outcome:Sucess=negotiating"))
    again = ok(send(desk, text, "--map", "outcome:Sucess=refused", "--json")).data
    assert (again["new"], again["unchanged"], len(rows(home, STANDING))) == (0, 1, 1)


def test_words_for_channel_direction_and_raised_by_are_known_or_refused(desk: Cli, home: Path):
    head = "account,at,outcome,channel,direction,raised_by\n"
    ok(send(desk, head + "A1,2026-11-20 10:00,replied,短信,呼入,them\n"))
    assert [row[1:3] + row[-1:] for row in rows(home, STANDING)] == [("sms", 1, "them")]
    for cells in ("fax,,", ",sideways,", ",,nobody"):
        refused = send(desk, f"{head}A1,2026-11-20,na,{cells}\n")
        assert (refused.code, "nothing was imported" in refused.err) == (4, True)


def test_unknown_accounts_stop_nothing_unless_none_is_known(desk: Cli):
    told = did(desk, HEAD + "A1,2026-11-20 10:00,na,,,\nZ9,2026-11-20 10:00,Strange,,,\n")
    assert (told["added"], told["unknown"], told["strangers"]) == (1, 1, ["Z9"])
    refused = send(desk, HEAD + "Z9,2026-11-20 10:00,na,,,\n")
    assert (refused.code, "none of the 1 rows" in refused.err) == (3, True)


def test_no_hold_is_set_by_a_log_and_that_is_said(desk: Cli):
    told = ok(send(desk, HEAD + "A1,2026-11-20 10:00,死亡,,,\n"))
    assert "no hold was set for what the file says: deceased (1)" in told.err
    assert data(desk, "show", "A1")["holds"] == []


def test_the_same_number_at_the_same_moment_is_one_call_about_two_accounts(desk: Cli, home: Path):
    ok(send(desk, HEAD + "A1,2026-11-20 10:00,na,12025550101,,\nA2,2026-11-20 10:00,na,12025550101,,\n"))
    assert rows(home, "select count(distinct contact) from activity") == [(1,)]


def test_whom_a_dial_was_for_answered_only_where_the_outcome_says_so(desk: Cli, home: Path):
    text = "account,at,outcome,party,relation,number\n"
    text += "A1,2026-11-20 10:00,na,Moe Invented,母亲,12025550109\n"
    text += "A1,2026-11-20 10:10,wn,Ann Invented,本人,12025550101\n"
    text += "A1,2026-11-20 10:20,neg,Moe Invented,母亲,12025550109\n"
    text += "A1,2026-11-20 10:30,neg,Ann Invented,,12025550102\n"
    text += "A1,2026-11-20 10:40,neg,Gus Invented,guarantor,12025550108\n"
    ok(send(desk, text))
    assert [row[4:7:2] for row in rows(home, STANDING)] == [
        ("none", "Moe Invented"), ("third", "debtor"), ("third", "Moe Invented"), ("self", "debtor"),
        ("liable", "Gus Invented"),
    ]  # fmt: skip
    assert [row[0] for row in rows(home, "select role from party order by id")][-1] == "guarantor"
    # a contact that is known is not made again
    assert rows(home, "select count(*) from party where name = 'Moe Invented'") == [(1,)]


# --- outcomes -----------------------------------------------------------------------------------------------

THEIRS = HEAD + "A1,2026-11-20 10:00,Success,,,\nA1,2026-11-20 11:00,Success,,,\nB1,2026-11-20,Lost Call,,,\n"


def test_outcomes_that_are_not_known_are_refused_with_what_to_type(desk: Cli, home: Path):
    refused = send(desk, THEIRS)
    assert refused.code == 4
    assert "what do these outcomes mean? 'Success' (2), 'Lost Call' (1)" in refused.err
    assert '--map "outcome:Success=OUTCOME" --map "outcome:Lost Call=OUTCOME"' in refused.err
    assert rows(home, STANDING) == []


def test_the_mapping_of_outcomes_is_remembered_for_the_client(desk: Cli, home: Path):
    mapped = ("--map", "outcome:success=neg", "--map", "outcome:Lost Call=")
    told = did(desk, THEIRS, *mapped)
    assert (told["added"], told["skipped"]) == (2, 1)
    assert told["outcomes"] == [
        {"outcome": "Success", "as": "negotiating", "rows": 2},
        {"outcome": "Lost Call", "as": None, "rows": 1},
    ]
    # in a file with other columns too; only what is new is asked for
    other = "account,date,time,result\nA2,2026-11-20,10:00,SUCCESS\nA2,2026-11-20,11:00,Lost Call\n"
    assert did(desk, other)["added"] == 1
    refused = send(desk, other + "A2,2026-11-20,12:00,Novel\n")
    assert (refused.code, "'Novel' (1)" in refused.err, "Success" in refused.err) == (4, True, False)
    # the user may say something else the next time
    assert did(desk, other.replace("10:00", "13:00"), "--map", "outcome:Success=rtp")["added"] == 1
    assert rows(home, STANDING)[-1][3] == "refused"


def test_a_row_without_an_outcome_needs_a_meaning_for_that(desk: Cli, home: Path):
    text = "account,at,outcome,text\nA1,2026-11-20 10:00,,letter came back\n"
    assert "'' (1)" in send(desk, text).err
    ok(send(desk, text, "--map", "outcome:=note"))
    assert [(row[1], row[3], row[7]) for row in rows(home, STANDING)] == [("", "note", "letter came back")]
    bare = send(desk, "account,at\nA2,2026-11-20 10:00\n", "--kind", "activities")
    assert (bare.code, "no column is recognised as outcome" in bare.err) == (4, True)
    bare_text = "account,at,text\nA2,2026-11-20 10:00,x\n"
    ok(send(desk, bare_text, "--kind", "activities", "--map", "outcome:=note"))


def test_an_outcome_that_is_none_is_wrong_usage(desk: Cli):
    refused = send(desk, THEIRS, "--map", "outcome:Success=nosuch", "--map", "outcome:Lost Call=")
    assert (refused.code, "no outcome is called 'nosuch'" in refused.err) == (2, True)


# --- calls that were typed ----------------------------------------------------------------------------------


def test_a_typed_call_gets_its_length_and_recording_and_keeps_all_it_brought(desk: Cli, home: Path):
    ok(
        desk(
            "log", "A1", "ptp", "300@fri", "salary", "+vip", "--to", "12025550101", "--at", "2026-11-23T08:30"
        )
    )
    before = [data(desk, *line) for line in (("promise", "list"), ("show", "A1"), ("report",))]
    before.append(desk("can", "A1", "--json").data["calls_left"])
    text = HEAD + "A1,2026-11-23 08:27:10,no-answer,12025550101,3:05,call-17.wav\n"
    told = ok(send(desk, text))
    assert (
        "0 contacts added" not in told.out.replace("1 rows: 1", "1 rows: 0") or "complete a call" in told.out
    )
    assert "1 calls have another outcome in the file: yours stands" in told.err
    (entry,) = rows(home, STANDING)
    assert (entry[3], entry[7], entry[8], entry[9]) == ("promise", "salary", 185, "call-17.wav")
    promised, shown, report = [
        data(desk, *line) for line in (("promise", "list"), ("show", "A1"), ("report",))
    ]
    same = ("amount", "due", "state")
    assert [[p[k] for k in same] for p in promised["promises"]] == [
        [p[k] for k in same] for p in before[0]["promises"]
    ]
    calls = desk("can", "A1", "--json").data["calls_left"]
    assert (shown["tags"], calls) == (before[1]["tags"], before[3])
    assert (report["attempts"], report["promises"]) == (before[2]["attempts"], before[2]["promises"])
    assert did(desk, text) | {"outcomes": []} == {
        "added": 0, "known": 1, "unknown": 0, "merged": 0, "strangers": [], "kept": 0, "other": 1,
        "skipped": 0, "promises": 0, "outcomes": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "added"),
    [
        ("A1,2026-11-20 10:10:00,na,12025550101,45,", 0),
        ("A1,2026-11-20 10:10:01,na,12025550101,45,", 1),
        ("A1,2026-11-20 09:50:00,na,12025550101,45,", 0),
        ("A1,2026-11-20 10:01:00,na,12025550102,45,", 1),
        ("A2,2026-11-20 10:01:00,na,12025550101,45,", 1),
        ("A1,2026-11-20,na,12025550101,45,", 1),
        ("A1,2026-11-20 10:01:00,na,,45,", 1),
    ],
    ids=["10:00", "10:01", "before", "other number", "other account", "no time", "no number"],
)
def test_a_row_is_a_typed_call_within_ten_minutes_of_it(desk: Cli, home: Path, line: str, added: int):
    ok(desk("log", "A1", "na", "--to", "12025550101", "--at", "2026-11-20T10:00"))
    told = did(desk, HEAD + line + "\n")
    assert (told["added"], told["merged"]) == (added, 1 - added)
    assert len(rows(home, STANDING)) == 1 + added


def test_an_amended_call_is_met_where_it_now_stands_and_an_undone_one_is_none(desk: Cli, home: Path):
    ok(desk("log", "A1", "na", "--to", "12025550101", "--at", "2026-11-20T10:00"))
    ok(desk("amend", "@", "--at", "2026-11-20T15:00"))
    line = "A1,2026-11-20 {at},na,12025550101,45,r\n"
    assert did(desk, HEAD + line.format(at="15:04"))["merged"] == 1
    ok(desk("undo", "-n", "3"))
    assert did(desk, HEAD + line.format(at="15:04"))["added"] == 1


def test_a_completed_call_can_be_amended_and_the_log_is_still_known(desk: Cli, home: Path):
    ok(desk("log", "A1", "ptp", "300@fri", "--to", "12025550101", "--at", "2026-11-20T10:00"))
    text = HEAD + "A1,2026-11-20 10:02,na,12025550101,45,r\nA1,2026-11-20 12:00,na,12025550101,1,\n"
    assert (did(desk, text)["merged"], len(rows(home, STANDING))) == (1, 2)
    ok(desk("amend", "@", "ptp", "200@fri"))  # what was typed last, not what the file brought
    assert [p["amount"] for p in data(desk, "promise", "list")["promises"]] == ["200.00"]
    assert (rows(home, STANDING)[0][8:10], did(desk, text)["added"]) == ((45, "r"), 0)


def test_an_imported_contact_that_was_amended_is_known_as_it_was(desk: Cli, home: Path):
    text = "account,date,outcome\nA1,2026-11-20,na\n"
    ok(send(desk, text))
    ok(desk("amend", "1", "rtp"))
    assert (did(desk, text)["added"], [row[3] for row in rows(home, STANDING)]) == (0, ["refused"])


@pytest.mark.parametrize(
    ("line", "ending"),
    [
        (("ptp", "300@fri"), ("promise", "withdraw", "A1")),
        (("cp", "300"), ("payment", "confirm", "A1")),
        (("dec",), ("release", "A1", "deceased")),
    ],
    ids=["a promise withdrawn", "a claim confirmed", "a hold released"],
)
def test_what_later_entries_ended_is_not_brought_back(desk: Cli, home: Path, line, ending):
    ok(desk("log", "A1", *line, "--to", "12025550101", "--at", "2026-11-23T08:30"))
    ok(desk(*ending))
    before = data(desk, "show", "A1")
    told = ok(send(desk, HEAD + "A1,2026-11-23 08:31,na,12025550101,45,r\n", "--json"))
    assert (told.data["activities"]["kept"], told.data["activities"]["merged"]) == (1, 0)
    assert data(desk, "show", "A1") == before


def test_a_tag_that_was_taken_off_since_stays_off(desk: Cli):
    ok(desk("log", "A1", "na", "+vip", "+late", "--to", "12025550101", "--at", "2026-11-23T08:30"))
    ok(desk("tag", "A1", "-vip"))
    assert did(desk, HEAD + "A1,2026-11-23 08:31,na,12025550101,45,r\n")["merged"] == 1
    assert data(desk, "show", "A1")["tags"] == ["late"]
