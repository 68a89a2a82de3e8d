"""The workbook: real numbers, dates and amounts, and text that is never a formula."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from python_calamine import CalamineWorkbook

from collectctl.domain.results.page import Page, Table
from collectctl.domain.results.report import ReportResult
from collectctl.domain.sheets import Money
from collectctl.outlet.report_workbook import as_xlsx
from collectctl.render.report_page import page
from tests.report.busy import CLIENTS
from tests.report.shop import at


def sheets(made: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(made: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


@pytest.fixture(scope="module")
def made(busy_page: Page) -> bytes:
    return as_xlsx(busy_page)


def test_a_summary_and_a_sheet_for_each_breakdown(made: bytes):
    assert list(sheets(made)) == [
        "Summary", "Breaches", "Overrides", "Average", "Outcomes", "Hours", "Buckets", "Clients", "Batches",
    ]  # fmt: skip


def test_the_sheets_have_names_that_a_workbook_takes_in_both_languages(busy_result: ReportResult):
    from collectctl.cli import language
    from collectctl.domain import words

    with words.speaking(language.catalogue("zh_CN", "report")):
        chinese = page(busy_result, at("23T23:00"), "zh-CN", gaps=True)
    assert list(sheets(as_xlsx(chinese))) == [
        "汇总", "违规", "例外放行", "日均", "催收结果", "时段", "账龄", "委托方", "批次", "缺项",
    ]  # fmt: skip


def test_numbers_are_numbers_and_days_are_days(made: bytes, busy_result: ReportResult):
    found = sheets(made)
    summary = found["Summary"]
    assert ["first day", date(2026, 11, 23)] == summary[1][:2]
    assert ["as of", at("23T23:00").replace(tzinfo=None)] == summary[3][:2]
    assert ["Work and contacts", "attempts", float(busy_result.counts.attempts)] in [r[:3] for r in summary]
    talk = next(row for row in summary if row[1] == "talk time")
    assert talk[2] == timedelta(seconds=busy_result.talk_seconds)
    confirmed = [row[2:4] for row in summary if row[1] == "confirmed"]
    assert confirmed == [[12345.6, "CNY"], [98000.0, "JPY"], [45.5, "KWD"]]
    assert found["Hours"][1][0] == time(8)
    assert found["Breaches"][1][0] == busy_result.breaches[0].at.replace(tzinfo=None)
    assert [row[1] for row in found["Outcomes"][1:]] == [g.counts.attempts for g in busy_result.by_outcome]


def test_amounts_have_the_decimals_of_their_currency(busy_page: Page):
    values = (Money(123_456, "CNY"), Money(98_000, "JPY"), Money(-45_500, "KWD"), Money(10**18 + 1, "CNY"))
    table = Table("Summary", ("amount",), [(value,) for value in values])
    made = as_xlsx(replace(busy_page, summary=table, sections=(), days=(), facts=(), notes=()))
    assert [row[0] for row in sheets(made)["Summary"][3:]] == [
        1234.56, 98000.0, -45.5, "10000000000000000.01",  # more digits than a number keeps: text
    ]  # fmt: skip
    styles, sheet = parts(made)["xl/styles.xml"], parts(made)["xl/worksheets/sheet1.xml"]
    built_in = {"3": "#,##0", "4": "#,##0.00"}
    own = dict(re.findall(r'numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    looks = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    used = [int(style) for style in re.findall(r'<c r="A[456]" s="(\d+)"', sheet)]
    assert [(built_in | own)[looks[style]] for style in used] == ["#,##0.00", "#,##0", "#,##0.000"]


def test_text_is_never_a_formula_or_a_link(made: bytes):
    names = [row[0] for row in sheets(made)["Clients"][1:]]
    assert {client for client, _currency in CLIENTS[:-1]} <= set(names)
    for name, part in parts(made).items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in part
            assert "hyperlink" not in part
    reason = "asked for it <b>bold</b>"
    assert [row[5] for row in sheets(made)["Overrides"][1:]] == [reason]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        *((name, name) for name in ("=1+1", "@SUM(A1)", "http://example.com", "0012", "1e5")),
        ("a" * 40_000, "a" * 32_767),
        ("\U0001f600" * 20_000, "\U0001f600" * 16_383),  # two units of UTF-16 each
        ("\x07x", "x"),
    ],
    ids=lambda text: text[:10],
)
def test_odd_text_stays_as_it_is_as_far_as_a_cell_holds_it(busy_result: ReportResult, name: str, kept: str):
    group = replace(busy_result.by_client[0], key=name)
    made = as_xlsx(page(replace(busy_result, by_client=(group,)), at("23T23:00"), "en"))
    assert sheets(made)["Clients"][1][0] == kept


def test_headers_stay_in_sight_and_columns_are_wide_enough(made: bytes):
    for name, part in parts(made).items():
        if name.startswith("xl/worksheets/"):
            assert 'state="frozen"' in part, name
            widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', part)]
            assert all(9 < width < 63 for width in widths)
    summary = parts(made)["xl/worksheets/sheet1.xml"]
    assert 'ySplit="8"' in summary


def test_the_same_report_makes_the_same_file(busy_page: Page):
    assert as_xlsx(busy_page) == as_xlsx(busy_page)
