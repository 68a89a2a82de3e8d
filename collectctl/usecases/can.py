"""May I contact this person, this way, at that moment? Asked without a trace."""

from datetime import datetime

from collectctl.domain.cases import Asked
from collectctl.domain.facts import AccountFile
from collectctl.domain.numbers import dialling
from collectctl.domain.results.verdict import CanResult
from collectctl.domain.verdict import judge, still_open
from collectctl.domain.when import zone_of
from collectctl.domain.whom import party_called
from collectctl.store.book import Book
from collectctl.store.deskfacts import safety_notes
from collectctl.store.policies import check
from collectctl.usecases.accounts import Target, target


def can(book: Book, account_id: int, asked: Asked, now: datetime) -> CanResult:
    """The verdict on `asked`; a call without a number is one to the number that `today` proposes.

    Raises `BadPolicy` (4) where a policy file was changed and can't be used.
    """
    check(book.connection)
    answer = may(target(book, account_id), asked, now)
    if asked.channel != "visit":
        return answer
    return answer._replace(safety=tuple(safety_notes(book.connection, [answer.person])))


def may(found: Target, asked: Asked, now: datetime) -> CanResult:
    """The same for an account that was read already."""
    verdict = judge(found.person, found.account, with_number(found, asked, now))
    return CanResult(
        account_id=found.account.id,
        account=found.account.number,
        name=found.account.debtor,
        person=found.person.id,
        verdict=verdict,
        still=still_open(found.person, found.account, verdict),
    )


def with_number(found: Target, asked: Asked, now: datetime) -> Asked:
    """A call or a text without a number is one to the number that is proposed, or to that of who is meant."""
    if asked.to or asked.channel not in ("call", "sms"):
        return asked
    if asked.who:
        return asked._replace(to=_number_of(found, found.account, asked.who))
    phone = dialling(found.person, now.date(), zone_of(now)).phone
    return asked._replace(to=phone.digits) if phone else asked


def _number_of(found: Target, account: AccountFile, who: str) -> str:
    """The first number of the party that is meant, \"\" where they have none."""
    party = party_called(account, who)
    phones = found.person.party_phones if party and party.role != "debtor" else found.person.phones
    theirs = (p.digits for p in phones if party is None or party.role == "debtor" or p.person == party.person)
    return next(theirs, "") if party else ""
