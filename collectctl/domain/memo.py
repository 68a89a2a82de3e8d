"""Answers that are asked for again and again about the very same facts, kept for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_MOST = 256  # answers that are kept; then all are forgotten


def kept(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A pure function that works out its answer once for the same objects.

    Facts are large and never change, so that they are compared by identity; the arguments are kept with the
    answer, and no other object can come to have the identity of one of them meanwhile.
    """
    answers: dict[tuple[int, ...], tuple[Any, _R]] = {}

    @wraps(function)
    def answer(*arguments: _P.args, **named: _P.kwargs) -> _R:
        key = tuple(map(id, arguments))
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
