"""A row of a log, typed: every column by itself."""

import pytest

from collectctl.domain.stated import StatedPart
from collectctl.intake.activities import Activities, read_activities
from collectctl.intake.defaults import Defaults
from collectctl.intake.recognise import recognise
from tests.intake.reading import table


def activities(text, mapping=None) -> Activities:
    read = table(text)
    found = recognise(read, mapping=mapping, kind="activities")
    return read_activities(read, found, Defaults(), lambda _number, _client: "CNY")


def one(header, row, mapping=None):
    read = activities(f"{header}\n{row}\n", mapping)
    assert read.errors == []
    return read.activities[0]


def test_the_sheet_that_goes_back_to_a_client_is_read():
    header = "个案序列号,委托方,对象姓名,关系,电话/地址,催收时间,通话时长,催收内容,催收人员,催收结果"
    header += ",承诺日期,承诺金额,欠款原因,下次跟进日期"
    row = (
        "A1,示例银行,李花,母亲,13800130012,2026-11-20 10:05:00,65,周五还,王催,承诺代还,2026-11-27,1.2万,生病"
    )
    found = one(header, row + ",2026-11-28")
    assert found[:5] == (2, "A1", "示例银行", "2026-11-20T10:05:00", "")
    assert (found.party, found.relation, found.to, found.text) == ("李花", "母亲", "13800130012", "周五还")
    assert (found.talk_seconds, found.agent, found.outcome, found.reason) == (65, "王催", "承诺代还", "生病")
    assert (found.parts, found.currency) == ((StatedPart("2026-11-27", 1_200_000),), "CNY")
    assert found.next_at == "2026-11-28"


@pytest.mark.parametrize(
    ("header", "cells", "at"),
    [
        ("at", "2026-11-20", "2026-11-20"),
        ("call date,call time", "2026-11-20,9:05", "2026-11-20T09:05:00"),
        ("date,time", "20/11/2026,2:05 PM", "2026-11-20T14:05:00"),
        ("time,date", "14:05:09,2026-11-20", "2026-11-20T14:05:09"),
        ("联络日期,联络时间", "2026-11-20,2026-11-20 14:05", "2026-11-20T14:05:00"),
        ("timestamp", "2026-11-20T06:05:09Z", "2026-11-20T06:05:09+00:00"),
        ("FECHALLAMADA,HORALLAMADA", "2026-11-20,", "2026-11-20"),
    ],
)
def test_the_moment_of_a_row(header, cells, at):
    assert one(f"account,outcome,{header}", f"A1,na,{cells}").at == at


def test_a_column_that_the_user_names_is_the_only_moment():
    found = one("account,outcome,date,entered", "A1,na,2026-11-19,2026-11-20", {"entered": "at"})
    assert found.at == "2026-11-20"


@pytest.mark.parametrize(
    ("header", "cell", "seconds"),
    [
        ("通话时长", "90", 90),
        ("通话时长（分钟）", "1.5", 90),
        ("duration_min", "2", 120),
        ("length", "0:02:05", 125),
    ],
)
def test_the_length_of_a_call(header, cell, seconds):
    assert one(f"account,at,outcome,{header}", f"A1,2026-11-20,na,{cell}").talk_seconds == seconds


def test_texts_of_several_columns_are_lines_and_kept_as_they_are():
    found = one("account,at,outcome,催收内容,备注,notes", "A1,2026-11-20,na,-,b,b")
    assert found.text == "-\nb"


def test_what_a_log_does_not_say_is_empty():
    found = one("debtor_id,attempt_date,disposition", "007,2026-11-20,NA")
    assert found == (
        2, "007", None, "2026-11-20", "", False, "NA", "", "", "", "", "", None, "", "", "", (), "", "", "",
        "", False, "us",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cells", "column", "message"),
    [
        ("at", "2026-11-20 25:10", "at", "no such time of day"),
        ("call date,contact date", "2026-11-20,2026-11-21", "call date", "two days in one row"),
        ("at,duration", "2026-11-20,long", "duration", "no length of a call"),
        ("at,number", "2026-11-20,1.38E+10", "number", "spreadsheet"),
        ("at,channel", "2026-11-20,pigeon", "channel", "call, sms, email"),
        ("at,purpose", "2026-11-20,fun", "purpose", "notice"),
        ("at,next date", "2026-11-20,soon", "next date", "not a date"),
        ("at,promise amount,promise date", "2026-11-20,x,2026-11-27", "promise amount", "not an amount"),
        ("at,promise amount,promise date", "2026-11-20,5; 6,2026-11-27", "promise date", "as many days"),
    ],
)
def test_a_cell_that_cannot_be_read_is_an_error_of_its_row(header, cells, column, message):
    read = activities(
        f"account,outcome,{header}\nA1,na,{cells}\nA2,na,{'2026-11-20' + ',' * cells.count(',')}\n"
    )
    assert [(e.row, e.column) for e in read.errors] == [(2, column)]
    assert message in read.errors[0].message
    assert [a.number for a in read.activities] == ["A2"]
