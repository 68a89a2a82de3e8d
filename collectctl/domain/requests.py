"""What only the client can grant: what is asked, and how it is said."""

from collectctl.domain.errors import BadUsage
from collectctl.domain.money import shown
from collectctl.domain.moneyfacts import Request
from collectctl.domain.words import _

REDUCTION, EXTENSION, RETURN = "reduction", "extension", "return"
# kind, its other names, and what it is in words
_TABLE = (
    (REDUCTION, ("settlement", "减免", "减免结清"), _("a reduction")),
    ("statement", ("查账",), _("a statement of the account")),
    (EXTENSION, ("留案",), _("more time")),
    ("visit", ("外访",), _("a visit")),
    ("documents", ("资料", "材料"), _("documents")),
    ("back-pay", ("补款",), _("back-pay")),
    (RETURN, ("退案",), _("to take it back")),
)
KINDS = tuple(kind for kind, _names, _words in _TABLE)
_NAMES = {name: kind for kind, names, _words in _TABLE for name in (kind, *names)}
_WORDS = {kind: words for kind, _names, words in _TABLE}


class UnknownRequest(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("no request is called {typed!r}; there are {kinds}").format(
                typed=typed, kinds=", ".join(KINDS)
            ),
            "collectctl request ACCOUNT reduction 5000",
        )


def kind_called(typed: str) -> str:
    """Raises `UnknownRequest` (exit 2)."""
    kind = _NAMES.get(typed.strip().lower())
    if kind is None:
        raise UnknownRequest(typed)
    return kind


def in_words(request: Request) -> str:
    """`a reduction to 5,000.00 until 12-15`."""
    text = _(_WORDS[request.kind])
    if request.amount:
        amount = shown(request.amount, request.currency)
        text += " " + (_("to {amount}") if request.kind == REDUCTION else _("of {amount}")).format(
            amount=amount
        )
    if request.until:
        text += " " + _("until {day}").format(day=f"{request.until:%m-%d}")
    return f"{text}: {request.text}" if request.text else text


def state_of(request: Request) -> str:
    """asked, sent, granted or refused."""
    if request.answer:
        return "granted" if request.answer == "yes" else "refused"
    return "sent" if request.sent_on else "asked"
