"""Which accounts may be visited at all, read from the stored worklist."""

import sqlite3
from collections import defaultdict

from collectctl.domain.worklist import CLOSED
from collectctl.store.activities import Narrowing

# people with an account that was tried at all or may be held: nobody else is read from the facts
_CANDIDATES = "select person from worklist where last_on is not null or account in (select account from hold)"


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


def untried(connection: sqlite3.Connection, narrowing: Narrowing) -> int:
    """How many open accounts everybody else has."""
    sql = (
        f"select count(*) from worklist where state <> '{CLOSED}'{narrowing.of_row}"
        f" and person not in ({_CANDIDATES})"
    )
    return int(connection.execute(sql, tuple(narrowing.values)).fetchone()[0])
