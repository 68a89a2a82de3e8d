"""Reading the standing facts of persons: whole files of people, as the rules want them."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from collectctl.domain.errors import NotFound
from collectctl.domain.facts import (
    AccountFile,
    Activity,
    Hold,
    Party,
    PersonFile,
    Phone,
    Placement,
    Promise,
    Statement,
)
from collectctl.domain.statements import first_of, standing_statement
from collectctl.domain.words import _
from collectctl.store.binding import Binding
from collectctl.store.money import load_money, load_payments, load_withdrawn
from collectctl.store.said import load_consents, load_refused, load_said
from collectctl.store.standing import CHUNK, NOT_AMENDED, OF_NOT_AMENDED, STANDS, standing_rows

ACTIVITY_COLUMNS = (
    "f.id, f.op, f.account, f.contact, f.at, f.channel, f.inbound, f.outcome, f.who, f.number,"
    " f.party, f.text, f.next_at, f.next_on, f.talk_seconds, f.reason, f.raised_by, f.amends, f.purpose,"
    " f.recording"
)
_BY_INSTANT = attrgetter("at")


class NotStanding(NotFound):
    def __init__(self) -> None:
        super().__init__(
            _("the account is no longer in the book: the import that brought it was undone"),
            "collectctl history",
        )


def load_persons(
    connection: sqlite3.Connection, ids: Sequence[int], *, entries: bool = True
) -> Iterator[PersonFile]:
    """The files of the persons with those ids, in that order; those without a standing account left out.

    `entries`: with what was logged, which is the most of all that is read.
    """
    for start in range(0, len(ids), CHUNK):
        yield from _load(connection, ids[start : start + CHUNK], entries)


def load_person(connection: sqlite3.Connection, person: int) -> PersonFile:
    return next(load_persons(connection, [person]))


def person_of(connection: sqlite3.Connection, account: int) -> int:
    """The debtor of an account. Raises `NotStanding` (exit 3) where its import was undone."""
    sql = f"select f.person from placement f {STANDS} where f.account = ? order by f.id desc limit 1"
    row = connection.execute(sql, (account,)).fetchone()
    if row is None:
        raise NotStanding
    return int(row[0])


def _load(connection: sqlite3.Connection, ids: Sequence[int], entries: bool) -> Iterator[PersonFile]:
    placed = _placements(connection, ids)
    if not placed:
        return
    accounts = _account_files(connection, placed, entries)
    said = load_said(connection, ids)
    bound = Binding(connection)
    by_person: dict[int, list[AccountFile]] = defaultdict(list)
    for account_id, (person, _placement, _number, _client) in placed.items():
        if account_id in accounts:
            by_person[person].append(accounts[account_id])
    others = {p.person for a in accounts.values() for p in a.parties}
    phones = _phones(connection, sorted({*ids, *others}))
    third = sorted({p.digits for other in others.difference(ids) for p in phones.get(other, [])})
    refused = load_refused(connection, third) if third else frozenset()
    identities = dict(
        connection.execute(f"select id, id_number from person where id in ({_marks(ids)})", tuple(ids))
    )
    for person in ids:
        if person in by_person:
            files = tuple(sorted(by_person[person], key=lambda a: a.id))
            related = {p.person for a in files for p in a.parties} - {person}
            party_phones = tuple(p for other in sorted(related) for p in phones.get(other, []))
            own = tuple(phones.get(person, []))
            read = PersonFile(person, files, own, party_phones, identities.get(person), *said[person])
            theirs = refused.intersection(p.digits for p in party_phones)
            yield bound.bound(read._replace(refused=theirs) if theirs else read)


def _marks(ids: Iterable[int]) -> str:
    return ",".join("?" for _id in ids)


Placed = dict[int, tuple[int, Placement, str, str]]


def _placements(connection: sqlite3.Connection, ids: Sequence[int]) -> Placed:
    """Account -> its debtor, newest standing placement, number and client."""
    placed: Placed = {}
    sql = (
        "select f.id, f.account, f.batch, f.placed_on, f.ends_on, f.policy, f.person, a.number, c.name, f.op"
        f" from placement f {STANDS} join account a on a.id = f.account join client c on c.id = a.client"
        f" where f.person in ({_marks(ids)}) order by f.id"
    )
    for row in connection.execute(sql, tuple(ids)):
        ends_on = _maybe_day(row[4])
        placement = Placement(row[0], row[1], row[2], _day(row[3]), ends_on, row[5], operation=row[9])
        placed[row[1]] = (row[6], placement, row[7], row[8])
    return placed


def _account_files(connection: sqlite3.Connection, placed: Placed, entries: bool) -> dict[int, AccountFile]:
    ids = list(placed)
    placements = _with_events(connection, {a: p[1] for a, p in placed.items()})
    statements = _statements(connection, placements)
    money = load_money(connection, ids)
    parties = _grouped(Party(*row) for row in standing_rows(
        connection, "party", "f.id, f.account, f.person, f.role, f.name, f.relation", ids))  # fmt: skip
    activities = _activities(connection, ids if entries else [])
    promises = _grouped(_promises(connection, ids))
    payments = _grouped(load_payments(connection, ids))
    holds = _holds(connection, ids)
    tags, consents = _tags(connection, ids), load_consents(connection, ids)
    return {
        a: AccountFile(
            a, placed[a][2], placed[a][3], placements[a], statements[a][1], tuple(parties[a]),
            tuple(activities.get(a, ())), tuple(promises[a]), tuple(payments[a]), tuple(holds[a]), tags[a],
            consents[a], (), statements[a][0], *money[a],
        )
        for a in ids
        if a in statements
    }  # fmt: skip


def _grouped(facts: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for fact in facts:
        groups[fact.account].append(fact)
    return groups


def _with_events(connection: sqlite3.Connection, placements: dict[int, Placement]) -> dict[int, Placement]:
    current = dict(placements)
    columns = "f.account, f.placement, f.kind, f.on_day, f.reason"
    for account, placement, kind, day, reason in standing_rows(
        connection, "placement_event", columns, list(placements)
    ):
        if current[account].id != placement:
            continue
        if kind == "extended":
            current[account] = current[account]._replace(ends_on=_day(day))
        elif kind == "closed":
            current[account] = current[account]._replace(closed_on=_day(day), closed_as=reason)
        else:
            current[account] = current[account]._replace(closed_on=None, closed_as="")
    return current


def _statements(
    connection: sqlite3.Connection, placements: Mapping[int, Placement]
) -> dict[int, tuple[Statement | None, Statement]]:
    """The first statement of the placement, where a later one stands, and what stands of all of them."""
    columns = (
        'f.id, f.account, f.stated_on, f.currency, f.balance, f.overdue_since, f."values", f.extra, f.op'
    )
    history: dict[int, list[Statement]] = defaultdict(list)
    for row in standing_rows(connection, "statement", columns, list(placements)):
        values, extra = json.loads(row[6]), json.loads(row[7])
        stated = (row[0], row[1], _day(row[2]), row[3], row[4], _maybe_day(row[5]), values, extra)
        history[row[1]].append(Statement(*stated, (values, extra), row[8]))
    return {
        account: (first_of(statements, placements[account]), standing_statement(statements))
        for account, statements in history.items()
    }


def _activities(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Activity]]:
    """The entries of each account in the order in which things happened: the most of all that is read."""
    groups: dict[int, list[Activity]] = {account: [] for account in ids}
    for row in standing_rows(connection, "activity", ACTIVITY_COLUMNS, ids, where=NOT_AMENDED):
        groups[row[2]].append(activity(row))
    for entries in groups.values():
        entries.sort(key=_BY_INSTANT)  # keeps what happened at once in the order of its ids
    return groups


def activity(row: Sequence[Any]) -> Activity:
    return Activity(
        row[0], row[1], row[2], row[3], _instant(row[4]), row[5], bool(row[6]), row[7], row[8], row[9],
        row[10], row[11], _instant(row[12]) if row[12] else None, _maybe_day(row[13]), row[14], row[15],
        row[16], row[17], row[18], bool(row[19]),
    )  # fmt: skip


def _promises(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Promise]:
    columns = (
        "f.id, f.account, f.activity, f.made_at, f.made_on, f.due_on, f.due_at, f.amount, f.currency,"
        " f.payer, f.plan, f.op"
    )
    withdrawn = load_withdrawn(connection, ids)
    for row in standing_rows(connection, "promise", columns, ids, where=OF_NOT_AMENDED):
        due_at = _instant(row[6]) if row[6] else None
        made_at, made_on, due_on = _instant(row[3]), _day(row[4]), _day(row[5])
        made = (row[0], row[1], row[2] or 0, made_at, made_on, due_on, due_at, *row[7:])
        yield Promise._make((*made, withdrawn.get(row[0])))


def _holds(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Hold]]:
    """Holds with their ends: a release ends one the day before it."""
    holds: dict[int, list[Hold]] = defaultdict(list)
    columns = "f.id, f.account, f.activity, f.kind, f.from_on, f.until, f.releases"
    for row in standing_rows(connection, "hold", columns, ids, where=OF_NOT_AMENDED):
        if row[6] is None:
            holds[row[1]].append(Hold(row[0], row[1], row[2], row[3], _day(row[4]), _maybe_day(row[5])))
            continue
        ended = _day(row[4]) - timedelta(days=1)
        holds[row[1]] = [h._replace(until=ended) if h.id == row[6] else h for h in holds[row[1]]]
    return holds


def _tags(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    tags: dict[int, dict[str, bool]] = defaultdict(dict)
    columns = "f.account, f.tag, f.present"
    for account, tag, present in standing_rows(connection, "tag", columns, ids, where=OF_NOT_AMENDED):
        tags[account][tag] = bool(present)
    return defaultdict(tuple, {a: tuple(t for t, there in ts.items() if there) for a, ts in tags.items()})


def _phones(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[Phone]]:
    phones: dict[int, list[Phone]] = defaultdict(list)
    columns = "f.id, f.person, f.value, f.digits, f.label, f.source, f.normal, f.zones"
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for row in standing_rows(
            connection, "contact_point", columns, part, key="person", where="f.kind = 'phone'"
        ):
            if all(row[3] != phone.digits for phone in phones[row[1]]):
                phone = Phone._make((*row[:6], row[6] or "", tuple((row[7] or "").split())))
                phones[row[1]].append(phone)
    return phones


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
