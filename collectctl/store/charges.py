"""Appending charges and the terms by which they accrue."""

from datetime import date

from collectctl.domain.facts import AccountFile
from collectctl.domain.moneyfacts import Terms
from collectctl.store.journal import Unit


def append_terms(made: Unit, new: Terms) -> int:
    return made.facts.add(
        "terms", account=new.account, from_on=new.from_on.isoformat(), rate=new.rate, basis=new.basis,
        last_day=new.last_day, payment_day=new.payment_day, compound=new.compound, penalty=new.penalty,
        penalty_floor=new.penalty_floor, cap=new.cap, allocation=new.order, minimum=new.minimum,
        penalty_on=new.penalty_on.isoformat() if new.penalty_on else None,
    )  # fmt: skip


def append_charge(made: Unit, account: AccountFile, on: date, component: str, amount: int, text: str) -> int:
    return made.facts.add(
        "charge", account=account.id, on_day=on.isoformat(), component=component, amount=amount,
        currency=account.statement.currency, text=text,
    )  # fmt: skip
