"""Rows of a file that are no accounts: totals below or between them, who made the list and when."""

import re
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
_COUNTED = re.compile(r"共\d+[户笔条人件个]")
_SIGNED = re.compile(
    "(制表|审核|复核|填表|填报|经办|打印|导出|报送|单位负责)(人|时间|日期|部门|单位)?:"
    "|(备注|注|说明|note|notes|preparedby|printedon|exportedon|generatedon):"
)


def is_total(cells: Sequence[str], number: str) -> bool:
    """Whether a row (trimmed cells) adds up others: it says so, and names no account of its own.

    A debtor called Total has an account number and stays.
    """
    if number and number.isascii() and number.isalnum() and number.lower() not in _WORDS:
        return False
    first = number or next(filter(None, cells), "")
    return _says_total(first) or (_signs(first) and all(map(_signs, filter(None, cells))))


def _says_total(text: str) -> bool:
    word = _folded(text)
    return (
        word.rstrip(":") in _WORDS
        or (len(text) <= 20 and word.startswith(_BEGINNINGS))
        or _COUNTED.fullmatch(word) is not None
    )


def _signs(text: str) -> bool:
    """制表人：..., 打印日期：...: what stands below the totals."""
    return _SIGNED.match(_folded(text)) is not None


def _folded(text: str) -> str:
    return "".join(text[:40].split()).lower().replace("：", ":")
