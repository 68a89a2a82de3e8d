"""The evidence proved: every fact by its hash, every entry of the journal by its link of the chain."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from collectctl.domain.records import Record
from collectctl.domain.results.checking import Finding
from collectctl.domain.words import _
from collectctl.store.evidence_schema import SEALED
from collectctl.store.facts import COLUMNS, chain, fact_hash, sha256

EVIDENCE, JOURNAL = "evidence", "journal"
RESTORE = _("collectctl book restore FILE; collectctl book info lists the backups")
Spans = Mapping[str, tuple[int, int]]


class Line(Record):
    """An entry of the journal as it is stored."""

    id: int
    at: str
    kind: str
    command: str
    target: int | None
    facts: int
    spans: str
    chain: bytes

    @property
    def named(self) -> str:
        return _("entry {id} ({command}, {at})").format(id=self.id, command=self.command, at=self.at)


class Proof:
    """Goes through the journal once; afterwards knows how many entries and facts there are, and the seal."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.entries = self.facts = 0
        self.seal = b""
        self._covered = dict.fromkeys(COLUMNS, 0)

    def findings(self) -> Iterator[Finding]:
        """Everything that is not as it was written. An altered fact is located, else the entry it is of."""
        self._connection.text_factory = _any_text
        try:
            yield from self._findings()
        finally:
            self._connection.text_factory = str

    def _findings(self) -> Iterator[Finding]:
        rows = self._connection.execute(
            "select id, at, kind, command, target, facts, spans, chain from operation order by id"
        )
        for row in rows:
            line = Line(*row)
            yield from self._gap(line)
            yield from self._entry(line)
            self.entries, self.seal = line.id, line.chain
        yield from self._strays()
        yield from self._purges()

    def _gap(self, line: Line) -> Iterator[Finding]:
        if line.id != self.entries + 1:
            text = _("entries {first} to {last} of the journal are missing")
            yield _broken(text.format(first=self.entries + 1, last=line.id - 1))

    def _entry(self, line: Line) -> Iterator[Finding]:
        spans = _spans(line.spans)
        whole, count = sha256()(), 0
        altered = False
        for table in sorted(spans):
            for number, digest, wrong in self._rows(line, table, spans[table]):
                whole.update(digest)
                count += 1
                if wrong:
                    altered = True
                    yield _broken(wrong.format(what=self._where(table, number), entry=line.named))
        self.facts += count
        row = line._asdict()
        if count != line.facts:
            text = _("{entry} wrote {wrote} facts, {there} are there")
            yield _broken(text.format(entry=line.named, wrote=line.facts, there=count))
        elif chain(self.seal, row, bytes(whole.digest())) != line.chain and not altered:
            text = _(
                "{entry} or one of its facts is not what was written: its link of the chain does not fit"
            )
            yield _broken(text.format(entry=line.named))

    def _rows(self, line: Line, table: str, span: tuple[int, int]) -> Iterator[tuple[int, bytes, str]]:
        """Id, hash and what is wrong ("" for nothing) of the facts of a span, purged ones included."""
        columns = ", ".join(f'"{column}"' for column in COLUMNS[table])
        nothing = ", ".join(["null"] * len(COLUMNS[table]))
        facts = self._connection.execute(
            f"select id, hash, 0, salt, op, {columns} from {table} where id between ? and ? union all"
            f" select id, hash, 1, null, op, {nothing} from tombstone where kind = ? and id between ? and ?"
            " order by 1",
            (*span, table, *span),
        )
        for number, digest, purged, salt, op, *content in facts:
            self._covered[table] += not purged
            wrong = "" if purged else self._wrong(line, table, (number, op, *content), salt, digest)
            yield number, digest or b"", wrong

    def _wrong(
        self, line: Line, table: str, row: tuple[Any, ...], salt: bytes | None, digest: bytes | None
    ) -> str:
        if row[1] != line.id and line.command != SEALED:
            return _("{what} says that another entry wrote it than {entry}")
        try:
            same = fact_hash(salt or b"", table, row) == digest
        except TypeError:  # bytes where there never are any
            same = False
        return "" if same else _("{what}, written by {entry}, is not what was written")

    def _where(self, table: str, number: int) -> str:
        """A fact in words: its table and id, and the account that it is of."""
        if "account" not in COLUMNS[table]:
            return f"{table} {number}"
        row = self._connection.execute(
            f"select a.number from {table} f join account a on a.id = f.account where f.id = ?", (number,)
        ).fetchone()
        return _("{table} {id} of account {account}").format(
            table=table, id=number, account=row[0] if row else "?"
        )

    def _strays(self) -> Iterator[Finding]:
        """Facts that no entry wrote."""
        for table, covered in self._covered.items():
            there = self._connection.execute(f"select count(*) from {table}").fetchone()[0]
            if there > covered:
                text = _("{count} rows of {table} were written by no entry of the journal")
                yield _broken(text.format(count=there - covered, table=table))

    def _purges(self) -> Iterator[Finding]:
        """What was purged is named by its purge: the hashes that are left are those that it left."""
        buried = self._connection.execute(
            "select purge, kind, id, hash from tombstone order by purge, kind, id"
        )
        digests: dict[int, Any] = {}
        for purge, *stone in buried:
            digests.setdefault(purge, sha256()()).update(as_stone(*stone))
        said = dict(self._connection.execute("select op, digest from purge").fetchall())
        for purge in sorted(digests.keys() | said.keys()):
            digest = digests[purge].hexdigest() if purge in digests else sha256()().hexdigest()
            if said.get(purge) != digest:
                text = _("what entry {purge} purged is not what it said: a fact was removed otherwise")
                yield _broken(text.format(purge=purge))


def _any_text(stored: bytes) -> str:
    """A text of the file, even where a changed byte made it no UTF-8."""
    return str(stored, "utf-8", "surrogateescape")


def as_stone(kind: str, number: int, digest: bytes) -> bytes:
    """A tombstone as the digest of its purge takes it."""
    return f"{kind} {number} ".encode() + digest


def _spans(text: str) -> Spans:
    """Where an entry says that its facts are; nothing where that can't be read: its count will not fit."""
    try:
        return {t: (first, last) for t, (first, last) in json.loads(text).items() if t in COLUMNS}
    except (ValueError, TypeError, AttributeError):
        return {}


def _broken(text: str) -> Finding:
    return Finding(EVIDENCE, text, RESTORE)
