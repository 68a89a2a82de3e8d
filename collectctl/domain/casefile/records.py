"""The court file as values: the facts it is made of, and the document that they become."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from collectctl.domain.facts import AccountFile, Activity, PersonFile
from collectctl.domain.masking import mask_card, mask_id, mask_long_numbers
from collectctl.domain.quoting import Quote
from collectctl.domain.records import Record
from collectctl.domain.sheets import Cell, Column

SHOWN_HASH = 16  # characters of a hash on the page; CSV and JSON have it whole


class Link(Record):
    """An entry of the journal: its number and its link of the chain, in hexadecimal."""

    entry: int
    chain: str


class Fact(Record):
    """A fact as the book seals it: where it stands, its salted hash, and the entry that wrote it."""

    table: str
    id: int
    hash: str
    entry: int


class Logged(Record):
    """An entry of the record of contacts, corrected ones included, with what proves it."""

    activity: Activity
    corrected_by: int | None
    recording: str
    fact: Fact
    chain: str


class Proof(Record):
    """What the book can show for the facts of an account: hashes, links, and the seal over everything."""

    logged: tuple[Logged, ...]
    facts: tuple[Fact, ...]  # of all other tables
    links: tuple[Link, ...]
    seal: Link


class Case(Record):
    """What a court file is made of.

    `account` has all facts, `known` those up to `as_of` (inside) and not after `today`; `quote` is the
    calculation as of `as_of`.
    """

    person: PersonFile
    account: AccountFile
    known: AccountFile
    quote: Quote
    proof: Proof
    as_of: date
    now: datetime
    zone: tzinfo
    version: str
    reveal: bool
    third_parties: bool

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def facts_on(self) -> date:
        """The last day whose facts are in it: a day to come has none yet."""
        return min(self.as_of, self.today)

    @property
    def currency(self) -> str:
        return self.account.statement.currency

    @property
    def chinese(self) -> bool:
        """Whether the law of China is among what binds the account."""
        return any(policy.country == "CN" for policy in self.account.policies)

    def text(self, text: str) -> str:
        return text if self.reveal else mask_long_numbers(text)

    def identity(self, number: str) -> str:
        return number if self.reveal else mask_id(number)

    def card(self, number: str) -> str:
        return number if self.reveal else "\n".join(mask_card(line) for line in number.split("\n"))


class Item(Record):
    """One named value."""

    key: str
    label: str
    value: Cell


class Table(Record):
    """`key` names it in JSON and, where it is one of `FILES`, the CSV file that holds it."""

    key: str
    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


class Section(Record):
    key: str
    title: str
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


class Document(Record):
    """The whole file in one `language` (BCP 47); `totals` are decimal strings by component."""

    language: str
    title: str
    subtitle: str
    items: tuple[Item, ...]
    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    third: int  # contacts with third parties that are not shown
    totals: Mapping[str, str]
