"""The end of a mandate: what a client placed and took back is purged, and nothing brings it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from collectctl.domain.errors import BadUsage, BookError, NotFound
from collectctl.domain.purging import Keep, closed_before, kept_by
from collectctl.domain.results.about import Kept, Purge
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.store import backups, imports, purging, worklist
from collectctl.store.book import Book
from collectctl.store.journal import ENTRY, entry
from collectctl.store.persons import load_persons


class NoSuchClient(NotFound):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(
            _("no client is called {name!r}").format(name=name),
            _("--client {names}").format(names=" | ".join(known)) if known else "",
        )


class PurgeAhead(BadUsage):
    def __init__(self, before: date) -> None:
        super().__init__(
            _("{day} is a day to come: what is closed until then can't be purged yet").format(day=before),
            "--before today",
        )


class CopiesLeft(BookError):
    code = "copies-left"

    def __init__(self, why: str) -> None:
        super().__init__(
            _("purged from the book, but not from the backups beside it ({why})").format(why=why),
            _("mend that, then run the same command again: it goes on from here"),
        )


def purge(book: Book, client: str, before: date, override: str, now: datetime) -> Purge:
    """Purge the client's accounts closed before a day; `override`, a reason, takes kept ones too.

    An entry of the journal, no step: it can't be undone. The backups beside the book held the same: they are
    removed, and a new one is written, also those that an interrupted purge left. Raises NoSuchClient (3),
    PurgeAhead (2), CopiesLeft (5).
    """
    with purging.wiping(book.connection) as left:
        with book.write() as connection, entry(connection, "book purge", now, ENTRY) as made:
            chosen = plan(book, client, before, override, now)
            if chosen.accounts:
                debtors = imports.debtors_of_client(connection, client)
                buried = purging.bury(made, client, before)
                worklist.refresh(connection, debtors, now.date(), zone_of(now))
                made.text = _told(chosen, buried.accounts, override)
                chosen = replace(chosen, accounts=buried.accounts, people=buried.people, facts=buried.facts)
        if not left():
            return chosen
    return replace(chosen, backups=_clean(book, now))


def _told(chosen: Purge, accounts: int, override: str) -> str:
    text = _("purged {count} accounts of {client} closed before {day}")
    said = text.format(count=accounts, client=chosen.client, day=chosen.before)
    return said + (_(", override: {reason}").format(reason=override) if override else "")


def _clean(book: Book, now: datetime) -> int:
    """Replace the backups that may hold what was purged; how many there were."""
    try:
        removed = backups.replace_all(book.connection, book.path, now.date())
    except (BookError, OSError) as error:
        raise CopiesLeft(str(error)) from error
    with book.write() as connection:
        purging.all_gone(connection)
    return removed


def plan(book: Book, client: str, before: date, override: str, now: datetime) -> Purge:
    """What `purge` would take: marked, and counted. Raises NoSuchClient (3), PurgeAhead (2)."""
    if before > now.date():
        raise PurgeAhead(before)
    connection = book.connection
    if not imports.has_accounts(connection, client):
        raise NoSuchClient(client, imports.clients(connection))
    keeps: list[Keep] = []
    going = purging.never_stood(connection, client, before)
    staying = 0
    for person in load_persons(connection, imports.debtors_of_client(connection, client)):
        for account in person.accounts:
            if account.client != client:
                continue
            keep = None if override else kept_by(account, now.date(), zone_of(now))
            if not closed_before(account, before):
                staying += 1
            elif keep:
                keeps.append(keep)
            else:
                going.append(account.id)
    tied = purging.choose(connection, going)
    return Purge(client, before, len(going) - tied, _summed(keeps), tied, staying)


def _summed(keeps: list[Keep]) -> tuple[Kept, ...]:
    counts = Counter(keep.rule for keep in keeps)
    return tuple(
        Kept(rule.id, rule.text, rule.cite, count, max(k.until for k in keeps if k.rule == rule))
        for rule, count in counts.items()
    )
