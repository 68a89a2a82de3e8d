"""What `calc` has worked out: JSON, rows for a pipe, lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from collectctl.domain.components import COMPONENTS
from collectctl.domain.money import plain
from collectctl.domain.results.money import Allocation, Calculated, Schedule, Sum
from collectctl.domain.words import _
from collectctl.render.quote import line


def interest_data(result: Calculated) -> dict[str, Any]:
    found, currency = result.interest, result.currency
    return {
        "days": found.days,
        "lines": [line(x, currency) for x in found.lines],
        "interest": plain(found.interest, currency),
        "principal_left": plain(found.principal_left, currency),
        "total": plain(found.total, currency),
        "convention": result.convention,
    }


def interest_rows(result: Calculated) -> Iterator[list[str]]:
    """The lines, then the sums; the convention is said beside them."""
    yield ["from", "to", "days", "principal", "rate", "basis", "interest"]
    for x in result.interest.lines:
        yield [str(value) for value in line(x, result.currency).values()]


def interest_summary(result: Calculated) -> list[str]:
    found, currency = result.interest, result.currency
    return [
        _("interest {interest} for {days} days; principal left {left}; in all {total}").format(
            interest=plain(found.interest, currency), days=found.days,
            left=plain(found.principal_left, currency), total=plain(found.total, currency),
        ),
        _("convention: {text}").format(text=result.convention),
    ]  # fmt: skip


def allocation_data(result: Allocation) -> dict[str, Any]:
    return {
        **{name: plain(result.parts[name], result.currency) for name in COMPONENTS},
        "credit": plain(result.credit, result.currency),
        "left": {name: plain(result.left[name], result.currency) for name in COMPONENTS},
        "order": list(result.order.sequence),
        "order_name": result.order.name,
        "cite": result.order.cite,
    }


def allocation_rows(result: Allocation) -> Iterator[list[str]]:
    yield ["component", "paid", "left"]
    for name in result.order.sequence:
        yield [name, plain(result.parts[name], result.currency), plain(result.left[name], result.currency)]
    yield ["credit", plain(result.credit, result.currency), ""]


def allocation_summary(result: Allocation) -> list[str]:
    text = result.order.in_words()
    return [text, result.order.note] if result.order.note else [text]


def schedule_data(result: Schedule) -> dict[str, Any]:
    return {
        "instalments": [
            {"n": i.n, "due": i.due.isoformat(), "amount": plain(i.amount, result.currency)}
            for i in result.instalments
        ]
    }


def schedule_rows(result: Schedule) -> Iterator[list[str]]:
    yield ["n", "due", "amount"]
    for i in result.instalments:
        yield [str(i.n), i.due.isoformat(), plain(i.amount, result.currency)]


def sum_data(result: Sum) -> dict[str, Any]:
    return {result.name: plain(result.amount, result.currency), "cite": result.cite}


def sum_rows(result: Sum) -> Iterator[list[str]]:
    yield [result.name, "cite"]
    yield [plain(result.amount, result.currency), result.cite]
