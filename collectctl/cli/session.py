"""What a command runs in: the one clock, the book's path, the terminal, and where output goes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from collectctl.domain.errors import BadUsage
from collectctl.domain.when import FIRST_YEAR, LAST_YEAR
from collectctl.domain.words import _
from collectctl.usecases.opening import Book, backup_due, opened, zone_name

DbOption = Annotated[
    Path | None,
    typer.Option(
        "--db", envvar="COLLECTCTL_DB", readable=False, help=_("The book; else book.db in your data folder.")
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=_("One JSON document instead of tables."))]
DebugOption = Annotated[bool, typer.Option("--debug", hidden=True)]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help=_("Don't ask."))]


class BadClock(BadUsage):
    def __init__(self, text: str) -> None:
        super().__init__(
            _("COLLECTCTL_NOW is no instant: {text!r}").format(text=text), "COLLECTCTL_NOW=2026-11-23T09:00"
        )


class NoSuchZone(BadUsage):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("no time zone is called {name!r}").format(name=name), "collectctl config set zone Asia/Shanghai"
        )


def clock(zone_setting: str) -> datetime:
    """Now in the collector's zone: the only place where a clock is read.

    The zone is the setting, else `TZ`, else the system's; `COLLECTCTL_NOW` freezes the instant, and an offset
    in it replaces the zone.
    """
    frozen = os.environ.get("COLLECTCTL_NOW", "").strip()
    zone = _zone(zone_setting)
    if not frozen:
        return datetime.now(zone).replace(microsecond=0)
    try:
        value = datetime.fromisoformat(frozen)
    except ValueError:
        raise BadClock(frozen) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise BadClock(frozen)
    value = value.replace(microsecond=0)
    return value if value.tzinfo else value.replace(tzinfo=zone)


def _zone(setting: str) -> tzinfo:
    name = setting or os.environ.get("TZ", "").removeprefix(":") or _system_zone()
    if not name:
        offset = datetime.now().astimezone().utcoffset() or timedelta(0)
        return timezone(offset)
    return zone_called(name)


def zone_called(name: str) -> tzinfo:
    """The time zone of that name. Raises `NoSuchZone` (exit 2)."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise NoSuchZone(name) from None


def _system_zone() -> str:
    """The IANA name that /etc/localtime points to; empty where it does not."""
    try:
        target = os.readlink("/etc/localtime")  # noqa: PTH115 (a plain call: no need of pathlib's resolution)
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2]


def book_path(given: Path | None) -> Path:
    """The book named by the user, else `book.db` in the user's data folder."""
    if given is not None:
        return given
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home())))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "collectctl" / "book.db"


class Session:
    """One command at work: the open book, the instant, and what to print to."""

    def __init__(self, book: Book, now: datetime, as_json: bool) -> None:
        self.book = book
        self.now = now
        self.json = as_json
        self.tty = sys.stdout.isatty() and not as_json


@contextmanager
def session(
    db: Path | None, as_json: bool = False, *, create: bool = False, backed_up: bool = True
) -> Iterator[Session]:
    """The book open for one command, with now in the collector's zone.

    The first command of a day leaves a backup behind when it has said what it had to say.
    """
    with opened(book_path(db), create=create) as book:
        now = clock(zone_name(book))
        yield Session(book, now, as_json)
        if backed_up:
            _back_up(book, now)


def _back_up(book: Book, now: datetime) -> None:
    """The backup of the day, where it is missing; the command itself has done its work."""
    if not backup_due(book, now):
        return
    from collectctl.usecases.backups import day_backup

    sys.stdout.flush()  # nobody waits for the answer
    for line in day_backup(book, now.date()):
        sys.stderr.write(line + "\n")


def can_ask() -> bool:
    """Whether there is somebody to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()
