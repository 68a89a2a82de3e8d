"""Normal form, country and zones of phone numbers, by the data of the `phonenumbers` package.

The package takes 17 ms to import, so it is imported at first use, and some 25 µs to read a number, where
a file brings 100,000 of them. What is written as plain digits is therefore matched with the package's own
patterns; what is not so plain, the package reads. Both give the same answer: a test holds them together.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from collectctl.domain.numbers import PhoneForm

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata, PhoneNumberDesc

__all__ = ["Numbering", "PhoneForm", "country_of"]

UNKNOWN = PhoneForm()
_LONGEST = 250  # characters; the package reads no more, and such a cell is a remark
_FEWEST = 5  # digits that may be a number among words
_NOWHERE = 10  # zones from which a number says nothing about a place (12 CFR 1006.6(b), rules/us.md)

_FOLD = {0xFF10 + n: str(n) for n in range(10)} | dict(
    zip(map(ord, "＋－．（）／　"), "+-.()/ ", strict=True)
)
_BARE: dict[int, str | None] = {**_FOLD, **dict.fromkeys(map(ord, " -.()[]－．（）　\u00a0‐‑‒–—―"))}
_FOLLOWED = re.compile(r"\d[^\d一-鿿]*[一-鿿]")  # by words that the package can't read past
_RUN = re.compile(r"[+(]*\d[\d ().‐-―-]*")
_EXTENSION = re.compile(r"[‐-―-]\d{1,6}$")

# 15 USC 1692a(8): to the collector of a debt the territories are states
_TERRITORIES = dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US")

# An overlay serves the area of an older code (North American Numbering Plan), but the package knows only one
# zone of these (of 689, Orlando, a wrong one): what the older code spans counts with it.
_OVERLAYS = {
    "236": "250", "257": "250", "364": "270", "367": "418", "448": "850", "458": "541", "474": "306",
    "581": "418", "672": "250", "689": "407", "778": "250", "930": "812",
}  # fmt: skip


class Numbering:
    """Reads numbers as they are written in `region` ("CN", "US"); "" reads only those with `+` or `00`."""

    def __init__(self, region: str) -> None:
        self.region = region.upper()

    def form(self, value: str) -> PhoneForm:
        """What `value`, a number as a file writes it, tells; the extension is left out. Never raises."""
        digits = value
        if not (value.isascii() and value.isdecimal()):
            if not value or len(value) > _LONGEST:
                return UNKNOWN
            digits = value.translate(_BARE)
        found = UNKNOWN if _FOLLOWED.search(value) else self._read(digits, value)
        if found.normal or digits is value:
            return found
        # it stands among words, or with an extension that the package does not know as one
        pieces = dict.fromkeys(_pieces(value.translate(_FOLD)))
        pieces.pop(value, None)
        forms = (self._read(piece.translate(_BARE), piece) for piece in pieces)
        return next((form for form in forms if form.normal), UNKNOWN)

    def _read(self, digits: str, text: str) -> PhoneForm:
        """The form of `text`, which is `digits` where it has no more than digits and signs between them."""
        if digits.startswith("00"):
            digits = text = "+" + digits[2:]
        bare = digits.removeprefix("+")
        if bare.isascii() and bare.isdecimal():
            plan, within = _international(bare) if bare is not digits else _national(bare, self.region)
            if plan and within:
                return plan.form(within)
        return self._parse(text)

    def _parse(self, text: str) -> PhoneForm:
        from phonenumbers import NumberParseException, national_significant_number, parse

        try:
            number = parse(text, self.region or None)
        except NumberParseException:
            return UNKNOWN
        plan = _plan(number.country_code or 0)
        return plan.form(national_significant_number(number)) if plan else UNKNOWN


def _pieces(text: str) -> Iterator[str]:
    """The pieces of `text` that may be a number by themselves: `13800138000(本人)`, `010-68472307-8001`."""
    for found in _RUN.finditer(text):
        run = found[0].rstrip(" ().-‐‑‒–—―")
        if sum(map(str.isdigit, run)) >= _FEWEST:
            yield run
            yield run.removesuffix(".0")  # a number that a spreadsheet took for one
            yield _EXTENSION.sub("", run)


def country_of(numbers: Iterable[PhoneForm]) -> str:
    """The country that most of `numbers` have, "" where none has one."""
    found = Counter(number.country for number in numbers if number.country)
    return found.most_common(1)[0][0] if found else ""


class _Region:
    """The patterns of one region, as the package's `number_type` asks them: its types in its order."""

    def __init__(self, name: str, metadata: "PhoneMetadata", *, alone: bool) -> None:
        self.country = "" if name == "001" else _TERRITORIES.get(name, name)
        leading = metadata.leading_digits
        self.leading = re.compile(leading) if leading and not alone else None
        self.metadata = metadata
        self.patterns: dict[int, re.Pattern[str]] = {}

    def kind(self, number: str) -> int | None:
        """_NO_PLACE, _FIXED or _MOBILE; None is no valid number."""
        pattern = self.patterns.get(len(number)) or self._pattern(len(number))
        found = pattern.fullmatch(number)
        return found.lastindex if found else None

    def _pattern(self, length: int) -> re.Pattern[str]:
        m = self.metadata
        special = (m.premium_rate, m.toll_free, m.shared_cost, m.voip, m.personal_number, m.pager, m.uan)
        groups = ((*special, m.voicemail), (m.fixed_line,), (m.mobile,))
        either = "|".join(f"({_either(group, length)})" for group in groups)
        pattern = re.compile(f"(?=(?:{_either([m.general_desc], length)})\\Z)(?:{either})")
        self.patterns[length] = pattern
        return pattern


