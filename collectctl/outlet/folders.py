"""Folders that files go out to: made for their owner alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.outlet.replacing import CantWrite


class FolderExists(BadUsage):
    def __init__(self, folder: Path) -> None:
        super().__init__(_("{name} exists already").format(name=folder), "--force")


@contextmanager
def filling(folder: Path, *, force: bool = False) -> Iterator[None]:
    """Make `folder` (mode 0700) for the files that the block writes; one that is there, where that is forced.

    One that an error leaves empty is taken away again. Raises `FolderExists` (2), `CantWrite` (5).
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not (force and folder.is_dir()):
            raise FolderExists(folder) from None
    except OSError as error:
        raise CantWrite(folder, error) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):  # it was not empty before, or something was written
            folder.rmdir()
        raise
