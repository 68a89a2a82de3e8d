"""What is read by another process comes here as if it had been read by this one."""

import os
import signal
from collections.abc import Iterator

import pytest

from collectctl.intake.aside import ReadingStopped, aside
from collectctl.intake.errors import DatesAmbiguous

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be copied here")


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def children() -> bool:
    """Whether a copy is left."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def test_items_come_in_their_order_from_another_process():
    found = list(aside("a.csv", iter([(n, os.getpid) for n in range(5_000)])))
    assert [n for n, _ in found] == list(range(5_000))
    assert list(aside("a.csv", (os.getpid() for _ in range(2)))) != [os.getpid()] * 2
    assert not children()


def test_an_error_of_a_file_is_raised_here_as_it_was():
    def items() -> Iterator[int]:
        yield 1
        raise DatesAmbiguous("a.csv", "due")

    found = []
    with pytest.raises(DatesAmbiguous) as seen:
        found.extend(aside("a.csv", items()))
    expected = DatesAmbiguous("a.csv", "due")
    assert (str(seen.value), seen.value.message, seen.value.hint, seen.value.file) == (
        str(expected), expected.message, expected.hint, "a.csv",
    )  # fmt: skip
    assert seen.value.question() == expected.question()
    assert not children()


def test_a_mistake_of_ours_is_raised_with_where_it_was():
    def items() -> Iterator[int]:
        yield {}["missing"]

    with pytest.raises(KeyError) as seen:
        list(aside("a.csv", items()))
    assert "in items" in "".join(seen.value.__notes__)


def test_a_process_that_is_killed_is_said():
    def items() -> Iterator[int]:
        yield 1
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ReadingStopped, match=r"a\.csv"):
        list(aside("a.csv", items()))


def test_who_stops_listening_leaves_no_process_behind():
    endless = aside("a.csv", iter(int, 1))
    assert next(endless) == 0
    endless.close()
    assert not children()


def test_with_one_processor_it_is_read_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert list(aside("a.csv", (os.getpid() for _ in range(2)))) == [os.getpid()] * 2
