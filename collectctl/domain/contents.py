"""What a written message must hold and may not hold, checked in its finished text.

A missing address or consent only warns before a contact; it stops a message that is written (12 CFR
1006.6(d)(4)-(5), (e)). The hour does not: it is judged when the message is sent.
"""

import re
from collections.abc import Iterator

from collectctl.domain.facts import AccountFile, PersonFile
from collectctl.domain.messages import ANYBODY, DEBTOR, LIMITED, Facts, Template
from collectctl.domain.policy import PROHIBITED
from collectctl.domain.reasons import Reason
from collectctl.domain.records import Record
from collectctl.domain.verdict import Verdict
from collectctl.domain.words import _

HOURS = ("hours", "inconvenient")  # kinds of rules that are judged when a message is sent
_OPT_OUT = re.compile(r"\b(?:stop|opt(?:ed)?[ -]?out|unsubscribe)\b|退订|拒收|不再接收", re.IGNORECASE)
_COLLECTOR = re.compile(r"debt collector|collect a debt|催收", re.IGNORECASE)
_DEBT = re.compile(
    r"\b(?:debts?|owe[sd]?|owing|balances?|payments?|pay|paying|payable|repay\w*|loans?|credit(?:ors?)?|arrears"
    r"|overdue|past due|collect(?:ions?|ors?|ing)?|instal?lments?|settlements?|accounts?|delinquen\w*)\b"
    "|欠|债|还款|还钱|逾期|借款|贷款|信用卡|催收|账单|账户|余额|分期|结清|违约|利息|本金|案件",
    re.IGNORECASE,
)
_SUM = re.compile(r"[$¥￥€£]\s*\d|\d[\d,]*\.\d\d\b|\d\s*元")
_ASKS = re.compile(r"\b(?:call|contact|reach|reply|telephone)\b|回电|致电|联系", re.IGNORECASE)
_ART_69 = "信用卡业务监督管理办法 art 69"
NO_ADDRESS, NO_CONTACT = "message.address", "message.contact"
# what a letter shows by that article
_LETTER = (
    (_("why and on what legal basis"), re.compile("依据|法律|legal basis", re.IGNORECASE)),
    (_("their rights"), re.compile(r"权利|rights?\b", re.IGNORECASE)),
    (_("how to query"), re.compile("查询|enquire|inquire|query", re.IGNORECASE)),
    (_("how to pay"), re.compile(r"还款|\bpay\b", re.IGNORECASE)),
    (_("how to object"), re.compile("异议|object|dispute", re.IGNORECASE)),
)
# 12 CFR 1006.34(c)(2)-(3): names of facts that a validation notice shows
_NOTICE = (
    "agency", "address", "name", "debtor_address", "creditor", "client", "account", "balance",
    "interest_since", "fees_since", "paid_since", "credited_since", "dispute_until",
)  # fmt: skip
_WEBSITE = "cfpb.gov/debt-collection"  # 1006.34(c)(3)(iv)


class Written(Record):
    """A finished text, and what it was made of."""

    template: Template
    text: str
    facts: Facts
    verdict: Verdict
    address: str  # where it goes, "" where nothing is on file

    @property
    def to_debtor(self) -> bool:
        return self.verdict.role == "debtor"

    def holds(self, name: str) -> bool:
        """Whether the text shows what is known of a fact."""
        value = getattr(self.facts, name)
        return value is None or value in self.text


def objections(written: Written, person: PersonFile, account: AccountFile) -> tuple[Reason, ...]:
    """Why the message may not be written: by the contact rules, and by what its text holds or lacks."""
    found = [*_by_verdict(written, account), *_by_address(written), *_identity(written)]
    limited = written.template.name == LIMITED
    if written.template.audience == ANYBODY or limited or not written.to_debtor:
        found += _of_debt(written, person)
    if limited:
        found += _limited(written)
    countries = {p.country for p in account.policies}
    if written.template.audience == DEBTOR and "US" in countries:
        found += _disclosed(written)
    if written.template.audience == DEBTOR and "CN" in countries and written.facts.channel == "letter":
        found += _letter(written)
    return tuple(found)


def _no(rule: str, text: str, cite: str) -> Reason:
    return Reason(rule, PROHIBITED, text, cite)


