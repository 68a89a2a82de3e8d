"""What building and verifying a court file came to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from collectctl.domain.casefile.manifest import Difference
from collectctl.domain.facts import AccountFile


@dataclass(frozen=True, slots=True)
class Built:
    """A case that was written: `totals` are decimal strings, `digest` is the manifest's SHA-256."""

    account: AccountFile
    out: str
    as_of: date
    facts_on: date
    files: tuple[str, ...]
    total: int  # minor units
    totals: Mapping[str, str]
    digest: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """A case that was compared, with its `files` and (where there is a `book`) its `facts`."""

    name: str
    account: str
    as_of: date
    files: int
    facts: int
    book: bool
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not self.differences
