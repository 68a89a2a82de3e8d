"""The question that the contact rules answer: a contact of a kind with a person about an account."""

from datetime import date, datetime, tzinfo
from typing import NamedTuple

from collectctl.domain.facts import AccountFile, Consent, Limit, PersonFile
from collectctl.domain.holds import with_holds_of_person
from collectctl.domain.numbers import known_digits
from collectctl.domain.places import zones
from collectctl.domain.policy import HOUSE, Policy, Rule
from collectctl.domain.whom import Whom, whom


class Asked(NamedTuple):
    """A contact that is planned, or took place, at an instant of the collector's clock."""

    at: datetime
    channel: str = "call"
    to: str = ""  # number or address; empty: none in particular
    who: str = ""  # name or role
    purpose: str = ""
    collectors: int = 1


class Case(NamedTuple):
    """A contact with the facts that were there at its instant, whenever they were entered."""

    asked: Asked
    person: PersonFile
    account: AccountFile
    whom: Whom
    label: str  # what the file calls the number: home, mobile, work or ""
    zones: tuple[str, ...]  # of the person who is contacted
    policies: tuple[Policy, ...]

    @property
    def collector(self) -> tzinfo:
        assert self.asked.at.tzinfo is not None
        return self.asked.at.tzinfo

    @property
    def today(self) -> date:
        return self.asked.at.date()

    def rules(self, *kinds: str) -> list[Rule]:
        """The rules of some kinds about this channel; house rules only where no other is of their kind."""
        found = [
            r for p in self.policies if p.id != HOUSE for r in p.rules if r.kind in kinds and self._about(r)
        ]
        spoken = {r.kind for r in found}
        house = [r for p in self.policies if p.id == HOUSE for r in p.rules if r.kind in kinds]
        return found + [r for r in house if r.kind not in spoken]

    def _about(self, rule: Rule) -> bool:
        return not rule.channels or self.asked.channel in rule.channels


def case_of(person: PersonFile, account: AccountFile, asked: Asked) -> Case:
    """The case of `asked` about `account`, with what had happened by then."""
    then, of_account = as_of(person, account, asked.at)
    number = known_digits(then, asked.to)
    meant = whom(then, of_account, number, asked.who)
    policies = tuple(p for p in account.policies if p.in_force(asked.at.date()))
    phones = (*then.phones, *then.party_phones)
    label = next((p.label for p in phones if p.digits == number), "")
    where = zones(then, policies, asked.at.tzinfo) if asked.at.tzinfo else ()
    if not (meant.is_debtor or then.zones or any(p.zone for p in policies)):
        theirs = {z for p in then.party_phones if p.digits in meant.numbers for z in p.zones}
        where = tuple(sorted(theirs)) or where
    return Case(asked._replace(to=number), then, of_account, meant, label, where, policies)


def as_of(person: PersonFile, account: AccountFile, at: datetime) -> tuple[PersonFile, AccountFile]:
    """The person and the account with the entries, consents and limits of `at` and before."""
    accounts = with_holds_of_person(person)
    if not _is_past(person, at):
        accounts = tuple(
            a._replace(
                activities=tuple(v for v in a.activities if v.at <= at),
                consents=tuple(_then(c, at) for c in a.consents if c.received <= at),
            )
            for a in accounts
        )
        limits: tuple[Limit, ...] = tuple(x for x in person.limits if x.received <= at)
        person = person._replace(limits=limits)
    if accounts is not person.accounts:
        person = person._replace(accounts=accounts)
    return person, next(a for a in accounts if a.id == account.id)


def _is_past(person: PersonFile, at: datetime) -> bool:
    """Whether nothing is known of later than `at`."""
    return all(x.received <= at for x in person.limits) and all(
        (not a.activities or a.activities[-1].at <= at)
        and all(c.received <= at and (c.withdrawn is None or c.withdrawn <= at) for c in a.consents)
        for a in person.accounts
    )


def _then(consent: Consent, at: datetime) -> Consent:
    later = consent.withdrawn is not None and consent.withdrawn > at
    return consent._replace(withdrawn=None) if later else consent
