"""Entries: appending what a contact adds, and reading one entry back."""

import sqlite3
from datetime import date, datetime

from collectctl.domain.facts import Activity
from collectctl.domain.logline import Claim, LogLine, Part
from collectctl.domain.numbers import dial_digits
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.recording import How, NewEntry
from collectctl.store import search
from collectctl.store.journal import MOST, Unit, instant, utc_text
from collectctl.store.people import add_party, add_person, set_trait
from collectctl.store.persons import ACTIVITY_COLUMNS, activity, person_of


def append_entry(made: Unit, entry: NewEntry, contact: int, amends: int | None = None) -> int:
    """Append everything that one entry adds; returns the id of its activity."""
    how = entry.how
    made_id = made.facts.add(
        "activity",
        account=entry.account,
        contact=contact,
        at=utc_text(how.at),
        channel=entry.channel,
        inbound=int(how.inbound),
        outcome=entry.outcome.code,
        who=entry.answered.who,
        number=entry.number,
        party=entry.answered.name or entry.answered.role,
        text=entry.text,
        next_at=utc_text(entry.next_at) if entry.next_at else None,
        next_on=entry.next_on.isoformat() if entry.next_on else None,
        talk_seconds=how.talk_seconds,
        recording=how.recording or None,
        reason=how.reason,
        purpose=how.purpose,
        written=int(how.written),
        collectors=how.collectors,
        override=how.override,
        raised_by=how.raised_by,
        doubts="\n".join(entry.doubts),
        amends=amends,
    )
    _save_money(made, entry, made_id)
    _save_rest(made, entry, made_id)
    _save_rules(made, entry, made_id)
    return made_id


def _save_rules(made: Unit, entry: NewEntry, activity: int) -> None:
    """What the rules make of an entry: breaches, a request about the medium, consent; a safety note."""
    how, at = entry.how, utc_text(entry.how.at)
    for reasons, override in ((entry.breaches, ""), (entry.overridden, how.override)):
        for reason in reasons:
            made.facts.add(
                "breach", account=entry.account, activity=activity, rule=reason.rule, effect=reason.effect,
                text=reason.text, cite=reason.cite, override=override,
            )  # fmt: skip
    if entry.consent_on:
        made.facts.add(
            "consent", account=entry.account, activity=activity, channel="call", received=at,
            on_day=entry.consent_on.isoformat(), until=None, opens="", closes="", given_to="us", withdraws=0,
            text="",
        )  # fmt: skip
    if entry.unwanted:
        made.facts.add(
            "inconvenient", person=person_of(made.connection, entry.account), activity=activity, received=at,
            only=0, days="", opens="", closes="", channel=entry.unwanted, number="", place="", until=None,
            written=0, lifts=None, text=entry.text,
        )  # fmt: skip
    if how.safety:
        made.facts.add(
            "safety_note", person=person_of(made.connection, entry.account), activity=activity, ends=None,
            on_day=how.at.date().isoformat(), text=how.safety,
        )  # fmt: skip
    if entry.language:
        person = person_of(made.connection, entry.account)
        set_trait(made, person, "language", entry.language)


def _save_money(made: Unit, entry: NewEntry, activity: int) -> None:
    for part in entry.parts:
        made.facts.add(
            "promise",
            account=entry.account,
            activity=activity,
            plan=None,
            made_at=utc_text(entry.how.at),
            made_on=entry.how.at.date().isoformat(),
            due_on=part.on.isoformat(),
            due_at=utc_text(part.at) if part.at else None,
            amount=part.amount,
            currency=entry.currency,
            payer=entry.payer,
        )
    for claim in entry.claims:
        made.facts.add(
            "payment",
            account=entry.account,
            activity=activity,
            on_day=claim.on.isoformat(),
            amount=claim.amount,
            currency=entry.currency,
            confirmed=0,
            confirms=None,
            reverses=None,
            payer=entry.payer,
            method="",
            reference="",
        )


