"""A list of numbers to dial: of debtors, and of the people beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from collectctl.domain.stated import RowError, StatedContact, StatedNumbers, StatedPhone
from collectctl.domain.whom import role_of
from collectctl.domain.words import _
from collectctl.intake import headers
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table
from collectctl.intake.lightrows import LightRows, text_of, texts_of
from collectctl.intake.persons import contact_role, person_columns, read_contacts, read_phones
from collectctl.intake.recognise import Recognition

_SOURCES = {
    "client": "client|creditor|委托方|甲方|银行",
    "debtor": "debtor|customer|本人|债务人|客户",
    "contact": "contact|third party|联系人|第三人",
    "public": "public|public record|公开|公开信息|网络",
    "tracing": "tracing|skip tracing|skip trace|trace|信修|失联修复|查找",
}
_SOURCE_OF = {word: source for source, words in _SOURCES.items() for word in words.split("|")}
_LABELS = {
    "mobile": "mobile|cell|手机|移动",
    "home": "home|landline|家庭|住宅|家|固话|座机",
    "work": "work|office|business|单位|公司",
}
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words.split("|")}


@dataclass(frozen=True)
class Numbers:
    """What such a list states. `rows` = numbers + empty + rows with errors."""

    numbers: list[StatedNumbers]
    errors: list[RowError]
    rows: int  # data rows read, without blank rows and totals
    left_out: int  # totals rows
    empty: int  # rows that give no number


def read_numbers(table: Table, recognition: Recognition, defaults: Defaults) -> Numbers:
    """All rows of a list of numbers, in their order."""
    rows = LightRows(table, recognition, defaults)
    reader = _NumberReader(recognition, rows)
    found: list[StatedNumbers] = []
    empty = 0
    for row, cells in rows:
        before = len(rows.errors)
        numbers = reader.read(row, cells)
        if len(rows.errors) > before or numbers is None:
            continue
        if numbers.phones or numbers.contacts:
            found.append(numbers)
        else:
            empty += 1
    return Numbers(found, rows.errors, rows.rows, rows.left_out, empty)


class _NumberReader:
    """Compiled once for a file; what is wrong with a row is added to the errors of `rows`."""

    def __init__(self, recognition: Recognition, rows: LightRows) -> None:
        self._rows = rows
        self._columns = recognition.of("phone")
        self._persons = person_columns(recognition)
        self._name = recognition.first("name")
        self._relation = recognition.first("relation")
        self._role = recognition.first("role")
        self._label = recognition.first("label")
        self._source = recognition.first("source")
        self._texts = recognition.of("remarks")

    def read(self, row: int, cells: Sequence[str]) -> StatedNumbers | None:
        """The numbers of a row; None where it was refused."""
        self._rows.refuse_surplus(row, cells)
        whose = self._rows.whose(row, cells)
        phones = self._phones(row, cells)
        source = self._source_of(row, cells)
        if whose is None:
            return None
        name, contacts = text_of(self._name, cells), read_contacts(self._persons, cells)
        contacts = tuple(contact for contact in contacts if contact.phones)
        other = self._other(name, phones, cells)
        if other:
            name, phones, contacts = "", (), ((other, *contacts) if phones else contacts)
        text = texts_of(self._texts, cells)
        return StatedNumbers(row, *whose, name, phones, contacts, source, text)

    def _phones(self, row: int, cells: Sequence[str]) -> tuple[StatedPhone, ...]:
        label = self._label_of(text_of(self._label, cells))
        found = read_phones([(c.index, label or c.detail) for c in self._columns], cells)
        if not found:
            self._refuse_words(row, cells)
        return found

    def _refuse_words(self, row: int, cells: Sequence[str]) -> None:
        wordy = next((column for column in self._columns if text_of(column, cells)), None)
        if wordy:
            self._rows.refuse(row, wordy, cells[wordy.index], _("no phone number"))

    def _label_of(self, word: str) -> str:
        """mobile, home or work, by the word itself or as the name of a column says it (家庭电话)."""
        meant = headers.meaning(word)
        return _LABEL_OF.get(word.lower()) or (meant.detail if meant.field == "phone" else "")

    def _source_of(self, row: int, cells: Sequence[str]) -> str:
        word = text_of(self._source, cells)
        source = _SOURCE_OF.get(word.lower(), "") if word else "client"
        if not source:
            known = ", ".join(_SOURCES)
            self._rows.refuse(
                row, self._source, word, _("no such source; there are {known}").format(known=known)
            )
        return source

    def _other(
        self, name: str, phones: tuple[StatedPhone, ...], cells: Sequence[str]
    ) -> StatedContact | None:
        """Who else the row's own numbers belong to, where a relation or a role says so."""
        relation, role = text_of(self._relation, cells), text_of(self._role, cells)
        word = role or relation
        if not word or role_of(word) == "debtor":
            return None
        return StatedContact(contact_role(role, relation), name, relation or role, phones)
