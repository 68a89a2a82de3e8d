"""What an import did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from collectctl.domain.records import Record
from collectctl.domain.remarks import Remark
from collectctl.domain.repayments import ScheduleCounts
from collectctl.domain.stated import RowError


class MoneyImported(Record):
    """What a file of payments or promises did: rows `added`, `known` before, about `unknown` accounts.

    `alike` were typed before; `kept`, `confirmed`, `settled`, `paid_off` count promises, claims and accounts.
    Of `stated` promises `impossible` ones are for a day before their own. `empty` rows say that nothing came.
    """

    added: int
    known: int
    unknown: int
    strangers: tuple[str, ...] = ()  # their numbers
    alike: int = 0
    kept: int = 0
    confirmed: int = 0
    settled: int = 0
    paid_off: int = 0
    schedule: ScheduleCounts | None = None
    stated: int = 0
    impossible: int = 0
    empty: int = 0

    @property
    def changed(self) -> int:
        return 0


class PhonesImported(Record):
    """What a list of numbers did: numbers `added`, `known` before, rows about `unknown` accounts.

    `dead` are known ones that were found dead, wrong or left, and stay so; `parties` people who are new.
    """

    added: int
    known: int
    unknown: int
    strangers: tuple[str, ...] = ()
    dead: int = 0
    parties: int = 0
    empty: int = 0

    @property
    def changed(self) -> int:
        return 0


class ExtensionsImported(Record):
    """What a list of extensions did: placements `extended`, `known` to end so; `closed` are left alone."""

    extended: int
    known: int
    unknown: int
    strangers: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()  # their numbers

    @property
    def added(self) -> int:
        return 0

    @property
    def changed(self) -> int:
        return self.extended


class OutcomeRead(Record):
    """An outcome of a log and what it was read as, "" where its rows were left out."""

    theirs: str
    ours: str
    rows: int


class ActivitiesImported(Record):
    """What a log of contacts did: contacts `added`, `known` before, about `unknown` accounts.

    `merged` gave a length or a recording to a call that was typed; `kept` could not, as later entries build
    on it; `other` of the typed calls have another outcome in the file. `skipped` rows have an outcome that is
    left out.
    """

    added: int
    known: int
    unknown: int
    merged: int = 0
    strangers: tuple[str, ...] = ()
    kept: int = 0
    other: int = 0
    skipped: int = 0
    promises: int = 0
    outcomes: tuple[OutcomeRead, ...] = ()

    @property
    def changed(self) -> int:
        return self.merged


Listed = MoneyImported | PhonesImported | ExtensionsImported | ActivitiesImported


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Counts are of accounts but `rows` (of the file) and `people`; totals are minor units by currency."""

    file: str
    kind: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    columns: tuple[tuple[str, str | None], ...]
    errors: tuple[RowError, ...]
    rejected: int
    dry_run: bool
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reopened: int = 0
    repeated: int = 0
    left_out: int = 0
    people: int = 0
    totals: Mapping[str, int] = field(default_factory=dict)
    rounded: int = 0
    policies: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    closed: int = 0
    summary: str = ""  # what the journal says; empty where nothing changed
    operation: int | None = None
    warnings: tuple[str, ...] = ()
    money: MoneyImported | None = None
    listed: PhonesImported | ExtensionsImported | ActivitiesImported | None = None
