"""What a failure says, `--debug` included: nothing of a debtor that was not in the line that was typed."""

from pathlib import Path

import pytest

from collectctl.cli import failures
from tests.conftest import Ran
from tests.privacy.commands import REFUSED, covered, lines
from tests.privacy.conftest import Typed, fresh
from tests.privacy.markers import CARD, FILES, NAME, PRIVATE, SECRETS, found

PAGE = 4096  # bytes of a page of the book
FAILING_FILES = {
    "headless.csv": FILES["a.csv"].partition("\n")[2],
    "open.csv": FILES["a.csv"].replace(f'"{NAME}"', f'"{NAME}', 1),
    "one.csv": FILES["a.csv"].replace('"', "").replace(",", " "),
}


def betrayed(line: tuple[str, ...], ran: Ran) -> list[str]:
    typed = found(" ".join(line), (*PRIVATE, *SECRETS))
    return [marker for marker in found(ran.out + ran.err, (*PRIVATE, *SECRETS)) if marker not in typed]


def test_a_refusal_tells_nothing_of_a_debtor(typed: Typed, desk: Path):
    for name, text in FAILING_FILES.items():
        (desk / name).write_text(text, "utf-8")
    seen = {line: typed(*line, "--debug", form="json") for line in lines(REFUSED)}
    assert {line: ran for line, ran in seen.items() if not ran.code or betrayed(line, ran)} == {}


def test_a_damaged_book_is_told_of_without_what_is_in_it(typed: Typed, desk: Path, template: Path):
    failed = {}
    for line, *_more in covered().values():
        fresh(desk, template)
        damage(desk / "book.db")
        ran = typed(*line, "--debug")
        if ran.code:
            failed[line] = ran
    assert len(failed) > 30
    assert {line: ran for line, ran in failed.items() if betrayed(line, ran)} == {}


def damage(book: Path) -> None:
    """Spoil the beginning of every page on which a name stands."""
    data = bytearray(book.read_bytes())
    for at in range(PAGE, len(data), PAGE):
        if NAME.encode() in data[at : at + PAGE]:
            data[at + 3 : at + 60] = b"\xff" * 57
    book.write_bytes(data)


def test_a_mistake_of_ours_is_traced_without_what_it_says(capfd: pytest.CaptureFixture[str]):
    def convert() -> None:
        try:
            {}[NAME]
        except KeyError as error:
            raise ValueError(f"could not convert {CARD}") from error

    with pytest.raises(ValueError, match="convert") as raised:
        convert()
    raised.value.args = (NAME,)
    assert failures.report(raised.value, ["show", "--debug"]) == 70
    said = capfd.readouterr().err
    assert all(word in said for word in ("KeyError", "ValueError", "in convert"))
    assert not found(said, (*PRIVATE, *SECRETS))
