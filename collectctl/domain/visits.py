"""Who qualifies for a visit: called for a set time, reached by nobody, with an address, and open to it.

A visit is the last means: the rules of the policy say how it is made (2026 guideline art 22 for China:
two collectors, identification, consent to enter, a recording). Days are calendar days of the collector's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import dropwhile

from collectctl.domain.cases import Asked, about, in_force
from collectctl.domain.deskfacts import SafetyNote
from collectctl.domain.districts import Place, place_of
from collectctl.domain.facts import AccountFile, Activity, PersonFile
from collectctl.domain.holds import standing_holds, with_holds_of_person
from collectctl.domain.homes import addresses, home, key
from collectctl.domain.measures import is_right_party
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.owing import balance_of
from collectctl.domain.policy import Rule
from collectctl.domain.promises import states_of
from collectctl.domain.records import Record
from collectctl.domain.tasks import local_day
from collectctl.domain.verdict import Verdict, judge
from collectctl.domain.when import zone_of
from collectctl.domain.words import _

VISIT = "visit"
VISIT_DAYS = 14  # calendar days of calls without an answer of theirs before a visit is proposed: ours
COLLECTORS = 2
LAST = 3  # tries that are told
_KINDS = ("visit", "hours", "third-content")  # of the rules that a visitor has to keep

# why an account is left out, the first that applies; any other cause is the rule that bars the visit
CAUSES = {
    "no-address": _("without an address"),
    "reached": _("reached lately"),
    "untried": _("not called yet"),
    "recent": _("called for a shorter time"),
    "hold": _("on hold"),
    "promised": _("with an open promise"),
    "bad-address": _("with an address that is no good"),
    "visited": _("visited, the next step is later"),
    "elsewhere": _("elsewhere"),
}


class Stop(Record):
    """A person at an address, with what is owed there and why it is time to go.

    `calls` are those since they were last reached (`reached`, None: never), oldest first.
    """

    person: PersonFile
    accounts: tuple[AccountFile, ...]  # the largest balance first
    address: str
    place: Place
    calls: tuple[Activity, ...]
    reached: Activity | None
    visits: tuple[Activity, ...]
    verdict: Verdict
    rules: tuple[Rule, ...]
    safety: tuple[SafetyNote, ...] = ()

    @property
    def account(self) -> AccountFile:
        return self.accounts[0]

    @property
    def numbers(self) -> int:
        return len({v.number for v in self.calls if v.number})

    @property
    def totals(self) -> dict[str, int]:
        """What is owed on its accounts, by currency."""
        sums: dict[str, int] = defaultdict(int)
        for account in self.accounts:
            sums[account.statement.currency] += balance_of(account)
        return dict(sums)

    def days(self, now: datetime) -> int:
        """For how many days they are called in vain."""
        return (now.date() - local_day(self.calls[0], zone_of(now))).days


class Tour(Record):
    """The stops of one district; a place without a name is one of its own."""

    place: Place
    stops: tuple[Stop, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What has to be kept on it, each rule once."""
        return tuple(dict.fromkeys(rule for stop in self.stops for rule in stop.rules))


def stop_at(person: PersonFile, account_id: int, days: int, now: datetime) -> Stop | str:
    """The stop for one open account of a person, or the cause for which there is none."""
    today, zone = now.date(), zone_of(now)
    account = next(a for a in with_holds_of_person(person) if a.id == account_id)
    if not addresses(account):
        return "no-address"
    done = _contacts(person, now)
    reached = next((v for v in reversed(done) if is_right_party(v)), None)
    if reached and local_day(reached, zone) > today - timedelta(days=days):
        return "reached"
    since = [v for v in done if reached is None or v.at > reached.at]
    third = {p.digits for p in person.party_phones}
    calls = tuple(v for v in since if v.channel == "call" and v.is_attempt and v.number not in third)
    if not calls:
        return "untried"
    if local_day(calls[0], zone) > today - timedelta(days=days):
        return "recent"
    if standing_holds(account, today):
        return "hold"
    if any(s.state == "open" for s in states_of(account, today)):
        return "promised"
    visits = tuple(v for v in done if v.channel == VISIT)
    address = home(account, visits)
    if not address:
        return "bad-address"
    if visits and today < _next_visit(visits[-1], now):
        return "visited"
    verdict = judge(person, account, Asked(now, VISIT, address, collectors=COLLECTORS))
    barring = [r for r in verdict.blocking if r.cause != "hours"]
    if barring:
        return "hold" if barring[0].hold else barring[0].rule
    place = place_of(address, {**account.statement.extra, **account.statement.values})
    rules = rules_to_keep(account, today)
    return Stop(person, (account,), address, place, calls, reached, visits, verdict, rules)


