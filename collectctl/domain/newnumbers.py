"""Whose the numbers of a list are, and which of them are new; pure."""

from collectctl.domain.facts import AccountFile, Party, PersonFile
from collectctl.domain.numbers import dial_digits, number_states
from collectctl.domain.records import Record
from collectctl.domain.stated import RowError, StatedContact, StatedNumbers, StatedPhone
from collectctl.domain.when import fold
from collectctl.domain.words import _


class Given(Record):
    """A number, and whose it is: the debtor's (neither), a known party's, or somebody's who is new."""

    phone: StatedPhone
    party: Party | None
    stranger: StatedContact | None


class Found(Record):
    """The numbers of a row: `dead` of the `known` were found dead, wrong or left."""

    new: list[Given]
    known: int
    dead: int


def not_the_debtor(account: AccountFile, row: StatedNumbers, column: str) -> RowError | None:
    """A name that is none of the debtor's, where no relation says whose it is.

    A third party's number must not become the debtor's.
    """
    names = {_plain(party.name) for party in account.parties if party.role == "debtor"}
    if not row.name or not row.phones or not names or _plain(row.name) in names:
        return None
    text = _("not the debtor's name: say who it is in a column relation, or leave the column out")
    return RowError(row.row, column, row.name, text)


def sort_numbers(person: PersonFile, account: AccountFile, row: StatedNumbers) -> Found:
    """Which numbers of a row the book does not have, by the digits that are dialled."""
    states = {n.phone.digits: n.state for n in number_states(person)}
    on_file = {person.id: {*states}}
    for theirs in person.party_phones:
        on_file.setdefault(theirs.person, set()).add(theirs.digits)
    found = [Given(phone, None, None) for phone in row.phones]
    for contact in row.contacts:
        party = party_of(account, contact)
        found += [Given(phone, party, None if party else contact) for phone in contact.phones]
    new: list[Given] = []
    known = dead = 0
    for given in found:
        owner = given.party.person if given.party else person.id
        seen = on_file.setdefault(-1 if given.stranger else owner, set())
        digits = dial_digits(given.phone.number)
        if digits in seen:
            known += 1
            dead += owner == person.id and bool(states.get(digits))
        else:
            new.append(given)
            seen.add(digits)
    return Found(new, known, dead)


def party_of(account: AccountFile, contact: StatedContact) -> Party | None:
    """The party of the account that a list means: by name, else the only nameless one of that relation."""
    others = [party for party in account.parties if party.role != "debtor"]
    if contact.name:
        return next((p for p in others if _plain(p.name) == _plain(contact.name)), None)
    word = contact.relation or contact.role
    return next((p for p in others if word in (p.relation, p.role)), None)


def _plain(name: str) -> str:
    return "".join(fold(name).casefold().split())
