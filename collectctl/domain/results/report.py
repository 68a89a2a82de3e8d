"""What a day, a week or a month came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """Attempts, contacts and RPC count calls (one that was about several accounts once), promises entries."""

    attempts: int
    contacts: int
    rpc: int
    promises: int


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of what shares a `key`: an outcome, an hour, a bucket, a client, a batch."""

    key: str | int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Sums:
    """How many, and how much in minor units by currency."""

    count: int
    amount: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FallenDue:
    """Parts of promises that were kept or became broken; amounts are minor units by currency.

    `kept_amount` is the money received for them, `broken_amount` what was promised and did not come: a
    partly kept one adds to both.
    """

    kept: int
    partly: int
    broken: int
    kept_amount: Mapping[str, int]
    broken_amount: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a period did to debts, amounts in minor units.

    Payments that went back; accounts that were settled (and what was let off), came back to current or fell
    to a lower bucket; the commission of the collector.
    """

    reversed: Sums
    settled: Sums
    reduction: Mapping[str, int]
    cured: int
    rolled_back: int
    commission: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Register:
    """Complaints and disputes: received and closed in the period, of these too late; open and overdue now."""

    received: int
    closed: int
    late: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A contact that went against a rule; `override` is the collector's reason where one was given."""

    activity: int
    account: str
    at: datetime
    rule: str
    effect: str
    text: str
    cite: str
    override: str


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry that leaves something out: `kind` is no-text, no-amount or unknown-party."""

    kind: str
    activity: int
    account: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """People whose next step is on the day after the report is read, by what it is."""

    promises_due: int
    callbacks: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Average:
    """A worked day on average, of the last `days` (at most 7) before the period; None where there is none."""

    days: int
    attempts: float | None
    accounts_worked: float | None
    contacts: float | None
    rpc: float | None
    promises: float | None


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The measures of the days from `first` to `last`, both inside, in the collector's zone.

    `inbound` of the contacts came from them; `not_worked` are people due today, 0 where today is not in the
    period. `narrowed` are the TERMs; `worked` numbers are of accounts, `talk_seconds` of calls.
    """

    first: date
    last: date
    narrowed: tuple[str, ...]
    counts: Counts
    inbound: int
    talk_seconds: int
    accounts_worked: int
    open_accounts: int
    promised: Mapping[str, int]
    fallen_due: FallenDue
    claimed: Sums
    confirmed: Sums
    recovered: Recovered
    by_outcome: tuple[Group, ...]
    by_hour: tuple[Group, ...]
    by_bucket: tuple[Group, ...]
    by_client: tuple[Group, ...]
    by_batch: tuple[Group, ...]
    complaints: int
    register: Register
    breaches: tuple[Breach, ...]
    overrides: tuple[Breach, ...]
    not_worked: int
    tomorrow: Tomorrow
    average: Average
    gaps: tuple[Gap, ...]
    warnings: tuple[str, ...] = ()
