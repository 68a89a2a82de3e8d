import json
import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from collectctl.domain.results.report import Counts, Tomorrow
from collectctl.domain.terms import BadTerm
from collectctl.render import report as rendered
from collectctl.store import activities
from collectctl.store.book import Book
from collectctl.usecases.accounts import resolve
from collectctl.usecases.amend import amend
from collectctl.usecases.log import Line
from collectctl.usecases.undoing import undo
from tests.report.shop import at, call, of_days, pay

Run = Callable[..., tuple[int, str]]

KEYS = [
    "from", "to", "attempts", "accounts_worked", "open_accounts", "contacts", "rpc", "promises", "fallen_due",
    "claimed", "confirmed", "by_outcome", "by_hour", "by_bucket", "by_client", "by_batch", "complaints",
    "register",
    "breaches", "overrides", "not_worked", "tomorrow", "average_7", "reversed", "settled", "cured",
    "rolled_back", "commission",
]  # fmt: skip


@pytest.fixture
def monday(book: Book) -> Book:
    """Monday the 23rd: five dials, one call from outside, two promises, one claim."""
    call(book, "A1", "23T09:00", "ptp 2000@fri 500@11-30 发工资")
    call(book, "A2", "23T09:05", "na")
    call(book, "A2", "23T14:00", "tp")
    call(book, "A3", "23T14:10", "cp 300")
    call(book, "B1", "23T15:00", "ptp 70@tomorrow next week", inbound=True, talk_seconds=95)
    return book


def test_the_headline_of_a_day(monday: Book):
    result = of_days(monday, 23, 23)
    assert result.counts == Counts(attempts=4, contacts=4, rpc=3, promises=2)
    assert (result.inbound, result.talk_seconds, result.accounts_worked, result.open_accounts) == (
        1,
        95,
        4,
        4,
    )
    assert result.promised == {"CNY": 250_000, "USD": 7_000}
    assert (result.claimed.count, result.claimed.amount) == (1, {"CNY": 30_000})
    assert (result.confirmed.count, result.confirmed.amount) == (0, {})
    assert result.complaints == 0


def test_by_what_the_work_was(monday: Book):
    result = of_days(monday, 23, 23)
    assert {g.key: g.counts.attempts for g in result.by_outcome} == {
        "promise": 1, "no-answer": 1, "third-party": 1, "says-paid": 1
    }  # fmt: skip
    assert [(g.key, g.counts.contacts) for g in result.by_hour] == [(9, 1), (14, 2), (15, 1)]
    assert [(g.key, g.counts.attempts) for g in result.by_client] == [("Bank", 4), ("Shop", 0)]
    assert [g.key for g in result.by_batch] == ["a.csv", "b.csv"]
    assert [(g.key, g.counts.promises) for g in result.by_bucket] == [("M1", 0), ("M2", 2), ("M3", 0)]


def test_terms_narrow(monday: Book):
    result = of_days(monday, 23, 23, "client:bank")
    assert (result.counts.contacts, result.open_accounts, result.promised) == (3, 3, {"CNY": 250_000})
    assert of_days(monday, 23, 23, "A2").counts == Counts(2, 1, 0, 0)
    assert of_days(monday, 23, 23, "client:nobody").counts == Counts(0, 0, 0, 0)
    with pytest.raises(BadTerm):
        of_days(monday, 23, 23, "bucket:M99")


def test_a_call_about_two_accounts_is_one_attempt(book: Book):
    call(book, "A1", "23T09:00", "neg both", also=["A2"])
    result = of_days(book, 23, 23)
    assert (result.counts.attempts, result.accounts_worked) == (1, 2)


@pytest.mark.parametrize(
    ("when", "counted"), [("22T23:59", 0), ("23T00:00", 1), ("23T23:59", 1), ("24T00:00", 0)]
)
def test_a_day_begins_at_midnight_where_the_collector_is(book: Book, when: str, counted: int):
    call(book, "A1", when, "na")
    assert of_days(book, 23, 23, now="25T09:00").counts.attempts == counted


