"""What is refused because of what has happened before: whole sentences, the book as it was."""

from pathlib import Path

import pytest

from tests.bad_input.conftest import state
from tests.conftest import Cli
from tests.test_money_day import BANK, ok, opened_desk

PLACED = BANK.replace("product\n", "product,placed on\n").replace("loan\n", "loan,2026-11-01\n")
CLAIMS = (("pay", "A1", "500", "--claimed"), ("pay", "A1", "200", "--claimed", "--ref", "T2"))
PAID = (("pay", "A1", "200", "--ref", "R1"),)
GONE = (*PAID, ("payment", "reverse", "A1", "R1"))
PLAN = (("plan", "new", "A1", "--count", "2"),)
ASKED = (("settle", "A1", "3000", "--until", "2026-12-15"),)
REFUSED = (*ASKED, ("request", "answer", "1", "no"))
MORE = (("request", "A1", "extension"),)

CASES = {
    "before the placement": (
        (), ("pay", "A1", "100", "--on", "2026-10-31"), 2,
        ("error: Sat 2026-10-31 is before Sun 2026-11-01, when the client placed the account: its balance has"
        " that already\ntry: collectctl pay ... --on 2026-11-01\n"),
    ),
    "several claims": (
        CLAIMS, ("payment", "confirm", "A1"), 2,
        ("error: several payments of A1 fit: #1 500.00 2026-11-23, #2 200.00 2026-11-23\n"
        "try: name one: its reference, or its number with #\n"),
    ),
    "no claim any more": (
        (*CLAIMS[:1], ("payment", "confirm", "A1")), ("payment", "confirm", "A1"), 3,
        "error: A1 has no claim that is open\ntry: collectctl payment list A1\n",
    ),
    "confirmed in the future": (
        CLAIMS[:1], ("payment", "confirm", "A1", "--on", "2027-01-05"), 2,
        ("error: a payment can't have come in on a day to come: Tue 2027-01-05\n"
        "try: collectctl log ACCOUNT ptp 2000@fri\n"),
    ),
    "reversed twice": (
        GONE, ("payment", "reverse", "A1", "R1"), 1,
        "error: payment #1 was reversed already on Mon 2026-11-23\n",
    ),
    "a reference with another sum": (
        PAID, ("pay", "A1", "201", "--ref", "R1"), 1,
        ("error: the reference R1 is on record with 200.00 of Mon 2026-11-23\n"
        "try: another reference, or: collectctl payment reverse ACCOUNT R1\n"),
    ),
    "a second plan": (
        PLAN, ("plan", "new", "A1", "--count", "3"), 1,
        "error: A1 has a plan that stands\ntry: collectctl plan cancel A1\n",
    ),
    "cancelled twice": (
        (*PLAN, ("plan", "cancel", "A1")), ("plan", "cancel", "A1"), 3,
        "error: A1 has no plan that stands\ntry: collectctl plan new A1 --count 6\n",
    ),
    "answered twice": (
        REFUSED, ("request", "answer", "1", "yes"), 1,
        "error: request 1 was answered on Mon 2026-11-23\ntry: collectctl request list\n",
    ),
    "sent once it was answered": (
        REFUSED, ("request", "sent", "1"), 1,
        "error: request 1 was answered on Mon 2026-11-23\ntry: collectctl request list\n",
    ),
    "more time without a day": (
        MORE, ("request", "answer", "1", "yes"), 2,
        ("error: until when? A granted extension needs its last day\n"
        "try: collectctl request answer ID yes --until eom\n"),
    ),
    "above what is left": (
        PAID, ("settle", "A1", "4900", "--until", "2026-12-15"), 2,
        ("error: 4,900.00 is not below the balance of 4,800.00: that is no reduction\n"
        "try: collectctl quote ACCOUNT\n"),
    ),
    "a yen with decimals": (
        (), ("settle", "J1", "500.5", "--until", "2026-12-15"), 2,
        "error: '500.5' has more decimals than JPY\ntry: round it\n",
    ),
    "a file of payments in another currency": (
        (), ("import", "paid.csv", "--kind", "payments"), 4,
        ("error: nothing was imported; rows that can't be used: 1, first row 3\n"
        "       column currency, 'USD': in USD, the account is in CNY\n"
        "try: collectctl import FILE --skip-bad --rejects rejects.csv\n"),
    ),
    "a file about nobody": (
        (), ("import", "nobody.csv", "--kind", "payments"), 3,
        ("error: nobody.csv: none of the 2 rows is about an account of the book\n"
        "try: import the accounts first, or name the book with --db\n"),
    ),
}  # fmt: skip
FILES = {
    "paid.csv": "account,payment date,amount paid,currency\nA1,2026-11-20,50,CNY\nA2,2026-11-20,50,USD\n",
    "nobody.csv": "account,payment date,amount paid\nZ1,2026-11-20,50\nZ2,2026-11-20,50\n",
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_sentence_and_nothing_changes(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    before, line, code, text = CASES[name]
    monkeypatch.chdir(home)
    for file, content in FILES.items():
        (home / file).write_text(content, "utf-8")
    desk = opened_desk(cli, home, PLACED)
    for done in before:
        ok(desk(*done))
    kept = state(home / "book.db")
    refused = desk(*line)
    assert (refused.code, refused.err, refused.out) == (code, text, "")
    as_json = desk(*line, "--json")
    assert (as_json.code, as_json.err) == (code, "")
    assert set(as_json.document["error"]) == {"code", "message", "hint"}
    assert state(home / "book.db") == kept
