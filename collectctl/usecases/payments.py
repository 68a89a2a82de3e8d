"""Payments: recording what came in or is said to have, confirming a claim, taking back what bounced."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from collectctl.domain.amounts import read_amount
from collectctl.domain.components import COMPONENTS
from collectctl.domain.errors import BadUsage, Refused
from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.hours import named_day
from collectctl.domain.money import plain, shown, with_code
from collectctl.domain.orders import BEFORE, Order, order_for
from collectctl.domain.owing import balance_of, in_words
from collectctl.domain.receipts import (
    NoSuchPayment,
    SeveralPayments,
    open_claims,
    paid_already,
    payment_called,
)
from collectctl.domain.receiving import (
    Received,
    ReferenceTaken,
    Spread,
    booked_before,
    check_day,
    check_reference,
    let_off,
    odd_payment,
    receive,
    recorded_as,
    reopens,
    served,
    spread,
)
from collectctl.domain.recording import stated_sums
from collectctl.domain.records import Record
from collectctl.domain.results.money import PaymentList
from collectctl.domain.results.said import Done, Said
from collectctl.domain.settlements import STANDING, current_settlement
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.entries import append_event
from collectctl.store.journal import Unit
from collectctl.store.payments import append_payment, append_reversal, close_settled
from collectctl.store.settings import setting_for
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import each


class ReversedAlready(Refused):
    def __init__(self, payment: Payment, on: date) -> None:
        super().__init__(
            _("payment #{number} was reversed already on {day}").format(number=payment.id, day=named_day(on))
        )


class ConfirmedAlready(Refused):
    def __init__(self, payment: Payment) -> None:
        super().__init__(
            _("that is money already: payment #{number} of {day}").format(
                number=payment.id, day=named_day(payment.on)
            )
        )


class SameMoney(Refused):
    def __init__(self, number: str, claim: Payment, payment: Payment) -> None:
        super().__init__(
            _("a payment of the same sum is on record for {day}: is it what was claimed?").format(
                day=named_day(payment.on)
            ),
            _("yes: collectctl payment reverse {n} '#{claim}', no: collectctl pay {n} {sum}").format(
                n=number, claim=claim.id, sum=plain(claim.amount, claim.currency)
            ),
        )


class ReversedFirst(BadUsage):
    def __init__(self, on: date, paid: date) -> None:
        super().__init__(
            _("it can't have gone back on {day}: it came on {paid}, and today is the last day").format(
                day=named_day(on), paid=named_day(paid)
            ),
            "--on DATE",
        )


class Told(Record):
    """A payment as it was typed; "" where nothing was said."""

    amount: str
    on: date
    claimed: bool = False
    method: str = ""
    reference: str = ""
    payer: str = ""
    order: str = ""


def pay(book: Book, account_id: int, told: Told, now: datetime) -> Said:
    """Record a payment, confirmed or only claimed. One with a reference that is on record adds nothing.

    Raises the errors of amounts, days and orders (2), `ReferenceTaken` (1).
    """
    return each(book, "pay", [account_id], now, lambda made, found: take(made, found, told, now.date()))


def take(made: Unit, found: Target, told: Told, today: date) -> Done:
    """Record a payment inside the step of a command; `payment` of its data is None where it adds nothing."""
    account = found.account
    amount = read_amount(told.amount, account.statement.currency, stated_sums(account, told.on))
    check_day(account, told.on, today)
    check_reference(told.reference)
    known = None if told.claimed else recorded_as(account, told.reference)
    if known:
        if (known.amount, known.on) != (amount, told.on):
            raise ReferenceTaken(told.reference, known)
        text = _("payment {reference} is on record already").format(reference=told.reference)
        return Done(text, "", {"payment": None})
    order = None if told.claimed else Orders(made.connection).of(account, told.on, told.order)
    payment = Payment(
        made.facts.next_id("payment"), account.id, None, told.on, amount, account.statement.currency,
        not told.claimed, told.payer, told.method, told.reference, order.stored if order else "",
        None, made.id,
    )  # fmt: skip
    return _record(made, found, payment, order, today)


def confirm(book: Book, account_id: int, typed: str, on: date | None, now: datetime) -> Said:
    """The client confirms a claim: the money came on the day that was claimed, or on `on`.

    Raises `NoSuchPayment` (3), `SeveralPayments` (2).
    """

    def write(made: Unit, found: Target) -> Done:
        account = found.account
        claim = _claim(account, typed)
        same = paid_already(account.payments, claim)
        if same:
            raise SameMoney(account.number, claim, same)
        day = on or claim.on
        check_day(account, day, now.date())
        order = Orders(book.connection).of(account, day)
        payment = claim._replace(
            id=made.facts.next_id("payment"), activity=None, on=day, confirmed=True, order=order.stored,
            confirms=claim.id, operation=made.id,
        )  # fmt: skip
        return _record(made, found, payment, order, now.date())

    return each(book, "payment confirm", [account_id], now, write)


def _claim(account: AccountFile, typed: str) -> Payment:
    claims = open_claims(account.payments)
    if typed:
        known = payment_called(account.payments, typed, account.number)
        if known.confirmed:
            raise ConfirmedAlready(known)
        return payment_called(claims, typed, account.number)
    if not claims:
        raise NoSuchPayment(account.number, "")
    if len(claims) > 1:
        raise SeveralPayments(account.number, claims)
    return claims[0]


def reverse(book: Book, account_id: int, typed: str, text: str, on: date | None, now: datetime) -> Said:
    """Take back a payment that bounced, or a claim that was none. What it kept or settled stands no more.

    Raises `NoSuchPayment` (3), `SeveralPayments`, `ReversedFirst` (2), `ReversedAlready` (1).
    """
    today = now.date()

    def write(made: Unit, found: Target) -> Done:
        account, day = found.account, on or today
        payment = payment_called(account.payments, typed, account.number)
        if payment.reversed_on:
            raise ReversedAlready(payment, payment.reversed_on)
        if not payment.on <= day <= today:
            raise ReversedFirst(day, payment.on)
        append_reversal(made, payment, day, text)
        kept = tuple(p._replace(reversed_on=day) if p.id == payment.id else p for p in account.payments)
        after = account._replace(payments=kept)
        more = []
        if reopens(account, after, today):
            append_event(made, account.id, "reopened", today, "")
            more.append(_("it is owed on again: the account is open"))
        what = _("reversed: {amount} of {day}").format(
            amount=_sum(payment), day=named_day(payment.on)
        )  # fmt: skip
        data = {
            "payment": payment.id, "amount": plain(payment.amount, payment.currency),
            "currency": payment.currency, "on": payment.on, "state": "reversed", "reversed_on": day,
            "balance": plain(balance_of(after), payment.currency),
        }  # fmt: skip
        return Done(
            f"{what} · {_owes(after)}", _("reversed #{id}").format(id=payment.id), data, (), tuple(more)
        )

    return each(book, "payment reverse", [account_id], now, write)


def payments_of(book: Book, account_id: int | None) -> PaymentList:
    """The payments and claims of an account, or of the whole book, newest day first."""
    from collectctl.store.activities import debtors_with
    from collectctl.store.persons import load_persons

    if account_id is not None:
        accounts: Sequence[AccountFile] = [target(book, account_id).account]
    else:
        persons = load_persons(book.connection, debtors_with(book.connection, "payment"))
        accounts = [account for person in persons for account in person.accounts]
    found = [(account, payment) for account in accounts for payment in account.payments]
    return PaymentList(tuple(sorted(found, key=lambda f: (f[1].on, f[1].id), reverse=True)))


class Orders:
    """In which order payments serve what is owed; the settings of each client are read once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._setting = cache(lambda name, client: setting_for(connection, name, client))

    def of(self, account: AccountFile, on: date, typed: str = "") -> Order:
        """The order of a payment of that day. Raises `UnknownOrder` (2)."""
        penalty = self._setting("penalty-rank", account.client) or BEFORE
        return order_for(account, on, typed, self._setting("order", account.client), penalty)


