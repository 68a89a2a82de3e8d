"""Which accounts may be visited at all, read from the stored worklist."""

import sqlite3
from collections import defaultdict

from collectctl.domain.worklist import CLOSED, HOLD
from collectctl.store.activities import Narrowing

# people with an open account that was tried at all and is not held: nobody else is read from the facts
_CANDIDATES = f"select person from worklist where state not in ('{CLOSED}', '{HOLD}') and last_on is not null"


def candidates(connection: sqlite3.Connection, narrowing: Narrowing) -> dict[int, list[int]]:
    """Open accounts of the people who may qualify, by person."""
    found: dict[int, list[int]] = defaultdict(list)
    sql = (
        f"select person, account from worklist where state <> '{CLOSED}'{narrowing.of_row}"
        f" and person in ({_CANDIDATES}) order by person, account"
    )
    for person, account in connection.execute(sql, tuple(narrowing.values)):
        found[person].append(account)
    return dict(found)


def others(connection: sqlite3.Connection, narrowing: Narrowing) -> tuple[int, int]:
    """Open accounts of everybody else: how many are held, and how many were never tried."""
    sql = (
        f"select coalesce(sum(state = '{HOLD}'), 0), coalesce(sum(state <> '{HOLD}'), 0) from worklist"
        f" where state <> '{CLOSED}'{narrowing.of_row} and person not in ({_CANDIDATES})"
    )
    held, untried = connection.execute(sql, tuple(narrowing.values)).fetchone()
    return int(held), int(untried)
