"""What is typed for an account or a day, turned into what use cases take."""

import sys
from collections.abc import Sequence
from datetime import date, datetime

from collectctl.cli.session import Session
from collectctl.cli.terminal import Shown
from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.when import fold, read_date, read_when
from collectctl.domain.words import _
from collectctl.usecases.accounts import resolve
from collectctl.usecases.opening import date_order


class NoAccounts(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("no account came from standard input"), _("one account number a line"))


class BadChoice(BadUsage):
    def __init__(self, option: str, value: str, choices: Sequence[str]) -> None:
        super().__init__(
            _("{option} {value!r} is none of {choices}").format(
                option=option, value=value, choices=", ".join(choices)
            )
        )


class TimeNeeded(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("{typed!r} names a day; a time is needed").format(typed=typed), "'fri 15:30'")


def account(session: Session, typed: str) -> int:
    """The account that ACCOUNT means: `@`, `.` and `@3` are what this terminal was shown."""
    reference = fold(typed).strip()
    if reference[:1] in ("@", ".") and (reference[1:].isdigit() or len(reference) == 1):
        shown = Shown(session.book.path)
        if len(reference) == 1:
            return shown.last(reference)
        return shown.row(reference, session.now.date())
    return resolve(session.book, typed)


def accounts(session: Session, typed: str) -> list[int]:
    """The same for commands that take `-`: the accounts of standard input, one a line.

    What `list` and `find` print in a pipe is read too: the first column, without the header.
    """
    if typed != "-":
        return [account(session, typed)]
    lines = [line.partition("\t")[0].strip() for line in sys.stdin.read().splitlines()]
    lines = lines[1:] if lines[:1] == ["account"] else lines
    found = list(dict.fromkeys(account(session, line) for line in lines if line))
    if not found:
        raise NoAccounts
    return found


def last_touched(session: Session) -> int | None:
    """The account that this terminal worked on last, None where it has not yet."""
    try:
        return Shown(session.book.path).last("@")
    except NotFound:
        return None


def touched(session: Session, account_ids: Sequence[int]) -> None:
    """Remember what `@` means next in this terminal."""
    if account_ids:
        Shown(session.book.path).touched(account_ids[-1])


def choice(option: str, value: str, choices: Sequence[str]) -> None:
    """Refuse a value of an option that is none of `choices`; "" is one left out."""
    if value and value not in choices:
        raise BadChoice(option, value, choices)


def moment(session: Session, typed: str) -> datetime:
    """A moment to come or past; a bare day is refused."""
    value = read_when(typed, session.now, order=date_order(session.book))
    if not isinstance(value, datetime):
        raise TimeNeeded(typed)
    return value


def day(session: Session, typed: str, *, back: bool = False) -> date:
    return read_date(typed, session.now, back=back, order=date_order(session.book))


def instant(session: Session, typed: str) -> datetime:
    """A moment that is past: a bare day is refused, a time of today is not."""
    value = read_when(typed, session.now, back=True, order=date_order(session.book))
    if not isinstance(value, datetime):
        raise TimeNeeded(typed)
    return value
