"""Which accounts may be visited at all: the rest is told from the index, without reading its facts."""

import sqlite3
from collections import Counter, defaultdict
from datetime import datetime

from collectctl.domain.outcomes import TABLE
from collectctl.domain.records import Record
from collectctl.domain.worklist import CLOSED
from collectctl.store.activities import Narrowing
from collectctl.store.journal import utc_text
from collectctl.store.standing import NOT_AMENDED, STANDS

_HUMAN = ", ".join(f"'{o.code}'" for o in TABLE if o.who not in ("none", "machine"))
_OPEN = f"""
    with tried as (select person from worklist where last_on is not null),
    reached as (
        select w.person from activity f {STANDS} join worklist w on w.account = f.account
        where f.at >= ? and f.at <= ? and f.who in ('self', 'liable') and f.outcome in ({_HUMAN})
        and {NOT_AMENDED}
    )
    select person, account, case
        when not exists (select 1 from statement s where s.account = worklist.account
            and s."values" like '%"address"%') then 'no-address'
        when person in (select person from reached) then 'reached'
        when person not in (select person from tried) then 'untried'
        else '' end
    from worklist where state <> '{CLOSED}'"""


class Candidates(Record):
    """Open accounts to look at, by person; of all others how many there are, by cause."""

    accounts: dict[int, list[int]]
    others: Counter[str]


def candidates(
    connection: sqlite3.Connection, narrowing: Narrowing, since: datetime, now: datetime
) -> Candidates:
    """The open accounts with an address whose person was tried, and not reached from `since` on."""
    accounts: dict[int, list[int]] = defaultdict(list)
    others: Counter[str] = Counter()
    values = (utc_text(since), utc_text(now), *narrowing.values)
    for person, account, cause in connection.execute(_OPEN + narrowing.of_row, values):
        if cause:
            others[cause] += 1
        else:
            accounts[person].append(account)
    return Candidates(dict(accounts), others)
