"""Which kind of file this is, and what it must have."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from collectctl.intake.columns import Column
from collectctl.intake.errors import ColumnMissing
from collectctl.intake.vocabulary import FIELDS_OF_KIND, OWN_FIELDS

KINDS = ("accounts", "recalls", "payments", "promises")
WORDS = ("accounts", "payments", "promises")  # whose words may differ; those of recalls are those of accounts
SCHEDULE = frozenset(["due_date", "instalment_due"])  # with both, a payments file is a payment schedule
_ACCOUNT = frozenset(["account", "client_customer"])
_PAID = frozenset(["paid_amount", "paid_on"])
_OWED = frozenset(["balance", "placed_amount"])
_DEBTOR = frozenset(["name", "first_name", "middle_name", "last_name", "phone"])
_RECALL_FIELDS = frozenset(["account", "name", "client", "placement_ends", "id_number", "batch"])
_NEEDED = {"payments": ("paid_amount", "paid_on"), "promises": ("promised_on", "promised_amount")}


def fields_of(columns: Iterable[Column]) -> set[str]:
    return {column.field for column in columns if column.field}


def told(fields: Mapping[str, Set[str]]) -> str | None:
    """The kind that a file tells by its `fields`, read in the words of accounts, payments and promises.

    None: accounts or recalls. A file that states what is owed may be a placement that tells of the last
    payment: taken for payments, it would book money. Only a schedule that names nobody may state what is left
    beside what was due.
    """
    paid, promised = fields["payments"], fields["promises"]
    owed = bool(fields["accounts"] & _OWED)
    if is_about_payments(paid) and (not owed or (paid >= SCHEDULE and not paid & _DEBTOR)):
        return "payments"
    is_promise = "promised_on" in promised and bool(promised & _ACCOUNT)
    return "promises" if is_promise and not owed and not paid & _PAID else None


def is_about_payments(paid: Set[str]) -> bool:
    """Whether accounts, money and its day are there; the file may still be of another kind."""
    return paid >= _PAID and bool(paid & _ACCOUNT)


def only_used(columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
    """The columns, those whose field a file of `kind` does not use kept as extra."""
    used = FIELDS_OF_KIND.get(kind)
    if used is None:
        return tuple(_extra(column) if column.field in OWN_FIELDS else column for column in columns)
    found = fields_of(columns)
    if "account" in found:
        used = used - {"client_customer"}
    if not found >= SCHEDULE:
        used = used - SCHEDULE
    return tuple(
        column if column.field is None or column.field in used else _extra(column) for column in columns
    )


def _extra(column: Column) -> Column:
    return replace(column, field=None, how="extra")


def decided(name: str, columns: tuple[Column, ...], kind: str | None, *, numbered: bool, paid: bool) -> str:
    """The kind of the file `name` with these columns: `kind` where it is given, else accounts or recalls.

    `paid`: it is about payments too, which is said where it can't be read as accounts. Raises ColumnMissing.
    """
    found = fields_of(columns)
    has_number = numbered or "account" in found or (kind != "recalls" and "client_customer" in found)
    if not has_number:
        raise ColumnMissing(name, "account")
    for field in _NEEDED.get(kind or "", ()):
        if field not in found:
            raise ColumnMissing(name, field)
    if kind not in (None, "accounts"):
        return kind
    if found & _OWED:
        return "accounts"
    if kind is None and _is_recall(columns, found):
        return "recalls"
    raise ColumnMissing(name, "balance", "payments" if paid else "")


def _is_recall(columns: tuple[Column, ...], found: Set[str]) -> bool:
    """Account numbers and at most who and when: closing accounts is never read into anything wider."""
    known = all(column.how == "ignored" or column.field in _RECALL_FIELDS for column in columns)
    return known and "account" in found
