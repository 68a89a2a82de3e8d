"""The standing facts about money that few accounts have: charges, terms, plans, settlements, requests.

As in `facts`: days are dates, money is minor units.
"""

from datetime import date

from collectctl.domain.records import Record


class Charge(Record):
    """What was added to a component of the debt, or (below zero) taken off it."""

    id: int
    account: int
    operation: int
    on: date
    component: str
    amount: int
    currency: str
    text: str


class Terms(Record):
    """How charges accrue from a day on, as typed: a rate is `24%/year` or `0.05%/day`, "" for none."""

    id: int
    account: int
    from_on: date
    rate: str
    basis: str  # 360, 365, actual
    last_day: str  # counted, not: whether the closing day is charged
    payment_day: str  # old, new: the balance on which the day of a payment is charged
    compound: str  # none, month
    penalty: str  # of what is unpaid of the minimum payment, as `5%`
    penalty_floor: int  # minor units
    cap: str  # of all charges together, as `24%/year`
    order: str  # agreed for payments: components separated by commas, or a known name
    minimum: int | None = (
        None  # what was unpaid of the minimum payment when this was set, None: none is stated
    )
    penalty_on: date | None = None  # the last day on which money lessens it; then the penalty is due
    operation: int = 0


class Plan(Record):
    """Instalments agreed on: each part is a promise that names it. Those of a settlement name that."""

    id: int
    account: int
    operation: int
    settlement: int | None
    made_on: date
    every: str
    total: int
    currency: str
    cancelled_on: date | None = None


class Settlement(Record):
    """A sum that settles the debt if all of it comes by `until` (inside) and the client approves."""

    id: int
    account: int
    operation: int
    request: int | None
    made_on: date
    amount: int
    currency: str
    until: date
    approval: str
    accepted: bool  # by the debtor
    parts: int = 1  # in which it is to be paid


class Request(Record):
    """What was asked of the client; `answer` is yes, no or "" while it is open."""

    id: int
    account: int
    activity: int | None
    kind: str
    asked_on: date
    amount: int | None
    currency: str
    until: date | None
    text: str
    sent_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    reference: str = ""
    operation: int = 0
    answer_text: str = ""