def _record(made: Unit, found: Target, payment: Payment, order: Order | None, today: date) -> Done:
    received = receive(found.account, [payment], today)
    (payment,) = received.payments
    append_payment(made, payment)
    if received.settled:
        close_settled(made, received.settled)
    whole = spread(received.account, payment, today)
    state = _("paid") if payment.confirmed else _("claimed")
    text = _("{state} {amount} on {day}").format(state=state, amount=_sum(payment), day=named_day(payment.on))
    if payment.confirmed:
        text += f" · {_owes(received.account)}"
    brief = _("{state} {amount}").format(state=state, amount=_sum(payment))
    data = _data(payment, received, whole, order, today)
    more = [*_receipt(received.account, payment, whole, order, today), *_consequences(received, today)]
    return Done(text, brief, data, tuple(odd_payment(found.account, payment, today)), tuple(more))


def _data(
    payment: Payment, received: Received, whole: Spread, order: Order | None, today: date
) -> Mapping[str, object]:
    currency = payment.currency
    serves = served(received.account, payment, today) if payment.confirmed else None
    settled = received.settled
    return {
        "payment": payment.id,
        "amount": plain(payment.amount, currency),
        "currency": currency,
        "on": payment.on,
        "state": "confirmed" if payment.confirmed else "claimed",
        "confirms": payment.confirms,
        "allocation": {
            **{name: plain(whole.parts[name], currency) for name in COMPONENTS},
            "credit": plain(whole.credit, currency),
        },
        "order": list(order.sequence) if order else None,
        "order_name": order.name if order else None,
        "cite": order.cite if order else None,
        "balance": plain(balance_of(received.account), currency),
        "promise": serves,
        "settled": settled.settlement.id if settled else None,
    }


