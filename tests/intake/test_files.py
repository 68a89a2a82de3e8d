import codecs
import json
from datetime import date, datetime

import pytest

from collectctl.domain.errors import CollectError
from collectctl.intake import errors
from collectctl.intake.files import read_table
from collectctl.intake.recognise import recognise
from collectctl.intake.workbooks import cell_text
from tests.intake.reading import sample, table, workbook

AT_HALF_PAST_TWO = datetime(2026, 11, 23, 14, 30)  # noqa: DTZ001 - cells of a sheet know no zone
CHINESE = "案件编号,姓名,最新欠款\nA1,张军,5\n"


def cells(data, **options):
    return [row for _number, row in read_table("f", data, **options).rows()]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_encodings_are_decided_by_the_bytes(encoding, named):
    text = CHINESE * 50  # a few lines say little about an order of bytes
    read = read_table("f", text.encode(encoding))
    assert read.encoding == named
    assert next(read.rows()) == (1, ["案件编号", "姓名", "最新欠款"])


def test_big_endian_mark():
    data = codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be")
    assert cells(data)[1] == ["A1", "张军", "5"]


def test_four_byte_characters_of_gb18030():
    assert cells((CHINESE + "A2,张㐂𠮷,6\n").encode("gb18030"))[2][1] == "张㐂𠮷"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_past_titles_and_quotes(delimiter):
    rows = [["account", "name", "balance"], ["1", '"Doe, J; x|y\tz"', "5"], ["2", "Roe", "6"]]
    text = "List of cases, 2026\n" + "\n".join(delimiter.join(row) for row in rows)
    read = table(text)
    assert read.delimiter == delimiter
    assert [len(row) for _n, row in read.rows()][1:] == [3, 3, 3]


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    read = table('a,b\n\n"x\ny",2\n3,4\n')
    assert list(read.rows()) == [(1, ["a", "b"]), (2, []), (3, ["x\ny", "2"]), (4, ["3", "4"])]
    assert list(read.rows()) == list(read.rows())


def test_a_long_cell_is_read():
    assert len(cells(b"a,b\n" + b"x" * 300_000 + b",1")[1][0]) == 300_000


REFUSED = [
    (b"", errors.EmptyFile),
    (b"\xef\xbb\xbf\r\n \n", errors.EmptyFile),
    (b"account,balance\n1,5\x00\x01\x02", errors.BinaryFile),
    (bytes(range(256)) * 20, errors.BinaryFile),
    (b"%PDF-1.7 account", errors.BinaryFile),
    (b"\x89PNG\r\n\x1a\n", errors.BinaryFile),
    (b"PK\x03\x04 broken", errors.UnreadableWorkbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, errors.UnreadableWorkbook),
    ("name,balance\nRené Müller,5\n".encode("cp1252"), errors.UnknownEncoding),
    ("account,name\n1,Ren\xe9e\n".encode("latin-1"), errors.UnknownEncoding),
    (("案件编号,姓名\n" * 5).encode() + b"\xff\xfe,x\n", errors.UnknownEncoding),
    (b'account,balance\n1,"5\n2,6\n', errors.BadQuotes),
]


@pytest.mark.parametrize(("data", "error"), REFUSED)
def test_files_that_can_not_be_read_are_refused(data, error):
    with pytest.raises(error) as caught:
        cells(data)
    assert caught.value.exit_code == 4
    assert caught.value.hint


def test_the_wrong_byte_is_named():
    with pytest.raises(errors.UnknownEncoding, match="offset 17"):
        cells(b"account,name\n1,Re\xff\n")
    data = b"x" * ((1 << 20) - 1) + "中".encode()[:2] + b"y"
    with pytest.raises(errors.UnknownEncoding, match=f"offset {(1 << 20) - 1}"):
        cells(data, encoding="utf-8")


def test_a_named_encoding_decides():
    assert cells("René".encode("cp1252"), encoding="cp1252") == [["René"]]
    for wrong in ("klingon", "rot13", "hex"):
        with pytest.raises(errors.NoSuchEncoding) as caught:
            cells(b"a", encoding=wrong)
        assert caught.value.exit_code == 2


def test_a_quote_inside_a_cell_is_no_open_quote():
    assert cells(b'a,b\n5" pipe,2\n') == [["a", "b"], ['5" pipe', "2"]]


def test_the_open_quote_is_found():
    with pytest.raises(errors.BadQuotes, match="row 3"):
        cells(b'a,b\n1,2\n3,"4\n5,6\n')


def test_cells_of_a_workbook_are_text():
    rows = [
        ["text", 91, 474.2, -0.5, True, None],
        ["0012", 6222025848007750018, date(2026, 11, 23), AT_HALF_PAST_TWO, "", "x"],
    ]
    read = read_table("f.xls", workbook(rows))
    assert (read.format, read.encoding, read.delimiter, read.sheet) == ("xlsx", None, None, "Sheet1")
    assert list(read.rows()) == [
        (1, ["text", "91", "474.2", "-0.5", "TRUE", ""]),
        (2, ["0012", "6.22202584800775e+18", "2026-11-23", "2026-11-23 14:30:00", "", "x"]),
    ]


def test_numbers_beyond_15_digits_show_their_damage():
    assert cell_text(2309.7899999999995) == "2309.7899999999995"
    assert cell_text(123456789012345.0) == "123456789012345"
    assert cell_text(1234567890123456.0) == "1.234567890123456e+15"


def test_the_sheet_with_a_header_is_chosen():
    data = workbook([["notes about the file"]], [], [["title"], ["account", "balance"], ["1", 5]])
    assert read_table("f", data).sheet == "Sheet3"
    assert read_table("f", data, sheet="Sheet1").sheet == "Sheet1"
    assert read_table("f", workbook([], [["no header"], ["x"]])).sheet == "Sheet2"
    with pytest.raises(errors.NoSuchSheet, match="Sheet1, Sheet2, Sheet3"):
        read_table("f", data, sheet="Sheet9")
    with pytest.raises(errors.EmptyFile):
        read_table("f", workbook([], []))


@pytest.mark.parametrize("name", ["comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json"])
def test_csv_spectrum(name):
    compare_spectrum(name)


@pytest.mark.parametrize(
    "name", ["newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"]
)
def test_csv_spectrum_of_line_ends(name):
    compare_spectrum(name)


def compare_spectrum(name):
    data = sample(f"csv/csv-spectrum/csvs/{name}.csv")
    if name.endswith("_crlf"):  # copies through version control lose the line ends that the name promises
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    header, *rows = cells(data)
    expected = json.loads(sample(f"csv/csv-spectrum/json/{name}.json"))
    read = [dict(zip(header, row, strict=True)) for row in rows if row]

    assert read == expected


def test_a_workbook_of_1904():
    read = read_table("f", sample("excel/sheetjs__1904__1904.xlsx"))
    assert read.epoch_1904
    assert next(read.rows())[1] == ["1", "1904-01-02", "1904-01-02", "1904-01-02"]


def test_a_workbook_with_a_password():
    with pytest.raises(errors.PasswordNeeded):
        cells(sample("excel/sheetjs__password_2002_128_strong.xls"))


def test_naughty_strings_are_read_or_refused():
    for path in ("strings/blns.txt", "strings/csv-injection-payload.txt"):
        with pytest.raises(CollectError):
            recognise(read_table("f", sample(path)))