def test_amended_and_undone_entries_are_left_out(book: Book):
    wrong = call(book, "A1", "23T09:00", "ptp 2000@fri")
    amend(book, wrong, Line(("ptp", "500@fri")), at("23T09:10"), at=None, to="", who="", account_id=None)
    call(book, "A2", "23T09:20", "ptp 100@fri")
    undo(book, at("23T09:21"))
    result = of_days(book, 23, 23)
    assert (result.counts, result.promised) == (Counts(1, 1, 1, 1), {"CNY": 50_000})


def test_an_entry_moved_to_another_account_counts_there(book: Book):
    wrong = call(book, "A1", "23T09:00", "na")
    amend(book, wrong, Line(()), at("23T09:10"), at=None, to="", who="", account_id=resolve(book, "B1"))
    assert [g.key for g in of_days(book, 23, 23).by_client] == ["Shop"]


def test_promises_fall_due_on_their_day(book: Book):
    call(book, "A1", "10T09:00", "ptp 2000@11-12")
    call(book, "A2", "10T09:10", "ptp 800@11-12")
    call(book, "A3", "10T09:20", "ptp 90@11-12")
    pay(book, "A1", "11T12:00", 200_000)
    pay(book, "A2", "12T12:00", 30_000)
    early, broke, month = of_days(book, 11, 11), of_days(book, 14, 14), of_days(book, 1, 23)
    assert (early.fallen_due.kept, early.fallen_due.kept_amount) == (1, {"CNY": 200_000})
    assert (broke.fallen_due.partly, broke.fallen_due.broken) == (1, 1)
    assert broke.fallen_due.broken_amount == {"CNY": 59_000}
    assert (month.fallen_due.kept, month.fallen_due.kept_amount) == (1, {"CNY": 230_000})
    assert month.confirmed.amount == {"CNY": 230_000}
    assert of_days(book, 1, 23, "client:shop").fallen_due.kept == 0


def test_what_comes_tomorrow_and_what_was_left(monday: Book):
    call(monday, "A2", "23T16:00", "cb 11-24")
    result = of_days(monday, 23, 23)
    assert result.tomorrow == Tomorrow(promises_due=1, callbacks=1, follow_ups=0)
    assert of_days(monday, 23, 23, "client:bank").tomorrow == Tomorrow(0, 1, 0)


def test_people_due_and_not_worked(book: Book):
    call(book, "A1", "23T09:00", "na")
    assert of_days(book, 23, 23).not_worked == 3
    assert of_days(book, 23, 23, "client:shop").not_worked == 1
    assert of_days(book, 22, 22, now="23T20:00").not_worked == 0


def test_the_average_is_of_the_worked_days_before(book: Book):
    call(book, "A1", "10T09:00", "na")
    call(book, "A1", "12T09:00", "na")
    call(book, "A2", "12T09:10", "rtp no money")
    call(book, "A3", "15T09:10", "note a remark")
    call(book, "A3", "23T09:10", "na")
    average = of_days(book, 23, 23).average
    assert (average.days, average.attempts, average.rpc) == (2, 1.5, 0.5)
    assert of_days(book, 23, 23, "A2").average.days == 1


def test_at_most_seven_days_make_the_average(book: Book):
    for day in range(2, 14):
        call(book, "A1", f"{day:02}T09:00", "na")
    call(book, "A2", "02T09:10", "na")
    assert (of_days(book, 23, 23).average.days, of_days(book, 23, 23).average.attempts) == (7, 1.0)


def test_an_override_is_told_with_its_reason(book: Book):
    call(book, "A1", "23T09:00", "na", override="asked for it")
    (override,) = of_days(book, 23, 23).overrides
    assert (override.account, override.override, override.at) == ("A1", "asked for it", at("23T09:00"))


def test_reading_never_scans_what_grows(monday: Book):
    """Tables that grow are entered by index, so that a report is flat in the size of the book."""
    plans: list[str] = []
    connection = monday.connection

    class Explained:
        def execute(self, sql: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
            plans.extend(row[3] for row in connection.execute("explain query plan " + sql, values))
            return connection.execute(sql, values)

    day = at("23T00:00").date()
    activities.entries(Explained(), at("23T00:00"), at("24T00:00"))
    activities.touches(Explained(), at("23T00:00"), at("24T00:00"))
    activities.payments(Explained(), day, day)
    activities.promising(Explained(), [(day, day)] * 2, (day, day))
    activities.last_before(Explained(), at("23T00:00"))
    activities.still_due(Explained(), [1, 2])
    activities.people_due(Explained())
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]


