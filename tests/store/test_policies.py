"""Contact policies: what a file may say, how a wrong one is refused, and how the compiled ones are kept."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectctl.domain.errors import BadData
from collectctl.domain.policy import (
    CHANNELS,
    EFFECTS,
    HOLDS,
    KINDS,
    PURPOSES,
    Rule,
    as_data,
    binding,
    from_data,
)
from collectctl.domain.words import speak
from collectctl.store.policies import (
    SHIPPED,
    changed,
    check,
    policies,
    stamp,
    store_policies,
    user_folder,
)
from collectctl.store.policy_files import BadPolicy, compile_policies, line_of
from tests.conftest import tries

MINE = """\
id = "mine"
version = "1"
name = "House hours"
beside = "cn"

[[rule]]
id = "mine.hours"
kind = "hours"
effect = "warn"
opens = "09:00"
closes = "20:00"
cite = "team meeting"
text = "Not before nine."

[[rule]]
id = "mine.quiet"
kind = "quiet"
effect = "warn"
days = 2
cite = "team meeting"
text = "Two days of quiet after a talk."
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own policies: a folder of the test's, empty at first."""
    monkeypatch.delenv("APPDATA", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = tmp_path / "config" / "collectctl" / "policies"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def book(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "book.db")
    connection.execute("create table state (name text primary key, value text not null)")
    yield connection
    connection.close()


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path) -> BadPolicy:
    with pytest.raises(BadPolicy) as caught:
        compile_policies(folder)
    return caught.value


def policy(*rules: str, top: str = "") -> str:
    """A policy file; its own keys are on the lines 1 to 3, the first rule's heading follows `top`."""
    return f'id = "mine"\nversion = "1"\nname = "Mine"\n{top}' + "".join(rules)


def rule(kind: str, keys: str = "", effect: str = "warn", name: str = "r1") -> str:
    """A rule of six lines, heading included, and those of `keys`."""
    return f'[[rule]]\nid = "{name}"\nkind = "{kind}"\neffect = "{effect}"\ncite = "c"\ntext = "t"\n{keys}'


COUNT = 'counts = "calls"\nunit = "debt"\ndays = 7\nmost = 7\n'
HOURS = 'opens = "08:00"\ncloses = "21:00"\n'


# --- what a file may say -------------------------------------------------------------------------------


def test_the_shipped_policies_compile_and_come_by_file_name():
    shipped = compile_policies(None)
    files = sorted(path.stem for path in SHIPPED.glob("*.toml"))
    assert [p.id for p in shipped] == files
    assert {"cn", "none", "uk", "us-regf"} <= set(files)
    assert all(p.rules for p in shipped)


def test_the_users_policies_come_after_the_packages(folder: Path):
    write(folder, MINE.replace('"mine"', '"zulu"'), "a.toml")
    write(folder, MINE, "b.toml")
    assert [p.id for p in compile_policies(folder)][-2:] == ["zulu", "mine"]


def test_a_users_overlay_binds_beside_the_shipped_policy(folder: Path):
    write(folder, MINE)
    by_id = {p.id: p for p in compile_policies(folder)}
    mine = by_id["mine"]
    assert mine.rules[0] == Rule(
        "mine.hours", "hours", "warn", "team meeting", "Not before nine.", opens="09:00", closes="20:00"
    )
    assert mine in binding(("cn",), "", by_id)
    assert mine not in binding(("uk",), "", by_id)


def test_an_overlay_may_stand_before_the_policy_that_it_lies_beside(folder: Path):
    write(folder, MINE.replace('"cn"', '"base"'), "a.toml")
    write(folder, MINE.replace('"mine"', '"base"').replace("beside", "# "), "b.toml")
    assert [p.beside for p in compile_policies(folder)][-2:] == ["base", ""]


