"""Files that broke a reader once."""

from pathlib import Path

import pytest

from collectctl.intake import trial
from tests.fuzz.mutations import example
from tests.fuzz.target import read

CASES = sorted(Path(__file__).with_name("cases").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_what_broke_a_reader_once_is_read_or_refused(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "_SECONDS", 1)
    assert read(path.read_bytes())


def test_an_example_can_be_made_again_and_read():
    import random

    first, again = (example(random.Random(f"1-{number}")) for number in (5, 5))
    assert first == again
    assert read(first)
