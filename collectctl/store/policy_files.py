"""Contact policies as files: found, read from TOML and checked key by key.

The package brings some; the user's own lie in `policies` of the config folder. A file is one policy: keys of
`Policy` at its top, then a `[[rule]]` for each rule. Whatever is wrong is refused with file, line and key: a
rule that was silently left out is a breach that nobody sees coming.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from collectctl.domain import policy as words
from collectctl.domain.errors import BadData
from collectctl.domain.policy import ALLOWED, KINDS, WARN, Policy, Rule
from collectctl.domain.records import Record
from collectctl.domain.whom import ROLES
from collectctl.domain.words import _
from collectctl.store.policies import SHIPPED, files_in

_TOP = -1  # the number of the rule to which a key belongs that stands before all rules
_MAY_ALLOW = ("retention", "instalments")  # kinds that state a fact rather than stop a contact
_Check = Callable[[object], Any]  # gives the value as a policy holds it, or raises `_Wrong`
_Checks = Mapping[str, _Check]


class _Wrong(ValueError):
    """What is wrong, in words; where it is wrong is added by who reads the file."""

    def __init__(self, sentence: str, value: object = None, **more: object) -> None:
        super().__init__(_(sentence).format(value=_shown(value), **more))


class BadPolicy(BadData):
    """A policy file that can't be used; the message names file, line and key."""

    code = "bad-policy"

    def __init__(self, path: Path, why: _Wrong, line: int = 0, key: str = "", hint: str = "") -> None:
        if key:
            text = _("policy file {name}, line {line}, key '{key}': {why}")
        elif line:
            text = _("policy file {name}, line {line}: {why}")
        else:
            text = _("policy file {name}: {why}")
        text = text.format(name=path.name, line=line, key=key, why=why)
        hint = hint or _("mend it, or move it out of {folder}").format(folder=path.parent)
        if path.parent == SHIPPED:
            hint = _("install collectctl again: it brings this file")
        # a file name that is not UTF-8 comes with lone surrogates, which nothing can print
        super().__init__(*(part.encode("utf-8", "backslashreplace").decode() for part in (text, hint)))


class _File(Record):
    """A policy file that is TOML; a rule is known by its place in it."""

    path: Path
    text: str
    data: dict[str, Any]

    def bad(self, wrong: _Wrong, key: str, rule: int = _TOP, hint: str = "") -> BadPolicy:
        return BadPolicy(self.path, wrong, line_of(self.text, key, rule), key, hint)

    def value(self, table: Mapping[str, Any], key: str, check: _Check, rule: int = _TOP) -> object:
        if key not in table:
            raise self.bad(_Wrong(_("it is missing")), key, rule)
        try:
            return check(table[key])
        except _Wrong as wrong:
            raise self.bad(wrong, key, rule) from None

    def values(
        self, table: Mapping[str, Any], checks: _Checks, needed: tuple[str, ...], rule: int = _TOP
    ) -> dict[str, Any]:
        """What `table` holds, by `checks`; a key that they don't name may not stand there."""
        for key in table:
            if key not in checks:
                known = ", ".join(checks)
                raise self.bad(_Wrong(_("there is no such key here, but: {known}"), known=known), key, rule)
        keys = [key for key in checks if key in table or key in needed]
        return {key: self.value(table, key, checks[key], rule) for key in keys}


def line_of(text: str, key: str, rule: int) -> int:
    """The line of a key in a rule (counted from 0) or before them all (-1), else that of the rule's heading.

    `text` is valid TOML. Each of its statements is TOML by itself, so the first lines that parse are the
    first statement: nothing needs to be known here of quotes, comments and lists of several lines.
    """
    import tomllib

    lines: dict[tuple[int, str], int] = {}
    place, begun, statement = _TOP, 1, ""
    for number, line in enumerate(text.split("\n"), 1):
        statement += line + "\n"
        try:
            found = tomllib.loads(statement)
        except ValueError:
            continue
        match found:
            case {"rule": [{}]}:
                place += 1
                keys = [(place, "")]
            case {"rule": {**inner}} if inner:  # [rule.key]
                keys = [(place, str(name)) for name in inner]
            case _:
                heading = statement.lstrip().startswith("[")  # [key] is of no rule, wherever it stands
                keys = [(_TOP if heading else place, name) for name in found]
        lines = dict.fromkeys(keys, begun) | lines
        begun, statement = number + 1, ""
    return lines.get((rule, key)) or lines.get((rule, "")) or lines.get((_TOP, "rule"), 1)


