"""Who is in a court file: who owes the debt, who answers for it, and which contacts were with others."""

from collections.abc import Iterator

from collectctl.domain.casefile.records import Case, Item, Logged, Section, Table
from collectctl.domain.facts import Activity, Party
from collectctl.domain.outcomes import BY_CODE
from collectctl.domain.promises import PromiseState
from collectctl.domain.records import Record
from collectctl.domain.sheets import Cell, Column
from collectctl.domain.whom import whom
from collectctl.domain.words import _

# who owes the debt or may answer for it; everybody else is a third party (GB/T 45251-2025 5.3)
CONCERNED = ("debtor", "guarantor", "co-debtor", "insurer", "spouse")
ROLES = {
    "debtor": _("debtor"), "guarantor": _("guarantor"), "co-debtor": _("co-debtor"),
    "insurer": _("insurer"), "spouse": _("spouse"),
}  # fmt: skip
WHO = {
    "none": _("nobody"), "machine": _("a machine"), "unknown": _("not known"), "third": _("a third party"),
    "liable": _("who answers for the debt"), "self": _("the debtor"),
}  # fmt: skip
_STATED = ("original_creditor", "product", "batch")
_LABELS = {
    "original_creditor": _("original creditor"), "product": _("product"), "batch": _("batch"),
}  # fmt: skip


def is_third(case: Case, activity: Activity) -> bool:
    """Whether a contact, or a try at one, was with somebody who neither owes the debt nor answers for it."""
    role = whom(case.person, case.account, activity.number, activity.party).role
    return role not in CONCERNED or (role == "debtor" and activity.who == "third")


class Contacts(Record):
    """The entries that are shown, and how many are not: third parties', notes for the desk."""

    shown: tuple[Logged, ...]
    third: int
    notes: int


def contacts(case: Case) -> Contacts:
    """The record of contacts up to the day of the file, in the order in which they happened."""
    found = [e for e in case.proof.logged if e.activity.at.astimezone(case.zone).date() <= case.facts_on]
    dealt = [e for e in found if _is_contact(e.activity)]
    shown = [e for e in dealt if case.third_parties or not is_third(case, e.activity)]
    return Contacts(
        tuple(sorted(shown, key=lambda e: (e.activity.at, e.activity.id))),
        len(dealt) - len(shown),
        len(found) - len(dealt),
    )


def _is_contact(activity: Activity) -> bool:
    return activity.inbound or BY_CODE[activity.outcome].attempt or activity.outcome == "legal-step"


def by_third(case: Case, state: PromiseState) -> bool:
    """Whether a promise was made by a third party: by its payer, or in a contact with one."""
    made = state.promise
    if made.payer and made.payer not in {p.name for p in concerned(case)}:
        return True
    entry = next((a for a in case.account.activities if a.id == made.activity), None)
    return entry is not None and is_third(case, entry)


def concerned(case: Case) -> tuple[Party, ...]:
    """The parties who owe the debt or may answer for it, each once."""
    found = {(p.role, p.name): p for p in case.account.parties if p.role in CONCERNED}
    return tuple(sorted(found.values(), key=lambda p: CONCERNED.index(p.role)))


def parties(case: Case) -> Section:
    columns = (
        Column("role", _("role")), Column("name", _("name")), Column("relation", _("relation")),
        Column("id_number", _("identity number")), Column("phones", _("phones")),
        Column("address", _("address")),
    )  # fmt: skip
    rows = [_party(case, party) for party in concerned(case)]
    notes = () if case.reveal else (_("Identity and card numbers are masked."),)
    table = Table("parties", _("Parties"), columns, rows)
    return Section("parties", _("Parties"), tuple(_account(case)), (table,), notes)


def _party(case: Case, party: Party) -> tuple[Cell, ...]:
    if party.role == "debtor":
        values = case.account.statement.values
        number = case.person.id_number or str(values.get("id_number", ""))
        phones = [phone.value for phone in case.person.phones]
        address = case.text(str(values.get("address", "")))
    else:
        number, address = "", ""
        phones = [p.value for p in case.person.party_phones if p.person == party.person]
    return (
        _(ROLES[party.role]), party.name, party.relation, case.identity(number), ", ".join(phones), address,
    )  # fmt: skip


def _account(case: Case) -> Iterator[Item]:
    account, values = case.account, case.account.statement.values
    yield Item("client", _("creditor"), account.client)
    yield Item("account", _("account or contract"), account.number)
    for key in _STATED:
        value = account.placement.batch if key == "batch" else values.get(key)
        if value:
            yield Item(key, _(_LABELS[key]), str(value))
    if values.get("card_number"):
        yield Item("card_number", _("card"), case.card(str(values["card_number"])))
    yield Item("placed_on", _("placed with us on"), account.placement.placed_on)
    if account.statement.overdue_since:
        yield Item("overdue_since", _("unpaid since"), account.statement.overdue_since)
    if account.placement.closed_on and account.placement.closed_on <= case.facts_on:
        yield Item("closed_on", _("closed on"), account.placement.closed_on)
