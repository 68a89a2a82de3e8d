"""What is owed on an account in all: the one number by which accounts are listed, sorted and narrowed."""

from datetime import date

from collectctl.domain.facts import AccountFile, Statement
from collectctl.domain.memo import kept
from collectctl.domain.receipts import received


def opening(account: AccountFile) -> Statement:
    """The statement with which the ledger begins."""
    return account.opening or account.statement


@kept
def balance_of(account: AccountFile) -> int:
    """What is owed by the ledger with all that is recorded (minor units; below zero: a credit)."""
    if not (account.payments or account.charges):
        return opening(account).balance
    if account.terms or account.settlements:
        from collectctl.domain.ledger import ledger  # what few accounts need is loaded for them

        return ledger(account, date.max).balance
    start = account.placement.operation
    charged = sum(c.amount for c in account.charges if c.operation >= start)
    paid = sum(p.amount for p in received(account.payments, date.max) if p.operation >= start)
    return opening(account).balance + charged - paid


def at_statement(account: AccountFile) -> AccountFile:
    """The account as it was on the day of the client's newest statement.

    A payment of that very day counts where it was recorded before the statement.
    """
    said = account.statement
    payments = tuple(
        p
        for p in account.payments
        if p.on < said.stated_on or (p.on == said.stated_on and p.operation <= said.operation)
    )
    charges = tuple(c for c in account.charges if c.on <= said.stated_on)
    return account._replace(payments=payments, charges=charges)


def difference(account: AccountFile) -> int:
    """What the client's newest statement has more than the ledger had on its day (minor units)."""
    if account.opening is None:
        return 0
    return account.statement.balance - balance_of(at_statement(account))


def paid_off(account: AccountFile) -> bool:
    """Whether nothing is owed any more."""
    return balance_of(account) <= 0


def still_missing(account: AccountFile, key: str) -> int | None:
    """What is left of a sum that the client's file states (`cure_amount`, `minimum_due`, `rollback_2` ...).

    Less what has come in from the day of the file on; None where the file does not state it.
    """
    stated = account.statement
    value = stated.values.get(key)
    if not isinstance(value, int):
        return None
    came = sum(p.amount for p in received(account.payments, date.max) if p.on >= stated.stated_on)
    return max(0, value - came)
