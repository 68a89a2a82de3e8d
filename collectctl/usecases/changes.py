"""The small changes of one account: notes, tags, closing, opening again, extending."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.logline import Money, read_line
from collectctl.domain.recording import How, record
from collectctl.domain.results.recorded import Changed
from collectctl.domain.results.said import Done, Said
from collectctl.domain.when import zone_of
from collectctl.domain.wording import doubts
from collectctl.domain.words import _
from collectctl.store import worklist
from collectctl.store.book import Book
from collectctl.store.entries import append_closing, append_entry, append_event
from collectctl.store.journal import Unit, unit
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.log import next_step

REASONS = ("recalled", "paid", "settled", "returned", "uncollectable")


class NoSuchReason(BadUsage):
    def __init__(self, reason: str) -> None:
        super().__init__(
            _("an account isn't closed as {reason!r}").format(reason=reason), f"--as {'|'.join(REASONS)}"
        )


class ClosedAhead(BadUsage):
    def __init__(self, on: date) -> None:
        super().__init__(_("an account can't be closed on a day to come: {day}").format(day=on), "--on today")


class NotOpen(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(_("{number} is closed already").format(number=number), f"collectctl reopen {number}")


class NotClosed(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(_("{number} is open").format(number=number), f"collectctl show {number}")


class EndsBefore(BadUsage):
    def __init__(self, until: date, now: date) -> None:
        super().__init__(_("the placement can't end on {until}, before today").format(until=until, now=now))


class NothingSaid(BadUsage):
    def __init__(self, what: str) -> None:
        super().__init__(what, _("collectctl note ACCOUNT TEXT, collectctl tag ACCOUNT +x"))


def note(book: Book, account_ids: Sequence[int], text: str, now: datetime) -> Said:
    """Write a note; the next step stays as it was."""
    if not text.strip():
        raise NothingSaid(_("the note is empty"))

    def write(made: Unit, found: Target) -> Done:
        line = read_line(["note"], Money(found.account.statement.currency, {}), now)._replace(text=text)
        entry = record(found.person, found.account, line, How(now))
        append_entry(made, entry, made.facts.next_id("activity"))
        return Done(_("noted"), brief="", warnings=doubts(text))

    return each(book, "note", account_ids, now, write)


def tag(book: Book, account_ids: Sequence[int], words: Sequence[str], now: datetime) -> Said:
    """`+x` puts a tag on, `-y` takes it off; a bare word is put on."""
    changes = [(word.lstrip("+-＋－"), not word.startswith(("-", "－"))) for word in words]
    if not changes or not all(name for name, _present in changes):
        raise NothingSaid(_("no tag was named"))

    def write(made: Unit, found: Target) -> str:
        for name, present in changes:
            if present != (name in found.account.tags):
                made.facts.add("tag", account=found.account.id, activity=None, tag=name, present=int(present))
        return " ".join(("+" if present else "-") + name for name, present in changes)

    return each(book, "tag", account_ids, now, write)


def close(book: Book, account_ids: Sequence[int], reason: str, on: date, now: datetime) -> Said:
    """Close accounts. Raises `NoSuchReason` (2), `NotOpen` (1)."""
    if reason not in REASONS:
        raise NoSuchReason(reason)
    if on > now.date():
        raise ClosedAhead(on)

    def write(made: Unit, found: Target) -> str:
        if not found.account.open:
            raise NotOpen(found.account.number)
        append_closing(made, found.account.id, reason, on.isoformat(), "")
        return _("closed as {reason} on {day}").format(reason=reason, day=on)

    return each(book, "close", account_ids, now, write)


def reopen(book: Book, account_ids: Sequence[int], now: datetime) -> Said:
    """Open closed accounts again. Raises `NotClosed` (1)."""

    def write(made: Unit, found: Target) -> str:
        if found.account.open:
            raise NotClosed(found.account.number)
        append_event(made, found.account.id, "reopened", now.date(), "")
        return _("opened again")

    return each(book, "reopen", account_ids, now, write)


def extend(book: Book, account_ids: Sequence[int], until: date, reference: str, now: datetime) -> Said:
    """Move the end of the placement; its last day is still inside. Raises `EndsBefore` (2)."""
    if until < now.date():
        raise EndsBefore(until, now.date())

    def write(made: Unit, found: Target) -> str:
        append_event(made, found.account.id, "extended", until, reference)
        return _("placement extended to {day}").format(day=until)

    return each(book, "extend", account_ids, now, write)


def each(
    book: Book, command: str, account_ids: Sequence[int], now: datetime,
    write: Callable[[Unit, Target], str | Done],
) -> Said:  # fmt: skip
    """Do `write` for every account in one step, then say what each has become."""
    said: list[Done] = []
    with unit(book, command, now) as made:
        persons, numbers = set(), []
        for account_id in account_ids:
            found = target(book, account_id)
            done = write(made, found)
            said.append(done if isinstance(done, Done) else Done(done))
            persons.add(found.person.id)
            numbers.append(found.account.number)
        step = made.facts.count > 0
        if step:
            worklist.refresh(made.connection, sorted(persons), now.date(), zone_of(now))
            made.text = _summary(command, numbers, said[0])
    changes = [_changed(book, account, done, now) for account, done in zip(account_ids, said, strict=True)]
    return Said(tuple(changes), tuple(done.data for done in said), step)


def _summary(command: str, numbers: Sequence[str], first: Done) -> str:
    """What the journal says: accounts and what changed in general words, never a name or a number to dial."""
    more = _(" and {count} more").format(count=len(numbers) - 3) if len(numbers) > 3 else ""
    brief = first.text if first.brief is None else first.brief
    return f"{command} {', '.join(numbers[:3])}{more}" + (f": {brief}" if brief else "")


def _changed(book: Book, account_id: int, done: Done, now: datetime) -> Changed:
    found = target(book, account_id)
    step = next_step(found, now) if found.account.open else None
    return Changed(
        found.account.number, account_id, found.account.debtor, done.text, step, done.warnings, done.more
    )
