"""What has happened before a command of expected/errors.txt is typed."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_input.conftest import Runner

Situation = Callable[[Path, Runner, pytest.MonkeyPatch], None]


def newer(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(desk / "book.db") as connection:
        connection.execute("pragma user_version = 99")
    connection.close()


def foreign(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").unlink()
    with sqlite3.connect(desk / "book.db") as connection:
        connection.execute("create table contacts (name text)")
    connection.close()


def text_file(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").write_text("my debtors\n" * 200, "utf-8")


def folder(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").unlink()
    (desk / "book.db").mkdir()


def no_book(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").unlink()


def log_alone(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").rename(desk / "elsewhere.db")
    (desk / "book.db-wal").write_bytes(bytes(4096))


def log_of_another(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db-wal").write_bytes(b"my debtors\n" * 200)


def linked(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "snapshot.db").hardlink_to(desk / "book.db")


def beginning_lost(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    content = bytearray((desk / "book.db").read_bytes())
    content[:100] = bytes(100)
    (desk / "book.db").write_bytes(content)


def fifo(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "book.db").unlink()
    os.mkfifo(desk / "book.db")


def behind_a_file(_desk: Path, _run: Runner, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("COLLECTCTL_DB", "accounts.csv/book.db")  # a folder that is none


def list_of_yesterday(_desk: Path, run: Runner, patch: pytest.MonkeyPatch) -> None:
    assert run("list").code == 0
    patch.setenv("COLLECTCTL_NOW", "2026-11-24T09:00+08:00")


def password(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    samples = os.environ.get("COLLECTCTL_DATA")
    if not samples:
        pytest.skip("COLLECTCTL_DATA names no folder with sample files")
    shutil.copy(Path(samples) / "excel" / "sheetjs__password_2002_128_strong.xls", desk / "password.xls")


def list_shown(_desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("today").code == 0


def closed(_desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("close", "B-1", "--as", "paid").code == 0


def closed_yesterday(_desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("close", "B-1", "--as", "paid", "--on", "yesterday").code == 0


def rejects_there(desk: Path, _run: Runner, _patch: pytest.MonkeyPatch) -> None:
    (desk / "rejects.csv").write_text("mine\n", "utf-8")


def locked(desk: Path, _run: Runner, patch: pytest.MonkeyPatch) -> None:
    """Another connection is writing and does not finish; nobody waits for it here."""
    from collectctl.store import book

    patch.setattr(book, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(desk / "book.db", isolation_level=None)
    other.execute("begin immediate")
    patch.setattr(book, "held_by_test", other, raising=False)  # closed, its lock would go


def full(_desk: Path, _run: Runner, patch: pytest.MonkeyPatch) -> None:
    """No page can be added to the book: SQLite answers as on a full disk."""
    from collectctl.store import book

    connect = book._connect

    def small(target: str) -> sqlite3.Connection:
        connection = connect(target)
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {max(pages, 1)}")
        return connection

    patch.setattr(book, "_connect", small)


_HEAD = "title: mine\nchannels: sms\naudience: debtor\n---\n"
# the user's own, by name
TEMPLATES = {
    "syntax": _HEAD + "Hello {{ name }\n",
    "unknown": _HEAD + "Hello\n\n{% if false %}{{ balnce }}{% endif %}\n",
    "unsafe": _HEAD + "{{ name.__class__.__mro__ }}\n",
    "threat": _HEAD + "Pay, {{ name }}.\nYou will be arrested.\n",
    "anybody": _HEAD.replace("debtor", "anybody") + "{{ name }}, {{ balance }}\n",
    "nobody": _HEAD + "Pay.\n",
    "headless": "Hello\n",
    "fax": _HEAD.replace("sms", "sms, fax"),
}


def own_templates(desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    folder = desk / "config" / "collectctl" / "templates"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / f"{name}.j2").write_text(text, "utf-8")
    (desk / "message.txt").write_text("mine\n", "utf-8")
    for setting in (("collector", "Ida"), ("agency", "Fiction"), ("callback", "4000000100")):
        assert run("config", "set", *setting).code == 0


def case_cut_short(desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("case", "build", "A-1", "--out", "case.zip").code == 0
    whole = (desk / "case.zip").read_bytes()
    (desk / "case.zip").write_bytes(whole[: len(whole) // 2])


def case_without_sense(desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("case", "build", "A-1", "--out", "case").code == 0
    (desk / "case" / "MANIFEST.json").write_text("{", "utf-8")


def case_of_others(desk: Path, run: Runner, _patch: pytest.MonkeyPatch) -> None:
    assert run("case", "build", "A-1", "--out", "case").code == 0
    (desk / "case" / "MANIFEST.json").write_text('{"kind": "their case", "schema_version": 1}', "utf-8")


SITUATIONS: dict[str, Situation] = {
    "a book of a newer version": newer,
    "an SQLite file of another program": foreign,
    "a text file as the book": text_file,
    "a folder as the book": folder,
    "no book yet": no_book,
    "a log without its book": log_alone,
    "a log of something else": log_of_another,
    "a book of two names": linked,
    "a book without its first bytes": beginning_lost,
    "a pipe as the book": fifo,
    "a book behind a file": behind_a_file,
    "the list of yesterday": list_of_yesterday,
    "a workbook with a password": password,
    "a list shown": list_shown,
    "B-1 is closed": closed,
    "B-1 was closed yesterday": closed_yesterday,
    "rejects.csv is there": rejects_there,
    "another program is writing": locked,
    "a full disk": full,
    "templates of my own": own_templates,
    "a case cut short": case_cut_short,
    "a manifest that is no JSON": case_without_sense,
    "a manifest of another program": case_of_others,
}
