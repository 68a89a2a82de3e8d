"""Identity and card numbers as they are shown: enough to compare, not enough to use."""

from functools import cache
from re import Pattern

# a number of an identity, a card or a bank account in free text: 12 digits or more, or grouped as printed.
# After `+` comes a number to dial (E.164: at most 15 digits), and so begins one in groups with 0; after
# asterisks comes the rest of a number that is masked already.
_LONG = r"(?<!\d)(?:(?<!\+)|(?=\d{16}))\d{12,}[Xx]?"
_GROUPED = (
    r"[1-9]\d{3}(?:[ -]\d{4}){2,}(?:[ -]?\d{1,7})?",
    r"\d{4}[ -]\d{6}[ -]\d{5}",
    r"\d{6}[ -]\d{8}[ -]\d{3}[\dXx]",  # a Chinese identity number
    r"\d{3}-\d{2}-\d{4}",  # an American one
    r"[A-Za-z]{2}(?: ?\d\d){3} ?[A-Da-d]",  # a British one
    r"[A-Z]{2}\d\d ?[A-Z\d]{4} ?\d{4}(?: ?[A-Z\d]{1,4})+",  # an IBAN
)


def mask_id(number: str) -> str:
    """First and last character of an identity number."""
    return number if len(number) < 5 else number[0] + "*" * (len(number) - 2) + number[-1]


def mask_card(number: str) -> str:
    """The last four digits of a card."""
    return number if len(number) < 5 else "*" * (len(number) - 4) + number[-4:]


def masked(field: str, value: str) -> str:
    """`value` of a stated field, masked where the field identifies a person or a card."""
    if field == "id_number":
        return mask_id(value)
    return "\n".join(mask_card(line) for line in value.split("\n")) if field == "card_number" else value


def mask_long_numbers(text: str) -> str:
    """`text` with every number in it masked that looks like one of a card or an identity.

    >>> mask_long_numbers("pays with 6222 0255 5566 6677, call +8613800138000")
    'pays with ***************6677, call +8613800138000'
    """
    digits, number = _patterns()
    return number.sub(lambda found: mask_card(found.group()), text) if digits.search(text) else text


@cache
def _patterns() -> tuple[Pattern[str], Pattern[str]]:
    """Digits in a row, which most texts have not and are found fast, and the numbers themselves."""
    import re

    grouped = rf"(?<![A-Za-z\d])(?<!\*{{5}})(?:{'|'.join(_GROUPED)})(?![A-Za-z\d-])"
    return re.compile(r"\d[\d -]{4,}\d"), re.compile(f"{_LONG}|{grouped}")
