"""Whether the effect of a command is there, is not there, or (`Half`) is there in part."""

from collections.abc import Mapping

from collectctl.store.facts import COLUMNS
from tests.kill.state import State


class Half(Exception):
    """Some of what a command does is there, and some is not; or something else is."""


def same(before: State, after: State) -> bool:
    """Whether nothing was recorded; the list may have been brought to another day."""
    return before._replace(day="") == after._replace(day="")


def recorded(
    before: State, after: State, kind: str, command: str, rows: Mapping[str, int], target: int | None = None
) -> bool:
    """Whether exactly one entry came, with all its facts, and `rows` more rows of some tables."""
    if same(before, after):
        return False
    if after.entries[: len(before.entries)] != before.entries:
        raise Half("the entries of before are not what they were")
    new = [(entry.kind, entry.command, entry.target) for entry in after.entries[len(before.entries) :]]
    if new != [(kind, command, target)]:
        raise Half(f"new in the journal: {new}")
    added = {table: after.count(table) - before.count(table) for table, _rows in after.counts}
    facts = sum(count for table, count in added.items() if table in COLUMNS)
    if facts != after.entries[-1].facts:
        raise Half(f"{facts} facts, {after.entries[-1].facts} in the journal")
    wrong = {table: added.get(table, 0) for table, count in rows.items() if added.get(table, 0) != count}
    if wrong:
        raise Half(f"more rows: {wrong}, should be {dict(rows)}")
    return True


def reversed_(before: State, after: State, kind: str, step: int) -> bool:
    """Whether a step was undone, or redone: an entry that names it, and what stands, in one."""
    if not recorded(before, after, kind, kind, dict.fromkeys(COLUMNS, 0), step):
        if before.standing != after.standing:
            raise Half("what stands has changed without an entry")
        return False
    expected = {*before.standing} - {step} if kind == "undo" else {*before.standing, step}
    if set(after.standing) != expected:
        raise Half(f"stands: {after.standing}")
    return True


def undone(state: State) -> list[int]:
    """The steps that redo brings back, the next one last; no new step has come since the first undo."""
    found: list[int] = []
    for entry in state.entries:
        if entry.kind == "step":
            found.clear()
        elif entry.kind == "undo" and entry.target:
            found.append(entry.target)
        elif entry.kind == "redo" and entry.target:
            found.remove(entry.target)
    return found
