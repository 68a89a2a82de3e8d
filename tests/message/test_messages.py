"""Messages: what each template says in each channel and language, to whom, and what is never written."""

import json
import shlex
from datetime import datetime
from pathlib import Path

import pytest

from collectctl.domain.errors import CollectError
from collectctl.domain.messages import CHANNELS, FIELDS, LANGUAGES, LIMITED_CONTENT, PUBLIC, Facts, Template
from collectctl.domain.results.messages import Message
from collectctl.domain.wording import forbidden
from collectctl.outlet.messages import rendered
from collectctl.store import book as books
from collectctl.store.templates import templates
from collectctl.usecases import messages
from tests.conftest import Cli
from tests.test_money_day import data, ok

CARD = "6222025555666677"
BANK = f"""account,name,phone,email,address,client,currency,balance,due_date,contact 1 name,\
contact 1 relation,contact 1 phone
{CARD},张甲,13800130001,zhang@example.invalid,虚构路1号,示例银行,CNY,12345.60,2026-10-12,张乙,姑姑,13800130021
"""
STORE = f"""account,name,phone,email,address,original creditor,client,currency,balance,due_date,\
contact 1 name,contact 1 relation,contact 1 phone
{CARD},Ann Example,+12025550101,ann@example.invalid,1 Invented Road,First Invented,Invented Store,USD,500,\
2026-10-01,Zed Friend,friend,+12025550102
"""
SUNDAY, NOW = "2026-11-22T23:00+08:00", "2026-11-23T23:00+08:00"  # Monday, ten in the morning in Washington
IN_CHINA = "2026-11-23T10:00+08:00"
WHO_WRITES = {
    "collector": "Ida Invented", "agency": "Fiction and Partners", "callback": "+1 202 555 0199",
    "address": "9 Nowhere Street",
}  # fmt: skip


def begun(cli: Cli, home: Path, text: str, policy: str) -> Cli:
    (home / "file.csv").write_text(text, "utf-8")
    cli.begin("import", str(home / "file.csv"), "--policy", policy, now=SUNDAY)
    for name, value in WHO_WRITES.items():
        cli.begin("config", "set", name, value)
    return cli


@pytest.fixture
def store(cli: Cli, home: Path) -> Cli:
    """A debtor of Regulation F who agreed to texts and e-mails, with all that a template needs."""
    desk = begun(cli, home, STORE, "us-regf")
    for channel in ("sms", "email"):
        desk.begin("consent", CARD, "--channel", channel)
    return with_agreements(desk)


@pytest.fixture
def bank(cli: Cli, home: Path) -> Cli:
    """One of a Chinese bank, whose contact person may be contacted: yesterday nobody answered three times."""
    desk = begun(cli, home, BANK, "cn")
    desk.begin("config", "set", "contact", "95500", "--client", "示例银行")
    for hour in ("10", "12", "14"):
        desk.begin("log", CARD, "na", "--at", f"2026-11-22T{hour}:00")
    return with_agreements(desk)


def with_agreements(desk: Cli) -> Cli:
    desk.begin("promise", "add", CARD, "11@2026-11-19", now="2026-11-18T20:00+08:00")
    desk.begin(
        "settle", CARD, "300", "--until", "2026-12-15", "--approval", "R-1", "--parts", "2", now=SUNDAY
    )
    desk.begin("promise", "add", CARD, "20@2026-11-30", "30@2026-12-04")
    return desk


def own(home: Path, name: str, text: str, **said: str) -> None:
    folder = home / "config" / "collectctl" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    head = {"title": "mine", "channels": "sms, email, letter, chat", "audience": "debtor", **said}
    lines = [f"{key}: {value}" for key, value in head.items()]
    (folder / name).write_text("\n".join([*lines, "---", text]) + "\n", "utf-8")


Written = dict[tuple[str, str, str], Message]


