"""The people who come with a file, and their first rows of the worklist, made without reading the book."""

from collections.abc import Callable

from collectctl.domain.facts import Phone
from collectctl.domain.firstrows import Debt, FirstRows
from collectctl.domain.policy import Policy
from collectctl.domain.records import Record
from collectctl.domain.worklist import Row

PoliciesIn = Callable[[str], tuple[Policy, ...]]  # those of a debt, by the region where its debtor lives


class Arrival(Record):
    """An account of somebody new; `region` is where the file says that they live."""

    debt: Debt
    policies_in: PoliciesIn
    country: str
    region: str
    phones: tuple[Phone, ...]


class Newcomers:
    """The people of a batch of accounts who were not in the book before it: those from the id `first` on."""

    def __init__(self, first: int) -> None:
        self.first = first
        self._arrivals: dict[int, tuple[Arrival, ...]] = {}

    def add(self, person: int, arrival: Arrival) -> bool:
        """Take in an account; False where the person's rows must be read from the book instead.

        So it is with those who were there before, and with debts of several countries: which of them says
        where the person lives, the rules decide.
        """
        if person < self.first:
            return False
        before = self._arrivals.get(person, ())
        self._arrivals[person] = (*before, arrival)
        return all(one.country == arrival.country for one in before)

    def rows(self, made: FirstRows) -> list[Row]:
        """The rows of all of them."""
        return [row for person, of in self._arrivals.items() for row in _rows(made, person, of)]


def _rows(made: FirstRows, person: int, arrivals: tuple[Arrival, ...]) -> list[Row]:
    if len(arrivals) == 1:
        debt, policies_in, _country, region, phones = arrivals[0]
        return made.rows(person, [debt], [policies_in(region)], region, phones)
    region = next((one.region for one in reversed(arrivals) if one.region), "")
    numbers = {phone.digits: phone for one in reversed(arrivals) for phone in reversed(one.phones)}
    policies = [one.policies_in(region) for one in arrivals]
    phones = tuple(reversed(numbers.values()))
    return made.rows(person, [one.debt for one in arrivals], policies, region, phones)
