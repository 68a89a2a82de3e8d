"""Recording a contact: one line, one transaction, the next step set."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from collectctl.domain.cases import Asked
from collectctl.domain.facts import AccountFile
from collectctl.domain.holds import standing_holds, with_holds_of_person
from collectctl.domain.logline import LogLine, Money, read_line
from collectctl.domain.outcomes import match
from collectctl.domain.promises import paid_before, replaced, states_of
from collectctl.domain.recording import How, NewEntry, record, stated_sums
from collectctl.domain.records import Record
from collectctl.domain.results.recorded import NextStep, Recorded
from collectctl.domain.tasks import CLASSES, DESK
from collectctl.domain.verdict import Verdict, judge
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.domain.worklist import DUE, FUTURE, HOLD, Entry, person_entries
from collectctl.store import worklist
from collectctl.store.book import Book
from collectctl.store.entries import append_entry
from collectctl.store.journal import Unit, unit
from collectctl.store.persons import load_persons, person_of
from collectctl.store.policies import doubt
from collectctl.store.settings import get_setting
from collectctl.usecases.accounts import Target, target


class Line(Record):
    """What was typed after the account: words, and the options that stand for some of them."""

    words: tuple[str, ...]
    amount: str = ""
    by: str = ""
    next: str = ""


class Also(Record):
    """Another account of the same contact; `words` empty: the same outcome, without its sums."""

    account_id: int
    words: tuple[str, ...]
    raised_by: str


class Contact(Record):
    """One contact as it will be recorded: the entry on its account, then those on other debts."""

    entries: tuple[NewEntry, ...]

    @property
    def repeats(self) -> bool:
        """Whether the same call seems to be on record already."""
        return self.entries[0].repeats


def prepare(
    book: Book, account_ids: Sequence[int], line: Line, how: How, now: datetime, also: Sequence[Also] = ()
) -> list[Contact]:
    """What a line would record on each account. Raises `Needs` and what else is wrong with it (2)."""
    others = [_also_entry(book, other, line, how, now) for other in also]
    return [
        Contact((_entry(book, target(book, account_id), line, how, now), *others))
        for account_id in account_ids
    ]


def log(book: Book, contacts: Sequence[Contact], now: datetime) -> list[Recorded]:
    """Record the contacts; one step of undo."""
    with unit(book, "log", now) as made:
        saved = [_save_contact(made, contact.entries) for contact in contacts]
        accounts = [entry.account for contact in contacts for entry in contact.entries]
        persons = refresh(made, accounts, now)
        made.text = summary("log", [persons[account] for account in accounts], contacts[0].entries[0])
    older = doubt(book.connection)
    results = [
        recorded(persons, contact.entries, ids, now) for contact, ids in zip(contacts, saved, strict=True)
    ]
    if any(contact.entries[0].channel == "visit" for contact in contacts):
        results = [_with_safety(book, persons, result) for result in results]
    if older:  # what took place is recorded all the same
        note = _("judged by the rules as they were before: {error}").format(error=older)
        results[0] = results[0]._replace(doubts=(*results[0].doubts, note))
    return results


def _with_safety(book: Book, persons: Mapping[int, Target], result: Recorded) -> Recorded:
    """What stands about a person who was visited, the note of this visit included."""
    from collectctl.store.deskfacts import safety_notes

    notes = safety_notes(book.connection, [persons[result.account_id].person.id])
    return result._replace(safety=tuple(note.text for note in notes))


def _entry(book: Book, found: Target, line: Line, how: How, now: datetime) -> NewEntry:
    entry = record(found.person, found.account, read_for(book, found.account, line, now), how)
    return with_form(entry, found.account)


def with_form(entry: NewEntry, account: AccountFile) -> NewEntry:
    """A number that was given in the contact, with its normal form and zones."""
    if not entry.new_phone:
        return entry
    from collectctl.usecases.phones import form_of

    return entry._replace(new_phone_form=form_of(account, entry.new_phone))


def read_for(
    book: Book, account: AccountFile, line: Line, now: datetime, before: LogLine | None = None
) -> LogLine:
    """`line` as it is meant for `account`; `before` is the line that it corrects."""
    money = Money(account.statement.currency, stated_sums(account, now.date()))
    order = get_setting(book.connection, "dates") or ""
    return read_line(
        line.words, money, now, amount=line.amount, by=line.by, next_=line.next, order=order, before=before
    )


def _also_entry(book: Book, other: Also, line: Line, how: How, now: datetime) -> NewEntry:
    """The entry on another debt of the same call: its own outcome, else that of the call without its sums."""
    found = target(book, other.account_id)
    words = other.words or (_without_sums(line.words[0]),)
    own = How(
        at=how.at,
        channel=how.channel,
        inbound=how.inbound,
        to=how.to,
        who=how.who,
        raised_by=other.raised_by,
        collectors=how.collectors,
        purpose=how.purpose,
        override=how.override,
    )
    return _entry(book, found, Line(words), own, now)


def _without_sums(outcome: str) -> str:
    """What another debt of the call gets: an outcome that needs a sum or a time of its own becomes a talk."""
    found = match(outcome)
    return "negotiating" if found.step in ("promise", "callback", "hold") and found.talk else found.code


def _save_contact(made: Unit, entries: Sequence[NewEntry]) -> list[int]:
    """Append the entries of one contact; returns the ids of their activities."""
    contact = made.facts.next_id("activity")
    return [append_entry(made, entry, contact) for entry in entries]


def refresh(made: Unit, accounts: Sequence[int], now: datetime) -> dict[int, Target]:
    """Bring the worklist up to what was just appended; returns the accounts as they stand now."""
    ids = sorted({person_of(made.connection, account) for account in accounts})
    persons = list(load_persons(made.connection, ids))
    worklist.replace(made.connection, persons, now.date(), zone_of(now))
    return {a.id: Target(person, a) for person in persons for a in person.accounts}


def summary(command: str, targets: Sequence[Target], entry: NewEntry) -> str:
    """What the journal says: account and outcome, never a name."""
    text = ", ".join(found.account.number for found in targets[:3])
    if len(targets) > 3:
        text += _(" and {count} more").format(count=len(targets) - 3)
    return f"{command} {text}: {entry.outcome.code}"


def recorded(
    targets: Mapping[int, Target],
    entries: Sequence[NewEntry],
    ids: Sequence[int],
    now: datetime,
    amends: int | None = None,
) -> Recorded:
    """What the first of `entries` has become."""
    entry = entries[0]
    found = targets[entry.account]
    states = states_of(found.account, now.date())
    new = {s.promise.id for s in states if s.promise.activity == ids[0]}
    doubts = [*entry.doubts, *(replaced(found.account, new, now.date()) if new else ())]
    doubts += paid_before(states, new)
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
        breaches=tuple(b for e in entries for b in e.breaches),
        overridden=tuple(b for e in entries for b in e.overridden),
        said=_said(entry),
        also=tuple(targets[other.account].account.number for other in entries[1:]),
        amends=amends,
    )


def _said(entry: NewEntry) -> tuple[str, ...]:
    """What the contact rules take from it, in words."""
    said = []
    if entry.unwanted:
        said.append(_("no more {channel}: they asked for it").format(channel=entry.unwanted))
    if entry.consent_on:
        said.append(_("consent to calls on {day}").format(day=entry.consent_on))
    return tuple(said)


def next_step(found: Target, now: datetime) -> NextStep:
    """The next step of an account as the worklist has it, never before the first permitted instant."""
    entries = person_entries(found.person, now.date(), zone_of(now))
    entry = next(e for e in entries if e.row.account == found.account.id)
    reason = entry.task.reason if entry.task else entry.row.state
    if entry.task is None and entry.row.state == HOLD:
        account = next(a for a in with_holds_of_person(found.person) if a.id == found.account.id)
        kinds = dict.fromkeys(h.kind for h in standing_holds(account, now.date()))
        reason = _("on hold: {kinds}").format(kinds=", ".join(kinds))
    step = NextStep(entry.row.due_on, entry.row.due_at, CLASSES[entry.row.cls], reason, entry.row.state)
    return _permitted(step, entry, found, now)


def _cause(verdict: Verdict) -> str:
    """Why a contact is not open yet; the clock of a moment to come says nothing to who reads it now."""
    first = max(verdict.blocking, key=lambda r: r.until.timestamp() if r.until else 0)
    return _("out of hours there") if first.cause == "hours" else first.text


def _permitted(step: NextStep, entry: Entry, found: Target, now: datetime) -> NextStep:
    """`step` moved to the first instant that the contact rules leave open, where they close its own."""
    task = entry.task
    if task is None or task.task == DESK or step.state not in (DUE, FUTURE) or step.on is None:
        return step
    start = step.at or max(now, datetime.combine(step.on, time(), zone_of(now)))
    called = entry.dial.phone.digits if entry.dial.phone else ""
    number = entry.outlook.to if task.channel else called
    asked = Asked(start.astimezone(now.tzinfo), task.channel or "call", number)
    verdict = judge(found.person, found.account, asked)
    first = verdict.next_at
    if first is None and verdict.blocked:
        return step._replace(
            reason=_("{reason} · not allowed as things stand: {why}").format(
                reason=step.reason, why=verdict.blocking[0].text
            )
        )
    if first is None or (step.at is None and step.on > now.date() and first.date() == step.on):
        return step
    reason = _("{reason} · not before {when}: {why}").format(
        reason=step.reason, when=f"{first:%m-%d %H:%M}", why=_cause(verdict)
    )
    return step._replace(on=first.date(), at=first, reason=reason)
