"""The answer to `can`."""

from collectctl.domain.deskfacts import SafetyNote
from collectctl.domain.records import Record
from collectctl.domain.verdict import StillOpen, Verdict


class CanResult(Record):
    """A verdict with whom and what it is about, and what is possible instead."""

    account_id: int
    account: str
    name: str
    person: int
    verdict: Verdict
    still: StillOpen
    safety: tuple[SafetyNote, ...] = ()  # of a visit: what stands about the person
