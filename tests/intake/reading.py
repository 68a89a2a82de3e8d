"""Short ways from text to what was read, for the tests of this folder."""

import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from collectctl.domain.remarks import Remark
from collectctl.domain.stated import RowError, StatedAccount
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table, read_table
from collectctl.intake.payments import Payments, read_payments
from collectctl.intake.promises import Promises, read_promises
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import account_batches


def nobody(_number, _client) -> str:
    """The currency of accounts of an empty book."""
    return ""


def table(text, **options) -> Table:
    return read_table("file.csv", text.encode(), **options)


def recognised(text, mapping=None, **options) -> Recognition:
    return recognise(table(text), mapping=mapping, **options)


@dataclass(frozen=True)
class Accounts:
    """What an accounts file states, all of it at once, in the order of its rows."""

    accounts: list[StatedAccount]
    errors: list[RowError]
    rows: int
    repeated: int
    left_out: int
    rounded: int
    remarks: list[Remark]


def read_accounts(table: Table, recognition: Recognition, defaults: Defaults, size: int = 2_000) -> Accounts:
    batches = list(account_batches(table, recognition, defaults, size))
    found = [account for batch in batches for account in batch.accounts]
    errors = [error for batch in batches for error in batch.errors]
    told = batches[-1].told
    assert told
    return Accounts(
        sorted(found, key=lambda account: account.row), sorted(errors, key=lambda error: error.row), *told
    )


def accounts(text, mapping=None, **defaults) -> Accounts:
    """`text` read as an accounts file of client Bank in dollars, unless told otherwise."""
    read = table(text)
    known = {"client": "Bank", "currency": "USD", **defaults}
    return read_accounts(read, recognise(read, mapping=mapping), Defaults(**known))


def payments(text, mapping=None, currency_of=nobody, **defaults) -> Payments:
    """`text` read as a file of payments about accounts that the book does not know, unless told otherwise."""
    read = table(text)
    return read_payments(
        read, recognise(read, mapping=mapping, kind="payments"), Defaults(**defaults), currency_of
    )


def promises(text, mapping=None, currency_of=nobody, **defaults) -> Promises:
    read = table(text)
    return read_promises(
        read, recognise(read, mapping=mapping, kind="promises"), Defaults(**defaults), currency_of
    )


def workbook(*sheets) -> bytes:
    """An XLSX of sheets, each a list of rows."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return stream.getvalue()


def sample(path) -> bytes:
    """A file of the sample data; the test is skipped where the folder is not known."""
    folder = os.environ.get("COLLECTCTL_DATA")
    if not folder:
        pytest.skip("COLLECTCTL_DATA does not name the folder of sample files")
    return (Path(folder) / path).read_bytes()


_OPEN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"


def xlsx_parts(cells, *, before="") -> dict[str, bytes]:
    """The parts of a bare XLSX written by hand: `cells` is the XML of its rows, `before` stands before it."""
    head = '<?xml version="1.0"?>'
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_OPEN}.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"), ("worksheets/sheet1.xml", "worksheet"), ("styles.xml", "styles")
        )
    )  # fmt: skip
    relation = '<Relationship Id="{}" Type="' + _RELATED + '/{}" Target="{}"/>'
    relations = f'{head}<Relationships xmlns="{_PACKAGED}/relationships">{{}}</Relationships>'
    main = [("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "styles", "styles.xml")]
    texts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{_PACKAGED}/content-types">{types}</Types>',
        "_rels/.rels": relations.format(relation.format("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{head}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations.format("".join(relation.format(*part) for part in main)),
        "xl/styles.xml": f'{head}<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'{head}{before}<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    return {name: text.encode() for name, text in texts.items()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def xlsx(cells, **options) -> bytes:
    return zipped(xlsx_parts(cells, **options))


def text_cell(place, text) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
