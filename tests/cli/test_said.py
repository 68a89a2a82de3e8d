"""`hold`, `release`, `limit`, `unlimit`, `consent` and `person` on real books: what people said, recorded."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Cli, Ran

US = """account,name,phone,client,currency,balance,due_date,client_customer
A1,Ann Doe,+12125550101,Bank,USD,5000,2026-10-01,C1
A2,Ann Doe,+12125550101,Bank,USD,800.50,2026-09-01,C1
B1,Ben Roe,+13125550102,Bank,USD,900,2026-09-01,C2
"""
CN = """account,name,phone,client,currency,balance,due_date
S1,张甲,13800130001,Bank,CNY,5000,2026-10-01
"""
UK = """account,name,phone,client,currency,balance,due_date
U1,Una Poe,+442079460101,Bank,GBP,500,2026-10-01
"""
NOW = "2026-11-23T11:00:00-05:00"  # a Monday morning in New York; in Chicago an hour less


def ok(ran: Ran) -> Ran:
    assert ran.code == 0, ran.err
    return ran


def brought(cli: Cli, home: Path, text: str, *options: str) -> Cli:
    (home / "f.csv").write_text(text, "utf-8")
    cli.begin("import", str(home / "f.csv"), *options, now=NOW)
    ok(cli("today"))
    return cli


@pytest.fixture
def us(cli: Cli, home: Path) -> Cli:
    return brought(cli, home, US)


def steps(home: Path) -> int:
    """How many operations the file holds: the command that changed nothing has left none."""
    with sqlite3.connect(home / "book.db") as connection:
        (count,) = connection.execute("select count(*) from operation").fetchone()
    connection.close()
    return count


def shown(cli: Cli, account: str) -> dict:
    return ok(cli("show", account, "--json")).data


def accounts(cli: Cli) -> list[str]:
    """The accounts in the list of now."""
    return [row["account"] for row in ok(cli("today", "--json", "--by-account")).data["rows"]]


def hidden(cli: Cli) -> dict[str, int]:
    """What the list leaves out, by cause, zeros left out."""
    return {cause: n for cause, n in ok(cli("today", "--json")).data["hidden"].items() if n}


def verdict(cli: Cli, account: str, *args: str) -> str:
    return cli("can", account, *args, "--json").data["verdict"]


def rules(cli: Cli, account: str, *args: str) -> set[str]:
    """The rules that block."""
    reasons = cli("can", account, *args, "--json").data["reasons"]
    return {r["rule"] for r in reasons if r["effect"] in ("prohibited", "presumption")}


def refused(cli: Cli, home: Path, code: int, text: str, *args: str) -> None:
    """The command fails with that code and sentence; the book is as before."""
    before = steps(home)
    ran = cli(*args)
    assert ran.code == code, ran.out + ran.err
    assert text in ran.err
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) <= 4
    assert steps(home) == before


def unchanged(cli: Cli, home: Path, text: str, *args: str) -> None:
    """The command has nothing to do, says so and makes no step: none is offered to undo."""
    before = steps(home)
    ran = ok(cli(*args))
    assert text in ran.out
    assert "undo" not in ran.out
    assert steps(home) == before


# --- every command: what it changes, and that undo restores the list ---------------------------------------

EVERY = [
    ("hold", "A1", "dispute", "--text", "wrong amount"),
    ("hold", "A1", "deceased"),
    ("limit", "B1", "--only", "--hours", "18:00-20:00", "--channel", "call"),
    ("limit", "B1", "--channel", "call", "--text", "stop calling"),
    ("consent", "B1", "--channel", "call", "--on", "2026-11-25"),
    ("person", "add-phone", "B1", "+13125550177", "--kind", "home"),
    ("person", "add-party", "B1", "Eve Poe", "--role", "spouse", "--phone", "3125550178"),
    ("person", "zone", "B1", "Pacific/Guam"),
    ("person", "move", "B1", "--region", "US-HI"),
    ("person", "language", "B1", "es"),
]
BUILT = [  # a command, and one that ends what it set
    (("hold", "A1", "dispute"), ("release", "A1", "dispute")),
    (("limit", "A1", "--hours", "9-17"), ("unlimit", "A2")),
    (("consent", "A1", "--channel", "call"), ("consent", "A1", "--channel", "call", "--withdraw")),
]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_a_command_is_one_step_that_undo_takes_back(us: Cli, home: Path, command: tuple[str, ...]):
    before, person, made = ok(us("today", "--json")).data, shown(us, "B1"), steps(home)
    said = ok(us(*command)).out.splitlines()
    assert steps(home) == made + 1
    assert said[-1] == "undo with: collectctl undo"
    assert said[-2].startswith("next: ")
    ok(us("undo"))
    assert ok(us("today", "--json")).data == before
    assert shown(us, "B1") == person


@pytest.mark.parametrize(("first", "second"), BUILT, ids=lambda c: " ".join(c))
def test_what_ends_something_is_undone_by_itself_and_never_left_alone(us: Cli, home: Path, first, second):
    before = ok(us("today", "--json")).data
    ok(us(*first))
    between = ok(us("today", "--json")).data
    ok(us(*second))
    ok(us("undo"))
    assert ok(us("today", "--json")).data == between
    ok(us("undo"))
    assert ok(us("today", "--json")).data == before
    ok(us("redo"))
    assert ok(us("today", "--json")).data == between


@pytest.mark.parametrize(("first", "second"), BUILT[:2], ids=lambda c: " ".join(c))
def test_a_step_that_another_ends_is_not_undone_under_it(us: Cli, home: Path, first, second):
    ok(us(*first))
    ok(us(*second))
    refused(us, home, 1, "later steps build on step 2: 3", "undo", "2")


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_the_journal_has_no_names_and_no_numbers_to_dial(us: Cli, command: tuple[str, ...]):
    ok(us(*command))
    text = ok(us("history", "--json", "--limit", "1")).data["entries"][0]["text"]
    assert text.startswith(" ".join(command[:2] if command[0] == "person" else command[:1]))
    assert "Eve" not in text
    assert "555" not in text
    assert "stop calling" not in text


# --- hold and release --------------------------------------------------------------------------------------


def test_a_hold_takes_the_account_off_the_list_until_it_is_released(us: Cli):
    done = ok(us("hold", "A1", "complaint", "--until", "fri", "--text", "rude", "--json")).data
    assert (done["account"], done["kind"], done["from"], done["until"]) == (
        "A1", "complaint", "2026-11-23", "2026-11-27",
    )  # fmt: skip
    assert done["what"] == "on hold: complaint from Mon 2026-11-23 until Fri 2026-11-27"
    assert verdict(us, "A1") == "prohibited"
    assert verdict(us, "A2") == "allowed"
    out = ok(us("release", "A1", "complaint")).out
    assert "A1 Ann Doe: released: complaint" in out
    assert verdict(us, "A1") == "allowed"


@pytest.mark.parametrize("kind", ["deceased", "bankrupt", "incapable"])
def test_what_is_about_the_person_holds_and_is_released_for_all_their_accounts(
    us: Cli, home: Path, kind: str
):
    note = ok(us("hold", "A1", kind, "--chapter", "13", "--case", "26-100", "--party", "Gus Low")).err
    assert "all of their accounts" in note
    assert verdict(us, "A2") == "prohibited"
    unchanged(us, home, "on hold already", "hold", "A2", kind)
    done = ok(us("release", "A2", kind, "--json")).data
    assert len(done["released"]) == 1
    assert (verdict(us, "A1"), verdict(us, "A2")) == ("allowed", "allowed")


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), "2026-11-23"),
        (("--from", "2026-11-20"), "2026-11-20"),
        (("--received", "2026-11-18"), "2026-11-18"),
        (("--received", "11-18"), "2026-11-18"),  # looks back
        (("--from", "2026-11-10", "--received", "2026-11-18"), "2026-11-18"),
        (("--received", "周五"), "2026-11-20"),
    ],
)
def test_a_hold_counts_from_receipt_else_from_its_day_else_from_now(us: Cli, options, first: str):
    done = ok(us("hold", "A1", "cease", "--written", *options, "--json"))
    assert done.data["from"] == first
    assert done.document["warnings"] == []
    assert verdict(us, "A1") == "prohibited"


def test_a_rule_that_is_about_a_letter_asks_whether_there_was_one(us: Cli):
    assert "(--written)" in ok(us("hold", "A1", "cease")).err
    assert "(--written)" not in ok(us("hold", "B1", "attorney", "--party", "Gus Low")).err


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        (("--from", "2026-11-20"), "2026-11-20", "2027-01-18"),  # 60 days, the first included
        (("--from", "2026-11-20", "--received", "2026-11-22"), "2026-11-20", "2027-01-18"),
        (("--received", "2026-11-22"), "2026-11-22", "2027-01-20"),
        ((), "2026-11-23", "2027-01-21"),
        (("--from", "2026-11-20", "--until", "2026-12-01"), "2026-11-20", "2026-12-01"),
        (("--from", "2026-11-20", "--mental-health"), "2026-11-20", None),
    ],
)
def test_a_breathing_space_lasts_sixty_days_from_its_own_start(cli: Cli, home: Path, options, first, last):
    """SI 2020/1311; the mental-health form has no fixed end."""
    brought(cli, home, UK, "--policy", "uk")
    done = ok(cli("hold", "U1", "breathing-space", *options, "--json")).data
    assert (done["from"], done["until"]) == (first, last)
    assert "uk.breathing-space" in rules(cli, "U1")
    if last:
        assert verdict(cli, "U1", "--at", f"{last}T12:00") == "prohibited"
    assert (verdict(cli, "U1", "--at", "2027-01-22T12:00") == "prohibited") == (last is None)


def test_a_breathing_space_needs_no_policy(us: Cli):
    done = ok(us("hold", "B1", "breathing-space", "--from", "2026-11-20", "--json")).data
    assert done["until"] == "2027-01-18"


def test_the_same_hold_twice_is_one_and_another_one_is_added(us: Cli, home: Path):
    ok(us("hold", "A1", "dispute", "--from", "2026-11-20", "--text", "wrong amount"))
    for options in ((), ("--from", "2026-11-20"), ("--text", "wrong amount")):
        unchanged(
            us, home, "on hold already: dispute since Fri 2026-11-20", "hold", "A1", "dispute", *options
        )
    assert ok(us("hold", "A1", "dispute", "--json")).data["changed"] is False
    added = ok(us("hold", "A1", "dispute", "--until", "fri"))
    assert "an earlier dispute since Fri 2026-11-20 goes on after it" in added.err
    assert len(shown(us, "A1")["holds"]) == 2
    assert len(ok(us("release", "A1", "dispute", "--json")).data["released"]) == 2
    assert verdict(us, "A1") == "allowed"


def test_a_hold_that_is_to_begin_later_is_said_and_can_be_released(us: Cli):
    late = ok(us("hold", "A1", "other", "--from", "2026-12-01"))
    assert "begins on a day to come: Tue 2026-12-01" in late.err
    assert (verdict(us, "A1"), verdict(us, "A1", "--at", "2026-12-01T12:00")) == ("allowed", "prohibited")
    ok(us("release", "A1", "other"))
    assert verdict(us, "A1", "--at", "2026-12-01T12:00") == "allowed"


def test_what_stands_besides_is_named_by_a_release(us: Cli):
    ok(us("hold", "A1", "dispute"))
    ok(us("hold", "A1", "attorney", "--party", "Gus Low"))
    assert "released: dispute · still on hold: attorney" in ok(us("release", "A1", "dispute")).out


def test_a_hold_that_an_outcome_set_is_released_too(cli: Cli, home: Path):
    brought(cli, home, CN)
    ok(cli("log", "S1", "dis", "金额不对"))
    assert hidden(cli) == {"hold": 1}
    ok(cli("release", "S1", "dispute"))
    assert hidden(cli).get("hold") is None


def test_accounts_of_a_hold_come_from_standard_input_as_one_step(us: Cli, home: Path):
    before = steps(home)
    held = ok(us("hold", "-", "mandate-ended", "--json", stdin="A1\nB1\n")).data
    assert [done["account"] for done in held] == ["A1", "B1"]
    assert steps(home) == before + 1
    refused(us, home, 3, "A2 has no hold", "release", "A2", "mandate-ended")
    before = steps(home)
    missing = us("release", "-", "mandate-ended", stdin="A1\nA2\n")
    assert (missing.code, steps(home)) == (3, before)
    assert verdict(us, "A1") == "prohibited"
    ok(us("release", "-", "mandate-ended", stdin="A1\nB1\n"))
    ok(us("undo", "-n", "2"))
    assert sorted(accounts(us)) == ["A1", "A2", "B1"]


@pytest.mark.parametrize(
    ("code", "text", "args"),
    [
        (2, "no hold is called 'sleep'; there are cease, attorney,", ("hold", "A1", "sleep")),
        (2, "no hold is called ''", ("hold", "A1", "")),
        (2, "no hold is called 'sleep'", ("release", "A1", "sleep")),
        (2, "can't end on Fri 2026-11-20", ("hold", "A1", "other", "--until", "2026-11-20")),
        (2, "before it begins on", ("hold", "A1", "other", "--from", "2026-12-01", "--until", "2026-11-30")),
        (2, "a day to come", ("hold", "A1", "cease", "--received", "tomorrow")),
        (2, "a form of breathing-space", ("hold", "A1", "cease", "--mental-health")),
        (2, "a form of", ("hold", "A1", "breathing-space", "--mental-health", "--until", "fri")),
        (2, "no date or time", ("hold", "A1", "cease", "--from", "someday")),
        (2, "two readings", ("hold", "A1", "cease", "--from", "05/11/2026")),
        (2, "whole number", ("hold", "A1", "bankrupt", "--chapter", "seven")),
        (2, "needs KIND", ("hold", "A1")),
        (3, "no account", ("hold", "Z9", "cease")),
        (3, "A1 has no hold of the kind cease", ("release", "A1", "cease")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_hold_can_not_be(us: Cli, home: Path, code: int, text: str, args: tuple[str, ...]):
    if text == "two readings":
        text = "day-month or month-day"
    refused(us, home, code, text, *args)


def test_a_failure_is_a_document_too(us: Cli):
    failed = us("release", "A1", "cease", "--json")
    assert failed.code == 3
    assert failed.document["error"] == {
        "code": "not-found",
        "message": "A1 has no hold of the kind cease",
        "hint": "collectctl show A1",
    }


# --- limit and unlimit -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--only", "--hours", "18:00-20:00", "--channel", "call"), "calls blocked outside 18:00-20:00"),
        (("--hours", "１５：００－１７：００"), "contacts blocked 15:00-17:00"),
        (("--hours", "21:00-08:00"), "contacts blocked 21:00-08:00"),
        (("--days", "周一至周五", "--hours", "9点-17点"), "contacts blocked Mon-Fri 09:00-17:00"),
        (("--days", "tue,thu"), "contacts blocked Tue, Thu"),
        (("--channel", "sms"), "texts blocked"),
        (("--only", "--channel", "email"), "everything but e-mail blocked"),
        (("--place", "home"), "contacts at home blocked"),
        (("--to", "0101"), "contacts to 2125550101 blocked"),
        (("--channel", "email", "--to", "a@example.org"), "e-mail to a@example.org blocked"),
        (("--until", "fri"), "contacts blocked until 2026-11-27"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_limit_is_echoed_in_words_with_its_number(us: Cli, options: tuple[str, ...], words: str):
    assert f"A1 Ann Doe: limit #1: {words}\n" in ok(us("limit", "A1", *options)).out
    assert shown(us, "A2")["limits"][0]["text"] == words


def test_a_limit_binds_every_account_of_the_person_and_no_other(us: Cli):
    done = ok(us("limit", "A1", "--hours", "9-17", "--channel", "call", "--text", "at work", "--json")).data
    assert {key: done[key] for key in ("limit", "only", "days", "hours", "channel", "to", "until")} == {
        "limit": 1, "only": False, "days": [], "hours": "09:00-17:00", "channel": "call", "to": None,
        "until": None,
    }  # fmt: skip
    assert [verdict(us, a) for a in ("A1", "A2", "B1")] == ["prohibited", "prohibited", "allowed"]
    assert verdict(us, "A2", "--at", "2026-11-23T17:00-05:00") == "allowed"
    assert hidden(us) == {"hours": 1}


def test_days_and_hours_that_leave_nothing_are_recorded_with_a_warning(us: Cli):
    assert "no time at all" not in ok(us("limit", "A1", "--only", "--hours", "9-10")).err
    assert "no time at all" in ok(us("limit", "A1", "--hours", "8-11")).err
    assert "no time at all" in ok(us("limit", "B1", "--only", "--hours", "21:30-22:30")).err  # by the rule
    assert verdict(us, "A1", "--at", "2026-11-24T09:30-05:00") == "prohibited"
    assert ok(us("today", "--json")).data["forgotten"] == 0


def test_what_a_limit_may_miss_is_said(us: Cli):
    assert "no number is on file as work" in ok(us("limit", "A1", "--place", "work")).err
    assert "that number is not on file" in ok(us("limit", "A1", "--to", "+13125550199")).err


def test_the_same_limit_twice_is_one(us: Cli, home: Path):
    ok(us("limit", "A1", "--hours", "9-17", "--text", "at work"))
    unchanged(us, home, "limit #1 says so already", "limit", "A2", "--hours", "09:00-17:00")
    ok(us("limit", "A1", "--hours", "9-17", "--written"))
    assert len(shown(us, "A1")["limits"]) == 2


def test_unlimit_lifts_one_or_all_and_says_when_there_is_none(us: Cli, home: Path):
    ok(us("limit", "A1", "--hours", "9-17"))
    ok(us("limit", "A1", "--place", "home"))
    ok(us("limit", "B1", "--place", "home"))
    assert "lifted: #2 contacts at home blocked" in ok(us("unlimit", "A2", "#2")).out
    assert [x["limit"] for x in shown(us, "A1")["limits"]] == [1]
    assert ok(us("unlimit", "A1", "--json")).data["lifted"] == [1]
    unchanged(us, home, "there is no limit to lift", "unlimit", "A1")
    assert verdict(us, "A1") == "allowed"
    refused(us, home, 3, "no limit #3 stands; standing are: none", "unlimit", "A1", "3")  # it is another's
    refused(us, home, 3, "no limit #1 stands", "unlimit", "B1", "1")


def test_a_medium_that_was_refused_in_a_talk_is_lifted_too(us: Cli):
    """A spoken "stop calling" is a request about the medium (12 CFR 1006.14(h)), kept with its entry."""
    ok(us("log", "B1", "cease"))
    assert [x["text"] for x in shown(us, "B1")["limits"]] == ["calls blocked"]
    assert "regf.medium" in rules(us, "B1")
    ok(us("unlimit", "B1"))
    assert "regf.medium" not in rules(us, "B1")


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("limit what?", ("limit", "A1")),
        ("limit what?", ("limit", "A1", "--only")),
        ("limit what?", ("limit", "A1", "--only", "--until", "fri")),
        ("opens and closes at the same time", ("limit", "A1", "--hours", "15:00-15:00")),
        ("opens and closes at the same time", ("limit", "A1", "--hours", "0:00-24:00")),
        ("are no hours", ("limit", "A1", "--hours", "15:00")),
        ("are no hours", ("limit", "A1", "--hours", "15:00-25:00")),
        ("are no days", ("limit", "A1", "--days", "someday")),
        ("are no days", ("limit", "A1", "--days", "mon-someday")),
        ("--channel 'fax' is none of", ("limit", "A1", "--channel", "fax")),
        ("--place 'gym' is none of", ("limit", "A1", "--place", "gym")),
        ("Fri 2026-11-20 is over", ("limit", "A1", "--channel", "sms", "--until", "2026-11-20")),
        ("no number of a limit", ("unlimit", "A1", "first")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_limit_can_not_be(us: Cli, home: Path, text: str, args: tuple[str, ...]):
    refused(us, home, 2, text, *args)


# --- consent -----------------------------------------------------------------------------------------------


def seven_calls(cli: Cli) -> None:
    for day in range(17, 24):
        ok(cli("log", "A1", "na", "--at", f"2026-11-{day}T10:00", "--yes"))


def test_consent_to_more_calls_is_for_the_one_account_and_lifts_only_the_count(us: Cli):
    """12 CFR 1006.14(b)(3)(i): at most seven days, the day of receipt being the first."""
    seven_calls(us)
    assert rules(us, "A1") == {"regf.7in7"}
    out = ok(us("consent", "A1", "--channel", "call")).out
    assert "calls beyond the count until Sun 2026-11-29, or until you talk; hours stay as they are" in out
    assert rules(us, "A1") == set()
    assert rules(us, "A1", "--at", "2026-11-23T21:30") == {"regf.hours"}
    ok(us("consent", "A1", "--channel", "call", "--withdraw"))
    assert rules(us, "A1") == {"regf.7in7"}


def test_a_named_day_means_that_day(us: Cli):
    seven_calls(us)
    assert "on Tue 2026-11-24" in ok(us("consent", "A1", "--channel", "call", "--on", "2026-11-24")).out
    assert rules(us, "A1") == {"regf.7in7"}
    late = ok(us("consent", "A1", "--channel", "call", "--on", "2026-11-30"))
    assert "more than 7 days from receipt on: it lifts no count" in late.err


def test_hours_that_were_agreed_are_open_on_every_account(us: Cli):
    done = ok(us("consent", "A1", "--channel", "call", "--hours", "21:00-22:00", "--until", "2026-11-25"))
    assert "open 21:00-22:00 until Wed 2026-11-25; counts stay" in done.out
    late = ("--at", "2026-11-23T21:30")
    assert [verdict(us, a, *late) for a in ("A1", "A2")] == ["allowed", "allowed"]
    assert verdict(us, "B1", "--at", "2026-11-23T22:30") == "prohibited"  # 21:30 in Chicago
    assert verdict(us, "A1", "--at", "2026-11-26T21:30") == "prohibited"
    withdrawn = ok(us("consent", "A2", "--channel", "call", "--withdraw", "--json")).data["withdrawn"]
    assert len(withdrawn) == 1
    assert verdict(us, "A1", *late) == "prohibited"


def test_agreed_hours_in_china_need_a_consent_on_record(cli: Cli, home: Path):
    """GB/T 45251-2025 5.3."""
    brought(cli, home, CN)
    late = ("--at", "2026-11-24T22:30+08:00")
    assert verdict(cli, "S1", *late) == "prohibited"
    ok(cli("consent", "S1", "--channel", "call", "--hours", "22:00-23:00"))
    assert verdict(cli, "S1", *late) == "allowed"


def test_consent_given_to_the_client_opens_nothing(us: Cli):
    seven_calls(us)
    out = ok(us("consent", "A1", "--channel", "call", "--given-to", "client")).out
    assert "recorded; consent given to the client opens nothing here" in out
    assert rules(us, "A1") == {"regf.7in7"}


def test_a_consent_is_received_when_it_was_said(us: Cli):
    done = ok(us("consent", "A1", "--channel", "sms", "--received", "18:00", "--text", "ok", "--json")).data
    assert done["received"] == "2026-11-22T18:00:00-05:00"
    assert "received Sun 2026-11-22 18:00" in done["what"]
    assert {k: done[k] for k in ("channel", "on", "until", "hours", "given_to")} == {
        "channel": "sms", "on": None, "until": None, "hours": None, "given_to": "us",
    }  # fmt: skip
    day = ok(us("consent", "A1", "--channel", "sms", "--received", "11-20", "--json")).data
    assert day["received"] == "2026-11-20T23:59:59-05:00"
    today = ok(us("consent", "A1", "--channel", "email", "--received", "today", "--json")).data
    assert today["received"] == NOW


def test_a_consent_that_came_before_a_talk_is_over(us: Cli):
    ok(us("log", "A1", "neg", "--at", "2026-11-22T10:00", "--yes"))
    late = ok(us("consent", "A1", "--channel", "call", "--received", "2026-11-21T10:00"))
    assert "a conversation after it has ended it already" in late.err


@pytest.mark.parametrize(
    ("code", "text", "args"),
    [
        (2, "consent dated in the future: 2026-11-24 10:00", ("--received", "2026-11-24T10:00")),
        (2, "consent dated in the future", ("--received", "tomorrow")),
        (2, "consent dated in the future", ("--withdraw", "--received", "+2h")),
        (2, "--on Fri 2026-11-20 is before", ("--on", "2026-11-20")),
        (2, "--until Fri 2026-11-20 is before", ("--until", "2026-11-20")),
        (2, "one of them", ("--on", "fri", "--until", "fri")),
        (2, "it takes no day and no hours", ("--withdraw", "--hours", "9-10")),
        (2, "opens and closes at the same time", ("--hours", "9-9")),
        (2, "--given-to 'bank' is none of us, client", ("--given-to", "bank")),
        (3, "A1 has no consent to call that stands", ("--withdraw",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_consent_can_not_be(us: Cli, home: Path, code: int, text: str, args: tuple[str, ...]):
    refused(us, home, code, text, "consent", "A1", "--channel", "call", *args)


@pytest.mark.parametrize("args", [(), ("--channel", "fax"), ("--channel", "")])
def test_a_consent_is_to_a_channel(us: Cli, home: Path, args: tuple[str, ...]):
    refused(us, home, 2, "channel", "consent", "A1", *args)


# --- person ------------------------------------------------------------------------------------------------


def test_a_number_is_added_with_its_zone_and_dialled_for_every_account(us: Cli, home: Path):
    done = ok(us("person", "add-phone", "A1", "(617) 555-0177", "--kind", "home", "--json")).data
    assert (done["phone"], done["normal"]) == ("(617) 555-0177", "+16175550177")
    assert done["zones"] == ["America/New_York"]
    phones = shown(us, "A2")["phones"]
    assert [(p["phone"], p["label"], p["source"]) for p in phones[1:]] == [
        ("(617) 555-0177", "home", "debtor")
    ]
    for again in ("6175550177", "+1 617-555-0177", "６１７５５５０１７７"):
        unchanged(us, home, "is on file already as home", "person", "add-phone", "A2", again)


def test_what_a_number_does_not_tell_is_said(us: Cli):
    said = "says nothing about where they are"
    assert said in ok(us("person", "add-phone", "A1", "8005550199", "--source", "public")).err
    assert "no valid number" in ok(us("person", "add-phone", "A1", "99999999")).err
    ok(us("person", "add-party", "B1", "Eve Poe", "--role", "contact", "--phone", "3125550178"))
    assert "somebody else's too" in ok(us("person", "add-phone", "B1", "3125550178")).err


def test_a_number_without_country_code_is_one_of_the_accounts_country(cli: Cli, home: Path):
    brought(cli, home, CN)
    done = ok(cli("person", "add-phone", "S1", "13900130002", "--json")).data
    assert (done["normal"], done["zones"]) == ("+8613900130002", ["Asia/Shanghai"])


def test_somebody_else_is_added_to_all_accounts_unless_liable_for_one(us: Cli, home: Path):
    ok(us("person", "add-party", "A1", "Eve Poe", "--role", "wife", "--phone", "2025550133"))
    ok(us("person", "add-party", "A1", "Gus Low", "--role", "guarantor"))
    parties = [[(p["name"], p["role"]) for p in shown(us, a)["parties"]] for a in ("A1", "A2", "B1")]
    spouse, guarantor = ("Eve Poe", "spouse"), ("Gus Low", "guarantor")
    assert parties == [[spouse, guarantor], [spouse], []]
    assert shown(us, "A2")["parties"][0]["phones"] == ["2025550133"]
    assert shown(us, "A2")["parties"][0]["relation"] == "wife"
    assert ok(us("find", "Eve Poe", "--json")).data["accounts"][0]["account"] == "A1"
    assert "regf.third" not in rules(us, "A1")
    again = ("person", "add-party", "A2", "Eve Poe", "--role", "spouse")
    unchanged(us, home, "Eve Poe (spouse) is on file already", *again, "--phone", "2025550133")
    ok(us(*again, "--phone", "2025550134"))
    assert shown(us, "A1")["parties"][0]["phones"] == ["2025550133", "2025550134"]
    ok(us("undo"))
    assert shown(us, "A1")["parties"][0]["phones"] == ["2025550133"]


def test_zones_replace_what_was_derived_and_auto_goes_back(us: Cli, home: Path):
    early = ("--at", "2026-11-23T08:30-05:00")
    assert verdict(us, "A1", *early) == "allowed"
    out = ok(us("person", "zone", "A1", "america/chicago", "America/New_York", "America/Chicago")).out
    assert "zones set: America/Chicago, America/New_York" in out
    assert verdict(us, "A2", *early) == "prohibited"
    unchanged(us, home, "it was so already", "person", "zone", "A2", "America/Chicago", "America/New_York")
    assert ok(us("person", "zone", "A1", "auto", "--json")).data["zones"] == ["America/New_York"]
    assert verdict(us, "A1", *early) == "allowed"


def test_moving_brings_the_zones_and_the_rules_of_the_region(us: Cli, home: Path):
    ok(us("person", "zone", "B1", "America/Los_Angeles"))
    moved = ok(us("person", "move", "B1", "--region", "us-ma", "--json"))
    assert moved.data["region"] == "US-MA"
    assert moved.data["zones"] == ["America/Chicago", "America/New_York"]  # area code and region
    assert [p.partition("@")[0] for p in moved.data["policies"]] == ["us-regf", "us-ma"]
    assert "zones set before no longer count: America/Los_Angeles" in moved.document["warnings"][0]
    unchanged(us, home, "lives in US-MA, as known", "person", "move", "B1", "--region", "US-MA")
    ok(us("undo"))
    assert shown(us, "B1")["window"]["zones"] == ["America/Los_Angeles"]


def test_a_region_whose_zones_nobody_knows_is_said(us: Cli):
    assert "the zones of FR are not known" in ok(us("person", "move", "B1", "--region", "FR")).err


def test_the_language_is_kept_for_the_person(us: Cli, home: Path):
    assert ok(us("person", "language", "A1", "ES", "--json")).data["language"] == "es"
    assert shown(us, "A2")["language"] == "es"
    unchanged(us, home, "speaks es, as known", "person", "language", "A2", "es")


@pytest.mark.parametrize(
    ("code", "text", "args"),
    [
        (2, "'1234' is no phone number", ("add-phone", "A1", "1234")),
        (2, "is no phone number", ("add-phone", "A1", "call me maybe")),
        (2, "is no phone number", ("add-phone", "A1", "123456789012345678901")),
        (2, "--kind 'fax' is none of", ("add-phone", "A1", "2125550177", "--kind", "fax")),
        (2, "--source 'rumour' is none of", ("add-phone", "A1", "2125550177", "--source", "rumour")),
        (2, "'pet' is no role; there are spouse,", ("add-party", "A1", "Rex", "--role", "pet")),
        (2, "'debtor' is no role", ("add-party", "A1", "Rex", "--role", "debtor")),
        (2, "the name is empty", ("add-party", "A1", " ", "--role", "contact")),
        (2, "is no phone number", ("add-party", "A1", "Eve Poe", "--role", "contact", "--phone", "12")),
        (2, "needs --role", ("add-party", "A1", "Eve Poe")),
        (2, "'Amerika/Chicgo'; nearest: America/Chicago", ("zone", "A1", "Amerika/Chicgo")),
        (2, "'New York'; nearest: America/New_York", ("zone", "A1", "New York")),
        (2, "no time zone is called 'Mars'", ("zone", "A1", "America/Chicago", "Mars")),
        (2, "needs ZONE", ("zone", "A1")),
        (2, "no region is called 'US-XX'", ("move", "A1", "--region", "US-XX")),
        (2, "'MA' is a state and a country", ("move", "A1", "--region", "MA")),
        (2, "needs --region", ("move", "A1")),
        (2, "'Spanish' is no code of a language", ("language", "A1", "Spanish")),
        (2, "needs ACCOUNT", ()),
        (3, "no account", ("language", "Z9", "es")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_not_known_of_a_person(us: Cli, home: Path, code: int, text: str, args: tuple[str, ...]):
    refused(us, home, code, text, "person", *args)


def test_shared_options_stand_before_and_after_the_second_word(us: Cli):
    assert ok(us("person", "--json", "language", "A1", "es")).document["command"] == "person language"
    assert ok(us("person", "language", "A1", "fr", "--json")).data["what"] == "speaks fr"


# --- the same for all --------------------------------------------------------------------------------------


def test_the_account_is_what_this_terminal_touched_last(us: Cli):
    ok(us("limit", "B1", "--channel", "sms"))
    assert "B1 Ben Roe" in ok(us("hold", "@", "dispute")).out
    assert "B1 Ben Roe" in ok(us("person", "language", ".", "es")).out


def test_what_was_typed_is_text_and_survives(us: Cli):
    odd = "[red]x[/] =1+1 '; drop table hold; --"
    ok(us("limit", "A1", "--channel", "call", "--text", odd))
    assert shown(us, "A1")["limits"][0]["said"] == odd
    ok(us("person", "add-party", "A1", odd, "--role", "contact"))
    assert shown(us, "A1")["parties"][0]["name"] == odd
    assert "\x1b" not in ok(us("person", "add-party", "A1", "\x1b[2JEve", "--role", "contact")).out
