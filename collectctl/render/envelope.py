"""The JSON document around every answer: the same keys for every command."""

import json
from collections.abc import Sequence
from typing import Any

SCHEMA_VERSION = 1


def success(command: str, as_of: str, data: Any, warnings: Sequence[str] = ()) -> str:  # noqa: ANN401
    """One document with `data`."""
    return _dump({"command": command, "as_of": as_of, "data": data, "warnings": list(warnings)})


def failure(command: str, as_of: str | None, code: str, message: str, hint: str) -> str:
    """One document with `error` instead of `data`."""
    error = {"code": code, "message": message, "hint": hint}
    return _dump({"command": command, "as_of": as_of, "error": error, "warnings": []})


def _dump(document: dict[str, Any]) -> str:
    text = json.dumps({"schema_version": SCHEMA_VERSION, **document}, ensure_ascii=False, indent=2)
    # a lone surrogate (an argument that was not UTF-8) can't be written as UTF-8: it is shown as an escape
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