def every(home: Path, now: str, who: str = "", reveal: bool = False) -> Written:
    """What is written of each template, in each channel and language that there may be, to `who`."""
    made: Written = {}
    names = sorted({t.name for t in templates()})
    with books.opened(home / "book.db", create=False) as book:
        for name, channel, language in ((n, c, x) for n in names for c in CHANNELS for x in LANGUAGES):
            wanted = messages.Wanted(name, channel, who, language, reveal=reveal)
            try:
                made[name, channel, language] = messages.write(book, 1, wanted, datetime.fromisoformat(now))
            except CollectError:
                continue
    return made


DEBTORS = {t.name for t in templates() if t.audience == "debtor"}
THIRD = {"call-back", "limited-content", "location", "optout-confirmation"}


@pytest.mark.parametrize(
    ("desk", "who", "now", "written"),
    [("store", "Zed Friend", NOW, {"location"}), ("store", "employer", NOW, {"location"}),
     ("store", "spouse", NOW, THIRD), ("bank", "张乙", IN_CHINA, THIRD), ("bank", "姑姑", IN_CHINA, THIRD)],
)  # fmt: skip
def test_nobody_else_ever_gets_the_debt(
    desk: str, who: str, now: str, written: set[str], home: Path, request: pytest.FixtureRequest
):
    request.getfixturevalue(desk)
    made = every(home, now, who)
    assert {name for name, _channel, _language in made} == written
    telling = [CARD, "6677", "500", "12,345", "Invented Store", "First Invented", "示例银行", "debt", "欠",
               "债", "催收", "balance", "USD", "CNY", "元"]  # fmt: skip
    for key, message in made.items():
        text = message.text.replace(WHO_WRITES["callback"], "")
        assert [word for word in telling if word.lower() in text.lower()] == [], (key, text)


@pytest.mark.parametrize(("desk", "now"), [("store", NOW), ("bank", IN_CHINA)])
def test_each_template_says_what_it_must_and_masks_what_it_may_not_show(
    desk: str, now: str, home: Path, request: pytest.FixtureRequest
):
    request.getfixturevalue(desk)
    made = every(home, now)
    there = {(t.name, channel, t.language) for t in templates() for channel in t.channels}
    # what a letter must hold in China is in the Chinese reminder and notice
    unlawful = {key for key in there if key[1:] == ("letter", "en") and key[0] in DEBTORS and desk == "bank"}
    assert made.keys() == there - unlawful
    for (name, channel, _language), message in made.items():
        text = message.text
        assert CARD not in text
        assert forbidden(text) == ()
        assert WHO_WRITES["callback"] in text
        assert WHO_WRITES["collector"] in text
        assert (WHO_WRITES["agency"] in text) == (name != "location")
        assert channel not in ("sms", "email", "chat") or any(
            w in text for w in ("STOP", "退订", "opted out")
        )
    shown = [key for key, message in every(home, now, reveal=True).items() if CARD in message.text]
    assert {name for name, _channel, _language in shown} == DEBTORS


# --- what is checked ------------------------------------------------------------------------------------


def refused(cli: Cli, *line: str, now: str = NOW) -> tuple[int, str]:
    ran = cli("message", CARD, *line, now=now)
    assert ran.out == ""
    return ran.code, ran.err


WHO = "{{ collector }} {{ agency }} {{ callback }}"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{WHO} debt collector", "--channel sms", "regf.optout: the text says no way to opt out"),
        (f"{WHO} debt collector", "--channel email", "regf.optout"),
        (f"{WHO} {{{{ opt_out }}}}", "", "message.disclosure"),
        ("debt collector {{ opt_out }} {{ callback }}", "", "message.identity"),
        ("debt collector {{ opt_out }} {{ collector }} {{ agency }}", "", "message.identity"),
    ],
)
def test_what_a_message_must_hold_in_the_us(store: Cli, home: Path, text: str, line: str, said: str):
    own(home, "mine.j2", text)
    code, err = refused(store, "mine", *line.split())
    assert code == 1
    assert said in err


