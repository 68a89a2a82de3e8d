"""Writing the accounts of a client's file: new ones, changed ones, and those that came back."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from collectctl.domain.facts import AccountFile, Party, PersonFile, Phone, Placement, Statement
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
from collectctl.domain.stated import StatedAccount, StatedPhone
from collectctl.domain.when import zone_of
from collectctl.intake.phones import Numbering
from collectctl.store import imports, search, worklist
from collectctl.store.binding import Binding
from collectctl.store.entries import current_placement
from collectctl.store.facts import Value
from collectctl.store.journal import Unit
from collectctl.usecases.import_request import Progress

BATCH = 2_000  # accounts written at a time


class Writer:
    """Writes the stated accounts of one client in one unit.

    The worklist rows of people who come with this file are made from what was just read; `persons` are the
    debtors known before, whose rows the caller has to bring up to date.
    """

    def __init__(
        self, unit: Unit, client: str, batch_id: int, batch: str, policy: str, now: datetime,
        numbering: Numbering,
    ) -> None:  # fmt: skip
        self._unit, self._client, self._batch_id = unit, client, batch_id
        self._batch, self._policy, self._now, self._today = batch, policy, now, now.date()
        self._form = numbering.form
        self._binding = Binding(unit.connection)
        self._client_id = imports.client_id(unit.connection, client, unit.id)
        self._next_person = imports.next_id(unit.connection, "person")
        self._next_account = imports.next_id(unit.connection, "account")
        self.persons: set[int] = set()
        self.differing = 0  # accounts whose new statement is not what the ledger has
        self.counts = dict.fromkeys((NEW, CHANGED, UNCHANGED, REOPENED), 0)
        self._clear()

    def _clear(self) -> None:
        self._persons: list[tuple[int, int, str | None, int | None, str | None]] = []
        self._accounts: list[tuple[int, int, int, str]] = []
        self._facts: dict[str, list[Sequence[Value]]] = {
            "placement": [], "placement_event": [], "statement": [], "party": [], "contact_point": [],
        }  # fmt: skip
        self._words: list[tuple[str, int, int, str]] = []
        self._fresh: dict[int, PersonFile] = {}

    def write(self, accounts: Sequence[StatedAccount], progress: Progress) -> None:
        for start in range(0, len(accounts), BATCH):
            self._write(accounts[start : start + BATCH])
            progress(min(BATCH, len(accounts) - start))

    def _write(self, accounts: Sequence[StatedAccount]) -> None:
        connection = self._unit.connection
        ids = imports.account_ids(connection, self._client, [a.number for a in accounts])
        known = imports.known_accounts(connection, list(ids.values()))
        numbers = [identity for a in accounts if (identity := identity_of(a))]
        customers = [str(a.values["client_customer"]) for a in accounts if a.values.get("client_customer")]
        people = imports.identities(connection, self._client, numbers, customers)
        first_new = self._next_person
        for stated in accounts:
            account_id = ids.get(stated.number)
            person, account = known.get(account_id or 0, (None, None))
            change = compare(stated, person, account)
            self.counts[change.kind] += 1
            if change.kind == NEW:
                person_id = self._person(stated, people)
                account_id = account_id or self._account(stated)
                self._new(stated, account_id, person_id)
                if person_id >= first_new:
                    self._add_fresh(stated, account_id, person_id)
                    continue
            elif person and account:
                person_id = person.id
                self._update(stated, change, person, account)
            if change.kind != UNCHANGED:
                self.persons.add(person_id)
        self._flush()
        worklist.add(connection, list(self._fresh.values()), self._today, zone_of(self._now))
        self._clear()

    def _add_fresh(self, stated: StatedAccount, account: int, person: int) -> None:
        """The file of a person who is new with this account, as a reading of the facts would give it."""
        placement = Placement(
            0, account, self._batch_of(stated), stated_day(stated, "placed_on") or self._today,
            stated_day(stated, "placement_ends"), self._policy,
        )  # fmt: skip
        statement = Statement(
            0, account, self._today, stated.currency, stated.balance, overdue_since(stated, self._today),
            stated.values, stated.extra,
        )  # fmt: skip
        debtor = Party(0, account, person, "debtor", stated.name, "")
        made = AccountFile(
            account, stated.number, self._client, placement, statement, (debtor,), (), (), (), (), ()
        )
        phones = tuple(self._phone(person, p) for p in stated.phones)
        before = self._fresh.get(person, PersonFile(person, (), (), (), None))
        self._fresh[person] = self._binding.bound(
            before._replace(accounts=(*before.accounts, made), phones=(*before.phones, *phones))
        )

    def _phone(self, person: int, phone: StatedPhone) -> Phone:
        form = self._form(phone.number)
        digits = dial_digits(phone.number)
        return Phone(0, person, phone.number, digits, phone.kind, "client", form.normal, form.zones)

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
        self._persons.append((made, self._unit.id, number, client, customer))
        return made

    def _account(self, stated: StatedAccount) -> int:
        made, self._next_account = self._next_account, self._next_account + 1
        self._accounts.append((made, self._unit.id, self._client_id, stated.number))
        return made

    def _new(self, stated: StatedAccount, account: int, person: int) -> None:
        self._place(stated, account, person)
        self._state(stated, account)
        self._facts["party"].append((account, person, "debtor", stated.name, ""))
        self._words.append((stated.name, self._unit.id, account, search.DEBTOR))
        self._phones(person, stated.phones, "client")
        self._contacts(stated, Change(NEW, True, (), stated.contacts), account)

    def _update(
        self, stated: StatedAccount, change: Change, person: PersonFile, account: AccountFile
    ) -> None:
        if change.kind == REOPENED:
            self._place(stated, account.id, person.id)
        if change.statement:
            self._state(stated, account.id)
            self.differing += change.kind == CHANGED and stated.balance != balance_of(account)
        if change.ends_on:
            placement = current_placement(self._unit.connection, account.id)
            self._facts["placement_event"].append(
                (account.id, placement, "extended", change.ends_on.isoformat(), "", "")
            )
        if change.renamed:
            self._facts["party"].append((account.id, person.id, "debtor", stated.name, ""))
            self._words.append((stated.name, self._unit.id, account.id, search.DEBTOR))
        self._phones(person.id, change.phones, "client")
        self._contacts(stated, change, account.id)

    def _place(self, stated: StatedAccount, account: int, person: int) -> None:
        placed = stated_day(stated, "placed_on") or self._today
        ends = stated_day(stated, "placement_ends")
        self._facts["placement"].append(
            (account, person, self._batch_id, self._batch_of(stated), placed.isoformat(),
             ends.isoformat() if ends else None, self._policy)
        )  # fmt: skip

    def _state(self, stated: StatedAccount, account: int) -> None:
        since = overdue_since(stated, self._today)
        self._facts["statement"].append(
            (account, self._batch_id, stated.row, self._today.isoformat(), stated.currency, stated.balance,
             since.isoformat() if since else None, as_json(stated.values), as_json(stated.extra))
        )  # fmt: skip
        remarks = stated.values.get("remarks")
        if remarks:
            self._words.append((str(remarks), self._unit.id, account, search.NOTE))

    def _phones(self, person: int, phones: Iterable[StatedPhone], source: str) -> None:
        for phone in phones:
            digits, form = dial_digits(phone.number), self._form(phone.number)
            self._facts["contact_point"].append(
                (person, "phone", phone.number, digits, digits[::-1], phone.kind, source,
                 " ".join(form.zones), form.normal)
            )  # fmt: skip

    def _contacts(self, stated: StatedAccount, change: Change, account: int) -> None:
        for contact in change.contacts:
            person = self._new_person()
            self._facts["party"].append((account, person, contact.role, contact.name, contact.relation))
            self._words.append((contact.name, self._unit.id, account, search.PARTY))
            self._phones(person, contact.phones, "client")

    def _flush(self) -> None:
        connection = self._unit.connection
        connection.executemany(
            "insert into person (id, op, id_number, client, customer) values (?, ?, ?, ?, ?)", self._persons
        )
        connection.executemany(
            "insert into account (id, op, client, number) values (?, ?, ?, ?)", self._accounts
        )
        for table, rows in self._facts.items():
            if rows:
                self._unit.facts.add_many(table, rows)
        search.add(connection, self._words)


def identity_of(stated: StatedAccount) -> str:
    """The full identity number as it is compared: its check letter is one letter, however it is written.

    A masked one is none: two people may share what is left of theirs.
    """
    number = str(stated.values.get("id_number") or "").upper()
    return "" if "*" in number else number


def header_text(names: Iterable[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False)
