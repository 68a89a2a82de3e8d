"""Which row of a dialler's log is which call: by what is on record, and by what was typed."""

from datetime import UTC, datetime, timedelta

import pytest

from collectctl.domain.calllogs import (
    Call,
    OutcomesUnknown,
    impossible,
    nearest_calls,
    outcomes_of,
    sort_calls,
    split_mapping,
)
from collectctl.domain.facts import AccountFile, Activity, Placement, Statement
from collectctl.domain.outcomes import BY_CODE, UnknownOutcome
from collectctl.domain.recording import Answered
from collectctl.domain.stated import StatedActivity, StatedPart

NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
OURS, THEIRS = "13800130001", "13800130002"
LOG, IMPORT = 2, 3  # operations


def later(minutes: int, seconds: int = 0) -> datetime:
    return NINE + timedelta(minutes=minutes, seconds=seconds)


def typed(number: int, at: datetime, to: str = OURS, **fields) -> Activity:
    made = Activity(
        number, LOG, 1, number, at, "call", False, "no-answer", "none", to, "", "", None, None, None, "",
        "us", None,
    )  # fmt: skip
    return made._replace(**fields)


def stated(row: int, at: datetime, **fields) -> StatedActivity:
    made = StatedActivity(
        row, "A1", None, at.isoformat(), "", False, "na", "", OURS, "", "", "", 61, "", "", "", (), "", "",
        "", "", False, "us",
    )  # fmt: skip
    return made._replace(**fields)


def call(row: int, at: datetime, to: str = OURS, **fields) -> Call:
    found = Call(stated(row, at), at, True, BY_CODE["no-answer"], "call", to, Answered("none", "", "", None))
    return found._replace(**fields)


def account(*activities: Activity) -> AccountFile:
    placement = Placement(1, 1, "", NINE.date(), None, "")
    statement = Statement(1, 1, NINE.date(), "USD", 100, None, {}, {})
    return AccountFile(1, "A1", "Bank", placement, statement, (), activities, (), (), (), ())


@pytest.mark.parametrize(
    ("rows", "calls", "pairs"),
    [
        ([later(9, 59)], [NINE], [(0, 1)]),
        ([later(10)], [NINE], [(0, 1)]),
        ([later(10, 1)], [NINE], []),
        ([later(-10)], [NINE], [(0, 1)]),
        ([later(-10, -1)], [NINE], []),
        ([later(4)], [NINE, later(6)], [(0, 2)]),  # two calls near: the nearer one
        ([later(3)], [NINE, later(6)], [(0, 1)]),  # as near: the first one
        ([later(1), later(2)], [NINE], [(0, 1)]),  # two rows near one call: the nearer row
        ([later(2), later(1)], [NINE], [(1, 1)]),
        ([later(4), later(5)], [NINE, later(6)], [(0, 1), (1, 2)]),
        ([later(5), later(6)], [NINE, later(6)], [(0, 1), (1, 2)]),
    ],
)
def test_the_nearest_pair_is_one_call_and_every_call_is_taken_once(rows, calls, pairs):
    found = nearest_calls(
        [call(n, at) for n, at in enumerate(rows)], [typed(n, at) for n, at in enumerate(calls, 1)]
    )
    assert [(row.row.row, entry.id) for row, entry in found] == pairs


@pytest.mark.parametrize(
    ("row", "entry"),
    [
        (call(1, NINE, THEIRS), typed(1, NINE)),
        (call(1, NINE, ""), typed(1, NINE, "")),
        (call(1, NINE, timed=False), typed(1, NINE)),
        (call(1, NINE, channel="sms"), typed(1, NINE)),
        (call(1, NINE), typed(1, NINE, channel="sms", outcome="sent")),
        (call(1, NINE), typed(1, NINE, outcome="note", channel="")),
    ],
    ids=["another number", "no number", "no time of day", "a message", "a typed message", "a note"],
)
def test_what_is_no_call_to_the_same_number_is_never_taken_for_it(row, entry):
    assert nearest_calls([row], [entry]) == []


def test_a_row_near_a_typed_call_completes_it_and_its_outcome_stands():
    entry = typed(1, NINE, outcome="promise", who="self")
    found = sort_calls(account(entry), [], {IMPORT}, [call(7, later(2))])
    assert (found.new, [(c.row.row, e.id) for c, e in found.merged]) == ([], [(7, 1)])
    assert (found.known, found.other) == (0, 1)


@pytest.mark.parametrize(
    "entry",
    [
        typed(1, later(2), talk_seconds=61, operation=IMPORT, amends=9),
        typed(1, later(2), talk_seconds=30),
    ],
    ids=["completed before", "typed with its length"],
)
def test_a_typed_call_that_lacks_nothing_is_known(entry):
    found = sort_calls(account(entry), [], {IMPORT}, [call(7, NINE)])
    assert (found.new, found.merged, found.known) == ([], [], 1)


