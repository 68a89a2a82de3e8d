"""Which header means which field, in Chinese and English.

Matching folds case, spaces, `_`, `.`, `-`, full-width forms, 帐 and a trailing unit (`fold`).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from collectctl.domain.exports.accounts import party_part, phone_kind
from collectctl.domain.records import Record
from collectctl.intake.currencies import meant
from collectctl.intake.vocabulary import OWN_FIELDS, PARTS, PHONES, ROLES, SEVERAL, VOCABULARY, WORDS_OF_KIND

_CURRENCIES = {"convertedusd": "USD"}
_SCALES = {"万元": 10_000, "万": 10_000, "千元": 1_000, "千": 1_000, "百万元": 1_000_000, "亿元": 100_000_000}
_UNITS = frozenset(["天", "日", "元", "%", "days", "必填", "选填", "required", "optional"])


class Meaning(Record):
    """What a header says about its column."""

    field: str  # "" when the name is not known
    detail: str = ""  # a phone's kind, another person's role
    group: str = ""  # which other person of the row: "1", "spouse" ...
    scale: int = 1  # units of the currency in one of the column (万元: 10,000)
    currencies: tuple[str, ...] = ()  # what a unit in the header may mean


@lru_cache(maxsize=4096)
def meaning(header: str, kind: str = "accounts") -> Meaning:
    """The field of a header in a file of `kind`, or no field. Knows nothing of the other columns."""
    base, unit = _split_unit(_narrow(header))
    key = _fold(base)
    if len(key) > 60:
        return Meaning("")
    found = _of_key(key, kind) or _of_both(base, kind) or Meaning("")
    code = _CURRENCIES.get(key)
    if not unit and not code:
        return found
    currencies = (code,) if code else _currencies_of(unit)
    return found._replace(scale=_SCALES.get(unit, 1), currencies=currencies)


def own_meanings(header: Sequence[str]) -> list[Meaning]:
    """The same for our own export: a header that is one of our keys is that field where it stands first.

    Every other is a column of a client's, whatever it is called.
    """
    seen: set[str] = set()
    found = []
    for text in header:
        found.append(Meaning("") if text in seen else _own_meaning(text))
        seen.add(text)
    return found


def _own_meaning(text: str) -> Meaning:
    kind, person = phone_kind(text), party_part(text)
    if kind is not None:
        return Meaning("phone", kind)
    if person:
        number, part, _kind = person
        return Meaning(f"party_{part}", "contact", str(number))
    return Meaning(text if text in VOCABULARY or re.fullmatch(r"rollback_\d", text) else "")


def _of_key(key: str, kind: str) -> Meaning | None:
    return _known(kind).get(key) or _numbered(key) or _rollback(key) or other_person(key)


_LANGUAGES = re.compile(
    r"[/|()\[\]【】\n]+|(?<=[\u4e00-\u9fff])\s*(?=[a-z])|(?<=[a-z.])\s*(?=[\u4e00-\u9fff])"
)


def _of_both(base: str, kind: str) -> Meaning | None:
    """姓名/name, `Account No 合同号`: the same thing said twice, mostly in two languages."""
    pieces = [piece for piece in _LANGUAGES.split(base) if piece.strip()]
    if not 1 < len(pieces) < 4:
        return None
    found = [_of_key(_fold(piece), kind) for piece in pieces]
    agreed = len({about and (about.field, about.group) for about in found}) == 1
    return found[0] if agreed else None


@lru_cache(maxsize=4096)
def fold(header: str) -> str:
    """The form in which headers are compared, the unit dropped."""
    return _fold(_split_unit(_narrow(header))[0])


def rank(field: str, header: str) -> int:
    """The place of a header among the spellings of its field; the lowest is preferred."""
    spellings = [fold(spelling) for spelling in _spellings(field).split(",")]
    key = fold(header)
    return spellings.index(key) if key in spellings else len(spellings)


def _spellings(field: str) -> str:
    of_kinds = (words[field] for words in WORDS_OF_KIND.values() if field in words)
    return VOCABULARY.get(field) or next(of_kinds, "")


def fields() -> list[str]:
    """Every field that `--map` takes, those of other persons shown for the first one."""
    persons = [f"party1_{part}" for part in ("name", "relation", "phone", "role")]
    return [*VOCABULARY, *sorted(OWN_FIELDS), "phone", *(f"rollback_{n}" for n in range(4)), *persons]


def is_field(field: str) -> bool:
    return (
        field in VOCABULARY
        or field in OWN_FIELDS
        or field == "phone"
        or _rollback(field) is not None
        or person_field(field) is not None
    )


def person_field(field: str) -> tuple[int, str] | None:
    """`party2_phone` is (2, "phone"); None for other fields."""
    match = re.fullmatch(r"party([1-9]\d?)_(name|relation|phone|role)", field)
    return (int(match[1]), match[2]) if match else None


def _narrow(header: str) -> str:
    return unicodedata.normalize("NFKC", header[:200]).lower().replace("帐", "账")


def _fold(text: str) -> str:
    bare = "".join(text.split()).strip("*:【】\"'“”")
    for char in "_.-\u200b\ufeff":
        bare = bare.replace(char, "")
    return bare


def _split_unit(header: str) -> tuple[str, str]:
    """A header and the unit in brackets (or after a slash) at its end, if what stands there is a unit."""
    text = header.strip().rstrip("*:").strip()
    pair = {")": "(", "]": "[", "】": "【"}.get(text[-1:])
    base, mark, unit = text[:-1].rpartition(pair) if pair else text.rpartition("/")
    unit = "".join(unit.split())
    if mark and base and (unit in _UNITS or unit in _SCALES or _currencies_of(unit)):
        return base, unit
    return text, ""


def _currencies_of(unit: str) -> tuple[str, ...]:
    return meant(unit.removeprefix("单位").lstrip(":万千百亿"))


@cache
def _known(kind: str) -> dict[str, Meaning]:
    """The words of a kind of file, folded."""
    table = {fold(field): Meaning(field) for field in VOCABULARY}
    table.update(
        (fold(spelling), Meaning(field))
        for field, spellings in VOCABULARY.items()
        for spelling in spellings.split(",")
    )
    table.update(
        (fold(spelling), Meaning("phone", kind))
        for kind, spellings in PHONES.items()
        for spelling in spellings.split(",")
    )
    own = WORDS_OF_KIND.get(kind, {})
    table.update((fold(field), Meaning(field)) for field in own)
    table.update(
        (fold(spelling), Meaning(field)) for field, words in own.items() for spelling in words.split(",")
    )
    return table


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """The words that mean something in one kind of file only, folded."""
    return frozenset(word for kind in WORDS_OF_KIND for word in _known(kind).keys() - _known("").keys())


def _numbered(key: str) -> Meaning | None:
    """`phone 2`, 备注3, 卡号2: only fields that take several columns."""
    base = key.rstrip("0123456789")
    found = _known("").get(base) if base != key else None
    return found if found and found.field in SEVERAL else None


def _rollback(key: str) -> Meaning | None:
    match = re.fullmatch(r"降至(\d)期金额|rollback_?(\d)", key)
    return Meaning(f"rollback_{match[1] or match[2]}") if match else None


_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True))


@lru_cache(maxsize=1)
def _person_pattern() -> re.Pattern[str]:
    number = r"[一二三四五六七八九]|\d{1,2}"
    roles = "|".join(f"(?P<{role.replace('-', '_')}>{words})" for role, words in ROLES.items())
    parts = "|".join(f"(?P<{part}>{words})" for part, words in PARTS.items())
    return re.compile(f"(?:第(?P<before>{number}))?(?:{roles})(?:#?(?P<after>{number}))?的?(?:{parts})?")


def other_person(key: str) -> Meaning | None:
    """联系人2手机, 第一联系人姓名, 配偶姓名, `ref 1 phone` (folded): whose column it is and which part."""
    match = _person_pattern().fullmatch(key)
    if match is None:
        return None
    found = {group: text for group, text in match.groupdict().items() if text}
    number = found.pop("before", "") or found.pop("after", "")
    part = next((part for part in PARTS if part in found), "name")
    role = next(role for role in ROLES if role.replace("-", "_") in found)
    if role == "contact" and key.isascii() and not number:
        return None  # `contact phone` may well be the debtor's own
    label = _DIGITS.get(number, number)
    if role in ("other", "kin"):
        return Meaning(f"party_{part}", "contact", found[role] + label)
    return Meaning(f"party_{part}", role, label or "1" if role == "contact" else role + label)


def kin_of(header: str) -> str:
    """父亲 of 父亲姓名; "" where a header names no relation."""
    match = re.match(ROLES["kin"], fold(header))
    return match[0] if match else ""


def score(cells: list[str]) -> int:
    """How many cells of a row read like the name of a column."""
    names = (cell for cell in cells[:500] if cell and len(cell) < 80)
    return sum(1 for name in names if meaning(name).field or fold(name) in _own_words())
