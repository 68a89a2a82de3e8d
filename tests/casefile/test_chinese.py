"""The Chinese of the court file: whole, compiled, and with the same values in it."""

import io
import os
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import collectctl
from collectctl.domain import words
from collectctl.domain.casefile.document import document
from collectctl.domain.casefile.records import Case
from collectctl.domain.outcomes import TABLE
from collectctl.outlet.casefiles import files_of
from collectctl.render.text import safe
from collectctl.store.book import opened
from collectctl.usecases import cases
from tests.casefile.conftest import at
from tests.conftest import Cli
from tests.report.shop import at as moment
from tests.test_money_day import ok

PACKAGE = Path(collectctl.__file__).parent
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
OWN = [
    *(path for path in (PACKAGE / "domain" / "casefile").glob("*.py") if path.name != "manifest.py"),
    PACKAGE / "outlet" / "casefiles.py",
]
ASKED = [PACKAGE / "domain" / f"{name}.py" for name in ("limitation", "rates", "ledger", "quoting")]


def translated() -> dict[str, str]:
    with (FOLDER / "case.po").open("rb") as file:
        catalogue = read_po(file)
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def written(paths: list[Path]) -> set[str]:
    return {str(found[1]) for path in paths for found in extract_from_file("python", path)}


def test_every_sentence_of_it_has_its_chinese_and_no_other_is_kept():
    found, outcomes = translated(), {outcome.meaning for outcome in TABLE}
    assert written(OWN) | outcomes <= set(found)
    assert set(found) <= written([*OWN, *ASKED]) | outcomes
    assert [s for s, chinese in found.items() if not re.search("[\u4e00-\u9fff，]", chinese)] == []


def test_the_chinese_names_the_same_values():
    def values(text: str) -> list[str]:
        return sorted(re.findall(r"{.*?}", text))

    assert [(s, c) for s, c in translated().items() if values(s) != values(c)] == []


def test_the_compiled_catalogue_is_the_written_one():
    """COLLECTCTL_UPDATE=1 compiles it."""
    made = io.BytesIO()
    with (FOLDER / "case.po").open("rb") as file:
        write_mo(made, read_po(file))
    if os.environ.get("COLLECTCTL_UPDATE"):
        (FOLDER / "case.mo").write_bytes(made.getvalue())
    made.seek(0)
    with (FOLDER / "case.mo").open("rb") as file:
        kept = {m.id: m.string for m in read_mo(file) if m.id}
    assert kept == {m.id: m.string for m in read_mo(made) if m.id}


def case_of(home: Path, account: str, day: str) -> Case:
    with opened(home / "book.db") as book:
        number = book.connection.execute("select id from account where number = ?", (account,)).fetchone()[0]
        wanted = cases.Wanted(moment(f"{day}T09:00").date(), third_parties=True)
        return cases.gather(book, number, wanted, moment("23T09:00"))


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("terms A1 --rate 12%/year --basis actual --last-day not --payment-day new --compound month",),
        ("settle A1 9000 --until 2026-12-15", "plan cancel A1"),
        ("person move U1 --region US-NY",),
    ],
    ids=["days", "other terms", "settled", "moved"],
)
@pytest.mark.parametrize("account", ["A1", "U1"])
def test_no_sentence_that_is_asked_for_is_missing(
    desk: Cli, home: Path, account: str, lines: tuple[str, ...]
):
    for line in lines:
        ok(desk(*line.split(), now=at("11-23T08:00")))
    case = case_of(home, account, "23")
    asked: list[str] = []
    with words.speaking(lambda sentence: asked.append(sentence) or sentence):
        from collectctl.domain.quoting import quote

        spoken = case._replace(quote=quote(case.account, case.as_of, case.quote.order))
        files_of(document(spoken, "zh-CN"), safe)
    unsaid = set(asked) - set(translated())
    assert {s for s in unsaid if "collectctl terms" not in s} == set()
