"""What a message is made of: a template, and the facts that it may use, worked out as text.

A template reaches nothing of the book but the names of `Facts`. One that anybody may read may use the names
of `PUBLIC` alone: whatever it says, it can't hold the debt.
"""

from collections.abc import Mapping
from datetime import date

from collectctl.domain.errors import BadData, Refused
from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.ledger import CHARGE, INTEREST, LET_OFF, PAYMENT, PENALTY, with_charges
from collectctl.domain.masking import mask_long_numbers
from collectctl.domain.money import shown, with_code
from collectctl.domain.owing import opening
from collectctl.domain.plans import BROKEN, RUNNING, current_plan
from collectctl.domain.promises import states_of
from collectctl.domain.records import Record
from collectctl.domain.settlements import ACCEPTED, APPROVED, current_settlement
from collectctl.domain.validation import period_end
from collectctl.domain.words import _

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE)
# a call: a script for a voicemail. No postcard, ever: 12 CFR 1006.22(f)(1)
CHANNELS = ("sms", "email", "letter", "chat", "call")
DEBTOR, ANYBODY = "debtor", "anybody"
AUDIENCES = (DEBTOR, ANYBODY)
LIMITED = "limited-content"  # the one template whose content 12 CFR 1006.2(j) lists

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_OPT_OUT = {
    ("sms", ENGLISH): "Reply STOP to opt out of texts to this number.",
    ("email", ENGLISH): "To opt out of e-mail from us, reply with the word STOP.",
    ("chat", ENGLISH): "Reply STOP to opt out of messages here.",
    ("sms", CHINESE): "拒收短信请回复TD退订。",
    ("email", CHINESE): "如不愿再收到邮件，请回复“退订”。",
    ("chat", CHINESE): "如不愿再收到消息，请回复“退订”。",
}


class Template(Record):
    """A template as its file has it; `source` stands on the lines on which it stands there."""

    name: str
    file: str  # without its folder
    folder: str
    language: str  # "" for one of the user's own that says none
    own: bool  # the user's, not the package's
    title: str
    channels: tuple[str, ...]
    audience: str
    purpose: str
    source: str


class BadTemplate(BadData):
    """A template that can't be used; the message names file, line and what is wrong there."""

    code = "bad-template"

    def __init__(self, file: str, folder: str, line: int, why: str, hint: str = "") -> None:
        text = _("template {file}, line {line}: {why}") if line else _("template {file}: {why}")
        super().__init__(
            text.format(file=file, line=line, why=why),
            hint or _("mend it, or move it out of {folder}").format(folder=folder),
        )


class NothingKnown(Refused):
    """The account has not what the template is about."""

    def __init__(self, template: Template, line: int, name: str) -> None:
        field = FIELDS[name]
        super().__init__(
            _("template {file}, line {line} needs {name}, and nothing is on record: {meaning}").format(
                file=template.file, line=line, name=name, meaning=_(field.meaning)
            ),
            field.hint,
        )


class Part(Record):
    """A sum that is to come on a day."""

    on: str
    amount: str


class Facts(Record):
    """The names that a template may use, as text, None where nothing is on record; `FIELDS` explains them."""

    recipient: str
    today: str
    channel: str
    opt_out: str
    name: str | None = None
    collector: str | None = None
    agency: str | None = None
    callback: str | None = None
    address: str | None = None
    account: str | None = None
    client: str | None = None
    client_contact: str | None = None
    creditor: str | None = None
    debtor_address: str | None = None
    balance: str | None = None
    overdue_since: str | None = None
    promises: tuple[Part, ...] | None = None
    broken: Part | None = None
    plan: tuple[Part, ...] | None = None
    settlement: Part | None = None
    itemized: Part | None = None
    interest_since: str | None = None
    fees_since: str | None = None
    paid_since: str | None = None
    credited_since: str | None = None
    dispute_until: str | None = None

    def known(self) -> dict[str, object]:
        return {name: value for name, value in self._asdict().items() if value is not None}


