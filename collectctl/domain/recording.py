"""What a logged contact adds to the book: one pure decision from the typed line and the person's file.

`log` never refuses what took place. What looks odd (a promise above the balance, an unknown number, the
same call twice) is recorded with the doubt beside it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from collectctl.domain.facts import AccountFile, Party, PersonFile, Phone
from collectctl.domain.logline import Claim, LogLine, Part
from collectctl.domain.money import shown
from collectctl.domain.numbers import dial_digits, dialling
from collectctl.domain.outcomes import Outcome
from collectctl.domain.when import fold
from collectctl.domain.words import _

TWICE_SECONDS = 60

# the words for who answered -> role; roles that are liable with the debtor are no third party
_ROLES = {
    "debtor": ("self", "debtor", "本人", "债务人"),
    "spouse": ("spouse", "wife", "husband", "配偶", "妻子", "丈夫", "老婆", "老公"),
    "guarantor": ("guarantor", "担保人"),
    "co-debtor": ("co-debtor", "joint", "共同债务人", "共借人"),
    "contact": ("contact", "friend", "联系人", "朋友"),
    "relative": (
        "relative",
        "mother",
        "father",
        "son",
        "daughter",
        "brother",
        "sister",
        "parent",
        "母亲",
        "父亲",
        "儿子",
        "女儿",
        "兄弟",
        "姐妹",
        "亲属",
    ),
    "employer": ("employer", "colleague", "boss", "同事", "单位", "公司", "领导"),
    "attorney": ("attorney", "lawyer", "律师"),
    "agent": ("agent", "代理人"),
    "insurer": ("insurer", "保险公司"),
    "unknown": ("unknown", "不明", "未知"),
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words}
_LIABLE = ("guarantor", "co-debtor")


class Answered(NamedTuple):
    """Who answered: the category, and the party by name and role where one is known."""

    who: str
    role: str
    name: str
    party: Party | None


class How(NamedTuple):
    """The options of a log line, as typed; empty where not given."""

    at: datetime
    channel: str = ""
    inbound: bool = False
    to: str = ""
    who: str = ""
    payer: str = ""
    reason: str = ""
    talk_seconds: int | None = None
    recording: str = ""
    new_phone: str = ""
    purpose: str = ""
    written: bool = False
    collectors: str = ""
    override: str = ""
    raised_by: str = "us"


class NewEntry(NamedTuple):
    """Everything that one contact adds about one account."""

    account: int
    how: How
    outcome: Outcome
    channel: str
    answered: Answered
    number: str
    parts: tuple[Part, ...]
    claims: tuple[Claim, ...]
    payer: str
    currency: str
    next_on: date | None
    next_at: datetime | None
    text: str
    tags: tuple[str, ...]
    hold: str
    new_phone: str
    repeats: bool  # the same outcome on the same number within a minute
    doubts: tuple[str, ...]


def record(person: PersonFile, account: AccountFile, line: LogLine, how: How) -> NewEntry:
    """What `line` adds to `account`."""
    answered = who_answered(account, line.outcome, how.who)
    channel = how.channel or ("call" if line.outcome.channel == "desk" else line.outcome.channel)
    if line.outcome.code == "note":
        channel = ""
    number = _number(person, answered, channel, how) if line.outcome.attempt else ""
    payer = how.payer
    if line.outcome.code == "third-promise" and not payer:
        payer = answered.name or answered.role or _("somebody else")
    repeats = logged_twice(account, line.outcome.code, number, how.at)
    return NewEntry(
        account=account.id,
        how=how,
        outcome=line.outcome,
        channel=channel,
        answered=answered,
        number=number,
        parts=line.parts,
        claims=line.claims,
        payer=payer,
        currency=account.statement.currency,
        next_on=line.next_on,
        next_at=line.next_at,
        text=line.text,
        tags=_tags(line, account, how),
        hold=hold_kind(line.outcome, account.placement.policy, how.written),
        new_phone=how.new_phone,
        repeats=repeats,
        doubts=tuple(_doubts(person, account, line, how, number, repeats)),
    )


def who_answered(account: AccountFile, outcome: Outcome, typed: str) -> Answered:
    """`--who NAME|ROLE`: a role, a known party's name, or a new name; else the outcome's default."""
    if not typed:
        return Answered(outcome.who, "", "", None)
    role = _ROLE_OF.get(typed.strip().lower(), "")
    named = [p for p in account.parties if typed.strip() in (p.name, p.relation)]
    known = next((p for p in (*named, *account.parties) if p in named or (role and p.role == role)), None)
    if known:
        role = known.role
    if role == "debtor":
        return Answered("self", role, "", known)
    name = known.name if known else "" if typed.strip().lower() == role else typed.strip()
    if role == "unknown":
        return Answered("unknown", "", "", None)
    return Answered("liable" if role in _LIABLE else "third", role or "contact", name, known)


def hold_kind(outcome: Outcome, policy: str, written: bool) -> str:
    """The hold that an outcome sets, "" for none.

    A spoken dispute holds in China (信用卡办法 art 69), in the United States only a written one does
    (12 CFR 1006.38); a written refusal is a cease there (1006.6(c)) and no hold by law elsewhere.
    """
    american = policy.startswith("us")
    if outcome.holds == "cease":
        return "cease" if american and written else ""
    if outcome.holds == "dispute" and american and not written:
        return ""
    return outcome.holds


def _tags(line: LogLine, account: AccountFile, how: How) -> tuple[str, ...]:
    asked_to_stop = line.outcome.holds == "cease" and not hold_kind(
        line.outcome, account.placement.policy, how.written
    )
    return (*line.tags, "cease") if asked_to_stop else line.tags


def _number(person: PersonFile, answered: Answered, channel: str, how: How) -> str:
    """The number of the contact: the one given, that of the party who answered, or the one proposed."""
    everybody = (*person.phones, *person.party_phones)
    if how.to:
        if how.to.isdecimal() and 0 < int(how.to) <= len(person.phones):
            return person.phones[int(how.to) - 1].digits  # as in "2 of 3"
        if channel not in ("call", "sms") or not is_phone(how.to):
            return how.to.strip()
        known = known_phone(everybody, how.to)
        return known.digits if known else dial_digits(how.to) or how.to.strip()
    if channel not in ("call", "sms"):
        return ""
    zone = how.at.tzinfo
    assert zone is not None
    phone = dialling(person, how.at.date(), zone).phone
    return phone.digits if phone else ""


def is_phone(typed: str) -> bool:
    """Whether `typed` is written as a number to dial, and not an address."""
    return set(fold(typed)) <= set("+-() .0123456789") and len(dial_digits(fold(typed))) > 2


def known_phone(phones: tuple[Phone, ...], typed: str) -> Phone | None:
    """The number on file that is `typed`, or the only one that ends in it."""
    digits = dial_digits(typed)
    exact = [p for p in phones if p.digits == digits]
    ending = [p for p in phones if len(digits) >= 3 and p.digits.endswith(digits)]
    hits = exact or ending
    return hits[0] if hits and len({p.digits for p in hits}) == 1 else None


def _doubts(
    person: PersonFile, account: AccountFile, line: LogLine, how: How, number: str, repeats: bool
) -> list[str]:
    doubts = []
    balance, currency = account.statement.balance, account.statement.currency
    total = sum(part.amount for part in line.parts)
    if total > balance > 0:
        doubts.append(
            _("the promise of {total} is above the balance of {balance}").format(
                total=shown(total, currency), balance=shown(balance, currency)
            )
        )
    ends = account.placement.ends_on
    if ends and any(part.on > ends for part in line.parts):
        doubts.append(_("the promise is for a day after the placement's end, {ends}").format(ends=ends))
    if how.to and is_phone(number) and not known_phone((*person.phones, *person.party_phones), number):
        doubts.append(_("the number was not on file"))
    if not account.open:
        doubts.append(_("the account was closed on {day}").format(day=account.placement.closed_on))
    if repeats:
        doubts.append(_("the same outcome on the same number was logged less than a minute before"))
    return doubts


def logged_twice(account: AccountFile, outcome: str, number: str, at: datetime) -> bool:
    near = timedelta(seconds=TWICE_SECONDS)
    return any(
        a.outcome == outcome and a.number == number and abs(a.at - at) < near for a in account.activities
    )


def stated_sums(account: AccountFile) -> Mapping[str, int]:
    """What `all`, `cure` and `min` stand for on this account (minor units)."""
    sums = {"balance": account.statement.balance}
    for key in ("cure_amount", "minimum_due"):
        value = account.statement.values.get(key)
        if isinstance(value, int):
            sums[key] = value
    return sums
