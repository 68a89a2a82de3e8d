"""Several columns of one field: which is taken, which is kept as extra, which must be asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from collectctl.intake import headers, vocabulary
from collectctl.intake.columns import FOUND_BY_MAP, FOUND_BY_MEMORY, FOUND_BY_NAME, Column
from collectctl.intake.errors import ColumnConflict, MappedTwice, UnitUnclear

# a wrong choice here would bring in the wrong debts or the wrong people: never by precedence
_DECISIVE = frozenset(
    [
        "account",
        "client_customer",
        "balance",
        "name",
        "id_number",
        "client",
        "currency",
        "paid_amount",
        "instalment_due",
        "promised_amount",
    ]
)
_NAME_PARTS = frozenset(["first_name", "middle_name", "last_name"])


def resolve(name: str, columns: Sequence[Column], *, numbered: bool) -> tuple[Column, ...]:
    """At most one column for each field that takes one; the others are kept as extra.

    Raises ColumnConflict, MappedTwice, UnitUnclear.
    """
    claims: dict[str, list[Column]] = {}
    for column in columns:
        if column.field and not takes_several(column.field):
            claims.setdefault(column.field, []).append(column)
    if numbered:  # the row's number is the account: a column of that field is kept as extra
        claims.pop("account", None)
    taken = {field: _one(name, field, found, claims) for field, found in claims.items()}
    result = tuple(_settled(column, taken) for column in columns)
    for column in result:
        if column.field and column.scale != 1 and column.how == FOUND_BY_NAME:
            raise UnitUnclear(name, column.name, column.field)
    return result


def takes_several(field: str) -> bool:
    """Whether a field may have more than one column."""
    return field in vocabulary.SEVERAL or (field.startswith("party") and field.endswith("_phone"))


def _settled(column: Column, taken: Mapping[str, Column]) -> Column:
    field = column.field
    if field is None or takes_several(field):
        return column
    surplus = taken.get(field) is not column or (field in _NAME_PARTS and "name" in taken)
    return replace(column, field=None, how="extra") if surplus else column


def _one(name: str, field: str, found: list[Column], claims: Mapping[str, list[Column]]) -> Column:
    for how in (FOUND_BY_MAP, FOUND_BY_MEMORY):
        said = [column for column in found if column.how == how]
        if len(said) > 1 and how == FOUND_BY_MAP:
            raise MappedTwice(field, (column.name for column in said))
        if said:
            return _only(name, field, said)
    strong = [column for column in found if headers.fold(column.header) not in vocabulary.WEAK]
    return _preferred(name, field, strong or found, claims)


def _preferred(name: str, field: str, found: list[Column], claims: Mapping[str, list[Column]]) -> Column:
    decisive = field in _DECISIVE or (field == "placed_amount" and "balance" not in claims)
    if field == "client_customer" and "account" in claims:
        decisive = False
    if decisive:
        return _only(name, field, found)
    ranks = [headers.rank(field, column.header) for column in found]
    best = [column for column, rank in zip(found, ranks, strict=True) if rank == min(ranks)]
    return _only(name, field, best)


def _only(name: str, field: str, found: list[Column]) -> Column:
    if len(found) > 1:
        raise ColumnConflict(name, field, (column.name for column in found))
    return found[0]
