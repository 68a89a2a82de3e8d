"""What stands of a client's statements: the newest, with what its file does not speak of kept from before."""

from collections.abc import Sequence

from collectctl.domain.facts import Placement, Statement

# numbers that are no money: they are carried over like words; sums are only true together with their balance
_COUNTS = ("days_past_due", "client_score")


def standing_statement(history: Sequence[Statement]) -> Statement:
    """The newest of `history` (oldest first), with words, dates and unknown columns of older ones kept."""
    standing = history[0]
    for newer in history[1:]:
        kept = {k: v for k, v in standing.values.items() if isinstance(v, str) or k in _COUNTS}
        standing = newer._replace(
            overdue_since=newer.overdue_since or standing.overdue_since,
            values={**kept, **newer.values},
            extra={**standing.extra, **newer.extra},
        )
    return standing


def first_of(history: Sequence[Statement], placement: Placement) -> Statement | None:
    """The first statement of a placement, with which the ledger begins; None where it is the only one."""
    own = [s for s in history if s.operation >= placement.operation]
    return own[0] if len(own) > 1 else None
