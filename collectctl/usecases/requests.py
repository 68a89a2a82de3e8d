"""Requests: what only the client can grant, noted, sent and answered; what is granted takes effect."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.amounts import read_amount
from collectctl.domain.errors import BadUsage, NotFound, Refused
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.instalments import equal_parts, spread_to
from collectctl.domain.money import plain
from collectctl.domain.moneyfacts import Request
from collectctl.domain.recording import stated_sums
from collectctl.domain.records import Record
from collectctl.domain.requests import (
    EXTENSION,
    REDUCTION,
    RETURN,
    in_general,
    in_words,
    kind_called,
    open_requests,
)
from collectctl.domain.results.money import RequestList
from collectctl.domain.results.said import Done, Said
from collectctl.domain.settlements import (
    ASKED,
    approval_of,
    check_last_day,
    check_reduction,
    current_settlement,
    paid_settlement,
)
from collectctl.domain.words import _
from collectctl.store.activities import debtors_with
from collectctl.store.book import Book
from collectctl.store.deskfacts import account_of
from collectctl.store.entries import append_event, append_request
from collectctl.store.journal import Unit
from collectctl.store.payments import close_settled
from collectctl.store.persons import load_persons
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each
from collectctl.usecases.settling import Offer, append_parts, append_settlement


class AnswerExpires(BadUsage):
    def __init__(self, until: date, number: int) -> None:
        super().__init__(
            _("what is granted can't have expired before: {day}").format(day=named_day(until)),
            f"collectctl request answer {number} yes --until eom",
        )


class NeedsUntil(BadUsage):
    def __init__(self, kind: str) -> None:
        super().__init__(
            _("until when? A granted {kind} needs its last day").format(kind=kind),
            "collectctl request answer ID yes --until eom",
        )


class NeedsAmount(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a reduction to what sum?"), "collectctl request ACCOUNT reduction 5000 --until eom"
        )


class NoSuchRequest(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(_("there is no request {number}").format(number=number), "collectctl request list")


class Answered(Refused):
    def __init__(self, request: Request) -> None:
        super().__init__(
            _("request {number} was answered on {day}").format(
                number=request.id, day=named_day(request.answered_on or request.asked_on)
            ),
            "collectctl request list",
        )


class Replaced(Refused):
    def __init__(self, request: Request) -> None:
        super().__init__(
            _("request {number} was replaced by a later one").format(number=request.id),
            "collectctl request list",
        )


class Wanted(Record):
    """A request as it was typed."""

    kind: str
    amount: str = ""
    until: date | None = None
    text: str = ""


class Answer(Record):
    """What the client answered, perhaps with a sum or a day of its own; `reference` is its approval."""

    yes: bool
    amount: str = ""
    until: date | None = None
    reference: str = ""
    text: str = ""


def request(book: Book, account_ids: Sequence[int], wanted: Wanted, now: datetime) -> Said:
    """Note what the client is to be asked for.

    Raises `UnknownRequest`, `NeedsAmount`, `AboveBalance`, `ExpiresBefore` (2).
    """
    kind = kind_called(wanted.kind)
    if kind == REDUCTION and not wanted.amount:
        raise NeedsAmount
    if wanted.until:
        check_last_day(wanted.until, now.date())

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        amount = (
            read_amount(wanted.amount, currency, stated_sums(account, now.date())) if wanted.amount else None
        )
        if kind == REDUCTION and amount:
            check_reduction(account, amount, now.date())
        number = append_request(
            made, account.id, None, kind, now.date(), amount, currency, wanted.until, wanted.text
        )
        new = Request(number, account.id, None, kind, now.date(), amount, currency, wanted.until, wanted.text)
        said = _("request {number}: {what}")
        return Done(
            said.format(number=number, what=in_words(new)),
            said.format(number=number, what=in_general(new)),
            _data(new),
        )

    return each(book, "request", account_ids, now, write)


def _find(book: Book, number: int) -> int:
    account = account_of(book.connection, "request", number)
    if account is None:
        raise NoSuchRequest(number)
    return account


def _open(found: Target, number: int) -> Request:
    known = next((r for r in found.account.requests if r.id == number), None)
    if known is None:
        raise NoSuchRequest(number)
    if known.answer:
        raise Answered(known)
    if found.account.open and known not in open_requests(found.account):
        raise Replaced(known)
    return known


def sent(book: Book, number: int, now: datetime) -> Said:
    """The request went to the client, once or again. Raises `NoSuchRequest` (3), `Answered` (1)."""

    def write(made: Unit, found: Target) -> Done:
        known = _open(found, number)
        _event(made, known, "sent", now.date(), Answer(yes=False))
        new = known._replace(sent_on=now.date())
        said = _("request {number} sent: {what}")
        return Done(
            said.format(number=number, what=in_words(new)),
            said.format(number=number, what=in_general(new)),
            _data(new),
        )

    return each(book, "request sent", [_find(book, number)], now, write)


def answer(book: Book, number: int, told: Answer, now: datetime) -> Said:
    """The client's answer. What is granted takes effect: a reduction is a settlement, a placement longer.

    Raises `NoSuchRequest` (3), `Answered` (1), `NeedsUntil`, `ExpiresBefore` (2).
    """
    today = now.date()

    def write(made: Unit, found: Target) -> Done:
        known = _open(found, number)
        currency = found.account.statement.currency
        sums = stated_sums(found.account, today)
        amount = read_amount(told.amount, currency, sums) if told.amount else known.amount
        until = told.until or known.until
        if until and told.yes and until < today:
            raise AnswerExpires(until, number)
        _event(made, known._replace(amount=amount), "yes" if told.yes else "no", today, told)
        new = known._replace(
            answer="yes" if told.yes else "no",
            answered_on=today,
            reference=told.reference,
            until=until,
            amount=amount,
        )
        follow = _granted if told.yes else _refused
        more = follow(made, found.account, new, now)
        word = _("granted") if told.yes else _("refused")
        said = _("request {number} {answer}: {what}")
        return Done(
            said.format(number=number, answer=word, what=in_words(new)),
            said.format(number=number, answer=word, what=in_general(new)),
            _data(new),
            (),
            tuple(more),
        )

    return each(book, "request answer", [_find(book, number)], now, write)


def _granted(made: Unit, account: AccountFile, new: Request, now: datetime) -> list[str]:
    number = account.number
    if new.kind == EXTENSION:
        if new.until is None:
            raise NeedsUntil(new.kind)
        append_event(made, account.id, "extended", new.until, new.reference)
        return [_("placement extended to {day}").format(day=named_day(new.until))]
    if new.kind == RETURN:
        return [_("close it with: collectctl close {number} --as returned").format(number=number)]
    if new.kind != REDUCTION:
        return []
    return _approve(made, account, new, now)


def _refused(made: Unit, account: AccountFile, new: Request, now: datetime) -> list[str]:
    waiting = current_settlement(account, now.date())
    if waiting is None or waiting.settlement.request != new.id:
        return []
    return [_("the settlement is off: the whole balance is owed")]


def _approve(made: Unit, account: AccountFile, new: Request, now: datetime) -> list[str]:
    """A granted reduction: the settlement that waited for it stands, else the debtor is to be told of one."""
    today = now.date()
    if not account.open:
        return [_("the account is closed: collectctl reopen {number}").format(number=account.number)]
    waiting = current_settlement(account, today)
    stands = waiting.settlement if waiting and waiting.state == ASKED else None
    if waiting and stands and (stands.request, stands.amount) == (new.id, new.amount):
        requests = tuple(new if r.id == new.id else r for r in account.requests)
        paid = paid_settlement(account._replace(requests=requests), today)
        if paid:
            close_settled(made, paid)
            return [_("it has been paid in full: closed as settled")]
        number, until = stands.id, new.until or stands.until
        if until != stands.until:  # the client granted another day
            offer = Offer(new.id, stands.amount, until, approval_of(new), stands.parts, stands.made_on)
            number = append_settlement(made, account, offer, accepted=True)
        sums = equal_parts(stands.amount - waiting.paid, stands.parts, stands.currency)
        append_parts(made, account, number, spread_to(sums, today, until), now)
        return [_("the settlement stands until {day}").format(day=named_day(until))]
    if new.until is None:
        raise NeedsUntil(new.kind)
    if new.amount is None:
        raise NeedsAmount
    offer = Offer(new.id, new.amount, new.until, approval_of(new), 1, today)
    append_settlement(made, account, offer, accepted=False)
    return [
        _("agreed with the debtor? collectctl settle {number} {amount} --until {day}").format(
            number=account.number, amount=plain(new.amount, new.currency), day=new.until
        )
    ]


def _event(made: Unit, known: Request, kind: str, on: date, told: Answer) -> None:
    made.facts.add(
        "request_event", account=known.account, request=known.id, kind=kind, on_day=on.isoformat(),
        amount=known.amount, until=told.until.isoformat() if told.until else None, reference=told.reference,
        text=told.text,
    )  # fmt: skip


def _data(known: Request) -> dict[str, object]:
    return {
        "request": known.id,
        "kind": known.kind,
        "amount": plain(known.amount, known.currency) if known.amount else None,
        "currency": known.currency,
        "until": known.until,
        "state": "sent" if known.sent_on and not known.answer else _STATES[known.answer],
    }


_STATES = {"": "asked", "yes": "granted", "no": "refused"}


def requests(book: Book) -> RequestList:
    """Every request, those that wait first."""
    persons = load_persons(book.connection, debtors_with(book.connection, "request"))
    found = [(a, r) for person in persons for a in person.accounts for r in a.requests]
    waiting = {r.id for account, _request in found for r in open_requests(account)}
    return RequestList(tuple(sorted(found, key=lambda f: (f[1].id not in waiting, f[1].asked_on, f[1].id))))
