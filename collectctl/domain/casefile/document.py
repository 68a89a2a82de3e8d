"""The court file laid out: its parts in their order, in the language that is spoken now."""

from collectctl.domain.casefile import dealings, money, people, proving
from collectctl.domain.casefile.records import Case, Document, Item
from collectctl.domain.components import COMPONENTS
from collectctl.domain.money import plain
from collectctl.domain.promises import states_of
from collectctl.domain.quoting import Quote
from collectctl.domain.words import _


def document(case: Case, language: str) -> Document:
    """`language` is that of the sentences that are spoken, as BCP 47 names it."""
    found = people.contacts(case)
    parts = [
        people.parties(case), money.claim(case), money.calculation(case), money.book(case),
        dealings.calls(case, found), dealings.agreements(case), dealings.demands(case, found),
        dealings.objections(case), dealings.others(case), proving.time_left(case),
    ]  # fmt: skip
    fee = money.fee(case)
    if fee:
        parts.append(fee)
    parts.append(proving.evidence(case, parts, found))
    said = proving.left_out(case, found, _unsaid(case))
    parts.append(proving.seal(case, found, said))
    account = case.account
    items = [
        Item("as_of", _("as of"), case.as_of),
        Item("written_at", _("written at"), case.now),
        Item("zone", _("time zone"), case.now.isoformat()[-6:]),
        Item("currency", _("currency"), case.currency),
    ]
    if case.as_of > case.today:
        items.insert(1, Item("facts_on", _("facts up to"), case.facts_on))
    return Document(
        language, _("Court file"), f"{account.debtor} · {account.number}", tuple(items), tuple(parts), said,
        found.third, totals(case.quote),
    )  # fmt: skip


def _unsaid(case: Case) -> int:
    """How many promises of third parties are left out."""
    if case.third_parties:
        return 0
    return sum(people.by_third(case, s) for s in states_of(case.known, case.facts_on))


def totals(quote: Quote) -> dict[str, str]:
    """What is owed, as decimal strings: these are compared with the book."""
    currency = quote.account.statement.currency
    return {
        **{name: plain(quote.owed[name], currency) for name in COMPONENTS},
        "credit": plain(quote.credit, currency),
        "total": plain(quote.total, currency),
        "balance": plain(quote.movements[-1].balance, currency),
    }
