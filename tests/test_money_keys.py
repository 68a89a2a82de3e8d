"""The JSON of the money's commands: what scripts rely on. More keys may come, these stay."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_money_day import data, ok, opened_desk

COMPONENTS = {"costs", "fees", "penalty", "interest", "principal"}
PROMISE = {"promise", "account", "amount", "currency", "due", "state", "kept_amount", "payer"}
PAY = {
    "payment", "account", "amount", "currency", "on", "state", "confirms", "allocation", "order", "cite",
    "balance", "promise",
}  # fmt: skip
PAYMENT = {
    "payment", "account", "amount", "currency", "on", "state", "confirms", "reversed_on", "reference",
    "method", "payer", "order",
}  # fmt: skip
PLAN = {"plan", "account", "state", "instalments", "total"}
SETTLEMENT = {
    "settlement", "account", "amount", "currency", "until", "state", "approval", "request", "reduction",
    "parts",
}  # fmt: skip
REQUEST = {
    "request", "account", "kind", "amount", "currency", "until", "state", "asked_on", "sent_on",
    "answered_on", "reference", "text",
}  # fmt: skip
TERMS = {
    "from", "rate", "basis", "last_day", "payment_day", "compound", "penalty", "penalty_floor", "cap",
    "order",
}  # fmt: skip
QUOTE = {
    "account", "currency", "on", "ledger", "lines", "accrued", "new_penalty", "cap", "capped", "credit",
    "total", "convention", "order", "cite", "settlement", "bucket", "cure", "rolls", "client_states",
    "difference", *COMPONENTS,
}  # fmt: skip
LINE = {"from", "to", "days", "principal", "rate", "basis", "interest"}
MONEY = {"currency", "balance", "credit", "client_states", "difference", *COMPONENTS}
REPORT = {"reversed", "settled", "cured", "rolled_back", "commission", "fallen_due", "claimed", "confirmed"}
CONVENTION = ("--basis", "360", "--last-day", "not", "--payment-day", "new")
SPAN = ("--principal", "1000", "--from", "2026-03-30", "--to", "2026-05-05", "--rate", "0.05%/day")


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    return opened_desk(cli, home)


def has(keys: set[str], found: dict[str, Any]) -> None:
    assert keys - set(found) == set()


def test_promises(desk: Cli):
    added = data(desk, "promise", "add", "A1", "100@fri", "200@eom")
    assert set(added["promise"]) == PROMISE
    assert [set(p) for p in added["promises"]] == [PROMISE, PROMISE]
    listed = data(desk, "promise", "list")
    assert set(listed) == {"promises"}
    assert [set(p) for p in listed["promises"]] == [PROMISE, PROMISE]
    assert [set(p) for p in data(desk, "promise", "withdraw", "A1")["withdrawn"]] == [PROMISE, PROMISE]


def test_payments(desk: Cli):
    ok(desk("promise", "add", "A1", "100@fri"))
    paid = data(desk, "pay", "A1", "100", "--ref", "R1")
    has(PAY, paid)
    assert set(paid["allocation"]) == COMPONENTS | {"credit"}
    assert set(paid["promise"]) == PROMISE
    has(PAY, data(desk, "pay", "A1", "50", "--claimed"))
    has(PAY, data(desk, "payment", "confirm", "A1"))
    listed = data(desk, "payment", "list")
    assert set(listed) == {"payments"}
    for payment in listed["payments"]:
        has(PAYMENT, payment)
    back = data(desk, "payment", "reverse", "A1", "R1")
    has({"payment", "account", "amount", "currency", "on", "state", "reversed_on", "balance"}, back)


def test_plans(desk: Cli):
    for line in (("plan", "new", "A1", "--count", "2"), ("plan", "show", "A1"), ("plan", "cancel", "A1")):
        found = data(desk, *line)
        has(PLAN, found)
        assert {key for part in found["instalments"] for key in part} == {"n", "due", "amount", "state"}


def test_settlements_and_requests(desk: Cli):
    made = data(desk, "settle", "A1", "3000", "--until", "2026-12-15", "--parts", "2")
    has(SETTLEMENT, made)
    assert {key for part in made["parts"] for key in part} == {"n", "due", "amount"}
    asked = data(desk, "request", "A2", "reduction", "500")
    has({"request", "account", "kind", "amount", "currency", "until", "state"}, asked)
    assert {key for r in data(desk, "request", "list")["requests"] for key in r} >= REQUEST
    for line in (("request", "sent", "2"), ("request", "answer", "2", "no")):
        has({"request", "account", "kind", "amount", "currency", "until", "state"}, data(desk, *line))


def test_terms_quote_and_the_money_of_show(desk: Cli):
    has({"terms", "from"}, data(desk, "terms", "A1", "--rate", "24%/year", *CONVENTION))
    found = data(desk, "terms", "A1")
    assert set(found) == {"account", "terms"}
    has(TERMS, found["terms"][0])
    quoted = data(desk, "quote", "A1", "--on", "2026-12-23")
    has(QUOTE, quoted)
    has(LINE, quoted["lines"][0])
    has({"on", "kind", "amount", "balance", "credit", *COMPONENTS}, quoted["ledger"][0])
    shown = data(desk, "show", "A1")
    has(MONEY, shown["money"])
    has({"ledger", "promises", "plan", "settlement", "limitation"}, shown)
    has({"component", "amount", "currency", "on", "balance"}, data(desk, "charge", "A1", "costs", "5"))
    has(REPORT, data(desk, "report"))


def test_interest_of_the_worked_case(cli: Cli):
    found = data(cli, "calc", "interest", *SPAN, *CONVENTION, "--pay", "100@2026-04-23")
    has({"days", "lines", "interest", "principal_left", "total", "convention"}, found)
    assert set(found["lines"][0]) == LINE
    assert (found["days"], found["interest"], found["principal_left"]) == (36, "17.40", "900.00")


def test_the_three_day_counts_of_one_statement(cli: Cli):
    def interest(last: str, paid: str) -> str:
        days = ("--basis", "360", "--last-day", last, "--payment-day", paid)
        return data(cli, "calc", "interest", *SPAN, *days, "--pay", "100@2026-04-23")["interest"]

    assert (interest("not", "new"), interest("counted", "new"), interest("not", "old")) == (
        "17.40",
        "17.85",
        "17.45",
    )


def test_penalty_court_fee_and_instalments(cli: Cli):
    assert data(cli, "calc", "penalty", "--minimum", "200", "--paid", "100", "--rate", "5%")["penalty"] == (
        "5.00"
    )
    nothing = ("--minimum", "200", "--paid", "200", "--rate", "5%", "--floor", "10")
    assert data(cli, "calc", "penalty", *nothing)["penalty"] == "0.00"
    assert data(cli, "calc", "court-fee", "--claim", "100000")["fee"] == "2300.00"
    assert data(cli, "calc", "court-fee", "--claim", "10000", "--simple")["fee"] == "25.00"
    parts = data(cli, "calc", "instalments", "--amount", "100", "--count", "3", "--from", "2026-12-31")
    assert parts["instalments"] == [
        {"n": 1, "due": "2026-12-31", "amount": "33.33"},
        {"n": 2, "due": "2027-01-31", "amount": "33.33"},
        {"n": 3, "due": "2027-02-28", "amount": "33.34"},
    ]
    yen = ("--amount", "100", "--count", "3", "--from", "2026-12-31", "--currency", "JPY")
    assert [p["amount"] for p in data(cli, "calc", "instalments", *yen)["instalments"]] == ["33", "33", "34"]


@pytest.mark.parametrize(
    ("order", "costs", "interest", "principal", "cite"),
    [
        (("cn-loan",), "500.00", "1000.00", "0.00", "民法典 561"),
        (("cn-card", "--dpd", "90"), "500.00", "1000.00", "0.00", "art 57"),
        (("cn-card", "--dpd", "91"), "0.00", "0.00", "1500.00", "art 57"),
        (("principal",), "0.00", "0.00", "1500.00", "agreed"),
        (("interest",), "0.00", "1200.00", "300.00", "agreed"),
        (("us",), "500.00", "1000.00", "0.00", "1006.30(c)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_allocation_by_each_order(
    cli: Cli, order: tuple[str, ...], costs: str, interest: str, principal: str, cite: str
):
    owed = ("--principal", "10000", "--interest", "1200", "--costs", "500", "--pay", "1500")
    found = data(cli, "calc", "allocate", *owed, "--order", *order)
    has({*COMPONENTS, "credit", "left", "order", "cite"}, found)
    assert set(found["left"]) >= COMPONENTS
    assert (found["costs"], found["interest"], found["principal"]) == (costs, interest, principal)
    assert cite in found["cite"]