class Field(Record):
    """`hint`: how it comes to be known."""

    meaning: str
    hint: str = ""


FIELDS: Mapping[str, Field] = {
    "recipient": Field(_("whom it is written to; empty for somebody without a name")),
    "today": Field(_("the day")),
    "channel": Field(_("sms, email, letter, chat or call")),
    "opt_out": Field(_("how to opt out of this channel; empty for a letter or a call")),
    "name": Field(_("the debtor's name")),
    "collector": Field(_("your name"), "collectctl config set collector NAME"),
    "agency": Field(_("the name of your firm"), "collectctl config set agency NAME"),
    "callback": Field(_("the number on which you are reached"), "collectctl config set callback NUMBER"),
    "address": Field(_("your mailing address"), "collectctl config set address ADDRESS"),
    "account": Field(_("the account number; one of a card or an identity is masked")),
    "client": Field(_("to whom the debt is owed now")),
    "client_contact": Field(
        _("how debtors reach the client"), "collectctl config set contact TEXT --client NAME"
    ),
    "creditor": Field(_("the original creditor, where the client's file names one, else the client")),
    "debtor_address": Field(_("the debtor's address"), _("import a file with their address")),
    "balance": Field(_("what is owed today")),
    "overdue_since": Field(_("since when something is due"), _("import a file with a due date")),
    "promises": Field(
        _("what is promised and still open: each has `on` and `amount`"),
        "collectctl promise add ACCOUNT AMOUNT@WHEN",
    ),
    "broken": Field(
        _("the newest broken promise, `amount` is what is missing of it"), "collectctl promise list --broken"
    ),
    "plan": Field(
        _("the instalments that are still to come: each has `on` and `amount`"),
        "collectctl plan new ACCOUNT --count N",
    ),
    "settlement": Field(
        _("what is left to pay of an approved settlement, `on` is its last day"),
        "collectctl settle ACCOUNT AMOUNT --until DATE --approval REF",
    ),
    "itemized": Field(_("the itemization date of 12 CFR 1006.34(b)(3) and the debt on it")),
    "interest_since": Field(_("interest charged since the itemization date")),
    "fees_since": Field(_("fees and other charges since then")),
    "paid_since": Field(_("payments since then")),
    "credited_since": Field(_("credits since then")),
    "dispute_until": Field(_("the last day of the validation period, if the notice is sent today")),
}  # fmt: skip
PUBLIC = ("recipient", "today", "channel", "opt_out", "name", "collector", "agency", "callback")
LIMITED_CONTENT = ("today", "channel", "collector", "agency", "callback")  # 12 CFR 1006.2(j)


def allowed_names(template: Template) -> tuple[str, ...]:
    """The names that a template may use, by who may read it."""
    if template.name == LIMITED:
        return LIMITED_CONTENT
    return PUBLIC if template.audience == ANYBODY else tuple(FIELDS)


class Style(Record):
    """How the facts are put into words."""

    language: str
    channel: str
    reveal: bool = False

    def day(self, day: date) -> str:
        if self.language == CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"

    def money(self, minor: int, currency: str) -> str:
        if self.language == CHINESE and currency == "CNY":
            return f"{shown(minor, currency)}元"
        return with_code(minor, currency)

    def text(self, value: object) -> str | None:
        """On one line, without controls and direction marks, long numbers masked; None for an empty one."""
        joined = " ".join(str(value or "").split())
        kept = "".join(c for c in joined if c.isprintable())
        return (kept if self.reveal else mask_long_numbers(kept)) or None

    @property
    def opt_out(self) -> str:
        return _OPT_OUT.get((self.channel, self.language), "")


