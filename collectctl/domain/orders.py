"""In which order a payment serves what is owed: what was agreed, else what the law or the house says.

Every order has a name and a source, which a receipt shows: no convention is chosen silently. Where the rank
of the penalty (违约金) is unsettled it is a setting of the collector's.
"""

from collections.abc import Sequence
from datetime import date

from collectctl.domain.buckets import days_past_due
from collectctl.domain.components import COMPONENTS, in_listing
from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.moneyfacts import Terms
from collectctl.domain.records import Record
from collectctl.domain.when import fold
from collectctl.domain.words import _

BEFORE, AFTER = "before", "after"  # where the penalty stands: before the principal, or after it
CARD_PRINCIPAL_FIRST = 91  # days past due from which a card's payment goes to the principal first
_PENALTY = _(
    "the rank of a penalty (违约金) is unsettled: here {rank} the principal (config set penalty-rank)"
)


class Order(Record):
    """`sequence` are components, first served first; `note` is what is unsettled about it."""

    name: str
    sequence: tuple[str, ...]
    cite: str
    note: str = ""

    @property
    def stored(self) -> str:
        return ",".join(self.sequence)

    def in_words(self) -> str:
        return _("order {name}: {sequence} [{cite}]").format(
            name=self.name, sequence=", ".join(map(_, self.sequence)), cite=self.cite
        )


NAMES = ("cn-loan", "cn-card", "us", "principal", "interest")


class UnknownOrder(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(
            _("no order of payment is called {typed!r}").format(typed=typed),
            _("--order {names}, or what was agreed: --order {agreed}").format(
                names="|".join(NAMES), agreed=",".join(COMPONENTS)
            ),
        )


class NeedsDaysPastDue(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _(
                "the order of a card payment depends on its days past due: principal first from day {day}"
            ).format(day=CARD_PRINCIPAL_FIRST),
            "--order cn-card --dpd 95",
        )


def order_called(typed: str, dpd: int | None = None, penalty: str = BEFORE) -> Order:
    """The order that `typed` names, or the components that it lists.

    `dpd` are the days past due on the day of the payment, before it is applied. Raises `UnknownOrder`,
    `NeedsDaysPastDue` (exit 2).
    """
    text = fold(typed).strip().lower().replace("，", ",")
    if text == "cn-card":
        if dpd is None:
            raise NeedsDaysPastDue
        return _card(dpd, penalty)
    if text == "cn-loan":
        return _ranked("cn-loan", ("costs", "fees", "interest"), "民法典 561", penalty)
    if text in _FIXED:
        return _FIXED[text]
    names = [name.strip() for name in text.split(",")]
    if len(set(names)) < len(names) or not set(names) <= set(COMPONENTS):
        raise UnknownOrder(typed)
    return Order("agreed", tuple(in_listing(names)), _("as agreed"))


def _ranked(name: str, first: tuple[str, ...], cite: str, penalty: str) -> Order:
    rest = ("penalty", "principal") if penalty == BEFORE else ("principal", "penalty")
    return Order(name, (*first, *rest), cite, _note(penalty))


def _note(penalty: str) -> str:
    return _(_PENALTY).format(rank=_("before") if penalty == BEFORE else _("after"))


def _card(dpd: int, penalty: str) -> Order:
    """信用卡业务监督管理办法 art 57: from day 91 on the principal comes first, then the others."""
    cite = _("信用卡业务监督管理办法 art 57, {days} days past due").format(days=dpd)
    if dpd >= CARD_PRINCIPAL_FIRST:
        return Order("cn-card", ("principal", "costs", "fees", "interest", "penalty"), cite)
    return _ranked("cn-card", ("costs", "fees", "interest"), cite, penalty)


_US = _("house policy where nothing was agreed; 12 CFR 1006.30(c) for debts in dispute")
_FIXED = {
    "us": Order("us", COMPONENTS, _US),
    "principal": Order("principal", ("principal", "interest", "fees", "penalty", "costs"), _("as agreed")),
    "interest": Order("interest", ("interest", "principal", "fees", "penalty", "costs"), _("as agreed")),
    "house": Order("house", COMPONENTS, _("house policy")),
}  # fmt: skip
_CARD_WORDS = ("信用卡", "贷记卡", "credit card", "creditcard")


def order_for(
    account: AccountFile, on: date, typed: str = "", of_client: str = "", penalty: str = BEFORE
) -> Order:
    """The order of a payment of that day: typed, else agreed in the terms, the client's, the policy's.

    Raises `UnknownOrder` (exit 2).
    """
    dpd = days_past_due(account.statement.overdue_since, on)
    chosen = typed or agreed_on(account.terms, on) or of_client
    if chosen:
        return order_called(chosen, dpd, penalty)
    countries = {policy.country for policy in account.policies}
    if "CN" in countries:
        return order_called("cn-card" if is_card(account) else "cn-loan", dpd, penalty)
    return _FIXED["us" if "US" in countries else "house"]


def agreed_on(terms: Sequence[Terms], on: date) -> str:
    """The order that the terms in force on a day name, "" for none."""
    newest_first = sorted(terms, key=lambda t: (t.from_on, t.id), reverse=True)
    return next((t.order for t in newest_first if t.from_on <= on and t.order), "")


def is_card(account: AccountFile) -> bool:
    """Whether the client's file says that the debt is a credit card's, by its product or by whose it is."""
    words = (str(account.statement.values.get("product", "")), account.client)
    return any(word in text.lower() for word in _CARD_WORDS for text in words)
