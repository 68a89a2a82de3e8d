"""Files that are damaged, made to harm, or not what their name says."""

import io
import struct
import zipfile
from functools import cache

import pytest
import xlsxwriter

from collectctl.domain.errors import CollectError
from collectctl.intake import errors, packages
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.recognise import recognise
from tests.intake.reading import read_accounts, sample, text_cell, workbook, xlsx, xlsx_parts, zipped

HEADER = "<row r='1'>" + text_cell("A1", "account") + text_cell("B1", "balance") + "</row>"
ROW = "<row r='2'>" + text_cell("A2", "A1") + "{}</row>"
CSV = b"account,name,balance\nA1,Ann,5\nA2,Bob,6\n"


def rows(data: bytes, **options) -> list[list[str]]:
    return [cells for _row, cells in read_table("f", data, **options).rows()]


def accounts(data: bytes):
    table = read_table("f", data)
    return read_accounts(table, recognise(table), Defaults(client="Bank", currency="CNY"))


# --- packages ---------------------------------------------------------------------------------------------


@cache
def bomb() -> bytes:
    """101 MiB of blanks in a sheet: a ratio of about 1,000."""
    return xlsx(HEADER + " " * (101 << 20))


def overlapping() -> bytes:
    """Two entries of the directory that point at the same compressed bytes."""
    data = bytearray(zipped({**xlsx_parts(HEADER), "xl/b": b"b" * 500, "xl/c": b"b" * 500}))
    entries = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    data[entries[-1] + 42 : entries[-1] + 46] = data[entries[-2] + 42 : entries[-2] + 46]
    return bytes(data)


def lying(claimed: int) -> bytes:
    """A part whose sizes in the directory are not those of its bytes."""
    data = bytearray(bomb())
    for at in range(len(data) - 30):
        if data.startswith(b"PK\x01\x02", at) and b"sheet1.xml" in data[at : at + 80]:
            data[at + 24 : at + 28] = struct.pack("<I", claimed)
    return bytes(data)


def locked() -> bytes:
    data = bytearray(xlsx(HEADER))
    for at in range(len(data) - 30):
        if data.startswith(b"PK\x01\x02", at):
            data[at + 8] |= 1
    return bytes(data)


def of_method(method: int) -> bytes:
    return zipped(xlsx_parts(HEADER), method)


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
) + "]>"  # fmt: skip
REFUSED = {
    "a zip bomb": (bomb, errors.ExpandsTooFar),
    "a zip bomb that claims to be small": (lambda: lying(1000), errors.ExpandsTooFar),
    "overlapping entries": (overlapping, errors.UnreadableWorkbook),
    "an encrypted zip": (locked, errors.PasswordNeeded),
    "an unusual compression": (lambda: of_method(zipfile.ZIP_LZMA), errors.UnreadableWorkbook),
    "billion laughs": (
        lambda: xlsx(HEADER.replace("balance", "&k;"), before=LAUGHS), errors.UnreadableWorkbook,
    ),
    "a cell at the far end": (
        lambda: xlsx(HEADER + "<row r='1048576'>" + text_cell("XFD1048576", "x") + "</row>"),
        errors.UnreadableWorkbook,
    ),
    "a cut workbook": (lambda: workbook([["account"], ["A1"]])[:-300], errors.UnreadableWorkbook),
    "a zip of something else": (lambda: zipped({"a.txt": b"account\n1\n"}), errors.UnreadableWorkbook),
    "a formula without result": (
        lambda: xlsx(HEADER + ROW.format("<c r='B2'><f>1+1</f></c>")), errors.NoResults,
    ),
    "a formula with an empty result": (
        lambda: xlsx(HEADER + ROW.format("<c r='B2'><f>1+1</f><v></v></c>")), errors.NoResults,
    ),
    "a web page": (lambda: b"\xef\xbb\xbf <HTML><table><td>account</td></table>", errors.MarkupFile),
    "a web page in UTF-16": (lambda: "<html><table></table>".encode("utf-16"), errors.MarkupFile),
    "a spreadsheet of 2003 as XML": (
        lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><a/>', errors.MarkupFile,
    ),
    "bytes that are null": (lambda: CSV.replace(b"Ann", b"A\0n"), errors.BinaryFile),
    "only quotes": (lambda: b'"' * 4001, CollectError),
    "nothing but delimiters": (lambda: b",,,\n" * 50, errors.NoHeader),
    "one damaged byte in UTF-8": (
        lambda: ("案件编号,姓名\n" * 50).encode() + b"\xff" + "张\n".encode() * 9, errors.UnknownEncoding,
    ),
    "UTF-16 cut in half": (lambda: "案件编号,最新欠款\nA1,5\n".encode("utf-16-le")[:-1] * 31, CollectError),
    "zeros without end": (lambda: bytes(1 << 20), errors.EmptyFile),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str):
    make, error = REFUSED[name]
    with pytest.raises(error) as caught:
        accounts(make())
    assert caught.value.exit_code == 4
    assert caught.value.hint
    assert len(f"{caught.value.message}\n{caught.value.hint}".splitlines()) <= 4