_NO_PLACE, _FIXED, _MOBILE = 1, 2, 3  # the groups of a pattern


def _either(kinds: Iterable["PhoneNumberDesc | None"], length: int) -> str:
    """A pattern for numbers of `length` of any of `kinds`; a kind without lengths has those of all."""
    patterns = [
        kind.national_number_pattern
        for kind in kinds
        if kind
        and kind.national_number_pattern
        and (not kind.possible_length or length in kind.possible_length)
    ]
    return "|".join(patterns) or "(?!)"


class _Plan:
    """The numbering plan of a country code: what is dialled within it, what is valid, and in which zones."""

    def __init__(self, code: int, names: tuple[str, ...], every: list["PhoneMetadata"]) -> None:
        from phonenumbers import PhoneNumberType, is_number_type_geographical

        main = every[0]
        self.code, self.main = str(code), names[0]
        self.regions = [_Region(n, m, alone=len(names) == 1) for n, m in zip(names, every, strict=True)]
        general = main.general_desc
        self.general = re.compile((general and general.national_number_pattern) or "(?!)")
        self.lengths = frozenset(general.possible_length if general else ())
        self.trunk = main.national_prefix or ""
        self.prefix = re.compile(main.national_prefix_for_parsing or "(?!)")
        self.abroad = re.compile(main.international_prefix or "(?!)")
        self.mobile_places = is_number_type_geographical(PhoneNumberType.MOBILE, code)
        self.everywhere = _zones_under(self.code)

    def within(self, digits: str) -> str | None:
        """`digits`, dialled in the country, as the number alone; None where only the package can tell."""
        if self.abroad.match(digits):
            return None
        if digits.startswith(self.code) and not self.general.fullmatch(digits):
            rest = digits[len(self.code) :]
            return rest if self.general.fullmatch(rest) and not self.prefix.match(rest) else None
        return self.without_trunk(digits)

    def without_trunk(self, digits: str) -> str | None:
        """`digits` without the national prefix, None where only the package can tell."""
        found = self.prefix.match(digits)
        if found:
            if found[0] != self.trunk or any(found.groups()):
                return None
            digits = digits[found.end() :]
            if len(digits) not in self.lengths:
                return None
        return digits if self.general.fullmatch(digits) else None

    def form(self, number: str) -> PhoneForm:
        """The form of a number that is stripped of country code and national prefix."""
        for region in self.regions:
            if region.leading and not region.leading.match(number):
                continue
            if kind := region.kind(number):
                return PhoneForm(f"+{self.code}{number}", self._zones(number, kind), region.country)
            if region.leading:
                break
        return UNKNOWN

    def _zones(self, number: str, kind: int) -> tuple[str, ...]:
        if self.code == "1":
            return _zones_of_area(number[:3]) if len(number) == 10 else ()  # 310-xxxx is all of Canada
        if len(self.everywhere) < 2 or kind == _NO_PLACE or (kind == _MOBILE and not self.mobile_places):
            return _place(self.everywhere)
        return _place(_zones_of_prefix(self.code + number))


@cache
def _plan(code: int) -> _Plan | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    names = COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    every = [PhoneMetadata.metadata_for_region_or_calling_code(code, name) for name in names]
    known = [(n, m) for n, m in zip(names, every, strict=True) if m]
    return _Plan(code, tuple(n for n, _ in known), [m for _, m in known]) if known else None


@cache
def _plan_of_region(region: str) -> _Plan | None:
    """The plan whose main region is `region`: of the others the package reads national numbers itself."""
    from phonenumbers import country_code_for_region

    plan = _plan(country_code_for_region(region))
    return plan if plan and plan.main == region else None


def _international(digits: str) -> tuple[_Plan | None, str | None]:
    """The plan and the number of digits that follow a `+`; no country code begins another one."""
    for length in (1, 2, 3):
        if not digits.startswith("0") and (plan := _plan(int(digits[:length]))):
            return plan, plan.without_trunk(digits[length:])
    return None, None


def _national(digits: str, region: str) -> tuple[_Plan | None, str | None]:
    plan = _plan_of_region(region) if region else None
    return plan, plan.within(digits) if plan else None


def _zones_under(code: str) -> frozenset[str]:
    """The zones of all numbers of a country code."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    return frozenset(zone for key, zones in TIMEZONE_DATA.items() if key.startswith(code) for zone in zones)


@cache
def _zones_of_area(area: str) -> tuple[str, ...]:
    """The zones of a North American area code; its exchanges tell more, the rule asks for the code.

    12 CFR 1006.6(b)(1)(i), comment 6(b)(1)(i)-2.
    """
    areas = _areas()
    return _place(areas.get(area, set()) | areas.get(_OVERLAYS.get(area, area), set()))


@cache
def _areas() -> dict[str, set[str]]:
    from phonenumbers.tzdata import TIMEZONE_DATA

    found: dict[str, set[str]] = {}
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) > 3:
            found.setdefault(prefix[1:4], set()).update(zones)
    return found


def _zones_of_prefix(digits: str) -> Iterable[str]:
    from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

    known = (TIMEZONE_DATA.get(digits[:n]) for n in range(TIMEZONE_LONGEST_PREFIX, 0, -1))
    return next((zones for zones in known if zones), ())


def _place(zones: Iterable[str]) -> tuple[str, ...]:
    named = sorted(zone for zone in zones if zone != "Etc/Unknown")
    return tuple(named) if len(named) < _NOWHERE else ()
