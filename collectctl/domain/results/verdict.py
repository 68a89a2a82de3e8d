"""The answer to `can`."""

from typing import NamedTuple

from collectctl.domain.verdict import StillOpen, Verdict


class CanResult(NamedTuple):
    """A verdict with whom and what it is about, and what is possible instead."""

    account_id: int
    account: str
    name: str
    person: int
    verdict: Verdict
    still: StillOpen
