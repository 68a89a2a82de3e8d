"""Lists read into a book in any order: what is stored equals a replay, and all undone gives the first."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectctl.domain.errors import CollectError
from collectctl.usecases import undoing
from tests.conftest import tries
from tests.store.test_book import NOW, begun, derived, prove, replayed, say
from tests.store.test_money_replay import ACTS, FILE, Act, file_of, newest_step

NUMBERS = """account,name,relation,phone
A1,张甲,,13800130011
A1,李花,母亲,13800130012
A3,,,13800130003;13800130013
"""
LONGER = "account,extended until\nA1,2027-06-30\nA3,2027-05-31\n"
CALLS = """account,at,outcome,number,duration,recording,promised_amount,promised_on
A1,2026-11-23 08:55,na,13800130001,31,r1,,
A1,2026-11-20 10:00,ptp,13800130001,60,,100; 200,2026-11-21; 2026-11-30
A2,2026-11-20 10:00,neg,13800130001,,,,
A3,2026-11-19,wn,13800130003,,,,
"""
LISTS: dict[str, Act] = {
    "numbers": file_of(NUMBERS, "phones"),
    "longer": file_of(LONGER, "extensions"),
    "calls": file_of(CALLS, "activities"),
    "typed": lambda b, a, now: say(b, a, "ptp 100@+1d salary +vip", now),
    "typed, a hold": lambda b, a, now: say(b, a, "dis wrong sum", now),
    **{name: ACTS[name] for name in ("pay 300", "withdraw", "log cp", "confirm", "undo", "redo")},
}
SCRIPTS = st.lists(st.tuples(st.sampled_from([*LISTS]), st.integers(1, 3)), max_size=9)


@given(SCRIPTS)
@settings(max_examples=tries(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_list_the_stored_list_equals_a_replay_and_undoing_all_gives_the_first(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, int]]
):
    with begun(tmp_path_factory.mktemp("b"), FILE) as book:
        first = derived(book)
        for name, account in script:
            try:
                LISTS[name](book, account, NOW)
            except CollectError:
                continue
            assert derived(book) == replayed(book), (name, account)
        prove(book)
        while newest_step(book) > 1:
            undoing.undo(book, NOW)
            assert derived(book) == replayed(book)
        assert derived(book) == first
