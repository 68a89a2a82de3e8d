"""`calc`: what a collector works out on paper, without an account."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

import click
import typer

from collectctl.cli import arguments
from collectctl.cli.building import group
from collectctl.cli.charging import (
    BasisOption,
    ClosingOption,
    PaymentDayOption,
    RateOption,
    check_convention,
)
from collectctl.cli.output import present
from collectctl.cli.session import DbOption, DebugOption, JsonOption, Session, session
from collectctl.domain.components import COMPONENTS
from collectctl.domain.errors import BadUsage
from collectctl.domain.orders import AFTER, BEFORE
from collectctl.domain.when import fold
from collectctl.domain.words import _
from collectctl.render import calc as render
from collectctl.usecases import calc

CurrencyOption = Annotated[
    str, typer.Option("--currency", help=_("Whose decimals: CNY, JPY, KWD ...; else two."))
]

T = TypeVar("T")


class BadPay(BadUsage):
    def __init__(self, typed: str) -> None:
        super().__init__(_("--pay {typed!r} is no AMOUNT@DATE").format(typed=typed), "--pay 100@2026-04-23")


def _money(name: str, help_: str) -> Any:  # noqa: ANN401
    return typer.Option(name, metavar="AMOUNT", help=help_)


def interest(
    principal: Annotated[str, _money("--principal", _("What bears interest."))],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=_("The first day charged."))],
    last: Annotated[str, typer.Option("--to", metavar="DATE", help=_("The closing day."))],
    rate: RateOption,
    basis: BasisOption = "",
    last_day: ClosingOption = "",
    payment_day: PaymentDayOption = "",
    pay: Annotated[
        list[str] | None, typer.Option("--pay", metavar="AMOUNT@DATE", help=_("A payment; several times."))
    ] = None,
    allocate: Annotated[
        bool, typer.Option("--allocate", help=_("Payments serve interest and principal."))
    ] = False,
    order: Annotated[str, typer.Option("--order", help=_("principal or interest first."))] = "",
    currency: CurrencyOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """An interest, line by line, by the convention that is named."""
    check_convention(basis, last_day, payment_day)
    arguments.choice("--order", order, ("principal", "interest"))
    with session(db, as_json) as s:
        span = calc.Span(arguments.day(s, first), arguments.day(s, last))
        charged, pays = calc.Charged(rate, basis, last_day, payment_day), [_pay(s, p) for p in pay or ()]
        result = calc.calc_interest(
            principal, span, charged, pays, allocate=allocate, order=order,
            currency=calc.currency_called(currency),
        )  # fmt: skip
        _print(
            s, "interest", render.interest_data, render.interest_rows, result, render.interest_summary(result)
        )


def penalty(
    minimum: Annotated[str, _money("--minimum", _("The minimum payment."))],
    paid: Annotated[str, _money("--paid", _("What was paid of it; 0 for nothing."))],
    rate: Annotated[str, typer.Option("--rate", metavar="5%", help=_("Of what is unpaid."))],
    floor: Annotated[str, _money("--floor", _("The penalty at least."))] = "0",
    currency: CurrencyOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A penalty on what is unpaid of a minimum payment."""
    with session(db, as_json) as s:
        result = calc.calc_penalty(minimum, paid, rate, floor, calc.currency_called(currency))
        _print(s, "penalty", render.sum_data, render.sum_rows, result)


def allocate(
    principal: Annotated[str, _money("--principal", _("Owed of the principal."))],
    pay: Annotated[str, _money("--pay", _("The payment."))],
    order: Annotated[str, typer.Option("--order", help=_("cn-loan, cn-card, us, principal, interest ..."))],
    interest: Annotated[str, _money("--interest", _("Owed of the interest."))] = "0",
    fees: Annotated[str, _money("--fees", _("Owed of fees."))] = "0",
    costs: Annotated[str, _money("--costs", _("Owed of costs."))] = "0",
    penalty: Annotated[str, _money("--penalty", _("Owed of the penalty."))] = "0",
    dpd: Annotated[int | None, typer.Option("--dpd", min=0, help=_("Days past due, for a card."))] = None,
    rank: Annotated[
        str, typer.Option("--penalty-rank", help=_("The penalty before or after the principal."))
    ] = BEFORE,
    currency: CurrencyOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """What a payment serves, by an order and its source."""
    arguments.choice("--penalty-rank", rank, (BEFORE, AFTER))
    owed = dict(zip(COMPONENTS, (costs, fees, penalty, interest, principal), strict=True))
    with session(db, as_json) as s:
        result = calc.calc_allocate(owed, pay, order, dpd, rank, calc.currency_called(currency))
        _print(
            s, "allocate", render.allocation_data, render.allocation_rows, result,
            render.allocation_summary(result),
        )  # fmt: skip


def court_fee(
    claim: Annotated[str, _money("--claim", _("What is claimed, in yuan."))],
    simple: Annotated[bool, typer.Option("--simple", help=_("In simple procedure: half."))] = False,
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """The fee of a Chinese court for a money claim."""
    with session(db, as_json) as s:
        result = calc.calc_court_fee(claim, simple=simple)
        _print(s, "court-fee", render.sum_data, render.sum_rows, result)


def instalments(
    amount: Annotated[str, _money("--amount", _("What is to be paid in all."))],
    count: Annotated[int, typer.Option("--count", help=_("How many parts."))],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help=_("The day of the first part."))],
    every: Annotated[str, typer.Option("--every", help=_("month, week or 2w."))] = "month",
    currency: CurrencyOption = "",
    db: DbOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """A sum in equal parts; the last takes the remainder of the cents."""
    with session(db, as_json) as s:
        day = arguments.day(s, first)
        result = calc.calc_instalments(amount, count, day, every, calc.currency_called(currency))
        _print(s, "instalments", render.schedule_data, render.schedule_rows, result)


def _pay(s: Session, typed: str) -> tuple[str, Any]:
    amount, at, when = fold(typed).partition("@")
    if not at:
        raise BadPay(typed)
    return amount, arguments.day(s, when)


def _print(
    s: Session, name: str, data: Callable[[T], Any], rows: Callable[[T], Iterable[list[str]]], result: T,
    summary: Sequence[str] = (),
) -> None:  # fmt: skip
    from collectctl.render.grid import draw

    def table(console: Any) -> None:  # noqa: ANN401
        head, *body = rows(result)
        draw(console, head, body, [h for h in head if h not in ("from", "to", "cite", "component", "due")])
        for line in summary:
            console.print(line)

    present(
        s, f"calc {name}", data=lambda: data(result), plain=lambda: rows(result), table=table, summary=summary
    )


def _calc() -> click.Command:
    return group(
        "calc",
        _("Work out an interest, a penalty, an allocation, a court fee, instalments."),
        {
            "interest": interest,
            "penalty": penalty,
            "allocate": allocate,
            "court-fee": court_fee,
            "instalments": instalments,
        },
        default=False,
    )


COMMANDS = {"calc": _calc}
