"""The standing facts about a person and their accounts, as the rules read them.

Instants are aware datetimes in UTC, days are dates, money is minor units. Tuples are in the order in which
things happened (instant, then id). A superseded entry and what was undone are not among them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import Policy
from collectctl.domain.records import Record

if TYPE_CHECKING:  # what few accounts have is loaded for them
    from collectctl.domain.deskfacts import Claim, Complaint
    from collectctl.domain.moneyfacts import Charge, Plan, Request, Settlement, Terms

GRACE_DAYS = 1  # calendar days after the due date before a promise counts as broken


class Phone(Record):
    id: int
    person: int
    value: str  # as the file or the collector wrote it
    digits: str  # what is compared
    label: str  # mobile, home, work or ""
    source: str
    normal: str = ""  # with country code, "" where it is no valid number
    zones: tuple[str, ...] = ()  # where its area code lies, empty where it says nothing about a place


class Party(Record):
    id: int
    account: int
    person: int
    role: str
    name: str
    relation: str


class Placement(Record):
    id: int
    account: int
    batch: str
    placed_on: date
    ends_on: date | None
    policy: str
    closed_on: date | None = None
    closed_as: str = ""
    operation: int = 0


class Statement(Record):
    """What the client stated of the account on a day."""

    id: int
    account: int
    stated_on: date
    currency: str
    balance: int
    overdue_since: date | None  # the oldest unpaid due date
    values: Mapping[str, int | str]
    extra: Mapping[str, str]
    in_file: tuple[Mapping[str, int | str], Mapping[str, str]] = ({}, {})  # both as the newest file has them
    operation: int = 0


class Activity(Record):
    id: int
    operation: int
    account: int
    contact: int  # the same for every account of one call
    at: datetime
    channel: str
    inbound: bool
    outcome: str
    who: str
    number: str
    party: str
    text: str
    next_at: datetime | None
    next_on: date | None
    talk_seconds: int | None
    reason: str
    raised_by: str  # us, them
    amends: int | None
    purpose: str = ""
    recorded: bool = False  # a recording is named

    @property
    def is_attempt(self) -> bool:
        """A try of ours to reach somebody about this account."""
        return BY_CODE[self.outcome].attempt and self.raised_by == "us" and not self.inbound

    @property
    def is_talk(self) -> bool:
        """A conversation about the debt with the debtor or who is liable with them."""
        return BY_CODE[self.outcome].talk and self.who in ("self", "liable")


class Promise(Record):
    """One part of a promise: all parts of one activity, or of one step without one, stand together."""

    id: int
    account: int
    activity: int
    made_at: datetime
    made_on: date  # the collector's day
    due_on: date
    due_at: datetime | None
    amount: int
    currency: str
    payer: str
    plan: int | None = None
    operation: int = 0
    withdrawn_on: date | None = None


class Payment(Record):
    """Money that came in, or (not `confirmed`) that somebody says has: a claim.

    `order` are the components in the order in which it serves them, separated by commas. One that was
    reversed counts until the day before `reversed_on`.
    """

    id: int
    account: int
    activity: int | None
    on: date
    amount: int
    currency: str
    confirmed: bool
    payer: str = ""
    method: str = ""
    reference: str = ""
    order: str = ""
    confirms: int | None = None  # the claim that it confirms
    operation: int = 0
    reversed_on: date | None = None
    place: int | None = None  # the row of the file that brought it
    reversed_why: str = ""


class Hold(Record):
    """A reason for not contacting, from the day of receipt where one was given; `until` is still inside."""

    id: int
    account: int
    activity: int | None
    kind: str
    from_on: date
    until: date | None


class Limit(Record):
    """What a person said about when, where and how they may be contacted.

    Without days and hours it holds at all times; `only`: everything else is unwanted. Hours are `HH:MM` where
    the person is and may cross midnight.
    """

    id: int
    person: int
    received: datetime
    only: bool
    days: tuple[int, ...]  # weekdays, Monday 0; empty: every day
    opens: str
    closes: str
    channel: str
    to: str
    place: str  # home, work
    until: date | None
    written: bool
    text: str

    @property
    def timed(self) -> bool:
        return bool(self.days or self.opens)


class Consent(Record):
    """What the debtor agreed to, given to us or to the client; `withdrawn` ends it."""

    id: int
    account: int
    channel: str
    received: datetime
    on: date | None  # for that day only
    until: date | None
    opens: str
    closes: str
    given_to: str
    withdrawn: datetime | None


class AccountFile(Record):
    """Everything that stands about one account."""

    id: int
    number: str
    client: str
    placement: Placement
    statement: Statement
    parties: tuple[Party, ...]
    activities: tuple[Activity, ...]
    promises: tuple[Promise, ...]
    payments: tuple[Payment, ...]
    holds: tuple[Hold, ...]
    tags: tuple[str, ...]
    consents: tuple[Consent, ...] = ()
    policies: tuple[Policy, ...] = ()
    opening: Statement | None = None  # the first of this placement, where a later one stands
    charges: "tuple[Charge, ...]" = ()
    terms: "tuple[Terms, ...]" = ()
    plans: "tuple[Plan, ...]" = ()
    settlements: "tuple[Settlement, ...]" = ()
    requests: "tuple[Request, ...]" = ()
    complaints: "tuple[Complaint, ...]" = ()
    claims: "tuple[Claim, ...]" = ()
    grace: int = GRACE_DAYS

    @property
    def debtor(self) -> str:
        """The name as the newest file has it."""
        return next((p.name for p in reversed(self.parties) if p.role == "debtor"), "")

    @property
    def open(self) -> bool:
        return self.placement.closed_on is None


class PersonFile(Record):
    """A debtor with all their accounts; phones are the debtor's own, in the order in which they came."""

    id: int
    accounts: tuple[AccountFile, ...]
    phones: tuple[Phone, ...]
    party_phones: tuple[Phone, ...]
    id_number: str | None
    zones: tuple[str, ...] = ()  # as the collector set them, instead of what numbers and region say
    region: str = ""  # where they live, as US-MA
    language: str = ""
    limits: tuple[Limit, ...] = ()
    refused: frozenset[str] = frozenset()  # numbers of third parties who refused, about whichever debtor

    @property
    def name(self) -> str:
        return self.accounts[0].debtor if self.accounts else ""

    def account(self, account_id: int) -> AccountFile:
        return next(a for a in self.accounts if a.id == account_id)


class Operation(Record):
    """An entry of the journal: a command that wrote, or an undo or redo that names one (`target`)."""

    id: int
    at: datetime
    kind: str
    command: str
    text: str
    target: int | None
    stands: bool
    facts: int