def test_a_file_may_hold_every_key(folder: Path):
    top = (
        'zone = "Europe/Berlin"\ncountry = "DE"\ncurrency = "EUR"\nregions = ["DE-BE", "DE"]\n'
        'effective_from = 2026-01-01\neffective_until = "2026-12-31"\n'
    )
    keys = (
        'channels = ["call"]\nlabels = ["mobile", ""]\nlifted = true\npurposes = ["notice"]\nverify = true\n'
    )
    write(folder, policy(rule("count", COUNT + keys), top=top))
    found = compile_policies(folder)[-1]
    assert found.zone == "Europe/Berlin"
    assert found.regions == ("DE-BE", "DE")
    assert (found.effective_from, found.effective_until) == ("2026-01-01", "2026-12-31")
    assert found.rules == (
        Rule(
            "r1", "count", "warn", "c", "t", channels=("call",), purposes=("notice",), verify=True,
            counts="calls", unit="debt", days=7, most=7, labels=("mobile", ""), lifted=True,
        ),
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_of_each_kind_needs_what_its_kind_says_and_no_more(folder: Path, kind: str):
    values = {
        "opens": '"08:00"', "closes": '"07:00"', "counts": '"calls"', "unit": '"debt"', "days": "1",
        "most": "1", "years": "1", "holds": '["dispute"]', "channels": '["call"]',
    }  # fmt: skip
    needed = [f"{key} = {values[key]}\n" for key in KINDS[kind][0]]
    write(folder, policy(rule(kind, "".join(needed))))
    assert compile_policies(folder)[-1].rules[0].kind == kind
    for left_out, key in enumerate(KINDS[kind][0]):
        write(folder, policy(rule(kind, "".join(needed[:left_out] + needed[left_out + 1 :]))))
        assert refused(folder).message == f"policy file mine.toml, line 4, key '{key}': it is missing"


@pytest.mark.parametrize("kind", ["instalments", "retention"])
def test_a_fact_may_be_allowed(folder: Path, kind: str):
    key = KINDS[kind][0][0]
    write(folder, policy(rule(kind, f"{key} = 5\n", effect="allowed")))
    assert compile_policies(folder)[-1].rules[0].effect == "allowed"


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(folder: Path):
    (folder / "mine.toml").write_bytes(b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode())
    assert compile_policies(folder)[-1].id == "mine"
    (folder / "mine.toml").write_bytes(MINE.replace("\n", "\r\n").replace("09:00", "9").encode())
    assert "line 10, key 'opens'" in refused(folder).message


def test_hidden_files_and_others_are_no_policies(folder: Path):
    before = compile_policies(folder), stamp(folder)
    for name in (".#mine.toml", "._mine.toml", "mine.toml.bak", "notes.txt"):
        write(folder, "no policy", name)
    assert (compile_policies(folder), stamp(folder)) == before


def test_a_suffix_in_capitals_counts(folder: Path):
    write(folder, MINE, "MINE.TOML")
    assert compile_policies(folder)[-1].id == "mine"


def test_a_text_may_hold_anything(folder: Path):
    odd = "[red]x[/] {why} =1+1 \\u001b[2J \\\\ \\n 张甲 'x'"
    write(folder, MINE.replace("Not before nine.", odd))
    text = compile_policies(folder)[-1].rules[0].text
    assert text == "[red]x[/] {why} =1+1 \x1b[2J \\ \n 张甲 'x'"


@settings(max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100))
def test_any_text_survives_the_way_through_file_and_book(folder: Path, book: sqlite3.Connection, text: str):
    # JSON escapes as TOML does, but for the delete character
    quoted = json.dumps(f"x{text}", ensure_ascii=False).replace("\x7f", "\\u007f")
    write(folder, MINE.replace('"Not before nine."', quoted))
    store_policies(book)
    (data,) = book.execute("select value from state where name = 'policies'").fetchone()
    assert from_data(json.loads(data))[-1].rules[0].text == f"x{text}"


# --- what is refused -----------------------------------------------------------------------------------


def bare(keys: str) -> str:
    """A policy with a rule that is in order, and `keys` on line 4."""
    return policy(rule("closed"), top=keys)


def head(old: str, new: str) -> str:
    """A policy in order but for one of its first three lines."""
    return policy(rule("closed")).replace(old, new, 1)


def one(kind: str, keys: str = "", effect: str = "warn", name: str = "r1") -> str:
    """A policy of one rule, whose own keys begin on line 10."""
    return policy(rule(kind, keys, effect, name))


