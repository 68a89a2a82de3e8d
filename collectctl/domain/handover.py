"""What one collector hands over to another: a client's accounts with all their history, and nothing else."""

from collections.abc import Mapping

from collectctl.domain.records import Record

FORM, VERSION = "collectctl-handover", 1
Value = int | str | None


class Fact(Record):
    """A fact on its way between books; `rank` is its place in the order in which an account's money moved."""

    table: str
    id: int  # in the book that it comes from
    rank: int
    row: Mapping[str, Value]


class Cover(Record):
    """What the file says of itself: whose accounts, when, and the last link of the chain they were under."""

    client: str
    at: str
    seal: str
    accounts: int
