"""What a check of the book found."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: `check` is which part of the check found it (an English code).

    `repairable`: `book check --repair` puts it right, since it can be worked out from the facts.
    """

    check: str
    text: str
    remedy: str
    repairable: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """`counts` by what was looked at; `more` findings aren't listed; `seal` is the last link of the chain."""

    findings: tuple[Finding, ...]
    more: int
    counts: Mapping[str, int]
    seal: str
    repaired: int | None = None  # findings that were put right; None where that was not asked for

    @property
    def clean(self) -> bool:
        return not self.findings
