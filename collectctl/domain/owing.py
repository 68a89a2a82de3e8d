"""What is owed on an account in all: the one number by which accounts are listed, sorted and narrowed."""

from datetime import date

from collectctl.domain.facts import AccountFile, Payment, Statement
from collectctl.domain.memo import kept
from collectctl.domain.money import shown
from collectctl.domain.receipts import received
from collectctl.domain.words import _


def opening(account: AccountFile) -> Statement:
    """The statement with which the ledger begins."""
    return account.opening or account.statement


def balance_of(account: AccountFile) -> int:
    """What is owed by the ledger with all that is recorded (minor units; below zero: a credit)."""
    moved = account.payments or account.charges
    return _moved(account) if moved else opening(account).balance


@kept
def _moved(account: AccountFile) -> int:
    if account.terms or account.settlements:
        from collectctl.domain.ledger import ledger  # what few accounts need is loaded for them

        return ledger(account, date.max).balance
    start = account.placement.operation
    charged = sum(c.amount for c in account.charges if c.operation >= start)
    paid = sum(p.amount for p in received(account.payments, date.max) if p.operation >= start)
    return opening(account).balance + charged - paid


def _knows(said: Statement, payment: Payment) -> bool:
    """Whether a client's statement knows of a payment: of its very day, where it was recorded before."""
    return payment.on < said.stated_on or (
        payment.on == said.stated_on and payment.operation <= said.operation
    )


def at_statement(account: AccountFile) -> AccountFile:
    """The account as it was on the day of the client's newest statement; what bounced later had not."""
    said = account.statement
    payments = tuple(
        p._replace(reversed_on=None) if p.reversed_on and p.reversed_on > said.stated_on else p
        for p in account.payments
        if _knows(said, p)
    )
    charges = tuple(c for c in account.charges if c.on <= said.stated_on)
    return account._replace(payments=payments, charges=charges)


def difference(account: AccountFile) -> int:
    """What the client's newest statement has more than the ledger had on its day (minor units)."""
    if account.opening is None:
        return 0
    return account.statement.balance - owed_on(at_statement(account), account.statement.stated_on)


def owed_on(account: AccountFile, on: date) -> int:
    """The balance with what has accrued by the terms until a day: what would clear it then (minor units)."""
    if not account.terms:
        return balance_of(account)
    from collectctl.domain.ledger import with_charges

    return with_charges(account, on).balance


def in_words(balance: int, currency: str) -> str:
    """`owes 4,700.00 CNY`, or the credit that a balance below zero is."""
    text = _("credit of {amount} {currency}") if balance < 0 else _("owes {amount} {currency}")
    return text.format(amount=shown(abs(balance), currency), currency=currency)


def paid_off(account: AccountFile) -> bool:
    """Whether nothing is owed any more."""
    return balance_of(account) <= 0


def came_since_statement(account: AccountFile, on: date) -> list[Payment]:
    """The payments until a day that the client's newest statement does not know of."""
    start, said = account.placement.operation, account.statement
    came = [p for p in received(account.payments, on) if p.operation >= start]
    return came if account.opening is None else [p for p in came if not _knows(said, p)]


def still_missing(account: AccountFile, key: str, on: date) -> int | None:
    """What on a day is left of a sum that the client's file states (`cure_amount`, `minimum_due` ...).

    None where the file does not state it.
    """
    value = account.statement.values.get(key)
    if not isinstance(value, int):
        return None
    return max(0, value - sum(p.amount for p in came_since_statement(account, on)))
