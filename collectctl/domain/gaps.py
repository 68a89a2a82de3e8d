"""What a period's entries leave out, so that it can be filled in while it is remembered."""

from collections.abc import Collection, Iterable, Iterator
from datetime import tzinfo

from collectctl.domain.facts import Activity
from collectctl.domain.measures import Entry, is_contact
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.results.report import Gap

NO_TEXT, NO_AMOUNT, UNKNOWN_PARTY = "no-text", "no-amount", "unknown-party"


def gaps(entries: Iterable[Entry], claimed: Collection[int], zone: tzinfo) -> tuple[Gap, ...]:
    """The gaps of each entry; `claimed` are the activities in which money was said to be paid.

    Instants are given in `zone`, the collector's.
    """
    return tuple(
        Gap(kind, e.activity.id, e.account, e.activity.at.astimezone(zone), e.activity.outcome)
        for e in entries
        for kind in _kinds(e, claimed)
    )


def _kinds(entry: Entry, claimed: Collection[int]) -> Iterator[str]:
    activity = entry.activity
    if activity.is_talk and not activity.text:
        yield NO_TEXT
    promises = BY_CODE[activity.outcome].step == "promise"
    if promises and not entry.promised and activity.id not in claimed:
        yield NO_AMOUNT
    if _unknown_party(activity):
        yield UNKNOWN_PARTY


def _unknown_party(activity: Activity) -> bool:
    """Somebody else spoke with us and nobody wrote down who; who hung up or is a stranger can't be known."""
    stranger = BY_CODE[activity.outcome].number or activity.outcome == "hung-up"
    return is_contact(activity) and activity.who in ("third", "unknown") and not (activity.party or stranger)
