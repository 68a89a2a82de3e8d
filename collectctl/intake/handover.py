"""Reading a hand-over that another book wrote: all of it, or an error; nothing in it is trusted."""

import json
from typing import Any

from collectctl.domain.errors import BadData
from collectctl.domain.handover import FORM, VERSION, Cover, Fact
from collectctl.domain.words import _

_MARK = f'{{"form":"{FORM}"'.encode()


class BadHandover(BadData):
    code = "bad-handover"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            _("{name}: the hand-over can't be read: {why}").format(name=name, why=why),
            _("have it exported again, and copied whole"),
        )


class NewerHandover(BadData):
    code = "newer-handover"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name}: the hand-over was written by a newer collectctl than this").format(name=name),
            _("update collectctl, then import it again"),
        )


def is_handover(data: bytes) -> bool:
    return data.startswith(_MARK)


def read_handover(name: str, data: bytes) -> tuple[Cover, list[Fact]]:
    """What the file says of itself, and its facts. Raises `BadHandover`, `NewerHandover` (exit 4)."""
    try:
        first, *lines = data.decode("utf-8").splitlines()
        cover = json.loads(first)
        if cover["version"] > VERSION:
            raise NewerHandover(name)
        client, at, seal = (_text(cover[key]) for key in ("client", "at", "seal"))
        made = Cover(client, at, seal, _number(cover["accounts"]))
        end = json.loads(lines.pop()).get("facts") if lines else None
        facts = [_fact(json.loads(line)) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadHandover(name, _("a line is damaged")) from error
    if end != len(facts):
        raise BadHandover(name, _("its end is missing"))
    return made, facts


def _fact(line: Any) -> Fact:  # noqa: ANN401
    row = line["row"]
    if not all(isinstance(value, int | str | None) and not isinstance(value, bool) for value in row.values()):
        raise TypeError
    return Fact(_text(line["table"]), _number(line["id"]), _number(line["rank"]), row)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**62:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
