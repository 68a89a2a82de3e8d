"""Where a person is, as far as the facts say: the zones in all of which a contact must be in order."""

from datetime import tzinfo

from collectctl.domain.facts import PersonFile, Phone
from collectctl.domain.numbers import contacts
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.policy import HOUSE, Policy
from collectctl.domain.windows import name_of

_GONE = ("wrong", "stale")  # what a number turned out to be that says nothing about where they are


def zones(person: PersonFile, policies: tuple[Policy, ...], collector: tzinfo) -> tuple[str, ...]:
    """The zones of a person for the policies that bind; empty where a rule needs one and none is known.

    What the collector set comes first; else the policy's own zone, the area codes of all numbers that are not
    somebody else's, and the region (12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2).
    """
    if person.zones:
        return person.zones
    binding = [p for p in policies if p.id != HOUSE]
    found = {p.zone for p in binding if p.zone}
    if not binding or any(not p.zone for p in binding):
        found |= located(person)
    if not found and not any(rule.kind == "hours" for p in binding for rule in p.rules):
        found = {name_of(collector)}
    return tuple(sorted(found))


def located(person: PersonFile) -> set[str]:
    """The zones that area codes and the region speak of."""
    from collectctl.domain.regions import zones_of_region  # where a policy has no zone of its own

    found = set(zones_of_region(person.region))
    for phone in _theirs(person):
        found.update(phone.zones)
    return found


def _theirs(person: PersonFile) -> list[Phone]:
    gone = no_longer_theirs(person, _GONE)
    return [phone for phone in person.phones if phone.digits not in gone]


def no_longer_theirs(person: PersonFile, told: tuple[str, ...]) -> frozenset[str]:
    """The numbers of which a dial told so, whatever became of the line, unless the debtor answered since."""
    if not any(BY_CODE[v.outcome].number in told for a in person.accounts for v in a.activities):
        return frozenset()
    found = set()
    for dial in contacts(person):
        if dial.who == "self":
            found.discard(dial.number)
        elif BY_CODE[dial.outcome].number in told:
            found.add(dial.number)
    return frozenset(found)


def stated_region(person: PersonFile, country: str) -> str:
    """Where they live: what the collector recorded, else what the newest file says."""
    if person.region:
        return person.region
    from collectctl.domain.regions import region_of

    regions = (region_of(a.statement.values, country) for a in reversed(person.accounts))
    return next((region for region in regions if region), "")
