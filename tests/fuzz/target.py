"""What is fuzzed: bytes in, a plan or a CollectError out, for every kind of file."""

from collections.abc import Callable

from collectctl.domain.errors import CollectError
from collectctl.intake.activities import read_activities
from collectctl.intake.defaults import Defaults
from collectctl.intake.extensions import read_extensions
from collectctl.intake.files import Table, read_table
from collectctl.intake.kinds import KINDS
from collectctl.intake.payments import read_payments
from collectctl.intake.phonelists import read_numbers
from collectctl.intake.promises import read_promises
from collectctl.intake.recalls import read_recalls
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import rejects
from tests.intake.reading import read_accounts

DEFAULTS = Defaults(client="Bank", currency="CNY")


def read(data: bytes) -> str:
    """Every reading of a file; says how far it came. Any other exception than ours is a finding."""
    try:
        table = read_table("file", data)
    except CollectError as error:
        return error.code
    told = ""
    for kind in (None, *KINDS):
        try:
            found = recognise(table, kind=kind)
            _plan(table, found)
            told = told or found.kind
        except CollectError as error:
            told = told or error.code
    return told


def _plan(table: Table, found: Recognition) -> None:
    if found.kind == "accounts":
        accounts = read_accounts(table, found, DEFAULTS)
        bad = {error.row for error in accounts.errors}
        assert accounts.rows == len(accounts.accounts) + accounts.repeated + len(bad)
        assert len(list(rejects(table, found, accounts.errors))) == 1 + len(bad)
        return
    READERS[found.kind](table, found)


def _nobody(_number: str, _client: str | None) -> str:
    """The currency of accounts of an empty book."""
    return ""


READERS: dict[str, Callable[[Table, Recognition], object]] = {
    "activities": lambda table, found: read_activities(table, found, DEFAULTS, _nobody),
    "extensions": lambda table, found: read_extensions(table, found, DEFAULTS),
    "payments": lambda table, found: read_payments(table, found, DEFAULTS, _nobody),
    "phones": lambda table, found: read_numbers(table, found, DEFAULTS),
    "promises": lambda table, found: read_promises(table, found, DEFAULTS, _nobody),
    "recalls": lambda table, found: read_recalls(table, found, DEFAULTS),
}
assert {*READERS, "accounts"} == set(KINDS)
