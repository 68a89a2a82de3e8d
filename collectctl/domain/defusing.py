"""Text that a spreadsheet would take for a formula, made harmless in a CSV file and brought back from one.

A cell that begins with a formula's sign, perhaps after white space and quotes, gets a `'` in front. One that
has such a `'` already gets another, so that `restored(defused(text)) == text` for every text.
"""

import re

# what a spreadsheet skips before it looks for a sign: white space, what has no width, quotes
_SKIPPED = (
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff'\"`‘’“”＇＂]*"
)
_LIVE = re.compile(rf"{_SKIPPED}[=+\-@＝＋－＠﹢﹣﹦﹫]|'*[\t\r\n]")


def defused(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet computes."""
    return "'" + text if _LIVE.match(text) else text


def restored(text: str) -> str:
    """The text that `defused` made `text` of; what it can't have changed stays as it is."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text
