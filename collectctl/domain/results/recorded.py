"""What a command that writes has changed."""

from datetime import date, datetime

from collectctl.domain.logline import Claim
from collectctl.domain.promises import PromiseState
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record


class NextStep(Record):
    """The next step of an account: `at` where an hour is set, else the day `on`; None where parked."""

    on: date | None
    at: datetime | None
    cls: str
    reason: str
    state: str


class Recorded(Record):
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
    claimed: tuple[Claim, ...]
    currency: str
    hold: str
    tags: tuple[str, ...]
    text: str
    next: NextStep
    doubts: tuple[str, ...]
    also: tuple[str, ...]
    amends: int | None = None
    breaches: tuple[Reason, ...] = ()
    overridden: tuple[Reason, ...] = ()
    safety: tuple[str, ...] = ()  # of a visit: what stands about the person
    said: tuple[str, ...] = ()  # what the contact rules take from it: consent, a request about the medium


class Changed(Record):
    """Another change of one account, said in words."""

    account: str
    account_id: int
    name: str
    what: str
    next: NextStep | None
    warnings: tuple[str, ...] = ()
    more: tuple[str, ...] = ()  # lines below the first on the screen
