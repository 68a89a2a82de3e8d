"""Tables, indexes, guards and views as a new book has them: compared with those of the file, and put back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from collectctl.domain.records import Record
from collectctl.domain.results.checking import Finding
from collectctl.domain.words import _
from collectctl.store.book import unstored
from collectctl.store.proving import RESTORE

SHAPE = "schema"
REPAIR = "collectctl book check --repair"
_DERIVED = (
    "worklist",
    "worklist_count",
    "opening_hours",
    "search",
    "fragment",
)  # what `replaying` and `search` fill
_ORDER = ("trigger", "view", "index", "table")  # each before what it is about goes


class Part(Record):
    """A table, an index, a trigger or a view."""

    kind: str
    name: str
    of: str  # the table

    @property
    def mends(self) -> bool:
        return self.kind != "table" or self.name in _DERIVED


def differing(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is missing, what is another than it was made, and triggers that are not ours."""
    wanted, there = _fresh(), _parts(connection)
    wrong = [part for part, sql in wanted.items() if there.get(part) != sql]
    wrong += _foreign(there, wanted)
    for mends in (True, False):
        names = [part.name for part in wrong if part.mends is mends]
        if names:
            named = ", ".join(names[:4]) + (", ..." if len(names) > 4 else "")
            text = _("removed, changed or added: {names}").format(names=named)
            yield Finding(SHAPE, text, REPAIR if mends else RESTORE, repairable=mends)


def mend(connection: sqlite3.Connection) -> None:
    """Make again what can be; inside the caller's transaction. What is derived is empty afterwards."""
    wanted, there = _fresh(), _parts(connection)
    wrong = {part for part, sql in wanted.items() if there.get(part) != sql and part.mends}
    lost = {part.name for part in wrong if part.kind == "table"}
    wrong |= {part for part in wanted if part.of in lost} | set(_foreign(there, wanted))
    for part in sorted(wrong, key=lambda part: _ORDER.index(part.kind)):
        connection.execute(f'drop {part.kind} if exists "{part.name}"')
    for part in sorted(wrong & wanted.keys(), key=lambda part: -_ORDER.index(part.kind)):
        connection.execute(wanted[part])


def _foreign(there: dict[Part, str], wanted: dict[Part, str]) -> list[Part]:
    """Triggers that nobody of ours made: they write when we do."""
    return [part for part in there if part.kind == "trigger" and part not in wanted]


def _fresh() -> dict[Part, str]:
    with closing(unstored()) as connection:
        return _parts(connection)


def _parts(connection: sqlite3.Connection) -> dict[Part, str]:
    rows = connection.execute(
        "select type, name, tbl_name, sql from main.sqlite_master where sql is not null and name not glob"
        " 'search_*' and name not glob 'fragment_*' and name not glob '_sqlite*'"
    )
    return {Part(kind, name, of): sql for kind, name, of, sql in rows}
