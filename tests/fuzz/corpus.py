"""Small valid files to begin from: rows in every encoding and delimiter, workbooks, and the real files."""

import csv
import io
import os
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from tests.intake.reading import workbook, zipped

Rows = list[list[str]]
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
TABLES: tuple[Rows, ...] = (
    [
        ["个案序列号", "姓名", "身份证号", "手机", "委案金额(元)", "最新欠款", "应还款日", "委托方", "备注",
         "逾期天数"],
        ["SL0001", "张甲", "110101199001010011", "13800130001/13800130002", "¥12,345.60", "1.2万", "2026/3/5",
         "示例银行", "曾投诉", "31"],
        ["SL0002", "李乙", "110101199001010022", "010-62000001", "8000", "2309.7899999999995", "46086",
         "示例银行",
         "", "91天"],
        ["合计", "", "", "", "20345.60", "", "", "", "", ""],
    ],
    [
        ["委案清单 2026-11"],
        [],
        ["案件编号", "最新欠款", "联系人1", "", "", "配偶", "", "币种", "降至1期金额"],
        ["", "", "姓名", "关系", "手机", "姓名", "电话", "", ""],
        ["A1", "5.00", "张丙", "父亲", "13800130021", "李丁", "13800130022", "人民币", "1"],
        ["A1", "5.00", "王戊", "同事", "13800130023", "", "", "RMB", "2"],
    ],
    [
        ["account", "first name", "last name", "DOB", "SSN", "phone 1", "phone 2", "state", "zip", "balance",
         "due_date", "charge off date", "client", "ccy"],
        ["0001", "Ann", "Lee", "03/25/1980", "000-12-3456", "+1 202 555 0101", "(202) 555-0102 x5", "MA",
         "02101",
         "$1,234.00", "12/31/2025", "30-Mar-2026", "Acme", "USD"],
        ["0002", "Bob", "Ray", "04/01/1979", "", "", "", "NY", "", "(50.00)", "01/13/2026", "", "Acme",
         "USD"],
    ],
    [
        ["payment_id", "loan_id", "payment_date", "amount_paid", "payment_mode", "是否结清"],
        ["P1", "L1", "05/11/2026", "1,23,456.00", "upi", "是"],
        ["P2", "L2", "25/11/2026", "50", "cash", "no"],
    ],
    [
        ["repayment_id", "loan_id", "due_date", "应还金额", "amount_paid", "payment_date"],
        ["R1", "L1", "2026-01-01", "500", "500", "2026-01-01"],
        ["R2", "L1", "2026-02-01", "500", "", ""],
    ],
    [
        ["account", "promise date", "promised amount", "call date", "payer", "催收内容"],
        ["A1", "2026-11-27", "300", "2026-11-20 10:00", "本人", "x"],
    ],
    [["案件编号", "姓名", "退案日期"], ["A1", "张甲", "2026-11-30"], ["A2", "李乙", ""]],
    [
        ["案件编号", "催收时间", "联络对象姓名", "关系", "联络电话", "催收结果", "催收内容", "通话时长",
         "催收人员"],
        ["A1", "2026-11-20 10:30:00", "张甲", "本人", "13800130001", "承诺还款", "周五还", "3:20", "赵"],
    ],
    [["account", "phone", "mobile", "name"], ["A1", "13800130001", "13800130002", "Ann"]],
    [["账号", "案件编号", "延期至"], ["1", "A1", "2027-01-31"]],
)  # fmt: skip


def text(rows: Rows, delimiter: str, encoding: str, line_end: str = "\r\n") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return made.getvalue().encode(encoding, "replace")


def _typed(cell: str) -> str | float | date | None:
    if cell.isdecimal() and not cell.startswith("0") and len(cell) < 12:
        return float(cell)
    return date.fromisoformat(cell) if len(cell) == 10 and cell[4] == cell[7] == "-" else cell


def _ods(rows: Rows) -> bytes:
    from xml.sax.saxutils import escape

    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        "<table:table-row>" + "".join(cell.format(escape(c)) for c in row) + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="S">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {"mimetype": kind.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": b"<x/>"}
    )


@cache
def workbooks() -> tuple[dict[str, bytes], ...]:
    """The parts of small workbooks, XLSX and ODS, and of the real ones where they are at hand."""
    made: Sequence[bytes] = [
        *(workbook([[_typed(cell) for cell in row] for row in rows]) for rows in TABLES),
        *map(_ods, TABLES),
        *(data for data in real_files() if data.startswith(b"PK") and len(data) < 20_000),
    ]
    found = []
    for data in made:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            found.append({name: parts.read(name) for name in parts.namelist()})
    return tuple(found)


@cache
def real_files() -> tuple[bytes, ...]:
    """The sample files, text cut short; none where `COLLECTCTL_DATA` does not name their folder."""
    folder = os.environ.get("COLLECTCTL_DATA")
    paths = sorted(Path(folder).rglob("*.*")) if folder else []
    files = [path.read_bytes() for path in paths if path.suffix in (".csv", ".xlsx", ".xls", ".txt")]
    return tuple(data if data.startswith((b"PK", b"\xd0\xcf")) else data[:6000] for data in files if data)
