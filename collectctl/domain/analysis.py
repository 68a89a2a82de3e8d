"""What the facts say of ability and willingness to pay: in words, each with its facts; no score.

About promises, payments, reasons and refusals of one account, and the calls to its person. Days are the
collector's, the hours of the calls those where the person is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import pairwise

from collectctl.domain import windows
from collectctl.domain.facts import AccountFile, Activity, Payment, PersonFile
from collectctl.domain.measures import is_attempt, is_contact, is_right_party
from collectctl.domain.money import shown, with_code
from collectctl.domain.numbers import contacts
from collectctl.domain.places import zones
from collectctl.domain.promises import PromiseState, states_of
from collectctl.domain.receipts import open_claims, received
from collectctl.domain.records import Record
from collectctl.domain.tasks import local_day
from collectctl.domain.when import zone_of
from collectctl.domain.words import _

# time bands by the clock where the person is, the end outside; all other hours are night
BANDS = {"morning": (8, 12), "noon": (12, 14), "afternoon": (14, 18), "evening": (18, 22)}
NIGHT = "night"
RHYTHM = 3  # payments from which a typical gap is told
# reasons for arrears that say that somebody can't pay
_UNABLE = ("hardship", "income-loss", "illness", "over-indebted", "custody", "death")


class Reason(Record):
    """A reason for the arrears as it was given, on which days, newest first."""

    code: str
    days: tuple[date, ...]


class Kept(Record):
    """Promises fallen due by what became of them; sums by currency in minor units."""

    kept: int
    partly: int
    broken: int
    promised: Mapping[str, int]
    received: Mapping[str, int]
    open: int
    withdrawn: int

    @property
    def fallen_due(self) -> int:
        return self.kept + self.partly + self.broken


class Paid(Record):
    """Confirmed payments that stand; `gap` is the median of the days between them, None below `RHYTHM`."""

    number: int
    total: Mapping[str, int]
    last: date | None
    gap: int | None
    reversed: int
    claims: int  # open ones


class Cell(Record):
    """Calls to a number in a band: how many, how many a human answered, how many the right party."""

    tried: int = 0
    answered: int = 0
    reached: int = 0


class Reached(Record):
    """Number -> band -> calls, the person's own numbers first; `zone` is the one of the bands."""

    cells: Mapping[str, Mapping[str, Cell]]
    zone: str

    @property
    def best(self) -> str:
        """The band in which they answered most often, "" where they never did."""
        sums: dict[str, int] = defaultdict(int)
        for bands in self.cells.values():
            for band, cell in bands.items():
                sums[band] += cell.reached
        return max((b for b in (*BANDS, NIGHT) if sums[b]), key=lambda b: sums[b], default="")

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands to show: the night only where somebody called in it."""
        night = any(NIGHT in bands for bands in self.cells.values())
        return (*BANDS, NIGHT) if night else tuple(BANDS)


class Times(Record):
    """How often something was said in a talk, and when last."""

    number: int
    last: date | None


class Analysis(Record):
    """Everything that is told; `ability` and `willingness` are a word each with the facts behind it."""

    reasons: tuple[Reason, ...]
    promises: Kept
    payments: Paid
    calls: Reached
    refusals: Times
    hardship: Times
    ability: tuple[str, ...]
    willingness: tuple[str, ...]


def analyse(person: PersonFile, account: AccountFile, now: datetime) -> Analysis:
    """What the facts of `account` and the calls to `person` say at `now`."""
    zone, today = zone_of(now), now.date()
    done = [v for v in account.activities if v.at <= now]
    promises = _promises(states_of(account, today))
    made = Analysis(
        reasons=_reasons(done, zone),
        promises=promises,
        payments=_payments(account.payments, today),
        calls=calls_by_band(person, account, now),
        refusals=_times((v for v in done if v.outcome == "refused"), zone),
        hardship=_times((v for v in done if v.outcome == "hardship" or v.reason in _UNABLE), zone),
        ability=(),
        willingness=(),
    )
    return made._replace(ability=tuple(_ability(made)), willingness=tuple(_willingness(made)))


def band_of(at: datetime, zone: tzinfo) -> str:
    """The band of an instant on the clock of a zone."""
    hour = at.astimezone(zone).hour
    return next((name for name, (opens, closes) in BANDS.items() if opens <= hour < closes), NIGHT)


def calls_by_band(person: PersonFile, account: AccountFile, now: datetime) -> Reached:
    """Our calls to the person's own numbers; a call about several debts is one."""
    names = zones(person, account.policies, zone_of(now))
    there = windows.zone(names[0]) if names else zone_of(now)
    found: dict[str, dict[str, Cell]] = {phone.digits: {} for phone in person.phones}
    theirs = {p.digits for p in person.party_phones} - found.keys()
    for call in contacts(person):
        if call.channel != "call" or not is_attempt(call) or call.at > now:
            continue
        if not call.number or call.number in theirs:
            continue
        bands = found.setdefault(call.number, {})
        band = band_of(call.at, there)
        cell = bands.get(band, Cell())
        bands[band] = Cell(
            cell.tried + 1, cell.answered + is_contact(call), cell.reached + is_right_party(call)
        )
    return Reached(found, names[0] if names else windows.name_of(there))