def _read(path: Path) -> _File:
    try:
        raw = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise BadPolicy(path, _Wrong(_("it can't be read ({why})"), why=error.strerror)) from None
    if raw is None:
        raise BadPolicy(path, _Wrong(_("it is no file")))
    try:
        text = raw.decode("utf-8-sig")  # an editor of Windows may begin it with a mark
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadPolicy(path, _Wrong(_("the text is not UTF-8")), line) from None
    return _File(path, text, _parsed(path, text))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # thousands of digits or brackets: no place is named
        said, _at, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        wrong = _Wrong(_("it is no TOML ({why})"), why=said)
        raise BadPolicy(path, wrong, int(line[1]) if line else text.rstrip().count("\n") + 1) from None


def compile_policies(folder: Path | None) -> tuple[Policy, ...]:
    """The package's policies, then those in `folder`, by file name. Raises `BadPolicy` (exit 4)."""
    try:
        paths = [Path(entry.path) for place in (SHIPPED, folder) for entry in files_in(place)]
    except OSError as error:
        wrong = _Wrong(_("it can't be read ({why})"), why=error.strerror)
        raise BadPolicy(Path(error.filename), wrong) from None
    found: dict[str, tuple[_File, Policy]] = {}
    for path in paths:
        file = _read(path)
        policy = _policy(file)
        if policy.id in found:
            raise _taken(file, policy.id, found[policy.id][0].path)
        found[policy.id] = (file, policy)
    for file, policy in found.values():
        others = sorted(found.keys() - {policy.id})
        if policy.beside and policy.beside not in others:
            wrong = _Wrong(_("{value} is none of {known}"), policy.beside, known=", ".join(others))
            raise file.bad(wrong, "beside")
    return tuple(policy for _file, policy in found.values())


def _taken(file: _File, name: str, other: Path) -> BadPolicy:
    if other.parent != SHIPPED:
        return file.bad(_Wrong(_("{value} is the id of {other} too"), name, other=other.name), "id")
    hint = _('give it an id of its own, with beside = "{name}" for rules that come on top').format(name=name)
    return file.bad(_Wrong(_("{value} is the id of a policy that collectctl brings"), name), "id", hint=hint)


def _policy(file: _File) -> Policy:
    values = file.values(file.data, _OF_POLICY, ("id", "version", "name", "rule"))
    until = values.get("effective_until", "")
    if until and until < values.get("effective_from", ""):
        raise file.bad(_Wrong(_("it ends before it begins")), "effective_until")
    rules: dict[str, Rule] = {}
    for n, table in enumerate(values.pop("rule")):
        rule = _rule(file, n, table)
        if rule.id in rules:
            raise file.bad(_Wrong(_("{value} is the id of two rules"), rule.id), "id", n)
        rules[rule.id] = rule
    return Policy(rules=tuple(rules.values()), **values)


def _rule(file: _File, n: int, table: dict[str, Any]) -> Rule:
    kind = str(file.value(table, "kind", _OF_RULE["kind"], n))
    needed, optional = KINDS[kind]
    effects = [e for e in words.EFFECTS if e != ALLOWED or kind in _MAY_ALLOW]
    checks = {**_OF_RULE, "effect": _one_of(*effects)}
    checks |= {key: _OF_KIND[key] for key in (*needed, *optional)}
    values = file.values(table, checks, ("id", "kind", "effect", "cite", "text", *needed), n)
    for key in needed:
        if values[key] == ():
            raise file.bad(_Wrong(_("the list is empty")), key, n)
    if values.get("verify") and values["effect"] not in (ALLOWED, WARN):
        wrong = _Wrong(_("what is still to be verified can at most warn, not be {value}"), values["effect"])
        raise file.bad(wrong, "verify", n)
    if kind == "hours" and values["opens"] == values["closes"]:
        raise file.bad(_Wrong(_("{value} is when it opens, too"), values["closes"]), "closes", n)
    return Rule(**values)


