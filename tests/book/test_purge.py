"""`book purge`: what a mandate left is gone from the file, the chain still holds, nothing else is touched."""

import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from collectctl.domain.errors import Refused
from collectctl.store.book import Book, opened
from collectctl.store.proving import Proof
from collectctl.usecases import amend, changes, purging, undoing
from collectctl.usecases.book import info
from collectctl.usecases.checking import check
from collectctl.usecases.log import Line
from collectctl.usecases.today import bring_to_day
from tests.book.conftest import LATER
from tests.book.test_evidence import tampered
from tests.conftest import Cli
from tests.store.test_book import ZONE, derived, load, say

FILE = """account,name,id_number,phone,client,currency,balance,due_date,email,remarks
P1,Purged Example,110101199001011234,+12025550101,Old Bank,CNY,5000,2026-10-01,p@old.example,likes xylophones
P2,Purged Example,110101199001011234,+12025550101,Old Bank,CNY,800.50,2026-09-01,,
P3-walrus,Other Person,,+12025550103,Old Bank,CNY,100,2026-09-01,,
Q1,Purged Example,110101199001011234,+12025550101,New Bank,CNY,70,2026-10-01,,
Q2,Staying Person,,+12025550104,New Bank,CNY,90,2026-10-01,,
"""
TODAY = datetime(2026, 11, 30, 9, tzinfo=ZONE)
WHEN = "2026-11-30T09:00+08:00"
MARKS = (b"Other", b"P3-walrus", b"0103", b"xylophone", b"p@old", b"quagga")


@pytest.fixture
def ended(tmp_path: Path):
    """Three accounts of one client, handed back on 24 November, and two of another that go on."""
    with opened(tmp_path / "book.db", create=True) as book:
        load(book, FILE, LATER)
        say(book, 1, "ptp 100@fri likes quaggas", LATER)
        say(book, 3, "na", LATER)
        say(book, 5, "na", LATER)
        undoing.undo(book, LATER, 4)
        changes.close(book, [1, 2, 3], "returned", LATER.date(), LATER)
        yield book


def purged(book: Book, override: str = "handed back", client: str = "Old Bank"):
    return purging.purge(book, client, TODAY.date(), override, TODAY)


def content(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(path.parent.rglob("book*")) if one.is_file())


def still(book: Book) -> list[tuple[object, ...]]:
    """What is to be done for the other client; that somebody was reached in a purged call counts no more."""
    return [(*row[:5], *row[6:9], *row[11:14]) for row in derived(book)[0] if row[9] == "New Bank"]


def test_nothing_of_it_is_left_in_any_file_and_the_chain_holds(ended: Book):
    ended.connection.execute("pragma wal_checkpoint(truncate)")
    assert all(mark in content(ended.path) for mark in MARKS)
    done = purged(ended)
    assert (done.accounts, done.people, done.open, done.tied) == (3, 1, 0, 0)
    ended.close()
    left = content(ended.path)
    assert [mark for mark in MARKS if mark in left] == []
    with opened(ended.path) as book:
        assert check(book, TODAY, lambda _what: None).findings == ()
        assert book.connection.execute("select count(*) from tombstone").fetchone() == (done.facts,)


def test_who_owes_another_client_too_stays_with_everything_that_holds_for_them(ended: Book):
    bring_to_day(ended, TODAY.date(), TODAY)
    before = still(ended)
    purged(ended)
    assert still(ended) == before
    assert ended.connection.execute("select count(*) from worklist").fetchone() == (2,)
    kept = ended.connection.execute("select count(*) from contact_point where value like '%0101'").fetchone()[
        0
    ]
    assert kept
    assert ended.connection.execute("select id_number from person where id = 1").fetchone() == (
        "110101199001011234",
    )


def test_ids_are_never_used_again(ended: Book):
    top = {
        t: ended.connection.execute(f"select max(id) from {t}").fetchone()[0] for t in ("account", "activity")
    }
    say(ended, 3, "na", LATER)
    purged(ended)
    load(ended, FILE.replace("P", "R"), TODAY)
    assert ended.connection.execute("select min(id) from account where number like 'R%'").fetchone()[0] > max(
        top["account"], 5
    )
    assert check(ended, TODAY, lambda _what: None).findings == ()


def test_a_step_that_was_purged_is_not_undone_nor_brought_back(ended: Book):
    steps = ended.connection.execute("select id from operation where kind = 'step'").fetchall()
    purged(ended)
    for (step,) in steps:
        if step == 4:  # a call about somebody who stays, undone before
            continue
        with pytest.raises(Refused):
            undoing.undo(ended, TODAY, step)
    assert undoing.undo(ended, TODAY) == []  # nothing is left that could be
    undoing.redo(ended, TODAY)
    assert check(ended, TODAY, lambda _what: None).findings == ()