def _reasons(done: Sequence[Activity], zone: tzinfo) -> tuple[Reason, ...]:
    days: dict[str, list[date]] = {}
    for activity in reversed(done):
        if activity.reason:
            days.setdefault(activity.reason, []).append(local_day(activity, zone))
    return tuple(Reason(code, tuple(dict.fromkeys(found))) for code, found in days.items())


def _times(said: Iterable[Activity], zone: tzinfo) -> Times:
    found = list(said)
    return Times(len(found), local_day(found[-1], zone) if found else None)


def _promises(states: Sequence[PromiseState]) -> Kept:
    """A withdrawn promise has not fallen due, and an open one not yet."""
    due = [s for s in states if s.state in ("kept", "partly-kept", "broken")]
    promised: dict[str, int] = defaultdict(int)
    got: dict[str, int] = defaultdict(int)
    for state in due:
        promised[state.promise.currency] += state.promise.amount
        got[state.promise.currency] += state.kept

    def count(name: str) -> int:
        return sum(s.state == name for s in states)

    return Kept(
        count("kept"), count("partly-kept"), count("broken"), dict(promised), dict(got), count("open"),
        count("withdrawn"),
    )  # fmt: skip


def _payments(payments: Sequence[Payment], today: date) -> Paid:
    """What was reversed is no payment; several of one day are one in the rhythm."""
    standing = received(payments, today)
    total: dict[str, int] = defaultdict(int)
    for payment in standing:
        total[payment.currency] += payment.amount
    days = sorted({payment.on for payment in standing})
    gaps = sorted((later - day).days for day, later in pairwise(days))
    back = sum(p.confirmed and p.reversed_on is not None and p.reversed_on <= today for p in payments)
    gap = _median(gaps) if len(days) >= RHYTHM else None
    claims = [p for p in open_claims(payments) if p.on <= today]
    return Paid(len(standing), dict(total), days[-1] if days else None, gap, back, len(claims))


def _median(gaps: Sequence[int]) -> int:
    """The middle one, between two the mean of both, half a day up."""
    middle = len(gaps) // 2
    return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle] + 1) // 2


def _ability(a: Analysis) -> Iterator[str]:
    """A word first, then the facts."""
    pays, hard = a.payments.number > 0, a.hardship.number > 0
    if pays and hard:
        yield _("in part: pays, and says that it is hard")
    elif pays:
        yield _("some: has paid")
    elif hard:
        yield _("doubtful: says that it is hard, and has not paid")
    else:
        yield _("unknown: no payment, and no reason that speaks of it")
    if a.payments.number:
        yield paid_in_words(a.payments)
    if a.hardship.number:
        yield _("hardship told: {count}, last {day}").format(count=a.hardship.number, day=a.hardship.last)
    yield from (reason_in_words(reason) for reason in a.reasons)


def _willingness(a: Analysis) -> Iterator[str]:
    """A word first, then the facts."""
    made = a.promises
    if made.kept and not (made.broken or made.partly):
        yield _("keeps what is promised")
    elif made.kept or made.partly:
        yield _("keeps some of what is promised")
    elif made.broken:
        yield _("does not keep what is promised")
    elif a.refusals.number:
        yield _("refuses")
    elif a.payments.number:
        yield _("pays without a promise")
    else:
        yield _("unknown: no promise has fallen due")
    if made.fallen_due or made.open or made.withdrawn:
        yield promises_in_words(made)
    if a.refusals.number:
        yield _("refused: {count}, last {day}").format(count=a.refusals.number, day=a.refusals.last)


def promises_in_words(made: Kept) -> str:
    """`promises fallen due: 3, kept 1, partly 1, broken 1 (1,500.00 of 3,000.00 CNY); open 1`"""
    text = _("promises fallen due: {due}").format(due=made.fallen_due)
    if made.fallen_due:
        text += _(", kept {kept}, partly {partly}, broken {broken}").format(
            kept=made.kept, partly=made.partly, broken=made.broken
        )
        sums = [
            _("{got} of {promised}").format(
                got=shown(made.received[currency], currency), promised=with_code(amount, currency)
            )
            for currency, amount in made.promised.items()
        ]
        text += f" ({'; '.join(sums)})"
    more = ((_("; open {count}"), made.open), (_("; withdrawn {count}"), made.withdrawn))
    return text + "".join(words.format(count=count) for words, count in more if count)


def paid_in_words(paid: Paid) -> str:
    """`payments: 3, 900.00 CNY, last 2026-11-20, typically 30 days apart`"""
    total = " + ".join(with_code(minor, currency) for currency, minor in paid.total.items())
    text = _("payments: {count}, {total}, last {day}").format(count=paid.number, total=total, day=paid.last)
    return text + (_(", typically {days} days apart").format(days=paid.gap) if paid.gap is not None else "")


def reason_in_words(reason: Reason) -> str:
    return _("reason {code}: {days}").format(code=reason.code, days=", ".join(map(str, reason.days)))
