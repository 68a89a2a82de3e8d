"""Recording a contact: one line, one transaction, the next step set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import AccountFile
from collectctl.domain.logline import LogLine, Money, read_line
from collectctl.domain.numbers import dial_digits
from collectctl.domain.promises import promise_states
from collectctl.domain.recording import How, NewEntry, logged_twice, record, stated_sums
from collectctl.domain.results.recorded import NextStep, Recorded
from collectctl.domain.tasks import CLASSES
from collectctl.domain.words import _
from collectctl.domain.worklist import person_entries
from collectctl.store import search, worklist
from collectctl.store.book import Book
from collectctl.store.journal import Unit, unit, utc_text
from collectctl.store.persons import activity as read_activity
from collectctl.store.settings import get_setting
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.rows import zone_of


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed after the account: words, and the options that stand for some of them."""

    words: tuple[str, ...]
    amount: str = ""
    by: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Also:
    """Another account of the same contact; `words` empty: the same outcome, without its sums."""

    account_id: int
    words: tuple[str, ...]
    raised_by: str


class NoEntry(NotFound):
    def __init__(self, reference: str) -> None:
        super().__init__(_("no entry {reference} to amend").format(reference=reference), "collectctl show @")


class NothingToAmend(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("amend what? Name an outcome, a sum, a time or a text"), "collectctl amend @ ptp 2000@fri")


def log(
    book: Book, account_ids: Sequence[int], line: Line, how: How, now: datetime, also: Sequence[Also] = ()
) -> list[Recorded]:
    """Record one contact on each account (and on those that `also` names); one step of undo."""
    entries: list[list[NewEntry]] = []
    for account_id in account_ids:
        main = _entry(book, target(book, account_id), line, how, now)
        entries.append([main, *(_also_entry(book, other, line, how, now) for other in also)])
    with unit(book, "log", now) as made:
        recorded = [_save_contact(made, contact) for contact in entries]
        accounts = [entry.account for contact in entries for entry in contact]
        _refresh(book, made, accounts, now)
        made.text = _summary("log", [contact[0] for contact in entries], book)
    return [
        _recorded(book, contact, ids, now) for contact, ids in zip(entries, recorded, strict=True)
    ]


def twice(book: Book, account_id: int, line: Line, how: How, now: datetime) -> bool:
    """Whether the same call seems to be on record already (the same number and outcome, a minute apart)."""
    found = target(book, account_id)
    entry = _entry(book, found, line, how, now)
    return logged_twice(found.account, entry.outcome.code, entry.number, how.at)


def _entry(book: Book, found: Target, line: Line, how: How, now: datetime) -> NewEntry:
    return record(found.person, found.account, _read(book, found.account, line, now), how)


def _read(book: Book, account: AccountFile, line: Line, now: datetime) -> LogLine:
    money = Money(account.statement.currency, stated_sums(account))
    order = get_setting(book.connection, "dates") or ""
    return read_line(line.words, money, now, amount=line.amount, by=line.by, next_=line.next, order=order)


def _also_entry(book: Book, other: Also, line: Line, how: How, now: datetime) -> NewEntry:
    """The entry on another debt of the same call: its own outcome, else that of the call without its sums."""
    found = target(book, other.account_id)
    words = other.words or (_without_sums(line.words[0]),)
    own = How(
        at=how.at, channel=how.channel, inbound=how.inbound, to=how.to, who=how.who, raised_by=other.raised_by,
        collectors=how.collectors,
    )  # fmt: skip
    return _entry(book, found, Line(words), own, now)


def _without_sums(outcome: str) -> str:
    """What another debt of the call gets: an outcome that needs a sum or a time of its own becomes a talk."""
    from collectctl.domain.outcomes import match

    found = match(outcome)
    return "negotiating" if found.step in ("promise", "callback") and found.talk else found.code


def _save_contact(made: Unit, entries: Sequence[NewEntry]) -> list[int]:
    """Append the entries of one contact; returns the ids of their activities."""
    contact = made.facts.next_id("activity")
    return [save_entry(made, entry, contact) for entry in entries]


