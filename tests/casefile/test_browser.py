"""The court file in a real browser: it fits a telephone and a sheet of paper, and asks for nothing."""

import base64
import re
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.report.browser import PROGRAM, browser
from tests.report.test_browser import A4, TOO_WIDE
from tests.test_money_day import ok

pytestmark = pytest.mark.skipif(
    not Path(PROGRAM).exists(), reason="the distribution's chromium is not installed"
)


def test_it_fits_every_width_and_prints_on_a4(desk: Cli, home: Path, tmp_path: Path):
    ok(desk("log", "A1", "neg", "w" * 300 + " 字" * 300))
    ok(desk("case", "build", "A1", "--out", str(home / "case")))
    page = home / "case" / "case.html"
    with browser(tmp_path / "profile") as tab:
        for width in (360, 1200):
            tab.open(page, width)
            assert tab.value("document.documentElement.scrollWidth") <= width
            assert tab.value(TOO_WIDE) == []
        assert [url for url in tab.requests() if not url.startswith("data:")] == [page.as_uri()]
        assert tab.complaints() == []
        assert tab.value("document.scripts.length") == 0
        printed = base64.b64decode(tab.call("Page.printToPDF", preferCSSPageSize=True)["data"])
        sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
        assert len(sizes) >= 3
        assert {(round(float(width)), round(float(height))) for width, height in sizes} == {A4}
        tab.call("Emulation.setEmulatedMedia", media="print", features=[])
        assert tab.value("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
