"""`book check` works everything out again, says what is wrong with its remedy, and puts right what it can."""

import shutil
from pathlib import Path

import pytest

from collectctl.store.book import Book
from collectctl.store.errors import BookReadOnly
from collectctl.store.search import by_text
from collectctl.usecases.checking import check
from tests.book.conftest import LATER
from tests.book.test_evidence import tampered
from tests.conftest import Cli
from tests.store.test_book import derived

NOW = LATER.replace(day=26)
WHEN = "2026-11-26T09:00+08:00"


def looked(book: Book, *, repair: bool = False):
    return check(book, NOW, lambda _what: None, repair=repair)


def test_a_sound_book(book: Book):
    result = looked(book)
    assert result.findings == ()
    assert result.counts["accounts"] == book.connection.execute("select count(*) from worklist").fetchone()[0]
    assert (result.seal,) == book.connection.execute(
        "select lower(hex(chain)) from operation order by id desc limit 1"
    ).fetchone()


DERIVED = {
    "a row of the list": "update worklist set points = points + 1 where account = 1",
    "a row that is missing": "delete from worklist where account = 2",
    "a row too many": "insert into worklist select 9999, person, 0, state, class, points, due_on, due_at,"
    " changes_on, client, batch, currency, balance, overdue_since, ends_on, last_on, last_outcome, reached,"
    " city, gate, hours from worklist where account = 1",
    "a balance": "update worklist set balance = balance + 1 where account = 3",
    "a count": "update worklist_count set n = n + 1 where what = 'all'",
    "a count too many": "insert into worklist_count values ('due', 'new', '2026-11-20', '', 0, 3)",
    "an undone step that stands": "update operation set stands = 1 where not stands",
    "a step that does not": "update operation set stands = 0 where id = 2",
    "words that nobody wrote": "insert into search values ('forged', 1, 1, 'note')",
    "words that are missing": "delete from search where rowid = (select min(rowid) from search)",
    "a part that nobody wrote": "insert into fragment values ('forged', 1)",
    "a part that is missing": "delete from fragment where rowid = (select min(rowid) from fragment)",
    "the parts": "drop table fragment",
    "a guard": "drop trigger activity_update",
    "a guard that guards nothing": "drop trigger tag_delete; create trigger tag_delete before delete on tag"
    " begin select 1; end",
    "a trigger of another": "create trigger evil after insert on activity begin delete from state; end",
    "an index": "drop index activity_account",
    "a view": "drop view call_log",
    "the list itself": "drop table worklist",
    "the hours": "update opening_hours set key = 'x' where id <> 0",
}


@pytest.mark.parametrize("what", DERIVED)
def test_what_is_derived_is_compared_and_made_anew(book: Book, what: str):
    looked(book)  # brings the list to the day
    before = derived(book)
    book.connection.execute("pragma foreign_keys = off")
    book.connection.executescript(DERIVED[what])
    book.connection.execute("pragma foreign_keys = on")
    result = looked(book)
    assert any(f.repairable and f.remedy == "collectctl book check --repair" for f in result.findings)
    mended = looked(book, repair=True)
    assert mended.findings == ()
    assert mended.repaired
    assert derived(book) == before
    assert len(by_text(book.connection, "forged", 5)) == 0
    assert len(by_text(book.connection, "王丁", 5)) == 1


def test_repair_is_an_entry_and_no_step_and_a_second_one_has_nothing_to_do(book: Book):
    book.connection.execute("update worklist set points = 0")
    assert looked(book, repair=True).repaired
    assert looked(book, repair=True).repaired == 0
    rows = book.connection.execute("select kind, command from operation order by id desc limit 2").fetchall()
    assert rows[0] == ("entry", "book check")
    assert rows[1] != rows[0]


def test_others_may_not_read_the_book(book: Book):
    book.path.chmod(0o644)
    [finding] = looked(book).findings
    assert (finding.check, finding.repairable) == ("file", True)
    assert looked(book, repair=True).findings == ()
    assert book.path.stat().st_mode & 0o777 == 0o600


WRONG = {
    "a currency": ("update payment set currency = '' where id = 1", "money"),
    "a row of a file": ("update statement set extra = '{' where id = 1", "imported"),
    "somebody who is missing": ("delete from person where id = 1", "database"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_only_a_backup_can_mend(book: Book, what: str):
    sql, part = WRONG[what]
    with tampered(book) as connection:
        connection.execute(sql)
        findings = {f.check: f for f in _file_parts(book)}
    assert findings[part].remedy.startswith("collectctl book restore")
    assert not findings[part].repairable


def _file_parts(book: Book):
    from collectctl.store import checking

    return [*checking.database(book.connection), *checking.values(book.connection)]


def test_a_clock_set_back_and_a_book_that_can_only_be_read_are_checked_as_they_stand(book: Book):
    assert check(book, LATER.replace(day=20), lambda _what: None).findings == ()
    book.refusal = BookReadOnly(str(book.path))
    assert looked(book).findings == ()


def test_the_command_leaves_with_1_and_says_what_and_where(cli: Cli, home: Path, rich: Path):
    import sqlite3

    shutil.copy(rich, home / "book.db")
    sound = cli("book", "check", now=WHEN)
    assert (sound.code, sound.out) == (0, "check\ttext\tremedy\trepairable\n")
    assert "the book is as it should be" in sound.err
    with sqlite3.connect(home / "book.db") as connection:
        connection.execute("drop trigger activity_update")
        connection.execute("update activity set text = 'they agreed' where id = 1")
        connection.execute("update worklist set points = 0 where account = 1")
    connection.close()
    seen = cli("book", "check", now=WHEN)
    assert seen.code == 1
    rows = [line.split("\t") for line in seen.out.splitlines()[1:]]
    assert [(row[0], row[3]) for row in rows] == [
        ("schema", "yes"), ("evidence", "no"), ("derived", "yes"), ("derived", "yes"),
    ]  # fmt: skip
    assert rows[1][1].startswith("activity 1 of account V1-1, written by entry 2 (log, 2026-11-23T02:00:00Z)")
    document = cli("book", "check", "--json", now=WHEN)
    assert document.code == 1
    assert [f["check"] for f in document.data["findings"]] == ["schema", "evidence", "derived", "derived"]
    assert not document.data["clean"]
    mended = cli("book", "check", "--repair", "--json", now=WHEN)
    assert mended.code == 1
    assert ([f["check"] for f in mended.data["findings"]], mended.data["repaired"]) == (["evidence"], 3)
