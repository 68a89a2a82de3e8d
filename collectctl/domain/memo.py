"""Answers that are asked for again and again about the very same facts, kept for a moment."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_MOST = 256  # answers that are kept; then all are forgotten


def kept(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A pure function that works out its answer once for the same objects.

    Facts are large and never change, so that they are compared by identity, days by what they are. The
    arguments are kept with the answer: none of them can lend its identity to another meanwhile.
    """
    answers: dict[tuple[date | int, ...], tuple[Any, _R]] = {}

    @wraps(function)
    def answer(*arguments: _P.args, **named: _P.kwargs) -> _R:
        key = tuple([one if type(one) is date else id(one) for one in arguments])
        known = answers.get(key)
        if known is not None and not named:
            return known[1]
        made = function(*arguments, **named)
        if not named:
            if len(answers) >= _MOST:
                answers.clear()
            answers[key] = arguments, made
        return made

    return answer
