"""What a row of a client's file means for the book: pure comparison of what is stated with what stands."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from collectctl.domain.errors import BadData
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.masking import mask_id, mask_long_numbers
from collectctl.domain.numbers import dial_digits
from collectctl.domain.records import Record
from collectctl.domain.stated import RowError, StatedAccount, StatedContact, StatedPhone
from collectctl.domain.words import _

NEW, CHANGED, UNCHANGED, REOPENED = "new", "changed", "unchanged", "reopened"

_PRIVATE = ("id_number", "id_last4", "birth_date", "card_number", "name", "phone", "email", "address")


class RowsRejected(BadData):
    """Rows of the file can't be used and nothing was imported."""

    def __init__(self, file: str, errors: tuple[RowError, ...], fields: Mapping[str, str | None]) -> None:
        first = errors[0]
        if fields.get(first.column) != "account":
            first = first._replace(value=_telling_nobody(first.value))
        rows = len({error.row for error in errors})
        super().__init__(
            _("nothing was imported; rows that can't be used: {rows}, first row {row}\n{place}").format(
                rows=rows,
                row=first.row,
                place=place(first, fields),
            ),
            "collectctl import FILE --skip-bad --rejects rejects.csv",
        )
        self.errors = errors


def place(error: RowError, fields: Mapping[str, str | None]) -> str:
    """Column, value and reason of an error on one line; values that identify a person are masked."""
    value = cell_shown(error, fields).replace("\n", " ")[:40]
    text = error.message if not error.column else _("column {column}").format(column=error.column)
    if not error.column:
        return text
    return f"{text}, {value!r}: {error.message}" if value else f"{text}: {error.message}"


def cell_shown(error: RowError, fields: Mapping[str, str | None]) -> str:
    """The cell of an error as it may be shown: cells slip into wrong columns, identity numbers too."""
    field, value = fields.get(error.column) or "", error.value
    if field == "account":
        return value
    if field.startswith(_PRIVATE) and len(value) > 4 and not _scientific(value):
        return mask_id(value)
    return mask_long_numbers(value)


def _telling_nobody(value: str) -> str:
    """`value` as an error may carry it: a name or a number to dial that slipped into a column is masked."""
    rest = re.sub(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}:\d\d", "", value)
    words = re.search(r"[^\W\d_]{4}|[^\W\d_\x00-\u02ff]{2}", rest)
    return mask_id(value) if words or sum(map(str.isdecimal, rest)) > 9 else value


def _scientific(value: str) -> bool:
    return "E+" in value.upper()


class Change(Record):
    """What a stated account changes; `phones`, `contacts` and `numbers` are what the book does not have."""

    kind: str
    statement: bool  # the client states something that differs from before
    phones: tuple[StatedPhone, ...]
    contacts: tuple[StatedContact, ...]
    ends_on: date | None = None  # the placement's end, where the file moves it
    renamed: bool = False
    numbers: tuple[tuple[int, tuple[StatedPhone, ...]], ...] = ()  # of the account's other people, by person


def compare(stated: StatedAccount, person: PersonFile | None, account: AccountFile | None) -> Change:
    """`stated` against what stands; `account` is None where the book does not know the number."""
    if person is None or account is None:
        return Change(NEW, True, stated.phones, stated.contacts)
    known = {phone.digits for phone in person.phones}
    phones = tuple(p for p in stated.phones if dial_digits(p.number) not in known)
    contacts, numbers = _others(stated.contacts, person, account)
    differs = statement_key(stated) != (
        account.statement.currency,
        account.statement.balance,
        *map(dict, account.statement.in_file),
    )
    renamed = stated.name not in ("", account.debtor)
    changed = differs or phones or contacts or renamed or numbers
    if not account.open and changed:  # the very words of before are the old file read again
        return Change(REOPENED, True, phones, contacts, None, renamed, numbers)
    kind = CHANGED if changed else UNCHANGED
    return Change(kind, differs, phones, contacts, _moved_end(stated, account), renamed, numbers)


def _others(
    stated: Iterable[StatedContact], person: PersonFile, account: AccountFile
) -> tuple[tuple[StatedContact, ...], tuple[tuple[int, tuple[StatedPhone, ...]], ...]]:
    """The other people whom the account does not have, and the new numbers of those whom it has.

    Who has no name is known by the relation, or by a number.
    """
    contacts: list[StatedContact] = []
    numbers: list[tuple[int, tuple[StatedPhone, ...]]] = []
    for contact in stated:
        theirs = [p for p in account.parties if (p.role, p.name) == (contact.role, contact.name)]
        persons = {party.person for party in theirs}
        known = {phone.digits for phone in person.party_phones if phone.person in persons}
        new = tuple(p for p in contact.phones if dial_digits(p.number) not in known)
        same = next((p for p in theirs if contact.name or p.relation == contact.relation), None)
        if same is None and (new or not theirs):
            contacts.append(contact._replace(phones=new))
        elif same and new:
            numbers.append((same.person, new))
    return tuple(contacts), tuple(numbers)


def _moved_end(stated: StatedAccount, account: AccountFile) -> date | None:
    """The placement's end, where this file states another than the one before it did."""
    ends = stated_day(stated, "placement_ends")
    moved = stated.values.get("placement_ends") != account.statement.in_file[0].get("placement_ends")
    return ends if moved and ends != account.placement.ends_on else None


def statement_key(stated: StatedAccount) -> tuple[str, int, dict[str, int | str], dict[str, str]]:
    """What makes two statements the same: everything that the client wrote about the account."""
    return stated.currency, stated.balance, dict(stated.values), dict(stated.extra)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def as_json(values: Mapping[str, int | str]) -> str:
    return _encode(values) if values else "{}"


def header_text(names: Iterable[str]) -> str:
    """A header as it is kept, to know the client's next file by."""
    return json.dumps(list(names), ensure_ascii=False)


def overdue_since(stated: StatedAccount, file_day: date) -> date | None:
    """The oldest unpaid due date: stated, else the day before the first day overdue, else counted back.

    Days past due without a date count back from `file_day`.
    """
    due, first = stated.values.get("due_date"), stated.values.get("first_overdue")
    if isinstance(due, str):
        return date.fromisoformat(due[:10])
    if isinstance(first, str):
        return date.fromisoformat(first[:10]) - timedelta(days=1)
    days = stated.values.get("days_past_due")
    return file_day - timedelta(days=days) if isinstance(days, int) and 0 < days < 36500 else None


def stated_day(stated: StatedAccount, key: str) -> date | None:
    value = stated.values.get(key)
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None