def _save_rest(made: Unit, entry: NewEntry, activity: int) -> None:
    account, how = entry.account, entry.how
    if entry.hold:
        append_hold(made, account, entry.hold, how.at.date(), activity=activity, text=entry.text)
    if entry.wish is not None:
        from collectctl.domain.requests import REDUCTION  # a rare outcome

        append_request(
            made, account, activity, REDUCTION, how.at.date(), entry.wish or None, entry.currency, None, "",
        )  # fmt: skip
    if entry.registers:
        from collectctl.domain.complaints import due_day

        day, kind = how.at.date(), entry.registers
        due = due_day(day, None, day)
        append_complaint(made, account, activity, kind, day, due, entry.channel, "", entry.text)
    for tag in entry.tags:
        made.facts.add("tag", account=account, activity=activity, tag=tag, present=1)
    search.add(made.connection, [(entry.text, made.id, account, search.NOTE)] if entry.text else [])
    _save_people(made, entry)


def _save_people(made: Unit, entry: NewEntry) -> None:
    """Who answered, where they are new, and a number that was given."""
    account, answered = entry.account, entry.answered
    is_new = answered.who in ("third", "liable") and answered.party is None
    if is_new and (answered.name or answered.role):
        add_party(made, account, add_person(made), answered.role, answered.name or answered.role, "")
    if entry.new_phone:
        form, source = entry.new_phone_form, "debtor" if answered.who == "self" else "contact"
        person = person_of(made.connection, account)
        add_phone(made, person, entry.new_phone, "", source, form.normal, form.zones)


def add_phone(
    made: Unit, person: int, value: str, label: str, source: str, normal: str, zones: tuple[str, ...]
) -> None:
    """A number of a person with its normal form ("" where it is no valid one) and the zones of its area."""
    digits = dial_digits(value)
    made.facts.add(
        "contact_point",
        person=person,
        kind="phone",
        value=value,
        digits=digits,
        tail=digits[::-1],
        label=label,
        source=source,
        zones=" ".join(zones),
        normal=normal,
    )


def newest_entry(connection: sqlite3.Connection, account: int | None) -> int | None:
    """The newest entry that was typed and stands, of `account` where one is named."""
    row = connection.execute(
        "select f.id from activity f join operation o on o.id = f.op and o.stands"
        " and (o.command <> 'import' or f.amends is not null)"
        f" where f.outcome <> 'note' {'and f.account = ?' if account else ''} and not exists (select 1"
        " from activity x join operation q on q.id = x.op and q.stands where x.amends = f.id)"
        " order by f.id desc limit 1",
        (account,) if account else (),
    ).fetchone()
    return int(row[0]) if row else None


def how_of(connection: sqlite3.Connection, entry: Activity, at: datetime) -> How:
    """How an entry came about, as its options would say it; who answered is left open."""
    row = connection.execute(
        "select recording, purpose, written, collectors, override from activity where id = ?", (entry.id,)
    ).fetchone()
    payer = connection.execute("select payer from promise where activity = ?", (entry.id,)).fetchone()
    note = connection.execute(
        "select text from safety_note where activity = ? and ends is null", (entry.id,)
    ).fetchone()
    return How(
        at=at,
        channel=entry.channel,
        inbound=entry.inbound,
        to=entry.number,
        payer=payer[0] if payer else "",
        reason=entry.reason,
        talk_seconds=entry.talk_seconds,
        recording=row[0] or "",
        purpose=row[1],
        written=bool(row[2]),
        collectors=row[3],
        override=row[4],
        raised_by=entry.raised_by,
        safety=note[0] if note else "",
    )


def standing_entry(connection: sqlite3.Connection, entry_id: int) -> Activity | None:
    """The entry of that number, or the one that corrected it."""
    if entry_id > MOST:
        return None
    sql = f"select {ACTIVITY_COLUMNS} from activity f join operation o on o.id = f.op and o.stands"
    row = connection.execute(f"{sql} where f.id = ?", (entry_id,)).fetchone()
    newer = connection.execute(
        "select x.id from activity x join operation q on q.id = x.op and q.stands where x.amends = ?",
        (entry_id,),
    ).fetchone()
    if row and newer:
        return standing_entry(connection, newer[0])
    return activity(row) if row else None


