"""Writing the accounts of a client's file: new ones, changed ones, and those that came back."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from collectctl.domain.facts import AccountFile, PersonFile, Phone
from collectctl.domain.firstrows import Debt
from collectctl.domain.importing import (
    CHANGED,
    NEW,
    REOPENED,
    UNCHANGED,
    Change,
    as_json,
    compare,
    overdue_since,
    stated_day,
)
from collectctl.domain.numbers import dial_digits
from collectctl.domain.owing import balance_of
from collectctl.domain.policy import Policy
from collectctl.domain.regions import region_of
from collectctl.domain.stated import StatedAccount, StatedContact, StatedPhone
from collectctl.intake.phones import Numbering
from collectctl.store import imports, search
from collectctl.store.binding import Binding
from collectctl.store.entries import current_placement
from collectctl.store.facts import Value
from collectctl.store.journal import Unit
from collectctl.usecases.import_rows import NearNumbers
from collectctl.usecases.newcomers import Arrival, Newcomers

Known = dict[int, tuple[PersonFile, AccountFile]]


class Writer:
    """Writes the stated accounts of one client in one unit.

    Who is new gets their rows of the worklist as `Newcomers`; `persons` are the others, whose rows the caller
    has to bring up to date. `numbers` tells which accounts of the client the file may mean with a number that
    is not quite theirs.
    """

    def __init__(
        self, unit: Unit, client: str, batch_id: int, batch: str, policy: str, now: datetime,
        numbering: Numbering, numbers: NearNumbers,
    ) -> None:  # fmt: skip
        self._unit, self._client, self._batch_id = unit, client, batch_id
        self._batch, self._policy, self._today = batch, policy, now.date()
        self._form = numbering.form
        self._binding = Binding(unit.connection)
        self._base = self._binding.base(0, client, policy)
        self._country = self._binding.country(self._base)
        self._client_id = imports.client_id(unit, client)
        self._next_person = self._next_account = 0
        self._numbers = numbers
        self.debtors = array("q")  # of the accounts that the file names, one each
        self._named = array("q")  # those accounts
        self._rows = array("q")  # and where
        self.converted: list[int] = []  # rows that have an account in another currency than the book
        self._nearly: set[int] = set()  # those that it names nearly
        self.persons: set[int] = set()
        # numbers of accounts that came back, that stay closed, and whose debtor has another name than before
        self.reopened: list[str] = []
        self.still_closed: list[str] = []
        self.renamed: list[str] = []
        self.differing = 0  # accounts whose new statement is not what the ledger has
        self.counts = dict.fromkeys((NEW, CHANGED, UNCHANGED, REOPENED), 0)
        self._clear()

    def _clear(self) -> None:
        self._facts: dict[str, list[Sequence[Value]]] = {
            "person": [], "account": [], "placement": [], "placement_event": [], "statement": [],
            "party": [], "contact_point": [],
        }  # fmt: skip
        self._words: list[tuple[str, int, int, str]] = []

    def write(self, accounts: Sequence[StatedAccount], newcomers: Newcomers) -> None:
        """Write some accounts; who is new with them is added to `newcomers`."""
        connection = self._unit.connection
        ids = imports.account_ids(connection, self._client, [a.number for a in accounts])
        known = imports.known_accounts(connection, list(ids.values()))
        self._match(accounts, ids, known)
        numbers = [identity for a in accounts if (identity := identity_of(a))]
        customers = [str(a.values["client_customer"]) for a in accounts if a.values.get("client_customer")]
        people = imports.identities(connection, self._client, numbers, customers)
        self._next_person = self._unit.facts.next_id("person")
        self._next_account = self._unit.facts.next_id("account")
        for stated in accounts:
            account_id = ids.get(stated.number)
            person, account = known.get(account_id or 0, (None, None))
            if person is None or account is None:
                self._add(stated, account_id, people, newcomers)
            else:
                self._name(account.id, stated.row)
                self.debtors.append(person.id)
                change = compare(stated, person, account)
                self.counts[change.kind] += 1
                self._tell(stated, account, change)
                self._update(stated, change, person, account)
                if change.kind != UNCHANGED:
                    self.persons.add(person.id)
        self._flush()
        self._clear()

    def _tell(self, stated: StatedAccount, account: AccountFile, change: Change) -> None:
        """Keep the number where a collector will want to know it."""
        if change.kind == CHANGED and stated.currency != account.statement.currency:
            self.converted.append(stated.row)
        if change.kind == REOPENED:
            self.reopened.append(account.number)
        elif not account.open:
            self.still_closed.append(account.number)
        if change.renamed and account.debtor:
            self.renamed.append(account.number)

    def _match(self, accounts: Sequence[StatedAccount], ids: dict[str, int], known: Known) -> None:
        """Add to `ids` and `known` the accounts whose numbers the file has nearly."""
        nearly = {
            a.number: number
            for a in accounts
            if ids.get(a.number) not in known and (number := self._numbers.same(a.row, a.number))
        }
        found = imports.account_ids(self._unit.connection, self._client, list(nearly.values()))
        self._nearly.update(found.values())
        ids.update((number, found[same]) for number, same in nearly.items())
        known.update(imports.known_accounts(self._unit.connection, list(found.values())))

    def _name(self, account: int, row: int) -> None:
        self._named.append(account)
        self._rows.append(row)

    def named_twice(self) -> list[int]:
        """The rows that name one account with numbers which are nearly the same; empty where none do."""
        rows: dict[int, list[int]] = {}
        for account, row in zip(self._named, self._rows, strict=True) if self._nearly else ():
            if account in self._nearly:
                rows.setdefault(account, []).append(row)
        return next((sorted(several) for several in rows.values() if len(several) > 1), [])

    def missing(self) -> list[tuple[int, int]]:
        """The open accounts of the client that the file does not name, each with its debtor."""
        named = set(self._named)
        every = imports.open_accounts(self._unit.connection, self._client)
        return [(account, person) for account, person in every if account not in named]

    def _add(
        self, stated: StatedAccount, account_id: int | None, people: imports.Identities, newcomers: Newcomers
    ) -> None:
        self.counts[NEW] += 1
        person = self._person(stated, people)
        account = account_id or self._account(stated)
        self._name(account, stated.row)
        placed, since = stated_day(stated, "placed_on") or self._today, overdue_since(stated, self._today)
        ends = stated_day(stated, "placement_ends")
        self.debtors.append(person)
        self._place(stated, account, person, placed, ends)
        self._state(stated, account, since)
        self._facts["party"].append((account, person, "debtor", stated.name, ""))
        self._words.append((stated.name, self._unit.id, account, search.DEBTOR))
        phones = self._phones(person, stated.phones)
        if stated.contacts:
            self._contacts(stated.contacts, account)
        values = stated.values
        debt = Debt(
            account, self._client, self._batch_of(stated), stated.currency, stated.balance, since, placed,
            ends, str(values.get("city", "")), values.get("client_score"), str(values.get("email", "")),
        )  # fmt: skip
        region = region_of(values, self._country)
        if not newcomers.add(person, Arrival(debt, self._policies_in, self._country, region, phones)):
            self.persons.add(person)

    def _policies_in(self, region: str) -> tuple[Policy, ...]:
        return self._binding.policies_of(self._base, region)

    def _batch_of(self, stated: StatedAccount) -> str:
        return self._batch or str(stated.values.get("batch", ""))

    def _person(self, stated: StatedAccount, people: imports.Identities) -> int:
        """The debtor's id: by full identity number, else by the client's own customer number, else new."""
        number, customer = identity_of(stated), str(stated.values.get("client_customer") or "")
        known = people.by_number.get(number) or (not number and people.by_customer.get(customer))
        if known:
            return known
        key = customer if customer not in people.by_customer else ""
        made = self._new_person(number or None, key or None)
        if number:
            people.by_number[number] = made
        if key:
            people.by_customer[key] = made
        return made

    def _new_person(self, number: str | None = None, customer: str | None = None) -> int:
        made, self._next_person = self._next_person, self._next_person + 1
        client = self._client_id if customer else None
        self._facts["person"].append((number, client, customer))
        return made

    def _account(self, stated: StatedAccount) -> int:
        made, self._next_account = self._next_account, self._next_account + 1
        self._facts["account"].append((self._client_id, stated.number))
        self._words.append((stated.number, self._unit.id, made, search.NUMBER))
        return made

    def _update(
        self, stated: StatedAccount, change: Change, person: PersonFile, account: AccountFile
    ) -> None:
        if change.kind == REOPENED:
            placed = stated_day(stated, "placed_on") or self._today
            self._place(stated, account.id, person.id, placed, stated_day(stated, "placement_ends"))
        if change.statement:
            self._state(stated, account.id, overdue_since(stated, self._today))
            self.differing += change.kind == CHANGED and stated.balance != balance_of(account)
        if change.ends_on:
            placement = current_placement(self._unit.connection, account.id)
            self._facts["placement_event"].append(
                (account.id, placement, "extended", change.ends_on.isoformat(), "", "", None)
            )
        if change.renamed:
            self._facts["party"].append((account.id, person.id, "debtor", stated.name, ""))
            self._words.append((stated.name, self._unit.id, account.id, search.DEBTOR))
        self._phones(person.id, change.phones)
        for other, phones in change.numbers:
            self._phones(other, phones)
        self._contacts(change.contacts, account.id)

    def _place(
        self, stated: StatedAccount, account: int, person: int, placed: date, ends: date | None
    ) -> None:
        self._facts["placement"].append(
            (account, person, self._batch_id, self._batch_of(stated), placed.isoformat(),
             ends.isoformat() if ends else None, self._policy)
        )  # fmt: skip

    def _state(self, stated: StatedAccount, account: int, since: date | None) -> None:
        self._facts["statement"].append(
            (account, self._batch_id, stated.row, self._today.isoformat(), stated.currency, stated.balance,
             since.isoformat() if since else None, as_json(stated.values), as_json(stated.extra))
        )  # fmt: skip
        remarks = stated.values.get("remarks")
        if remarks:
            self._words.append((str(remarks), self._unit.id, account, search.NOTE))

    def _phones(self, person: int, stated: Iterable[StatedPhone]) -> tuple[Phone, ...]:
        """Append a person's numbers; returns them as the rules read them, each once."""
        found: dict[str, Phone] = {}
        for kind, number in stated:
            digits, form = dial_digits(number), self._form(number)
            self._facts["contact_point"].append(
                (person, "phone", number, digits, digits[::-1], kind, "client", " ".join(form.zones),
                 form.normal)
            )  # fmt: skip
            found.setdefault(
                digits, Phone(0, person, number, digits, kind, "client", form.normal, form.zones)
            )
        return tuple(found.values())

    def _contacts(self, contacts: Iterable[StatedContact], account: int) -> None:
        for contact in contacts:
            person = self._new_person()
            self._facts["party"].append((account, person, contact.role, contact.name, contact.relation))
            self._words.append((contact.name, self._unit.id, account, search.PARTY))
            self._phones(person, contact.phones)

    def _flush(self) -> None:
        for table, rows in self._facts.items():
            if rows:
                self._unit.facts.add_many(table, rows)
        search.add(self._unit.connection, self._words)


def identity_of(stated: StatedAccount) -> str:
    """The full identity number as it is compared: its check letter is one letter, however it is written.

    A masked one is none: two people may share what is left of theirs.
    """
    number = str(stated.values.get("id_number") or "").upper()
    return "" if "*" in number else number
