"""Reading in a process of its own: a large file is read on one processor and written on another."""

import os
import pickle
import signal
import traceback
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, NoReturn, TypeVar

from collectctl.domain.errors import BadData
from collectctl.domain.words import _

T = TypeVar("T")
_ITEM, _ERROR, _END = range(3)
_BUFFER = 1 << 20


class ReadingStopped(BadData):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: reading it came to a sudden end, perhaps for want of memory").format(name=name),
            _("close other programs, or split the file into several, each with the header"),
        )


def aside(name: str, items: Iterator[T]) -> Iterator[T]:
    """The `items`, made by a copy of this process that runs ahead; by this one where it can't be copied.

    What `items` raises is raised here. Raises ReadingStopped where the copy was killed; `name` is the file's.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        yield from items
        return
    here, there = os.pipe()
    copy = os.fork()
    if copy == 0:
        os.close(here)
        _make(items, there)
    os.close(there)
    try:
        with os.fdopen(here, "rb", _BUFFER) as pipe:
            yield from _made(name, pipe)
    finally:  # also where nobody wants the rest
        with suppress(ProcessLookupError):
            os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)


def _made(name: str, pipe: BinaryIO) -> Iterator[Any]:
    while True:
        try:
            kind, item = pickle.load(pipe)
        except (EOFError, pickle.UnpicklingError):
            raise ReadingStopped(name) from None
        if kind == _END:
            return
        if kind == _ERROR:
            raise _error(*item)
        yield item


def _make(items: Iterator[object], there: int) -> NoReturn:
    """The copy's whole life: it touches nothing but its end of the pipe, and is gone."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(there, "wb", _BUFFER) as pipe:
            try:
                for item in items:
                    pickle.dump((_ITEM, item), pipe, pickle.HIGHEST_PROTOCOL)
                pickle.dump((_END, None), pipe)
            except Exception as error:
                error.add_note("".join(traceback.format_tb(error.__traceback__)))  # for --debug
                pickle.dump((_ERROR, (type(error), error.args, error.__dict__)), pipe)
        code = 0
    finally:
        os._exit(code)


def _error(kind: type[Exception], args: tuple[object, ...], values: dict[str, object]) -> Exception:
    """The error as it was raised; its constructor, which takes other values, is left out."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(values)
    return error