def facts_of(
    person: PersonFile, account: AccountFile, settings: Mapping[str, str], today: date, recipient: str,
    style: Style,
) -> Facts:  # fmt: skip
    """The facts about `account` as of `today`; `settings` are who writes, and the client's contact."""
    values = account.statement.values
    written = Facts(
        recipient=style.text(recipient) or "",
        today=style.day(today),
        channel=style.channel,
        opt_out=style.opt_out,
        name=style.text(account.debtor),
        collector=settings.get("collector") or None,
        agency=settings.get("agency") or None,
        callback=settings.get("callback") or None,
        address=settings.get("address") or None,
        account=style.text(account.number),
        client=style.text(account.client),
        client_contact=settings.get("contact") or None,
        creditor=style.text(values.get("original_creditor") or account.client),
        debtor_address=style.text(values.get("address")),
        dispute_until=style.day(period_end(today)),
    )
    return _with_agreed(_with_sums(written, account, today, style), account, today, style)


def _with_sums(written: Facts, account: AccountFile, today: date, style: Style) -> Facts:
    """What is owed, and what has changed since the itemization date (12 CFR 1006.34(c)(2)(vi)-(ix)).

    That date is what the client's file calls so, else the day of its first statement of this placement:
    whether it is one of the five days of 1006.34(b)(3) is for the collector to check.
    """
    first, currency = opening(account), account.statement.currency
    book = with_charges(account, today)
    since = {"interest": 0, "fees": 0, "paid": 0, "credited": 0}
    for movement in book.movements[1:]:
        interest = movement.kind == INTEREST or (movement.kind == CHARGE and movement.parts["interest"] > 0)
        if movement.kind == PAYMENT:
            since["paid"] -= movement.amount
        elif movement.kind == LET_OFF or movement.amount < 0:
            since["credited"] -= movement.amount
        elif interest or movement.kind in (CHARGE, PENALTY):
            since["interest" if interest else "fees"] += movement.amount
    stated = str(first.values.get("itemization_date") or "")[:10]
    day = date.fromisoformat(stated) if stated else first.stated_on
    due = account.statement.overdue_since
    return written._replace(
        balance=style.money(book.balance, currency) if book.balance > 0 else None,
        overdue_since=style.day(due) if due else None,
        itemized=Part(style.day(day), style.money(first.balance, currency)),
        interest_since=style.money(since["interest"], currency),
        fees_since=style.money(since["fees"], currency),
        paid_since=style.money(since["paid"], currency),
        credited_since=style.money(since["credited"], currency),
    )


def _with_agreed(written: Facts, account: AccountFile, today: date, style: Style) -> Facts:
    """Promises, the plan, the settlement."""
    states = sorted(states_of(account, today), key=lambda s: (s.promise.due_on, s.promise.id))
    parts = [
        (s, Part(style.day(s.promise.due_on), style.money(s.promise.amount - s.kept, s.promise.currency)))
        for s in states
        if s.state in ("open", "broken", "partly-kept")
    ]
    plan, settled = current_plan(account, today), current_settlement(account, today)
    running = plan.plan.id if plan and plan.state in (RUNNING, BROKEN) else None
    return written._replace(
        promises=tuple(p for s, p in parts if s.state == "open" and s.promise.plan is None) or None,
        broken=next((p for s, p in reversed(parts) if s.state != "open"), None),
        plan=tuple(p for s, p in parts if s.promise.plan == running) or None if running else None,
        settlement=Part(
            style.day(settled.settlement.until),
            style.money(settled.settlement.amount - settled.paid, settled.settlement.currency),
        )
        if settled and settled.state in (APPROVED, ACCEPTED)
        else None,
    )


def language_of(person: PersonFile, account: AccountFile) -> str:
    """The language in which a person is written to: their own, else that of the contact policy's country."""
    if person.language:
        return CHINESE if person.language.lower().startswith(("zh", "中", "chin", "mandarin")) else ENGLISH
    return CHINESE if any(p.country == "CN" for p in account.policies) else ENGLISH