CLOSED = one("closed")
# a name -> the file, the line and key that are named, and what else is said
BROKEN = {
    "no id": ('version = "1"\nname = "x"\n' + rule("closed"), 1, "id", "it is missing"),
    "no version": ('id = "mine"\nname = "x"\n' + rule("closed"), 1, "version", "it is missing"),
    "no name": ('id = "mine"\nversion = "1"\n' + rule("closed"), 1, "name", "it is missing"),
    "no rules": (policy(), 1, "rule", "it is missing"),
    "unknown top key": (bare('colour = "red"\n'), 4, "colour", "no such key here, but: id"),
    "rules, not rule": (CLOSED.replace("rule", "rules"), 4, "rules", "no such key here"),
    "one table": (CLOSED.replace("[[rule]]", "[rule]"), 4, "rule", "[[rule]]"),
    "no table": (policy(top="rule = 3\n"), 4, "rule", "[[rule]]"),
    "list of no tables": (policy(top="rule = [1]\n"), 4, "rule", "[[rule]]"),
    "empty list of rules": (policy(top="rule = []\n"), 4, "rule", "[[rule]]"),
    "id with capitals": (head('"mine"', '"Mine"'), 1, "id", "'Mine' is no id"),
    "id of digits": (head('"mine"', '"1st"'), 1, "id", "'1st' is no id"),
    "id with a line end": (head('"mine"', '"mine\\n"'), 1, "id", "is no id"),
    "id a number": (head('"mine"', "5"), 1, "id", "5 is no id"),
    "name a list": (head('"Mine"', "[1]"), 3, "name", "such a value is no text"),
    "name empty": (head('"Mine"', '" "'), 3, "name", "no text in quotes of 1 to 500"),
    "name long": (head("Mine", "x" * 501), 3, "name", "xxx...' is no text"),
    "version a number": (head('"1"', "1.5"), 2, "version", "1.5 is no text"),
    "zone": (bare('zone = "Asia/Peking"\n'), 4, "zone", "'Asia/Peking' is no time zone"),
    "zone a list": (bare("zone = []\n"), 4, "zone", "is no time zone"),
    "country": (bare('country = "us"\n'), 4, "country", "'us' is no country"),
    "currency": (bare('currency = "$"\n'), 4, "currency", "'$' is no currency"),
    "regions a text": (bare('regions = "US-MA"\n'), 4, "regions", "is no list"),
    "region": (bare('regions = ["Massachusetts"]\n'), 4, "regions", "is no region"),
    "beside nothing": (bare('beside = "xx"\n'), 4, "beside", "'xx' is none of cn, "),
    "beside itself": (bare('beside = "mine"\n'), 4, "beside", "'mine' is none of"),
    "no day": (bare('effective_from = "soon"\n'), 4, "effective_from", "'soon' is no day"),
    "an instant": (
        bare("effective_from = 2026-01-01T08:00:00\n"), 4, "effective_from", "is no day",
    ),
    "ends first": (
        bare("effective_until = 2025-01-01\neffective_from = 2026-01-01\n"),
        4, "effective_until", "it ends before it begins",
    ),
    "shipped id": (head('"mine"', '"cn"'), 1, "id", "'cn' is the id of a policy that"),
    "no rule id": (CLOSED.replace('id = "r1"\n', ""), 4, "id", "it is missing"),
    "rule id": (one("closed", name="a b"), 5, "id", "'a b' is no id"),
    "two rules of one id": (policy(rule("closed"), rule("visit")), 11, "id", "'r1' is the id of two rules"),
    "no kind": (CLOSED.replace('kind = "closed"\n', ""), 4, "kind", "it is missing"),
    "kind": (one("hour"), 6, "kind", "'hour' is none of hours, inconvenient"),
    "kind a list": (CLOSED.replace('"closed"', '["closed"]'), 6, "kind", "is none of"),
    "no effect": (CLOSED.replace('effect = "warn"\n', ""), 4, "effect", "it is missing"),
    "effect": (one("closed", effect="none"), 7, "effect", "'none' is none of warn, presumption, pro"),
    "allowed": (one("hours", HOURS, effect="allowed"), 7, "effect", "'allowed' is none of warn"),
    "no cite": (CLOSED.replace('cite = "c"\n', ""), 4, "cite", "it is missing"),
    "no text": (CLOSED.replace('text = "t"\n', ""), 4, "text", "it is missing"),
    "text long": (CLOSED.replace('"t"', f'"{"张" * 501}"'), 9, "text", "1 to 500 characters"),
    "key of another kind": (one("closed", "days = 3\n"), 10, "days", "no such key here, but: id, kind"),
    "in the second rule": (
        policy(rule("hours", HOURS), rule("hours", HOURS.replace("08:00", "8am"), name="r2")),
        18, "opens", "'8am' is no time of day",
    ),
    "missing in the second rule": (
        policy(rule("hours", HOURS), rule("hours", name="r2")), 12, "opens", "it is missing",
    ),
    "verify a text": (one("closed", 'verify = "yes"\n'), 10, "verify", "'yes' is neither true nor"),
    "verify a number": (one("closed", "verify = 1\n"), 10, "verify", "1 is neither true nor false"),
    "verified ban": (
        one("closed", "verify = true\n", effect="prohibited"), 10, "verify", "not be 'prohibited'",
    ),
    "verified presumption": (
        one("closed", "verify = true\n", effect="presumption"), 10, "verify", "at most warn",
    ),
    "short hour": (one("hours", HOURS.replace("08:00", "8:00")), 10, "opens", "'8:00' is no time"),
    "hour 24": (one("hours", HOURS.replace("21:00", "24:00")), 11, "closes", "'24:00' is no time"),
    "minute 60": (one("hours", HOURS.replace("21:00", "20:60")), 11, "closes", "'20:60' is no time"),
    "wide digits": (one("hours", HOURS.replace("08", "０８")), 10, "opens", "'０８:00' is no time"),
    "hour of TOML": (one("hours", HOURS.replace('"08:00"', "08:00:00")), 10, "opens", "08:00:00 is no"),
    "never open": (one("hours", HOURS.replace("21", "08")), 11, "closes", "'08:00' is when it opens"),
    "channel": (one("closed", 'channels = ["call", "fax"]\n'), 10, "channels", "'fax' is none of call"),
    "channels a text": (one("closed", 'channels = "call"\n'), 10, "channels", "'call' is no list"),
    "channel a number": (one("closed", "channels = [1]\n"), 10, "channels", "1 is none of call"),
    "channels empty": (one("consent", "channels = []\n"), 10, "channels", "the list is empty"),
    "purpose": (one("medium", 'purposes = ["x"]\n'), 10, "purposes", "'x' is none of notice"),
    "hold": (one("stop", 'holds = ["sick"]\n'), 10, "holds", "'sick' is none of cease"),
    "holds empty": (one("stop", "holds = []\n"), 10, "holds", "the list is empty"),
    "written": (one("stop", 'holds = ["cease"]\nwritten = 0\n'), 11, "written", "0 is neither true nor"),
    "label": (one("count", COUNT + 'labels = ["fax"]\n'), 14, "labels", "'fax' is none of mobile, home"),
    "counts": (one("count", COUNT.replace("calls", "rings")), 10, "counts", "'rings' is none of calls"),
    "unit": (one("count", COUNT.replace("debt", "day")), 11, "unit", "'day' is none of debt, debtor"),
    "days a text": (one("quiet", 'days = "7"\n'), 10, "days", "'7' is no whole number from 1"),
    "days a flag": (one("quiet", "days = true\n"), 10, "days", "true is no whole number"),
    "days a fraction": (one("quiet", "days = 1.0\n"), 10, "days", "1.0 is no whole number"),
    "no days": (one("quiet", "days = 0\n"), 10, "days", "0 is no whole number"),
    "negative": (one("count", COUNT.replace("most = 7", "most = -7")), 13, "most", "-7 is no whole number"),
    "many days": (one("quiet", "days = 10000\n"), 10, "days", "10000 is no whole number from 1 to 9999"),
    "years": (one("retention", "years = 101\n"), 10, "years", "from 1 to 100"),
    "huge": (one("quiet", f"days = 0x{'f' * 5000}\n"), 10, "days", "such a value is no whole number"),
    "a table in a rule": (policy(rule("closed"), "[rule.extra]\nx = 1\n"), 10, "extra", "no such key here"),
    "dotted": (one("hours", "opens.at = 8\n" + HOURS[16:]), 10, "opens", "is no time of day"),
    "quoted key": (one("quiet", '"d\\u0061ys" = 0\n'), 10, "days", "0 is no whole number"),
    "over several lines": (
        one("stop", 'holds = [ # all\n  "cease",\n  "sick",\n]\n'), 10, "holds", "'sick'",
    ),
    "below a text of several lines": (
        CLOSED.replace('"t"', '"""\n[[rule]]\ndays = 1\n"""') + rule("quiet", "days = 0\n", name="r2"),
        19, "days", "0 is no",
    ),
    "inline": (policy(top='rule = [{id = "a", kind = "closed"}]\n'), 4, "cite", "it is missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_refused_with_file_line_and_key(folder: Path, name: str):
    text, line, key, words = BROKEN[name]
    write(folder, text)
    error = refused(folder)
    assert error.message.startswith(f"policy file mine.toml, line {line}, key '{key}': ")
    assert words in error.message
    assert len(error.message) < 500
    assert "\n" not in error.message
    assert error.hint
    assert error.exit_code == BadData.exit_code == 4


NO_TOML = {
    "no value": ("id = \n", 1),
    "a typing slip": (MINE.replace("days = 2", "days 2"), 19),
    "an open text": (MINE + 'more = "', 22),
    "an open list": (policy(rule("stop", 'holds = ["cease"\n')), 10),
    "the same key twice": (MINE.replace("days = 2", "days = 2\ndays = 3"), 20),
    "a list without bottom": ("id = " + "[" * 100_000, 1),
    "a number without end": (MINE.replace("days = 2", "days = " + "9" * 5000), 21),
    "nul": ("id = '\0'\n", 1),
}


@pytest.mark.parametrize("name", NO_TOML)
def test_what_is_no_toml_is_refused_with_its_line(folder: Path, name: str):
    text, line = NO_TOML[name]
    write(folder, text)
    error = refused(folder)
    assert error.message.startswith(f"policy file mine.toml, line {line}: it is no TOML (")
    assert error.hint == f"mend it, or move it out of {folder}"


def test_an_empty_file_is_refused(folder: Path):
    write(folder, "")
    assert refused(folder).message == "policy file mine.toml, line 1, key 'id': it is missing"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b'id = "mine"\nname = "\xd6\xd0"\n', 2),
        (MINE.encode("utf-16"), 1),
        (b"\x00\xff" * 100, 1),
    ],
)
def test_what_is_not_utf_8_is_refused_with_its_line(folder: Path, raw: bytes, line: int):
    (folder / "mine.toml").write_bytes(raw)
    assert refused(folder).message == f"policy file mine.toml, line {line}: the text is not UTF-8"


