"""May I contact this person, now, this way? One pure function from the facts and the policies to a verdict.

Every rule that applies gives its reason; the strictest effect is the verdict. A reason that blocks says when
it alone would no longer block (`until`), so that the next permitted instant follows from all of them.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from collectctl.domain import windows
from collectctl.domain.cases import Asked, Case, case_of
from collectctl.domain.clocks import clock, clock_reasons
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.frequency import hides, ledgers
from collectctl.domain.manners import manner_reasons
from collectctl.domain.numbers import dialable
from collectctl.domain.policy import ALLOWED, EFFECTS, PRESUMPTION, PROHIBITED, PURPOSES, labels
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record
from collectctl.domain.stops import stop_reasons
from collectctl.domain.windows import Window

_NUMBERS = 3  # other numbers that are named
_STEPS = 60  # how many times a later instant is tried before it is given up


class Verdict(Record):
    """`opens` and `closes` bound the window that is open at the instant asked, else the next one."""

    asked: Asked
    role: str
    effect: str
    reasons: tuple[Reason, ...]
    calls_left: int | None  # of the strictest count; None where nothing is counted
    next_at: datetime | None  # None where it is allowed now, or never as things stand
    opens: datetime | None
    closes: datetime | None
    zones: tuple[str, ...]
    policies: tuple[str, ...]

    @property
    def blocked(self) -> bool:
        return self.effect in (PRESUMPTION, PROHIBITED)

    @property
    def blocking(self) -> tuple[Reason, ...]:
        return tuple(r for r in self.reasons if r.blocks)


def judge(person: PersonFile, account: AccountFile, asked: Asked) -> Verdict:
    """The verdict on a contact about `account`."""
    case = case_of(person, account, asked)
    reasons = tuple(dict.fromkeys(_reasons(case)))
    effect = max((r.effect for r in reasons), key=EFFECTS.index, default=ALLOWED)
    window = clock(case)
    begins, ends = _span(window, asked.at)
    return Verdict(
        asked=case.asked,
        role=case.whom.role,
        effect=effect,
        reasons=tuple(sorted(reasons, key=lambda r: (-r.strictness, r.rule, r.text, str(r.until)))),
        calls_left=calls_left(case),
        next_at=_next_at(case, reasons) if any(r.blocks for r in reasons) else None,
        opens=begins,
        closes=ends,
        zones=case.zones,
        policies=labels(case.policies),
    )


def _reasons(case: Case) -> Iterator[Reason]:
    yield from stop_reasons(case)
    if case.whom.is_third:
        from collectctl.domain.others import third_reasons

        yield from third_reasons(case)
    yield from clock_reasons(case)
    yield from manner_reasons(case)


def calls_left(case: Case) -> int | None:
    """How many more contacts of this kind the strictest count leaves today; warnings don't count.

    Calls within a consent are not counted: a count that is used up says nothing while one lifts it.
    """
    left = []
    for ledger in ledgers(case):
        if ledger.rule.kind == "count" and hides(ledger.rule):
            day = ledger.day(case.asked.at)
            if ledger.left(day) or not ledger.is_lifted(day):
                left.append(ledger.left(day))
    return min(left, default=None)


def _next_at(case: Case, reasons: tuple[Reason, ...]) -> datetime | None:
    """The first later instant at which nothing blocks, as the facts of the instant asked stand."""
    asked = case.asked
    at = asked.at
    for _step in range(_STEPS):
        blocking = [r for r in reasons if r.blocks]
        if not blocking:
            return at
        untils = [r.until for r in blocking if r.until]
        if len(untils) < len(blocking) or max(untils) <= at:
            return None
        at = max(untils).astimezone(asked.at.tzinfo)
        reasons = tuple(_reasons(case_of(case.person, case.account, asked._replace(at=at))))
    return None


@lru_cache(maxsize=256)
def _span(window: Window, at: datetime) -> tuple[datetime | None, datetime | None]:
    """The window open at `at`, else the next one; None where it has no end."""
    if not window.clauses or not window.zones:
        return None, None
    begins = windows.opened(window, at) if windows.is_open(window, at) else windows.next_open(window, at)
    inside = at if windows.is_open(window, at) else begins
    return begins, windows.closes(window, inside) if inside else None


class StillOpen(Record):
    """What is possible instead of a contact that is not."""

    numbers: tuple[str, ...] = ()  # as they are written in the file
    channels: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    attorney: bool = False


def still_open(person: PersonFile, account: AccountFile, verdict: Verdict) -> StillOpen:
    """What else is possible at that instant: the debtor's other numbers, other channels, other purposes."""
    asked = verdict.asked
    if not verdict.blocked:
        return StillOpen()
    numbers = [
        phone.value
        for phone in (dialable(person, asked.at.date()) if verdict.role == "debtor" else ())
        if asked.channel == "call" and phone.digits != asked.to
        and _is_open(person, account, asked._replace(to=phone.digits))
    ]  # fmt: skip
    purposes = set.intersection(*(set(r.purposes) for r in verdict.blocking))
    open_for = [p for p in PURPOSES if p in purposes and p != asked.purpose]
    return StillOpen(
        tuple(numbers[:_NUMBERS]),
        tuple(_channels(person, account, verdict)),
        tuple(p for p in open_for if _is_open(person, account, asked._replace(purpose=p))),
        any(r.hold == "attorney" for r in verdict.blocking),
    )


def _channels(person: PersonFile, account: AccountFile, verdict: Verdict) -> Iterator[str]:
    asked = verdict.asked
    for channel in ("call", "letter", "sms", "email") if verdict.role == "debtor" or asked.who else ():
        to = asked.to if channel in ("call", "sms") else ""
        reachable = channel != "email" or account.statement.values.get("email")
        other = asked._replace(channel=channel, to=to)
        if channel != asked.channel and reachable and _is_open(person, account, other):
            yield channel


def _is_open(person: PersonFile, account: AccountFile, asked: Asked) -> bool:
    return not any(reason.blocks for reason in _reasons(case_of(person, account, asked)))
