"""The sheet that goes back to the client."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from collectctl.domain.exports.returntext import Told, outcome_name, sentence
from collectctl.domain.facts import Activity
from collectctl.domain.outcomes import TABLE
from tests.conftest import Cli

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


def entry(outcome: str, who: str, number: str = "13800138000", channel: str = "call", inbound: bool = False):
    return Activity(
        1, 1, 1, 1, AT, channel, inbound, outcome, who, number, "", "", None, None, None, "", "us", None
    )


NOBODY = Told("", "", (), None)
PROMISED = Told("", "debtor", [(200000, "CNY", date(2026, 11, 27))], date(2026, 11, 27))
PARTS = Told("", "", [(100000, "CNY", date(2026, 11, 27)), (5000, "JPY", date(2026, 11, 30))], None)
CALL_BACK = Told("", "", (), datetime(2026, 11, 23, 15, 30, tzinfo=UTC))
SISTER = Told("李试", "姐姐", (), None)
WIFE = Told("", "spouse", (), None)
CASES = [
    (entry("no-answer", "none"), NOBODY, "致电尾号8000：无人接听。",
     "Call to the number ending 8000: no answer."),
    (entry("promise", "self"), PROMISED,
     "致电尾号8000，本人接听：承诺还款，承诺2026-11-27还2,000.00 CNY。下次跟进：2026-11-27。",
     ("Call to the number ending 8000, the debtor answered: promise; promised 2,000.00 CNY on 2026-11-27."
      " Next step: 2026-11-27.")),
    (entry("promise", "self"), PARTS,
     "致电尾号8000，本人接听：承诺还款，承诺2026-11-27还1,000.00 CNY、2026-11-30还5,000 JPY。",
     ("Call to the number ending 8000, the debtor answered: promise; promised 1,000.00 CNY on 2026-11-27,"
      " 5,000 JPY on 2026-11-30.")),
    (entry("callback", "self"), CALL_BACK,
     "致电尾号8000，本人接听：要求回拨。下次跟进：2026-11-23 15:30。",
     "Call to the number ending 8000, the debtor answered: callback. Next step: 2026-11-23 15:30."),
    (entry("third-party", "third"), SISTER, "致电尾号8000，李试（姐姐）接听：他人接听。",
     "Call to the number ending 8000, 李试 (姐姐) answered: third party."),
    (entry("third-party", "third"), WIFE, "致电尾号8000，spouse接听：他人接听。",
     "Call to the number ending 8000, spouse answered: third party."),
    (entry("negotiating", "self", inbound=True), NOBODY, "来电尾号8000，本人：协商跟进。",
     "Call from the number ending 8000, the debtor: negotiating."),
    (entry("sent", "none", channel="sms"), NOBODY, "短信尾号8000：发送。",
     "Text message to the number ending 8000: sent."),
    (entry("met", "self", "", "visit"), NOBODY, "外访，本人接待：见到本人。",
     "Visit, the debtor was there: met."),
    (entry("replied", "self", "", "letter", True), NOBODY, "收到信函，本人：回复。",
     "Letter from them, the debtor: replied."),
    (entry("legal-step", "none", "", ""), NOBODY, "内部处理：法律程序。", "Desk work: legal step."),
    (entry("hung-up", "unknown", "110"), NOBODY, "致电，身份不明者接听：接通即挂。",
     "Call, somebody answered: hung up."),
]  # fmt: skip


@pytest.mark.parametrize(("activity", "told", "chinese", "english"), CASES, ids=[c[3] for c in CASES])
def test_a_sentence_is_made_of_the_facts(activity: Activity, told: Told, chinese: str, english: str):
    assert sentence(activity, told, "zh") == chinese
    assert sentence(activity, told, "en") == english


@pytest.mark.parametrize("outcome", TABLE, ids=[o.code for o in TABLE])
def test_every_outcome_has_a_name_in_both(outcome):
    assert not outcome_name(outcome.code, "zh").isascii()
    assert outcome_name(outcome.code, "en").isascii()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    (home / "cn.csv").write_text(
        "个案序列号,姓名,证件号,手机,委案金额,币种,联系人1姓名,联系人1关系,联系人1电话\n"
        "A1,王小明,990101199001010018,13800138000,5000.00,CNY,李试,姐姐,13800138009\n", "utf-8"
    )  # fmt: skip
    (home / "us.csv").write_text("account,name,phone,balance,currency\nB1,Ann Lee,+1 202 555 0101,80,USD\n")
    cli.begin("import", str(home / "cn.csv"), "--client", "某银行", "--policy", "cn")
    cli.begin("import", str(home / "us.csv"), "--client", "Acme", "--policy", "us-regf")
    cli.begin("log", "A1", "na", now="2026-11-22T09:00+08:00")
    cli.begin(
        "log", "A1", "ptp", "1000@fri", "--talk", "1:30", "--reason", "illness", now="2026-11-23T09:00+08:00"
    )
    cli.begin("log", "A1", "tp", "--who", "李试", "=1+1", "--to", "13800138009")
    cli.begin("note", "A1", "for me alone")
    cli.begin("log", "B1", "neg", "wants to pay less")
    return cli


def test_a_chinese_client_gets_its_form(desk: Cli):
    sheet = desk("export", "returns", "-", "client:某银行", "--reveal")
    found = rows(sheet.out)
    assert [row["催收结果"] for row in found] == ["无人接听", "承诺还款", "他人接听"]  # the note stays here
    promise = found[1]
    assert promise["催收时间"] == "2026-11-23 09:00:00"
    assert (promise["承诺日期"], promise["承诺金额"], promise["承诺状态"]) == (
        "2026-11-27",
        "1000.00",
        "未到期",
    )
    assert (promise["欠款原因"], promise["通话时长"], promise["关系"]) == ("疾病", "90", "本人")
    assert promise["催收内容"].startswith("致电尾号8000，本人接听：承诺还款")
    assert promise["上次跟进日期"] == "2026-11-22"
    assert promise["委案金额"] == "5000.00"
    assert (found[2]["对象姓名"], found[2]["关系"], found[2]["催收内容"]) == ("李试", "姐姐", "'=1+1")
    assert "collectctl config set collector" in sheet.err


def test_an_english_client_gets_the_english_form(desk: Cli):
    desk("config", "set", "collector", "Pat Doe")
    sheet = desk("export", "returns", "-", "client:Acme")
    (row,) = rows(sheet.out)
    assert (row["account"], row["outcome"], row["right party (y/n)"]) == ("B1", "negotiating", "yes")
    assert (row["balance"], row["remarks"]) == ("80.00", "wants to pay less")
    assert "collector" not in sheet.err
    (chinese,) = rows(desk("export", "returns", "-", "client:Acme", "--lang", "zh").out)
    assert chinese["催收人员"] == "Pat Doe"


def test_the_columns_of_a_client_are_remembered_and_undone(desk: Cli):
    chosen = desk(
        "export", "returns", "-", "client:Acme", "--columns", "催收时间, outcome,account,talk_seconds"
    )
    assert chosen.out.splitlines()[0] == "催收时间,outcome,account,talk seconds"
    again = desk("export", "returns", "-", "client:Acme")
    assert again.out.splitlines()[0] == "催收时间,outcome,account,talk seconds"
    assert desk("config", "get", "returns", "--client", "Acme").out.strip().endswith("talk_seconds")
    assert desk("export", "returns", "-", "client:某银行").out.startswith("姓名")
    assert "returns (Acme)" in desk("undo").out
    assert desk("export", "returns", "-", "client:Acme").out.startswith("account,client reference")
    several = desk("export", "returns", "-", "--columns", "account")
    assert "client:X" in several.err


def test_days_narrow_it(desk: Cli):
    assert len(rows(desk("export", "returns", "-", "--from", "2026-11-22", "--to", "2026-11-22").out)) == 1
    assert len(rows(desk("export", "activities", "-", "--from", "2026-11-22", "--to", "2026-11-22").out)) == 1


def test_json_lines_keep_keys_and_offsets(desk: Cli):
    import json

    sheet = desk(
        "export", "returns", "-", "client:某银行", "--format", "jsonl", "--columns", "姓名,催收时间,balance"
    )
    line = json.loads(sheet.out.splitlines()[1])
    assert line == {
        "name": "王小明", "at": "2026-11-23T09:00:00+08:00", "balance": "5000.00", "currency": "CNY",
    }  # fmt: skip


def test_a_workbook_has_real_times_and_no_formula(desk: Cli, home: Path):
    from python_calamine import CalamineWorkbook

    desk("export", "returns", str(home / "r.xlsx"), "client:某银行")
    head, *cells = CalamineWorkbook.from_path(home / "r.xlsx").get_sheet_by_index(0).to_python()
    third = dict(zip(head, cells[2], strict=True))
    assert third["催收时间"] == datetime(2026, 11, 23, 9)  # noqa: DTZ001 (a sheet knows no zone)
    assert third["催收内容"] == "=1+1"
    assert third["证件号"] == "9****************8"


def test_columns_without_a_name_are_those_of_the_language(cli: Cli, home: Path):
    plain = cli("export", "returns").out
    assert cli("export", "returns", "-", "--columns", " ,，").out == plain