@settings(max_examples=tries(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_bring_another_error(folder: Path, raw: bytes):
    (folder / "mine.toml").write_bytes(raw)
    refused(folder)


@pytest.mark.parametrize(
    "value", ["1", "-1", "true", '""', '"x"', "[]", "[[1]]", "{}", "2026-01-01", "08:00:00", "nan"]
)
def test_any_value_at_any_key_is_taken_or_refused_at_its_line(folder: Path, value: str):
    for line in dict.fromkeys(MINE.splitlines()):
        key = line.partition(" = ")[0]
        text = MINE.replace(line, f"{key} = {value}", 1)
        write(folder, text)
        try:
            compile_policies(folder)
        except BadPolicy as refusal:
            said = refusal.message
        else:
            continue
        number = re.match(r"policy file mine.toml, line (\d+)", said)
        assert number
        assert f"key '{key}'" not in said or text.splitlines()[int(number[1]) - 1].startswith(key)


def test_a_folder_is_no_policy(folder: Path):
    (folder / "mine.toml").mkdir()
    assert refused(folder).message == "policy file mine.toml: it is no file"


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are a thing of Unix")
def test_a_link_to_nowhere_and_a_pipe_are_no_policies(folder: Path):
    (folder / "mine.toml").symlink_to(folder / "gone")
    assert refused(folder).message == "policy file mine.toml: it is no file"
    (folder / "mine.toml").unlink()
    os.mkfifo(folder / "mine.toml")
    assert refused(folder).message == "policy file mine.toml: it is no file"


def test_a_file_or_folder_that_may_not_be_read_is_refused(folder: Path):
    path = write(folder, MINE)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    assert "mine.toml: it can't be read (" in refused(folder).message
    folder.chmod(0)
    try:
        assert "policies: it can't be read (" in refused(folder).message
    finally:
        folder.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_refused(folder: Path):
    folder.rmdir()
    folder.write_text("")
    error = refused(folder)
    assert error.message.startswith("policy file policies: it can't be read (")
    assert error.hint == f"mend it, or move it out of {folder.parent}"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the names of files are Unicode")
def test_a_file_name_that_is_not_utf_8_can_be_printed_and_stamped(folder: Path, book: sqlite3.Connection):
    name = os.fsencode(folder) + b"/\xd6\xd0.toml"
    Path(os.fsdecode(name)).write_bytes(b"id = 5")
    assert refused(folder).message.encode().startswith(b"policy file \\udcd6\\udcd0.toml, line 1, key ")
    Path(os.fsdecode(name)).write_text(MINE, "utf-8")
    store_policies(book)
    assert "mine" in policies(book)


def test_the_id_of_a_shipped_policy_is_taken_and_the_hint_names_the_overlay(folder: Path):
    write(folder, MINE.replace('"mine"', '"us-regf"').replace('beside = "cn"\n', ""))
    assert 'beside = "us-regf"' in refused(folder).hint


def test_two_files_of_one_id_are_refused(folder: Path):
    write(folder, MINE, "a.toml")
    write(folder, MINE, "b.toml")
    assert refused(folder).message == "policy file b.toml, line 1, key 'id': 'mine' is the id of a.toml too"


def test_the_sentences_are_in_the_readers_language(folder: Path):
    write(folder, MINE.replace("09:00", "8am"))
    sentences = {
        "policy file {name}, line {line}, key '{key}': {why}": "{name} 第 {line} 行 {key}：{why}",
        '{value} is no time of day such as "08:00"': "{value} 不是时间",
    }
    speak(lambda sentence: sentences.get(sentence, sentence))
    try:
        assert refused(folder).message == "mine.toml 第 10 行 opens：'8am' 不是时间"
    finally:
        speak(None)


def test_the_known_words_are_what_the_kinds_use():
    """Every key of every kind is a field of a rule, so that a policy can hold it."""
    keys = {key for pair in KINDS.values() for part in pair for key in part}
    assert keys <= set(Rule._fields)
    assert all((CHANNELS, EFFECTS, HOLDS, PURPOSES))


@pytest.mark.parametrize(
    ("key", "number", "line"),
    [
        ("id", -1, 1), ("b", -1, 3), ("zone", -1, 1), ("id", 0, 7), ("a", 0, 8), ("none", 0, 6),
        ("none", 1, 11), ("id", 1, 12), ("sub", 1, 15), ("other", -1, 18),
    ],
)  # fmt: skip
def test_a_key_is_found_at_its_line(key: str, number: int, line: int):
    text = (
        "id = 1\n# b = 2\n  'b'= '''\n[[rule]]'''\n\n [[ rule ]] # id\n\"id\"=2\na.b=[\n 1,\n]\n"
        '[["rule"]]\nid = """\nid\n"""\n[rule.sub]\nother = 2\n\n[other]\n'
    )
    assert line_of(text, key, number) == line


# --- kept in the book ----------------------------------------------------------------------------------


def test_the_users_folder_is_where_the_system_keeps_what_is_configured(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert user_folder() == tmp_path / "collectctl" / "policies"
    if sys.platform != "win32":
        monkeypatch.setenv("XDG_CONFIG_HOME", "")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert user_folder() == tmp_path / ".config" / "collectctl" / "policies"


def test_plain_lists_give_the_same_policies_back(folder: Path):
    write(folder, MINE)
    compiled = compile_policies(folder)
    assert from_data(json.loads(json.dumps(as_data(compiled)))) == compiled


def test_the_stamp_changes_with_every_change_of_a_file(folder: Path):
    seen = [stamp(None), stamp(folder / "nowhere")]
    assert seen[0] == seen[1]
    path = write(folder, MINE)
    seen.append(stamp(folder))
    assert stamp(folder) == seen[-1]
    write(folder, MINE + "# longer\n")
    seen.append(stamp(folder))
    os.utime(path, ns=(1, 1))
    seen.append(stamp(folder))
    path.rename(folder / "other.toml")
    seen.append(stamp(folder))
    write(folder, MINE, "second.toml")
    seen.append(stamp(folder))
    assert len(set(seen[1:])) == len(seen) - 1


def test_without_anything_stored_the_files_are_compiled(folder: Path, book: sqlite3.Connection):
    write(folder, MINE)
    found = policies(book)
    assert tuple(found.values()) == compile_policies(folder)
    assert found["mine"].name == "House hours"
    assert book.execute("select count(*) from state").fetchone() == (0,)


def test_a_second_call_gives_the_same_object(folder: Path, book: sqlite3.Connection):
    assert policies(book) is policies(book)


def test_a_changed_file_holds_at_once(folder: Path, book: sqlite3.Connection):
    store_policies(book)
    assert "mine" not in policies(book)
    path = write(folder, MINE)
    assert "mine" in policies(book)
    path.unlink()
    assert "mine" not in policies(book)


def test_a_changed_file_is_seen_without_opening_any(folder: Path, book: sqlite3.Connection):
    assert changed(book)
    store_policies(book)
    assert not changed(book)
    write(folder, "no policy")
    assert changed(book)


def test_storing_tells_whether_the_rules_changed(folder: Path, book: sqlite3.Connection):
    assert store_policies(book) is False
    assert store_policies(book) is False
    path = write(folder, MINE)
    assert store_policies(book) is True
    assert store_policies(book) is False
    write(folder, "# a comment changes no rule\n" + MINE)
    assert store_policies(book) is False
    path.unlink()
    assert store_policies(book) is True


def test_what_is_stored_is_what_the_files_say(folder: Path, book: sqlite3.Connection):
    write(folder, MINE)
    store_policies(book)
    state = dict(book.execute("select name, value from state"))
    assert from_data(json.loads(state["policies"])) == compile_policies(folder)
    assert state["policies_stamp"] == stamp(folder)


def test_storing_is_part_of_the_callers_transaction(folder: Path, book: sqlite3.Connection):
    store_policies(book)
    assert book.in_transaction
    book.rollback()
    assert book.execute("select count(*) from state").fetchone() == (0,)


def test_a_file_that_can_not_be_used_leaves_the_book_as_it_was(folder: Path, book: sqlite3.Connection):
    store_policies(book)
    before = book.execute("select * from state order by name").fetchall()
    write(folder, "id = 5\n")
    assert policies(book)  # what took place can still be recorded by the rules that were there
    for attempt in (store_policies, check):
        with pytest.raises(BadPolicy):
            attempt(book)
    assert book.execute("select * from state order by name").fetchall() == before


@pytest.mark.parametrize("damage", ["", "{", "[[1]]", "[5]", "null", '"text"'])
def test_what_is_damaged_in_the_book_is_compiled_and_stored_again(
    folder: Path, book: sqlite3.Connection, damage: str
):
    write(folder, f"# {damage}\n{MINE}")
    store_policies(book)
    book.execute("update state set value = ? where name = 'policies'", (damage,))
    assert "mine" in policies(book)
    store_policies(book)
    (data,) = book.execute("select value from state where name = 'policies'").fetchone()
    assert from_data(json.loads(data)) == compile_policies(folder)


def test_a_temporary_state_does_not_hide_what_is_stored(folder: Path, book: sqlite3.Connection):
    """The worklist is computed on temporary tables where the book can't be written."""
    write(folder, MINE)
    store_policies(book)
    book.execute("update state set value = replace(value, 'House hours', 'As stored')")
    book.execute("create temp table state (name text primary key, value text not null)")
    assert policies(book)["mine"].name == "As stored"


_STORED = """
import sqlite3, sys
from collectctl.store.policies import policies
found = policies(sqlite3.connect(sys.argv[1]))
print(found["mine"].name, *sorted({"tomllib", "importlib.resources", "zoneinfo"} & set(sys.modules)))
"""


def test_what_is_stored_is_read_without_a_parser(folder: Path, book: sqlite3.Connection, tmp_path: Path):
    write(folder, MINE)
    argv = [sys.executable, "-c", _STORED, str(tmp_path / "book.db")]
    assert "tomllib" in subprocess.check_output(argv, text=True)
    store_policies(book)
    book.commit()
    assert subprocess.check_output(argv, text=True) == "House hours\n"


def test_each_shipped_file_says_where_it_is_broken(tmp_path: Path):
    """A copy of each shipped file as the user's own: the id alone stands in its way."""
    for path in SHIPPED.glob("*.toml"):
        folder = tmp_path / path.stem
        folder.mkdir()
        shutil.copy(path, folder)
        error = refused(folder)
        assert f"key 'id': '{path.stem}' is the id of a policy that" in error.message


def test_every_zone_that_python_knows_may_be_named(folder: Path):
    for zone in sorted(available_timezones())[::60]:
        write(folder, policy(rule("closed"), top=f'zone = "{zone}"\n'))
        assert compile_policies(folder)[-1].zone == zone


def test_reading_what_is_stored_takes_well_under_a_millisecond(
    benchmark, folder: Path, book: sqlite3.Connection
):
    from collectctl.store import policies as module

    write(folder, MINE)
    store_policies(book)

    def fresh():
        module._cache.clear()
        return policies(book)

    assert "mine" in benchmark(fresh)
