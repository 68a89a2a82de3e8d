"""Every sample file does what is known of it; a new file in the folder wants a line here."""

from datetime import date
from pathlib import Path

import pytest

from collectctl.domain.errors import CollectError
from collectctl.intake.dates import parse_date
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.recognise import recognise
from tests.intake.reading import read_accounts, sample

INVOICES = "receivables/WA_Fn-UseC_-Accounts-Receivable.csv"
# the kind that a file tells by itself, or the code of the error that says what it lacks
TOLD = {
    "cn/placement.xlsx": "accounts",
    "cn/placement_gb18030.csv": "accounts",
    "cn/src_loan_import_12col_bom.csv": "column-missing",
    "cn/src_loan_import_17col_bom.csv": "column-missing",
    "cn/批量导入模板_WPS_nbsp.xlsx": "column-missing",
    "collections_t2h/Debtors_Debt.csv": "accounts",
    "collections_t2h/collectors.csv": "column-missing",
    "collections_t2h/debtors.csv": "accounts",
    "collections_t2h/payments.csv": "payments",
    "excel/sheetjs__1904__1904.xlsx": "no-header",
    "excel/sheetjs__password_2002_128_strong.xls": "password",
    "excel/sheetjs__text_and_numbers.xlsx": "no-header",
    "lending_in/collection.csv": "accounts",
    "lending_in/repayment.csv": "payments",
    "portfolio/sample_portfolio.xlsx": "accounts",
    INVOICES: "accounts",
}
ELSEWHERE = ("csv/", "strings/", "README.md", "collections_t2h/collection_attempts.csv")


def told(path: str) -> str:
    try:
        return recognise(read_table(path, sample(path))).kind
    except CollectError as error:
        return error.code


@pytest.mark.parametrize("path", TOLD)
def test_a_file_tells_its_kind_or_what_it_lacks(path: str):
    assert told(path) == TOLD[path]


def test_every_file_of_the_folder_is_known(data: Path):
    found = {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}
    assert {path for path in found if not path.startswith(ELSEWHERE)} == set(TOLD)


@pytest.mark.parametrize(("columns", "extra"), [(12, 4), (17, 7)])
def test_templates_need_only_the_balance(columns: int, extra: int):
    path = f"cn/src_loan_import_{columns}col_bom.csv"
    table = read_table(path, sample(path))
    assert table.encoding == "utf-8-sig"
    found = recognise(table, mapping={"应还金额": "balance"})
    [account] = read_accounts(table, found, Defaults(client="X", currency="CNY")).accounts
    assert (account.number, account.name, account.balance) == ("FQ123456789", "示例", 1_000_000)
    assert [phone.number for phone in account.phones] == ["13800138000"]
    assert account.values["id_number"] == "110101199001011234"
    assert account.values["card_number"] == "6217000010001234567"
    assert sum(1 for column in found.columns if column.field is None) == extra


def test_a_no_break_space_hides_no_header():
    path = "cn/批量导入模板_WPS_nbsp.xlsx"
    table = read_table(path, sample(path))
    found = recognise(table, mapping={"物理SN": "account", "保修月数": "balance"})
    assert found.name_of("remarks") == "备注"
    assert found.name_of("product") == "产品名称"


def test_invoices_of_a_hundred_customers():
    table = read_table(INVOICES, sample(INVOICES))
    found = recognise(table)
    accounts = read_accounts(table, found, Defaults(client="X", currency="USD")).accounts
    assert len({a.values["client_customer"] for a in accounts}) == 100
    raw = [a.extra["SettledDate"] for a in accounts]
    settled = [date.fromisoformat(parse_date(cell, "mdy")) for cell in raw]
    due = [date.fromisoformat(str(a.values["due_date"])) for a in accounts]
    issued = [date.fromisoformat(parse_date(a.extra["InvoiceDate"], "mdy")) for a in accounts]
    late = [a.values["days_past_due"] for a in accounts]
    assert late == [max(0, (paid - by).days) for paid, by in zip(settled, due, strict=True)]
    day = date(2013, 6, 30)
    open_ = [n for n in range(len(accounts)) if issued[n] <= day < settled[n]]
    overdue = [n for n in open_ if due[n] < day]
    assert (len(open_), sum(accounts[n].balance for n in open_)) == (84, 511_985)
    assert (len(overdue), sum(accounts[n].balance for n in overdue)) == (12, 83_556)


def test_day_and_month_of_the_invoices_are_decided_by_the_column():
    text = sample(INVOICES).decode().splitlines()

    def either(column: int) -> list[str]:
        """Lines whose date of that column could be read both ways."""
        return [line for line in text[1:] if max(map(int, line.split(",")[column].split("/")[:2])) <= 12]

    assert len(either(4)) == 944
    table = read_table("f", "\n".join([text[0], *either(5)]).encode())
    with pytest.raises(CollectError, match="day-first and month-first"):
        read_accounts(table, recognise(table), Defaults(client="X", currency="USD"))


def test_what_debtors_have_paid_by_their_client():
    table = read_table("f", sample("collections_t2h/debtors.csv"))
    accounts = read_accounts(table, recognise(table), Defaults(client="X", currency="USD")).accounts
    assert sum(1 for a in accounts if int(a.values["total_paid"]) > a.balance) == 158


def test_the_join_is_day_first():
    table = read_table("f", sample("collections_t2h/Debtors_Debt.csv"))
    accounts = read_accounts(table, recognise(table), Defaults(client="X", currency="USD")).accounts
    assert sum(a.balance for a in accounts) == sum({a.number: a.balance for a in accounts}.values())
    assert len(accounts) == 37


@pytest.mark.parametrize("kind", ["csvs", "json"])
def test_the_spectrum_has_a_table_for_each_answer(data: Path, kind: str):
    names = {path.stem for path in (data / "csv/csv-spectrum" / kind).iterdir()}
    assert names == {
        "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
        "quotes_and_newlines", "simple", "simple_crlf", "utf8",
    }  # fmt: skip


@pytest.mark.parametrize("field", ["name", "remarks", "account"])
def test_naughty_lines_are_read_as_they_stand(field: str):
    import csv
    import io

    lines = [
        line.strip()
        for path in ("strings/blns.txt", "strings/csv-injection-payload.txt")
        for line in sample(path).decode("utf-8").split("\n")
    ]
    lines = [line for line in dict.fromkeys(lines) if line and "\0" not in line]
    if field == "account":
        lines = [line for line in lines if len(line) <= 200]
    made = io.StringIO(newline="")
    rows = [[line if field == "account" else f"A{n}", line, line, "5"] for n, line in enumerate(lines)]
    csv.writer(made).writerows([["account", "name", "remarks", "balance"], *rows])
    table = read_table("f", made.getvalue().encode())
    found = read_accounts(table, recognise(table), Defaults(client="X", currency="USD"))
    read = {account.row: account for account in found.accounts}
    lost = {error.row for error in found.errors}
    for row, line in enumerate(lines, start=2):
        if row in read:
            account = read[row]
            text = {"name": account.name, "account": account.number}.get(field, account.values.get(field, ""))
            assert text == line or text == "" or field == "account", line
        else:
            assert field == "account", line
            assert row in lost or found.repeated or found.left_out, line
