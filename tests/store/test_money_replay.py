"""The money's commands in any order: what is stored equals a replay, all undone gives the first."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectctl.domain.conditions import Stated
from collectctl.domain.errors import CollectError
from collectctl.domain.planning import Wished
from collectctl.store import journal
from collectctl.store.book import Book, opened
from collectctl.usecases import charging, config, payments, plans, promising, requests, settling, undoing
from collectctl.usecases.import_file import import_files
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.today import bring_to_day
from tests.conftest import tries
from tests.store.test_book import NOW, begun, derived, replayed, say

FILE = """\
account,name,id_number,phone,client,currency,balance,principal,interest,minimum due,due_date,placement end
A1,张甲,110101199001011234,13800130001,Invented Bank,CNY,900,700,200,90,2026-10-01,2026-12-31
A2,张甲,110101199001011234,13800130001,Invented Cards,CNY,800.50,,,,2026-08-01,2027-01-31
A3,李乙,,13800130003,Invented Bank,CNY,300,,,,2026-11-20,
"""
STATED_LATER = FILE.replace(",300,", ",250,")
PAID = """payment_id,account,payment date,amount paid
R1,A1,2026-11-23,300
R2,A2,2026-11-23,100
R3,A3,2026-11-23,300
"""
TERMS = charging.Told(Stated("24%/year", "360", "not", "new", "month", "5%", 0, "24%/year"), "10", NOW.date())
Act = Callable[[Book, int, datetime], object]


def pay(amount: str, *, claimed: bool = False) -> Act:
    return lambda book, account, now: payments.pay(
        book, account, payments.Told(amount, now.date(), claimed), now
    )


def plan(*each: str, parts: int | None = None, every: str = "month", down: str = "") -> Act:
    return lambda book, account, now: plans.new(book, account, Wished(parts, each, every, None, down), now)


def settled(amount: str, approval: str = "", parts: int = 1) -> Act:
    return lambda book, account, now: settling.settle(
        book, account, settling.Agreed(amount, now.date() + timedelta(days=3), approval, parts), now
    )


def asked(kind: str, amount: str = "") -> Act:
    return lambda book, account, now: requests.request(
        book, [account], requests.Wanted(kind, amount, date(2027, 1, 15)), now
    )


def newest(book: Book, table: str) -> int:
    """The id of the newest row of a table, whatever became of it; 0 for none."""
    return book.connection.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0]


def answered(*, yes: bool) -> Act:
    return lambda book, _account, now: requests.answer(
        book, newest(book, "request"), requests.Answer(yes=yes), now
    )


def reverse(book: Book, account: int, now: datetime) -> object:
    found = payments.payments_of(book, account).payments
    typed = f"#{found[0][1].id}" if found else "#0"
    return payments.reverse(book, account, typed, "", None, now)


def promise(*words: str, payer: str = "") -> Act:
    return lambda book, account, now: promising.add(book, account, words, payer, now)


def file_of(text: str, kind: str) -> Act:
    request = ImportRequest("p.csv", text.encode(), kind=kind)
    return lambda book, _account, now: import_files(book, [request], now, lambda _count: None)


def grace(days: str, client: str = "") -> Act:
    return lambda book, _account, now: config.put(book, "grace", days, now, client)


def charged(book: Book, account: int, now: datetime) -> object:
    return charging.charge(book, account, "costs", "12.34", now.date(), "", now)


ACTS: dict[str, Act] = {
    "pay 300": pay("300"),
    "pay all": pay("all"),
    "pay 100 again": pay("100"),
    "claim 100": pay("100", claimed=True),
    "confirm": lambda b, a, now: payments.confirm(b, a, "", None, now),
    "reverse": reverse,
    "promise": promise("100@+1d", "200@+3d"),
    "promise of another": promise("100@+2d", payer="Aunt Invented"),
    "withdraw": lambda b, a, now: promising.withdraw(b, a, now),
    "plan": plan(parts=3, every="week"),
    "plan from today": plan("100", every="2w", down="100"),
    "cancel": lambda b, a, now: plans.cancel(b, a, now),
    "settle, asked": settled("200", parts=2),
    "settle, approved": settled("100", "AP1"),
    "ask a reduction": asked("reduction", "150"),
    "ask more time": asked("extension"),
    "sent": lambda b, _a, now: requests.sent(b, newest(b, "request"), now),
    "yes": answered(yes=True),
    "no": answered(yes=False),
    "terms": lambda b, a, now: charging.set_terms(b, a, TERMS, now),
    "charge": charged,
    "as stated": lambda b, a, now: charging.adopt(b, [a], now),
    "stated later": file_of(STATED_LATER, "accounts"),
    "a file of payments": file_of(PAID, "payments"),
    "grace 0": grace("0"),
    "grace 3 of a client": grace("3", "Invented Bank"),
    "no grace": grace(""),
    "log ptp": lambda b, a, now: say(b, a, "ptp 100@+1d", now),
    "log cp": lambda b, a, now: say(b, a, "cp 100", now),
    "log st": lambda b, a, now: say(b, a, "st 150", now),
    "undo": lambda b, _a, now: undoing.undo(b, now) if newest_step(b) > 1 else None,
    "redo": lambda b, _a, now: undoing.redo(b, now),
}
DAYS = ("a day later", "two days later")
SCRIPTS = st.lists(st.tuples(st.sampled_from([*ACTS, *DAYS]), st.integers(1, 3)), max_size=12)


def newest_step(book: Book) -> int:
    steps = journal.standing_steps(book.connection, 1)
    return steps[0].id if steps else 0


def agree(book: Book, after: object) -> None:
    assert derived(book) == replayed(book), after


@given(SCRIPTS)
@settings(max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_money_the_stored_list_equals_a_replay_and_undoing_all_gives_the_first(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, int]]
):
    with begun(tmp_path_factory.mktemp("b"), FILE) as book:
        first, now = derived(book), NOW
        for name, account in script:
            if name in DAYS:
                now += timedelta(days=1 + DAYS.index(name))
                bring_to_day(book, now.date(), now)
            else:
                try:
                    ACTS[name](book, account, now)
                except CollectError:
                    continue
            agree(book, (name, account))
        while newest_step(book) > 1:
            undoing.undo(book, now)
            agree(book, "undo")
        if now == NOW:
            assert derived(book) == first


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which something is claimed, asked, promised and stated otherwise."""
    folder = tmp_path_factory.mktemp("claimed")
    with begun(folder, FILE) as book:
        for name, account in (("claim 100", 1), ("settle, asked", 3), ("stated later", 1), ("promise", 1)):
            ACTS[name](book, account, NOW)
    return folder / "book.db"


@pytest.mark.parametrize("name", [n for n in ACTS if n not in ("undo", "redo")])
def test_each_command_agrees_with_a_replay_now_on_later_days_and_undone(
    tmp_path: Path, claimed: Path, name: str
):
    for copy in ("book.db", "other.db"):
        shutil.copy(claimed, tmp_path / copy)
    with opened(tmp_path / "book.db") as book, opened(tmp_path / "other.db") as other:
        steps = newest_step(book)
        for account in (1, 3):
            try:
                ACTS[name](book, account, NOW)
            except CollectError:
                continue
            break
        agree(book, name)
        for days in (1, 3, 5):
            later = NOW + timedelta(days=days)
            bring_to_day(book, later.date(), later)
            agree(book, days)
        bring_to_day(other, later.date(), later)
        if newest_step(book) > steps:
            undoing.undo(book, later)
            assert derived(book) == derived(other)
            undoing.redo(book, later)
            agree(book, "again")
