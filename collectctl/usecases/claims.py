"""Claims on guarantors, co-debtors and insurers: made, paid in parts or whole, refused, taken back."""

from datetime import date, datetime, timedelta

from collectctl.domain.amounts import read_amount
from collectctl.domain.claims import (
    DONE,
    DUE_DAYS,
    ClaimState,
    ClosedClaim,
    DueAlready,
    answerable,
    claim_states,
)
from collectctl.domain.errors import NotFound
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.money import plain, shown, with_code
from collectctl.domain.owing import balance_of
from collectctl.domain.receiving import recorded_as
from collectctl.domain.recording import stated_sums
from collectctl.domain.records import Record
from collectctl.domain.results.desk import ClaimList
from collectctl.domain.results.said import Done, Said
from collectctl.domain.words import _
from collectctl.store.activities import debtors_with
from collectctl.store.book import Book
from collectctl.store.deskfacts import account_of
from collectctl.store.journal import Unit
from collectctl.store.persons import load_persons
from collectctl.usecases import payments
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each


class NoSuchClaim(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(_("there is no claim {number}").format(number=number), "collectctl claim list")


class Told(Record):
    """A claim as it was typed."""

    against: str
    amount: str
    contract: str = ""
    due: date | None = None
    text: str = ""


def add(book: Book, account_id: int, told: Told, now: datetime) -> Said:
    """Claim a sum of somebody who answers for the debt.

    Raises `NoSuchParty` (3), `NotAnswerable` (1), `DueAlready` and the errors of amounts (2).
    """
    today = now.date()
    due = told.due or today + timedelta(days=DUE_DAYS)
    if due < today:
        raise DueAlready(due)

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        party = answerable(account, told.against)
        amount = read_amount(told.amount, currency, stated_sums(account, today))
        number = made.facts.add(
            "claim", account=account.id, against=party.id, amount=amount, currency=currency,
            made_on=today.isoformat(), due_on=due.isoformat(), contract=told.contract, text=told.text,
        )  # fmt: skip
        notes = []
        if amount > balance_of(account):
            notes.append(
                _("it is above the balance of {balance}").format(balance=shown(balance_of(account), currency))
            )
        if party.role == "spouse":
            notes.append(_("a spouse answers only for a debt that is shown to be the household's"))
        text = _("claim {number} on the {role}: {amount} due {day}").format(
            number=number, role=party.role, amount=with_code(amount, currency), day=named_day(due)
        )
        data = {
            "claim": number, "against": party.name, "role": party.role, "amount": plain(amount, currency),
            "currency": currency, "due": due, "state": "open", "contract": told.contract or None,
        }  # fmt: skip
        return Done(text, None, data, tuple(notes))

    return each(book, "claim add", [account_id], now, write)


class Paid(Record):
    """What came of a claim: `amount` "" is all that is left of it."""

    on: date
    amount: str = ""
    reference: str = ""
    transferred: bool = False  # the creditor's rights passed to who paid


def settle(book: Book, number: int, paid: Paid, now: datetime) -> Said:
    """They paid: a payment of the account, of which they are the payer.

    Raises `NoSuchClaim` (3), `ClosedClaim` (1) and the errors of payments.
    """
    today = now.date()

    def write(made: Unit, found: Target) -> Done:
        account = found.account
        state = _open(account, number, today)
        claim, currency = state.claim, state.claim.currency
        amount = paid.amount or plain(state.left, currency)
        method = "insurance" if claim.role == "insurer" else "guarantee"
        told = payments.Told(amount, paid.on, False, method, paid.reference, claim.name)
        done = payments.take(made, found, told, today)
        known = done.data["payment"] or getattr(recorded_as(account, paid.reference), "id", None)
        assert isinstance(known, int)
        _event(made, claim.account, number, "paid", paid.on, known, paid.transferred, paid.reference, "")
        more = list(done.more)
        if paid.transferred:
            more.append(
                _("the creditor's rights passed to them: tell the debtor, and ask in whose name to go on")
            )
        left = max(state.left - read_amount(amount, currency, stated_sums(account, today)), 0)
        text = _("claim {number}: {what} · {left} of it left").format(
            number=number, what=done.text, left=shown(left, currency)
        )
        brief = _("claim {number} paid").format(number=number)
        data = {**done.data, "claim": number, "left": plain(left, currency), "transferred": paid.transferred}
        return Done(text, brief, data, done.warnings, tuple(more))

    return each(book, "claim settle", [_find(book, number)], now, write)


def close(book: Book, number: int, state: str, text: str, on: date, now: datetime) -> Said:
    """They refused, or it was taken back. Raises `NoSuchClaim` (3), `ClosedClaim` (1)."""

    def write(made: Unit, found: Target) -> Done:
        known = _open(found.account, number, now.date())
        _event(made, known.claim.account, number, state, on, None, False, "", text)
        said = _("claim {number} {state} on {day}").format(number=number, state=_(state), day=named_day(on))
        return Done(said, None, {"claim": number, "state": state})

    return each(book, "claim close", [_find(book, number)], now, write)


def _find(book: Book, number: int) -> int:
    account = account_of(book.connection, "claim", number)
    if account is None:
        raise NoSuchClaim(number)
    return account


def _open(account: AccountFile, number: int, today: date) -> ClaimState:
    state = next((s for s in claim_states(account, today) if s.claim.id == number), None)
    if state is None:
        raise NoSuchClaim(number)
    if state.claim.closed_on:
        raise ClosedClaim(state.claim)
    return state


def _event(
    made: Unit, account: int, claim: int, kind: str, on: date, payment: int | None, transferred: bool,
    reference: str, text: str,
) -> None:  # fmt: skip
    made.facts.add(
        "claim_event", account=account, claim=claim, payment=payment, kind=kind, on_day=on.isoformat(),
        transferred=int(transferred), reference=reference, text=text,
    )  # fmt: skip


def claims(book: Book, now: datetime) -> ClaimList:
    """Every claim, those that wait for money first."""
    persons = load_persons(book.connection, debtors_with(book.connection, "claim"))
    found = [
        (account, state) for person in persons for account in person.accounts
        for state in claim_states(account, now.date())
    ]  # fmt: skip
    found.sort(key=lambda f: (f[1].state in DONE, f[1].claim.due_on, f[1].claim.id))
    return ClaimList(tuple(found))