def _receipt(
    account: AccountFile, payment: Payment, whole: Spread, order: Order | None, today: date
) -> list[str]:
    """Where it went, by which order, and whose word that order is."""
    if order is None:
        return [_("not money yet: the client has to confirm it (collectctl payment confirm)")]
    names = (*order.sequence, "credit")
    sums = {**whole.parts, "credit": whole.credit}
    went = ", ".join(f"{_(name)} {shown(sums[name], payment.currency)}" for name in names if sums[name])
    lines = [
        *(
            _("booked before it: {kind} {amount}").format(
                kind=_(m.kind), amount=shown(m.amount, payment.currency)
            )
            for m in booked_before(account, payment, today)
        ),
        _("to {parts}").format(parts=went or "-"),
        order.in_words(),
    ]
    return [*lines, order.note] if order.note and whole.parts["penalty"] else lines


def _consequences(received: Received, today: date) -> list[str]:
    account, lines = received.account, []
    claim = received.payments[-1].confirms
    if claim is not None:
        lines.append(_("confirms the claim #{claim}").format(claim=claim))
    for state in received.kept:
        made = state.promise
        lines.append(
            _("keeps the promise of {amount} for {day}").format(
                amount=shown(made.amount, made.currency), day=named_day(made.due_on)
            )
        )
    if received.settled:
        lines.append(
            _("settlement {approval} is paid in full: {rest} let off, closed as settled").format(
                approval=received.settled.approval,
                rest=shown(let_off(account, today), account.statement.currency),
            )
        )
    standing = current_settlement(account, today)
    if standing and standing.state in STANDING:
        lines.append(
            _("settlement: {rest} more until {day}").format(
                rest=shown(standing.settlement.amount - standing.paid, account.statement.currency),
                day=named_day(standing.settlement.until),
            )
        )
    if received.paid_off and account.open:
        lines.append(
            _("nothing is owed any more: tell the client, then: collectctl close {number} --as paid").format(
                number=account.number
            )
        )
    return lines


def _owes(account: AccountFile) -> str:
    return in_words(balance_of(account), account.statement.currency)


def _sum(payment: Payment) -> str:
    return with_code(payment.amount, payment.currency)
