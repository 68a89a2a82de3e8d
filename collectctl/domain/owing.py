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
    start = account.placement.operation
    if not (account.payments or account.charges):
        return opening(account).balance
    if account.terms or account.settlements:
        from collectctl.domain.ledger import ledger  # what few accounts need is loaded for them

        return ledger(account, date.max).balance
    charged = sum(c.amount for c in account.charges if c.operation >= start)
    paid = sum(p.amount for p in received(account.payments, date.max) if p.operation >= start)
    return opening(account).balance + charged - paid


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


def differs(account: AccountFile) -> bool:
    """Whether the client's newest statement is not what the ledger had on its day."""
    if account.opening is None:
        return False
    from collectctl.domain.ledger import difference

    return difference(account) != 0
