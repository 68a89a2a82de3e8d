"""A new plan: the parts of a balance as they were wished for, each with its day."""

from datetime import date

from collectctl.domain.amounts import read_amount
from collectctl.domain.errors import BadUsage
from collectctl.domain.facts import AccountFile
from collectctl.domain.hours import named_day
from collectctl.domain.instalments import (
    Instalment,
    check_length,
    due_day,
    equal_parts,
    parts_of,
    period_called,
    schedule,
)
from collectctl.domain.money import shown
from collectctl.domain.recording import stated_sums
from collectctl.domain.records import Record
from collectctl.domain.words import _


class NoParts(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("a plan of how many parts, or of what amounts?"),
            "collectctl plan new ACCOUNT --count 6 | --each 500",
        )


class FirstInPast(BadUsage):
    def __init__(self, day: date) -> None:
        super().__init__(
            _("the first instalment can't be due in the past: {day}").format(day=named_day(day)), "--from fri"
        )


class AllDown(BadUsage):
    def __init__(self, down: int, total: int, currency: str) -> None:
        super().__init__(
            _("a down payment of {down} leaves nothing of {total} for instalments").format(
                down=shown(down, currency), total=shown(total, currency)
            ),
            "--down AMOUNT",
        )


class Wished(Record):
    """A plan as it was typed; "" and None where nothing was said."""

    parts: int | None = None
    each: tuple[str, ...] = ()
    every: str = "month"
    first: date | None = None
    down: str = ""


def instalments(account: AccountFile, wished: Wished, today: date) -> list[Instalment]:
    """The parts of the balance as they were wished for, the down payment today.

    Raises `NoParts`, `FirstInPast`, `NotCovered`, `BadCount`, `TooSmall` (2), `TooLong` (1).
    """
    currency, sums = account.statement.currency, stated_sums(account, today)
    if wished.parts is None and not wished.each:
        raise NoParts
    if wished.first and wished.first < today:
        raise FirstInPast(wished.first)
    every = period_called(wished.every)
    first = wished.first or due_day(today, 1, every)
    total = sums["balance"]
    down = read_amount(wished.down, currency, sums) if wished.down else 0
    if total - down <= 0:
        raise AllDown(down, total, currency)
    each_ = [read_amount(typed, currency, sums) for typed in wished.each]
    if each_:
        amounts = parts_of(total - down, each_, wished.parts, currency)
    else:
        amounts = equal_parts(total - down, wished.parts or 0, currency)
    made = schedule(amounts, first, every)
    rules = [r for p in account.policies for r in p.rules if r.kind == "instalments"]
    check_length(made, first, every, rules)
    return [Instalment(1, today, down), *(i._replace(n=i.n + 1) for i in made)] if down else made
