"""Folders that files go out to: made for their owner alone."""

from pathlib import Path

from collectctl.domain.errors import BadUsage
from collectctl.domain.words import _
from collectctl.outlet.replacing import CantWrite


class FolderExists(BadUsage):
    def __init__(self, folder: Path) -> None:
        super().__init__(_("{name} exists already").format(name=folder), "--force")


def new_folder(folder: Path, *, force: bool = False) -> None:
    """Make `folder` (mode 0700); one that is there is used where that is forced.

    Raises `FolderExists` (exit 2), `CantWrite` (5).
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not (force and folder.is_dir()):
            raise FolderExists(folder) from None
    except OSError as error:
        raise CantWrite(folder, error) from error
