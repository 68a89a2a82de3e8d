"""What is known about a file's rows from outside the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Defaults:
    """What the user gave, and what the book knows, for rows that do not say it themselves."""

    client: str | None = None
    currency: str | None = None  # ISO 4217
    client_currencies: Mapping[str, str] = field(default_factory=dict)  # of each client's last import
    policy_currency: str | None = None
    dates: str | None = None  # "dmy", "mdy" or "ymd"
