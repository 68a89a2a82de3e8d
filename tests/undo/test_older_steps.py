"""Undo of an older step: refused where later ones build on it, naming them and one that can go first."""

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from collectctl.store.facts import COLUMNS
from collectctl.store.journal import NAMES
from tests.conftest import Cli
from tests.test_money_day import ok
from tests.undo.desk import BANK, FILES, HEADER, agrees, seen, steps

AGAIN = BANK.replace(",700,", ",650,")
ADDED = f"""{HEADER}
Z1,周己,110101199001015678,13800130071,Invented Bank,CNY,100,,,,2026-10-01,
"""
LESS = ADDED.replace(",100,", ",90,")
SISTER = ADDED.replace("Z1", "Z2")  # another debt of the same person
PAID = "payment_id,account,payment date,amount paid\nP1,Z1,2026-11-23,10\n"
BACK = "account,recall date\nZ1,2026-11-23\n"
HEARD = """account,at,outcome,number,duration,recording
A1,2026-11-23 09:00,na,13800130001,31,r1
"""
OWN = {"op", "client", "import_batch"}  # no row names those of another step: clients are nobody's, once known


@pytest.fixture
def desk(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Cli:
    """The accounts of two clients, brought by step 1."""
    files = {
        "again.csv": AGAIN,
        "added.csv": ADDED,
        "less.csv": LESS,
        "sister.csv": SISTER,
        "heard.csv": HEARD,
        "paidz.csv": PAID,
        "back.csv": BACK,
    }
    for name, text in {**FILES, **files}.items():
        (home / name).write_text(text, "utf-8")
    monkeypatch.chdir(home)
    made = tmp_path_factory.getbasetemp() / "two-clients.db"
    if not made.exists():
        ok(partial(cli, db=made)("import", "bank.csv", "--policy", "cn"))
    shutil.copy(made, home / "book.db")
    return cli


BUILT: list[tuple[str, ...]] = [  # the second step is undone; it can't be before the last one
    ("log A1 ptp 100@fri", "amend 1 na"),
    ("log A1 ptp 100@fri", "promise withdraw A1"),
    ("log A1 cp 70", "payment confirm A1"),
    ("log A1 cp 70", "pay A1 70"),
    ("log A1 dis", "release A1 dispute"),
    ("log A1 dis", "amend 1 na"),
    ("log A1 st 3000", "request sent 1"),
    ("log A1 st 3000", "request answer 1 no"),
    ("log A1 na", "import heard.csv --kind activities"),  # the recording of that call
    ("hold A1 deceased", "release A2 deceased"),  # of the person: released on another account
    ("limit A1 --hours 9-10", "unlimit A2"),
    ("pay A1 70 --ref R", "payment reverse A1 R"),
    ("pay A1 70 --claimed", "payment reverse A1 #1"),
    ("promise add A1 100@fri", "promise withdraw A1"),
    ("plan new A1 --count 2", "plan cancel A1"),
    ("settle A1 3000 --until eom", "request answer 1 yes"),
    ("settle A1 3000 --until eom --approval AP", "pay A1 3000"),  # paid, and closed as settled
    ("request A1 documents", "request sent 1"),
    ("request A1 reduction 3000 --until eom", "request answer 1 yes"),
    ("person add-party A1 孙 --role spouse", "person add-party A1 孙 --role spouse --phone 13800130081"),
    ("import added.csv", "note Z1 x"),
    ("import added.csv", "tag Z1 +x"),
    ("import added.csv", "import paidz.csv"),
    ("import added.csv", "policies set none --account Z1"),
    ("import added.csv", "person language Z1 zh"),
    ("import added.csv", "limit Z1 --hours 9-10"),
    ("import added.csv", "close Z1 --as paid"),
    ("import added.csv", "close Z1 --as recalled", "import less.csv"),  # it came back
    ("import added.csv", "import back.csv --kind recalls"),
    ("import numbers.csv --kind phones", "person add-party A3 孙花 --role contact --phone 13800130082"),
]  # fmt: skip
APART: list[tuple[str, ...]] = [  # the second step goes by itself, the others stay
    ("log A1 na", "log A1 ptp 100@fri"),
    ("log A1 ptp 100@fri", "log A1 na"),
    ("promise add A1 100@fri", "plan new A1 --count 2"),  # takes the place of the promise
    ("promise add A1 100@fri", "pay A1 100"),
    ("pay A1 100", "pay A1 50"),
    ("pay A1 70 --claimed", "pay A1 50"),
    ("tag A1 +x", "tag A1 -x"),
    ("config set grace 2", "config set grace 3"),
    ("config set grace 2", "config set grace 3", "promise add A1 100@fri"),
    ("policies set none", "log A1 na"),
    ("hold A1 dispute", "hold A1 complaint", "release A1 complaint"),
    ("limit A1 --hours 9-10", "limit A1 --hours 11-12"),
    ("consent A1 --channel sms", "consent A1 --channel sms --withdraw"),
    ("close A1 --as paid", "reopen A1"),
    ("extend A1 --until 2027-12-31", "extend A1 --until 2028-12-31"),
    ("person language A1 zh", "person language A2 es"),
    ("person add-party A1 孙姨 --role guarantor --phone 13800130081", "person add-phone A1 13800130082"),
    ("import again.csv", "log A4 na"),
    ("import again.csv", "charge A4 --as-stated"),
    ("import later.csv", "log A1 na"),
    ("import added.csv", "import sister.csv", "person language Z2 zh"),  # the later file has them too
    ("import added.csv", "log A1 na"),
    ("import numbers.csv --kind phones", "log A3 na --to 13800130032"),
]  # fmt: skip


def run(desk: Cli, lines: Sequence[str]) -> None:
    for line in lines:
        ok(desk(*line.split()))


@pytest.mark.parametrize("lines", BUILT, ids=" · ".join)
def test_what_later_steps_build_on_stays_until_they_are_undone(desk: Cli, home: Path, lines: tuple[str, ...]):
    book = home / "book.db"
    first = seen(book)
    run(desk, lines)
    before, last = seen(book), 1 + len(lines)
    refused = desk("undo", "2")
    assert (refused.code, seen(book)) == (1, before)
    assert re.search(
        rf"error: later steps build on step 2: (\d, )*{last}\ntry: collectctl undo {last}\n", refused.err
    )
    ok(desk("undo", str(last)))
    for number in range(last - 1, 1, -1):
        ok(desk("undo", str(number)))
    assert seen(book) == first


@pytest.mark.parametrize("lines", APART, ids=" · ".join)
def test_what_nothing_builds_on_goes_by_itself_and_comes_back(desk: Cli, home: Path, lines: tuple[str, ...]):
    book = home / "book.db"
    run(desk, lines)
    before = seen(book)
    ok(desk("undo", "2"))
    assert [number for number, _command, _text in steps(book)] == [1, *range(3, 2 + len(lines))]
    assert agrees(book)
    assert seen(book).facts != before.facts
    assert desk("undo", "2").code == 3  # it no longer stands
    ok(desk("redo"))
    assert seen(book) == before


def test_of_many_later_steps_some_are_named_and_the_one_to_begin_with(desk: Cli):
    run(desk, ["pay A1 70 --claimed", "note A1 x", "payment confirm A1", "payment reverse A1 #2"])
    assert "build on step 2: 4\ntry: collectctl undo 5" in desk("undo", "2").err
    refused = desk("undo", "1", "--json")
    assert refused.document["error"]["code"] == "built-on"
    assert "build on step 1: 2, 3, 4, 5" in refused.document["error"]["message"]
    run(
        desk, ["log A1 cp 50", "payment confirm A1 #4"]
    )  # the last that names the account, and what names that
    refused = desk("undo", "1")
    assert "build on step 1: 2, 3, 4, 5, 6, ...\ntry: collectctl undo 7" in refused.err
    ok(desk("undo", "7"))


def test_redo_brings_back_what_was_undone_last_whatever_its_age(desk: Cli, home: Path):
    run(desk, ["tag A1 +x", "note A1 one", "pay A1 10"])
    whole = seen(home / "book.db")
    run(desk, ["undo 3", "undo 2", "undo"])
    run(desk, ["redo"])
    assert [step[0] for step in steps(home / "book.db")] == [1, 4]
    run(desk, ["redo", "redo"])
    assert seen(home / "book.db") == whole
    assert "nothing to redo" in ok(desk("redo")).out


def test_a_step_since_keeps_redo_from_bringing_back_what_it_does_not_know_of(desk: Cli, home: Path):
    run(desk, ["promise add A1 100@fri", "undo 2", "promise add A1 200@fri"])
    before = seen(home / "book.db")
    assert "nothing to redo" in ok(desk("redo")).out
    assert seen(home / "book.db") == before
    run(desk, ["undo", "export accounts", "redo"])  # an export is no step
    assert seen(home / "book.db") == before


def test_an_account_that_comes_anew_after_an_undo_is_of_the_step_that_brought_it(desk: Cli, home: Path):
    run(desk, ["import added.csv"])
    before = seen(home / "book.db").derived
    run(desk, ["undo", "import added.csv", "note Z1 x"])
    assert "build on step 4: 5" in desk("undo", "4").err
    run(desk, ["undo", "undo"])
    assert desk("show", "Z1").code == 3
    run(desk, ["redo"])
    assert seen(home / "book.db").derived == before


@pytest.mark.parametrize(
    ("line", "code"),
    [("undo 0", 3), ("undo 99", 3), ("undo -n 2", 3), ("undo -n 99999999999999999999", 3), ("undo 1 -n 2", 2),
     ("undo -1", 2)],
)  # fmt: skip
def test_what_is_no_step_is_not_undone(desk: Cli, home: Path, line: str, code: int):
    before = seen(home / "book.db")
    assert desk(*line.split()).code == code
    assert seen(home / "book.db") == before


def test_every_column_that_names_a_fact_is_known_to_undo(desk: Cli, home: Path):
    with closing(sqlite3.connect(home / "book.db")) as book:
        for table in COLUMNS:
            named = {row[3]: row[2] for row in book.execute(f"pragma foreign_key_list({table})")}
            assert {c: t for c, t in named.items() if c in NAMES} == {
                c: NAMES[c] for c in COLUMNS[table] if c in NAMES
            }
            assert {t for c, t in named.items() if c not in NAMES and c not in OWN} <= {"account", "person"}
            assert all(c in (t, *OWN) for c, t in named.items() if c not in NAMES)