def save_entry(made: Unit, entry: NewEntry, contact: int, amends: int | None = None) -> int:
    """Append everything that one entry adds; returns the id of its activity."""
    how = entry.how
    activity = made.facts.add(
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
    _save_money(made, entry, activity)
    _save_rest(made, entry, activity)
    return activity


def _save_money(made: Unit, entry: NewEntry, activity: int) -> None:
    for part in entry.parts:
        made.facts.add(
            "promise", account=entry.account, activity=activity, plan=None, made_at=utc_text(entry.how.at),
            due_on=part.on.isoformat(), due_at=utc_text(part.at) if part.at else None, amount=part.amount,
            currency=entry.currency, payer=entry.payer,
        )  # fmt: skip
    for amount in entry.claims:
        made.facts.add(
            "payment", account=entry.account, activity=activity, on_day=entry.how.at.date().isoformat(),
            amount=amount, currency=entry.currency, confirmed=0, confirms=None, reverses=None,
            payer=entry.payer, method="", reference="",
        )  # fmt: skip


def _save_rest(made: Unit, entry: NewEntry, activity: int) -> None:
    account, at = entry.account, entry.how.at
    if entry.hold:
        made.facts.add(
            "hold", account=account, activity=activity, kind=entry.hold, from_on=at.date().isoformat(),
            until=None, releases=None, text=entry.text,
        )  # fmt: skip
    for tag in entry.tags:
        made.facts.add("tag", account=account, activity=activity, tag=tag, present=1)
    answered = entry.answered
    if answered.who in ("third", "liable") and answered.party is None and (answered.name or answered.role):
        person = _new_person(made)
        made.facts.add(
            "party", account=account, person=person, role=answered.role, name=answered.name or answered.role,
            relation="",
        )  # fmt: skip
    if entry.new_phone:
        add_phone(made, _debtor(made, account), entry.new_phone, "", "debtor" if answered.who == "self" else "contact")
    words = [(entry.text, made.id, account)] if entry.text else []
    words += [(answered.name, made.id, account)] if answered.name and answered.party is None else []
    search.add(made.connection, words)


def _debtor(made: Unit, account: int) -> int:
    from collectctl.store.persons import person_of

    return person_of(made.connection, account)


def _new_person(made: Unit) -> int:
    cursor = made.connection.execute("insert into person (op) values (?)", (made.id,))
    return int(cursor.lastrowid or 0)


def add_phone(made: Unit, person: int, value: str, label: str, source: str) -> None:
    digits = dial_digits(value)
    made.facts.add(
        "contact_point", person=person, kind="phone", value=value, digits=digits, tail=digits[::-1],
        label=label, source=source, zones=None,
    )  # fmt: skip


def _refresh(book: Book, made: Unit, accounts: Sequence[int], now: datetime) -> None:
    persons = {_debtor(made, account) for account in accounts}
    worklist.refresh(made.connection, sorted(persons), now.date(), zone_of(now))


def _summary(command: str, entries: Sequence[NewEntry], book: Book) -> str:
    """What the journal says: account and outcome, never a name."""
    numbers = {
        row[0]: row[1]
        for row in book.connection.execute(
            f"select id, number from account where id in ({','.join('?' * len(entries))})",
            [entry.account for entry in entries],
        )
    }
    shown = ", ".join(numbers[entry.account] for entry in entries[:3])
    if len(entries) > 3:
        shown += _(" and {count} more").format(count=len(entries) - 3)
    return f"{command} {shown}: {entries[0].outcome.code}"


def _recorded(
    book: Book, entries: Sequence[NewEntry], ids: Sequence[int], now: datetime, amends: int | None = None
) -> Recorded:
    entry = entries[0]
    found = target(book, entry.account)
    states = promise_states(found.account.promises, found.account.payments, now.date())
    doubts = [*entry.doubts, *_withdrawn(states, entry)]
    return Recorded(
        activity=ids[0],
        account=found.account.number,
        account_id=entry.account,
        name=found.account.debtor,
        outcome=entry.outcome.code,
        meaning=_(entry.outcome.meaning),
        who=entry.answered.who,
        number=entry.number,
        at=entry.how.at,
        promises=tuple(s for s in states if s.promise.activity == ids[0]),
        claimed=entry.claims,
        currency=entry.currency,
        hold=entry.hold,
        tags=entry.tags,
        text=entry.text,
        next=next_step(found, now),
        doubts=tuple(doubts),
        also=tuple(target(book, other.account).account.number for other in entries[1:]),
        amends=amends,
    )


def _withdrawn(states: Sequence[object], entry: NewEntry) -> list[str]:
    from collectctl.domain.money import shown
    from collectctl.domain.promises import PromiseState

    if not entry.parts:
        return []
    return [
        _("the promise of {amount} for {day} is withdrawn by this one").format(
            amount=shown(s.promise.amount, s.promise.currency), day=s.promise.due_on
        )
        for s in states
        if isinstance(s, PromiseState) and s.state == "withdrawn" and s.promise.due_on >= entry.how.at.date()
    ]


def next_step(found: Target, now: datetime) -> NextStep:
    """The next step of an account as the worklist has it."""
    entries = person_entries(found.person, now.date(), zone_of(now))
    entry = next(e for e in entries if e.row.account == found.account.id)
    reason = entry.task.reason if entry.task else entry.row.state
    return NextStep(entry.row.due_on, entry.row.due_at, CLASSES[entry.row.cls], reason, entry.row.state)


# --- amend ---------------------------------------------------------------------------------------------


def last_entry(book: Book) -> int | None:
    """The newest entry that stands, of any account."""
    row = book.connection.execute(
        "select max(f.id) from activity f join operation o on o.id = f.op and o.stands"
        " where f.outcome <> 'note' and not exists (select 1 from activity x join operation q"
        " on q.id = x.op and q.stands where x.amends = f.id)"
    ).fetchone()
    return row[0]


def amend(
    book: Book, entry_id: int, line: Line, now: datetime, *, at: datetime | None, to: str, who: str,
    account_id: int | None,
) -> Recorded:  # fmt: skip
    """Correct an entry: a new fact that names the old one; what follows from it follows the new one.

    What `line` leaves out is kept as it was. Raises `NoEntry` (3), `NothingToAmend` (2).
    """
    old = _standing_entry(book, entry_id)
    if not (line.words or line.amount or line.by or line.next or at or to or who or account_id):
        raise NothingToAmend
    found = target(book, account_id or old.account)
    words, keeps_sums = _amended_words(line, old.outcome, old.text)
    kept = _kept_sums(book, old.id) if keeps_sums else ()
    next_ = line.next or ("" if line.words else _kept_next(old, now))
    same = "self" if old.who == "self" else old.party
    how = How(
        at=at or old.at.astimezone(zone_of(now)), channel=old.channel, inbound=old.inbound, to=to or old.number,
        who=who or (same if same and not line.words else ""), talk_seconds=old.talk_seconds, reason=old.reason,
        raised_by=old.raised_by,
    )  # fmt: skip
    read = _read(book, found.account, Line((*words, *kept), line.amount, line.by, next_), now)
    entry = record(found.person, found.account, read, how)
    with unit(book, "amend", now) as made:
        made_id = save_entry(made, entry, old.contact, amends=old.id)
        _refresh(book, made, sorted({old.account, entry.account}), now)
        made.text = _summary("amend", [entry], book)
    return _recorded(book, [entry], [made_id], now, amends=old.id)


def _standing_entry(book: Book, entry_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    columns = (
        "f.id, f.op, f.account, f.contact, f.at, f.channel, f.inbound, f.outcome, f.who, f.number, f.party,"
        " f.text, f.next_at, f.next_on, f.talk_seconds, f.reason, f.raised_by, f.amends"
    )
    sql = f"select {columns} from activity f join operation o on o.id = f.op and o.stands where f.id = ?"
    row = book.connection.execute(sql, (entry_id,)).fetchone()
    if row is None:
        raise NoEntry(f"#{entry_id}")
    newer = book.connection.execute(
        "select x.id from activity x join operation q on q.id = x.op and q.stands where x.amends = ?", (entry_id,)
    ).fetchone()
    return _standing_entry(book, newer[0]) if newer else read_activity(row)


def _amended_words(line: Line, outcome: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The words of the corrected line, and whether the old sums stay."""
    from collectctl.domain.amounts import is_amount
    from collectctl.domain.errors import CollectError
    from collectctl.domain.outcomes import match
    from collectctl.domain.when import is_when

    if not line.words:
        return (outcome, text) if text else (outcome,), not (line.amount or line.by)
    first = line.words[0]
    if is_amount(first.partition("@")[0]) or is_when(first):
        return (outcome, *line.words), False
    try:
        match(first)
    except CollectError:
        return (outcome, *line.words), True
    return line.words, False


def _kept_sums(book: Book, activity: int) -> tuple[str, ...]:
    from collectctl.domain.money import plain

    parts = book.connection.execute(
        "select amount, currency, due_on from promise where activity = ? order by id", (activity,)
    )
    kept = [f"{plain(amount, currency)}@{due}" for amount, currency, due in parts]
    claims = book.connection.execute(
        "select amount, currency from payment where activity = ? order by id", (activity,)
    )
    kept += [f"{plain(amount, currency)}@now" for amount, currency in claims]
    return tuple(kept)


def _kept_next(old, now: datetime) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    if old.next_at and old.next_at >= now:
        return str(old.next_at.isoformat())
    return old.next_on.isoformat() if old.next_on and old.next_on >= now.date() else ""
