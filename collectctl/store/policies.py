"""The contact policies as the book keeps them: compiled, and compiled again when a file has changed.

A change is seen by a look at the files (name, size, time); none is opened for that.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from collectctl import __version__
from collectctl.domain.errors import BadData
from collectctl.domain.policy import Policy, Rule, as_data, from_data

SHIPPED = Path(__file__).parent.parent / "policies"

_cache: dict[str, Mapping[str, Policy]] = {}  # of this process: by stamp, the latest alone


def user_folder(name: str = "policies") -> Path | None:
    """Where the user's own policies (or templates) lie, if there are any; None for a user without a home."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("APPDATA") or Path.home())
        else:
            base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    except RuntimeError:
        return None
    return base / "collectctl" / name


def policies(connection: sqlite3.Connection) -> Mapping[str, Policy]:
    """The policies by id: as stored in the book, or from the files where one has changed since.

    Where a changed file can't be used, what the book holds stays in force, so that a contact that took place
    can still be recorded; `check` tells. Raises `BadPolicy` (exit 4) where the book holds none.
    """
    now = stamp(user_folder())
    if now not in _cache:
        compiled = _stored(connection, now) or _compiled(connection)
        _cache.clear()
        _cache[now] = {policy.id: policy for policy in compiled}
    return _cache[now]


def _compiled(connection: sqlite3.Connection) -> tuple[Policy, ...]:
    from collectctl.store.policy_files import compile_policies

    try:
        return compile_policies(user_folder())
    except BadData:
        older = _stored(connection, None)
        if not older:
            raise
        return older


def doubt(connection: sqlite3.Connection) -> str:
    """What is wrong with the policy files, so that the rules of before stand in; "" where nothing is."""
    try:
        check(connection)
    except BadData as error:
        return error.message
    return ""


def check(connection: sqlite3.Connection) -> None:
    """Refuse to answer by rules that are older than the files. Raises `BadPolicy` (exit 4)."""
    if changed(connection):
        from collectctl.store.policy_files import compile_policies

        compile_policies(user_folder())


def changed(connection: sqlite3.Connection) -> bool:
    """Whether a policy file has changed since the book's were compiled; no file is opened."""
    return _state(connection, "policies_stamp") != stamp(user_folder())


def store_policies(connection: sqlite3.Connection) -> bool:
    """Compile the policies into the book where a file has changed; inside the caller's transaction.

    Returns whether the book held other rules before: what is stored for speed is then to be computed again.
    Raises `BadPolicy` (exit 4).
    """
    from collectctl.store.policy_files import compile_policies

    folder = user_folder()
    now = stamp(folder)
    if _stored(connection, now):
        return False
    before = _state(connection, "policies")
    text = json.dumps(as_data(compile_policies(folder)), ensure_ascii=False, separators=(",", ":"))
    rows = [("policies", text), ("policies_stamp", now)]
    connection.executemany("insert or replace into main.state (name, value) values (?, ?)", rows)
    return before is not None and before != text


def _stored(connection: sqlite3.Connection, now: str | None) -> tuple[Policy, ...]:
    """What the book holds, if it was compiled from files with the stamp `now`, or (None) whatever it is."""
    if now is not None and _state(connection, "policies_stamp") != now:
        return ()
    try:
        return from_data(json.loads(_state(connection, "policies") or ""))
    except (LookupError, TypeError, ValueError):
        return ()  # derived: what is damaged is compiled again


def _state(connection: sqlite3.Connection, name: str) -> str | None:
    # main: where the worklist is computed without storing, an empty temporary `state` is found before it
    row = connection.execute("select value from main.state where name = ?", (name,)).fetchone()
    return row[0] if row else None


def stamp(folder: Path | None) -> str:
    """A text that changes with each policy file, the package's and those in `folder`; none is opened."""
    return f"{__version__}.{len(Policy._fields)}.{len(Rule._fields)}|{_seen(SHIPPED)}|{_seen(folder)}"


def _seen(folder: Path | None) -> str:
    try:
        found = [(entry.name, entry.stat()) for entry in files_in(folder)]
    except OSError as error:
        return f"!{error.errno}"  # the compilation that follows says why
    # !a: the name of a file need not be UTF-8, a text in the book must
    return " ".join(f"{name!a}:{stat.st_mtime_ns:x}:{stat.st_size:x}" for name, stat in found)


def files_in(folder: Path | None) -> list[os.DirEntry[str]]:
    """The policy files by name; hidden ones are locks and leavings of editors and file systems."""
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            found = [e for e in entries if e.name.lower().endswith(".toml") and e.name[0] != "."]
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda entry: entry.name)