def test_a_validation_notice_without_one_of_its_parts_is_none(store: Cli, home: Path):
    (shipped,) = [t for t in templates() if (t.name, t.language) == ("validation-notice", "en")]
    text = shipped.source.strip().replace("{{ address }}", "").replace("cfpb.gov", "gov")
    own(home, "validation-notice.en.j2", text, channels="letter", purpose="notice")
    code, err = refused(store, "validation-notice")
    assert code == 1
    assert "the validation notice lacks address, cfpb.gov/debt-collection [12 CFR 1006.34(c)]" in err


@pytest.mark.parametrize(
    "part", ["依据", "权利", "查询", "还款", "异议", "{{ balance }}", "{{ client_contact }}"]
)
def test_a_letter_in_china_shows_what_the_law_lists(bank: Cli, home: Path, part: str):
    parts = ["依据", "权利", "查询", "还款", "异议", "{{ balance }}", "{{ client_contact }}"]
    own(home, "mine.zh.j2", " ".join([WHO, "{{ name }}", *parts]))
    ok(bank("message", CARD, "mine", "--channel", "letter", now=IN_CHINA))
    own(home, "mine.zh.j2", " ".join([WHO, "{{ name }}", *(p for p in parts if p != part)]))
    code, err = refused(bank, "mine", "--channel", "letter", now=IN_CHINA)
    assert (code, "message.letter: the letter lacks" in err) == (1, True)
    ok(bank("message", CARD, "mine", "--channel", "sms", now=IN_CHINA))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("you owe it", "the word 'owe'"), ("为欠款事宜", "the word '欠'"), ("500.00", "an amount"),
        ("of the invented STORE", "a client's name"), (f"as to {CARD}", "an account number"),
    ],
)  # fmt: skip
def test_what_anybody_may_read_says_nothing_of_the_debt_even_if_it_is_written_out(
    store: Cli, home: Path, text: str, what: str
):
    own(home, "mine.j2", f"{WHO} {{{{ opt_out }}}} {text}", audience="anybody")
    for who in ((), ("--who", "spouse")):
        code, err = refused(store, "mine", *who)
        assert code == 1
        assert f"others may read it, and it has {what}" in err


@pytest.mark.parametrize("name", sorted(set(FIELDS)))
def test_a_template_has_the_names_that_its_readers_may_have(name: str):
    facts = Facts(**dict.fromkeys(FIELDS, "x"))
    text = "\n\n{% if false %}{{ " + name + " }}{% endif %}"
    for kind, audience, names in (
        ("mine", "debtor", FIELDS), ("mine", "anybody", PUBLIC),
        ("limited-content", "anybody", LIMITED_CONTENT),
    ):  # fmt: skip
        template = Template(kind, "f.j2", "/t", "", True, "t", ("call",), audience, "", text)
        if name in names:
            assert rendered(template, facts) == ""
        else:
            with pytest.raises(CollectError, match=f"line 3: {name} can't stand in a template with audience"):
                rendered(template, facts)


def test_a_location_request_names_no_firm_and_a_script_no_debtor(store: Cli, home: Path):
    own(home, "mine.j2", f"{WHO} {{{{ opt_out }}}}", audience="anybody", purpose="location")
    code, err = refused(store, "mine", "--who", "Zed Friend")
    assert (code, "message.location" in err) == (1, True)
    said = {"channels": "call", "audience": "anybody"}
    own(home, "limited-content.en.j2", f"Ann Example, {WHO}", **said)
    code, err = refused(store, "limited-content")
    assert "the script does not ask them to reply" in err
    assert "the script names the debtor" in err
    own(home, "limited-content.en.j2", f"{WHO} call about what you owe", channels="call, sms")
    code, err = refused(store, "limited-content", "--channel", "sms")
    assert "others may read it, and it has the word 'owe'" in err
    assert "a limited-content message is a voicemail" in err


