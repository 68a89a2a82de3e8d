"""How a debt grows and what clears it: terms, quotes, charges, what the client states later, orders."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_money_day import BANK, data, money, ok, on, opened_desk
from tests.test_money_keys import COMPONENTS

RATE = ("--rate", "24%/year", "--basis", "360", "--last-day", "not", "--payment-day", "new")
STATED = """account,name,client,currency,balance,cure amount,降至0期金额,降至1期金额,降至2期金额,due_date
Q1,Ann Example,Invented Bank,CNY,5000,1500,1500,1200,812.40,2026-09-01
"""


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


def quote(cli: Cli, account: str, day: str, *, now: str = "") -> dict[str, Any]:
    return data(cli, "quote", account, "--on", day, now=now)


# --- terms and quotes -----------------------------------------------------------------------------------


def test_without_terms_nothing_accrues_and_that_is_said(desk: Cli):
    found = quote(desk, "A1", "2027-01-23")
    assert (found["total"], found["lines"]) == ("5000.00", [])
    assert "no terms are set" in found["convention"]


def test_interest_accrues_by_the_terms_line_by_line(desk: Cli):
    ok(desk("terms", "A1", *RATE))
    ok(desk("pay", "A1", "2000", now=on("12-13")))  # costs, fees, interest, and 866.67 or so of the principal
    found = quote(desk, "A1", "2026-12-23")
    assert found["ledger"][1]["amount"] == "53.33"  # 20 days on 4,000.00
    assert found["ledger"][2]["principal"] == "-946.67"
    (line,) = found["lines"]
    assert (line["from"], line["to"], line["days"]) == ("2026-12-13", "2026-12-22", 10)
    assert (line["principal"], line["interest"]) == ("3053.33", "20.36")
    assert found["total"] == "3073.69"
    for said in ("24%/year", "360", "closing day is not charged", "simple interest"):
        assert said in found["convention"]


def test_the_convention_decides_which_days_are_charged(desk: Cli):
    ok(desk("terms", "A2", "--rate", "0.05%/day", "--basis", "365", "--last-day", "counted",
            "--payment-day", "old"))  # fmt: skip
    assert quote(desk, "A2", "2026-11-23")["accrued"] == "0.60"
    assert quote(desk, "A2", "2026-11-24")["accrued"] == "1.20"


def test_interest_is_compounded_each_month_from_the_terms_day(desk: Cli):
    ok(desk("terms", "A2", *RATE, "--compound", "month"))
    found = quote(desk, "A2", "2027-01-23")
    assert [(x["principal"], x["interest"]) for x in found["lines"]] == [
        ("1200.01", "24.00"),
        ("1224.01", "25.30"),
    ]
    assert found["total"] == "1249.31"
    assert "compounded monthly from 2026-11-23" in found["convention"]


def test_a_cap_on_all_charges_cuts_the_penalty_off(desk: Cli):
    ok(desk("terms", "A1", *RATE, "--penalty", "5%", "--penalty-floor", "30", "--cap", "24%/year"))
    found = quote(desk, "A1", "2026-12-23")
    assert (found["accrued"], found["new_penalty"], found["capped"]) == ("80.00", "30.00", "30.00")
    assert (found["penalty"], found["total"], found["cap"]) == ("0.00", "5080.00", "24%/year")


@pytest.mark.parametrize("compound", ["month", "none"])
@pytest.mark.parametrize("cap", ["24%/year", "12%/year", "60%/year"])
def test_the_lines_of_a_quote_add_up_to_its_total(desk: Cli, compound: str, cap: str):
    ok(desk("terms", "A1", *RATE, "--compound", compound, "--penalty", "5%", "--cap", cap))
    ok(desk("pay", "A1", "1234.56", now=on("12-09")))
    found = quote(desk, "A1", "2027-03-15")
    booked = sum(Decimal(m["amount"]) for m in found["ledger"])
    charged = sum(Decimal(x["interest"]) for x in found["lines"]) + Decimal(found["new_penalty"])
    assert booked + charged - Decimal(found["capped"]) == Decimal(found["total"])
    assert sum(Decimal(found[part]) for part in COMPONENTS) == Decimal(found["total"])


def test_a_penalty_is_charged_on_what_is_unpaid_of_the_minimum(desk: Cli):
    ok(desk("terms", "A1", "--penalty", "5%"))
    assert quote(desk, "A1", "2026-11-23")["new_penalty"] == "25.00"
    ok(desk("pay", "A1", "300"))
    assert quote(desk, "A1", "2026-11-23")["new_penalty"] == "10.00"
    ok(desk("pay", "A1", "200"))
    assert quote(desk, "A1", "2026-11-23")["new_penalty"] == "0.00"


def test_later_terms_hold_from_their_day_on(desk: Cli):
    ok(desk("terms", "A2", *RATE))
    ok(desk("terms", "A2", "--rate", "12%/year", *RATE[2:], "--from", "2026-12-03"))
    found = quote(desk, "A2", "2026-12-13")
    assert [(x["days"], x["rate"], x["interest"]) for x in found["lines"]] == [
        (10, "24%/year", "8.00"),
        (10, "12%/year", "4.00"),
    ]


def test_what_brings_it_to_current_and_a_bucket_down_is_said(cli: Cli, home: Path):
    opened_desk(cli, home, STATED)
    found = quote(cli, "Q1", "2026-11-23")
    assert (found["bucket"], found["cure"]) == ("M3", "1500.00")
    assert {"amount": "812.40", "bucket": "M2"} in found["rolls"]
    ok(cli("pay", "Q1", "812.40"))
    assert quote(cli, "Q1", "2026-11-23")["cure"] == "687.60"
    assert data(cli, "report")["rolled_back"] == 1
    ok(cli("pay", "Q1", "cure"))
    assert money(cli, "Q1")["balance"] == "3500.00"
    report = data(cli, "report")
    assert (report["cured"], report["rolled_back"]) == (1, 0)


# --- charges and statements -----------------------------------------------------------------------------


def test_a_charge_is_added_to_its_component(desk: Cli):
    ok(desk("charge", "A1", "costs", "50", "--text", "court fee"))
    shown = data(desk, "show", "A1")
    assert (shown["money"]["costs"], shown["money"]["balance"]) == ("350.00", "5050.00")
    assert (shown["ledger"][-1]["kind"], shown["ledger"][-1]["text"]) == ("charge", "court fee")


def test_a_later_statement_stands_beside_the_ledger_until_it_is_taken_over(desk: Cli, home: Path):
    ok(desk("pay", "A1", "300"))
    (home / "later.csv").write_text(BANK.replace("CNY,5000,4000", "CNY,4500,3500"), "utf-8")
    ok(desk("import", str(home / "later.csv"), now=on("12-05")))
    shown = money(desk, "A1")
    assert (shown["balance"], shown["client_states"], shown["difference"]) == (
        "4700.00",
        "4500.00",
        "-200.00",
    )
    ok(desk("charge", "A1", "--as-stated"))
    shown = money(desk, "A1")
    assert (shown["balance"], shown["difference"], shown["paid"]) == ("4500.00", "0.00", "300.00")
    assert (shown["principal"], shown["costs"]) == ("3500.00", "300.00")
    assert desk("charge", "A1", "--as-stated").code == 1
    ok(desk("undo"))
    assert money(desk, "A1")["balance"] == "4700.00"


# --- orders ---------------------------------------------------------------------------------------------


def test_a_cards_payment_serves_charges_before_day_91_and_principal_from_then_on(desk: Cli):
    before = data(desk, "pay", "C1", "1500", now=on("11-30"))
    assert (before["order_name"], before["order"][0], before["order"][-1]) == (
        "cn-card",
        "costs",
        "principal",
    )
    assert "90 days past due" in before["cite"]
    assert (before["allocation"]["costs"], before["allocation"]["interest"]) == ("500.00", "1000.00")
    after = data(desk, "pay", "C1", "1500", now=on("12-01"))
    assert (after["order"][0], after["allocation"]["principal"]) == ("principal", "1500.00")
    assert "信用卡业务监督管理办法 art 57, 91 days past due" in after["cite"]


def test_the_order_of_a_payment_is_typed_else_agreed_else_the_clients_else_the_laws(desk: Cli):
    def served(*options: str) -> str:
        paid = data(desk, "pay", "A1", "10", *options)
        return paid["order_name"] + " " + next(k for k, v in paid["allocation"].items() if v != "0.00")

    assert served() == "cn-loan costs"
    ok(desk("config", "set", "order", "interest", "--client", "Invented Bank"))
    assert served() == "interest interest"
    ok(desk("terms", "A1", "--order", "fees,principal"))
    assert served() == "agreed fees"
    assert served("--order", "principal") == "principal principal"
    ok(desk("undo", "-n", "3"))
    assert served() == "interest interest"
    assert "order interest:" in ok(desk("pay", "A1", "10")).out


def test_where_the_penalty_stands_is_a_setting_that_the_receipt_names(cli: Cli, home: Path):
    opened_desk(cli, home, BANK.replace("fees,", "penalty,", 1))
    told = ok(cli("pay", "A1", "1100")).out  # 300 costs, 600 interest, 100 penalty, 100 principal
    assert "here before the principal" in told
    ok(cli("undo"))
    ok(cli("config", "set", "penalty-rank", "after"))
    paid = data(cli, "pay", "A1", "1100")
    assert (paid["allocation"]["penalty"], paid["allocation"]["principal"]) == ("0.00", "200.00")


# --- currencies and commission --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "typed", "amount", "balance"),
    [("J1", "500", "500", "99500"), ("K1", "0.567", "0.567", "1234.000")],
)
def test_yen_have_no_decimals_and_dinars_three(
    desk: Cli, account: str, typed: str, amount: str, balance: str
):
    paid = data(desk, "pay", account, typed)
    assert (paid["amount"], paid["balance"]) == (amount, balance)
    too_fine = desk("pay", account, typed + "1" if "." in typed else "5.5")
    assert (too_fine.code, "more decimals than" in too_fine.err) == (2, True)


def test_the_commission_is_a_clients_share_of_what_was_confirmed(desk: Cli):
    ok(desk("config", "set", "commission", "12.5%", "--client", "Invented Bank"))
    ok(desk("pay", "A1", "100.10"))
    ok(desk("pay", "A2", "100.10", "--ref", "R"))
    ok(desk("pay", "C1", "999"))
    ok(desk("pay", "A1", "500", "--claimed"))
    assert data(desk, "report")["commission"] == {"CNY": "25.03"}  # 25.025, half up
    ok(desk("payment", "reverse", "A2", "R"))
    assert data(desk, "report")["commission"] == {"CNY": "12.51"}
    ok(desk("pay", "J1", "1000"))
    ok(desk("config", "set", "commission", "10%", "--client", "Invented Yen"))
    assert data(desk, "report")["commission"] == {"CNY": "12.51", "JPY": "100"}
    assert data(desk, "report")["confirmed"]["amount"] == {"CNY": "1199.20", "JPY": "1000"}
