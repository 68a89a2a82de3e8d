"""What a command that writes has changed."""

from dataclasses import dataclass
from datetime import date, datetime

from collectctl.domain.promises import PromiseState


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step of an account: `at` where an hour is set, else the day `on`; None where parked."""

    on: date | None
    at: datetime | None
    cls: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """One logged or amended contact. `doubts` were recorded beside it."""

    activity: int
    account: str
    account_id: int
    name: str
    outcome: str
    meaning: str
    who: str
    number: str
    at: datetime
    promises: tuple[PromiseState, ...]
    claimed: tuple[int, ...]
    currency: str
    hold: str
    tags: tuple[str, ...]
    text: str
    next: NextStep
    doubts: tuple[str, ...]
    also: tuple[str, ...]
    amends: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Another change of one account, said in words."""

    account: str
    account_id: int
    name: str
    what: str
    next: NextStep | None
    warnings: tuple[str, ...] = ()
