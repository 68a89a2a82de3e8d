"""How charges accrue on an account, charges by hand, and what would settle it on a day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from collectctl.domain.amounts import read_amount
from collectctl.domain.components import COMPONENTS, stated
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.ledger import terms_on, with_charges
from collectctl.domain.money import plain, shown
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.orders import order_called
from collectctl.domain.owing import at_statement, balance_of, difference, opening
from collectctl.domain.quoting import Quote
from collectctl.domain.quoting import quote as quote_of
from collectctl.domain.rates import NoConvention, read_convention, read_rate, read_share
from collectctl.domain.recording import stated_sums
from collectctl.domain.results.money import TermsResult
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.journal import Unit, persons_under
from collectctl.store.persons import load_persons
from collectctl.store.settings import of_client
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import each
from collectctl.usecases.payments import order_of
from collectctl.usecases.policies import NoSuchClient

NONE = "none"


class NoTerms(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a floor goes with a penalty (--penalty), a cap and compounding with a rate (--rate)"),
            "collectctl terms ACCOUNT --rate 24%/year --basis 365 --last-day not --payment-day new",
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


class Stated(NamedTuple):
    """Terms as they were typed; "" and None where nothing was said."""

    rate: str = ""
    basis: str = ""
    last_day: str = ""
    payment_day: str = ""
    compound: str = ""
    penalty: str = ""
    penalty_floor: str = ""
    cap: str = ""
    order: str = ""
    from_on: date | None = None

    @property
    def nothing(self) -> bool:
        return not any(self)


def set_terms(book: Book, account_id: int, told: Stated, now: datetime) -> Said:
    """Set how charges accrue from a day on; until then the terms before hold. Nothing is assumed.

    What is not said stays as the terms of that day have it; `none` ends it.
    Raises `NoConvention`, `NoTerms` and the errors of rates and orders (2).
    """
    from_on = told.from_on or now.date()

    def write(made: Unit, found: Target) -> Done:
        currency = found.account.statement.currency
        whole = _whole(told, terms_on(found.account, from_on), currency)
        words = _checked(whole)
        floor = read_amount(whole.penalty_floor, currency, {}) if whole.penalty_floor else 0
        number = made.facts.add(
            "terms", account=found.account.id, from_on=from_on.isoformat(), rate=whole.rate,
            basis=whole.basis, last_day=whole.last_day, payment_day=whole.payment_day,
            compound=whole.compound or "none", penalty=whole.penalty, penalty_floor=floor, cap=whole.cap,
            allocation=whole.order,
        )  # fmt: skip
        text = _("terms from {day}: {words}").format(day=named_day(from_on), words="; ".join(words) or "-")
        return Done(text, None, {"terms": number, "from": from_on}, _charged_before(found.account, from_on))

    return each(book, "terms", [account_id], now, write)


def _whole(told: Stated, before: Terms | None, currency: str) -> Stated:
    """`told` with what it leaves out as it was before; `none` takes something away."""
    known = Stated()
    if before:
        floor = plain(before.penalty_floor, currency) if before.penalty_floor else ""
        known = Stated(
            before.rate, before.basis, before.last_day, before.payment_day, before.compound, before.penalty,
            floor, before.cap, before.order,
        )  # fmt: skip
    if told.rate == NONE:  # what is about it goes with it
        known = known._replace(basis="", last_day="", payment_day="", compound="", cap="")
    if told.penalty == NONE:
        known = known._replace(penalty_floor="")
    values = [new or old for new, old in zip(told[:-1], known[:-1], strict=True)]
    return Stated._make((*("" if value == NONE else value for value in values), told.from_on))


def _charged_before(account: AccountFile, from_on: date) -> tuple[str, ...]:
    """What the client has charged until its statement may be in that already."""
    stated_on = opening(account).stated_on
    if from_on >= stated_on:
        return ()
    text = _("the client's statement is of {day}: is the interest from {start} not in it already?")
    return (text.format(day=stated_on, start=from_on),)


def _checked(told: Stated) -> list[str]:
    """The terms in words. Raises `NoConvention`, `NoTerms` and the errors of rates and orders (2)."""
    words = []
    if told.rate:
        convention = read_convention(told.rate, told.basis, told.last_day, told.payment_day)
        words.append(convention.in_words())
        if told.compound == "month":
            words.append(_("compounded monthly"))
    elif told.basis or told.last_day or told.payment_day:
        raise NoConvention(["--rate"])
    if (told.penalty_floor and not told.penalty) or (
        (told.cap or told.compound == "month") and not told.rate
    ):
        raise NoTerms
    if told.penalty:
        read_share(told.penalty)
        words.append(_("penalty {rate} of what is unpaid of the minimum").format(rate=told.penalty))
    if told.cap:
        read_rate(told.cap)
        words.append(_("all charges together at most {cap}").format(cap=told.cap))
    if told.order:
        order_called(told.order, 0)
        words.append(_("payments in the order {order}").format(order=told.order))
    return words


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
        minor = read_amount(amount, currency, stated_sums(account, on))
        _add(made, account, on, component, minor, said)
        what = _("{component} of {amount} charged on {day}").format(
            component=_(component), amount=f"{shown(minor, currency)} {currency}", day=named_day(on)
        )
        balance = balance_of(account) + minor
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
        before = with_charges(at_statement(account), account.statement.stated_on)
        known, (wanted, _rest) = before.owed, stated(account.statement)
        booked = {name: wanted[name] - known[name] for name in COMPONENTS}
        booked["principal"] += missing - sum(booked.values())  # where one of the two has a credit
        day = account.statement.stated_on
        text = _("as the client states on {day}").format(day=day)
        for name, amount in booked.items():
            if amount:
                _add(made, account, day, name, amount, text)
        balance = balance_of(account) + missing
        what = _("taken over from the client's statement of {day}: {difference} · owes {balance}").format(
            day=named_day(day), difference=shown(missing, currency), balance=shown(balance, currency)
        )
        return Done(what, None, {"balance": plain(balance, currency), "currency": currency})

    return each(book, "charge", account_ids, now, write)


def differing(book: Book, client: str) -> list[int]:
    """The open accounts of a client whose newest statement is not what the ledger had.

    Raises `NoSuchClient` (3), `NoneDiffers` (1).
    """
    known = book.connection.execute("select 1 from client where name = ?", (client,)).fetchone()
    if known is None:
        raise NoSuchClient(client)
    found = [
        account.id
        for person in load_persons(book.connection, persons_under(book.connection, of_client("", client)))
        for account in person.accounts
        if account.client == client and account.open and difference(account)
    ]
    if not found:
        raise NoneDiffers(client)
    return found


def _add(made: Unit, account: AccountFile, on: date, component: str, amount: int, text: str) -> None:
    made.facts.add(
        "charge", account=account.id, on_day=on.isoformat(), component=component, amount=amount,
        currency=account.statement.currency, text=text,
    )  # fmt: skip


def quote(book: Book, account_id: int, on: date) -> Quote:
    """What would settle the account on that day."""
    account = target(book, account_id).account
    return quote_of(account, on, order_of(book, account, on))
