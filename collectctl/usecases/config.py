"""Settings: what the collector prefers, kept in the book as facts, so that undo covers them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import available_timezones

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.journal import unit
from collectctl.store.settings import all_settings, get_setting
from collectctl.usecases.policies import choose


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


# what may be set, what it means, and which values are possible
SETTINGS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "zone": (_("your time zone, as in Asia/Shanghai"), lambda value: value in available_timezones()),
    "dates": (_("how 05/11/2026 is read: dmy or mdy"), _one_of("dmy", "mdy")),
    "policy": (_("the contact policy of accounts whose client has none: see collectctl policies"), bool),
    "collector": (_("your name, as reports show it"), lambda value: 0 < len(value) <= 80),
}


class NoSuchSetting(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("there is no setting {name!r}; there are {names}").format(name=name, names=", ".join(SETTINGS)),
            "collectctl config",
        )


class BadSetting(BadUsage):
    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            _("{name} can't be {value!r}: {meaning}").format(
                name=name, value=value, meaning=_(SETTINGS[name][0])
            )
        )


def show(book: Book) -> dict[str, str | None]:
    """Every setting with its value, None where it is not set."""
    values = all_settings(book.connection)
    return {name: values.get(name) for name in SETTINGS}


def get(book: Book, name: str) -> str | None:
    """One setting. Raises `NoSuchSetting` (3)."""
    if name not in SETTINGS:
        raise NoSuchSetting(name)
    return get_setting(book.connection, name)


def put(book: Book, name: str, value: str, now: datetime) -> None:
    """Set it; an empty value unsets it. Raises `NoSuchSetting` (3), `BadSetting` (2)."""
    if name not in SETTINGS:
        raise NoSuchSetting(name)
    if value and not SETTINGS[name][1](value):
        raise BadSetting(name, value)
    if name == "policy" and value:
        choose(book, value, now, None, None)
        return
    with unit(book, "config", now) as made:
        made.facts.add("setting", name=name, value=value or None)
        made.text = _("set {name} to {value}").format(name=name, value=value or "-")
