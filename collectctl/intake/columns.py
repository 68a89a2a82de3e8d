"""What each column of a header is, before columns of the same field are weighed against each other."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from collectctl.intake import headers, vocabulary
from collectctl.intake.errors import UnknownColumn, UnknownField
from collectctl.intake.headers import Meaning

ERROR_COLUMN = "collectctl error"  # the last column of a rejects file; never read
ROW = "#row"  # `--map "#row=account"`: the row's own number
FOUND_BY_NAME, FOUND_BY_MAP, FOUND_BY_MEMORY = "name", "map", "remembered"


@dataclass(frozen=True)
class Column:
    """One column: what it is and how that was found.

    `how`: "map" (the user said so), "remembered" (from the client's last file), "name" (the vocabulary),
    "extra" (not known, or another column of the field was taken), "unclear" (a name with two meanings),
    "ignored" (our own error column).
    """

    index: int
    header: str  # as in the file
    name: str  # the same, made unique: a second `电话` is `电话#2`, an empty one `column 4`
    field: str | None  # None: kept as extra
    how: str
    detail: str = ""  # a phone's kind, another person's role
    scale: int = 1
    currencies: tuple[str, ...] = ()


def assign(
    header: Sequence[str], mapping: Mapping[str, str], remembered: Mapping[str, str], kind: str,
    *, own: bool = False,
) -> tuple[Column, ...]:  # fmt: skip
    """Every column by itself: `mapping` over `remembered` over the words of a `kind` of file.

    `own`: our own export, whose headers are our keys. Raises UnknownColumn and UnknownField for what
    `mapping` names.
    """
    names = unique_names(header)
    mapped = _mapped(names, mapping)
    past = {name: field for name, field in remembered.items() if not field or headers.is_field(field)}
    if own:
        meanings = headers.own_meanings(header)
    else:
        meanings = _with_parts([headers.meaning(text, kind) for text in header], header)
    fields = _number_persons(meanings)
    return tuple(
        _column(index, text, names[index], fields[index], meanings[index], mapped, past)
        for index, text in enumerate(header)
    )


def _column(
    index: int,
    text: str,
    name: str,
    field: str,
    meaning: Meaning,
    mapped: Mapping[str, str],
    past: Mapping[str, str],
) -> Column:
    how = FOUND_BY_NAME
    if name in mapped:
        field, how = mapped[name], FOUND_BY_MAP
    elif name in past:
        field, how = past[name], FOUND_BY_MEMORY
    elif name == ERROR_COLUMN:
        field, how = "", "ignored"
    elif not field:
        how = "unclear" if headers.fold(text) in vocabulary.UNCLEAR else "extra"
    detail, scale, currencies = meaning.detail, meaning.scale, meaning.currencies
    return Column(index, text.strip(), name, field or None, how, detail, scale, currencies)


def unique_names(header: Iterable[str]) -> list[str]:
    names: list[str] = []
    seen: dict[str, int] = {}
    for index, text in enumerate(header):
        name = text.strip() or f"column {index + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def _mapped(names: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """`mapping` with the file's own column names; "" keeps a column as extra."""
    if not mapping:
        return {}
    folded = {headers.fold(name): name for name in reversed(names)}
    known = set(names)
    found = {}
    for column, field in mapping.items():
        name = column.strip() if column.strip() in known else folded.get(headers.fold(column), "")
        if not name and column != ROW:
            raise UnknownColumn(column, _nearest(column, names) or names[:3])
        found[name or ROW] = _field(field)
    return found


def _field(field: str) -> str:
    wanted = field.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in {"", "extra"}:
        return ""
    if not headers.is_field(wanted):
        raise UnknownField(field, _nearest(wanted, headers.fields()))
    return wanted


def _nearest(word: str, known: Sequence[str]) -> list[str]:
    import difflib

    by_case = {name.lower(): name for name in known[:500]}
    return [by_case[name] for name in difflib.get_close_matches(word.lower(), by_case, 3, 0.0)]


def _with_parts(meanings: list[Meaning], header: Sequence[str]) -> list[Meaning]:
    """A bare 关系, 电话 or 手机 right of another person's name is that person's."""
    spelled = {(found.group, found.field) for found in meanings if found.group}
    current: Meaning | None = None
    result = []
    for found, text in zip(meanings, header, strict=True):
        part = vocabulary.BARE_PARTS.get(headers.fold(text)) if current else None
        if current and part and (current.group, f"party_{part}") not in spelled:
            found = Meaning(f"party_{part}", current.detail, current.group)
        current = found if found.group else None
        result.append(found)
    return result


def _number_persons(meanings: Sequence[Meaning]) -> list[str]:
    """Fields with the other persons numbered: contacts keep their number, spouse and others follow."""
    groups = dict.fromkeys(found.group for found in meanings if found.group)
    numbers = {group: int(group) for group in groups if re.fullmatch(r"\d+", group)}
    for group in groups:
        numbers.setdefault(group, max(numbers.values(), default=0) + 1)
    return [
        found.field.replace("party_", f"party{numbers[found.group]}_") if found.group else found.field
        for found in meanings
    ]
