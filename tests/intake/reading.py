"""Short ways from text to what was read, for the tests of this folder."""

import io
import os
from pathlib import Path

import pytest

from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table, read_table
from collectctl.intake.payments import Payments, read_payments
from collectctl.intake.promises import Promises, read_promises
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import Accounts, read_accounts


def nobody(_number, _client) -> str:
    """The currency of accounts of an empty book."""
    return ""


def table(text, **options) -> Table:
    return read_table("file.csv", text.encode(), **options)


def recognised(text, mapping=None, **options) -> Recognition:
    return recognise(table(text), mapping=mapping, **options)


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