def test_the_limit_is_named_and_counts_all_parts_together(monkeypatch: pytest.MonkeyPatch):
    assert packages.EXPANDED >= 4 << 30
    with pytest.raises(errors.ExpandsTooFar, match="more than 4 GiB"):
        read_table("f", bomb())
    monkeypatch.setattr(packages, "EXPANDED", 3 << 20)
    many = {f"xl/media/{n}": bytes(1 << 20) for n in range(3)}
    with pytest.raises(errors.ExpandsTooFar):
        read_table("f", zipped({**xlsx_parts(HEADER), **many}))


def test_a_genuine_workbook_is_far_from_the_limits():
    sheet = workbook([["account", "name", "balance"], *([f"A{n}", "Ann", n] for n in range(20_000))])
    found = packages.inspect("f", sheet)
    assert found.expanded < packages.EXPANDED / 1_000_000 * 20_000
    assert found.expanded < len(sheet) * packages.RATIO / 5


# --- what a workbook holds besides values -------------------------------------------------------------------


def test_macros_and_links_are_said_and_not_followed():
    parts = xlsx_parts(HEADER + ROW.format(text_cell("B2", "5")))
    table = read_table("f.xlsm", zipped({**parts, "xl/vbaProject.bin": b"x", "xl/connections.xml": b"<x/>"}))
    assert len(list(table.rows())) == 2
    macros, links = table.warnings
    assert "macros" in macros
    assert "linked" in links


def test_error_cells_are_counted():
    data = xlsx(HEADER + ROW.format("<c r='B2'><v>5</v></c><c r='C2' t=\"e\"><v>#REF!</v></c>"))
    table = read_table("f", data)
    assert list(table.rows())[1][1][:2] == ["A1", "5"]
    assert table.warnings == ("1 cells hold a spreadsheet's error (#N/A, #REF!) and were read as empty",)


def test_a_formula_with_its_result_is_a_value():
    assert rows(xlsx(HEADER + ROW.format("<c r='B2'><f>1+1</f><v>2</v></c>")))[1] == ["A1", "2"]


def sheets(*states: str) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("front").write(0, 0, "read me")
        for state in states:
            sheet = book.add_worksheet(state)
            sheet.write_row(0, 0, ["account", "balance"])
            sheet.write_row(1, 0, [state, 5])
            if state.startswith("hidden"):
                sheet.hide()
            if state.startswith("very"):
                sheet.very_hidden()
    return stream.getvalue()


@pytest.mark.parametrize("hidden", ["hidden", "very hidden"])
def test_hidden_sheets_give_way_to_visible_ones(hidden: str):
    assert read_table("f", sheets(hidden, "shown")).sheet == "shown"
    assert read_table("f", sheets(hidden)).sheet == "front"
    assert read_table("f", sheets(hidden, "shown"), sheet=hidden).sheet == hidden


def test_several_tables_are_said():
    found = read_table("f", sheets("one", "two"))
    assert found.sheet == "one"
    assert "others look like tables too: two (--sheet NAME)" in found.warnings[0]


def test_a_sheet_for_a_text_is_said():
    found = read_table("f.csv", CSV, sheet="S")
    assert "--sheet S was left aside" in found.warnings[0]
    assert read_table("f.csv", CSV).warnings == ()


def test_merged_data_cells_hold_their_value_once():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([["account", "name", "balance"], ["A1", "", 5], ["A2", "", 6]]):
            sheet.write_row(at, 0, row)
        sheet.merge_range(1, 1, 2, 1, "Ann")
    found = accounts(stream.getvalue())
    assert [(a.number, a.name) for a in found.accounts] == [("A1", "Ann"), ("A2", "")]


# --- dates and numbers ------------------------------------------------------------------------------------

SERIALS = [
    ("46086", "2026-03-05"), ("46086.604", "2026-03-05"), ("2958466", None), ("-1", None), ("1e16", None),
    ("-50000", None), ("1e15", None), ("1e300", None), ("99999", "2173-10-13"),
]  # fmt: skip


