"""The page as a file: what it says, that it loads nothing, and that no text in it is code."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from collectctl.domain.results.page import Page, Table, text
from collectctl.domain.results.report import ReportResult
from collectctl.domain.sheets import Money
from collectctl.outlet.page import as_html
from collectctl.render.report_page import page
from tests.report.busy import CLIENTS, LONG, ONE_WORD
from tests.report.shop import at

VOID = {"meta", "link"}
SHAPES = ("svg", "title", "desc", "rect", "line", "text")


class Reader(HTMLParser):
    """Tags in their order, with their attributes; text, what is drawn left out; every element is closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "svg"} & set(self.open):
            self.texts.append(data.strip())

    def attributes(self) -> Iterator[tuple[str, str, str]]:
        yield from ((tag, name, value or "") for tag, of in self.tags for name, value in of.items())


@pytest.fixture(scope="module")
def source(busy_page: Page) -> str:
    return as_html(busy_page).decode("utf-8")


@pytest.fixture(scope="module")
def read(source: str) -> Reader:
    return Reader(source)


def test_it_loads_nothing_and_runs_nothing(source: str, read: Reader):
    policies = [of for tag, of in read.tags if tag == "meta" and of.get("http-equiv")]
    assert policies == [
        {
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        }
    ]
    tags = {tag for tag, _of in read.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "a", "base", "image", "use"}
    leading = [found for found in read.attributes() if found[1] in ("src", "href", "action", "srcset")]
    assert leading == [("link", "href", "data:,")]
    assert not [found for found in read.attributes() if found[1].startswith("on")]
    assert not re.search(r"url\(|@import|@font-face|https?:", source)


def test_names_from_files_are_text(source: str, read: Reader):
    for client, _currency in CLIENTS[:-1]:
        assert client in read.texts
    assert "+1+1abc{{ 7*7 }}" in read.texts  # the mark that turns text around is gone
    assert "asked for it <b>bold</b>" in read.texts
    assert "b" not in {tag for tag, _of in read.tags}
    assert "<script" not in source
    assert "49" not in read.texts


def test_text_is_never_code_wherever_it_stands(busy_page: Page):
    bad = "\"'><script>alert(1)</script>{{ page }}{% if %}"
    table = Table(bad, (bad, bad), ((bad, 1),), (bad,), prose=True)
    section = replace(busy_page.sections[0], title=bad, tables=(table,), notes=(bad,))
    made = replace(busy_page, title=bad, period=bad, facts=((bad, bad),), sections=(section,), language=bad)
    read = Reader(as_html(made).decode("utf-8"))
    assert "script" not in {tag for tag, _of in read.tags}
    assert read.texts.count(bad) >= 7


def test_it_has_the_head_of_the_report(busy_result: ReportResult):
    narrowed = replace(
        busy_result, narrowed=("client:<i>Bank", "bucket:M2"), first=busy_result.first.replace(day=1)
    )
    texts = Reader(as_html(page(narrowed, at("23T23:00"), "en")).decode()).texts
    for said in (
        "2026-11-01 Sun to 2026-11-23 Mon",
        "2026-11-23 23:00",
        "UTC+08:00",
        "client:<i>Bank · bucket:M2",
    ):
        assert said in texts


def test_every_number_of_the_report_is_there_with_what_it_is_of(busy_result: ReportResult, read: Reader):
    counts = busy_result.counts
    said = " | ".join(read.texts)
    for expected in (
        f"attempts | {counts.attempts} | ",
        f"accounts worked | {busy_result.accounts_worked} | of {busy_result.open_accounts} open accounts",
        f"contacts | {counts.contacts} | of {counts.attempts} attempts",
        f"RPC | {counts.rpc} | of {counts.attempts} attempts, of {counts.contacts} contacts",
        f"promises | {counts.promises} | of {counts.rpc} RPC",
        "kept | 1 | of 3 fallen due",
        "partly kept | 1 | of 3 fallen due",
        "broken | 1 | of 3 fallen due",
        "confirmed | 12,345.60 CNY | 98,000 JPY | 45.500 KWD | 3 payments that the client confirmed",
        f"due and not worked | {busy_result.not_worked} | of the people due today",
        f"call-backs tomorrow | {busy_result.tomorrow.callbacks} | ",
        f"a day of the {busy_result.average.days} worked before",
    ):
        assert expected in said


