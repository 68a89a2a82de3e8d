"""The people of a row: the debtor's name and phones, and the other persons named beside the debtor."""

from collections.abc import Sequence

from collectctl.domain.exports.accounts import party_part
from collectctl.domain.records import Record
from collectctl.domain.stated import StatedContact, StatedPhone
from collectctl.domain.whom import role_of
from collectctl.intake.cells import NOTHING, parse_phones
from collectctl.intake.columns import Column
from collectctl.intake.headers import kin_of, person_field
from collectctl.intake.recognise import Recognition

_ROLES = {
    **dict.fromkeys(["spouse", "配偶", "husband", "wife"], "spouse"),
    **dict.fromkeys(["guarantor", "担保人", "保证人"], "guarantor"),
    **dict.fromkeys(["co-debtor", "codebtor", "co debtor", "共同借款人", "共债人", "共借人"], "co-debtor"),
}


class Person(Record):
    """The columns of one other person; -1 where there is none."""

    role: str
    name: int
    relation: int
    stated_role: int
    phones: tuple[tuple[int, str], ...]  # column and kind
    kin: str = ""  # the relation that the headers name


def person_columns(recognition: Recognition) -> list[Person]:
    """The other persons of a file, in the order of their numbers."""
    groups: dict[int, list[tuple[str, Column]]] = {}
    for column in recognition.columns:
        found = person_field(column.field) if column.field else None
        if found:
            groups.setdefault(found[0], []).append((found[1], column))
    return [_person(parts) for _number, parts in sorted(groups.items())]


def _person(parts: list[tuple[str, Column]]) -> Person:
    index = {part: column.index for part, column in parts}
    phones = tuple((column.index, _kind(column.header)) for part, column in parts if part == "phone")
    role = next((column.detail for _part, column in parts if column.detail in _ROLES), "contact")
    kin = kin_of(parts[0][1].header)
    return Person(role, index.get("name", -1), index.get("relation", -1), index.get("role", -1), phones, kin)


def _kind(header: str) -> str:
    """A phone's kind by its header."""
    own = party_part(header)
    if own:
        return own[2]
    return "mobile" if any(word in header.lower() for word in ("手机", "mobile", "cell")) else ""


def read_contacts(
    persons: Sequence[Person], cells: Sequence[str], *, ours: bool = False
) -> tuple[StatedContact, ...]:
    """The other persons of a row of trimmed cells; who has neither name nor number is none.

    `ours`: a row of our own export, whose words are taken as they are.
    """
    found = []
    for person in persons:
        named = ours and min(person.name, person.relation, person.stated_role) >= 0
        if named and cells[person.stated_role]:
            phones = read_phones(person.phones, cells, whole=True)
            relation = cells[person.relation]
            found.append(StatedContact(cells[person.stated_role], cells[person.name], relation, phones))
            continue
        name = "" if person.name < 0 or cells[person.name] in NOTHING else cells[person.name]
        phones = read_phones(person.phones, cells)
        if name or phones:
            found.append(_contact(person, name, phones, cells))
    return tuple(found)


def _contact(
    person: Person, name: str, phones: tuple[StatedPhone, ...], cells: Sequence[str]
) -> StatedContact:
    relation = "" if person.relation < 0 or cells[person.relation] in NOTHING else cells[person.relation]
    stated = "" if person.stated_role < 0 else cells[person.stated_role]
    role = _ROLES.get(stated.lower(), person.role)
    relation = relation or (stated if stated.lower() not in _ROLES else "") or person.kin
    return StatedContact(role, name, relation, phones)


def contact_role(role: str, relation: str) -> str:
    """The role of somebody beside the debtor, by the words of a file for the role and the relation."""
    said = _ROLES.get(role.lower()) or _ROLES.get(relation.lower()) or role_of(role)
    return said if said and said != "unknown" else "contact"


def read_phones(
    columns: Sequence[tuple[int, str]], cells: Sequence[str], *, whole: bool = False
) -> tuple[StatedPhone, ...]:
    """The numbers of a row's phone columns (position, kind), each number once; `whole`: each cell is one."""
    found: dict[str, StatedPhone] = {}
    for index, kind in columns:
        cell = cells[index]
        if not cell:
            continue
        for number in (cell,) if whole or cell.isdigit() else parse_phones(cell):
            found.setdefault(number, StatedPhone(kind, number))
    return tuple(found.values())


def full_name(columns: Sequence[int], cells: Sequence[str]) -> str:
    """The debtor's name, put together where first and last name are columns of their own."""
    if len(columns) == 1:
        return cells[columns[0]]
    return " ".join(cells[index] for index in columns if cells[index])
