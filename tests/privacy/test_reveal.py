"""`--reveal` shows identity and card numbers whole, and the journal says so: else nothing is shown."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.privacy.commands import KINDS, commands
from tests.privacy.conftest import Typed
from tests.privacy.markers import CARD, GUARANTOR, IDENTITY, NOTED_CARD, SECRETS, SPOUSE, found
from tests.privacy.test_commands import content


def last_entry(desk: Path) -> tuple[str, str]:
    """What the newest entry of the journal is and says."""
    with closing(sqlite3.connect(desk / "book.db")) as connection:
        found = connection.execute("select kind, text from operation order by id desc limit 1")
        return found.fetchone()


def test_what_can_reveal_is_tested_here():
    assert [
        name
        for name, command in commands().items()
        if any("--reveal" in parameter.opts for parameter in command.params)
    ] == ["message write", "case build", "show", "export", "handback"]


@pytest.mark.parametrize("form", ["plain", "table", "json"])
def test_show_reveals_and_records_it(form: str, typed: Typed, desk: Path):
    shown = typed("show", "M-1", "--reveal", form=form)
    assert shown.code == 0
    assert {IDENTITY, CARD, SPOUSE, NOTED_CARD} <= set(found(shown.out, SECRETS))
    assert last_entry(desk) == ("entry", "revealed M-1")


@pytest.mark.parametrize("kind", sorted({*KINDS} - {"promises"}))  # these hold none
def test_an_export_reveals_and_records_it(kind: str, typed: Typed, desk: Path):
    assert typed("export", kind, "out/x.csv", "--reveal").code == 0
    assert found(content(desk / "out" / "x.csv"), SECRETS)
    written, text = last_entry(desk)
    assert (written, text.partition(":")[0]) == ("entry", f"exported {kind}, revealed")


def test_a_court_file_reveals_and_records_it(typed: Typed, desk: Path):
    assert typed("case", "build", "M-1", "--out", "out/x.zip", "--reveal").code == 0
    assert {IDENTITY, CARD, NOTED_CARD} <= set(found(content(desk / "out" / "x.zip"), SECRETS))
    assert last_entry(desk) == ("entry", "revealed M-1 in a court file")


def test_a_hand_back_reveals_in_its_sheet_and_records_it(typed: Typed, desk: Path):
    assert typed("handback", "--client", "Acme", "--out", "out/back", "--reveal").code == 0
    assert found(content(desk / "out" / "back" / "returns.xlsx"), SECRETS)
    assert last_entry(desk)[1].startswith("exported returns, revealed")


def test_an_export_to_standard_output_records_it_too(typed: Typed, desk: Path):
    assert GUARANTOR in typed("export", "accounts", "-", "--reveal").out
    assert last_entry(desk)[1].startswith("exported accounts, revealed")


@pytest.mark.parametrize(
    "line",
    [
        ("show", "M-1"),
        ("export", "accounts", "-"),
        ("export", "accounts", "out/x.csv"),
        ("message", "M-1", "reminder", "--channel", "chat"),
        ("message", "M-1", "reminder", "--channel", "chat", "--out", "out/x.txt"),
        ("case", "build", "M-1", "--out", "out/x.zip"),
        ("case", "build", "M-1", "--out", "out/x"),
        ("handback", "--client", "Acme", "--out", "out/back"),
    ],
)
def test_what_cant_be_recorded_is_not_revealed(
    line: tuple[str, ...], typed: Typed, desk: Path, monkeypatch: pytest.MonkeyPatch
):
    """Another program holds the book: it can be read, and nothing can be written to it."""
    monkeypatch.setattr("collectctl.store.book.BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(desk / "book.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        refused = typed(*line, "--reveal")
    assert refused.code == 5
    assert not found(refused.out + refused.err, SECRETS)
    assert not list((desk / "out").iterdir())
