"""A client's file of payments: what is on record adds nothing, what is new confirms, keeps and settles."""

from collections import Counter
from datetime import date

from collectctl.domain.facts import AccountFile, Payment
from collectctl.domain.receiving import Received, receive
from collectctl.domain.repayments import schedule_counts, sort_payments
from collectctl.domain.results.importing import ImportResult, MoneyImported
from collectctl.domain.stated import RowError, StatedPayment
from collectctl.domain.words import _
from collectctl.intake.payments import read_payments
from collectctl.store.facts import Value
from collectctl.store.payments import close_settled, payment_row
from collectctl.usecases.import_rows import Accounts, Import, Rows, result_of
from collectctl.usecases.payments import Orders


def import_payments(read: Import) -> ImportResult:
    """Raises `RowsRejected` (4) unless bad rows may be left out, `NoKnownAccount` (3)."""
    accounts = Accounts(read)
    stated = read_payments(read.table, read.found, read.defaults, accounts.currency)
    rows = Rows(accounts, stated.payments, read.found.name_of("account"))
    writer = _Writer(read)
    for account, of in rows.files(read.made):
        writer.take(account, of)
        read.progress(len(of))
    errors = [*stated.errors, *rows.errors, *writer.errors]
    near = rows.refuse(read, errors)
    if writer.facts:
        read.made.facts.add_many("payment", writer.facts)
    rows.finish(read)
    counts = writer.counts
    money = MoneyImported(
        added=len(writer.facts), known=counts["known"], unknown=len(rows.unknown),
        strangers=rows.strangers, alike=counts["alike"],
        kept=counts["kept"], confirmed=counts["confirmed"], settled=counts["settled"],
        paid_off=counts["paid_off"],
        schedule=schedule_counts(stated.instalments) if stated.instalments else None, empty=stated.empty,
    )  # fmt: skip
    text = _("imported {file}: {count} payments").format(file=read.request.name, count=len(writer.facts))
    doubts = (
        (
            money.alike,
            _("{count} payments have the account, day and sum of another on record: are they others?"),
        ),
        (
            counts["early"],
            _("{count} payments are of days before the balance that the client stated: are they in it?"),
        ),
    )
    warnings = [*near, *(doubt.format(count=count) for count, doubt in doubts if count)]
    places = (stated.rows, stated.left_out)
    return result_of(read, places, errors, money, dict(writer.totals), text, warnings, stated.rounded)


class _Writer:
    """Takes the rows of one account after the other; `facts` are the payments in the order of their ids."""

    def __init__(self, read: Import) -> None:
        self.facts: list[tuple[Value, ...]] = []
        self.errors: list[RowError] = []
        self.counts: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        self._made, self._today = read.made, read.now.date()
        self._columns = {field: read.found.name_of(field) for field in ("paid_on", "reference")}
        self._orders = Orders(read.made.connection)
        self._first = read.made.facts.next_id("payment")

    def take(self, account: AccountFile, rows: list[StatedPayment]) -> None:
        found = sort_payments(account, rows, self._today, self._columns)
        self.errors += found.errors
        self.counts.update(known=found.known, alike=found.alike, early=found.early)
        new = [self._payment(n, account, row) for n, row in enumerate(found.new)]
        received = receive(account, new, self._today)
        self.facts += [
            payment_row(payment, row.extra, row.row)
            for payment, row in zip(received.payments, found.new, strict=True)
        ]
        if new:
            self.totals[account.statement.currency] += sum(p.amount for p in new)
        self._count(received)

    def _payment(self, n: int, account: AccountFile, row: StatedPayment) -> Payment:
        on, number = date.fromisoformat(row.on), self._first + len(self.facts) + n
        order = self._orders.of(account, on).stored
        return Payment(
            number, account.id, None, on, row.amount, row.currency, True, row.payer, row.method,
            row.reference, order, None, self._made.id,
        )  # fmt: skip

    def _count(self, received: Received) -> None:
        self.counts["kept"] += len(received.kept)
        self.counts["confirmed"] += sum(p.confirms is not None for p in received.payments)
        self.counts["paid_off"] += received.paid_off
        if received.settled:
            self.counts["settled"] += 1
            if received.account.open:
                close_settled(self._made, received.settled)
