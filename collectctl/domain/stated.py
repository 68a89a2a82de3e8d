"""What a client's file states, typed: the rows between reading a file and planning an import.

Amounts are integer minor units of the row's currency, dates ISO text (`2026-11-23`), everything else text
as the file has it. Nothing here knows the book.
"""

from collections.abc import Mapping

from collectctl.domain.records import Record


class StatedPhone(Record):
    kind: str  # "mobile", "home", "work" or "" where the file does not say
    number: str  # as written, trimmed


class StatedContact(Record):
    """Another person of the row: a contact person, spouse or guarantor."""

    role: str  # "contact", "spouse", "guarantor", "co-debtor"
    name: str
    relation: str  # the file's own word, "" where there is none
    phones: tuple[StatedPhone, ...]


class StatedAccount(Record):
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


class StatedPayment(Record):
    """Money that a client's file says has come in."""

    row: int
    number: str  # the account number, or the client's customer number that stands in for it
    client: str | None  # None where neither a column nor the user names it
    on: str  # the day on which it came
    currency: str  # ISO 4217; "XXX" where neither the file nor the book knows it
    amount: int  # minor units, above zero
    reference: str  # "" where the file has none, as for the texts below
    method: str
    payer: str
    settled: bool  # the file says that it settles the account
    extra: Mapping[str, str]  # unknown columns, by the file's own header


class StatedInstalment(Record):
    """A row of a client's payment schedule: what was due when, and what came when."""

    row: int
    number: str
    currency: str  # as of a payment
    due_on: str
    due: int  # minor units, above zero
    paid_on: str  # "" where nothing came
    paid: int  # minor units, 0 where nothing came


class StatedPromise(Record):
    """A promise that a client's file (an older system, another collector) says was made."""

    row: int
    number: str
    client: str | None
    made_on: str  # "" where the file does not say
    due_on: str
    currency: str  # as of a payment
    amount: int  # minor units, above zero
    payer: str
    text: str


class StatedNumbers(Record):
    """Numbers to dial that a list gives for a debtor, and for others beside them."""

    row: int
    number: str  # of the account, or the customer or identity number that stands in for it
    client: str | None
    name: str  # the debtor's, "" where the file does not say
    phones: tuple[StatedPhone, ...]  # the debtor's own
    contacts: tuple[StatedContact, ...]
    source: str  # who gave them: client, debtor, contact, public, tracing
    text: str


class StatedExtension(Record):
    """A placement that the client lets run longer."""

    row: int
    number: str
    client: str | None
    until: str  # the last day, still inside
    reference: str


class StatedPart(Record):
    """One part of a promise that was made in a contact."""

    due: str  # a day, or a moment as ISO text
    amount: int  # minor units, above zero


class StatedActivity(Record):
    """A contact as a dialler, or an older system, has it; "" where the file says nothing.

    `at` and `next_at` are a day or a moment as ISO text; a moment without offset is the collector's.
    """

    row: int
    number: str  # the account's
    client: str | None
    at: str
    channel: str
    inbound: bool
    outcome: str  # the file's own word
    who: str
    to: str  # the number or address
    party: str
    relation: str
    text: str
    talk_seconds: int | None
    recording: str
    agent: str
    reason: str
    parts: tuple[StatedPart, ...]
    currency: str  # of the parts
    payer: str
    next_at: str
    purpose: str
    written: bool
    raised_by: str  # us, them


class RowError(Record):
    """Why a row can't be used; `column` is the file's own header."""

    row: int
    column: str
    value: str
    message: str
