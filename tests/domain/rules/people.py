"""People for the tests of the rules, built by hand from facts: what happened, and what they said.

    one = person(call("2026-08-13 10:00", "negotiating"), hold("cease", "2026-08-14"), policies=MA)
    assert blockers(ask(one, "2026-08-15 10:00")) == {"regf.quiet", "regf.cease"}

An instant is `YYYY-MM-DD HH:MM` in New York, or a datetime: `at(text, SHANGHAI)`.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collectctl.domain.cases import Asked
from collectctl.domain.facts import (
    AccountFile,
    Activity,
    Consent,
    Hold,
    Limit,
    Party,
    Payment,
    PersonFile,
    Phone,
    Placement,
    Promise,
    Statement,
)
from collectctl.domain.logline import LogLine
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import Policy, binding
from collectctl.domain.recording import How, NewEntry, record
from collectctl.domain.verdict import Verdict, judge
from collectctl.store.policy_files import compile_policies

NEW_YORK, CHICAGO, LOS_ANGELES = "America/New_York", "America/Chicago", "America/Los_Angeles"
HONOLULU, GUAM, SHANGHAI, LONDON = "Pacific/Honolulu", "Pacific/Guam", "Asia/Shanghai", "Europe/London"

ALL = {policy.id: policy for policy in compile_policies(None)}


def bound(*names: str, region: str = "") -> tuple[Policy, ...]:
    """The policies that bind where these are set and the debtor lives there."""
    return binding(names, region, ALL)


US, CN, UK, HOUSE = bound("us-regf"), bound("cn"), bound("uk"), bound()
MA, DC, WA = (bound("us-regf", region=f"US-{state}") for state in ("MA", "DC", "WA"))

Moment = str | datetime
Day = str | date


def at(text: Moment, zone: str = NEW_YORK) -> datetime:
    """The instant of a wall clock in a zone."""
    if isinstance(text, datetime):
        return text
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def day(text: Day) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


# --- numbers and people -----------------------------------------------------------------------------------


def phone(
    digits: str, label: str = "mobile", zones: Iterable[str] = (NEW_YORK,), source: str = "client"
) -> Phone:
    return Phone(0, 1, digits, digits, label, source, "", tuple(zones))


MOBILE, HOME, WORK = phone("2125550101"), phone("2125550102", "home"), phone("2125550103", "work")
CN_MOBILE = phone("13800130001", "mobile", [SHANGHAI])


class Other(NamedTuple):
    """Somebody else on the account, with a number of theirs."""

    role: str
    name: str
    number: str = ""
    zones: tuple[str, ...] = (NEW_YORK,)
    relation: str = ""


# --- facts ------------------------------------------------------------------------------------------------


def call(when: Moment, outcome: str = "no-answer", to: str = MOBILE.digits, **more: object) -> Activity:
    """A contact of ours; the channel is the outcome's own unless it is given. `who`, `party`, `purpose`..."""
    known = BY_CODE[outcome]
    plain = Activity(
        id=0, operation=0, account=0, contact=0, at=at(when).astimezone(UTC), channel=known.channel,
        inbound=False, outcome=outcome, who=known.who, number=to, party="", text="", next_at=None,
        next_on=None, talk_seconds=None, reason="", raised_by="us", amends=None,
    )  # fmt: skip
    return plain._replace(**more)


def calls(*whens: Moment, outcome: str = "no-answer", to: str = MOBILE.digits) -> list[Activity]:
    return [call(when, outcome, to) for when in whens]


def sent(when: Moment, channel: str, to: str = "", **more: object) -> Activity:
    """A message or letter of ours."""
    return call(when, "sent", to, channel=channel, **more)


def from_them(when: Moment, outcome: str = "negotiating", **more: object) -> Activity:
    """Their own call (or message: `outcome="replied"`)."""
    return call(when, outcome, **{"inbound": True, **more})


def hold(kind: str, from_on: Day, until: Day | None = None) -> Hold:
    return Hold(0, 0, None, kind, day(from_on), day(until) if until else None)


def limit(
    received: Moment, *, only: bool = False, days: tuple[int, ...] = (), hours: str = "", channel: str = "",
    to: str = "", place: str = "", until: Day | None = None, written: bool = False,
) -> Limit:  # fmt: skip
    """What the person said; `hours` as `18:00-20:00`, weekdays from Monday 0."""
    opens, _dash, closes = hours.partition("-")
    last = day(until) if until else None
    when = at(received).astimezone(UTC)
    return Limit(0, 1, when, only, days, opens, closes, channel, to, place, last, written, "")


def consent(
    received: Moment, *, channel: str = "call", on: Day | None = None, until: Day | None = None,
    hours: str = "", given_to: str = "us", withdrawn: Moment | None = None,
) -> Consent:  # fmt: skip
    opens, _dash, closes = hours.partition("-")
    return Consent(
        0, 0, channel, at(received).astimezone(UTC), day(on) if on else None, day(until) if until else None,
        opens, closes, given_to, at(withdrawn).astimezone(UTC) if withdrawn else None,
    )  # fmt: skip


