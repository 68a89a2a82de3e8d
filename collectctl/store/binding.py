"""Which contact policies bind an account: what was set for it, its client or the book, and residence."""

import sqlite3
from functools import cache

from collectctl.domain.facts import GRACE_DAYS, AccountFile, PersonFile
from collectctl.domain.places import stated_region
from collectctl.domain.policy import HOUSE, Policy, binding
from collectctl.store import settings
from collectctl.store.policies import policies

GRACE = "grace"  # calendar days before a promise counts as broken: of the book, or of a client
BOOK = "policy"  # the name of the setting; those of a client or an account have it as their beginning


def of_client(client: str) -> str:
    return settings.of_client(BOOK, client)


def of_account(account: int) -> str:
    return f"{BOOK}:account:{account}"


class Binding:
    """The policies of accounts, as set in the book: the most specific setting decides, residence adds."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "select f.name, f.value from setting f join operation o on o.id = f.op and o.stands"
            " where f.name >= 'policy' and f.name < 'policz' or f.name >= 'grace' and f.name < 'gracf'"
            " order by f.id"
        )
        self._set = {name: value for name, value in dict(rows.fetchall()).items() if value}
        self._graces = {name: int(value) for name, value in self._set.items() if name.startswith(GRACE)}
        self.policies = policies(connection)
        # the same few answers for every account of an import
        self._binding = cache(lambda base, region: binding(base, region, self.policies))
        self._common = cache(lambda client, placement: self.base(0, client, placement))
        self._country = cache(self.country)

    def base(self, account: int, client: str, placement: str) -> tuple[str, ...]:
        """The policies set for an account: its own, its client's, those of its import, the book's."""
        found = (
            self._set.get(of_account(account))
            or self._set.get(of_client(client))
            or placement
            or self._set.get(BOOK)
            or HOUSE
        )
        return tuple(name.strip() for name in found.split(",") if name.strip())

    def is_set(self, client: str) -> bool:
        """Whether the book or the client has a policy."""
        return bool(self._set.get(of_client(client)) or self._set.get(BOOK))

    def places(self) -> list[tuple[str, tuple[str, ...]]]:
        """What has a policy of its own (the book as "", clients, accounts by id), and which."""
        return [
            (name.partition(":")[2], tuple(n.strip() for n in value.split(",")))
            for name, value in self._set.items()
            if name.startswith(BOOK)
        ]

    def country(self, base: tuple[str, ...]) -> str:
        return next((self.policies[name].country for name in base if name in self.policies), "")

    def policies_of(self, base: tuple[str, ...], region: str) -> tuple[Policy, ...]:
        found: tuple[Policy, ...] = self._binding(base, region)
        return found

    def bound(self, person: PersonFile) -> PersonFile:
        """The person with their region, and each account with the policies that bind it."""
        bases = [self._base(a) for a in person.accounts]
        country = next((c for base in bases if (c := self._country(base))), "")
        region = stated_region(person, country)
        accounts = tuple(
            a._replace(policies=self.policies_of(base, region), grace=self.grace(a.client))
            for a, base in zip(person.accounts, bases, strict=True)
        )
        return person._replace(accounts=accounts, region=region)

    def grace(self, client: str) -> int:
        """The grace days that are set for a client, else for the book."""
        if not self._graces:
            return GRACE_DAYS
        return self._graces.get(settings.of_client(GRACE, client), self._graces.get(GRACE, GRACE_DAYS))

    def graces(self) -> set[int]:
        """Every number of grace days that holds for any account."""
        return {self._graces.get(GRACE, GRACE_DAYS), *self._graces.values()}

    def _base(self, account: AccountFile) -> tuple[str, ...]:
        if of_account(account.id) in self._set:
            return self.base(account.id, account.client, account.placement.policy)
        return self._common(account.client, account.placement.policy)
