"""What only the collector can say: a question with its choices, and the errors that an answer mends.

On a terminal it is asked; in a pipe the error stands as it is, with the option to type.
"""

from collections.abc import Mapping

from collectctl.domain.records import Record


class Choice(Record):
    """One answer: the option and its value that would have said the same."""

    label: str  # a column, a field, an order of dates: may be typed instead of its number
    option: str
    value: str
    samples: tuple[str, ...] = ()  # first cells of the column, as the file has them


class Question(Record):
    text: str
    choices: tuple[Choice, ...]
    free: str = ""  # the option that takes whatever else is typed
    said_as: str = ""  # how its value begins, before what is typed
    default: Choice | None = None  # what Enter says; None: it stops


class Unclear(Exception):
    """Mixed into errors of a file that an answer mends."""

    file: str
    samples: Mapping[str, tuple[str, ...]] = {}  # column -> its first cells

    def question(self) -> Question:
        raise NotImplementedError

    def columns_as(self, columns: Mapping[str, str]) -> tuple[Choice, ...]:
        """Choices among columns, each with the field that it would be."""
        return tuple(
            Choice(name, "--map", f"{name}={field}", self.samples.get(name, ()))
            for name, field in columns.items()
        )
