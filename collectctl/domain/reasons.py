"""Why a contact is, or is not, in order."""

from datetime import datetime

from collectctl.domain.policy import EFFECTS, PRESUMPTION, PROHIBITED, WARN, Rule
from collectctl.domain.records import Record


class Reason(Record):
    """One rule's word; `until` is the first instant at which this rule alone no longer blocks."""

    rule: str
    effect: str
    text: str
    cite: str
    until: datetime | None = None
    cause: str = "hold"  # under which it is counted where it hides a row: hold, cap, quiet, hours
    hold: str = ""  # the kind of the hold, where it is one
    kind: str = ""  # of the rule
    purposes: tuple[str, ...] = ()  # for which the rule leaves a contact open

    @property
    def blocks(self) -> bool:
        return self.effect in (PRESUMPTION, PROHIBITED)

    @property
    def strictness(self) -> int:
        return EFFECTS.index(self.effect)


def reason(
    rule: Rule, text: str, until: datetime | None = None, cause: str = "hold", hold: str = ""
) -> Reason:
    return Reason(rule.id, rule.effect, text, rule.cite, until, cause, hold, rule.kind, rule.purposes)


def warning(rule: Rule, text: str) -> Reason:
    """The same rule's word where it only advises."""
    return Reason(rule.id, WARN, text, rule.cite, kind=rule.kind)
