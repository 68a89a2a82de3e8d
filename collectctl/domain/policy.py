"""Contact policies as data: what a rule says, how strict it is, and where it is written.

A policy is a list of rules of a few kinds; `domain.verdict` knows what each kind means. Values come from the
policy files; nothing here reads a file.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from collectctl.domain.records import Record

ALLOWED, WARN, PRESUMPTION, PROHIBITED = "allowed", "warn", "presumption", "prohibited"
EFFECTS = (ALLOWED, WARN, PRESUMPTION, PROHIBITED)  # from the mildest to the strictest
HOUSE = "none"  # the policy whose rules hold wherever no other has one of the same kind

ELECTRONIC = ("sms", "email", "chat")
CHANNELS = ("call", "sms", "email", "chat", "letter", "visit")
PURPOSES = (
    "notice",
    "terminating",
    "may-invoke",
    "intends-remedy",
    "verification",
    "location",
    "optout-confirmation",
)
HOLDS = (
    "cease",
    "attorney",
    "dispute",
    "complaint",
    "deceased",
    "incapable",
    "bankrupt",
    "plan",
    "breathing-space",
    "mandate-ended",
    "other",
)


class Rule(Record):
    """One rule; what its kind does not use is empty. Hours are `HH:MM` where the debtor is."""

    id: str
    kind: str
    effect: str
    cite: str
    text: str  # what it says, in one sentence
    channels: tuple[str, ...] = ()  # what it is about; empty: every channel
    purposes: tuple[str, ...] = ()  # what stays allowed all the same
    verify: bool = False  # rests on one weak source or on inference: at most a warning
    opens: str = ""
    closes: str = ""
    counts: str = ""  # what a count counts: a key of frequency.COUNTED
    unit: str = ""  # of a count: debt, debtor, number
    days: int = 0  # calendar days, the first included
    most: int = 0
    labels: tuple[str, ...] = ()  # the kinds of number that a count is about; empty: every
    lifted: bool = False  # a consent to more calls lifts it
    holds: tuple[str, ...] = ()
    written: bool = False  # only what was put in writing sets the hold
    collectors: int = 0
    minutes: int = 0
    years: int = 0
    answers: bool = False  # who wrote or called may be answered once, by the same medium
    insiders: tuple[str, ...] = ()  # roles that are no third party to the rule


class Policy(Record):
    """A set of rules under one name; it binds beside `beside` where the debtor lives in one of `regions`."""

    id: str
    version: str
    name: str
    rules: tuple[Rule, ...]
    zone: str = ""  # the one zone of its days and hours; empty: where the debtor is
    country: str = ""  # whose numbers and currency suggest it
    currency: str = ""
    regions: tuple[str, ...] = ()
    beside: str = ""
    effective_from: str = ""  # ISO days, the last one inside
    effective_until: str = ""

    @property
    def label(self) -> str:
        return f"{self.id}@{self.version}"

    def in_force(self, day: date) -> bool:
        text = day.isoformat()
        return self.effective_from <= text and (not self.effective_until or text <= self.effective_until)


# kind -> the keys that it needs, and those that it may have, besides id, kind, effect, cite, text, verify
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hours": (("opens", "closes"), ("channels", "answers")),
    "inconvenient": ((), ("channels", "answers")),
    "place": ((), ("channels", "answers")),
    "work": ((), ("channels", "days", "answers")),
    "medium": ((), ("channels", "purposes", "answers")),
    "count": (("counts", "unit", "days", "most"), ("channels", "labels", "lifted", "purposes")),
    "quiet": (("days",), ("channels", "lifted")),
    "stop": (("holds",), ("channels", "purposes", "written", "days", "answers")),
    "third": ((), ("channels", "purposes", "days", "most", "insiders")),
    "third-refused": ((), ("channels",)),
    "third-content": ((), ("channels",)),
    "visit": ((), ("collectors", "channels")),
    "mandate": ((), ("channels",)),
    "closed": ((), ("channels",)),
    "number": ((), ("channels",)),
    "consent": (("channels",), ("days",)),
    "content": (("channels",), ()),
    "burst": ((), ("minutes", "most", "days", "channels")),
    "validation": ((), ("days", "channels")),
    "instalments": (("most",), ()),
    "retention": (("years",), ()),
}


def as_data(policies: tuple[Policy, ...]) -> list[Any]:
    """Compiled policies as plain lists, as they are kept in the book."""
    return [[*p[:3], [list(rule) for rule in p.rules], *p[4:]] for p in policies]


def from_data(data: list[Any]) -> tuple[Policy, ...]:
    """The policies that `as_data` wrote."""
    return tuple(_policy(row) for row in data)


def _policy(row: list[Any]) -> Policy:
    policy = Policy._make(_tuples(row))
    return policy._replace(rules=tuple(Rule._make(_tuples(rule)) for rule in row[3]))


def _tuples(values: list[Any]) -> list[Any]:
    return [tuple(v) if isinstance(v, list) else v for v in values]


def asks_for_writing(policies: Iterable[Policy], kind: str) -> bool:
    """Whether the policies that speak of a hold all ask for it in writing (12 CFR 1006.6(c), 1006.38)."""
    rules = rules_of_hold(policies, kind)
    return bool(rules) and all(rule.written for rule in rules)


def rules_of_hold(policies: Iterable[Policy], kind: str) -> list[Rule]:
    """The rules that the policies, the house's apart, have about a kind of hold."""
    return [
        r for p in policies if p.id != HOUSE for r in p.rules if r.kind == "stop" and kind in r.holds
    ]  # fmt: skip


def binding(base: tuple[str, ...], region: str, all_: Mapping[str, Policy]) -> tuple[Policy, ...]:
    """The policies that bind: those set, overlays of them, and those of where the debtor lives.

    A policy beside another binds with it: where it names regions only for people who live there, else always.
    The house rules come last: they hold where no other rule of their kind does.
    """
    found = [all_[name] for name in base if name in all_ and name != HOUSE]
    names = {HOUSE, *(p.id for p in found)}
    there = [p for p in all_.values() if p.beside and (not p.regions or region in p.regions)]
    while more := [p for p in there if p.beside in names and p.id not in names]:
        found += more
        names.update(p.id for p in more)
    return (*found, *((all_[HOUSE],) if HOUSE in all_ else ()))


def labels(policies: tuple[Policy, ...]) -> tuple[str, ...]:
    """What binds, as `us-regf@2026-01`; the house rules are named only where nothing else binds."""
    return tuple(p.label for p in policies if p.id != HOUSE) or tuple(p.label for p in policies)