def test_what_a_rule_of_retention_keeps_stays_unless_a_reason_is_given(ended: Book):
    kept = purged(ended, override="")
    assert kept.accounts == 0
    [rule] = kept.kept
    assert (rule.rule, rule.accounts, rule.until) == ("regf.retention", 3, date(2029, 11, 24))
    later = TODAY.replace(year=2029)
    done = purging.purge(ended, "Old Bank", later.date(), "", later)
    assert (done.accounts, done.kept) == (3, ())


def test_an_account_whose_entry_was_corrected_onto_one_that_stays_is_left(ended: Book):
    changes.reopen(ended, [3], LATER)
    say(ended, 3, "na", LATER)
    entry = ended.connection.execute("select max(id) from activity").fetchone()[0]
    amend.amend(ended, entry, Line(()), LATER, at=None, to="", who="", account_id=5)
    changes.close(ended, [3], "returned", LATER.date(), LATER)
    done = purged(ended)
    assert (done.accounts, done.tied) == (2, 1)
    assert check(ended, TODAY, lambda _what: None).findings == ()


def test_an_account_of_an_import_that_was_undone_goes_too(ended: Book):
    load(ended, FILE.replace("P", "U").replace("110101199001011234", ""), LATER)
    undoing.undo(ended, LATER)
    assert purged(ended).accounts == 6
    assert ended.connection.execute("select count(*) from account where number like 'U%'").fetchone() == (0,)


def test_the_counts_of_the_book_leave_out_what_was_undone_or_purged(ended: Book):
    """They are worked out of what is stored of them; here everything is counted."""
    counted = {
        "accounts": "select count(*) from worklist",
        "open accounts": "select count(*) from worklist where state <> 'closed'",
        "activities": "select count(*) from activity f join operation o on o.id = f.op and o.stands",
    }
    say(ended, 4, "na", TODAY)
    say(ended, 3, "na", TODAY)
    undoing.undo(ended, TODAY)
    for activities in (3, 1):
        counts = info(ended, TODAY).counts
        assert counts["activities"] == activities
        for name, sql in counted.items():
            assert counts[name] == ended.connection.execute(sql).fetchone()[0], name
        purged(ended)


def test_open_accounts_and_those_closed_later_stay(ended: Book):
    changes.reopen(ended, [3], TODAY)
    done = purging.purge(ended, "Old Bank", LATER.date(), "handed back", TODAY)
    assert (done.accounts, done.open) == (0, 3)
    assert purged(ended).open == 1


def test_a_tombstone_can_not_be_added_or_changed_unseen(ended: Book):
    purged(ended)
    for sql in (
        "delete from tombstone where kind = 'activity'",
        "update tombstone set hash = x'00' where id = 1",
    ):
        with tampered(ended) as connection:
            connection.execute(sql)
            assert list(Proof(connection).findings())


def test_the_guards_are_back(ended: Book):
    purged(ended)
    with pytest.raises(sqlite3.IntegrityError):
        ended.connection.execute("delete from activity")


def test_limits_of_a_person_who_stays_keep_the_call_in_which_they_were_said(ended: Book):
    changes.reopen(ended, [1], LATER)
    say(ended, 1, "stop", LATER)
    changes.close(ended, [1], "returned", LATER.date(), LATER)
    before = ended.connection.execute("select count(*) from inconvenient").fetchone()
    done = purged(ended)
    assert (done.accounts, done.tied) == (2, 1)
    assert ended.connection.execute("select count(*) from inconvenient").fetchone() == before


def test_the_command(cli: Cli, home: Path, ended: Book):
    ended.close()
    shutil.copy(ended.path, home / "book.db") if ended.path != home / "book.db" else None
    purge = ("book", "purge", "--client", "Old Bank", "--before", "2026-11-30")
    refused = cli(*purge, "--override", "handed back", now=WHEN)
    assert (refused.code, refused.out) == (2, "")
    kept = cli(*purge, "--yes", "--json", now=WHEN)
    assert (kept.code, kept.data["accounts"], kept.data["kept"][0]["rule"]) == (0, 0, "regf.retention")
    assert cli("book", "backup", now=WHEN).code == 0
    done = cli(*purge, "--override", "handed back", "--yes", "--json", now=WHEN)
    assert (done.code, done.data["accounts"], done.data["backups_removed"]) == (0, 3, 1)
    assert [path.name for path in (home / "backups").iterdir()] == ["book-2026-11-30.db"]
    assert cli(*purge, "--override", "x", "--yes", now=WHEN).out.startswith("nothing to purge")
    assert cli("book", "purge", "--client", "None", "--before", "today", "--yes", now=WHEN).code == 3
    assert cli("book", "purge", "--client", "Old Bank", "--before", "2027-01-01", "--yes", now=WHEN).code == 2
    assert cli("history", now=WHEN).out.count("purged 3 accounts of Old Bank closed before 2026-11-30") == 1
    assert cli("book", "check", now=WHEN).code == 0