def test_rules_that_warn_before_a_contact_stop_what_is_written(cli: Cli, home: Path):
    desk = begun(cli, home, STORE, "us-regf")
    assert ok(desk("can", CARD, "--channel", "sms", now=NOW)).code == 0
    for channel, rule in (("sms", "regf.text60"), ("email", "regf.email")):
        code, err = refused(desk, "reminder", "--channel", channel)
        assert (code, f"nothing was written: {rule}: no consent to this channel" in err) == (1, True)
    ok(desk("message", CARD, "reminder", "--channel", "letter"))
    ok(desk("limit", CARD, "--channel", "sms"))
    ok(desk("message", CARD, "optout-confirmation", "--channel", "sms"))
    ok(desk("log", CARD, "sent", "--channel", "sms", "--purpose", "optout-confirmation"))
    code, err = refused(desk, "optout-confirmation", "--channel", "sms", now="2026-11-23T23:30+08:00")
    assert (code, "regf.medium" in err) == (1, True)


def test_an_address_that_is_missing_stops_an_email(cli: Cli, home: Path):
    desk = begun(cli, home, BANK.replace("zhang@example.invalid", ""), "cn")
    code, err = refused(desk, "reminder", "--channel", "email", now=IN_CHINA)
    assert (code, "no number or address of theirs is on file" in err) == (1, True)


def test_after_a_cease_only_what_the_law_leaves_open_is_written(store: Cli):
    ok(store("hold", CARD, "cease", "--written", now=NOW))
    code, err = refused(store, "reminder")
    assert (code, "regf.cease" in err) == (1, True)
    made = data(store, "message", CARD, "cease-acknowledgement")
    assert made["log"] == f"collectctl log {CARD} sent --channel letter --purpose terminating"
    ok(store(*made["log"].split()[1:]))


def test_the_hour_is_told_and_judged_when_it_is_sent(bank: Cli):
    made = bank("message", CARD, "reminder", "--json", now="2026-11-23T23:00+08:00")
    assert made.code == 0
    assert [r["rule"] for r in made.data["reasons"]] == ["cn.hours"]
    assert made.data["verdict"] == "prohibited"
    (warning,) = made.document["warnings"]
    assert warning.startswith("not to be sent before Tue 2026-11-24 08:00 (Shanghai)")