def test_touches_are_what_entries_say(monday: Book):
    bounds = at("23T00:00"), at("24T00:00")
    found = activities.entries(monday.connection, *bounds)
    assert sorted(e.touch for e in found) == sorted(activities.touches(monday.connection, *bounds))


# --- what is shown ------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `report` in the evening of the 23rd: book and arguments in, exit code and output out."""
    with warnings.catch_warnings():
        # typer 0.25 imports a name that click 8.5 has deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        from collectctl.cli.main import app
    monkeypatch.setenv("COLLECTCTL_NOW", "2026-11-23T20:00+08:00")

    def running(path: Path, *args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            app(["report", *args, "--db", str(path)])
        return int(left.value.code or 0), capsys.readouterr().out

    return running


def test_the_json_keys_are_the_promised_ones(monday: Book, run: Run):
    code, out = run(monday.path, "--json")
    data = json.loads(out)["data"]
    assert code == 0
    assert list(data) == KEYS
    assert data["promises"] == {"count": 2, "amount": {"CNY": "2500.00", "USD": "70.00"}}
    assert data["claimed"] == {"count": 1, "amount": {"CNY": "300.00"}}
    assert list(data["fallen_due"]) == ["kept", "partly", "broken", "kept_amount", "broken_amount"]
    assert data["by_hour"][0] == {"hour": 9, "attempts": 2, "contacts": 1, "rpc": 1, "promises": 1}
    assert list(data["tomorrow"]) == ["promises_due", "callbacks", "follow_ups"]
    assert list(data["average_7"]) == ["days", "attempts", "accounts_worked", "contacts", "rpc", "promises"]


def test_gaps_are_listed(monday: Book, run: Run):
    _code, out = run(monday.path, "--gaps")
    header, *rows = [line.split("\t") for line in out.splitlines()]
    assert header == ["gap", "activity", "account", "at", "outcome"]
    assert rows == [
        ["unknown-party", "3", "A2", "2026-11-23T14:00:00+08:00", "third-party"],
        ["no-text", "4", "A3", "2026-11-23T14:10:00+08:00", "says-paid"],
    ]
    _code, out = run(monday.path, "--gaps", "--json")
    assert [gap["kind"] for gap in json.loads(out)["data"]["gaps"]] == ["unknown-party", "no-text"]


def test_brief_is_six_plain_lines(monday: Book, run: Run):
    _code, out = run(monday.path, "--brief")
    lines = out.splitlines()
    assert len(lines) == 6
    assert lines[0] == "2026-11-23 Mon"
    assert (
        lines[2]
        == "contacts 4 of 4 attempts (1 of them came from outside); RPC 3 of 4 attempts, of 4 contacts"
    )
    assert "Wang" not in out
    assert "139" not in out


def test_a_pipe_gets_sections_keys_and_values(monday: Book, run: Run):
    _code, out = run(monday.path)
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == ["section", "key", "value"]
    assert {len(row) for row in rows} == {3}
    assert ["report", "attempts", "4"] in rows
    assert ["promises", "amount USD", "70.00"] in rows
    assert ["by_outcome", "promise rpc", "2"] in rows


def test_a_terminal_gets_denominators_in_words(monday: Book, capsys):
    from rich.console import Console

    result = of_days(monday, 23, 23)
    rendered.table(result, Console(markup=False, width=100, force_terminal=False))
    rendered.gap_table(result, Console(markup=False, width=100, force_terminal=False))
    out = capsys.readouterr().out
    assert "RPC 3 of 4 attempts, of 4 contacts" in out
    assert "4 of 4 open accounts worked" in out
    assert "█" in out
    assert "collectctl amend 3" in out


@pytest.mark.parametrize("args", [["--day", "soon"], ["--week", "--month"], ["--to", "today"], ["bucket:X"]])
def test_what_cannot_be_is_a_usage_error(book: Book, run: Run, args: list[str]):
    assert run(book.path, *args)[0] == 2


def test_a_missing_book_reports_nothing_and_is_not_made(tmp_path: Path, run: Run):
    code, out = run(tmp_path / "none.db", "--json")
    assert code == 0
    assert json.loads(out)["warnings"]
    assert not (tmp_path / "none.db").exists()
