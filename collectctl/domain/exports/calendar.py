"""The collector's own calendar: call-backs, promises that fall due, and other steps that have a day.

No identity number is ever in it; names and numbers are as on the collector's screen.
"""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from collectctl.domain import sheets
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import with_code
from collectctl.domain.numbers import Dialling, dialling
from collectctl.domain.owing import balance_of
from collectctl.domain.promises import states_of
from collectctl.domain.records import Record
from collectctl.domain.sheets import Veil, column
from collectctl.domain.tasks import CONTACT, DESK, LETTER, MESSAGE, Task, tasks
from collectctl.domain.words import _

# what nobody agreed on and no law sets a day for: the worklist brings it back by itself
_UNDATED = ("new", "untouched", "ending", "promise-due")
_WORDS = {CONTACT: _("call"), MESSAGE: _("write to"), LETTER: _("letter to"), DESK: _("desk")}
_NAME, _NUMBER = column("name", about=sheets.DEBTOR), column("account", about=sheets.ACCOUNT)
_PHONE, _TEXT = column("phone", about=sheets.PHONE), column("text", about=sheets.FREE)


class Event(Record):
    """`key` tells it from every other of the book and holds nothing about anybody; a day is all of it."""

    key: str
    start: date | datetime
    summary: str
    description: str


def events(
    person: PersonFile, account: AccountFile, today: date, zone: tzinfo, veil: Veil
) -> Iterator[Event]:
    """The events of one open account, in no order."""
    dial = dialling(person, today, zone)
    whom = f"{veil(_NAME, account.debtor) or _('nobody named')} · {veil(_NUMBER, account.number)}"
    about = _about(account, dial, veil)
    for state in states_of(account, today):
        promise = state.promise
        if state.state != "open":
            continue
        amount = with_code(promise.amount, promise.currency)
        start = promise.due_at.astimezone(zone) if promise.due_at else promise.due_on
        summary = _("promised {amount}: {whom}").format(amount=amount, whom=whom)
        yield Event(f"promise-{promise.id}", start, summary, about)
    steps = [task for task in tasks(account, dial, today, zone) if task.cls not in _UNDATED]
    for at, task in enumerate(steps):
        nth = sum(before.cls == task.cls for before in steps[:at])  # several desk tasks may be of one class
        yield _step(account, task, nth, whom, about, veil)


def _step(account: AccountFile, task: Task, nth: int, whom: str, about: str, veil: Veil) -> Event:
    if task.cls == "callback":
        summary = _("call back: {whom}").format(whom=whom)
    else:
        summary = _("{what}: {whom}").format(what=_(_WORDS.get(task.task, task.task)), whom=whom)
    reason = str(veil(_TEXT, mask_long_numbers(task.reason)))
    return Event(f"{task.cls}-{account.id}-{nth}", task.at or task.on, summary, f"{reason}\n{about}")


def _about(account: AccountFile, dial: Dialling, veil: Veil) -> str:
    lines = [f"{account.client} · {with_code(balance_of(account), account.statement.currency)}"]
    return "\n".join([*lines, str(veil(_PHONE, dial.phone.value))] if dial.phone else lines)