# --- values ------------------------------------------------------------------------------------------


def _check(sentence: str, good: Callable[[Any], object], **more: object) -> _Check:
    def check(value: object) -> object:
        if not good(value):
            raise _Wrong(sentence, value, **more)
        return value

    return check


def _form(pattern: str, sentence: str) -> _Check:
    return _check(sentence, lambda value: isinstance(value, str) and re.fullmatch(pattern, value))


def _one_of(*known: str) -> _Check:
    names = ", ".join(name or '""' for name in known)
    return _check(_("{value} is none of {known}"), lambda value: value in known, known=names)


def _number(most: int) -> _Check:
    why = _("{value} is no whole number from 1 to {most}")
    return _check(why, lambda n: isinstance(n, int) and n is not True and 1 <= n <= most, most=most)


def _list_of(item: _Check) -> _Check:
    whole = _check(_("{value} is no list in brackets"), lambda value: isinstance(value, list))
    return lambda value: tuple(map(item, whole(value)))


def _day(value: object) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime):
        raise _Wrong(_("{value} is no day such as 2026-01-31"), value)
    return day.isoformat()


@cache
def _zones() -> tuple[str, ...]:
    from zoneinfo import available_timezones

    return tuple(
        available_timezones()
    )  # of a tuple one may ask for what can't be hashed, a list for instance


def _counts(value: object) -> str:
    from collectctl.domain.frequency import COUNTED  # what most starts, which compile nothing, need not load

    return str(_one_of(*COUNTED)(value))


def _shown(value: object) -> str:
    """The value as it stands in a sentence: short, and on one line."""
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:37] + "...")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict) or (isinstance(value, int) and value.bit_length() > 64):
        return _("such a value")  # Python refuses to write out a number of thousands of digits
    return str(value)


_FLAG = _check(_("{value} is neither true nor false"), lambda value: isinstance(value, bool))
_HOUR = _form(r"([01][0-9]|2[0-3]):[0-5][0-9]", _('{value} is no time of day such as "08:00"'))
_ID = _form(r"[a-z][a-z0-9-]*", _("{value} is no id: a small letter, then small letters, digits and hyphens"))
_RULE_ID = _form(r"[a-z0-9][a-z0-9.-]*", _("{value} is no id: small letters, digits, hyphens and dots"))
_REGION = _form(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", _("{value} is no region such as US-MA"))
_TEXT = _form(r"(?s)(?=.*\S).{1,500}", _("{value} is no text in quotes of 1 to 500 characters"))
_OF_POLICY: _Checks = {
    "id": _ID, "version": _TEXT, "name": _TEXT, "beside": _ID, "regions": _list_of(_REGION),
    "zone": _check(_("{value} is no time zone such as Asia/Shanghai"), lambda value: value in _zones()),
    "country": _form(r"[A-Z]{2}", _("{value} is no country such as US")),
    "currency": _form(r"[A-Z]{3}", _("{value} is no currency such as USD")),
    "effective_from": _day, "effective_until": _day,
    "rule": _check(
        _("each rule begins with a line [[rule]]"),
        lambda value: isinstance(value, list) and value and all(isinstance(rule, dict) for rule in value),
    ),
}  # fmt: skip
_OF_RULE: _Checks = {
    "id": _RULE_ID, "kind": _one_of(*KINDS), "cite": _TEXT, "text": _TEXT, "verify": _FLAG,
}  # fmt: skip
_OF_KIND: _Checks = {
    "channels": _list_of(_one_of(*words.CHANNELS)), "purposes": _list_of(_one_of(*words.PURPOSES)),
    "holds": _list_of(_one_of(*words.HOLDS)), "labels": _list_of(_one_of("mobile", "home", "work", "")),
    "counts": _counts, "unit": _one_of("debt", "debtor", "number"), "opens": _HOUR, "closes": _HOUR,
    "days": _number(9999), "most": _number(9999), "collectors": _number(99), "minutes": _number(1440),
    "years": _number(100), "lifted": _FLAG, "written": _FLAG, "answers": _FLAG,
    "insiders": _list_of(_one_of(*ROLES)),
}  # fmt: skip
