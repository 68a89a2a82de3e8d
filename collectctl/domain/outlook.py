"""When a contact with a person opens, as the worklist stores it: by the day, and by the window of its hours.

A verdict is about one instant; a row of the worklist is good for a day. So the row keeps, for the days that a
clock where the debtor is can show during the collector's day (the day before, that day, the day after),
whether counts and quiet periods leave it open, and apart from that the window of hours, which is judged when
the list is read. Both come from the rules that `verdict` applies.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from collectctl.domain import windows
from collectctl.domain.cases import Asked, Case, about, case_of, in_force
from collectctl.domain.clocks import clock, open_times
from collectctl.domain.facts import AccountFile, PersonFile, Phone
from collectctl.domain.frequency import Ledger, hides, ledgers
from collectctl.domain.manners import manner_reasons
from collectctl.domain.numbers import first_day, number_states
from collectctl.domain.places import zones
from collectctl.domain.records import Record
from collectctl.domain.windows import ALWAYS, Clause, Slot, Window, next_open
from collectctl.domain.words import _

OPEN, CAP, QUIET = ".", "c", "q"
CAUSES = {CAP: "cap", QUIET: "quiet"}
_NOWHERE = _("nothing says where they are: enter an address or a zone")
_HORIZON = 40  # days ahead in which a change of the gate is looked for


class Outlook(Record):
    """`gate` has a letter for each of three days, for each zone where they differ; "" is open on all."""

    channel: str  # in which the contact is possible; "" for none
    why: str  # why not by phone
    gate: str = ""
    window: Window = ALWAYS
    to: str = ""  # the number or address of it
    today: int = 0  # the collector's day, as an ordinal
    ahead: str = ""  # a letter for each day from `today` on; beyond, every day is open
    changes_on: date | None = None  # the first day after today on which the gate is another

    def letter(self, day: date) -> str:
        """What bars a day to come, as a letter of the gate."""
        n = day.toordinal() - self.today
        return self.ahead[n] if 0 <= n < len(self.ahead) else OPEN

    def open_from(self, day: date) -> date:
        """The first day from `day` on that is not barred."""
        while self.letter(day) != OPEN:
            day += timedelta(days=1)
        return day

    def cause(self, day: int = 0) -> str:
        """Why the collector's day (0; -1 the day before) is barred; "" where it is open."""
        return gate_cause(self.gate, [day])


def gate_cause(gate: str, days: Sequence[int]) -> str:
    """Why a gate is closed when the clocks of the zones show these days (-1, 0, 1 of the collector's)."""
    if not gate:
        return ""
    parts = gate.split("|")
    if len(parts) == 1:
        parts *= len(days)
    elif len(days) == 1:
        days = [*days] * len(parts)
    letters = {part[day + 1] for part, day in zip(parts, days, strict=True)}
    return next((CAUSES[letter] for letter in CAUSES if letter in letters), "")


def local_days(window: Window, now: datetime, today: date) -> list[int]:
    """Which of the three days each zone's clock shows at `now`."""
    shown = [now.astimezone(windows.zone(name)).date() for name in window.zones] or [today]
    return [max(-1, min(1, (day - today).days)) for day in shown]


def outlook(
    person: PersonFile, account: AccountFile, phone: Phone | None, today: date, collector: tzinfo
) -> Outlook:
    """How a contact about `account` stands on the collector's `today`."""
    if phone is not None and not (person.limits or any(a.activities or a.consents for a in person.accounts)):
        return _untouched(person, account, today, collector)
    late = datetime.combine(today, time(23, 59, 59), collector)
    if phone is not None:
        case = case_of(person, account, Asked(late, "call", phone.digits))
        if not case.zones and any(hides(rule) for rule in case.rules("hours")):
            return Outlook("", _(_NOWHERE))
        why = _ruled_out(case, person, account)
        if not why:
            return _by(case, today, "")
    else:
        why = _no_phone_wanted(person, first_day(person, today, collector))
        if not why:
            return Outlook("", "")
    for channel in ("sms", "email", "letter"):
        other = _instead(person, account, channel, late)
        if other is not None and not _ruled_out(other, person, account):
            return _by(other, today, why)
    return Outlook("", why)


