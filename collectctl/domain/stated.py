"""What a client's file states, typed: the rows between reading a file and planning an import.

Amounts are integer minor units of the row's currency, dates ISO text (`2026-11-23`), everything else text
as the file has it. Nothing here knows the book.
"""

from collections.abc import Mapping
from typing import NamedTuple


class StatedPhone(NamedTuple):
    kind: str  # "mobile", "home", "work" or "" where the file does not say
    number: str  # as written, trimmed


class StatedContact(NamedTuple):
    """Another person of the row: a contact person, spouse or guarantor."""

    role: str  # "contact", "spouse", "guarantor", "co-debtor"
    name: str
    relation: str  # the file's own word, "" where there is none
    phones: tuple[StatedPhone, ...]


class StatedAccount(NamedTuple):
    """One account as one row (or several merged rows) of a file states it."""

    row: int  # 1-based row of the file or sheet, the title rows counted
    number: str
    name: str
    client: str
    currency: str  # ISO 4217
    balance: int  # minor units
    values: Mapping[str, int | str]  # the other recognised fields by key; absent where the cell was empty
    phones: tuple[StatedPhone, ...]
    contacts: tuple[StatedContact, ...]
    extra: Mapping[str, str]  # unknown columns, by the file's own header


class RowError(NamedTuple):
    """Why a row can't be used; `column` is the file's own header."""

    row: int
    column: str
    value: str
    message: str