def rules_to_keep(account: AccountFile, day: date) -> tuple[Rule, ...]:
    """What the policies that bind the account say of a visit."""
    found = about(in_force(account.policies, day))
    return tuple(rule for kind in _KINDS for rule in found.get((kind, VISIT), ()))


def _contacts(person: PersonFile, now: datetime) -> list[Activity]:
    """What happened between us and the person until now, a contact about several debts once."""
    seen: dict[int, Activity] = {}
    for account in person.accounts:
        for activity in account.activities:
            if BY_CODE[activity.outcome].attempt and activity.at <= now:
                seen.setdefault(activity.contact, activity)
    return sorted(seen.values(), key=lambda v: (v.at, v.id))


def _next_visit(last: Activity, now: datetime) -> date:
    """The day of the next step after a visit: as it was said, else by its outcome."""
    zone = zone_of(now)
    if last.next_at:
        return last.next_at.astimezone(zone).date()
    return last.next_on or local_day(last, zone) + timedelta(days=BY_CODE[last.outcome].days)


def tours(stops: Iterable[Stop]) -> tuple[Tour, ...]:
    """The stops by district, a person once at each address; what has no known place comes last."""
    together: dict[tuple[int, str], Stop] = {}
    for stop in stops:
        there = stop.person.id, key(stop.address)
        known = together.get(there)
        accounts = (*known.accounts, *stop.accounts) if known else stop.accounts
        largest = sorted(accounts, key=lambda a: (-balance_of(a), a.id))
        rules = tuple(dict.fromkeys((*(known.rules if known else ()), *stop.rules)))
        together[there] = (known or stop)._replace(accounts=tuple(largest), rules=rules)
    by_place: dict[Place, list[Stop]] = defaultdict(list)
    for stop in together.values():
        by_place[stop.place].append(stop)
    return tuple(
        Tour(place, tuple(sorted(by_place[place], key=_street)))
        for place in sorted(by_place, key=lambda p: (not any(p), not p.city, p))
    )


def _street(stop: Stop) -> tuple[str, int]:
    """Stops of one street follow each other, however much of the place stands before it."""
    return key(stop.address).rpartition(key(stop.place.district) or "\n")[2], stop.account.id


def is_in(place: Place, city: str) -> bool:
    """Whether a place is what was typed after `--city`: a city or a district, whole or in part."""
    wanted = key(city).removesuffix("市") or key(city)
    return wanted in key(place.city + place.district)


def last_tries(stop: Stop) -> tuple[Activity, ...]:
    """The newest calls, newest first."""
    return tuple(reversed(stop.calls[-LAST:]))


def why(stop: Stop, now: datetime) -> str:
    """Why it qualifies, in words: for how long, how often, and when they were last reached."""
    zone = zone_of(now)
    text = _("in vain for {days} days, since {first}: calls {calls}, numbers {numbers}").format(
        days=stop.days(now), calls=len(stop.calls), numbers=stop.numbers,
        first=local_day(stop.calls[0], zone),
    )  # fmt: skip
    if stop.reached:
        return text + _("; last reached {day}").format(day=local_day(stop.reached, zone))
    return text + _("; never reached")


def last_visits(stop: Stop) -> tuple[Activity, ...]:
    """The visits since they were last reached, newest first."""
    since = stop.reached.at if stop.reached else None
    return tuple(reversed(list(dropwhile(lambda v: since is not None and v.at <= since, stop.visits))))


def counted(causes: Mapping[str, int]) -> dict[str, int]:
    """How many are left out by cause, in the order of `CAUSES`, then by rule."""
    known = [c for c in CAUSES if causes.get(c)]
    return {c: causes[c] for c in (*known, *sorted(c for c in causes if c not in CAUSES and causes[c]))}


def cause_in_words(cause: str) -> str:
    return _(CAUSES[cause]) if cause in CAUSES else _("barred by {rule}").format(rule=cause)
