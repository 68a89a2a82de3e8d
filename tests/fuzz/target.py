"""What is fuzzed: bytes in, a plan or a CollectError out, for every kind of file."""

from collectctl.domain.errors import CollectError
from collectctl.intake.defaults import Defaults
from collectctl.intake.files import Table, read_table
from collectctl.intake.kinds import KINDS
from collectctl.intake.payments import read_payments
from collectctl.intake.promises import read_promises
from collectctl.intake.recalls import read_recalls
from collectctl.intake.recognise import Recognition, recognise
from collectctl.intake.rows import read_accounts, rejects

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
    elif found.kind == "payments":
        read_payments(table, found, DEFAULTS, lambda _number, _client: "")
    elif found.kind == "promises":
        read_promises(table, found, DEFAULTS, lambda _number, _client: "")
    elif found.kind == "recalls":
        read_recalls(table, found, DEFAULTS)
