"""Claims on who answers for a debt: made, paid in parts, overdue, refused; and what may be said to whom."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.test_money_day import data, money, ok, on, opened_desk, payments, row


@pytest.fixture
def desk(cli: Cli, home: Path) -> Cli:
    desk = opened_desk(cli, home)
    ok(desk("person", "add-party", "A1", "Gil Guarantor", "--role", "guarantor", "--phone", "13800130091"))
    ok(desk("person", "add-party", "A1", "Pia Colleague", "--role", "colleague", "--phone", "13800130092"))
    return desk


def claims(desk: Cli, now: str = "") -> list[tuple[str, str, str]]:
    found = data(desk, "claim", "list", now=now)["claims"]
    return [(c["against"], c["paid"], c["state"]) for c in found]


def test_a_claim_is_followed_like_a_promise(desk: Cli):
    ok(
        desk(
            "claim", "add", "A1", "3000", "--against", "Gil Guarantor", "--contract", "G-1", "--due", "12-01"
        )
    )
    assert claims(desk) == [("Gil Guarantor", "0.00", "open")]
    assert claims(desk, now=on("12-02")) == [("Gil Guarantor", "0.00", "overdue")]
    ran = ok(desk("claim", "settle", "1", "1000", "--ref", "G100"))
    assert "2,000.00 of it left" in ran.out
    assert claims(desk) == [("Gil Guarantor", "1000.00", "overdue")]
    ok(desk("claim", "settle", "1", "--ref", "G101", "--transferred"))
    assert claims(desk) == [("Gil Guarantor", "3000.00", "paid")]
    assert payments(desk, "A1") == [("1000.00", "confirmed"), ("2000.00", "confirmed")]
    assert money(desk, "A1")["balance"] == "2000.00"
    assert data(desk, "claim", "list")["claims"][0]["transferred_on"] == "2026-12-02"


def test_on_its_day_it_is_a_task_at_the_desk(desk: Cli):
    ok(desk("log", "A1", "ptp", "100@12-20"))
    ok(desk("claim", "add", "A1", "3000", "--against", "guarantor", "--due", "12-01"))
    assert row(desk, "A1", now=on("11-30")) == {}
    due = row(desk, "A1", now=on("12-01"))
    assert (due["task"], due["class"]) == ("desk", "follow-up")
    assert due["reason"] == "claim on the guarantor Gil Guarantor: 3,000.00 due 12-01"
    ok(desk("log", "A1", "negotiating", "--who", "Gil Guarantor", "--next", "12-20"))
    assert row(desk, "A1", now=on("12-02")) == {}, "they were asked: again in a week"
    assert row(desk, "A1", now=on("12-08"))["reason"].startswith("claim on the guarantor")


def test_what_bounced_is_owed_by_them_again(desk: Cli):
    ok(desk("claim", "add", "A1", "500", "--against", "guarantor"))
    ok(desk("claim", "settle", "1", "--ref", "G1"))
    ok(desk("payment", "reverse", "A1", "G1"))
    assert claims(desk) == [("Gil Guarantor", "0.00", "open")]


def test_who_refuses_is_asked_no_more(desk: Cli):
    ok(desk("claim", "add", "A1", "500", "--against", "guarantor"))
    ok(desk("claim", "close", "1", "--as", "refused", "--text", "says the guarantee is void"))
    assert claims(desk) == [("Gil Guarantor", "0.00", "refused")]
    again = desk("claim", "settle", "1")
    assert (again.code, "claim 1 was refused on" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (
            ("add", "A1", "500", "--against", "Nobody Known"),
            3,
            "is nobody on A1; known are: guarantor, employer",
        ),
        (("add", "A1", "500", "--against", "debtor"), 3, "is nobody on A1"),
        (("add", "A1", "500", "--against", "Pia Colleague"), 1, "employer does not answer for the debt"),
        (("add", "A1", "0", "--against", "guarantor"), 2, "not more than zero"),
        (("settle", "9"), 3, "there is no claim 9"),
        (("close", "1", "--as", "odd"), 2, "none of"),
    ],
)
def test_what_can_not_be_is_refused_in_words(desk: Cli, line: tuple[str, ...], code: int, said: str):
    ran = desk("claim", *line)
    assert ran.code == code
    assert said in ran.err


def test_show_says_to_whom_what_may_be_said(desk: Cli):
    ok(desk("person", "add-party", "A1", "Su Spouse", "--role", "spouse"))
    ok(desk("person", "add-party", "A1", "Att Attorney", "--role", "attorney"))
    said = {p["name"]: (p["verdict"], p["may_say"]) for p in data(desk, "show", "A1")["parties"]}
    assert said["Gil Guarantor"] == ("allowed", "they answer for the debt: it may be discussed")
    assert said["Pia Colleague"] == (
        "prohibited", "nothing about the debt: ask for contact data or a call back"
    )  # fmt: skip
    assert said["Su Spouse"][1] == "nothing about the debt, unless it is shown to be the household's"
    assert said["Att Attorney"][1] == "all of it, in the debtor's place"


def party(desk: Cli, name: str, now: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = data(desk, "show", "A1", now=now)["parties"]
    return next(p for p in found if p["name"] == name)


def test_the_permission_to_call_a_third_party_ends_when_the_debtor_is_reached(desk: Cli):
    for hour in (9, 10, 11):
        ok(desk("log", "A1", "na", "--at", f"2026-11-24T{hour:02}:00", now="2026-11-24T12:00"))
    assert party(desk, "Pia Colleague", "2026-11-24T13:00")["verdict"] == "prohibited"
    assert party(desk, "Pia Colleague", "2026-11-25T10:00")["verdict"] == "warn"
    ok(desk("log", "A1", "neg", now="2026-11-25T11:00"))
    ended = party(desk, "Pia Colleague", "2026-11-25T12:00")
    assert (ended["verdict"], ended["reasons"][0]["rule"]) == ("prohibited", "cn.third")


def test_a_claim_above_the_balance_and_one_on_a_spouse_are_doubted(desk: Cli):
    assert (
        "above the balance of 5,000.00"
        in ok(desk("claim", "add", "A1", "9000", "--against", "guarantor")).err
    )
    ok(desk("person", "add-party", "A1", "Su Spouse", "--role", "spouse"))
    assert "household's" in ok(desk("claim", "add", "A1", "90", "--against", "spouse")).err
