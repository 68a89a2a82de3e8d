"""What stands of a client's statements: the newest, with what its file does not speak of kept from before."""

from collections.abc import Sequence

from collectctl.domain.facts import Statement

# numbers that are no money: they are carried over like words; sums are only true together with their balance
_COUNTS = ("days_past_due", "client_score")


def standing_statement(history: Sequence[Statement]) -> Statement:
    """The newest of `history` (oldest first), with words, dates and unknown columns of older ones kept."""
    newest = history[-1]
    if len(history) == 1:
        return newest
    before = standing_statement(history[:-1])
    kept = {k: v for k, v in before.values.items() if isinstance(v, str) or k in _COUNTS}
    return newest._replace(
        overdue_since=newest.overdue_since or before.overdue_since,
        values={**kept, **newest.values},
        extra={**before.extra, **newest.extra},
    )
