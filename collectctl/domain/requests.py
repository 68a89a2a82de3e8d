"""What only the client can grant: what is asked, and how it is said."""

from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.masking import mask_long_numbers
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
    """`a reduction to 5,000.00 until 12-15: lost the job`; identity and card numbers in the text masked."""
    text = in_general(request)
    return f"{text}: {mask_long_numbers(request.text)}" if request.text else text


def in_general(request: Request) -> str:
    """The same without the text, for the journal."""
    text = _(_WORDS[request.kind])
    if request.amount:
        amount = shown(request.amount, request.currency)
        text += " " + (_("to {amount}") if request.kind == REDUCTION else _("of {amount}")).format(
            amount=amount
        )
    if request.until:
        text += " " + _("until {day}").format(day=request.until)
    return text


def open_requests(account: AccountFile) -> list[Request]:
    """What waits for the client: of the current placement, and of reductions the newest alone.

    A settlement that was made since, with an approval of its own, takes the place of an older one.
    """
    start = account.placement.operation
    found = [r for r in account.requests if r.operation >= start and not r.answer]
    newest = max((r.id for r in account.requests if r.kind == REDUCTION), default=0)
    settled = [s.operation for s in account.settlements if s.approval]
    return [
        r
        for r in found
        if r.kind != REDUCTION or (r.id == newest and not any(op > r.operation for op in settled))
    ]


def state_of(request: Request, account: AccountFile) -> str:
    """asked, sent, granted, refused or replaced."""
    if request.answer:
        return "granted" if request.answer == "yes" else "refused"
    if request not in open_requests(account):
        return "replaced"
    return "sent" if request.sent_on else "asked"
