"""Amounts as files write them, read into integer minor units."""

from decimal import ROUND_HALF_UP, Decimal

from collectctl.domain.money import exponent
from collectctl.domain.records import Record
from collectctl.domain.words import _
from collectctl.intake.cells import NOTHING
from collectctl.intake.currencies import meant
from collectctl.intake.errors import BadCell

_LARGEST = 10**17  # minor units: a thousand million millions, and still an integer that every database holds
_FLOAT_DIGITS = 15  # a spreadsheet's float shows at least this many significant digits
_FOLD = str.maketrans("０１２３４５６７８９．，（）－−＋￥＄￡\u3000\xa0", "0123456789.,()--+¥$£  ")
_SCALES = {"万": 10_000, "萬": 10_000, "千": 1_000, "亿": 100_000_000}


class Amount(Record):
    """What a cell says: minor units, the currencies that its sign may mean, whether a float was rounded."""

    minor: int
    currencies: tuple[str, ...]
    rounded: bool


def parse_amount(text: str, currency: str) -> int | None:
    """Minor units of a cell in `currency`, half up; None where the cell says nothing.

    Raises BadCell with the reason. `1,23,456` is refused: see `read_amount` for a column that groups so.
    """
    amount = read_amount(text, currency)
    return None if amount is None else amount.minor


def read_amount(text: str, currency: str, *, indian: bool = False, scale: int = 1) -> Amount | None:
    """The same with what the sign says and whether a float was rounded.

    `indian`: the column groups by lakhs throughout. `scale`: units of the currency in 1 of the column (万元).
    """
    cell = text.strip()
    if cell in NOTHING:
        return None
    if len(cell) > 60:
        raise BadCell(_("too long for an amount"))
    number, negative, sign = _unwrap(cell.translate(_FOLD))
    number, unit = _unscale(number)
    number, rounded = _plain_number(number, indian)
    minor = _to_minor(Decimal(number) * unit * scale, currency, rounded)
    return Amount(-minor if negative else minor, sign, rounded)


def sign_of(text: str) -> tuple[str, ...]:
    """The currencies that the sign or unit of a cell may mean, the likeliest first; empty without a sign."""
    if text[:1].isdecimal() and text[-1:].isdecimal():
        return ()
    try:
        return _unwrap(text.strip().translate(_FOLD))[2]
    except BadCell:
        return ()


def _unwrap(cell: str) -> tuple[str, bool, tuple[str, ...]]:
    """The number inside brackets, signs and currency words; whether it is negative; the currencies meant."""
    negative = cell.startswith("(") and cell.endswith(")")
    number = cell[1:-1].strip() if negative else cell
    number, minus = _take_minus(number)
    number, sign = _take_currency(number)
    number, inner = _take_minus(number)
    if negative + minus + inner > 1:
        raise BadCell(_("more than one minus"))
    return number, bool(negative or minus or inner), sign


def _take_minus(number: str) -> tuple[str, bool]:
    if number.startswith("+"):
        return number[1:].lstrip(), False
    return (number[1:].lstrip(), True) if number.startswith("-") else (number, False)


def _take_currency(number: str) -> tuple[str, tuple[str, ...]]:
    """Words before and after the digits; a scale (万) stays with the number."""
    first = next((at for at, char in enumerate(number) if char.isdecimal() or char in ".-+("), len(number))
    head, rest = number[:first].strip(), number[first:]
    last = next((at for at in range(len(rest), 0, -1) if rest[at - 1] in "0123456789.万萬千亿"), 0)
    body, tail = rest[:last].strip(), rest[last:].strip()
    named = [meant(word) for word in (head, tail) if word]
    if () in named:
        raise BadCell(_("not an amount: it holds letters or signs that are no currency"))
    common = tuple(code for code in (named[0] if named else ()) if all(code in other for other in named))
    if named and not common:
        raise BadCell(_("two currencies in one amount"))
    return body, common


def _unscale(number: str) -> tuple[str, int]:
    scale = _SCALES.get(number[-1:], 1)
    return (number[:-1].rstrip(), scale) if scale != 1 else (number, 1)


def _plain_number(number: str, indian: bool) -> tuple[str, bool]:
    """Digits and at most one dot, checked; and whether they are a spreadsheet's float."""
    tiny = number.lower().partition("e-")
    if tiny[2].isdecimal() and len(tiny[2]) <= 3 and tiny[0].replace(".", "", 1).isdecimal():
        return f"{Decimal(number):f}", True  # 1.1368683772161603e-13: what is left when floats should cancel
    if number.count(".") > 1:
        raise BadCell(_("two dots in the amount"))
    whole, _dot, cents = number.partition(".")
    if "," in whole:
        whole = _ungroup(whole, indian)
    digits = whole + cents
    if not (digits.isdecimal() and digits.isascii()):
        raise BadCell(_("not an amount"))
    return f"{whole or '0'}.{cents or '0'}", len(digits.lstrip("0")) >= _FLOAT_DIGITS and len(cents) > 3


def _ungroup(whole: str, indian: bool) -> str:
    if is_grouped(whole, 2 if indian else 3):
        return whole.replace(",", "")
    if is_grouped(whole, 2):
        raise BadCell(_("grouped as in India, while the column is not so throughout"))
    raise BadCell(_("the commas do not stand at thousands"))


def is_grouped(whole: str, size: int) -> bool:
    """Whether commas stand before the last three digits and then at every `size` digits (2: lakhs)."""
    head, *groups = whole.split(",")
    if not groups or not 1 <= len(head) <= size or len(groups[-1]) != 3:
        return False
    return all(len(group) == size for group in groups[:-1])


def is_indian(text: str) -> bool | None:
    """Whether a cell is grouped by lakhs, or by thousands (False); None where it could be either."""
    whole = "".join(
        char for char in text.translate(_FOLD).partition(".")[0] if char.isdecimal() or char == ","
    )
    lakhs, thousands = is_grouped(whole.strip(","), 2), is_grouped(whole.strip(","), 3)
    return None if lakhs == thousands else lakhs


def _to_minor(value: Decimal, currency: str, rounded: bool) -> int:
    minor = value.scaleb(exponent(currency))
    whole = minor.quantize(Decimal(1), ROUND_HALF_UP) if abs(minor) < _LARGEST else Decimal(_LARGEST)
    if whole >= _LARGEST:
        raise BadCell(_("too large for an amount"))
    if whole != minor and not rounded:
        raise BadCell(_("more decimals than {currency} has").format(currency=currency))
    return int(whole)