# --- files ------------------------------------------------------------------------------------------------

Fact = Activity | Hold | Consent | Payment | Promise
START = date(2020, 1, 1)


def account(
    *facts: Fact, id: int = 1, policies: tuple[Policy, ...] = US, ends: Day | None = None,
    closed: Day | None = None, values: dict[str, int | str] | None = None, balance: int = 50_000,
) -> AccountFile:  # fmt: skip
    """An account with those facts, numbered in the order in which they stand here and sorted as stored."""
    kinds = (Activity, Hold, Consent, Payment, Promise)
    of = {kind: [f for f in facts if isinstance(f, kind)] for kind in kinds}
    activities = [_numbered(a, n, id) for n, a in enumerate(of[Activity], 1)]
    closing = {"closed_on": day(closed), "closed_as": "paid"} if closed else {}
    return AccountFile(
        id=id, number=f"A{id}", client="Bank",
        placement=Placement(1, id, "b", START, day(ends) if ends else None, "", **closing),
        statement=Statement(1, id, START, "USD", balance, None, values or {}, {}),
        parties=(Party(1, id, 1, "debtor", "Ann Doe", ""),),
        activities=tuple(sorted(activities, key=lambda a: (a.at, a.id))),
        promises=tuple(p._replace(account=id) for p in of[Promise]),
        payments=tuple(p._replace(account=id) for p in of[Payment]),
        holds=tuple(h._replace(id=n, account=id) for n, h in enumerate(of[Hold], 1)),
        tags=(),
        consents=tuple(c._replace(id=n, account=id) for n, c in enumerate(of[Consent], 1)),
        policies=policies,
    )  # fmt: skip


def _numbered(one: Activity, place: int, account: int) -> Activity:
    known = one.id or account * 1000 + place
    return one._replace(id=known, operation=known, account=account, contact=one.contact or known)


def _with(others: Iterable[Other], one: AccountFile) -> AccountFile:
    parties = [Party(n, one.id, n, o.role, o.name, o.relation) for n, o in enumerate(others, 2)]
    return one._replace(parties=(*one.parties, *parties))


def person(
    *facts: Fact | Limit | AccountFile, phones: Iterable[Phone] = (MOBILE,), others: Iterable[Other] = (),
    zones: Iterable[str] = (), region: str = "", **of_account: object,
) -> PersonFile:  # fmt: skip
    """A debtor with the accounts given, or one account with the facts given (and `of_account`)."""
    others = tuple(others)
    loose = [f for f in facts if not isinstance(f, Limit | AccountFile)]
    files = [f for f in facts if isinstance(f, AccountFile)] or [account(*loose, **of_account)]
    limits = tuple(f._replace(id=n) for n, f in enumerate((f for f in facts if isinstance(f, Limit)), 1))
    theirs = [
        Phone(100 + n, n, o.number, o.number, "mobile", "client", "", o.zones)
        for n, o in enumerate(others, 2) if o.number
    ]  # fmt: skip
    own = tuple(p._replace(id=n) for n, p in enumerate(phones, 1))
    files = [_with(others, f) for f in files]
    return PersonFile(1, tuple(files), own, tuple(theirs), None, tuple(zones), region, "", limits)


# --- questions --------------------------------------------------------------------------------------------


def ask(
    one: PersonFile, when: Moment, channel: str = "call", to: str | None = None, *, account: int = 0,
    who: str = "", purpose: str = "", collectors: int = 1,
) -> Verdict:  # fmt: skip
    """The verdict on a contact; a call or text without `to` goes to their first number."""
    if to is None:
        first = one.phones[0].digits if one.phones and not who else ""
        to = first if channel in ("call", "sms") else ""
    about = one.account(account) if account else one.accounts[0]
    return judge(one, about, Asked(at(when), channel, to, who, purpose, collectors))


def logged(
    one: PersonFile, when: Moment, outcome: str, *, next_at: Moment | None = None, next_on: Day | None = None,
    account: int = 0, **how: object,
) -> NewEntry:  # fmt: skip
    """What `log` would record; `how` as in `How`: `inbound=True`, `written=True`, `channel="letter"`..."""
    about = one.account(account) if account else one.accounts[0]
    step = at(next_at) if next_at else None
    line = LogLine(BY_CODE[outcome], (), (), day(next_on) if next_on else None, step, "", ())
    return record(one, about, line, How(at(when), **how))


def blockers(verdict: Verdict) -> set[str]:
    """The rules that block."""
    return {r.rule for r in verdict.blocking}


def warnings(verdict: Verdict) -> set[str]:
    """The rules that warn."""
    return {r.rule for r in verdict.reasons if r.effect == "warn"}


def cites(verdict: Verdict) -> dict[str, str]:
    """Rule id -> where it is written."""
    return {r.rule: r.cite for r in verdict.reasons}