def test_a_recording_is_added_where_the_length_is_known():
    row = call(7, NINE)._replace(row=stated(7, NINE, recording="r.wav"))
    entry = typed(1, NINE, talk_seconds=30)
    assert sort_calls(account(entry), [], set(), [row]).merged == [(row, entry)]
    heard = entry._replace(recorded=True)
    assert sort_calls(account(heard), [], set(), [row]).known == 1


def test_what_was_imported_is_no_typed_call():
    entry = typed(1, NINE, operation=IMPORT)
    found = sort_calls(account(entry), [], {IMPORT}, [call(7, later(1)), call(8, NINE)])
    assert ([c.row.row for c in found.new], found.merged, found.known) == ([7], [], 1)


def test_as_many_like_rows_are_known_as_are_on_record():
    like = [typed(n, NINE, operation=IMPORT) for n in (1, 2)]
    rows = [call(n, NINE) for n in (5, 6, 7)]
    found = sort_calls(account(*like), [], {IMPORT}, rows)
    assert (len(found.new), found.known) == (1, 2)


def test_an_entry_that_was_corrected_is_still_known_as_it_was():
    corrected = typed(2, NINE, outcome="refused", amends=1)
    row = call(7, NINE)
    assert sort_calls(account(corrected), [row.identity], {IMPORT}, [row]).known == 1
    # a row that is not on record is the call as it was corrected
    moved = typed(2, later(30), outcome="refused", amends=1, talk_seconds=5)
    assert sort_calls(account(moved), [], {IMPORT}, [row]).new == [row]
    assert sort_calls(account(moved), [], {IMPORT}, [call(7, later(31))]).known == 1


def test_a_typed_call_of_that_very_second_is_completed_too():
    entry = typed(1, NINE)
    row = call(7, NINE)
    found = sort_calls(account(entry), [], {IMPORT}, [row])
    assert (found.merged, found.known, found.other) == ([(row, entry)], 0, 0)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ptp", "promise"),
        ("PTP", "promise"),
        ("No Answer", "no-answer"),
        ("no_answer", "no-answer"),
        ("NA", "no-answer"),
        ("承诺还款", "promise"),
        ("ＰＴＰ", "promise"),
        ("C&D", "cease"),
    ],
)
def test_an_outcome_that_is_spelled_as_ours_means_that(word, code):
    assert outcomes_of("f", {word: 1}, {}) == {word: BY_CODE[code]}


def test_a_beginning_is_not_enough_in_a_file():
    with pytest.raises(OutcomesUnknown) as caught:
        outcomes_of("f.csv", {"prom": 3, "Success": 5, "na": 1}, {})
    assert [(u.word, u.rows, len(u.nearest)) for u in caught.value.words] == [
        ("Success", 5, 3),
        ("prom", 3, 3),
    ]
    assert caught.value.hint == '--map "outcome:Success=OUTCOME" --map "outcome:prom=OUTCOME"'
    assert caught.value.exit_code == 4


def test_what_is_said_decides_and_nothing_leaves_rows_out():
    said = {"success": "ptp", "na": "busy", "": "note", "Test call": ""}
    found = outcomes_of("f", {"SUCCESS": 1, "na": 2, "": 3, "test  call": 4}, said)
    assert {word: o.code if o else None for word, o in found.items()} == {
        "SUCCESS": "promise", "na": "busy", "": "note", "test  call": None,
    }  # fmt: skip
    with pytest.raises(UnknownOutcome):
        outcomes_of("f", {"x": 1}, {"x": "no such thing"})


def test_a_mapping_is_of_columns_and_of_outcomes():
    found = split_mapping(
        {"nr": "account", "outcome:Left: a=b": "lv", "outcome:": "note", "outcome": "outcome"}
    )
    assert found == ({"nr": "account", "outcome": "outcome"}, {"Left: a=b": "lv", "": "note"})


@pytest.mark.parametrize(
    ("at", "due", "column"),
    [
        ("2026-11-20T09:00:00", "2026-11-20", None),
        ("2026-11-20T09:00:01", "", "at"),
        ("2026-11-20T17:00:00+08:00", "", None),
        ("2026-11-20", "2026-11-20", None),
        ("2026-11-21", "", "at"),
        ("1969-12-31", "", "at"),
        ("2026-11-20T08:00:00", "2026-11-19", "promised"),
        ("2026-11-20T08:00:00", "2026-11-20T07:00:00", None),
    ],
)
def test_a_contact_to_come_and_a_promise_before_its_day_are_impossible(at, due, column):
    parts = (StatedPart(due, 5),) if due else ()
    row = stated(4, NINE)._replace(at=at, parts=parts)
    found = impossible([row], NINE, {"at": "at", "promised_on": "promised"})
    assert [(e.row, e.column) for e in found] == ([(4, column)] if column else [])
