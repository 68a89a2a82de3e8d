"""AMOUNT and AMOUNT@WHEN: the sums that a collector types.

`500`, `1,234.56`, `1.2万`, `1.2w`, `all` (the balance), `cure`, `min`. Results are integer minor units.
"""

from collections.abc import Mapping

from collectctl.domain.errors import BadUsage
from collectctl.domain.money import OTHER_EXPONENTS, exponent
from collectctl.domain.when import fold
from collectctl.domain.words import _

_WORDS = {"all": "balance", "全部": "balance", "全额": "balance", "cure": "cure_amount", "min": "minimum_due"}
_TEN_THOUSAND = ("万", "w")
_MOST_DIGITS = 14  # more is a slip of the keyboard, and would not fit the book
# what a sign may mean; the account's own currency decides among them
_SIGNS = {
    "¥": ("CNY", "JPY"), "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN"), "€": ("EUR",),
    "£": ("GBP",), "₹": ("INR",), "元": ("CNY", "TWD", "HKD"),
}  # fmt: skip

_CODES = {code: code for meant in _SIGNS.values() for code in meant}
_CODES |= {code: code for code in (*OTHER_EXPONENTS, "CHF", "THB", "MYR", "PHP", "IDR", "MOP")} | {
    "RMB": "CNY"
}


class UnreadableAmount(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("{typed!r} is no amount").format(typed=typed), _("500, 1,234.56, 1.2万, all, cure or min")
        )


class OtherCurrency(BadUsage):
    def __init__(self, typed: str, currency: str) -> None:
        super().__init__(
            _("{typed!r} is not in {currency}, the currency of the account").format(
                typed=typed, currency=currency
            ),
            _("type the sum in {currency}").format(currency=currency),
        )


class NotPositive(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("the amount {typed!r} is not more than zero").format(typed=typed), _("type a sum above zero")
        )


class TooManyDecimals(BadUsage):
    def __init__(self, typed: str, currency: str) -> None:
        super().__init__(
            _("{typed!r} has more decimals than {currency}").format(typed=typed, currency=currency),
            _("round it"),
        )


class AmountUnknown(BadUsage):
    def __init__(self, word: str) -> None:
        super().__init__(
            _("the client's file states no {word!r} for this account").format(word=word), _("type the amount")
        )


class NothingLeft(BadUsage):
    def __init__(self, word: str) -> None:
        super().__init__(
            _("{word!r} comes to nothing: there is nothing left of it to pay").format(word=word),
            "collectctl quote ACCOUNT",
        )


def read_amount(typed: str, currency: str, stated: Mapping[str, int]) -> int:
    """Minor units of `currency`. `stated` holds balance, cure_amount, minimum_due where known.

    Raises `UnreadableAmount`, `OtherCurrency`, `NotPositive`, `TooManyDecimals`, `AmountUnknown` (exit 2).
    """
    text = fold(typed).strip().lower()
    if text in _WORDS:
        return _word(text, stated)
    bare, meant = _without_currency(text)
    found = _number(bare)
    if found is None:
        raise UnreadableAmount(typed)
    if meant and currency not in meant:
        raise OtherCurrency(typed, currency)
    number, decimals = found
    if number <= 0:
        raise NotPositive(typed)
    minor, rest = divmod(number * int(10 ** exponent(currency)), int(10**decimals))
    if rest:
        raise TooManyDecimals(typed, currency)
    return minor


def is_amount(typed: str) -> bool:
    """Whether `typed` has the form of an AMOUNT (a number, a word, or what stands before an `@`)."""
    text = fold(typed).strip().lower()
    return text in _WORDS or _number(_without_currency(text)[0]) is not None


def _word(word: str, stated: Mapping[str, int]) -> int:
    value = stated.get(_WORDS[word])
    if value is None:
        raise AmountUnknown(word)
    if value <= 0:
        raise NothingLeft(word)
    return value


def _without_currency(text: str) -> tuple[str, tuple[str, ...]]:
    """A sum without its sign or ISO 4217 code, and the currencies that these may mean."""
    for sign, meant in _SIGNS.items():
        if text.startswith(sign) or text.endswith(sign):
            return text.removeprefix(sign).removesuffix(sign).strip(), meant
    for code, rest in ((text[:3], text[3:]), (text[-3:], text[:-3])):
        if code.upper() in _CODES:
            return rest.strip(), (_CODES[code.upper()],)
    return text, ()


def _number(text: str) -> tuple[int, int] | None:
    """A whole number, and how many of its digits are decimals; whole numbers lose nothing."""
    scale = 1
    if text.endswith(_TEN_THOUSAND):
        text, scale = text[:-1], 10000
    if "," in text and not _grouped(text):
        return None
    whole, _point, decimals = text.replace(",", "").partition(".")
    sign = whole[:1] if whole[:1] in ("+", "-") else ""
    digits = whole.removeprefix(sign) + decimals
    if not digits.isdigit() or not digits.isascii() or len(digits) > _MOST_DIGITS:
        return None
    return int(sign + digits) * scale, len(decimals)


def _grouped(text: str) -> bool:
    head, *groups = text.partition(".")[0].split(",")
    return 1 <= len(head.lstrip("+-")) <= 3 and all(len(group) == 3 for group in groups)
