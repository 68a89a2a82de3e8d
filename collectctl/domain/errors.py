"""The one base of all errors that a collector may see.

Each cause is a small subclass beside the code that finds it. It writes its own sentence: what and why, and
a hint that names what to do next. No sentence carries debtor data.
"""

LONGEST = 1_000  # characters of a message: what was typed may be endless


class CollectError(Exception):
    """`code` is English and stable; `message` says what and why; `hint` is a command to try, or nothing."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
        self.hint = hint


class Refused(CollectError):
    """A rule of the book or of a contact policy says no."""

    code = "refused"
    exit_code = 1


class BadUsage(CollectError):
    """A value that can't be: a past promise, an amount of nothing, an unreadable date."""

    code = "usage"
    exit_code = 2


class NotFound(CollectError):
    code = "not-found"
    exit_code = 3


class BadData(CollectError):
    """A file whose content can't be used."""

    code = "bad-data"
    exit_code = 4


class BookError(CollectError):
    """The book can't be read or written."""

    code = "book"
    exit_code = 5
