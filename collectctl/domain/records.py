"""Records: what `typing.NamedTuple` makes, in a fifth of the time a class.

A command loads some fifty of them at every start, and makes few objects of most: only the constructor of a
class that is made often is compiled. A type checker sees the `NamedTuple` itself.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

__all__ = ["Record"]

if TYPE_CHECKING:
    from typing import NamedTuple as Record
else:
    from _collections import _tuplegetter  # what collections.namedtuple reads its fields with

    _FEW = 20  # objects whose values are put in place by hand: about what a compilation takes

    class _Kind(type):
        """Makes a record class of what its body annotates."""

        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            fields = tuple(space.get("__annotations__", ()))
            space["__slots__"] = ()
            if fields:
                space["_field_defaults"] = {field: space[field] for field in fields if field in space}
                space["_fields"] = space["__match_args__"] = fields
                space["_made"] = 0
                space.update({field: _tuplegetter(at, "") for at, field in enumerate(fields)})
            return type.__new__(cls, name, bases, space)

    class Record(tuple, metaclass=_Kind):
        """A tuple whose places have names; immutable, compared and hashed by what it holds."""

        def __new__(cls, /, *values: object, **named: object) -> "Record":
            if not named and len(values) == len(cls._fields):
                return tuple.__new__(cls, values)
            if cls._made < _FEW:
                cls._made += 1
                rest = cls._fields[len(values) :]
                given = cls._field_defaults | named
                if rest and named.keys() <= set(rest) <= given.keys():
                    return tuple.__new__(cls, (*values, *map(given.__getitem__, rest)))
            cls.__new__ = staticmethod(_constructor(cls))
            return cls.__new__(cls, *values, **named)

        @classmethod
        def _make(cls, values: Iterable[object]) -> "Record":
            return cls(*values)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, **named: object) -> "Record":
            return type(self)(**self._asdict() | named)

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            held = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({held})"

    def _constructor(kind: type) -> Callable[..., "Record"]:
        """`__new__` of a record, with its names and defaults, as Python compiles it."""
        names = ", ".join(kind._fields)
        made = eval(f"lambda _cls, {names}: _new(_cls, ({names},))", {"_new": tuple.__new__})
        made.__defaults__ = tuple(kind._field_defaults.values())
        return made
