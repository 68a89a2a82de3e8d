"""Reading what is done at the desk of few accounts: complaints and disputes, claims on others."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from collectctl.domain.deskfacts import Claim, Complaint, SafetyNote
from collectctl.store.activities import Narrowing
from collectctl.store.journal import MOST
from collectctl.store.standing import OF_NOT_AMENDED, STANDS, standing_rows


def complaints(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Complaint]:
    """Each with how it was closed."""
    columns = "f.account, f.complaint, f.kind, f.on_day, f.text"
    closed = {row[1]: row for row in standing_rows(connection, "complaint_event", columns, accounts)}
    columns = (
        "f.id, f.account, f.activity, f.kind, f.received_on, f.due_on, f.channel, f.reference, f.text, f.op"
    )
    for row in standing_rows(connection, "complaint", columns, accounts, where=OF_NOT_AMENDED):
        received_on, due_on = date.fromisoformat(row[4]), date.fromisoformat(row[5])
        made = Complaint._make((*row[:4], received_on, due_on, *row[6:]))
        end = closed.get(row[0])
        yield (
            made._replace(closed_on=date.fromisoformat(end[3]), closed_as=end[2], answer=end[4])
            if end
            else made
        )


def all_complaints(connection: sqlite3.Connection, narrowing: Narrowing) -> list[Complaint]:
    """The whole register, of the accounts that a narrowing leaves in."""
    rows = connection.execute(
        f"select distinct f.account from complaint f {STANDS}{narrowing.of_fact}", tuple(narrowing.values)
    ).fetchall()
    return list(complaints(connection, [row[0] for row in rows])) if rows else []


def claims(connection: sqlite3.Connection, accounts: Sequence[int]) -> Iterator[Claim]:
    """Each with what was paid of it, and how it was closed."""
    columns = "f.account, f.claim, f.payment, f.kind, f.on_day, f.transferred"
    events = standing_rows(connection, "claim_event", columns, accounts)
    columns = (
        "f.id, f.account, (select name from party where id = f.against),"
        " (select role from party where id = f.against), f.amount, f.currency, f.made_on, f.due_on,"
        " f.contract, f.text, f.op"
    )
    for row in standing_rows(connection, "claim", columns, accounts):
        made_on, due_on = date.fromisoformat(row[6]), date.fromisoformat(row[7])
        made = Claim._make((*row[:6], made_on, due_on, *row[8:]))
        for _account, claim, payment, kind, day, transferred in events:
            if claim != made.id:
                continue
            on = date.fromisoformat(day)
            if payment is None:
                made = made._replace(closed_on=on, closed_as=kind)
            else:
                made = made._replace(payments=(*made.payments, payment))
            if transferred:
                made = made._replace(transferred_on=made.transferred_on or on)
        yield made


def safety_notes(connection: sqlite3.Connection, persons: Sequence[int]) -> list[SafetyNote]:
    """Those of some people that were not ended, oldest first."""
    columns = "f.id, f.person, f.on_day, f.text, f.ends"
    rows = standing_rows(connection, "safety_note", columns, persons, key="person", where=OF_NOT_AMENDED)
    ended = {row[4] for row in rows if row[4] is not None}
    return [
        SafetyNote(row[0], row[1], date.fromisoformat(row[2]), row[3])
        for row in rows if row[4] is None and row[0] not in ended
    ]  # fmt: skip


def account_of(connection: sqlite3.Connection, table: str, number: int) -> int | None:
    """The account of a standing complaint, claim or request; None where there is none of that number."""
    if number > MOST:
        return None
    row = connection.execute(f"select f.account from {table} f {STANDS} where f.id = ?", (number,)).fetchone()
    return int(row[0]) if row else None
