"""Rows that state the same account again: one account, what differs between the rows kept as a list."""

import json
from collections.abc import Callable, Mapping, Sequence

from collectctl.domain.money import plain
from collectctl.domain.stated import RowError, StatedAccount, StatedContact, StatedPhone
from collectctl.domain.words import _
from collectctl.intake.cellreader import is_amount
from collectctl.intake.recognise import Recognition


def clash(first: StatedAccount, again: StatedAccount, recognition: Recognition) -> RowError | None:
    """Why `again` can't be the same account as `first`: another balance, currency or person."""
    row, other = again.row, first.row
    if first.currency != again.currency or first.balance != again.balance:
        column = recognition.first("balance", "placed_amount")
        message = _("row {row} repeats the account number of row {other} with another balance")
        value = f"{plain(again.balance, again.currency)} {again.currency}"
    elif _differ(first.name, again.name):
        column = recognition.first("name", "last_name", "first_name")
        message = _("row {row} repeats the account number of row {other} with another name")
        value = again.name
    elif _differ(first.values.get("id_number"), again.values.get("id_number")):
        column = recognition.first("id_number")
        message = _("row {row} repeats the account number of row {other} with another identity number")
        value = str(again.values["id_number"])
    else:
        return None
    return RowError(row, column.name if column else "", value, message.format(row=row, other=other))


def _differ(first: object, again: object) -> bool:
    return bool(first and again and first != again)


def merge(rows: Sequence[StatedAccount], name_of: Callable[[str], str]) -> StatedAccount:
    """One account of the rows that state it; `name_of` gives the column of a field.

    The first row's fields stand. Where a later row says something else, all values are kept in `extra`, one
    for each row, as a JSON list under the column's name. Phones and contacts are added.
    """
    values: dict[str, int | str] = {}
    extra = _merged_extra([row.extra for row in rows])
    for key in dict.fromkeys(key for row in rows for key in row.values):
        stated = [row.values[key] for row in rows if key in row.values]
        values[key] = stated[0]
        if any(value != stated[0] for value in stated):
            extra[name_of(key)] = _listed([_text(key, row) for row in rows])
    phones: dict[str, StatedPhone] = {}
    for row in rows:
        for phone in row.phones:
            phones.setdefault(phone.number, phone)
    return rows[0]._replace(
        name=next((row.name for row in rows if row.name), ""),
        values=values,
        phones=tuple(phones.values()),
        contacts=_merged_contacts(rows),
        extra=extra,
    )


def _merged_extra(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    merged = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        stated = {row[name] for row in rows if name in row}
        merged[name] = stated.pop() if len(stated) == 1 else _listed([row.get(name, "") for row in rows])
    return merged


def _listed(texts: Sequence[str]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _text(key: str, row: StatedAccount) -> str:
    value = row.values.get(key, "")
    return plain(value, row.currency) if isinstance(value, int) and is_amount(key) else str(value)


def _merged_contacts(rows: Sequence[StatedAccount]) -> tuple[StatedContact, ...]:
    """Each other person once, with all numbers."""
    found: dict[tuple[str, str, str], StatedContact] = {}
    for contact in (contact for row in rows for contact in row.contacts):
        key = contact[:3]
        known = found.get(key, contact)
        found[key] = known._replace(phones=tuple(dict.fromkeys(known.phones + contact.phones)))
    return tuple(found.values())
