"""Which account the collector means."""

from collections.abc import Callable, Sequence

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.records import Record
from collectctl.domain.when import fold
from collectctl.domain.words import _
from collectctl.store import search
from collectctl.store.book import Book
from collectctl.store.persons import load_person, person_of

_CANDIDATES = 5
_LONGEST = 200  # characters: no number or name is longer


class UnknownAccount(NotFound):
    def __init__(self, typed: str) -> None:
        super().__init__(_("no account, number or name fits {typed!r}").format(typed=typed), _find(typed))


class AmbiguousAccount(BadUsage):
    code = "ambiguous"

    def __init__(self, typed: str, numbers: Sequence[str], more: bool) -> None:
        listed = ", ".join(numbers) + (", ..." if more else "")
        super().__init__(
            _("{typed!r} fits several accounts: {listed}").format(typed=typed, listed=listed),
            _find(typed),
        )


def _find(typed: str) -> str:
    from shlex import quote

    return f"collectctl find {quote(typed)}" if typed.strip() else "collectctl list"


class Target(Record):
    """An account and the person who owes it."""

    person: PersonFile
    account: AccountFile


def target(book: Book, account_id: int) -> Target:
    person = load_person(book.connection, person_of(book.connection, account_id))
    return Target(person, person.account(account_id))


def resolve(book: Book, typed: str) -> int:
    """The account that `typed` names: number, its beginning, a phone's last digits, part of number or name.

    The first way that gives exactly one decides; a name can't decide against numbers that begin so.
    Raises `UnknownAccount` (3) or `AmbiguousAccount` (2).
    """
    if len(typed) > _LONGEST:
        raise UnknownAccount(typed[:_LONGEST] + "…")
    several: list[int] = []
    for text in dict.fromkeys((typed.strip(), fold(typed).strip())):
        for way in (search.by_number, search.by_phone, search.by_part):
            found = _distinct(way, book, text)
            if len(found) == 1 and not (several and way is search.by_part):
                return found[0]
            several = several or found
            if way is search.by_number and _same_number(book, found):
                break  # the number itself, at several clients: nothing else can decide
    if not several:
        raise UnknownAccount(typed)
    marks = ",".join("?" * len(several))
    numbers = book.connection.execute(
        "select a.number, c.name from account a join client c on c.id = a.client"
        f" where a.id in ({marks}) order by a.number, c.name", several
    ).fetchall()  # fmt: skip
    same = len({number for number, _client in numbers}) < len(numbers)
    listed = [f"{number} ({client})" if same else number for number, client in numbers[:_CANDIDATES]]
    raise AmbiguousAccount(typed, listed, len(several) > _CANDIDATES)


def _same_number(book: Book, accounts: Sequence[int]) -> bool:
    marks = ",".join("?" * len(accounts))
    sql = f"select count(distinct number) from account where id in ({marks})"
    return len(accounts) > 1 and book.connection.execute(sql, list(accounts)).fetchone()[0] == 1


def _distinct(way: Callable[..., list[int]], book: Book, text: str) -> list[int]:
    return list(dict.fromkeys(way(book.connection, text, _CANDIDATES + 1))) if text else []