@pytest.mark.parametrize("text", ["{{ name }}, you will be arrested", "{{ 'you will go to' ~ ' jail' }}"])
def test_forbidden_wording_is_refused_with_its_place(store: Cli, home: Path, text: str):
    own(home, "mine.j2", text)
    code, err = refused(store, "mine")
    assert code == 4
    assert "line 5: 'you will be arrested' is a threat" in err or "mine.j2: the finished text has a th" in err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{% if name %}", "line 6: "),
        ("{{ name|foo }}", "line 6: No filter named 'foo'"),
        ("{{ range(9) }}", "line 6: there is no name 'range'"),
        ("{{ name + 1 }}", "line 6: can only concatenate"),
        ("{% include 'x' %}", "line 6: no loader"),
        ("{{ balance.cents }}", "line 6: 'str object' has no attribute"),
        ("{{ self.__init__ }}", "line 6: access to attribute"),
        ("{{ '' }}\n{{ opt_uot }}", "line 7: there is no"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_told_with_file_and_line(store: Cli, home: Path, text: str, why: str):
    own(home, "mine.j2", f"Hello\n{text}")
    code, err = refused(store, "mine")
    assert code == 4
    assert f"error: template mine.j2, {why}" in err


@pytest.mark.parametrize("text", ["{{ [][name] }}", "{{ 'you, ' ~ name ~ ', will go to jail' }}"])
def test_a_mistake_in_a_template_tells_nothing_of_a_debtor(store: Cli, home: Path, text: str):
    own(home, "mine.j2", text)
    code, err = refused(store, "mine")
    assert code in (1, 4)
    assert "Ann" not in err


# --- what is written ------------------------------------------------------------------------------------


def test_the_sums_of_a_validation_notice_add_up(store: Cli):
    ok(store("charge", CARD, "fees", "25.50", now=NOW))
    ok(store("charge", CARD, "interest", "4"))
    ok(store("pay", CARD, "100"))
    text = data(store, "message", CARD, "validation-notice")["text"]
    for line in (
        "you owed: 500.00 USD", "in interest: + 4.00 USD", "in fees: + 25.50 USD",
        "toward the debt: - 100.00 USD", "credited this amount: - 0.00 USD", "debt now: 429.50 USD",
        "Call or write to us by December 31, 2026", "You had an account from First Invented",
    ):  # fmt: skip
        assert line in text


def test_what_was_agreed_stands_in_it_day_by_day(bank: Cli):
    names = ("plan", "broken-promise", "settlement", "promise-confirmation")
    said = {name: data(bank, "message", CARD, name, now=IN_CHINA)["text"] for name in names}
    assert "\n2. 2026年12月15日 150.00元\n" in said["plan"]
    assert "\n2026年11月30日 20.00元\n2026年12月4日 30.00元\n" in said["promise-confirmation"]
    assert "您承诺于2026年11月19日偿还的款项，尚有11.00元未到账" in said["broken-promise"]
    assert "您在2026年12月15日（含当日）前还清300.00元" in said["settlement"]


def test_names_are_text_and_never_code(cli: Cli, home: Path):
    name = "{{ 7*7 }}\x1b[31m\u202e=1+1 {% raw %}"
    desk = begun(cli, home, BANK.replace("张甲", name), "cn")
    text = data(desk, "message", CARD, "reminder", now=IN_CHINA)["text"]
    assert text.startswith("{{ 7*7 }}[31m=1+1 {% raw %}您好")


def test_a_pipe_gets_the_text_alone(bank: Cli):
    ran = ok(bank("message", CARD, "limited-content", now=IN_CHINA))
    assert ran.out.count("\n") == 1
    assert ran.err == f"when it was left to 13800130001: collectctl log {CARD} limited-message\n"


def test_a_file_is_private_and_never_in_the_place_of_another(bank: Cli, home: Path):
    file = home / "m.txt"
    line = ("message", CARD, "reminder", "--out", str(file))
    assert f"message written to {file}" in ok(bank(*line, now=IN_CHINA)).out
    assert file.stat().st_mode & 0o777 == 0o600
    text = file.read_text("utf-8")
    assert text == data(bank, "message", CARD, "reminder")["text"] + "\n"
    assert bank(*line).code == 2
    assert bank(*line, "--lang", "en", "--force").code == 0
    assert file.read_text("utf-8") != text
    book = bank("message", CARD, "reminder", "--out", str(home / "book.db"), "--force")
    assert (book.code, "that is never replaced" in book.err) == (2, True)
    assert refused(bank, "settlement", "--channel", "letter", "--out", str(home / "n.txt"))[0] == 2
    assert not (home / "n.txt").exists()


def test_the_document_has_what_is_promised(bank: Cli):
    made = data(bank, "message", CARD, "call-back", "--who", "张乙", now=IN_CHINA)
    assert {*made} == {
        "account", "template", "channel", "to", "audience", "text", "verdict", "reasons", "log", "file",
    }  # fmt: skip
    assert (made["audience"], made["to"], made["verdict"]) == ("anybody", "13800130021", "warn")
    assert made["log"] == f"collectctl log {CARD} sent --channel sms --who '张乙'"
    ok(bank(*shlex.split(made["log"])[1:]))


def test_what_is_masked_is_whole_with_reveal_alone_which_is_recorded(bank: Cli):
    line = ("message", CARD, "reminder")
    assert "************6677" in ok(bank(*line, now=IN_CHINA)).out
    before = ok(bank("history")).out.splitlines()
    assert CARD in ok(bank(*line, "--reveal")).out
    (made,) = [step for step in ok(bank("history")).out.splitlines() if step not in before]
    assert made.split("\t")[2:5] == ["entry", "message", f"revealed {CARD}"]


def test_bare_it_lists_and_ones_own_replace_the_shipped(bank: Cli, home: Path):
    own(home, "reminder.j2", "mine")
    listed = data(bank, "message")["templates"]
    assert data(bank, "message", "list")["templates"] == listed
    assert [(t["language"], t["own"]) for t in listed if t["template"] == "reminder"] == [(None, True)]
    assert json.dumps(data(bank, "message", "names")).count('"name":') == len(FIELDS)
