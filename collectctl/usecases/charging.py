"""How charges accrue on an account, charges by hand, and what would settle it on a day."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.amounts import read_amount
from collectctl.domain.components import COMPONENTS
from collectctl.domain.conditions import Stated, in_words, new_terms
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.ledger import differences
from collectctl.domain.money import plain, shown, with_code
from collectctl.domain.moneyfacts import Charge, Terms
from collectctl.domain.owing import balance_of, difference, opening
from collectctl.domain.quoting import Quote
from collectctl.domain.quoting import quote as quote_of
from collectctl.domain.records import Record
from collectctl.domain.results.money import TermsResult
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.charges import append_charge, append_terms
from collectctl.store.imports import debtors_of_client
from collectctl.store.journal import Unit
from collectctl.store.persons import load_persons
from collectctl.store.settings import has_client
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import each
from collectctl.usecases.payments import Orders
from collectctl.usecases.policies import NoSuchClient


class BeforeLedger(BadUsage):
    def __init__(self, number: str, begins: date) -> None:
        super().__init__(
            _("the ledger of {number} begins with the client's statement of {day}").format(
                number=number, day=named_day(begins)
            ),
            f"--on {begins}",
        )


class UnknownComponent(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("a debt has no component {typed!r}; there are {names}").format(
                typed=typed, names=", ".join(COMPONENTS)
            ),
            "collectctl charge ACCOUNT costs 50",
        )


class ChargedAhead(BadUsage):
    def __init__(self, on: date) -> None:
        super().__init__(
            _("a charge can't be of a day to come: {day}").format(day=named_day(on)), "--on today"
        )


class NothingDiffers(Refused):
    def __init__(self, number: str) -> None:
        super().__init__(
            _("the client's newest statement and the ledger of {number} are the same").format(number=number),
            f"collectctl quote {number}",
        )


class NoneDiffers(Refused):
    def __init__(self, client: str) -> None:
        super().__init__(
            _("no statement of {client} differs from the ledger").format(client=client), "collectctl list"
        )


class Told(Record):
    """Terms as they were typed, with their floor as it was typed and the day from which they hold."""

    stated: Stated
    floor: str = ""
    from_on: date | None = None

    @property
    def nothing(self) -> bool:
        return not any(self.stated) and not self.floor and self.from_on is None


def set_terms(book: Book, account_id: int, told: Told, now: datetime) -> Said:
    """Set how charges accrue from a day on; until then the terms before hold. Nothing is assumed.

    Raises `NoConvention`, `NoTerms` and the errors of rates and orders (2).
    """
    from_on = told.from_on or now.date()

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        floor = read_amount(told.floor, currency, {}) if told.floor else 0
        new = new_terms(account, told.stated._replace(penalty_floor=floor), from_on)
        number = append_terms(made, new)
        text = _("terms from {day}: {words}").format(day=named_day(from_on), words=in_words(new, currency))
        return Done(text, None, {"terms": number, "from": from_on}, _charged_before(account, new))

    return each(book, "terms", [account_id], now, write)


def _charged_before(account: AccountFile, new: Terms) -> tuple[str, ...]:
    """What the client has charged until its statement may be in that already."""
    stated_on = opening(account).stated_on
    if new.from_on >= stated_on or not new.rate:
        return ()
    text = _("the client's statement is of {day}: is the interest from {start} not in it already?")
    return (text.format(day=stated_on, start=new.from_on),)


def terms_of(book: Book, account_id: int) -> TermsResult:
    return TermsResult(target(book, account_id).account)


def charge(
    book: Book, account_id: int, component: str, amount: str, on: date, said: str, now: datetime
) -> Said:  # fmt: skip
    """Add a charge to a component.

    Raises `UnknownComponent`, `ChargedAhead` and the errors of amounts (2).
    """
    if component not in COMPONENTS:
        raise UnknownComponent(component)
    if on > now.date():
        raise ChargedAhead(on)

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        minor = read_amount(amount, currency, {})
        after = _with(made, account, [(component, minor)], on, said)
        what = _("{component} of {amount} charged on {day}").format(
            component=_(component), amount=with_code(minor, currency), day=named_day(on)
        )
        balance = balance_of(after)
        data = {
            "component": component, "amount": plain(minor, currency), "currency": currency, "on": on,
            "balance": plain(balance, currency),
        }  # fmt: skip
        return Done(
            _("{what} · owes {balance}").format(what=what, balance=shown(balance, currency)), what, data
        )

    return each(book, "charge", [account_id], now, write)


def adopt(book: Book, account_ids: Sequence[int], now: datetime) -> Said:
    """Take the client's newest statement as it is: what differs is booked by component, as of its day.

    Raises `NothingDiffers` (1).
    """

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        missing = difference(account)
        if not missing:
            raise NothingDiffers(account.number)
        booked = differences(account)
        day = account.statement.stated_on
        text = _("as the client states on {day}").format(day=day)
        after = _with(made, account, [(n, amount) for n, amount in booked.items() if amount], day, text)
        balance = balance_of(after)
        what = _("taken over from the client's statement of {day}: {difference} · owes {balance}").format(
            day=named_day(day), difference=shown(missing, currency), balance=shown(balance, currency)
        )
        return Done(what, text, {"balance": plain(balance, currency), "currency": currency})

    return each(book, "charge", account_ids, now, write)


def differing(book: Book, client: str) -> list[int]:
    """The open accounts of a client whose newest statement is not what the ledger had.

    Raises `NoSuchClient` (3), `NoneDiffers` (1).
    """
    if not has_client(book.connection, client):
        raise NoSuchClient(client)
    found = [
        account.id
        for person in load_persons(book.connection, debtors_of_client(book.connection, client))
        for account in person.accounts
        if account.client == client and account.open and difference(account)
    ]
    if not found:
        raise NoneDiffers(client)
    return found


def _with(
    made: Unit, account: AccountFile, booked: Sequence[tuple[str, int]], on: date, text: str
) -> AccountFile:
    """Append charges; returns the account with them."""
    currency = account.statement.currency
    new = tuple(
        Charge(append_charge(made, account, on, name, amount, text), account.id, made.id, on, name, amount,
               currency, text)
        for name, amount in booked
    )  # fmt: skip
    return account._replace(charges=(*account.charges, *new))


def quote(book: Book, account_id: int, on: date) -> Quote:
    """What would settle the account on that day. Raises `BeforeLedger` (2)."""
    account = target(book, account_id).account
    if on < opening(account).stated_on:
        raise BeforeLedger(account.number, opening(account).stated_on)
    return quote_of(account, on, Orders(book.connection).of(account, on))
