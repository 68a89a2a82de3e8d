"""The money of a court file: what is claimed, how each line of it was worked out, and the ledger."""

from collections.abc import Iterator
from datetime import date, timedelta

from collectctl.domain import sheets
from collectctl.domain.accrual import Line
from collectctl.domain.casefile.records import Case, Item, Section, Table
from collectctl.domain.components import COMPONENTS, nothing
from collectctl.domain.courtfee import CITE, court_fee
from collectctl.domain.facts import Payment
from collectctl.domain.ledger import (
    CHARGE,
    INTEREST,
    LET_OFF,
    OPENING,
    PAYMENT,
    PENALTY,
    REVERSED,
    ledger,
    terms_on,
)
from collectctl.domain.money import with_code
from collectctl.domain.rates import basis_in_words, read_convention
from collectctl.domain.sheets import AMOUNT, COUNT, DATE, Cell, Column, Money
from collectctl.domain.words import _

NAMES = {
    "costs": _("costs"), "fees": _("fees"), "penalty": _("penalty"), "interest": _("interest"),
    "principal": _("principal"),
}  # fmt: skip
KINDS = {
    OPENING: _("stated by the client"), CHARGE: _("charge"), INTEREST: _("interest booked"),
    PENALTY: _("penalty booked"), PAYMENT: _("payment"), REVERSED: _("payment, reversed"),
    LET_OFF: _("let off by the settlement"),
}  # fmt: skip
ACCRUED = "accrued"  # since what was booked last
_COLUMNS = (OPENING, CHARGE, INTEREST, PENALTY, ACCRUED, PAYMENT, LET_OFF)


def claim(case: Case) -> Section:
    """What is claimed as of the day, item by item, and what falls due thereafter."""
    quote, currency = case.quote, case.currency
    columns = (
        Column("no", _("no."), COUNT),
        Column("item", _("item")),
        Column("amount", _("amount"), AMOUNT),
    )
    amounts = [(_(NAMES[name]), quote.owed[name]) for name in reversed(COMPONENTS) if quote.owed[name]]
    if quote.credit:
        amounts.append((_("less a credit"), -quote.credit))
    rows: list[tuple[Cell, ...]] = [
        (number, name, Money(amount, currency)) for number, (name, amount) in enumerate(amounts, 1)
    ]
    rows.append((None, _("in all"), Money(quote.total, currency)))
    title = _("Claims as of {day}").format(day=case.as_of)
    table = Table("claim", title, columns, rows)
    return Section("claim", title, (), (table,), tuple(_thereafter(case)))


def _thereafter(case: Case) -> Iterator[str]:
    quote, terms = case.quote, terms_on(case.account, case.as_of)
    if quote.total <= 0:
        yield _("Nothing is owed on that day.")
    elif terms is None or not terms.rate:
        yield _("And thereafter: no rate is set from that day on, nothing more accrues by the book.")
    else:
        by = read_convention(terms.rate, terms.basis, terms.last_day, terms.payment_day)
        first = case.as_of + timedelta(days=1) if by.closing else case.as_of
        text = _("And thereafter, from {first} until all is paid: interest at {rate} on {base}, {basis}.")
        yield text.format(
            first=first, rate=_rate(terms.rate), base=with_code(quote.owed["principal"], case.currency),
            basis=basis_in_words(terms.basis),
        )  # fmt: skip
        if terms.compound == "month":
            yield _("The interest bears interest itself, month by month.")
        if terms.cap:
            yield _("All charges together are capped at {cap} on the principal.").format(cap=_rate(terms.cap))
    if quote.unexplained:
        text = _("{amount} of the client's balance its components leave unexplained: counted as principal.")
        yield text.format(amount=with_code(quote.unexplained, case.currency))
    if quote.difference:
        yield _("The client's newest statement differs from the ledger by {amount}.").format(
            amount=with_code(quote.difference, case.currency)
        )
    if case.as_of > case.today:
        yield _("The day is still to come: worked out as if nothing happens until then.")


def calculation(case: Case) -> Section:
    """Every line of the calculation: component, days, base, rate, day count."""
    columns = (
        Column("component", _("component")), Column("from", _("from"), DATE), Column("to", _("to"), DATE),
        Column("days", _("days"), COUNT), Column("base", _("on"), AMOUNT), Column("rate", _("rate")),
        Column("basis", _("day count")), Column("worked_out", _("worked out"), AMOUNT),
        Column("capped", _("cut by the cap"), AMOUNT), Column("amount", _("charged"), AMOUNT),
        Column("source", _("how")),
    )  # fmt: skip
    lines = Table("calculation", _("Interest and penalties"), columns, list(_lines(case)))
    notes = (_convention(case),)
    return Section("calculation", _("How it was worked out"), (), (_components(case), lines), notes)


def _rate(text: str) -> str:
    """`0.05%/day` in words."""
    share, _slash, unit = text.partition("/")
    return (_("{share} a day") if unit == "day" else _("{share} a year")).format(share=share)


def _convention(case: Case) -> str:
    if terms_on(case.account, case.as_of) is None:
        return _("No terms of interest are set: nothing accrues beside what was charged.")
    return _("convention: {text}").format(text=case.quote.convention)


