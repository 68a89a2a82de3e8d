"""Which contact policy a file's accounts get: as asked, as set, else as numbers and currency propose."""

from collections.abc import Sequence

from collectctl.domain.policy import HOUSE
from collectctl.domain.records import Record
from collectctl.domain.stated import StatedAccount
from collectctl.intake.phones import Numbering, country_of
from collectctl.store.binding import Binding, of_client
from collectctl.store.journal import Unit, persons_under
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.phones import region_of_currency

_SAMPLE = 200  # accounts whose numbers are asked for their country


class Chosen(Record):
    """The policy of a client's accounts; `of_placement` where the user named it for this file.

    `bound` are the persons of before whom it binds, too.
    """

    name: str
    of_placement: str
    numbering: Numbering
    bound: Sequence[int] = ()


def currency_of(binding: Binding, request: ImportRequest) -> str | None:
    """The currency of the policy that was asked for, or that the book has."""
    base = binding.base(0, request.client or "", request.policy or "")
    return next((p.currency for name in base if (p := binding.policies.get(name)) and p.currency), None)


def choose(made: Unit, request: ImportRequest, client: str, accounts: Sequence[StatedAccount]) -> Chosen:
    """The policy for `client`; a proposal is kept as the client's setting, undone with the import."""
    binding = Binding(made.connection)
    currency = accounts[0].currency
    if request.policy or binding.is_set(client):
        base = (request.policy or "").split(",") if request.policy else list(binding.base(0, client, ""))
        region = binding.country(tuple(base)) or region_of_currency(currency)
        return Chosen(",".join(base), request.policy or "", Numbering(region))
    numbering = Numbering(region_of_currency(currency))
    forms = [numbering.form(p.number) for a in accounts[:_SAMPLE] for p in a.phones]
    name = _proposed(binding, country_of(forms), currency)
    if name == HOUSE:
        return Chosen(name, "", numbering)
    made.facts.add("setting", name=of_client(client), value=name)
    return Chosen(name, "", numbering, persons_under(made.connection, of_client(client)))


def _proposed(binding: Binding, country: str, currency: str) -> str:
    """The policy of the country of most numbers, else of the currency; the house's where none fits."""
    base = [p for p in binding.policies.values() if not p.beside]
    by_country = [p.id for p in base if country and p.country == country]
    by_currency = [p.id for p in base if p.currency and p.currency == currency]
    return next(iter(by_country or by_currency), HOUSE)
