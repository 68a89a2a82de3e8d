"""What the small commands that write say: what was recorded, the next step, how to take it back."""

from datetime import date, datetime, tzinfo
from typing import Any

from collectctl.domain.promises import PromiseState
from collectctl.domain.results.said import Said
from collectctl.render.recorded import changed_data, changed_lines, undo_hint
from collectctl.render.values import day, instant, promise


def lines(said: Said, now: datetime) -> list[str]:
    """A command that changed nothing has nothing to undo."""
    found = [line for change in said.changes for line in changed_lines(change, now)]
    return [*found, undo_hint()] if said.step else found


def data(said: Said, now: datetime) -> Any:  # noqa: ANN401
    """One document an account; several are a list."""
    found = [
        {**changed_data(change, now), "changed": said.step, **_values(facts, change.account, now.tzinfo)}
        for change, facts in zip(said.changes, said.data, strict=True)
    ]
    return found[0] if len(found) == 1 else found


def _values(facts: Any, account: str, zone: tzinfo | None) -> dict[str, Any]:  # noqa: ANN401
    return {name: _value(value, account, zone) for name, value in facts.items()}


def _value(value: object, account: str, zone: tzinfo | None) -> object:
    if isinstance(value, PromiseState):
        return promise(value, account)
    if isinstance(value, datetime):
        return instant(value, zone)
    if isinstance(value, date):
        return day(value)
    return [_value(item, account, zone) for item in value] if isinstance(value, tuple | list) else value