def _by_verdict(written: Written, account: AccountFile) -> Iterator[Reason]:
    """What the contact rules say, in the words of the rule: a reason may name a number of theirs."""
    said = {rule.id: rule.text for policy in account.policies for rule in policy.rules}
    confirms = written.template.purpose == "optout-confirmation"  # 1006.14(h)(2)(i): once, whatever they said
    for reason in written.verdict.reasons:
        if reason.kind == "content" and not _OPT_OUT.search(written.text):
            yield reason._replace(effect=PROHIBITED, text=_("the text says no way to opt out"))
        elif reason.kind == "consent" and not confirms:
            yield reason._replace(effect=PROHIBITED)
        elif reason.effect == PROHIBITED and reason.kind not in HOURS:
            yield reason._replace(text=said.get(reason.rule, reason.kind))


def _by_address(written: Written) -> Iterator[Reason]:
    if written.facts.channel in ("sms", "email") and not written.address:
        yield _no(NO_ADDRESS, _("no number or address of theirs is on file"), "house")


def _identity(written: Written) -> Iterator[Reason]:
    """Who writes: name, firm, and how to reach them; a request for a location leaves out the firm."""
    if written.template.purpose == "location":
        named, firm = written.holds("collector"), written.facts.agency
        if firm and firm in written.text:
            text = _("asking where somebody is, the firm is named only if they ask for it")
            yield _no("message.location", text, "12 CFR 1006.10(b)(1)")
    else:
        named = written.holds("collector") and written.holds("agency")
    if not named or not written.holds("callback"):
        text = _("the text does not say who writes and how to reach them")
        yield _no("message.identity", text, "15 USC 1692d(6); GB/T 45251-2025 5.3")


def _of_debt(written: Written, person: PersonFile) -> Iterator[Reason]:
    """Whether a text that others may read says anything of the debt."""
    text = written.text.replace(written.facts.callback or "\0", "")
    hit = _DEBT.search(text)
    said = _("the word {word!r}").format(word=hit.group()) if hit else ""
    currencies = "|".join({a.statement.currency for a in person.accounts})
    if not said and (_SUM.search(text) or re.search(rf"\d\s*(?:{currencies})\b", text)):
        said = _("an amount")
    clients = {str(a.statement.values.get("original_creditor") or a.client) for a in person.accounts}
    clients |= {a.client for a in person.accounts}
    if not said and any(client.lower() in text.lower() for client in clients if client):
        said = _("a client's name")
    numbers = "|".join(re.escape(a.number) for a in person.accounts)
    if not said and re.search(rf"(?<![A-Za-z\d])(?:{numbers})(?![A-Za-z\d])", text):
        said = _("an account number")
    if said:
        cite = "12 CFR 1006.2(j), 1006.6(d)(1); GB/T 45251-2025 5.3"
        yield _no("message.third-party", _("others may read it, and it has {what}").format(what=said), cite)


def _limited(written: Written) -> Iterator[Reason]:
    if written.facts.channel != "call":
        yield _no("message.limited", _("a limited-content message is a voicemail"), "12 CFR 1006.2(j)")
    if not _ASKS.search(written.text):
        yield _no("message.limited", _("the script does not ask them to reply"), "12 CFR 1006.2(j)(1)")
    if written.facts.name and written.facts.name in written.text:
        yield _no("message.limited", _("the script names the debtor"), "12 CFR 1006.2(j)")


def _disclosed(written: Written) -> Iterator[Reason]:
    if not _COLLECTOR.search(written.text) and written.template.purpose != "optout-confirmation":
        text = _("the text does not say that it is from a debt collector")
        yield _no("message.disclosure", text, "12 CFR 1006.18(e)")
    if written.template.purpose == "notice":
        missing = [name for name in _NOTICE if not written.holds(name)]
        part = written.facts.itemized
        missing += ["itemized"] if part and not all(value in written.text for value in part) else []
        missing += [_WEBSITE] if _WEBSITE not in written.text else []
        if missing:
            text = _("the validation notice lacks {names}").format(names=", ".join(missing))
            yield _no("message.notice", text, "12 CFR 1006.34(c)")


def _letter(written: Written) -> Iterator[Reason]:
    missing = [_("name and balance")] if not (written.holds("name") and written.holds("balance")) else []
    missing += [_(what) for what, pattern in _LETTER if not pattern.search(written.text)]
    lacks = _("the letter lacks {what}")
    if missing:
        yield _no("message.letter", lacks.format(what=", ".join(missing)), _ART_69)
    if not written.facts.client_contact or not written.holds("client_contact"):
        rule = "message.letter" if written.facts.client_contact else NO_CONTACT
        yield _no(rule, lacks.format(what=_("the issuer's contact")), _ART_69)
