"""What a spreadsheet would compute is made harmless, and comes back as it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectctl.domain.defusing import defused, restored

LIVE = [
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", '"=1"',
    "'=1", "''=1", "＝1", "＋1", "－1", "＠1", "　＝1", "\tabc", "\rabc", "“=1”", "\x00=1",
]  # fmt: skip
TAME = ["", "a", "a=1", "1+1", "'a", "''", "王小明", "O'Neil", "12-5", "a\t=1", '"quoted"', "' a"]
signs = st.text(st.sampled_from("'=+-@\t\r\n \"＝a1　\u200b"), max_size=8)


@pytest.mark.parametrize("text", LIVE)
def test_a_formula_gets_a_quote(text: str):
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", TAME)
def test_other_text_stays_as_it_is(text: str):
    assert defused(text) == restored(text) == text


@given(signs | st.text())
def test_every_text_comes_back(text: str):
    assert restored(defused(text)) == text


@given(signs | st.text())
def test_what_is_defused_begins_with_no_sign(text: str):
    assert not defused(text).startswith(("\t", "\r", "\n"))
    assert not defused(text).lstrip(' \t\r\n\u200b　"').startswith(("=", "+", "-", "@", "＝"))


def test_the_known_payloads_come_back(data: Path):
    payloads = (data / "strings" / "csv-injection-payload.txt").read_text("utf-8").splitlines()
    assert any(defused(text) != text for text in payloads)
    for text in payloads:
        assert not defused(text).startswith(("=", "+", "-", "@"))
        assert restored(defused(text)) == text