@pytest.mark.parametrize("style", [0, 1])
@pytest.mark.parametrize(("serial", "day"), SERIALS)
def test_serials_in_a_column_of_dates(serial: str, day: str | None, style: int):
    cells = "<row r='1'>" + "".join(map(text_cell, ("A1", "B1", "C1"), ("account", "balance", "due date")))
    number = f"<c r='B2'><v>5</v></c><c r='C2' s='{style}'><v>{serial}</v></c>"
    found = accounts(xlsx(cells + "</row>" + ROW.format(number)))
    if day:
        assert found.accounts[0].values["due_date"] == day
    else:
        assert [error.column for error in found.errors] == ["due date"]


@pytest.mark.parametrize(
    ("serial", "day"), [("44624", "2026-03-05"), ("0", "1904-01-01"), ("1", "1904-01-02")]
)
def test_serials_of_a_workbook_of_1904(serial: str, day: str):
    head = "<row r='1'>" + "".join(map(text_cell, ("A1", "B1", "C1"), ("account", "balance", "due date")))
    cells = f"{head}</row>" + ROW.format(f"<c r='B2'><v>5</v></c><c r='C2'><v>{serial}</v></c>")
    parts = xlsx_parts(cells)
    book = parts["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    assert accounts(zipped({**parts, "xl/workbook.xml": book})).accounts[0].values["due_date"] == day


@pytest.mark.parametrize(
    "number", ["440524199001010011", "6222025848007750018", "4.40524E+17", "1234567890123456"]
)
def test_numbers_that_a_spreadsheet_rounded_are_refused(number: str):
    data = xlsx(HEADER + f"<row r='2'><c r='A2'><v>{number}</v></c><c r='B2'><v>5</v></c></row>")
    assert [error.column for error in accounts(data).errors] == ["account"]


# --- texts ------------------------------------------------------------------------------------------------

READ = {
    "mixed line ends": (b"account,balance\r\nA1,5\nA2,6\rA3,7\r\n", ["A1", "A2", "A3"]),
    "a lone carriage return": (b"account,balance\rA1,5\rA2,6\r", ["A1", "A2"]),
    "short rows": (b"account,balance,name,city\nA1,5\nA2,6,Bob\n", ["A1", "A2"]),
    "a mark of byte order inside": (
        b"\xef\xbb\xbfaccount,balance\nA1,5\n\xef\xbb\xbfA2,6\n",
        ["A1", "\ufeffA2"],
    ),
    "every cell in quotes": (b'"account","balance"\n"A1","5"\n', ["A1"]),
    "tabs": (CSV.replace(b",", b"\t"), ["A1", "A2"]),
    "UTF-16 without a mark": (CSV.decode().encode("utf-16-be"), ["A1", "A2"]),
    "GB18030 of four bytes": ("案件编号,姓名,最新欠款\nA1,张㐂𠮷,5\n".encode("gb18030"), ["A1"]),
    "blank lines": (b"\n\n\naccount,balance\n\nA1,5\n\n\n", ["A1"]),
}


@pytest.mark.parametrize("name", READ)
def test_odd_texts_are_read(name: str):
    data, numbers = READ[name]
    found = accounts(data)
    assert (found.errors, [a.number for a in found.accounts]) == ([], numbers)


def test_a_row_that_is_wider_than_the_header_is_an_error():
    found = accounts(b"account,balance\nA1,1,234.50\nA2,6\n")
    assert [(e.row, e.column) for e in found.errors] == [(2, "column 3")]


def test_sixteen_thousand_columns_and_a_cell_of_twenty_megabytes():
    wide = ",".join(["account", "balance", *(f"c{n}" for n in range(16_382))])
    found = accounts(f"{wide}\nA1,5{',x' * 16_382}\n".encode())
    assert len(found.accounts[0].extra) == 16_382
    long = accounts(b"account,balance,note\nA1,5," + b"x" * (20 << 20) + b"\n")
    assert len(str(long.accounts[0].values["remarks"])) == 20 << 20


def test_real_workbooks_do_what_they_are_said_to_do():
    with pytest.raises(errors.PasswordNeeded):
        rows(sample("excel/sheetjs__password_2002_128_strong.xls"))
    assert read_table("f", sample("excel/sheetjs__1904__1904.xlsx")).epoch_1904
    table = rows(sample("excel/sheetjs__text_and_numbers.xlsx"))
    assert table == [["English", "Hello", "World"], ["Hebrew", "שלום", "עולם"], [], ["1337", "13.37", "1337"]]
