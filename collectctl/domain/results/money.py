"""Money as results: lists of payments, promises and requests, plans, terms, and what `calc` works out."""

from collections.abc import Mapping

from collectctl.domain.calculating import Interest
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.instalments import Instalment
from collectctl.domain.moneyfacts import Request
from collectctl.domain.orders import Order
from collectctl.domain.plans import PlanState
from collectctl.domain.promises import PromiseState
from collectctl.domain.records import Record


class PaymentList(Record):
    payments: tuple[tuple[AccountFile, Payment], ...]


class PromiseList(Record):
    promises: tuple[tuple[AccountFile, PromiseState], ...]


class RequestList(Record):
    requests: tuple[tuple[AccountFile, Request], ...]


class PlanResult(Record):
    """A plan as it stands."""

    account: AccountFile
    plan: PlanState


class TermsResult(Record):
    """The terms of an account, oldest first."""

    account: AccountFile


class Allocation(Record):
    """Where a payment goes by an order, and what is left to owe (minor units)."""

    parts: Mapping[str, int]
    credit: int
    left: Mapping[str, int]
    order: Order
    currency: str


class Calculated(Record):
    """An interest with the convention that was used, and the currency of its amounts."""

    interest: Interest
    convention: str
    currency: str


class Schedule(Record):
    instalments: tuple[Instalment, ...]
    currency: str


class Sum(Record):
    """One amount that was worked out, and whose word its rule is."""

    name: str
    amount: int
    currency: str
    cite: str
