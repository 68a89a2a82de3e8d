"""A set of files as a new folder or as a ZIP archive: all of them appear, or none."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from collectctl.domain.errors import BadData, BadUsage, NotFound
from collectctl.domain.words import _
from collectctl.outlet.replacing import CantWrite, TargetExists, vacant, writing

ARCHIVE = ".zip"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # the time of every member: two archives of the same files are the same
_MOST = 1 << 30  # bytes of an archive that are read; no case has as many


class NotAFolder(BadUsage):
    def __init__(self, target: Path) -> None:
        super().__init__(
            _("{name} is a file: name a new folder, or an archive that ends in .zip").format(name=target),
            "--out FOLDER",
        )


class NotOurs(BadUsage):
    def __init__(self, target: Path) -> None:
        super().__init__(
            _("{name} holds something else than a case: it is not replaced").format(name=target),
            _("name another folder"),
        )


class NothingThere(NotFound):
    def __init__(self, target: Path) -> None:
        super().__init__(
            _("there is no folder or archive {name}").format(name=target),
            "collectctl case build ACCOUNT --out FOLDER",
        )


class ArchiveDamaged(BadData):
    code = "archive"

    def __init__(self, target: Path) -> None:
        super().__init__(
            _("{name}: no ZIP archive, or one that is damaged or cut short").format(name=target),
            _("fetch it again from where it came"),
        )


class CantRead(BadData):
    code = "unreadable"

    def __init__(self, target: Path, error: OSError) -> None:
        why = str(error.strerror or error)
        super().__init__(_("{name} can't be read: {why}").format(name=target, why=why))


def is_archive(target: Path) -> bool:
    return target.suffix.lower() == ARCHIVE


def free(target: Path, names: Sequence[str], *, force: bool) -> None:
    """Refuse a target that `packing` would refuse at its end; `names` are all that a folder of ours may hold.

    Raises NotAFolder, NotOurs, TargetExists, TargetNoFile, TargetIsBook (2), CantWrite (5).
    """
    if is_archive(target):
        vacant(target, force=force)
        return
    try:
        found = target.lstat()
        inside = set(os.listdir(target)) if stat.S_ISDIR(found.st_mode) else set()  # noqa: PTH208 (names)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CantWrite(target, error) from None
    if not stat.S_ISDIR(found.st_mode):
        raise NotAFolder(target)
    if not force:
        raise TargetExists(target, "--force")
    if not names or names[0] not in inside or inside - set(names):
        raise NotOurs(target)


@contextmanager
def packing(
    target: Path, files: Mapping[str, bytes], names: Sequence[str], *, force: bool
) -> Iterator[None]:  # fmt: skip
    """Write `files`, run the block, then give them their place: a folder (0700, files 0600) or an archive.

    Raises as `free`.
    """
    free(target, names, force=force)
    if is_archive(target):
        with writing(target, force=force) as stream:
            stream.write(zipped(files))
            yield
        return
    try:
        made = Path(tempfile.mkdtemp(prefix=".collectctl-", suffix=".part", dir=target.parent))
        try:
            for name, content in files.items():
                _write(made / name, content)
            yield
            _place(made, target, names, force=force)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise CantWrite(target, error) from error


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _place(made: Path, target: Path, names: Sequence[str], *, force: bool) -> None:
    free(target, names, force=force)  # what has come there meanwhile stays
    if not target.exists():
        made.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=".collectctl-", suffix=".old", dir=target.parent))
    target.rename(aside)  # onto an empty folder
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, uncompressed: the same bytes for the same files on every machine."""
    import io
    from zipfile import ZIP_STORED, ZipFile, ZipInfo

    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            info = ZipInfo(name, _BEGINNING)
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o600) << 16
            archive.writestr(info, files[name])
    return made.getvalue()


def unpacked(target: Path) -> tuple[dict[str, bytes | None], bool]:
    """Name -> content of a folder's or an archive's files, and whether it is packed as `zipped` does it.

    What is no plain file is None. Raises NothingThere (3), ArchiveDamaged, CantRead (4).
    """
    try:
        if target.is_dir():
            return {entry.name: _content(entry) for entry in sorted(target.iterdir())}, True
        if not target.is_file():
            raise NothingThere(target)
        if target.stat().st_size > _MOST:
            raise ArchiveDamaged(target)
        return _members(target, target.read_bytes())
    except OSError as error:
        raise CantRead(target, error) from None


def _content(file: Path) -> bytes | None:
    if file.is_symlink() or not file.is_file():
        return None
    if file.stat().st_size > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return file.read_bytes()


def _members(target: Path, content: bytes) -> tuple[dict[str, bytes | None], bool]:
    import io
    import zlib
    from zipfile import BadZipFile, ZipFile

    found: dict[str, bytes] = {}
    damaged: dict[str, bytes | None] = {}
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST:
                raise ArchiveDamaged(target)
            for info in archive.infolist():
                try:
                    found[info.filename] = archive.read(info)
                except (BadZipFile, zlib.error):  # its checksum, or its header, does not fit
                    damaged[info.filename] = None
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise ArchiveDamaged(target) from None
    return {**found, **damaged}, not damaged and zipped(found) == content
