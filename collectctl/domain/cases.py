"""The question that the contact rules answer: a contact of a kind with a person about an account."""

from datetime import date, datetime, tzinfo
from functools import cached_property

from collectctl.domain.facts import AccountFile, Activity, Consent, Limit, PersonFile
from collectctl.domain.holds import with_holds_of_person
from collectctl.domain.memo import kept
from collectctl.domain.numbers import known_digits
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.places import no_longer_theirs, zones
from collectctl.domain.policy import CHANNELS, HOUSE, Policy, Rule
from collectctl.domain.records import Record
from collectctl.domain.whom import Whom, whom
from collectctl.domain.windows import zone


class Asked(Record):
    """A contact that is planned, or took place, at an instant of the collector's clock."""

    at: datetime
    channel: str = "call"
    to: str = ""  # number or address; empty: none in particular
    who: str = ""  # name or role
    purpose: str = ""
    collectors: int = 1


class Case:
    """A contact with the facts that were there at its instant, whenever they were entered.

    Never changed; what several rules ask of the same facts is worked out once, when the first of them asks.
    """

    def __init__(
        self, asked: Asked, person: PersonFile, account: AccountFile, meant: Whom, label: str,
        zones: tuple[str, ...], policies: tuple[Policy, ...],
    ) -> None:  # fmt: skip
        self.asked = asked
        self.person = person
        self.account = account
        self.whom = meant
        self.label = label  # what the file calls the number: home, mobile, work or ""
        self.zones = zones  # of the person who is contacted
        self.policies = policies

    @cached_property
    def talks(self) -> tuple[Activity, ...]:
        """Telephone conversations with the person about the debt, whoever called and whoever raised it."""
        return tuple(
            v for v in self.account.activities
            if v.channel == "call" and BY_CODE[v.outcome].talk and (v.who == "self") == self.whom.is_debtor
            and self.whom.concerned_by(v)
        )  # fmt: skip

    @cached_property
    def wrong(self) -> frozenset[str]:
        """The numbers that turned out to be somebody else's, also where they went out of service later."""
        return no_longer_theirs(self.person, ("wrong",))

    @property
    def collector(self) -> tzinfo:
        assert self.asked.at.tzinfo is not None
        return self.asked.at.tzinfo

    def days_of(self, at: datetime) -> list[date]:
        """The day of an instant in each zone of the person; the collector's where none is known."""
        return [at.astimezone(zone(name)).date() for name in self.zones] or [
            at.astimezone(self.collector).date()
        ]

    @property
    def today(self) -> date:
        return self.asked.at.date()

    def rules(self, kind: str) -> tuple[Rule, ...]:
        """The rules of a kind about this channel; house rules only where no other is of their kind."""
        return about(self.policies).get((kind, self.asked.channel), ())


@kept
def about(policies: tuple[Policy, ...]) -> dict[tuple[str, str], tuple[Rule, ...]]:
    """The rules of a set of policies by kind and channel."""
    found: dict[tuple[str, str], tuple[Rule, ...]] = {}
    for policy in sorted(policies, key=lambda p: p.id == HOUSE):
        spoken = {kind for kind, _channel in found} if policy.id == HOUSE else set()
        for rule in policy.rules:
            for channel in (rule.channels or CHANNELS) if rule.kind not in spoken else ():
                key = rule.kind, channel
                found[key] = (*found.get(key, ()), rule)
    return found


def case_of(person: PersonFile, account: AccountFile, asked: Asked) -> Case:
    """The case of `asked` about `account`, with what had happened by then."""
    then, of_account = as_of(person, account, asked.at)
    number = known_digits(then, asked.to)
    meant = whom(then, of_account, number, asked.who)
    policies = in_force(account.policies, asked.at.date())
    phones = (*then.phones, *then.party_phones)
    label = next((p.label for p in phones if p.digits == number), "")
    where = zones(then, policies, asked.at.tzinfo) if asked.at.tzinfo else ()
    if not (meant.is_debtor or then.zones or any(p.zone for p in policies)):
        theirs = {z for p in then.party_phones if p.digits in meant.numbers for z in p.zones}
        where = tuple(sorted(theirs)) or where
    return Case(asked._replace(to=number), then, of_account, meant, label, where, policies)


def in_force(policies: tuple[Policy, ...], day: date) -> tuple[Policy, ...]:
    """Those of `policies` that bind on `day`; the same tuple where all of them do."""
    if all(p.in_force(day) for p in policies):
        return policies
    return tuple(p for p in policies if p.in_force(day))


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
