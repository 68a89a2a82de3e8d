"""Cells of text: what counts as empty, identity numbers, several phones in one cell."""

from collectctl.domain.words import _
from collectctl.intake.errors import BadCell

# what a file writes where it has nothing to say; nothing is not zero
_NOTHING = "- -- — —— － – / \\ 无 無 空 暂无 未知 不详 N/A n/a NA #N/A NULL null Null None none NaN nan nil"
NOTHING = frozenset(["", *_NOTHING.split()])
# yes and no, in lower case
YES = frozenset(["y", "yes", "t", "true", "1", "是", "结清", "已结清", "settled"])
NO = frozenset(["n", "no", "f", "false", "0", "否"])

_FULL_WIDTH = {
    wide: wide - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(first, last + 1)
}
_LONGEST = 200  # an identity or account number that is longer is text in the wrong column


def parse_identity(text: str) -> str:
    """An account, identity or card number as text: trimmed, full-width digits folded, zeros kept; "" is none.

    Raises BadCell for scientific notation (a spreadsheet has lost digits) and for numbers of absurd length.
    """
    if text.isalnum() and text.isascii() and len(text) <= _LONGEST and text not in NOTHING:
        return text
    number = text.strip().translate(_FULL_WIDTH)
    if number in NOTHING:
        return ""
    if _is_scientific(number):
        raise BadCell(_("a spreadsheet turned this number into a rounded one; export the column as text"))
    if len(number) > _LONGEST:
        raise BadCell(_("longer than any number of an account or a document"))
    return number


def _is_scientific(text: str) -> bool:
    """`4.40524E+17`: the sign of the exponent is what a spreadsheet always writes."""
    mantissa, e, exponent = text.upper().partition("E")
    return (
        bool(e)
        and exponent[:1] in {"+", "-"}
        and exponent[1:].isdecimal()
        and mantissa.lstrip("-").replace(".", "", 1).isdecimal()
    )


_SEPARATORS = "/;,、，；／|\n\r"
_TO_SLASH = str.maketrans(dict.fromkeys(_SEPARATORS, "/"))
_FEWEST = 5  # digits of the shortest number that can stand alone (a hotline)


def parse_phones(cell: str) -> tuple[str, ...]:
    """The numbers of a cell, each as written: split at `/ ; , 、` and line ends, and at spaces between whole
    numbers. `010-68472307`, `+1 (650) 456-7148` and an extension stay in one piece. No digits: none."""
    text = cell.strip()
    if text.isdigit():
        return (text,)
    pieces: list[str] = []
    for piece in _split_lists(text):
        if _digits(piece) >= _FEWEST or (not pieces and _digits(piece)):
            pieces.extend(_split_spaces(piece))
        elif pieces and _digits(piece):
            pieces[-1] += piece if piece[0] in _SEPARATORS else " " + piece
    return tuple(dict.fromkeys(pieces))


def _split_lists(text: str) -> list[str]:
    """Pieces between separators; a piece too short to be a number keeps the separator before it."""
    pieces: list[str] = []
    start = 0
    for piece in text.translate(_TO_SLASH).split("/"):
        short = start > 0 and _digits(piece) < _FEWEST
        pieces.append(text[start - 1 if short else start : start + len(piece)].strip())
        start += len(piece) + 1
    return [piece for piece in pieces if piece]


def _split_spaces(piece: str) -> list[str]:
    words = piece.split()
    return words if len(words) > 1 and all(_digits(word) >= 7 for word in words) else [piece]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
