"""Where a debtor lives, as the client's file says, and what visits have found there."""

from collections.abc import Iterable

from collectctl.domain.facts import AccountFile, Activity
from collectctl.domain.outcomes import BY_CODE


def addresses(account: AccountFile) -> list[str]:
    """Those of the newest file, in its order; a work place is none to be visited."""
    stated = str(account.statement.values.get("address", ""))
    return [line.strip() for line in stated.split("\n") if line.strip()]


def home(account: AccountFile, visits: Iterable[Activity]) -> str:
    """The first address at which no visit found that they don't live, "" for none."""
    known = addresses(account)
    gone = _gone(account, visits, known[0]) if known else set()
    return next((a for a in known if key(a) not in gone), "")


def key(address: str) -> str:
    """What two spellings of one address have in common."""
    return "".join(address.split()).casefold()


def _gone(account: AccountFile, visits: Iterable[Activity], first: str) -> set[str]:
    """A visit that names no address was to the first one, where no newer file has come since."""
    found: set[str] = set()
    for visit in visits:
        if not visit.number and visit.operation < account.statement.operation:
            continue
        at = key(visit.number or first)
        if BY_CODE[visit.outcome].number:
            found.add(at)
        else:
            found.discard(at)
    return found
