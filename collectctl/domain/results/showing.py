"""One account, whole; and what a search found."""

from collections.abc import Mapping
from dataclasses import dataclass

from collectctl.domain.analysis import Analysis
from collectctl.domain.claims import ClaimState
from collectctl.domain.deskfacts import SafetyNote
from collectctl.domain.facts import AccountFile, Activity, Hold, PersonFile
from collectctl.domain.ledger import Movement
from collectctl.domain.limitation import Limitation
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.numbers import NumberState
from collectctl.domain.parties import Beside
from collectctl.domain.plans import PlanState
from collectctl.domain.promises import PromiseState
from collectctl.domain.results.lists import ListRow
from collectctl.domain.results.verdict import CanResult
from collectctl.domain.settlements import SettlementState


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An entry of the account's history; `amended_by` names the entry that corrected it."""

    activity: Activity
    amended_by: int | None


@dataclass(frozen=True, slots=True)
class ShowResult:
    """`money` is in minor units; `more` is how many older entries the timeline leaves out.

    `movements` are the lines of the ledger, `to_clear` what would clear it today, with charges by the terms.
    """

    row: ListRow
    person: PersonFile
    account: AccountFile
    numbers: tuple[NumberState, ...]
    promises: tuple[PromiseState, ...]
    money: Mapping[str, int]
    movements: tuple[Movement, ...]
    to_clear: int
    holds: tuple[Hold, ...]
    plan: PlanState | None
    settlement: SettlementState | None
    limitation: Limitation | None
    timeline: tuple[TimelineEntry, ...]
    more: int
    id_number: str
    revealed: bool
    may: CanResult  # whether they may be called now
    beside: tuple[Beside, ...]
    claims: tuple[ClaimState, ...]
    safety: tuple[SafetyNote, ...]
    analysis: Analysis

    def veil(self, text: str) -> str:
        """Free text as it may be seen: identity and card numbers masked unless revealed."""
        return text if self.revealed else mask_long_numbers(text)


@dataclass(frozen=True, slots=True)
class Hit:
    """An account that a search found, and where."""

    account_id: int
    account: str
    name: str
    client: str
    balance: int
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class FindResult:
    hits: tuple[Hit, ...]
    more: bool
