"""A changed byte in any fact is found and located; nobody changes a fact by accident; undo erases nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from collectctl.store import checking, shape
from collectctl.store.book import Book
from collectctl.store.evidence_schema import GUARDED
from collectctl.store.facts import COLUMNS
from collectctl.store.proving import Proof
from collectctl.usecases import undoing
from tests.book.conftest import LATER
from tests.store.test_book import say


def found(book: Book) -> list[str]:
    return [finding.text for finding in Proof(book.connection).findings()]


@contextmanager
def tampered(book: Book) -> Iterator[sqlite3.Connection]:
    """A forger at work who has taken all guards away; afterwards nothing was done."""
    connection = book.connection
    connection.execute("pragma foreign_keys = off")
    connection.execute("pragma ignore_check_constraints = on")
    connection.execute("begin immediate")
    checking.unguard(connection)
    yield connection
    connection.execute("rollback")
    connection.execute("pragma foreign_keys = on")


def other(value: object, declared: str) -> object:
    """A value of the column that is nearly the same."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + 1_000_000
    if value is None:
        return {"INTEGER": 1, "TEXT": "", "BLOB": b"x"}[declared]
    return str(value) + " "


def test_the_book_has_facts_of_every_kind_and_all_of_them_are_proved(book: Book):
    empty = [t for t in COLUMNS if not book.connection.execute(f"select 1 from {t}").fetchone()]
    assert empty == []
    assert found(book) == []


@pytest.mark.parametrize("table", COLUMNS)
def test_a_change_in_any_column_of_any_fact_is_located(book: Book, table: str):
    columns = {row[1]: row[2] for row in book.connection.execute(f"pragma table_info({table})")}
    number = book.connection.execute(f"select max(id) from {table}").fetchone()[0]
    for column, declared in columns.items():
        with tampered(book) as connection:
            value = connection.execute(f'select "{column}" from {table} where id = ?', (number,)).fetchone()[
                0
            ]
            changed = other(value, declared)
            connection.execute(f'update {table} set "{column}" = ? where id = ?', (changed, number))
            texts = found(book)
        if column == "id":
            assert any("facts" in text for text in texts), column
        else:
            assert any(text.startswith(f"{table} {number}") for text in texts), (column, texts)


@pytest.mark.parametrize("table", COLUMNS)
def test_a_fact_that_is_gone_or_that_nobody_wrote_is_found(book: Book, table: str):
    with tampered(book) as connection:
        connection.execute(f"delete from {table} where id = (select max(id) from {table})")
        assert any("facts, " in text for text in found(book))
    with tampered(book) as connection:
        connection.execute(f"create temp table copy as select * from {table} limit 1")
        connection.execute("update copy set id = 1000000")
        for column in ("name", "number", "id_number", "customer"):
            if column in COLUMNS[table] and table in ("client", "account", "person"):
                connection.execute(f"update copy set {column} = 'forged'")
        connection.execute(f"insert into {table} select * from copy")
        connection.execute("drop table copy")
        assert found(book) == [f"1 rows of {table} were written by no entry of the journal"]


def test_a_fact_forged_with_a_hash_that_fits_breaks_the_chain(book: Book):
    from collectctl.store.facts import fact_hash

    columns = ", ".join(f'"{column}"' for column in COLUMNS["activity"])
    with tampered(book) as connection:
        connection.execute("update activity set text = 'they agreed' where id = 1")
        salt, *row = connection.execute(
            f"select salt, id, op, {columns} from activity where id = 1"
        ).fetchone()
        digest = fact_hash(salt, "activity", row)
        connection.execute("update activity set hash = ? where id = 1", (digest,))
        texts = found(book)
    assert len(texts) == 1
    assert texts[0].startswith("entry 2 (log, ")


@pytest.mark.parametrize("column", ["at", "kind", "command", "target", "facts", "chain"])
def test_a_change_of_the_journal_is_found_at_its_entry(book: Book, column: str):
    with tampered(book) as connection:
        value, declared = connection.execute(
            f"select {column}, type from operation, pragma_table_info('operation') where id = 5 and name = ?",
            (column,),
        ).fetchone()
        connection.execute(f"update operation set {column} = ? where id = 5", (other(value, declared),))
        texts = found(book)
    assert any(text.startswith("entry 5 (") for text in texts)


def test_an_entry_that_is_gone_is_found_and_so_is_a_removed_undo(book: Book):
    with tampered(book) as connection:
        connection.execute("delete from operation where id = 5")
        assert "entries 5 to 5 of the journal are missing" in found(book)


def test_a_byte_that_makes_a_text_unreadable_is_located(book: Book):
    with tampered(book) as connection:
        connection.execute("update activity set text = cast(x'41ff42' as text) where id = 1")
        assert [text.partition(",")[0] for text in found(book)] == ["activity 1 of account V1-1"]


def test_a_fact_removed_as_if_it_had_been_purged_is_found(book: Book):
    with tampered(book) as connection:
        connection.execute(
            "insert into tombstone select 'activity', id, op, (select op from purge), hash from activity"
            " where id = 1"
        )
        connection.execute("delete from activity where id = 1")
        assert [text for text in found(book) if "purged is not what it said" in text]


@pytest.mark.parametrize("table", [*GUARDED, "operation"])
def test_sqlite_itself_refuses_to_change_or_delete_what_is_recorded(book: Book, table: str):
    column = "id" if table != "operation" else "chain"
    for sql in (f"update {table} set {column} = {column}", f"delete from {table}"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            book.connection.execute(sql)


def test_nothing_recorded_is_replaced_by_an_insert(book: Book):
    for table in GUARDED:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            book.connection.execute(f"insert or replace into {table} select * from {table} limit 1")


def test_every_kind_of_fact_is_guarded():
    assert set(COLUMNS) <= set(GUARDED)


def test_guards_that_were_removed_are_found_and_put_back(book: Book):
    with tampered(book) as connection:
        [finding] = shape.differing(connection)
        assert finding.repairable
        shape.mend(connection)
        assert list(shape.differing(connection)) == []


def test_undo_appends(book: Book):
    before = book.connection.execute("select count(*) from operation").fetchone()[0]
    say(book, 1, "note")
    facts = book.connection.execute("select count(*) from activity").fetchone()
    undoing.undo(book, LATER)
    assert book.connection.execute("select count(*) from activity").fetchone() == facts
    assert book.connection.execute("select count(*) from operation").fetchone()[0] == before + 2
    assert found(book) == []
