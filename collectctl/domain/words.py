"""The language of every sentence that a person reads.

English is the source. A catalogue is a function from the English sentence to another language's; the
shell chooses it once at start-up (`speak`), so that nothing here reads a file.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_catalogue: Callable[[str], str] | None = None


def speak(catalogue: Callable[[str], str] | None) -> None:
    """Use `catalogue` (a gettext function) from now on; None is English."""
    global _catalogue
    _catalogue = catalogue


@contextmanager
def speaking(catalogue: Callable[[str], str] | None) -> Iterator[None]:
    """Use `catalogue` inside the block, and what was used before after it."""
    before = _catalogue
    speak(catalogue)
    try:
        yield
    finally:
        speak(before)


def _(sentence: str) -> str:
    return sentence if _catalogue is None else _catalogue(sentence)
