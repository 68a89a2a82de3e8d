"""Which kind of file this is, and what it must have."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from collectctl.intake.columns import FOUND_BY_MAP, FOUND_BY_MEMORY, Column
from collectctl.intake.errors import ColumnMissing
from collectctl.intake.vocabulary import FIELDS_OF_KIND, OWN_FIELDS

KINDS = ("accounts", "recalls", "payments", "promises", "phones", "extensions", "activities")
# kinds whose words may differ; recalls have the accounts'
WORDS = tuple(kind for kind in KINDS if kind != "recalls")
SCHEDULE = frozenset(["due_date", "instalment_due"])  # with both, a payments file is a payment schedule
_ACCOUNT = frozenset(["account", "client_customer"])
_PAID = frozenset(["paid_amount", "paid_on"])
_OWED = frozenset(["balance", "placed_amount"])
_DEBTOR = frozenset(["name", "first_name", "middle_name", "last_name", "phone"])
_RECALL_FIELDS = frozenset(["account", "name", "client", "placement_ends", "id_number", "batch"])
_PHONE_FIELDS = FIELDS_OF_KIND["phones"] | {"batch"}
_OF_DEBTOR = _ACCOUNT | {"id_number"}  # what names a debtor without an account number
# what a kind can't do without; of alternatives, the first is asked for
_NEEDED = {
    "payments": (("paid_amount",), ("paid_on",)),
    "promises": (("promised_on",), ("promised_amount",)),
    "extensions": (("extended_until", "placement_ends"),),
    "activities": (("at",),),
}


def fields_of(columns: Iterable[Column]) -> set[str]:
    return {column.field for column in columns if column.field}


def told(fields: Mapping[str, Set[str]]) -> str | None:
    """The kind that a file tells by its `fields`, read in the words of each kind.

    None: accounts, recalls or phones. A file that states what is owed may be a placement that tells of the
    last payment, call or end: taken for one of these, it would book money or contacts. Only a schedule that
    names nobody may state what is left beside what was due.
    """
    paid = fields["payments"]
    owed = bool(fields["accounts"] & _OWED)
    if is_about_payments(paid) and (not owed or (paid >= SCHEDULE and not paid & _DEBTOR)):
        return "payments"
    if owed:
        return None
    sure = {"activities": {"at", "outcome"}}
    if not paid & _PAID:
        sure |= {"promises": {"promised_on"}, "extensions": {"extended_until"}}
    return next((kind for kind, own in sure.items() if fields[kind] >= own and fields[kind] & _ACCOUNT), None)


def perhaps(fields: Mapping[str, Set[str]]) -> str:
    """The kind that a file might be, where it is said to be none; "" for none."""
    paid, phones = fields.get("payments", set()), fields.get("phones", set())
    if is_about_payments(paid):
        return "payments"
    return "phones" if has_phones(phones) and phones & _OF_DEBTOR else ""


def is_phones(columns: Iterable[Column]) -> bool:
    """Whether columns, read in the words of phones, hold numbers, whose they are, and nothing else.

    What the user says, or said before, is nothing does not count.
    """
    said = (FOUND_BY_MAP, FOUND_BY_MEMORY)
    known = [c for c in columns if c.how != "ignored" and not (c.field is None and c.how in said)]
    found = fields_of(known)
    return (
        has_phones(found)
        and bool(found & _OF_DEBTOR)
        and all(column.field in _PHONE_FIELDS for column in known)
    )


def has_phones(found: Set[str]) -> bool:
    return any(field == "phone" or field.endswith("_phone") for field in found)


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


def decided(
    name: str, columns: tuple[Column, ...], kind: str | None, *, numbered: bool, instead: str = ""
) -> str:
    """The kind of the file `name` with these columns: `kind` where it is given, else accounts or recalls.

    `instead`: what it may be, which is said where it can't be read as accounts. Raises ColumnMissing.
    """
    found = fields_of(columns)
    numbers = {"recalls": {"account"}, "phones": _OF_DEBTOR}.get(kind or "", _ACCOUNT)
    if not (numbered or found & numbers):
        raise ColumnMissing(name, "account")
    for fields in _NEEDED.get(kind or "", ()):
        if not found & {*fields}:
            raise ColumnMissing(name, fields[0])
    if kind == "phones" and not has_phones(found):
        raise ColumnMissing(name, "phone")
    if kind not in (None, "accounts"):
        return kind
    if found & _OWED:
        return "accounts"
    if kind is None and _is_recall(columns, found):
        return "recalls"
    raise ColumnMissing(name, "balance", instead)


def _is_recall(columns: tuple[Column, ...], found: Set[str]) -> bool:
    """Account numbers and at most who and when: closing accounts is never read into anything wider."""
    known = all(column.how == "ignored" or column.field in _RECALL_FIELDS for column in columns)
    return known and "account" in found
