"""Activities as a file that `import` reads back, one row an entry: the standing one where it was amended."""

from datetime import date, datetime, tzinfo

from collectctl.domain import sheets
from collectctl.domain.facts import Activity
from collectctl.domain.money import plain
from collectctl.domain.records import Record
from collectctl.domain.sheets import AMOUNT, COUNT, IDENTITY, INSTANT, Cell, Column, Money, column

COLUMNS: tuple[Column, ...] = (
    column("account", IDENTITY, sheets.ACCOUNT),
    column("client"),
    column("at", INSTANT),
    column("channel"),
    column("direction"),
    column("outcome"),
    column("who"),
    column("number", IDENTITY, sheets.PHONE),
    column("party", about=sheets.PARTY),
    column("relation", about=sheets.FREE),
    column("text", about=sheets.FREE),
    column("talk_seconds", COUNT),
    column("recording", about=sheets.REFERENCE),
    column("agent", about=sheets.PARTY),
    column("reason"),
    column("promised_amount", AMOUNT),
    column("promised_on", INSTANT),
    column("currency"),
    column("next_at", INSTANT),
    column("purpose"),
    column("written"),
    column("raised_by"),
)
# the whole header: by exactly this `import` knows such a file
HEAD = tuple(c.header for c in COLUMNS)
_PARTS = "; "  # between the parts of one promise


class Part(Record):
    """A part of the promise that an entry brought."""

    on: date | datetime  # a moment where an hour was promised
    amount: int
    currency: str


class Logged(Record):
    """An entry with what else the book knows of it."""

    activity: Activity
    number: str
    client: str
    currency: str
    relation: str  # of the party who answered, else the role
    recording: str
    written: bool
    collectors: str
    parts: tuple[Part, ...]


def row(entry: Logged, zone: tzinfo, collector: str) -> list[Cell]:
    a = entry.activity
    return [
        entry.number, entry.client, a.at.astimezone(zone), a.channel, "in" if a.inbound else "out", a.outcome,
        a.who, a.number, a.party, entry.relation, a.text, a.talk_seconds, entry.recording,
        entry.collectors or collector, a.reason, _amounts(entry.parts), _days(entry.parts, zone),
        entry.currency, _next(a, zone), a.purpose, "yes" if entry.written else "", a.raised_by,
    ]  # fmt: skip


def _amounts(parts: tuple[Part, ...]) -> Cell:
    if len(parts) == 1:
        return Money(parts[0].amount, parts[0].currency)
    return _PARTS.join(plain(part.amount, part.currency) for part in parts)


def _days(parts: tuple[Part, ...], zone: tzinfo) -> Cell:
    days = [part.on.astimezone(zone) if isinstance(part.on, datetime) else part.on for part in parts]
    return days[0] if len(days) == 1 else _PARTS.join(day.isoformat() for day in days)


def _next(activity: Activity, zone: tzinfo) -> date | datetime | None:
    return activity.next_at.astimezone(zone) if activity.next_at else activity.next_on
