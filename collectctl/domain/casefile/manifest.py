"""The manifest of a court file: the hash of every file, and what the book is to have unchanged.

It carries its own hash over all that stands before it, and is written in one way only, so that any byte that
is changed shows.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from collectctl.domain.casefile.people import contacts
from collectctl.domain.casefile.records import Case, Document, Fact, Link
from collectctl.domain.errors import BadData
from collectctl.domain.records import Record
from collectctl.domain.when import FIRST_YEAR, LAST_YEAR
from collectctl.domain.words import _

NAME = "MANIFEST.json"
KIND = "collectctl case"
SCHEMA = 1


class ManifestUnreadable(BadData):
    code = "manifest"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            _("{name}: {manifest} can't be read, {why}").format(name=name, manifest=NAME, why=why),
            _("take the case as it was written: collectctl case build ACCOUNT --out FOLDER"),
        )


class NoManifest(BadData):
    code = "manifest"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} holds no {manifest}: it is no case that was written here").format(
                name=name, manifest=NAME
            ),
            "collectctl case build ACCOUNT --out FOLDER",
        )


class Manifest(Record):
    """What a manifest says. `whole`: it is byte by byte what was written."""

    version: str
    language: str
    written_at: datetime
    reveal: bool
    third_parties: bool

    account: str
    client: str
    as_of: date
    files: Mapping[str, str]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    seal: Link
    totals: Mapping[str, str]
    whole: bool


class Difference(Record):
    """Something that is not as it was written; `name` is the file, the fact or the sum."""

    kind: str
    name: str
    text: str


def digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def made(case: Case, document: Document, files: Mapping[str, bytes]) -> bytes:
    """The manifest of `files`, which are all others of the case."""
    shown = [entry.fact for entry in contacts(case).shown]
    facts = sorted([*shown, *case.proof.facts])
    used = {fact.entry for fact in facts}
    content = {
        "kind": KIND,
        "schema_version": SCHEMA,
        "version": case.version,
        "written_at": case.now.isoformat(),
        "language": document.language,
        "account": case.account.number,
        "client": case.account.client,
        "currency": case.currency,
        "as_of": case.as_of.isoformat(),
        "facts_up_to": case.facts_on.isoformat(),
        "revealed": case.reveal,
        "third_party_contacts": {"included": case.third_parties, "left_out": document.third},
        "left_out": list(document.left_out),
        "totals": dict(document.totals),
        "files": {name: {"sha256": digest(files[name]), "bytes": len(files[name])} for name in sorted(files)},
        "seal": {"entry": case.proof.seal.entry, "chain": case.proof.seal.chain},
        "links": {str(link.entry): link.chain for link in case.proof.links if link.entry in used},
        "facts": [list(fact) for fact in facts],
    }
    return _written(content)


def _written(content: dict[str, Any]) -> bytes:
    """`content` with its own hash behind it."""
    return _text({**content, "sha256": digest(_text(content))})


def _text(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(name: str, content: bytes) -> Manifest:
    """The manifest of the case `name`. Raises `ManifestUnreadable` (exit 4)."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise ManifestUnreadable(name, _("it is no JSON")) from None
    try:
        if found["kind"] != KIND or found["schema_version"] != SCHEMA:
            raise ManifestUnreadable(name, _("it is of another program or release"))
        return _parsed(found, content)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise ManifestUnreadable(name, _("something is missing in it")) from None


def _parsed(found: dict[str, Any], content: bytes) -> Manifest:
    before = {key: value for key, value in found.items() if key != "sha256"}
    links = tuple(Link(_number(entry), str(chain)) for entry, chain in found["links"].items())
    facts = tuple(Fact(str(t), _number(i), str(hash_), _number(e)) for t, i, hash_, e in found["facts"])
    as_of = date.fromisoformat(found["as_of"])
    if not FIRST_YEAR <= as_of.year <= LAST_YEAR:
        raise ValueError(as_of)
    return Manifest(
        version=str(found["version"]),
        language=str(found["language"]),
        written_at=datetime.fromisoformat(found["written_at"]),
        reveal=bool(found["revealed"]),
        third_parties=bool(found["third_party_contacts"]["included"]),
        account=str(found["account"]),
        client=str(found["client"]),
        as_of=as_of,
        files={str(file): str(said["sha256"]) for file, said in found["files"].items()},
        facts=facts,
        links=links,
        seal=Link(_number(found["seal"]["entry"]), str(found["seal"]["chain"])),
        totals={str(name): str(amount) for name, amount in found["totals"].items()},
        whole=_written(before) == content,
    )


def _number(value: object) -> int:
    """A number that SQLite can hold: whoever wrote the file may have been somebody else."""
    found = int(str(value))
    if not 0 <= found < 2**63:
        raise ValueError(value)
    return found


def altered(manifest: Manifest, files: Mapping[str, bytes | None]) -> Iterator[Difference]:
    """What of the files is not as it was written; `None` is one that is there and no plain file."""
    if not manifest.whole:
        yield Difference("changed", NAME, _("{file} was changed").format(file=NAME))
    for file, said in manifest.files.items():
        if file not in files:
            yield Difference("missing", file, _("{file} is missing").format(file=file))
            continue
        content = files[file]
        if content is None or digest(content) != said:
            yield Difference("changed", file, _("{file} was changed").format(file=file))
    for file in files.keys() - manifest.files.keys() - {NAME}:
        yield Difference("added", file, _("{file} was added").format(file=file))


def other_totals(manifest: Manifest, totals: Mapping[str, str]) -> Iterator[Difference]:
    """The sums that the book has otherwise for the day of the case."""
    for name, amount in totals.items():
        said = manifest.totals.get(name, "-")
        if said != amount:
            text = _("{name} is {said} in the case, {amount} in the book as of {day}")
            yield Difference(
                "total", name, text.format(name=_(name), said=said, amount=amount, day=manifest.as_of)
            )


def not_of_the_book(files: Mapping[str, bytes | None], again: Mapping[str, bytes]) -> Iterator[Difference]:
    """The files that fit the manifest, but that the book would write otherwise."""
    for file, content in again.items():
        if files.get(file) != content:
            text = _("{file} is not what the book makes of it: it was written anew").format(file=file)
            yield Difference("changed", file, text)
