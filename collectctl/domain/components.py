"""What a debt is made of, in minor units by component, and taking a sum from them in an order."""

from collections.abc import Iterable, Mapping, Sequence

from collectctl.domain.facts import Statement

# as they are listed; the order in which a payment serves them is another matter (`orders`)
COMPONENTS = ("costs", "fees", "penalty", "interest", "principal")

Owed = dict[str, int]


def nothing() -> Owed:
    return dict.fromkeys(COMPONENTS, 0)


def stated(statement: Statement) -> tuple[Owed, int]:
    """The components of a client's statement, and what of its balance they leave unexplained.

    What is unexplained counts as principal, and so does a balance without components. Components that come to
    more than the balance are about something else (the whole loan, say): they are left aside.
    """
    owed = nothing()
    if statement.balance <= 0:
        return owed, 0
    for name in COMPONENTS:
        value = statement.values.get(name)
        owed[name] = value if isinstance(value, int) and value > 0 else 0
    rest = statement.balance - sum(owed.values())
    if rest < 0:
        return nothing() | {"principal": statement.balance}, statement.balance
    explained = any(owed.values())
    owed["principal"] += rest
    return owed, rest if explained else 0


def take(owed: Mapping[str, int], amount: int, order: Sequence[str]) -> tuple[Owed, int]:
    """How `amount` is spread over `owed` in that order, and what is left of it: nothing counts twice."""
    parts = nothing()
    for name in order:
        parts[name] = min(amount, owed[name])
        amount -= parts[name]
    return parts, amount


def less(owed: Mapping[str, int], parts: Mapping[str, int]) -> Owed:
    return {name: owed[name] - parts[name] for name in COMPONENTS}


def in_listing(names: Iterable[str]) -> list[str]:
    """`names` with those that are missing behind them, as they are listed."""
    first = list(names)
    return [*first, *(name for name in COMPONENTS if name not in first)]
