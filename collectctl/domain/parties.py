"""The people beside the debtor: what may be said to each of them about the debt."""

from collections.abc import Sequence

from collectctl.domain.facts import Party
from collectctl.domain.policy import Policy
from collectctl.domain.records import Record
from collectctl.domain.verdict import Verdict
from collectctl.domain.whom import LIABLE
from collectctl.domain.words import _

_SAY = {
    "attorney": _("all of it, in the debtor's place"),
    "agent": _("what their written authority covers: ask for it"),
    "insurer": _("the claim on them"),
}


class Beside(Record):
    """Somebody beside the debtor, whether they may be called now, and what may be said to them."""

    party: Party
    phones: tuple[str, ...]
    verdict: Verdict
    say: str


def may_say(role: str, policies: Sequence[Policy]) -> str:
    """What may be said to a party of that role.

    Who is liable with the debtor is no third party (GB/T 45251-2025 5.3; 12 CFR 1006.6(d)(1)). A spouse is
    one unless the policy counts them among the consumers (12 CFR 1006.6(a)(1)).
    """
    if role in LIABLE:
        return _("they answer for the debt: it may be discussed")
    if role in _SAY:
        return _(_SAY[role])
    if any(role in rule.insiders for policy in policies for rule in policy.rules):
        return _("as much as to the debtor")
    if role == "spouse":
        return _("nothing about the debt, unless it is shown to be the household's")
    return _("nothing about the debt: ask for contact data or a call back")
