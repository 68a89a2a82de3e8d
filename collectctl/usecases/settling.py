"""Settlements: a smaller sum that settles the debt, agreed with the debtor and approved by the client."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.amounts import read_amount
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.instalments import Instalment, equal_parts, in_line, spread_to
from collectctl.domain.money import plain, shown
from collectctl.domain.owing import owed_on
from collectctl.domain.plans import standing_plan
from collectctl.domain.recording import stated_sums
from collectctl.domain.records import Record
from collectctl.domain.requests import REDUCTION, open_requests
from collectctl.domain.results.said import Done, Said
from collectctl.domain.settlements import ACCEPTED, ASKED, check_last_day, check_reduction, granted_offer
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.entries import append_request
from collectctl.store.journal import Unit
from collectctl.usecases.accounts import Target
from collectctl.usecases.changes import each
from collectctl.usecases.plans import append_plan, cancel_plan, check_owing


class Agreed(Record):
    """A settlement as it was typed."""

    amount: str
    until: date
    approval: str = ""
    parts: int = 1


def settle(book: Book, account_id: int, agreed: Agreed, now: datetime) -> Said:
    """Agree on a sum that settles the debt. Without the client's approval it is asked for.

    It takes the place of an earlier one, and of a plan. Raises `AboveBalance`, `ExpiresBefore` and the errors
    of amounts (2), `NotOpen`, `NothingOwed` (1).
    """
    today = now.date()

    def write(made: Unit, found: Target) -> Done:
        account, currency = found.account, found.account.statement.currency
        check_owing(account)
        amount = read_amount(agreed.amount, currency, stated_sums(account, today))
        check_reduction(account, amount, today)
        check_last_day(agreed.until, today)
        granted = granted_offer(account, amount, agreed.until, today)
        approval, request = agreed.approval, None
        if granted and not approval:
            approval, request = granted.approval, granted.settlement.request
        asked = [r for r in open_requests(account) if r.kind == REDUCTION and r.amount == amount]
        if not approval and asked:
            request = asked[-1].id
        if not approval and request is None:
            request = append_request(
                made, account.id, None, REDUCTION, today, amount, currency, agreed.until, ""
            )
        came = granted.paid if granted else 0
        parts = spread_to(equal_parts(amount - came, agreed.parts, currency), today, agreed.until)
        made_on = granted.settlement.made_on if granted else today
        offer = Offer(request, amount, agreed.until, approval, agreed.parts, made_on)
        number = append_settlement(made, account, offer, accepted=True)
        notes = append_parts(made, account, number, parts, now) if approval else []
        ends = account.placement.ends_on
        if ends and agreed.until > ends:
            notes.append(_("its last day is after the placement's end, {ends}").format(ends=ends))
        return _settled(
            account, Settling(number, amount, agreed.until, approval, request, parts), notes, today
        )

    return each(book, "settle", [account_id], now, write)


class Settling(Record):
    """A settlement as it was recorded."""

    number: int
    amount: int
    until: date
    approval: str
    request: int | None
    parts: Sequence[Instalment]


def _settled(account: AccountFile, made: Settling, notes: Sequence[str], today: date) -> Done:
    currency = account.statement.currency
    reduction = owed_on(account, today) - made.amount
    text = _("settlement of {amount} {currency} until {day}: {reduction} less than the balance").format(
        amount=shown(made.amount, currency), currency=currency, day=named_day(made.until),
        reduction=shown(reduction, currency),
    )  # fmt: skip
    waits = _("not approved yet: request {number} waits for the client").format(number=made.request)
    more = [_("approval {approval}").format(approval=made.approval) if made.approval else waits]
    more += [in_line(part, currency) for part in made.parts]
    data = {
        "settlement": made.number,
        "amount": plain(made.amount, currency),
        "currency": currency,
        "until": made.until,
        "state": ACCEPTED if made.approval else ASKED,
        "approval": made.approval or None,
        "request": made.request,
        "reduction": plain(reduction, currency),
        "parts": [
            {"n": p.n, "due": p.due.isoformat(), "amount": plain(p.amount, currency)} for p in made.parts
        ],
    }
    return Done(text, None, data, tuple(notes), tuple(more))


class Offer(Record):
    """A settlement before it is recorded."""

    request: int | None
    amount: int
    until: date
    approval: str
    parts: int
    made_on: date  # from when money counts for it


def append_settlement(made: Unit, account: AccountFile, offer: Offer, *, accepted: bool) -> int:
    return made.facts.add(
        "settlement", account=account.id, request=offer.request, made_on=offer.made_on.isoformat(),
        amount=offer.amount, currency=account.statement.currency, until=offer.until.isoformat(),
        approval=offer.approval, parts=offer.parts, accepted=int(accepted),
    )  # fmt: skip


def append_parts(
    made: Unit, account: AccountFile, settlement: int, parts: Sequence[Instalment], now: datetime
) -> list[str]:
    """The parts of an approved settlement as promises; returns what they took the place of, in words."""
    notes = [_("the plan before it is cancelled")] if standing_plan(account) else []
    account = cancel_plan(made, account, now.date())
    return [*notes, *append_plan(made, account, settlement, "", parts, now)]
