"""The normal form of a number that is typed for an account."""

from collectctl.domain.facts import AccountFile
from collectctl.domain.numbers import PhoneForm
from collectctl.intake.phones import Numbering

_REGION_OF = {"CNY": "CN", "USD": "US", "GBP": "GB", "HKD": "HK", "CAD": "CA", "AUD": "AU", "INR": "IN"}


def region_of_currency(currency: str) -> str:
    """The country whose money it is; "" where that says nothing."""
    return _REGION_OF.get(currency, "")


def country(account: AccountFile) -> str:
    """Where an account is at home: the country of its first contact policy that has one, else its money's."""
    stated = next((p.country for p in account.policies if p.country), "")
    return stated or region_of_currency(account.statement.currency)


def form_of(account: AccountFile, value: str) -> PhoneForm:
    """The form of a number; without a country code it is one of the account's country."""
    return Numbering(country(account)).form(value)
