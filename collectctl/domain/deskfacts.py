"""The standing facts of the desk that few accounts have: complaints and disputes, claims on others.

As in `facts`: days are dates, money is minor units.
"""

from datetime import date

from collectctl.domain.records import Record


class Complaint(Record):
    """A complaint or a dispute, with the last day for its answer; `closed_as` is answered or withdrawn."""

    id: int
    account: int
    activity: int | None  # the contact in which it was made
    kind: str  # complaint, dispute
    received_on: date
    due_on: date  # still inside
    channel: str
    reference: str
    text: str
    operation: int = 0
    closed_on: date | None = None
    closed_as: str = ""
    answer: str = ""

    @property
    def open(self) -> bool:
        return self.closed_on is None


class SafetyNote(Record):
    """What whoever visits a person next has to know."""

    id: int
    person: int
    on: date
    text: str


class Claim(Record):
    """What is asked of a guarantor, a co-debtor or an insurer; `payments` are the ids of what they paid."""

    id: int
    account: int
    name: str
    role: str
    amount: int
    currency: str
    made_on: date
    due_on: date  # the last day on which it is to be paid
    contract: str  # the number of the guarantee or the policy
    text: str
    operation: int = 0
    payments: tuple[int, ...] = ()
    closed_on: date | None = None
    closed_as: str = ""  # refused, withdrawn
    transferred_on: date | None = None  # when the creditor's rights passed to them
