"""Appending the contacts of a log in bulk, and adding to a call that was typed what its recording tells."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import tzinfo

from collectctl.domain.calllogs import Call, Identity, moment, next_step
from collectctl.domain.facts import AccountFile, Activity
from collectctl.domain.records import Record
from collectctl.store import search
from collectctl.store.facts import COLUMNS, Value
from collectctl.store.journal import NAMES, Unit, instant, utc_text
from collectctl.store.persons import person_of
from collectctl.store.standing import STANDS


class NewCall(Record):
    """A contact to be appended; `contact` is the same for every account of one call."""

    account: int
    contact: int
    call: Call


def append_calls(made: Unit, calls: Sequence[NewCall], zone: tzinfo) -> None:
    """Append contacts with what was promised in them; no hold, no claim, no breach."""
    first = made.facts.next_id("activity")
    made.facts.add_many("activity", [_activity(new, zone) for new in calls])
    promises = [row for n, new in enumerate(calls) for row in _promises(new, first + n, zone)]
    if promises:
        made.facts.add_many("promise", promises)
    texts = ((new.call.row.text, made.id, new.account, search.NOTE) for new in calls if new.call.row.text)
    search.add(made.connection, texts)


def _activity(new: NewCall, zone: tzinfo) -> tuple[Value, ...]:
    call, row = new.call, new.call.row
    then_at, then_on = next_step(call, zone)
    return (
        new.account, new.contact, utc_text(call.at), call.channel, int(row.inbound), call.outcome.code,
        call.answered.who, call.number, call.answered.name or call.answered.role, row.text,
        utc_text(then_at) if then_at else None, then_on.isoformat() if then_on else None, row.talk_seconds,
        row.recording or None, row.reason, row.purpose, int(row.written), row.agent, "", row.raised_by, "",
        None,
    )  # fmt: skip


def _promises(new: NewCall, activity: int, zone: tzinfo) -> list[tuple[Value, ...]]:
    made_on = new.call.at.astimezone(zone).date().isoformat()
    return [
        (
            new.account, activity, None, utc_text(new.call.at), made_on, part.due[:10],
            utc_text(moment(part.due, zone)) if len(part.due) > len(made_on) else None, part.amount,
            new.call.row.currency, new.call.payer,
        )
        for part in new.call.row.parts
    ]  # fmt: skip


def imports(connection: sqlite3.Connection) -> set[int]:
    """The operations that were imports of files."""
    return {row[0] for row in connection.execute("select id from operation where command = 'import'")}


def superseded(connection: sqlite3.Connection) -> dict[int, list[Identity]]:
    """Account -> how its entries read before they were corrected."""
    found: dict[int, list[Identity]] = defaultdict(list)
    rows = connection.execute(
        f"select f.account, f.at, f.number, f.outcome, f.text from activity f {STANDS} where f.id in (select"
        " x.amends from activity x join operation q on q.id = x.op and q.stands where x.amends is not null)"
    )
    for account, at, *rest in rows:
        found[account].append((instant(at), *rest))
    return found


def supplement(made: Unit, account: AccountFile, entry: Activity, call: Call) -> bool:
    """Add the length and the recording of a call to its entry: a new entry in its place, with all it brought.

    False, and nothing is written, where later facts name what it brought: they would be lost.
    """
    brought = _brought(made.connection, account, entry)
    if _is_named(made.connection, account, brought):
        return False
    columns = COLUMNS["activity"]
    found = made.connection.execute(
        f"select {', '.join(columns)} from activity where id = ?", (entry.id,)
    ).fetchone()
    values = dict(zip(columns, found, strict=True))
    if values["talk_seconds"] is None:
        values["talk_seconds"] = call.row.talk_seconds
    new = made.facts.add(
        "activity",
        **{**values, "recording": values["recording"] or call.row.recording or None, "amends": entry.id},
    )
    for table, rows in brought.items():
        at = COLUMNS[table].index("activity")
        made.facts.add_many(table, [(*row[1 : at + 1], new, *row[at + 2 :]) for row in rows])
    return True


def _brought(
    connection: sqlite3.Connection, account: AccountFile, entry: Activity
) -> dict[str, list[tuple[Value, ...]]]:
    """What stands that was written with an entry, as (id, content columns) by table.

    Tags that were taken off since are left out.
    """
    found: dict[str, list[tuple[Value, ...]]] = {}
    for table, columns in COLUMNS.items():
        if table != "activity" and "activity" in columns:
            key, value = _whose(connection, table, account)
            names = ", ".join(f"f.{column}" for column in columns)
            sql = f"select f.id, {names} from {table} f {STANDS} where f.{key} = ? and f.activity = ?"
            rows = connection.execute(f"{sql} order by f.id", (value, entry.id)).fetchall()
            if table == "tag":
                rows = [row for row in rows if row[1 + columns.index("tag")] in account.tags]
            if rows:
                found[table] = rows
    return found


def _is_named(
    connection: sqlite3.Connection, account: AccountFile, brought: dict[str, list[tuple[Value, ...]]]
) -> bool:
    """Whether a fact that stands names one of these rows, or ends one of the consents among them."""
    given = {row[0] for row in brought.get("consent", ())}
    if any(consent.withdrawn for consent in account.consents if consent.id in given):
        return True
    for table, columns in COLUMNS.items():
        for column in columns:
            rows = brought.get(NAMES.get(column, ""))
            if rows:
                key, value = _whose(connection, table, account)
                marks = ",".join("?" * len(rows))
                sql = (
                    f"select 1 from {table} f {STANDS} where f.{key} = ? and f.{column} in ({marks}) limit 1"
                )
                if connection.execute(sql, (value, *(row[0] for row in rows))).fetchone():
                    return True
    return False


def _whose(connection: sqlite3.Connection, table: str, account: AccountFile) -> tuple[str, int]:
    """By which column, and which value of it, the facts about an account are found in a table."""
    if "account" in COLUMNS[table]:
        return "account", account.id
    return "person", person_of(connection, account.id)
