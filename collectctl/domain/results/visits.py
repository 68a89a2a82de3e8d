"""Tours of visits, and what was left out of them."""

from collections.abc import Mapping

from collectctl.domain.records import Record
from collectctl.domain.visits import Stop, Tour


class VisitResult(Record):
    """`left_out` are open accounts by cause; `open` is how many there are in all, `days` the setting."""

    tours: tuple[Tour, ...]
    left_out: Mapping[str, int]
    open: int
    days: int
    warnings: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for tour in self.tours for stop in tour.stops)

    @property
    def accounts(self) -> int:
        return sum(len(stop.accounts) for stop in self.stops)
