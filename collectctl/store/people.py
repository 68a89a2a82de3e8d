"""Appending what is known of people: who else there is, where somebody lives, what they speak."""

import sqlite3

from collectctl.store import search
from collectctl.store.journal import Unit
from collectctl.store.said import load_said


def add_person(made: Unit) -> int:
    """A person of whom nothing is known yet."""
    return made.facts.add("person", id_number=None, client=None, customer=None)


def add_party(made: Unit, account: int, person: int, role: str, name: str, relation: str) -> None:
    """`person` in a role on `account`, to be found by name; a role in the name's place is none."""
    made.facts.add("party", account=account, person=person, role=role, name=name, relation=relation)
    search.add(made.connection, [(name, made.id, account, search.PARTY)] if name != role else [])


def set_trait(made: Unit, person: int, kind: str, value: str) -> None:
    """`kind`: zones (names with spaces between, "" for those that are derived), region, language."""
    made.facts.add("trait", person=person, kind=kind, value=value)


def region_set(connection: sqlite3.Connection, person: int) -> str:
    """The region that was recorded by hand, "" where there is none."""
    return load_said(connection, [person])[person].region
