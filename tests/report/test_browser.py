"""The page in a real browser: it fits a telephone and a sheet of paper, and asks for nothing."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectctl.cli import language
from collectctl.domain import words
from collectctl.domain.handback import Gone, Leaving, Summary
from collectctl.domain.periods import Period
from collectctl.domain.results.handback import Handback
from collectctl.domain.results.report import ReportResult
from collectctl.outlet.page import as_html
from collectctl.render import handback_page
from collectctl.render.report_page import page
from collectctl.store.book import opened
from tests.report.browser import PROGRAM, Browser, browser
from tests.report.busy import CLIENTS, fill
from tests.report.shop import at, of_days

pytestmark = pytest.mark.skipif(
    not Path(PROGRAM).exists(), reason="the distribution's chromium is not installed"
)
A4 = (595, 842)  # points
TOO_WIDE = """
[...document.querySelectorAll("body *")]
    .filter(e => { const r = e.getBoundingClientRect();
                   return r.width && (r.right > innerWidth + 0.5 || r.left < -0.5) && !e.closest("thead"); })
    .map(e => e.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, busy_result: ReportResult) -> dict[str, Path]:
    """The full day in both languages, a day of 60 clients, and a day without work."""
    folder = tmp_path_factory.mktemp("pages")
    with opened(folder / "many.db", create=True) as book:
        fill(book, clients=60)
        many, empty = of_days(book, 23, 23, now="23T23:00"), of_days(book, 2, 2, now="23T23:00")
    results = {"en": busy_result, "zh-CN": busy_result, "many": many, "empty": empty}
    made = {}
    for name, result in results.items():
        catalogue = language.catalogue("zh_CN", "report") if name == "zh-CN" else None
        with words.speaking(catalogue):
            laid_out = page(result, at("23T23:00"), "zh-CN" if catalogue else "en", gaps=True)
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(as_html(laid_out))
    with words.speaking(language.catalogue("zh_CN", "report")):
        summary = handback_page.page(handed_back(busy_result), at("23T23:00"), "zh-CN")
    made["summary"] = folder / "summary.html"
    made["summary"].write_bytes(as_html(summary))
    return made


def handed_back(result: ReportResult) -> Handback:
    """Accounts with long numbers, names and much undone."""
    day = result.last
    undone = ("answer the complaint", "placement ended 11-20: hand it back or extend it", "never called") * 3
    leaving = [
        Leaving(n, f"LN-2026-{n:012}", "欧阳示例某某", day, "CNY", 12_345_678_901, 900_000, 1, undone[:n])
        for n in range(1, 9)
    ]
    gone = [Gone(9, "LN-2026-9", "张示例", day, "returned", "CNY", 5)]
    summary = Summary(8, 9, {"returned": 1}, 3, 1, 1, 0, 2, {"complaint": 1, "breathing-space": 2}, 1)
    return Handback("示例银行", Period(result.first, day), tuple(leaving), tuple(gone), summary, result)


NAMES = ["en", "zh-CN", "many", "empty", "summary"]


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wider_than_the_window(tab: Browser, pages: dict[str, Path], name: str, width: int):
    tab.open(pages[name], width)
    assert tab.value("innerWidth") == width
    assert tab.value("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)") <= width
    assert tab.value(TOO_WIDE) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_nothing_and_complains_of_nothing(tab: Browser, pages: dict[str, Path], name: str):
    tab.open(pages[name])
    outside = [url for url in tab.requests() if not url.startswith("data:")]
    assert outside == [pages[name].as_uri()]
    assert tab.complaints() == []


def test_the_check_sees_what_a_page_asks_for(tab: Browser, pages: dict[str, Path], tmp_path: Path):
    """Without its policy a page with an image would have asked; with it the browser refuses."""
    text = pages["en"].read_text("utf-8")
    policy = re.compile('<meta http-equiv="Content-Security-Policy".*?>')
    for name, source in (("kept", text), ("none", policy.sub("", text))):
        (tmp_path / f"{name}.html").write_text(
            source.replace("<main>", '<main><img src="http://192.0.2.1/x.png" alt="">'), "utf-8"
        )
    tab.open(tmp_path / "kept.html")
    assert any("Content Security Policy" in complaint for complaint in tab.complaints())
    (tmp_path / "x.png").write_bytes(b"")
    (tmp_path / "none.html").write_text(
        (tmp_path / "none.html").read_text("utf-8").replace("http://192.0.2.1/x.png", "x.png"), "utf-8"
    )
    tab.open(tmp_path / "none.html")
    assert (tmp_path / "x.png").as_uri() in tab.requests()


def test_the_reader_sees_the_numbers_and_the_names(tab: Browser, pages: dict[str, Path]):
    tab.open(pages["zh-CN"], 360)
    assert tab.value("document.documentElement.lang") == "zh-CN"
    seen = tab.value("document.body.innerText")
    shown = ("催收报告", "2026-11-23 周一", "12,345.60 CNY", "98,000 JPY", "45.500 KWD", "跳票", "本人接通")
    for said in (*shown, *(client for client, _currency in CLIENTS[:-1])):
        assert said in seen
    assert tab.value("document.scripts.length") == 0
    assert tab.value("document.querySelectorAll('svg').length") > 20


def test_the_reader_chooses_light_or_dark(tab: Browser, pages: dict[str, Path]):
    grounds = []
    for dark in (False, True):
        tab.open(pages["en"], dark=dark)
        grounds.append(tab.value("getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, re.findall(r"\d+", ground)[:3])) for ground in grounds)
    assert light > 600 > 150 > dark


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_prints_on_a4_in_light_colours(tab: Browser, pages: dict[str, Path], dark: bool):
    tab.open(pages["many"], dark=dark)
    printed = base64.b64decode(tab.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert len(sizes) >= 4
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {A4}
    tab.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.value("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert tab.value("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
