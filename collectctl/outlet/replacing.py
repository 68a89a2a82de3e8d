"""A file appears whole or not at all, private, and never over another one unless that was asked for."""

import errno
import os
import stat
import tempfile
from codecs import StreamWriter, getwriter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from collectctl.domain.errors import BadUsage, CollectError
from collectctl.domain.words import _

Target = Path | BinaryIO  # a file to be, or a stream that is open already, such as standard output

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FOLDER = (errno.ENOENT, errno.ENOTDIR)
_DATABASE = b"SQLite format 3\0"
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class TargetExists(BadUsage):
    def __init__(self, target: Path, hint: str) -> None:
        super().__init__(_("{name} exists already").format(name=target), hint)


class TargetNoFile(BadUsage):
    def __init__(self, target: Path) -> None:
        super().__init__(
            _("{name} is a folder or a device, no file that could be replaced").format(name=target),
            _("name a file, or - for standard output"),
        )


class TargetIsBook(BadUsage):
    def __init__(self, target: Path) -> None:
        super().__init__(
            _("{name} is a database, perhaps your book: that is never replaced").format(name=target),
            _("name another file"),
        )


class CantWrite(CollectError):
    """The disk or the folder does not let us; what stood there before is untouched."""

    code = "output"
    exit_code = 5

    def __init__(self, target: Path, error: OSError) -> None:
        if error.errno in _FULL:
            why, hint = _("the disk is full"), _("free some space, then run the command again")
        elif error.errno in _NO_FOLDER:
            why, hint = _("there is no such folder"), _("make the folder first, or name another")
        elif error.errno in _FORBIDDEN:
            why, hint = _("the folder can't be written to"), _("name a file in a folder of your own")
        else:
            why, hint = str(error.strerror or error), _("look at the path, then run the command again")
        super().__init__(_("{name} can't be written: {why}").format(name=target, why=why), hint)


def vacant(target: Path, *, force: bool = False, hint: str = "--force", over_database: bool = False) -> None:
    """Refuse a target that `writing` would refuse at its end, before the work is done.

    `over_database`: an older backup may be replaced, where that is forced.
    Raises TargetExists with `hint`, TargetNoFile, TargetIsBook (all exit 2).
    """
    try:
        mode = target.lstat().st_mode
        mode = target.stat().st_mode if stat.S_ISLNK(mode) else mode
    except FileNotFoundError:
        if target.is_symlink() and not force:
            raise TargetExists(target, hint) from None
        return
    except OSError as error:
        raise CantWrite(target, error) from None
    if not stat.S_ISREG(mode):
        raise TargetNoFile(target)
    if not force:
        raise TargetExists(target, hint)
    if _is_database(target) and not over_database:
        raise TargetIsBook(target)


def _is_database(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_DATABASE)) == _DATABASE
    except OSError:  # what can't be read may still be replaced
        return False


@contextmanager
def writing(target: Target, *, force: bool = False, hint: str = "--force") -> Iterator[BinaryIO]:
    """A stream of bytes that becomes the file `target` (mode 0600) when the block ends without an error.

    Until then it is a file without a telling name in the same folder, and is removed on any error. A stream
    is written to as it is. Raises TargetExists, TargetNoFile, TargetIsBook (exit 2), CantWrite (exit 5).
    """
    if not isinstance(target, Path):
        yield target
        target.flush()
        return
    with placing(target, force=force, hint=hint) as temporary, temporary.open("r+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def placing(
    target: Path, *, force: bool = False, hint: str = "--force", over_database: bool = False
) -> Iterator[Path]:
    """An empty file (mode 0600) to be filled, which becomes `target` when the block ends without an error.

    Raises TargetExists, TargetNoFile, TargetIsBook (exit 2), CantWrite (exit 5).
    """
    vacant(target, force=force, hint=hint, over_database=over_database)
    try:
        made, name = tempfile.mkstemp(prefix=".collectctl-", suffix=".part", dir=target.parent)
        os.close(made)
        temporary = Path(name)
        try:
            yield temporary
            _place(temporary, target, force=force)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except FileExistsError:
        raise TargetExists(target, hint) from None
    except OSError as error:
        raise CantWrite(target, error) from error


def _place(temporary: Path, target: Path, *, force: bool) -> None:
    """Give the finished file its name; raises FileExistsError where one has come there meanwhile."""
    if not force:
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: the name is taken first, then filled
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        else:
            return
    temporary.replace(target)


@contextmanager
def as_text(stream: BinaryIO, *, bom: bool = False) -> Iterator[StreamWriter]:
    """`stream` as text in UTF-8, line ends as written; it stays open. `bom`: the mark for spreadsheets.

    A TextIOWrapper would close it when it can't be flushed, standard output on a full disk included.
    """
    yield getwriter("utf-8-sig" if bom else "utf-8")(stream)
