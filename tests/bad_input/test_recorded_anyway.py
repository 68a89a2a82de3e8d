"""What is odd is recorded, exit 0, and said."""

import pytest

from tests.bad_input.conftest import IMPORT, Runner

BEYOND = "note: the promise is for a day after the placement's end, 2026-12-31\n"
TWICE = "note: the same outcome on the same number was logged less than a minute before\n"
ABOVE = "note: the promise of 5,000.00 is above the balance of 1,200.00\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [("5000@fri", ABOVE), ("500@2027-01-01", BEYOND), ("5000@2027-01-01", ABOVE + BEYOND)],
)
def test_an_odd_promise(line: str, said: str, run: Runner):
    seen = run("log", "A-1", "ptp", line)
    assert (seen.code, seen.err) == (0, said)
    assert len(run("show", "A-1", "--json").data["promises"]) == 1


def test_an_odd_promise_in_json(run: Runner):
    document = run("log", "A-1", "ptp", "5000@fri", "--json").document
    assert [f"note: {text}\n" for text in document["warnings"]] == [ABOVE]
    assert document["data"]["promise"]


@pytest.mark.parametrize(("now", "said"), [("09:00:59", TWICE), ("09:01:00", "")])
def test_the_same_call_twice(now: str, said: str, run: Runner, monkeypatch: pytest.MonkeyPatch):
    assert run("log", "A-1", "na").err == ""
    monkeypatch.setenv("COLLECTCTL_NOW", f"2026-11-23T{now}+08:00")
    again = run("log", "A-1", "na")
    assert (again.code, again.err) == (0, said)
    assert len(run("show", "A-1", "--json").data["timeline"]) == 2


def test_a_tab_separated_xls_is_read(run: Runner):
    assert run("import", "tabs.xls", "--client", "Acme", "--currency", "CNY").code == 0
    assert run("show", "C-1", "--json").data["name"] == "Di Poe"


def test_the_same_file_again_changes_nothing(run: Runner):
    seen = run(*IMPORT, "--json")
    assert (seen.code, seen.data["new"], seen.data["unchanged"]) == (0, 0, 3)


def test_a_clock_set_back_is_not_refused(run: Runner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLLECTCTL_NOW", "2026-11-20T09:00+08:00")
    assert run("log", "A-1", "na").code == 0
