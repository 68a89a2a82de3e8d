"""STUB until the helper's file arrives."""

from collectctl.domain.facts import AccountFile
from collectctl.domain.numbers import PhoneForm
from collectctl.intake.phones import Numbering


def region_of_currency(currency: str) -> str:
    return {"CNY": "CN", "USD": "US", "GBP": "GB"}.get(currency, "")


def form_of(account: AccountFile, value: str) -> PhoneForm:
    return Numbering(region_of_currency(account.statement.currency)).form(value)
