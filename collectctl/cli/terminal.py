"""What this terminal was shown last: the rows behind `@3` and the account behind `@`.

Kept in a small private file beside nothing of value: row numbers of the book, never a name or a number of a
debtor. Where it can't be written the list still prints; only `@3` is then unknown.
"""

import json
import os
import sys
from binascii import crc32
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from collectctl.domain.errors import NotFound
from collectctl.domain.words import _


class NothingShown(NotFound):
    def __init__(self, reference: str) -> None:
        super().__init__(
            _("{reference}: this terminal was shown no such row today").format(reference=reference),
            "collectctl today",
        )


class OldList(NotFound):
    def __init__(self, reference: str, day: str) -> None:
        super().__init__(
            _("{reference}: the list in this terminal is of {day}").format(reference=reference, day=day),
            "collectctl today",
        )


class Shown:
    """Rows and last account of one terminal and one book."""

    def __init__(self, book: Path) -> None:
        self._book = str(book.absolute())
        # the path may hold anything: only its checksum goes into the name, the path itself is compared
        key = crc32(self._book.encode("utf-8", "surrogateescape"))
        self._file = _folder() / f"{_terminal()}-{key:08x}.json"
        self._data: dict[str, object] | None = None

    def _read(self) -> dict[str, object]:
        if self._data is None:
            try:
                loaded = json.loads(self._file.read_text("utf-8"))
                self._data = loaded if loaded.get("book") == self._book else {}
            except (OSError, ValueError, AttributeError):
                self._data = {}
        return self._data

    def rows(self, accounts: Sequence[int], today: date) -> None:
        """Remember the list that was just printed."""
        self._save({**self._read(), "book": self._book, "day": today.isoformat(), "rows": list(accounts)})

    def touched(self, account: int) -> None:
        """Remember the account that was worked on last."""
        if self._read().get("last") != account:
            self._save({**self._read(), "book": self._book, "last": account})

    def row(self, reference: str, today: date) -> int:
        """The account in row N of the last list, `reference` being `@N`. Raises NothingShown, OldList (3)."""
        data, number = self._read(), int(reference[1:])
        rows = data.get("rows")
        if not isinstance(rows, list) or not 1 <= number <= len(rows):
            raise NothingShown(reference)
        if data.get("day") != today.isoformat():
            raise OldList(reference, str(data.get("day")))
        return int(rows[number - 1])

    def last(self, reference: str) -> int:
        value = self._read().get("last")
        if not isinstance(value, int):
            raise NothingShown(reference)
        return value

    def _save(self, data: dict[str, object]) -> None:
        self._data = data
        try:
            missing = [folder for folder in self._file.parents if not folder.exists()]
            for folder in reversed(missing):  # `parents=True` would leave those above open to all
                folder.mkdir(mode=0o700, exist_ok=True)
            made = os.open(self._file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(made, "w", encoding="utf-8") as file:
                json.dump(data, file)
        except OSError:
            return


def _folder() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "collectctl" / "shown"


def _terminal() -> str:
    """The terminal by its device and session; a pipeline without one by the session alone."""
    name = "none"
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        try:
            name = os.ttyname(stream.fileno())
            break
        except (OSError, ValueError, AttributeError):
            continue
    session = os.getsid(0) if hasattr(os, "getsid") else os.getppid()
    return f"{name.strip('/').replace('/', '-')}-{session}"
