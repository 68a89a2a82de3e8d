"""The answer to `can`."""

from typing import NamedTuple

from collectctl.domain.verdict import Verdict


class CanResult(NamedTuple):
    """A verdict with whom and what it is about; `open` are the other ways that are possible then."""

    account_id: int
    account: str
    name: str
    person: int
    verdict: Verdict
    open: tuple[str, ...]
    attorney: bool
