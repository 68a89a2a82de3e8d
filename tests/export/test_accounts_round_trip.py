"""Accounts that are exported and imported into an empty book are the same accounts."""

import csv
import io
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest

from collectctl.domain.components import COMPONENTS
from collectctl.domain.defusing import defused
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.ledger import ledger
from collectctl.domain.owing import balance_of
from collectctl.store.book import opened
from collectctl.store.persons import load_persons
from tests.conftest import Cli

HEADER = [
    "account", "name", "id number", "phone 1", "phone 2", "mobile 1", "mobile 2", "home phone", "work phone",
    "ref 1 name", "ref 1 relation", "ref 1 phone", "spouse name", "spouse mobile", "balance", "principal",
    "currency", "due date", "dpd", "birthday", "remarks", "disputed", "vip", "customer number",
    "account no 2", "card number", "mobile_7", "party3_role", "=cmd|' /C calc'!A0", "account_x",
]  # fmt: skip
ROWS = [
    ["00012", "王小明", "990101199001010018", "010-68472307", "", "13800138000", "13800138001", "",
     "021-5550100", "李试", "姐姐", "13800138002", "赵样", "13800138003", "1200.00", "1000.00", "CNY",
     "2026-09-01", "83", "1890-02-03", "不要打单位", "N", "yes", "0007", "X", "6200000000000000017", "odd",
     "role?", "=1+1", "'=2"],
    ["0099-A", "=HYPERLINK(\"http://x\",\"y\")", "", "+1 202 555 0101", "", "", "", "", "", "", "", "", "",
     "", "0.07", "", "USD", "", "12天", "", "-5 points", "Y", "@x", "0008", "", "", "", "", "\t=3", ""],
    ["J-1", "[red]x[/] 'quoted'", "", "", "", "", "", "", "", "", "", "", "", "", "15000", "", "JPY", "",
     "", "2000-02-29", "line one\nline two", "", "", "0008", "", "", "", "", "", "+"],
    ["K-1", "Ann Lee", "", "", "", "", "", "", "", "+49", "", "13800138009", "", "", "12.345", "", "KWD", "",
     "", "", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip
# what the ledger and the placement know better than the file, and export as they have it
LATER = ("placed_on", "batch", "due_date", "placement_ends", *COMPONENTS)


def table(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def people(book: Path) -> list[PersonFile]:
    with opened(book) as opened_book:
        connection = opened_book.connection
        ids = [row[0] for row in connection.execute("select distinct person from worklist order by 1")]
        return list(load_persons(connection, ids))


def owed(account: AccountFile) -> dict[str, int]:
    return dict(ledger(account, date.max).owed)


def known(book: Path) -> list[tuple[object, ...]]:
    """What must come back, without the numbers of rows and days of import."""
    found: list[tuple[object, ...]] = []
    for person in people(book):
        phones = sorted(
            ((p.label, n, p.value) for n, p in enumerate(person.phones)), key=lambda p: (p[0], p[1])
        )
        of_kind = [(label, value) for label, _n, value in phones]
        for a in person.accounts:
            parties = [
                (p.role, p.name, p.relation,
                 sorted((q.label, q.value) for q in person.party_phones if q.person == p.person))
                for p in a.parties if p.role != "debtor"
            ]  # fmt: skip
            stated = a.statement
            values = {k: v for k, v in stated.values.items() if k not in LATER}
            found.append((
                a.number, a.client, a.debtor, person.id_number, of_kind, parties, balance_of(a),
                stated.currency, stated.overdue_since, owed(a), values, dict(stated.extra),
                a.placement.batch, a.placement.placed_on,
                a.placement.ends_on, [b.number for b in person.accounts],
            ))  # fmt: skip
    return sorted(found, key=lambda row: str(row[0]))


def there_and_back(cli: Cli, home: Path, name: str, *options: str) -> None:
    done = cli("export", "accounts", str(home / name), "--reveal", *options)
    assert done.code == 0, done.err
    back = cli("import", str(home / name), db=home / "other.db")
    assert back.code == 0, back.err
    assert known(home / "other.db") == known(home / "book.db")
    assert cli("import", str(home / name), "--json", db=home / "other.db").data["unchanged"] > 0


@pytest.fixture
def placed(cli: Cli, home: Path) -> Path:
    (home / "odd.csv").write_text(table([HEADER, *ROWS]), "utf-8")
    cli.begin("import", str(home / "odd.csv"), "--client", "委托行")
    return home


FORMATS = ["a.csv", "a.xlsx"]


@pytest.mark.parametrize("name", FORMATS)
def test_odd_accounts_come_back(cli: Cli, placed: Path, name: str):
    there_and_back(cli, placed, name)


@pytest.mark.parametrize("options", [("--bom",), ()])
def test_with_and_without_the_mark_of_spreadsheets(cli: Cli, placed: Path, options: tuple[str, ...]):
    there_and_back(cli, placed, "a.csv", *options)
    assert (placed / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf") == bool(options)


@pytest.mark.parametrize("name", FORMATS)
def test_what_the_book_learnt_since_comes_back(cli: Cli, placed: Path, name: str):
    cli("person", "add-phone", "00012", "139 0013 8005", "--kind", "work")
    cli("person", "add-party", "00012", "=EVIL()", "--role", "employer", "--phone", "010-5550123")
    cli("log", "00012", "tp", "--who", "spouse")
    cli("pay", "00012", "200")
    cli("pay", "K-1", "20")  # more than is owed: a credit
    cli("extend", "J-1", "--until", "2027-01-31")
    there_and_back(cli, placed, name)
    assert {row[0]: row[6] for row in known(placed / "other.db")}["K-1"] == 12_345 - 20_000


@pytest.mark.parametrize("name", FORMATS)
def test_naughty_strings_come_back(cli: Cli, home: Path, data: Path, name: str):
    lines = (data / "strings" / "blns.txt").read_text("utf-8").split("\n")
    payloads = (data / "strings" / "csv-injection-payload.txt").read_text("utf-8").split("\n")
    strings = [s for s in (*lines, *payloads) if s.strip() and "\ufffe" not in s]
    rows = [["account", "name", "remarks", "their note", "ref 1 name", "ref 1 phone", "balance", "currency"]]
    for n, text in enumerate(strings):
        rows.append([f"N{n:04}", text, text, text, text, "13800138000", "1.00", "USD"])
        rows.append([text, "Ann Lee", "", "", "", "", "1.00", "USD"])
    (home / "naughty.csv").write_bytes(table(rows).encode())
    brought = cli("import", str(home / "naughty.csv"), "--client", "Acme", "--skip-bad", "--json")
    assert brought.data["new"] > 800
    there_and_back(cli, home, name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_real_placement_comes_back(cli: Cli, home: Path, data: Path, name: str):
    assert cli("import", str(data / "cn" / "placement_gb18030.csv"), "--client", "某银行").code == 0
    there_and_back(cli, home, name)
    assert len(known(home / "other.db")) == 300


def test_no_cell_is_a_formula(cli: Cli, placed: Path):
    cli("export", "accounts", str(placed / "a.csv"), "--reveal")
    with (placed / "a.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert '\'=HYPERLINK("http://x","y")' in cells
    assert all(defused(cell) == cell or cell.startswith("'") or cell == "-7.655" for cell in cells)
    cli("export", "accounts", str(placed / "a.xlsx"), "--reveal")
    with zipfile.ZipFile(placed / "a.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert not any("hyperlink" in part.lower() or "external" in part.lower() for part in parts.namelist())
    assert "<f>" not in sheet
    assert "<f " not in sheet
    assert "=HYPERLINK" in sheet


def test_numbers_are_text_and_amounts_and_days_are_none(cli: Cli, placed: Path):
    from python_calamine import CalamineWorkbook

    cli("export", "accounts", str(placed / "a.xlsx"), "--reveal")
    head, *rows = CalamineWorkbook.from_path(placed / "a.xlsx").get_sheet_by_index(0).to_python()
    by_number = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    first = by_number["00012"]
    assert (first["id_number"], first["card_number"]) == ("990101199001010018", "6200000000000000017")
    assert (first["balance"], first["due_date"], first["mobile_1"]) == (
        1200.0,
        date(2026, 9, 1),
        "13800138000",
    )
    assert first["birth_date"] == "1890-02-03"  # older than a spreadsheet counts
    with zipfile.ZipFile(placed / "a.xlsx") as parts:
        sheet, styles = (parts.read(f"xl/{n}.xml").decode() for n in ("worksheets/sheet1", "styles"))
    assert "<pane " in sheet
    assert "<autoFilter " in sheet
    assert 'formatCode="#,##0.000"' in styles  # dinars


def test_identity_and_card_numbers_are_masked_unless_revealed(cli: Cli, placed: Path):
    shown = cli("export", "accounts", str(placed / "a.csv"))
    text = (placed / "a.csv").read_text("utf-8")
    assert "990101199001010018" not in text
    assert "6200000000000000017" not in text
    assert "--reveal" in shown.err
    with sqlite3.connect(placed / "book.db") as connection:
        kind, words = connection.execute("select kind, text from operation order by id desc").fetchone()
    connection.close()
    assert (kind, words) == ("entry", "exported accounts: 4 rows, a.csv")
    cli("export", "accounts", str(placed / "b.csv"), "--reveal")
    assert "990101199001010018" in (placed / "b.csv").read_text("utf-8")
    assert "exported accounts, revealed: 4 rows, b.csv" in cli("history").out
    assert "imported" in cli("undo").out  # an export is no step


def test_masked_numbers_make_nobody_the_same_person(cli: Cli, home: Path):
    rows = [["account", "name", "id number", "balance", "currency"]]
    rows += [[f"A{n}", f"Ann {n}", f"9901011990010{n}0018", "5", "CNY"] for n in range(3)]
    (home / "a.csv").write_text(table(rows), "utf-8")
    cli("import", str(home / "a.csv"), "--client", "Acme")
    cli("export", "accounts", str(home / "b.csv"))
    cli("import", str(home / "b.csv"), db=home / "other.db")
    assert len(people(home / "other.db")) == 3


def test_nobody_can_be_told_from_an_anonymous_file(cli: Cli, placed: Path):
    cli("person", "add-party", "00012", "Eve Sample", "--role", "contact", "--phone", "010-5550123")
    cli("export", "accounts", str(placed / "a.csv"), "--anonymise")
    with (placed / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = (placed / "a.csv").read_text("utf-8")
    for row in ROWS:
        for cell in (*row[:14], *row[19:21], row[22], row[23], row[25]):
            assert len(cell) < 3 or cell not in text
    assert "Eve Sample" not in text
    assert [row["name"] for row in rows] == ["debtor 1", "debtor 2", "debtor 3", "debtor 4"]
    assert rows[1]["client_customer"] == rows[2]["client_customer"] == "customer 2"  # the same for the same
    assert rows[0]["balance"] == "1200.00"


def test_closed_accounts_are_left_out_unless_asked_for(cli: Cli, placed: Path):
    cli("close", "J-1", "--as", "paid")
    assert cli("export", "accounts", str(placed / "a.csv"), "--json").data["rows"] == 3
    closed = cli("export", "accounts", str(placed / "b.csv"), "state:closed", "--json")
    assert closed.data["rows"] == 1


def test_what_is_read_is_of_one_moment_and_flat(cli: Cli, placed: Path):
    listed = cli("export", "accounts", str(placed / "a.jsonl"), "client:委托", "--json")
    assert listed.data == {
        "file": "a.jsonl", "kind": "accounts", "format": "jsonl", "rows": 4,
        "columns": listed.data["columns"],
    }  # fmt: skip
    assert listed.data["columns"][:3] == ["account", "client", "name"]