def line_of(connection: sqlite3.Connection, entry: Activity) -> LogLine:
    """An entry as the line that would record it."""
    parts = connection.execute(
        "select amount, due_on, due_at from promise where activity = ? order by id", (entry.id,)
    )
    claims = connection.execute(
        "select amount, on_day from payment where activity = ? order by id", (entry.id,)
    )
    wish = connection.execute("select amount from request where activity = ?", (entry.id,)).fetchone()
    tags = connection.execute("select tag from tag where activity = ? order by id", (entry.id,))
    return LogLine(
        outcome=BY_CODE[entry.outcome],
        parts=tuple(Part(a, date.fromisoformat(on), instant(at) if at else None) for a, on, at in parts),
        claims=tuple(Claim(a, date.fromisoformat(on)) for a, on in claims),
        next_on=entry.next_on,
        next_at=entry.next_at,
        text=entry.text,
        tags=tuple(row[0] for row in tags),
        wish=(wish[0] or 0) if wish else 0,
    )


def append_closing(
    made: Unit, account: int, reason: str, day: str, reference: str, settlement: int | None = None
) -> None:
    """End the account's current placement; `settlement` is the one that was paid."""
    made.facts.add(
        "placement_event",
        account=account,
        placement=current_placement(made.connection, account),
        kind="closed",
        on_day=day,
        reason=reason,
        reference=reference,
        settlement=settlement,
    )


def append_hold(
    made: Unit, account: int, kind: str, from_on: date, *, activity: int | None = None,
    until: date | None = None, releases: int | None = None, text: str = "", party: str = "",
    case_number: str = "", chapter: str = "", received_on: date | None = None,
) -> int:  # fmt: skip
    """A hold from a day on, or (`releases`) the end of one."""
    return made.facts.add(
        "hold", account=account, activity=activity, kind=kind, from_on=from_on.isoformat(),
        until=until.isoformat() if until else None, releases=releases, text=text, party=party or None,
        case_number=case_number or None, chapter=chapter or None,
        received_on=received_on.isoformat() if received_on else None,
    )  # fmt: skip


def append_request(
    made: Unit, account: int, activity: int | None, kind: str, asked_on: date, amount: int | None,
    currency: str, until: date | None, text: str,
) -> int:  # fmt: skip
    """What the client is to be asked for."""
    return made.facts.add(
        "request", account=account, activity=activity, kind=kind, asked_on=asked_on.isoformat(),
        amount=amount, currency=currency, until=until.isoformat() if until else None, text=text,
    )  # fmt: skip


def append_complaint(
    made: Unit, account: int, activity: int | None, kind: str, received_on: date, due_on: date, channel: str,
    reference: str, text: str,
) -> int:  # fmt: skip
    """What was lodged and has to be answered by `due_on`."""
    return made.facts.add(
        "complaint", account=account, activity=activity, kind=kind, received_on=received_on.isoformat(),
        due_on=due_on.isoformat(), channel=channel, reference=reference, text=text,
    )  # fmt: skip


def append_event(made: Unit, account: int, kind: str, day: date, reference: str) -> None:
    """The current placement is extended to `day`, or reopened on it."""
    made.facts.add(
        "placement_event", account=account, placement=current_placement(made.connection, account), kind=kind,
        on_day=day.isoformat(), reason="", reference=reference,
    )  # fmt: skip


def current_placement(connection: sqlite3.Connection, account: int) -> int:
    """The newest placement of the account that stands."""
    sql = (
        "select f.id from placement f join operation o on o.id = f.op and o.stands"
        " where f.account = ? order by f.id desc limit 1"
    )
    return int(connection.execute(sql, (account,)).fetchone()[0])
