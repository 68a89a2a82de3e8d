"""What a logged contact adds to the book: one pure decision from the typed line and the person's file.

`log` never refuses what took place. What looks odd (a promise above the balance, an unknown number, the
same call twice) is recorded with the doubt beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from collectctl.domain import windows
from collectctl.domain.cases import Asked
from collectctl.domain.facts import AccountFile, Party, PersonFile
from collectctl.domain.frequency import CONSENT_DAYS
from collectctl.domain.logline import Claim, LogLine, Part
from collectctl.domain.money import shown
from collectctl.domain.numbers import PhoneForm, dial_digits, dialling, is_phone, known_phone
from collectctl.domain.outcomes import Outcome
from collectctl.domain.owing import balance_of, owed_on, still_missing
from collectctl.domain.places import zones
from collectctl.domain.policy import ELECTRONIC, PRESUMPTION, PROHIBITED, rules_of_hold
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record
from collectctl.domain.verdict import Verdict, judge
from collectctl.domain.whom import LIABLE, party_called, role_of
from collectctl.domain.words import _

TWICE_SECONDS = 60
# what opens a presumption (12 CFR 1006.14(b), comment 14(b)(2)(ii)-2)
OVERRIDES = (
    "legal_requirement",
    "litigation",
    "consumer_request",
    "dropped_call",
    "urgent_third_party_harm",
)


class Answered(Record):
    """Who answered: the category, and the party by name and role where one is known."""

    who: str
    role: str
    name: str
    party: Party | None


class How(Record):
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
    safety: str = ""  # what whoever visits them next has to know


class NewEntry(Record):
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
    breaches: tuple[Reason, ...] = ()
    overridden: tuple[Reason, ...] = ()  # presumptions that `--override` stands against
    unwanted: str = ""  # the channel that they asked us not to use
    consent_on: date | None = None  # the day for which they agreed to more calls
    language: str = ""
    wish: int | None = None  # a reduction to that sum (0: to none that was named) is asked of the client
    new_phone_form: PhoneForm = PhoneForm()
    registers: str = ""  # complaint or dispute, where it opens one in the register


# what is lodged in a contact and has to be answered
_REGISTERED = {"complaint": "complaint", "dispute": "dispute", "fraud": "dispute"}


def record(person: PersonFile, account: AccountFile, line: LogLine, how: How) -> NewEntry:
    """What `line` adds to `account`."""
    answered = who_answered(account, line.outcome, how.who)
    channel = channel_of(line.outcome, how.channel)
    number = _number(person, account, answered, channel, how) if line.outcome.attempt else ""
    repeats = logged_twice(account, line.outcome.code, number, how.at)
    verdict = _judged(person, account, line.outcome, channel, number, how)
    blocking = verdict.blocking if verdict else ()
    overridden = tuple(r for r in blocking if how.override and r.effect == PRESUMPTION)
    doubts = _doubts(person, account, line, how, number, repeats)
    entry = NewEntry(
        account=account.id,
        how=how,
        outcome=line.outcome,
        channel=channel,
        answered=answered,
        number=number,
        parts=line.parts,
        claims=line.claims,
        payer=payer_of(line.outcome, how.payer, answered),
        currency=account.statement.currency,
        next_on=line.next_on,
        next_at=line.next_at,
        text=line.text,
        tags=_tags(line, account, how),
        hold=hold_kind(line.outcome, account, how),
        new_phone=how.new_phone,
        repeats=repeats,
        doubts=(*doubts, *_advice(verdict, how)),
        breaches=tuple(r for r in blocking if r not in overridden),
        overridden=overridden,
        unwanted=_unwanted(line.outcome, account, channel, how),
        language=line.text if line.outcome.code == "language" else "",
        wish=line.wish if line.outcome.code == "settlement" and not _is_asked(account, line.wish) else None,
        registers=_registers(line.outcome, account),
    )
    return entry._replace(consent_on=_agreed_day(entry, person, account))


def channel_of(outcome: Outcome, said: str) -> str:
    """The channel of a contact: as it was said, else that of its outcome; a note has none."""
    if outcome.code == "note":
        return ""
    return said or ("call" if outcome.channel == "desk" else outcome.channel)


def payer_of(outcome: Outcome, said: str, answered: Answered) -> str:
    """Who will pay: as it was said, else who answered where somebody else promised; "" is the debtor."""
    if said or outcome.code != "third-promise":
        return said
    return answered.name or answered.role or _("somebody else")


def _registers(outcome: Outcome, account: AccountFile) -> str:
    """What it opens in the register; what waits for its answer already is not opened twice."""
    kind = _REGISTERED.get(outcome.code, "")
    return "" if any(c.kind == kind and c.open for c in account.complaints) else kind


def _is_asked(account: AccountFile, wish: int) -> bool:
    """Whether the client is being asked for that reduction already."""
    return any(r.kind == "reduction" and not r.answer and (r.amount or 0) == wish for r in account.requests)


def _judged(
    person: PersonFile, account: AccountFile, outcome: Outcome, channel: str, number: str, how: How
) -> Verdict | None:
    """The verdict on what took place, by what stood before it; their own contact is none of ours."""
    if how.inbound or how.raised_by != "us" or not outcome.attempt:
        return None
    own = number in {p.digits for p in person.phones}
    who = how.who if (how.to and not own) or channel in (*ELECTRONIC, "letter") else ""
    collectors = 1 + len([name for name in how.collectors.split(",") if name.strip()])
    return judge(person, account, Asked(how.at, channel, number, who, how.purpose, collectors))


_BEFOREHAND = ("third-content", "content", "visit", "consent")  # advice that is of use before a contact only


def _advice(verdict: Verdict | None, how: How) -> list[str]:
    advice = [
        r.text for r in (verdict.reasons if verdict else ()) if not r.blocks and r.kind not in _BEFOREHAND
    ]
    if how.override and how.override not in OVERRIDES:
        known = _("{reason!r} is no reason that the rule knows: {known}")
        advice.append(known.format(reason=how.override, known=", ".join(OVERRIDES)))
    return advice


def _unwanted(outcome: Outcome, account: AccountFile, channel: str, how: How) -> str:
    """A spoken "stop calling" is a request about the medium (12 CFR 1006.14(h)), no cease."""
    asked = outcome.holds == "cease" and not how.written and bool(rules_of_hold(account.policies, "cease"))
    return channel if asked else ""


def _agreed_day(entry: NewEntry, person: PersonFile, account: AccountFile) -> date | None:
    """The day of an agreed call-back, where it is consent for that day (12 CFR 1006.14(b)(3)(i)).

    Within seven days, the day of the talk being the first, and in a contact that was itself in order.
    """
    counted = any(r.lifted and r.days > 1 for p in account.policies for r in p.rules)
    if entry.outcome.code != "callback" or not counted or entry.answered.who != "self":
        return None
    if any(r.effect == PROHIBITED for r in entry.breaches):
        return None
    zone = entry.how.at.tzinfo
    assert zone is not None
    for name in zones(person, account.policies, zone)[:1]:
        zone = windows.zone(name)
    day = entry.next_at.astimezone(zone).date() if entry.next_at else entry.next_on
    received = entry.how.at.astimezone(zone).date()
    return day if day and received <= day < received + timedelta(days=CONSENT_DAYS) else None


def who_answered(account: AccountFile, outcome: Outcome, typed: str) -> Answered:
    """`--who NAME|ROLE`: a role, a known party's name, or a new name; else the outcome's default."""
    if not typed:
        return Answered(outcome.who, "", "", None)
    known, role = party_called(account, typed), role_of(typed)
    role = known.role if known else role
    if role == "debtor":
        return Answered("self", role, "", known)
    name = known.name if known else "" if typed.strip().lower() == role else typed.strip()
    if role == "unknown":
        return Answered("unknown", "", "", None)
    return Answered("liable" if role in LIABLE else "third", role or "contact", name, known)


def hold_kind(outcome: Outcome, account: AccountFile, how: How) -> str:
    """The hold that an outcome sets, "" for none.

    A spoken dispute holds in China (信用卡办法 art 69), in the United States only one in writing within the
    validation period does (12 CFR 1006.38); a written refusal is a cease there (1006.6(c)) and no hold by law
    elsewhere.
    """
    kind, rules = outcome.holds, rules_of_hold(account.policies, outcome.holds)
    if kind == "cease":
        return kind if rules and how.written else ""
    if rules and all(r.written for r in rules):
        return kind if how.written and _in_time(account, how) else ""
    return kind


def _in_time(account: AccountFile, how: How) -> bool:
    """Whether the validation period is still running, or has not begun."""
    from collectctl.domain.validation import period_end, sent_on

    zone = how.at.tzinfo
    sent = sent_on(account, zone) if zone else None
    return sent is None or how.at.date() <= period_end(sent)


def _tags(line: LogLine, account: AccountFile, how: How) -> tuple[str, ...]:
    asked_to_stop = line.outcome.holds == "cease" and not hold_kind(line.outcome, account, how)
    return (*line.tags, "cease") if asked_to_stop else line.tags


def _number(person: PersonFile, account: AccountFile, answered: Answered, channel: str, how: How) -> str:
    """The number or address of the contact: the one given, else the one proposed."""
    everybody = (*person.phones, *person.party_phones)
    if how.to:
        if how.to.isdecimal() and 0 < int(how.to) <= len(person.phones):
            return person.phones[int(how.to) - 1].digits  # as in "2 of 3"
        if channel not in ("call", "sms") or not is_phone(how.to):
            return how.to.strip()
        known = known_phone(everybody, how.to)
        return known.digits if known else dial_digits(how.to) or how.to.strip()
    if channel == "visit":
        from collectctl.domain.homes import home  # few contacts are visits

        return home(account, (v for a in person.accounts for v in a.activities if v.channel == channel))
    if channel not in ("call", "sms"):
        return ""
    zone = how.at.tzinfo
    assert zone is not None
    phone = dialling(person, how.at.date(), zone).phone
    return phone.digits if phone else ""


def _doubts(
    person: PersonFile, account: AccountFile, line: LogLine, how: How, number: str, repeats: bool
) -> list[str]:
    doubts = odd_promise(account, line.parts)
    if how.to and is_phone(number) and not known_phone((*person.phones, *person.party_phones), number):
        doubts.append(_("the number was not on file"))
    if not account.open:
        doubts.append(_("the account was closed on {day}").format(day=account.placement.closed_on))
    if repeats:
        doubts.append(_("the same outcome on the same number was logged less than a minute before"))
    if line.text:
        from collectctl.domain import wording  # patterns, for those who wrote something

        doubts += wording.doubts(line.text)
    return doubts


def odd_promise(account: AccountFile, parts: Sequence[Part]) -> list[str]:
    """What is doubtful about a promise: it is what the debtor said, and recorded all the same."""
    doubts = []
    balance, currency = balance_of(account), account.statement.currency
    total = sum(part.amount for part in parts)
    if total > balance > 0:
        doubts.append(
            _("the promise of {total} is above the balance of {balance}").format(
                total=shown(total, currency), balance=shown(balance, currency)
            )
        )
    ends = account.placement.ends_on
    if ends and any(part.on > ends for part in parts):
        doubts.append(_("the promise is for a day after the placement's end, {ends}").format(ends=ends))
    return doubts


def logged_twice(account: AccountFile, outcome: str, number: str, at: datetime) -> bool:
    near = timedelta(seconds=TWICE_SECONDS)
    return any(
        a.outcome == outcome and a.number == number and abs(a.at - at) < near for a in account.activities
    )


def stated_sums(account: AccountFile, on: date) -> Mapping[str, int]:
    """What `all`, `cure` and `min` stand for on this account on a day (minor units)."""
    sums = {"balance": owed_on(account, on)}
    for key in ("cure_amount", "minimum_due"):
        value = still_missing(account, key, on)
        if value is not None:
            sums[key] = value
    return sums
