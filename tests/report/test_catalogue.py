"""The Chinese of the page and the workbook: whole, compiled, and spoken nowhere else."""

import io
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import collectctl
from collectctl.cli import language
from collectctl.domain import words
from collectctl.domain.outcomes import TABLE
from collectctl.domain.results.page import Page
from collectctl.domain.results.report import ReportResult
from collectctl.domain.when import WEEKDAYS
from collectctl.render import report_page
from tests.conftest import Cli
from tests.report.shop import at

PACKAGE = Path(collectctl.__file__).parent
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
LAID_OUT = [PACKAGE / "render" / f"{name}.py" for name in ("report_page", "report_words", "handback_page")]
EVENING = "2026-11-23T23:00+08:00"


def translated() -> dict[str, str]:
    with (FOLDER / "report.po").open("rb") as file:
        catalogue = read_po(file)
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def spoken() -> set[str]:
    """Every sentence that page or workbook can have."""
    written = {found[1] for path in LAID_OUT for found in extract_from_file("python", path)}
    return written | {outcome.meaning for outcome in TABLE} | set(WEEKDAYS)


def test_every_sentence_of_the_page_has_its_chinese_and_no_other_is_kept():
    found = translated()
    assert spoken() == set(found)
    assert [
        sentence for sentence, chinese in found.items() if not re.search("[\u4e00-\u9fff]", chinese)
    ] == []


def test_the_chinese_names_the_same_values():
    def values(text: str) -> list[str]:
        return sorted(re.findall(r"{.*?}", text))

    assert [(s, c) for s, c in translated().items() if values(s) != values(c)] == []


def test_outcomes_are_called_as_a_collector_types_them():
    found = translated()
    wrong = [o.code for o in TABLE if not set(found[o.meaning].split("/")) <= set(o.names)]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    """COLLECTCTL_UPDATE=1 compiles it."""
    made = io.BytesIO()
    with (FOLDER / "report.po").open("rb") as file:
        write_mo(made, read_po(file))
    if os.environ.get("COLLECTCTL_UPDATE"):
        (FOLDER / "report.mo").write_bytes(made.getvalue())
    made.seek(0)
    with (FOLDER / "report.mo").open("rb") as file:
        kept = {m.id: m.string for m in read_mo(file) if m.id}
    assert kept == {m.id: m.string for m in read_mo(made) if m.id}


def texts(found: object) -> list[str]:
    """All texts of a page, however deep."""
    if isinstance(found, str):
        return [found]
    if isinstance(found, tuple | list):
        return [text for part in found for text in texts(part)]
    names = getattr(found, "__dataclass_fields__", ())
    return [text for name in names for text in texts(getattr(found, name))]


def test_a_page_in_chinese_asks_for_no_sentence_that_is_missing(busy_result: ReportResult):
    asked: list[str] = []
    with words.speaking(lambda sentence: asked.append(sentence) or sentence):
        report_page.page(busy_result, at("23T23:00"), "zh-CN", gaps=True)
    assert set(asked) - set(translated()) == set()
    with words.speaking(language.catalogue("zh_CN", "report")):
        chinese = report_page.page(busy_result, at("23T23:00"), "zh-CN", gaps=True)
    assert {"催收报告", "本人接通", "承诺还款", "跳票", "按账龄", "2026-11-23 周一", "无人接听"} <= set(
        texts(chinese)
    )


def test_english_is_spoken_again_afterwards(busy_page: Page):
    chinese = language.catalogue("zh_CN", "report")
    with suppress(KeyError), words.speaking(chinese):
        assert words._("contacts") == "接通"
        raise KeyError
    assert words._("contacts") == "contacts"
    assert "contacts" in texts(busy_page)


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "en_GB.UTF-8"}, ""),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, ""),
        ({"LANG": "en_US.UTF-8", "COLLECTCTL_LANG": "zh_CN"}, "zh_CN"),
        ({"COLLECTCTL_LANG": "zh"}, "zh_CN"),
        ({"COLLECTCTL_LANG": "zh-CN"}, "zh_CN"),
        ({"COLLECTCTL_LANG": "zh_Hans_CN.UTF-8@x"}, "zh_CN"),
        ({"COLLECTCTL_LANG": "../zh_CN"}, ""),
        ({"COLLECTCTL_LANG": "/tmp/zh_CN"}, ""),
        ({"COLLECTCTL_LANG": "fr_FR"}, "fr_FR"),
    ],
    ids=str,
)
def test_the_language_that_is_wanted(environment: dict[str, str], code: str):
    assert language.wanted(environment) == code


def test_a_language_without_a_whole_catalogue_leaves_the_rest_english():
    assert language.catalogue("zh_CN", "collectctl") is None
    language.choose({"COLLECTCTL_LANG": "zh_CN"})
    assert words._("contacts") == "contacts"


@pytest.mark.parametrize("lang", ["", "xx", "fr_FR", "zh_TW"])
def test_a_language_without_a_catalogue_is_english(lang: str):
    assert language.catalogue(lang, "report") is None


@pytest.mark.parametrize(
    ("wanted", "option", "lang", "title"),
    [
        ("", (), "en", "Collection report"),
        ("zh_CN.UTF-8", (), "zh-CN", "催收报告"),
        ("zh_CN.UTF-8", ("--lang", "en"), "en", "Collection report"),
        ("en", ("--lang", "zh"), "zh-CN", "催收报告"),
        ("fr_FR", (), "en", "Collection report"),
    ],
)
def test_the_page_speaks_the_readers_language_and_the_terminal_english(
    process: Cli, busy: Path, tmp_path: Path, wanted: str, option: tuple[str, ...], lang: str, title: str
):
    target = tmp_path / "r.html"
    ran = process(
        "report", "--html", str(target), "--db", str(busy), *option,
        COLLECTCTL_LANG=wanted, COLLECTCTL_NOW=EVENING,
    )  # fmt: skip
    assert ran.out == f"report of 2026-11-23 Mon written to {target}\n"
    text = target.read_text("utf-8")
    assert f'<html lang="{lang}">' in text
    assert f"<title>{title} · " in text