def test_the_recovered_amount_never_stands_alone(busy_page: Page, busy_result: ReportResult):
    (money,) = (s for s in busy_page.sections if "confirmed" in [m.name for m in s.measures])
    names = [m.name for m in money.measures]
    assert names[:4] == ["confirmed", "complaints", "breaches", "overrides"]
    found = {m.name: m for m in money.measures}
    assert found["complaints"].values == (1,)
    assert found["breaches"].values == (len(busy_result.breaches),)
    assert len(busy_result.breaches) > 0
    assert all(m.of for m in money.measures)
    rows = [(row[0], row[1]) for row in busy_page.summary.rows]
    at = rows.index((money.title, "confirmed"))
    assert [name for _section, name in rows[at : at + 6]] == [*["confirmed"] * 3, *names[1:4]]


def test_every_measure_says_of_what(busy_page: Page):
    assert [m.name for s in busy_page.sections for m in s.measures if not m.of] == []


def test_charts_are_drawings_with_their_words(source: str, read: Reader):
    drawings = [of for tag, of in read.tags if tag == "svg"]
    assert len(drawings) > 20
    assert all(of["role"] == "img" for of in drawings)
    assert source.count("<svg") == source.count("</desc>") == len(re.findall(r"<svg[^>]*>\s*<title", source))
    ids = [value for _tag, name, value in read.attributes() if name == "id"]
    assert len(ids) == len(set(ids))
    named = [value for _tag, name, value in read.attributes() if name == "aria-labelledby"]
    assert set(" ".join(named).split()) <= set(ids)


def test_columns_stand_on_the_line_and_parts_fill_the_bar(read: Reader):
    boxes = [of for tag, of in read.tags if tag == "rect"]
    for of in boxes:
        left, width = (float((of.get(k) or "0%").rstrip("%")) for k in ("x", "width"))
        assert 0 <= left <= left + width <= 100.05
        assert width > 0 or of.get("class") in ("good", "part")


def test_a_day_without_work_is_a_page_too(busy_result: ReportResult):
    from collectctl.domain.results.report import Average, Counts

    none = replace(
        busy_result, counts=Counts(0, 0, 0, 0), by_outcome=(), by_hour=(), by_bucket=(), by_client=(),
        by_batch=(), breaches=(), overrides=(), average=Average(0, None, None, None, None, None),
        claimed=replace(busy_result.claimed, count=0, amount={}),
        confirmed=replace(busy_result.confirmed, count=0, amount={}),
    )  # fmt: skip
    read = Reader(as_html(page(none, at("23T23:00"), "en")).decode())
    assert "no worked day before to compare with" in read.texts
    assert "By client" not in read.texts


@pytest.mark.parametrize("name", [LONG, ONE_WORD])
def test_long_names_are_whole(read: Reader, name: str):
    assert name in read.texts


# --- colours ------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_the_contrast_of_aa_in_both_schemes(source: str):
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    ]
    full = [scheme for scheme in schemes if len(scheme) > 1]
    assert len(full) == 2
    for scheme in full:
        for ground in ("paper", "sheet"):
            for words in ("ink", "quiet"):
                assert contrast(scheme[words], scheme[ground]) >= 4.5, (words, ground)
        for drawn in ("first", "second", "third", "good", "part", "bad"):
            assert contrast(scheme[drawn], scheme["sheet"]) >= 3, drawn


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Money(123_456, "CNY"), "1,234.56 CNY"), (Money(98_000, "JPY"), "98,000 JPY"),
        (Money(45_500, "KWD"), "45.500 KWD"),
        (1_234, "1,234"), (1.5, "1.5"), (None, ""), ("<", "<"), (at("23T09:05"), "2026-11-23 09:05"),
        (at("23T09:05").time(), "09:05"), (at("23T09:05").date(), "2026-11-23"),
        (at("23T10:00") - at("23T08:58"), "62:00"),
    ],
)  # fmt: skip
def test_a_value_for_a_persons_eyes(cell: object, shown: str):
    assert text(cell) == shown
