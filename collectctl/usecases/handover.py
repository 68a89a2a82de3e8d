"""Handing a client's accounts over to a colleague: one file that `import` takes over, history and all."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.handover import Cover
from collectctl.domain.owing import balance_of
from collectctl.domain.results.exporting import ExportResult
from collectctl.domain.results.importing import ImportResult
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.intake.handover import BadHandover, read_handover
from collectctl.outlet.handover import write_handover
from collectctl.outlet.replacing import Target, vacant, writing
from collectctl.store import handover, imports, worklist
from collectctl.store.book import Book
from collectctl.store.errors import BookReadOnly
from collectctl.store.exports import snapshot
from collectctl.store.facts import COLUMNS
from collectctl.store.journal import ENTRY, Unit, entry, utc_text
from collectctl.store.persons import load_persons
from collectctl.store.policies import store_policies
from collectctl.store.takeover import Misfit, Takeover
from collectctl.usecases.import_request import ImportRequest
from collectctl.usecases.purging import NoSuchClient


class WhoseAccounts(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("whose accounts are handed over?"), "collectctl export handover FILE --client NAME --reveal"
        )


class NotMasked(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a hand-over holds identity and card numbers whole, or nobody could go on with it"), "--reveal"
        )


class OneHandover(BadUsage):
    def __init__(self) -> None:
        super().__init__(_("a hand-over is taken over by itself, as it is"), "collectctl import FILE")


def hand_over(
    book: Book, target: Target, name: str, client: str, now: datetime, *, reveal: bool, force: bool
) -> ExportResult:
    """Write everything that stands about the client's accounts; an entry of the journal says so.

    Raises `WhoseAccounts`, `NotMasked`, `TargetExists` (2), `NoSuchClient` (3), `CantWrite` (5).
    """
    if not client:
        raise WhoseAccounts
    if not reveal:
        raise NotMasked
    connection = book.connection
    if not imports.has_accounts(connection, client):
        raise NoSuchClient(client, imports.clients(connection))
    if not book.writable:
        raise BookReadOnly(str(book.path))
    if isinstance(target, Path):
        vacant(target, force=force)
    with book.write() as writing_to, entry(writing_to, "export", now, ENTRY) as made:
        made.text = _("handed over the accounts of {client}, revealed, {file}").format(
            client=client, file=name
        )
    with writing(target, force=force) as stream, snapshot(connection):
        accounts = len(handover.accounts_of(connection, client))
        cover = Cover(client, utc_text(now), _seal(connection), accounts)
        facts = write_handover(stream, cover, handover.read(connection, client))
    return ExportResult(name, "handover", "jsonl", facts, (), ())


def _seal(connection: sqlite3.Connection) -> str:
    """The last link of the chain under which the facts stood."""
    row = connection.execute("select hex(chain) from operation order by id desc limit 1").fetchone()
    return str(row[0]).lower()


# what a forged file leads to: what fits no column or no other fact, and days that are none
_NONSENSE = (Misfit, ValueError, TypeError, LookupError, ArithmeticError)


class _NothingToStore(Exception):
    """Leaves the transaction without storing anything."""


def take_over(book: Book, requests: Sequence[ImportRequest], now: datetime) -> ImportResult:
    """Take over what a colleague handed over: one step; accounts that are here already are left as they are.

    Raises `OneHandover` (2), `BadHandover`, `NewerHandover` (4).
    """
    request = requests[0]
    if len(requests) > 1:
        raise OneHandover
    cover, facts = read_handover(request.name, request.data)
    result = ImportResult(request.name, "handover", "utf-8", None, 1, (), (), 0, request.dry_run, len(facts))
    try:
        with book.write() as connection:
            with entry(connection, "import", now) as made:
                store_policies(connection)
                taken = Takeover(connection, facts, {t: made.facts.next_id(t) for t in COLUMNS})
                if taken.accounts:
                    taken.write(made, 0)
                    made.text = _("took over {count} accounts of {client} from {file}").format(
                        count=len(taken.accounts), client=cover.client, file=request.name
                    )
            for rank in taken.ranks if taken.accounts else ():
                if rank:
                    with entry(connection, "import", now, ENTRY) as part:
                        part.target = made.id
                        taken.write(part, rank)
            worklist.refresh(connection, taken.persons(), now.date(), zone_of(now))
            result = _told(connection, result, taken, made)
            if request.dry_run or not taken.accounts:
                raise _NothingToStore
    except _NothingToStore:
        return replace(result, operation=None)
    except (*_NONSENSE, sqlite3.IntegrityError) as error:
        raise BadHandover(request.name, _("its facts do not fit together")) from error
    return result


def _told(connection: sqlite3.Connection, result: ImportResult, taken: Takeover, made: Unit) -> ImportResult:
    new = set(taken.accounts)
    people = [p for p in load_persons(connection, taken.persons()) if any(a.id in new for a in p.accounts)]
    accounts: list[AccountFile] = [a for person in people for a in person.accounts if a.id in new]
    totals: Counter[str] = Counter()
    for account in accounts:
        if account.open:
            totals[account.statement.currency] += balance_of(account)
    return replace(
        result, new=len(new), unchanged=len(taken.known), people=len(people), totals=dict(totals),
        operation=made.id,
    )  # fmt: skip
