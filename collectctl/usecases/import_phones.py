"""A list of numbers to dial: new ones are added to the debtor, or to whom beside them they belong."""

from collections import Counter

from collectctl.domain.facts import AccountFile, Party, PersonFile, Phone
from collectctl.domain.logline import LogLine
from collectctl.domain.masking import masked
from collectctl.domain.newnumbers import Given, not_the_debtor, sort_numbers
from collectctl.domain.numbers import dial_digits
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.recording import How, record
from collectctl.domain.results.importing import ImportResult, PhonesImported
from collectctl.domain.stated import RowError, StatedNumbers
from collectctl.domain.words import _
from collectctl.intake.phonelists import read_numbers
from collectctl.intake.phones import Numbering
from collectctl.store import imports
from collectctl.store.entries import add_phone, append_entry
from collectctl.store.people import add_party, add_person
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of
from collectctl.usecases.phones import country


def import_phones(read: Import) -> ImportResult:
    """Raises `RowsRejected` (4) unless bad rows may be left out, `NoKnownAccount` (3)."""
    column = read.found.first("account", "client_customer", "id_number")
    stated = read_numbers(read.table, read.found, read.defaults)
    holders = _Holders(read, column.field or "" if column else "")
    rows = Rows(holders, stated.numbers, column.name if column else "")
    writer = _Writer(read)
    for person, files in rows.people(read.made):
        for account, of in files:
            person, account = writer.take(person, account, of)
            read.progress(len(of))
    errors = [*stated.errors, *rows.errors, *writer.errors]
    near = rows.refuse(read, errors)
    rows.finish(read, writer.changed)
    counts = writer.counts
    strangers = tuple(masked(holders.field, number) for number in rows.strangers)
    done = PhonesImported(
        counts["added"], counts["known"], len(rows.unknown), strangers, counts["dead"],
        counts["parties"], stated.empty,
    )  # fmt: skip
    text = _("imported {file}: {count} numbers").format(file=read.request.name, count=done.added)
    return result_of(read, (stated.rows, stated.left_out), errors, done, {}, text, near)


class _Holders(Accounts):
    """The first account of whom a row names: by account, else by the customer or identity number."""

    def __init__(self, read: Import, field: str) -> None:
        super().__init__(read)
        self._connection, self.field = read.made.connection, field

    def fitting(self, row: int, number: str, client: str | None) -> list[imports.Numbered]:
        if self.field not in ("id_number", "client_customer"):
            return super().fitting(row, number, client)
        found = self._exactly(number, client) if self.field == "client_customer" else []
        return found or imports.accounts_of(self._connection, self.field, number, client)


class _Writer:
    """Takes the rows of one account after the other and appends the numbers that are new."""

    def __init__(self, read: Import) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: list[RowError] = []
        self.changed: set[int] = set()
        self._made, self._now = read.made, read.now
        self._name = read.found.name_of("name")

    def take(
        self, person: PersonFile, account: AccountFile, rows: list[StatedNumbers]
    ) -> tuple[PersonFile, AccountFile]:
        """Append what `rows` give; returns both files as they are now."""
        form = Numbering(country(account)).form
        for row in rows:
            wrong = not_the_debtor(account, row, self._name)
            if wrong:
                self.errors.append(wrong)
                continue
            found = sort_numbers(person, account, row)
            self.counts.update(added=len(found.new), known=found.known, dead=found.dead)
            if found.new and row.text:
                self._note(person, account, row)
            for given in found.new:
                owner, account = self._owner(person, account, given)
                number, told = given.phone.number, form(given.phone.number)
                add_phone(self._made, owner, number, given.phone.kind, row.source, told.normal, told.zones)
                person = _with_number(person, owner, number)
                self.changed.add(person.id)
        return person, account

    def _note(self, person: PersonFile, account: AccountFile, row: StatedNumbers) -> None:
        """What a list remarks on its numbers is a note on the account."""
        line = LogLine(BY_CODE["note"], (), (), None, None, row.text, ())
        entry = record(person, account, line, How(self._now))
        append_entry(self._made, entry, self._made.facts.next_id("activity"))

    def _owner(self, person: PersonFile, account: AccountFile, given: Given) -> tuple[int, AccountFile]:
        """Whose a number is, made where they are new; and the account with them."""
        if given.party:
            return given.party.person, account
        if given.stranger is None:
            return person.id, account
        role, name, relation, _phones = given.stranger
        known = next(
            (p for p in account.parties if (p.role, p.name, p.relation) == (role, name, relation)), None
        )
        if known:
            return known.person, account
        made = add_person(self._made)
        add_party(self._made, account.id, made, role, name, relation)
        self.counts["parties"] += 1
        party = Party(0, account.id, made, role, name, relation)
        return made, account._replace(parties=(*account.parties, party))


def _with_number(person: PersonFile, owner: int, number: str) -> PersonFile:
    phone = Phone(0, owner, number, dial_digits(number), "", "")
    if owner == person.id:
        return person._replace(phones=(*person.phones, phone))
    return person._replace(party_phones=(*person.party_phones, phone))