def _lines(case: Case) -> Iterator[tuple[Cell, ...]]:
    booked = ledger(case.account, case.as_of).accrued
    for found, how in (*((x, _("booked")) for x in booked), *((x, _("since")) for x in case.quote.accrued)):
        yield _line(found, how, case.currency)
    for m in case.quote.movements:
        if m.kind == PENALTY:
            yield _penalty(case, m.on, m.parts["penalty"], 0, m.text, _("booked"))
    quote = case.quote
    if quote.penalty:
        cut = quote.penalty - _new_penalty(case)
        yield _penalty(case, quote.on, quote.penalty, cut, quote.penalty_text, _("since"))


def _line(found: Line, how: str, currency: str) -> tuple[Cell, ...]:
    return (
        _(NAMES["interest"]), found.first, found.last, found.days, Money(found.base, currency),
        _rate(found.rate), basis_in_words(found.basis), Money(found.interest, currency),
        Money(found.capped, currency), Money(found.charged, currency), how,
    )  # fmt: skip


def _penalty(case: Case, on: date, amount: int, cut: int, text: str, how: str) -> tuple[Cell, ...]:
    currency = case.currency
    return (
        _(NAMES["penalty"]), on, on, None, None, text, "", Money(amount, currency), Money(cut, currency),
        Money(amount - cut, currency), how,
    )  # fmt: skip


def _new_penalty(case: Case) -> int:
    """The penalty that was not booked yet, after the cap."""
    return case.quote.owed["penalty"] - ledger(case.account, case.as_of).owed["penalty"]


def by_component(case: Case) -> dict[str, dict[str, int]]:
    """Component -> what each kind of movement did to it (minor units); a row sums to what is owed of it."""
    found = {name: dict.fromkeys(_COLUMNS, 0) for name in COMPONENTS}
    for m in case.quote.movements:
        for name in COMPONENTS:
            if m.kind != REVERSED:
                found[name][m.kind] += m.parts[name]
    since = nothing() | {
        "interest": sum(x.charged for x in case.quote.accrued), "penalty": _new_penalty(case),
    }  # fmt: skip
    for name in COMPONENTS:
        found[name][ACCRUED] += since[name]
    return found


def _components(case: Case) -> Table:
    currency = case.currency
    heads = {**{kind: _(text) for kind, text in KINDS.items()}, ACCRUED: _("accrued since")}
    found = by_component(case)
    used = [kind for kind in _COLUMNS if any(found[name][kind] for name in COMPONENTS) or kind == OPENING]
    columns = (
        Column("component", _("component")),
        *(Column(kind, heads[kind], AMOUNT) for kind in used),
        Column("owed", _("owed"), AMOUNT),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            _(NAMES[name]), *(Money(found[name][kind], currency) for kind in used),
            Money(case.quote.owed[name], currency),
        )
        for name in reversed(COMPONENTS) if any(found[name].values())
    ]  # fmt: skip
    sums = [sum(found[name][kind] for name in COMPONENTS) for kind in used]
    owed = sum(case.quote.owed.values())
    rows.append((_("in all"), *(Money(s, currency) for s in sums), Money(owed, currency)))
    return Table("components", _("By component"), columns, rows)


def book(case: Case) -> Section:
    """The ledger: amounts with the sign that they have for the balance."""
    columns = (
        Column("on", _("day"), DATE), Column("kind", _("what")), Column("amount", _("amount"), AMOUNT),
        *(Column(name, _(NAMES[name]), AMOUNT) for name in COMPONENTS),
        Column("credit", _("credit"), AMOUNT), Column("balance", _("balance"), AMOUNT),
        Column("payment", _("payment no."), COUNT), Column("text", _("reference"), about=sheets.FREE),
    )  # fmt: skip
    currency = case.currency
    rows = [
        (
            m.on, _(KINDS[m.kind]), Money(m.amount, currency),
            *(Money(m.parts[name], currency) for name in COMPONENTS),
            Money(m.credit, currency), Money(m.balance, currency),
            m.id if m.kind in (PAYMENT, REVERSED) else None, case.text(m.text),
        )
        for m in case.quote.movements
    ]  # fmt: skip
    paid = ledger(case.account, case.as_of).paid
    items = [Item("paid", _("paid in all"), Money(paid, currency))]
    gone = sum(
        p.amount for p in case.known.payments if p.confirmed and p.reversed_on and _is_of_ledger(case, p)
    )
    if gone:
        items.append(Item("received", _("received before what was reversed"), Money(paid + gone, currency)))
        items.append(Item("reversed", _("reversed of it"), Money(gone, currency)))
    return Section("ledger", _("Ledger"), tuple(items), (Table("ledger", _("Ledger"), columns, rows),))


def _is_of_ledger(case: Case, payment: Payment) -> bool:
    """What belongs to an earlier placement is in the statement with which the ledger begins."""
    return payment.operation >= case.account.placement.operation


def fee(case: Case) -> Section | None:
    """What the court would ask for the claim (诉讼费用交纳办法 13, 16); None where that is not its law."""
    if not case.chinese or case.currency != "CNY" or case.quote.total <= 0:
        return None
    total = case.quote.total
    items = (
        Item("value", _("sum in dispute"), Money(total, "CNY")),
        Item("fee", _("court fee"), Money(court_fee(total, simple=False), "CNY")),
        Item("simple", _("in simple procedure"), Money(court_fee(total, simple=True), "CNY")),
    )
    return Section("court_fee", _("Court fee, estimated"), items, (), (CITE,))
