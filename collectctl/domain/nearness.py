"""Account numbers that are alike but for what a spreadsheet or a hand does to them: zeros, spaces, case."""

import re
from collections import Counter
from collections.abc import Sequence

from collectctl.domain.errors import BadData
from collectctl.domain.questions import Choice, Question, Unclear
from collectctl.domain.records import Record
from collectctl.domain.words import _

OPTION = "--match-zeros"
SAME, OTHER = "same", "other"


class Near(Record):
    """A number of a file that the book does not have, and the one it has that is nearly the same."""

    row: int
    number: str
    known: str


def near_key(number: str) -> str:
    """What numbers have in common that differ only in leading zeros, spaces or the case of letters.

    >>> near_key("00 12a"), near_key("12A"), near_key("000")
    ('12a', '12a', '0')
    """
    return "".join(number.split()).casefold().lstrip("0") or "0"


def is_same_name(stated: str, known: str) -> bool:
    """Whether a name in a file may be the one in the book; what is masked (张*, 宋某某) may be anything.

    >>> is_same_name("张*", "张军㐂"), is_same_name("ANN  Lee", "Ann Lee"), is_same_name("李四", "张三")
    (True, True, False)
    """
    one, other = ("".join(name.split()).casefold() for name in (stated, known))
    if not one or not other or one == other:
        return True
    hidden = re.search(r"[*＊某×]", one)
    return hidden is not None and other.startswith(one[: hidden.start()])


def differences(found: Sequence[Near]) -> str:
    """In words, in what numbers differ from those of the book, and how many do."""
    counts = Counter(_difference(near.number, near.known) for near in found)
    words = {
        "zeros": _("{count} numbers differ only in leading zeros"),
        "spaces": _("{count} numbers differ only in spaces"),
        "case": _("{count} numbers differ only in the case of letters"),
        "several": _("{count} numbers differ only in zeros, spaces or case"),
    }
    return ", ".join(words[what].format(count=count) for what, count in counts.most_common())


def _difference(one: str, other: str) -> str:
    if one.lstrip("0") == other.lstrip("0"):
        return "zeros"
    if "".join(one.split()) == "".join(other.split()):
        return "spaces"
    return "case" if one.casefold() == other.casefold() else "several"


class NumbersNear(BadData, Unclear):
    """Accounts of a file that may be accounts of the book: merged on nobody's guess."""

    code = "numbers-near"

    def __init__(self, file: str, found: Sequence[Near]) -> None:
        self.file = file
        first = min(found)
        text = _(
            "{file}: {differences} from accounts of the book: {number} in row {row}, {known} in the book"
        )
        self._text = text.format(file=file, differences=differences(found), **first._asdict())
        super().__init__(
            self._text,
            _(
                "{option} if they are the same accounts, --no-{bare} if they are others, or mend the file"
            ).format(option=OPTION, bare=OPTION.removeprefix("--")),
        )

    def question(self) -> Question:
        same = Choice(_("the same accounts"), OPTION, SAME)
        return Question(self._text, (same, Choice(_("other accounts"), OPTION, OTHER)))
