"""Rows of a file that are no accounts: totals below or between them, a header printed again."""

from collections.abc import Sequence

_WORDS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "共计",
        "总合计",
        "本页合计",
        "汇总",
        "total",
        "totals",
        "sum",
        "subtotal",
        "grandtotal",
    ]
)
_BEGINNINGS = ("合计", "总计", "小计", "共计", "total:", "sum:")


def is_total(cells: Sequence[str], number: str) -> bool:
    """Whether a row (trimmed cells) adds up others: it says so, and names no account of its own.

    A debtor called Total has an account number and stays.
    """
    if number and ((number.isascii() and number.lower() not in _WORDS) or not _says_total(number)):
        return False
    return _says_total(number or next(filter(None, cells), ""))


def _says_total(text: str) -> bool:
    word = "".join(text[:40].split()).lower().replace("：", ":")
    return word.rstrip(":") in _WORDS or (len(text) <= 20 and word.startswith(_BEGINNINGS))
