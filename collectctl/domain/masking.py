"""Identity and card numbers as they are shown: enough to compare, not enough to use."""


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
    """`text` with every number that is long enough for a card or an identity (12 digits) masked."""
    import re

    return re.sub(r"\d{12,}[Xx]?", lambda found: mask_card(found.group()), text)
