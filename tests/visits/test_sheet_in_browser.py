"""The sheets in a real browser: each tour on paper of its own, nothing wider than it, nothing asked for."""

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
LONG = "浙江省杭州市西湖区" + "文三路" * 60


def test_it_fits_a_telephone_and_prints_a_tour_on_each_sheet(cli: Cli, home: Path):
    rows = [
        f"W1,{'长' * 90},13800130001,CNY,5000,{LONG}",
        "W2,李乙,13800130002,CNY,700,<script>alert(1)</script>上海市浦东新区",
        "W3,王丙,13800130003,CNY,1,上海市浦东新区世纪大道8号",
    ]
    text = "\n".join(["account,name,phone,currency,balance,address", *rows])
    (home / "bank.csv").write_text(text, "utf-8")
    cli.begin("import", str(home / "bank.csv"), "--client", "Invented", "--policy", "cn")
    for account in ("W1", "W2", "W3"):
        ok(cli("log", account, "na"))
    ok(cli("person", "warn", "W1", "长" * 200))
    ok(cli("visits", "--days", "0", "--out", str(home / "v.html"), "--lang", "zh"))
    with browser(home / "profile") as tab:
        for width in (360, 1200):
            tab.open(home / "v.html", width)
            assert tab.value(TOO_WIDE) == []
        assert tab.requests() == [(home / "v.html").as_uri(), "data:,"][: len(tab.requests())]
        assert tab.complaints() == []
        assert tab.value("document.scripts.length") == 0
        assert "<script>alert(1)</script>" in tab.value("document.body.innerText")
        printed = base64.b64decode(tab.call("Page.printToPDF", preferCSSPageSize=True)["data"])
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(width)), round(float(height))) for width, height in sizes} == {A4}
    tours = (home / "v.html").read_text("utf-8").count('<section class="tour"')
    assert tours == len(sizes) == 3