def _untouched(person: PersonFile, account: AccountFile, today: date, collector: tzinfo) -> Outlook:
    """The outlook on somebody of whom nothing is recorded but what the file says: the rules' hours alone.

    An import makes as many rows as it has accounts, and nearly all of them are of this kind.
    """
    policies = in_force(account.policies, today)
    hours = [rule for rule in about(policies).get(("hours", "call"), ()) if hides(rule)]
    where = zones(person, policies, collector)
    if hours and not where:
        return Outlook("", _(_NOWHERE))
    clauses = tuple(dict.fromkeys(Clause(True, (Slot((), rule.opens, rule.closes),)) for rule in hours))
    return Outlook("call", "", "", Window(where, clauses) if clauses else ALWAYS)


def _instead(person: PersonFile, account: AccountFile, channel: str, at: datetime) -> Case | None:
    """A contact by another channel, where there is an address for it."""
    usable = (s.phone for s in number_states(person) if not s.state)
    mobile = next((p.digits for p in usable if p.label in ("mobile", "")), "")
    email = str(account.statement.values.get("email") or "")
    to = {"sms": mobile, "email": email, "letter": ""}[channel]
    return case_of(person, account, Asked(at, channel, to)) if to or channel == "letter" else None


def _ruled_out(case: Case, person: PersonFile, account: AccountFile) -> str:
    """Why this way is closed whatever the hour.

    Where the debtor's last day of a limit ends within the collector's day it is closed for all of that day.
    """
    if not case.person.limits:
        return ""
    if next_open(clock(case), case.asked.at) is None:
        return _("the hours that they named leave none")
    early = case.asked._replace(at=case.asked.at.replace(hour=0, minute=0, second=0))
    cases = (case, case_of(person, account, early))
    return next((r.text for asked in cases for r in manner_reasons(asked) if r.blocks), "")


def _no_phone_wanted(person: PersonFile, today: date) -> str:
    """Why no number is left, where the debtor ruled them out."""
    limits = [x for x in person.limits if not x.timed and (not x.until or x.until >= today)]
    usable = limits and any(not state.state for state in number_states(person))
    return _("they don't want to be called on the numbers we have") if usable else ""


def _by(case: Case, today: date, why: str) -> Outlook:
    window, day = open_times(case), today.toordinal()
    books = [b for b in ledgers(case) if b.days and hides(b.rule)]
    if not books:
        return Outlook(case.asked.channel, why, "", window, case.asked.to)
    recent = [_recent(book, day) for book in books]
    recent = [book for book in recent if book.days]
    # after the last day that a count still looks back to, everything is open
    last = min(max((max(b.days) + b.rule.days for b in recent), default=day), day + _HORIZON) + 2
    letters = [
        "".join(_letter([b for b in recent if b.zone == name], d) for d in range(day - 1, last + 1))
        for name in case.zones
    ]
    gates = [_gate([row[n : n + 3] for row in letters]) for n in range(last - day)]
    ahead = "".join(_worst(row[n + 1] for row in letters) for n in range(last - day))
    changes = next((date.fromordinal(day + n) for n, gate in enumerate(gates) if gate != gates[0]), None)
    if gates[0] and not window.zones:
        window = Window(case.zones)  # always open, but the days of the gate are those of these clocks
    return Outlook(case.asked.channel, why, gates[0], window, case.asked.to, day, ahead, changes)


def _recent(book: Ledger, day: int) -> Ledger:
    """What still counts on the day before `day`, or later."""
    return book._replace(days=tuple(d for d in book.days if d > day - 1 - book.rule.days))


def _gate(parts: Sequence[str]) -> str:
    """The letters of three days in each zone, once where all zones have the same; "" where all are open."""
    if all(part == OPEN * 3 for part in parts):
        return ""
    return parts[0] if len(set(parts)) == 1 else "|".join(parts)


def _letter(books: Sequence[Ledger], day: int) -> str:
    return _worst(QUIET if b.rule.kind == "quiet" else CAP for b in books if b.bars(day))


def _worst(letters: Iterable[str]) -> str:
    """The first cause that applies."""
    found = set(letters)
    return next((letter for letter in CAUSES if letter in found), OPEN)


def together(gates: Sequence[str], lead: str) -> str:
    """The gate of a person whose accounts have gates of their own: open where one of them is."""
    found = set(gates)
    if len(found) == 1 or "" in found:
        return "" if "" in found else lead
    if any("|" in gate for gate in found):
        return lead
    return "".join(OPEN if any(g[day] == OPEN for g in found) else lead[day] for day in range(3))
