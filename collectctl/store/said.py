"""What debtors said about being contacted, and what is known of where they are: limits, consents, traits."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.facts import Consent, Limit
from collectctl.domain.records import Record
from collectctl.store.standing import CHUNK, NOT_AMENDED, OF_NOT_AMENDED, STANDS


class Said(Record):
    """Zones as the collector set them, region, language, and the standing limits of a person."""

    zones: tuple[str, ...] = ()
    region: str = ""
    language: str = ""
    limits: tuple[Limit, ...] = ()


def load_said(connection: sqlite3.Connection, persons: Sequence[int]) -> dict[int, Said]:
    """What is known of each of `persons`; the newest trait of a kind stands."""
    found: dict[int, Said] = defaultdict(Said)
    marks = ",".join("?" * len(persons))
    traits = connection.execute(
        f"select f.person, f.kind, f.value from trait f {STANDS} where f.person in ({marks}) order by f.id",
        tuple(persons),
    )
    for person, kind, value in traits:
        if kind == "zones":
            found[person] = found[person]._replace(zones=tuple(value.split()))
        elif kind == "region":
            found[person] = found[person]._replace(region=value)
        else:
            found[person] = found[person]._replace(language=value)
    for limit in _limits(connection, persons):
        found[limit.person] = found[limit.person]._replace(limits=(*found[limit.person].limits, limit))
    return found


def load_refused(connection: sqlite3.Connection, numbers: Sequence[str]) -> frozenset[str]:
    """Those of `numbers` at which a third party refused to be contacted, whoever owed the debt."""
    found: set[str] = set()
    for start in range(0, len(numbers), CHUNK):
        part = tuple(numbers[start : start + CHUNK])
        rows = connection.execute(
            f"select f.number from activity f {STANDS} where f.outcome = 'third-refused' and f.number in"
            f" ({','.join('?' * len(part))}) and {NOT_AMENDED}",
            part,
        )
        found.update(row[0] for row in rows)
    return frozenset(found)


def _limits(connection: sqlite3.Connection, persons: Sequence[int]) -> list[Limit]:
    marks = ",".join("?" * len(persons))
    rows = connection.execute(
        "select f.id, f.person, f.received, f.only, f.days, f.opens, f.closes, f.channel, f.number, f.place,"
        f" f.until, f.written, f.text, f.lifts from inconvenient f {STANDS} where f.person in ({marks})"
        f" and {OF_NOT_AMENDED} order by f.id",
        tuple(persons),
    ).fetchall()
    lifted = {row[13] for row in rows if row[13] is not None}
    return [_limit(row) for row in rows if row[13] is None and row[0] not in lifted]


def _limit(row: tuple[int | str | None, ...]) -> Limit:
    days = tuple(int(day) for day in str(row[4]).split())
    until = date.fromisoformat(str(row[10])) if row[10] else None
    return Limit(
        int(row[0] or 0), int(row[1] or 0), datetime.fromisoformat(str(row[2])), bool(row[3]), days,
        str(row[5]), str(row[6]), str(row[7]), str(row[8]), str(row[9]), until, bool(row[11]), str(row[12]),
    )  # fmt: skip


def load_consents(connection: sqlite3.Connection, accounts: Sequence[int]) -> dict[int, tuple[Consent, ...]]:
    """The consents of each of `accounts`, each with the moment at which it was withdrawn."""
    rows = connection.execute(
        "select f.id, f.account, f.channel, f.received, f.on_day, f.until, f.opens, f.closes, f.given_to,"
        f" f.withdraws from consent f {STANDS} where f.account in ({','.join('?' * len(accounts))})"
        f" and {OF_NOT_AMENDED} order by f.id",
        tuple(accounts),
    )
    found: dict[int, tuple[Consent, ...]] = defaultdict(tuple)
    for number, account, channel, received, on, until, opens, closes, given_to, withdraws in rows:
        at = datetime.fromisoformat(received)
        if withdraws:
            found[account] = tuple(_withdrawn(c, channel, at) for c in found[account])
            continue
        days = [date.fromisoformat(day) if day else None for day in (on, until)]
        consent = Consent(number, account, channel, at, days[0], days[1], opens, closes, given_to, None)
        found[account] = (*found[account], consent)
    return found


def _withdrawn(consent: Consent, channel: str, at: datetime) -> Consent:
    ends = consent.channel == channel and consent.withdrawn is None and consent.received <= at
    return consent._replace(withdrawn=at) if ends else consent
