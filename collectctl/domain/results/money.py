"""Money as results: lists of payments, promises and requests, plans, terms, and what `calc` works out."""

from collections.abc import Mapping
from typing import NamedTuple

from collectctl.domain.calculating import Interest
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.instalments import Instalment
from collectctl.domain.moneyfacts import Request
from collectctl.domain.orders import Order
from collectctl.domain.plans import PlanState
from collectctl.domain.promises import PromiseState


class PaymentList(NamedTuple):
    payments: tuple[tuple[AccountFile, Payment], ...]


class PromiseList(NamedTuple):
    promises: tuple[tuple[AccountFile, PromiseState], ...]


class RequestList(NamedTuple):
    requests: tuple[tuple[AccountFile, Request], ...]


class PlanResult(NamedTuple):
    """A plan as it stands."""

    account: AccountFile
    plan: PlanState


class TermsResult(NamedTuple):
    """The terms of an account, oldest first."""

    account: AccountFile


class Allocation(NamedTuple):
    """Where a payment goes by an order, and what is left to owe (minor units)."""

    parts: Mapping[str, int]
    credit: int
    left: Mapping[str, int]
    order: Order
    currency: str


class Calculated(NamedTuple):
    """An interest with the convention that was used, and the currency of its amounts."""

    interest: Interest
    convention: str
    currency: str


class Schedule(NamedTuple):
    instalments: tuple[Instalment, ...]
    currency: str


class Sum(NamedTuple):
    """One amount that was worked out, and whose word its rule is."""

    name: str
    amount: int
    currency: str
    cite: str
