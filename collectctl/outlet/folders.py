"""Folders that files go out to: made for their owner alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from collectctl.outlet.replacing import CantWrite, TargetExists


@contextmanager
def filling(folder: Path, *, force: bool = False) -> Iterator[None]:
    """Make `folder` (mode 0700) for the files that the block writes; one that is there, where that is forced.

    One that an error leaves empty is taken away again. Raises `TargetExists` (2), `CantWrite` (5).
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not (force and folder.is_dir()):
            raise TargetExists(folder, "--force") from None
    except OSError as error:
        raise CantWrite(folder, error) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):  # it was not empty before, or something was written
            folder.rmdir()
        raise
