"""The contact policies: which there are, what they say, and which of them bind."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.policy import Policy
from collectctl.domain.records import Record
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.store import worklist
from collectctl.store.binding import BOOK, Binding, of_account, of_client
from collectctl.store.book import Book
from collectctl.store.journal import persons_under, unit
from collectctl.store.policies import check, policies, store_policies
from collectctl.store.settings import has_client


def _unknown(name: str, known: Iterable[str]) -> str:
    return _("no contact policy is called {name!r}; there are {known}").format(
        name=name, known=", ".join(sorted(known))
    )


class UnknownPolicy(BadUsage):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(_unknown(name, known), "collectctl policies")


class NoSuchPolicy(NotFound):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(_unknown(name, known), "collectctl policies")


class NoSuchClient(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(_("no client is called {name!r}").format(name=name), "collectctl list")


class Listed(Record):
    """A policy, where it is set (the book, clients), and how many open accounts it binds.

    None where that depends on residence.
    """

    policy: Policy
    set_for: tuple[str, ...]
    accounts: int | None


def checked(book: Book, names: str) -> str:
    """`names` (commas between) as they are kept. Raises `UnknownPolicy` (2)."""
    known = policies(book.connection)
    for name in names.split(","):
        if name.strip() not in known:
            raise UnknownPolicy(name.strip(), known)
    return ",".join(name.strip() for name in names.split(","))


def listed(book: Book) -> list[Listed]:
    """Every policy with what it is set for."""
    check(book.connection)
    binding = Binding(book.connection)
    counts: Counter[str] = Counter()
    rows = book.connection.execute(
        "select w.client, f.policy, count(*) from worklist w join placement f on f.id = (select max(p.id)"
        " from placement p join operation o on o.id = p.op and o.stands where p.account = w.account)"
        " where w.state <> 'closed' group by 1, 2"
    )
    for client, placement, n in rows:
        for name in binding.base(0, client, placement):
            counts[name] += n
    found = []
    for policy in binding.policies.values():
        places = [place for place, names in binding.places() if policy.id in names]
        bound = None if policy.regions else counts[policy.beside or policy.id]
        found.append(Listed(policy, tuple(places), bound))
    return found


def find(book: Book, name: str) -> Policy:
    """One policy with its rules. Raises `NoSuchPolicy` (3)."""
    check(book.connection)
    known = policies(book.connection)
    if name not in known:
        raise NoSuchPolicy(name, known)
    return known[name]


class Chosen(Record):
    """How many people a choice concerns, and what to know of the policies chosen."""

    people: int
    warnings: tuple[str, ...]


def choose(book: Book, names: str, now: datetime, client: str | None, account: int | None) -> Chosen:
    """Have `names` bind the book, a client or an account.

    The most specific setting decides: account, client, import, book. Raises `UnknownPolicy` (2),
    `NoSuchClient` (3).
    """
    value = checked(book, names)
    setting = of_account(account) if account else of_client(client) if client else BOOK
    if client and not has_client(book.connection, client):
        raise NoSuchClient(client)
    with unit(book, "policies", now) as made:
        store_policies(made.connection)
        made.facts.add("setting", name=setting, value=value)
        persons = persons_under(made.connection, setting)
        worklist.refresh(made.connection, persons, now.date(), zone_of(now))
        made.text = _("contact policy of {place}: {names}").format(
            place=client or (_number(book, account) if account else _("the book")), names=value
        )
    known = policies(book.connection)
    asleep = [known[name] for name in value.split(",") if not known[name].in_force(now.date())]
    warnings = [
        _("{policy} is not in force today ({first} to {last})").format(
            policy=p.id, first=p.effective_from or "…", last=p.effective_until or "…"
        )
        for p in asleep
    ]
    return Chosen(len(persons), tuple(warnings))


def _number(book: Book, account: int) -> str:
    return str(book.connection.execute("select number from account where id = ?", (account,)).fetchone()[0])
