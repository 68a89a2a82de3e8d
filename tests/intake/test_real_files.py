"""Files of real shape with known answers; they are not part of the repository (see `reading.sample`)."""

from collectctl.intake.defaults import Defaults
from collectctl.intake.files import read_table
from collectctl.intake.recognise import recognise
from tests.intake.reading import read_accounts, sample


def read(path, **defaults):
    table = read_table(path, sample(path))
    return read_accounts(table, recognise(table), Defaults(**defaults))


def total(found):
    return sum(account.balance for account in found.accounts)


def test_a_placement_as_text_and_as_workbook_is_the_same():
    text, book = read("cn/placement_gb18030.csv"), read("cn/placement.xlsx")
    assert text.accounts == book.accounts
    assert (len(text.accounts), total(text), text.left_out, text.errors) == (300, 1536367678, 1, [])
    assert len({account.values["id_number"] for account in text.accounts}) == 270
    assert {account.currency for account in text.accounts} == {"CNY"}
    assert (3, "ZX2026000001", "曾投诉") in text.remarks


def test_debtors():
    found = read("collections_t2h/debtors.csv", client="X", currency="USD")
    assert (len(found.accounts), total(found)) == (500, 1271575700)


def test_a_join_is_37_debtors_whose_debt_is_not_added_up():
    found = read("collections_t2h/Debtors_Debt.csv", client="X", currency="USD")
    assert (len(found.accounts), found.rows, found.repeated, found.errors) == (37, 1000, 963, [])


def test_a_portfolio():
    found = read("portfolio/sample_portfolio.xlsx", currency="USD")
    assert (len(found.accounts), total(found)) == (80, 96749817)
    assert sum(int(account.values.get("total_paid", 0)) for account in found.accounts) == 34969713
    first = found.accounts[0]
    assert (first.values["placed_on"], first.values["placement_ends"]) == ("2023-08-21", "2023-10-16")
    assert first.extra["#"] == "97"


def test_invoices_with_month_first_dates():
    found = read("receivables/WA_Fn-UseC_-Accounts-Receivable.csv", client="X", currency="USD")
    assert (len(found.accounts), total(found), found.errors) == (2466, 14770318, [])
    assert found.accounts[0].number == "0000611365"
    assert found.accounts[0].values["due_date"] == "2013-02-01"
