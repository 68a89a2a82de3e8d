"""Everything about one account; and finding accounts."""

from datetime import datetime

from collectctl.domain.analysis import analyse
from collectctl.domain.cases import Asked
from collectctl.domain.claims import claim_states
from collectctl.domain.facts import AccountFile, Party
from collectctl.domain.holds import effective_holds
from collectctl.domain.ledger import Ledger, ledger
from collectctl.domain.limitation import limitation
from collectctl.domain.masking import mask_id
from collectctl.domain.numbers import number_states
from collectctl.domain.owing import balance_of, difference, owed_on
from collectctl.domain.parties import Beside, may_say
from collectctl.domain.plans import current_plan
from collectctl.domain.promises import states_of
from collectctl.domain.results.showing import FindResult, Hit, ShowResult, TimelineEntry
from collectctl.domain.settlements import current_settlement
from collectctl.domain.verdict import judge
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.domain.worklist import person_entries
from collectctl.store import search, worklist
from collectctl.store.book import Book
from collectctl.store.deskfacts import safety_notes
from collectctl.store.journal import ENTRY, entry
from collectctl.store.persons import ACTIVITY_COLUMNS, activity, load_persons
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.can import may
from collectctl.usecases.rows import list_row, rows_of
from collectctl.usecases.today import Gates, bring_to_day

RECENT = 15
_TIMELINE = (
    f"select {ACTIVITY_COLUMNS},"
    " (select x.id from activity x join operation q on q.id = x.op and q.stands where x.amends = f.id)"
    " from activity f join operation o on o.id = f.op and o.stands where f.account = ?"
    " order by f.at desc, f.id desc"
)


def show(
    book: Book, account_id: int, now: datetime, *, everything: bool = False, reveal: bool = False
) -> ShowResult:
    """One account with its person, as of now."""
    found = target(book, account_id)
    entries = person_entries(found.person, now.date(), zone_of(now))
    found_entry = next(e for e in entries if e.row.account == account_id)
    rows = book.connection.execute(_TIMELINE, (account_id,)).fetchall()
    kept = rows if everything else rows[:RECENT]
    account, today = found.account, now.date()
    book_of_it = ledger(account, today)
    number = found.person.id_number or ""
    return ShowResult(
        row=list_row(1, found.person, found_entry, now),
        person=found.person,
        account=account,
        numbers=number_states(found.person),
        promises=states_of(found.account, now.date()),
        money=_money(account, book_of_it),
        movements=book_of_it.movements,
        to_clear=owed_on(account, today),
        holds=effective_holds(account, today),
        plan=current_plan(account, today),
        settlement=current_settlement(account, today),
        limitation=limitation(account, zone_of(now), found.person.region),
        timeline=tuple(TimelineEntry(activity(row[:-1]), row[-1]) for row in kept),
        more=len(rows) - len(kept),
        id_number=number if reveal else mask_id(number),
        revealed=reveal,
        may=may(found, Asked(now), now),
        beside=tuple(_beside(found, party, now) for party in account.parties if party.role != "debtor"),
        claims=claim_states(account, today),
        safety=tuple(safety_notes(book.connection, [found.person.id])),
        analysis=analyse(found.person, account, now),
    )


def _money(account: AccountFile, of_it: Ledger) -> dict[str, int]:
    """What is owed, how it is made up, and what the client says of it (minor units)."""
    return {
        **of_it.owed,
        "balance": of_it.balance,
        "credit": of_it.credit,
        "paid": of_it.paid,
        "client_states": account.statement.balance,
        "difference": difference(account),
        "unexplained": of_it.unexplained,
    }


def _beside(found: Target, party: Party, now: datetime) -> Beside:
    phones = tuple(p for p in found.person.party_phones if p.person == party.person)
    asked = Asked(now, "call", phones[0].digits if phones else "", party.name)
    verdict = judge(found.person, found.account, asked)
    say = may_say(party.role, found.account.policies)
    return Beside(party, tuple(p.value for p in phones), verdict, say)


def first_due(book: Book, now: datetime) -> int | None:
    """The account in the first row of `today`, None where nothing is due."""
    bring_to_day(book, now.date(), now)
    found = worklist.due_accounts(book.connection, now, 1, Gates(book, now).open, by_account=False)
    rows = rows_of(book, found, now, of_person=True)
    return rows[0].account_id if rows else None


def find(book: Book, typed: str, limit: int) -> FindResult:
    """Accounts by number, phone, name or note, each where it was found first."""
    connection = book.connection
    found: dict[int, str] = {}
    ways = (
        (search.by_number, _("number")),
        (search.by_phone, _("phone")),
        (search.by_text, _("name or note")),
    )
    for way, where in ways:
        for account_id in way(connection, typed.strip(), limit + 1):
            found.setdefault(account_id, where)
    if not found:
        found = dict.fromkeys(search.by_part(connection, typed.strip(), limit + 1), _("part of it"))
    if not found:
        return FindResult((), False)
    wanted = dict(list(found.items())[:limit])
    marks = ",".join("?" * len(wanted))
    persons = connection.execute(
        f"select distinct person from worklist where account in ({marks})", list(wanted)
    ).fetchall()
    files = {a.id: a for p in load_persons(connection, [row[0] for row in persons]) for a in p.accounts}
    hits = tuple(
        Hit(
            a,
            files[a].number,
            files[a].debtor,
            files[a].client,
            balance_of(files[a]),
            files[a].statement.currency,
            where,
        )
        for a, where in wanted.items()
        if a in files
    )
    return FindResult(hits, len(found) > limit)


def record_reveal(book: Book, result: ShowResult, now: datetime) -> None:
    """Whole identity numbers were shown: an entry of the journal, no step of undo."""
    with book.write() as connection, entry(connection, "show", now, ENTRY) as made:
        made.text = _("revealed {account}").format(account=result.account.number)
