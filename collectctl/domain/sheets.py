"""Tables that go out: what a column is, what its cells are, and what of them may be seen."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from collectctl.domain.masking import mask_long_numbers, masked
from collectctl.domain.records import Record
from collectctl.domain.words import _

# the types of cells; a local time has no offset where the format has real times of day
TEXT, IDENTITY, DATE, INSTANT, LOCAL, AMOUNT, COUNT = (
    "text", "identity", "date", "instant", "local", "amount", "count",
)  # fmt: skip
# what a cell may tell about somebody; "" is nothing
DEBTOR, PARTY, PHONE, ADDRESS, EMAIL, EMPLOYER, NUMBER, ACCOUNT, CUSTOMER, CARD, REFERENCE, BATCH, FREE = (
    "debtor", "party", "phone", "address", "email", "employer", "id_number", "account", "customer",
    "card_number", "reference", "batch", "text",
)  # fmt: skip


class Money(Record):
    amount: int  # minor units
    currency: str


Cell = str | int | date | datetime | Money | None  # an instant is aware, in the collector's zone
Row = Sequence[Cell]


class Column(Record):
    """`key` is the column's name in JSON, `header` what stands above it in a table."""

    key: str
    header: str
    type: str = TEXT
    about: str = ""  # what it may tell about somebody


def column(key: str, type_: str = TEXT, about: str = "") -> Column:
    """A column whose header is its key."""
    return Column(key, key, type_, about)


Veil = Callable[[Column, Cell], Cell]


def whole(_column: Column, cell: Cell) -> Cell:
    """The veil of `--reveal`: none."""
    return cell


def covered(column: Column, cell: Cell) -> Cell:
    """Identity and card numbers masked, also where they stand in free text."""
    if not isinstance(cell, str) or not cell:
        return cell
    return mask_long_numbers(cell) if column.about == FREE else masked(column.about, cell)


class Anonymous:
    """A veil that puts `debtor 1`, `phone 2` for what tells who somebody is: the same for the same, in one
    file."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, str]] = {}

    def __call__(self, column: Column, cell: Cell) -> Cell:
        if not column.about or cell is None or cell == "":
            return cell
        names = self._seen.setdefault(column.about, {})
        return names.setdefault(str(cell), f"{_(_WORDS[column.about])} {len(names) + 1}")


_WORDS = {
    DEBTOR: _("debtor"), PARTY: _("person"), PHONE: _("phone"), ADDRESS: _("address"), EMAIL: _("e-mail"),
    EMPLOYER: _("employer"), NUMBER: _("identity"), ACCOUNT: _("account"), CUSTOMER: _("customer"),
    CARD: _("card"), REFERENCE: _("reference"), BATCH: _("batch"), FREE: _("text"),
}  # fmt: skip
