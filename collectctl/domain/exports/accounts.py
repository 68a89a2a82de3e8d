"""Accounts as a file that `import` reads back: its headers are the importer's own keys.

The balance is the ledger's, and so are the components where anything moved since the client stated them.
What the placement came to since (its last day, its batch) is the book's word, not the first file's.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from collectctl.domain import sheets
from collectctl.domain.components import COMPONENTS
from collectctl.domain.facts import AccountFile, Party, PersonFile, Phone
from collectctl.domain.ledger import ledger
from collectctl.domain.owing import balance_of
from collectctl.domain.records import Record
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, IDENTITY, Cell, Column, Money, column

# how every such file begins: by exactly this `import` knows it
HEAD = ("account", "client", "name", "id_number", "client_customer", "currency", "balance")
_HEAD = (
    column("account", IDENTITY, sheets.ACCOUNT),
    column("client"),
    column("name", about=sheets.DEBTOR),
    column("id_number", IDENTITY, sheets.NUMBER),
    column("client_customer", IDENTITY, sheets.CUSTOMER),
    column("currency"),
    column("balance", AMOUNT),
)
LABELS = ("mobile", "home", "work", "")  # kinds of numbers; `phone_1` is one of no known kind
_OWN = re.compile(r"(?P<kind>mobile|home|work|phone)_[1-9]\d?")
_PARTY = re.compile(r"party(?P<n>[1-9]\d?)_(?P<part>name|relation|role|phone|mobile|home|work)(?:_[1-9]\d?)?")
_ABOUT = {
    "card_number": sheets.CARD, "email": sheets.EMAIL, "address": sheets.ADDRESS,
    "work_address": sheets.ADDRESS, "employer": sheets.EMPLOYER, "zip": sheets.ADDRESS,
    "batch": sheets.BATCH,
}  # fmt: skip
# fields of words and numbers that tell nothing about one person; of all others a shared file keeps nothing
_HARMLESS = frozenset(["original_creditor", "product", "hand", "client_bucket", "region", "city", "language"])
_NOBODY: tuple[Cell, ...] = (None, None, None)
_LATEST = date(9999, 12, 31)


class Shape(Record):
    """Which columns the accounts of a file need: fields with their cell types, and how many of what."""

    fields: Sequence[tuple[str, str]]
    phones: Mapping[str, int]  # by kind, the most that one debtor has
    parties: Sequence[Mapping[str, int]]  # for the first, second ... other person the same
    extras: Sequence[str]


def phone_kind(header: str) -> str | None:
    """The kind of number under a header such as `mobile_1`; None for other headers."""
    found = _OWN.fullmatch(header)
    return found["kind"].replace("phone", "") if found else None


def party_part(header: str) -> tuple[int, str, str] | None:
    """`party2_mobile_2` is (2, "phone", "mobile"), `party1_role` (1, "role", ""); None for other headers."""
    found = _PARTY.fullmatch(header)
    if not found:
        return None
    part = found["part"]
    is_phone = part in ("phone", *LABELS)
    return int(found["n"]), "phone" if is_phone else part, part.replace("phone", "") if is_phone else ""


def with_room(shape: Shape) -> Shape:
    """`shape` with a column of ours before each of a client's that is called like a phone or another person:
    where a name stands twice, `import` takes the first for ours."""
    phones, parties = dict(shape.phones), [dict(numbers) for numbers in shape.parties]
    for name in shape.extras:
        kind, part = phone_kind(name), party_part(name)
        last = name.rpartition("_")[2]
        nth = int(last) if last.isdecimal() else 1
        if kind is not None:
            phones[kind] = max(phones.get(kind, 0), nth)
        if part:
            n, what, label = part
            parties += [{} for _n in range(n - len(parties))]
            if what == "phone":
                parties[n - 1][label] = max(parties[n - 1].get(label, 0), nth)
    return shape._replace(phones=phones, parties=parties)


def columns(shape: Shape) -> list[Column]:
    fields = [column(key, type_, _about(key, type_)) for key, type_ in shape.fields if key not in HEAD]
    phones = [column(f"{label or 'phone'}_{n + 1}", IDENTITY, sheets.PHONE)
              for label in LABELS for n in range(shape.phones.get(label, 0))]  # fmt: skip
    parties = [c for n, numbers in enumerate(shape.parties, 1) for c in _party_columns(n, numbers)]
    return [*_HEAD, *fields, *phones, *parties, *(column(name, about=sheets.FREE) for name in shape.extras)]


def _about(key: str, type_: str) -> str:
    if key in _ABOUT:
        return _ABOUT[key]
    is_plain = type_ in (AMOUNT, COUNT) or key in _HARMLESS or (type_ == DATE and key != "birth_date")
    return "" if is_plain else sheets.FREE


def _party_columns(n: int, numbers: Mapping[str, int]) -> list[Column]:
    names = [
        column(f"party{n}_name", about=sheets.PARTY),
        column(f"party{n}_relation", about=sheets.FREE),
        column(f"party{n}_role"),
    ]
    return names + [
        column(f"party{n}_{label or 'phone'}{f'_{at + 1}' if at else ''}", IDENTITY, sheets.PHONE)
        for label in LABELS
        for at in range(numbers.get(label, 0))
    ]  # fmt: skip


def row(person: PersonFile, account: AccountFile, shape: Shape) -> list[Cell]:
    """The cells of an account under `columns(shape)`."""
    values, currency = _values(account), account.statement.currency
    number = values.get("id_number") or person.id_number
    cells: list[Cell] = [
        account.number, account.client, account.debtor, number, values.get("client_customer"), currency,
        Money(balance_of(account), currency),
    ]  # fmt: skip
    cells += [_cell(values.get(key), type_, currency) for key, type_ in shape.fields if key not in HEAD]
    for label in LABELS:
        cells += _numbers(person.phones, label, shape.phones.get(label, 0))
    others = [party for party in account.parties if party.role != "debtor"]
    for at, numbers in enumerate(shape.parties):
        cells += _party_cells(person, others[at] if at < len(others) else None, numbers)
    return cells + [account.statement.extra.get(name) for name in shape.extras]


def _cell(value: int | str | None, type_: str, currency: str) -> Cell:
    if isinstance(value, int):
        return Money(value, currency) if type_ == AMOUNT else value
    return date.fromisoformat(value[:10]) if value and type_ == DATE else value


def _numbers(phones: Sequence[Phone], label: str, most: int) -> list[Cell]:
    """Exactly `most` cells: the numbers of a kind in their order, empty ones behind them."""
    found = [phone.value for phone in phones if phone.label == label] if most else []
    return [found[at] if at < len(found) else None for at in range(most)]


def _party_cells(person: PersonFile, party: Party | None, numbers: Mapping[str, int]) -> list[Cell]:
    names = (party.name, party.relation, party.role) if party else _NOBODY
    cells: list[Cell] = list(names)
    phones = [phone for phone in person.party_phones if party and phone.person == party.person]
    for label in LABELS:
        cells += _numbers(phones, label, numbers.get(label, 0))
    return cells


def _values(account: AccountFile) -> dict[str, int | str]:
    """What the client stated, with what the book knows better."""
    placement, values = account.placement, dict(account.statement.values)
    values["placed_on"] = placement.placed_on.isoformat()
    values["batch"] = placement.batch
    if placement.ends_on:
        values["placement_ends"] = placement.ends_on.isoformat()
    since = account.statement.overdue_since
    if since and since != _overdue_since(values):
        values["due_date"] = since.isoformat()
    if account.payments or account.charges or account.terms or account.opening:
        values.update(ledger(account, _LATEST).owed)
    return values


def _overdue_since(values: Mapping[str, int | str]) -> date | None:
    """As `import` will read it, whatever the day: days past due alone count back from the day of the file."""
    due, first = values.get("due_date"), values.get("first_overdue")
    if isinstance(due, str):
        return date.fromisoformat(due[:10])
    return date.fromisoformat(first[:10]) - timedelta(days=1) if isinstance(first, str) else None


def needed_fields(stated: Sequence[str], *, moved: bool) -> list[str]:
    """The fields of a file about accounts with the `stated` ones; `moved`: a ledger went on since."""
    ours = ("placed_on", "placement_ends", "batch", "due_date", *(COMPONENTS if moved else ()))
    return list(dict.fromkeys([*stated, *ours]))
