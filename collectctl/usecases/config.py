"""Settings: what the collector prefers, kept in the book as facts, so that undo covers them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import available_timezones

from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.orders import AFTER, BEFORE, order_called
from collectctl.domain.rates import read_share
from collectctl.domain.records import Record
from collectctl.domain.when import zone_of
from collectctl.domain.words import _
from collectctl.store import worklist
from collectctl.store.binding import GRACE
from collectctl.store.book import Book
from collectctl.store.journal import persons_under, unit
from collectctl.store.settings import all_settings, get_setting, has_client, of_client
from collectctl.usecases.policies import NoSuchClient, choose

_MOST_GRACE = 30  # days
_MOST_VISIT_DAYS = 3650


class Setting(Record):
    """`fits` says whether a value is possible; `of_client`: a client may have one of its own."""

    meaning: str
    fits: Callable[[str], bool]
    of_client: bool = False


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether `read` takes the value."""

    def fits(value: str) -> bool:
        try:
            read(value)
        except BadUsage:
            return False
        return True

    return fits


def _fits_a_line(value: str) -> bool:
    return value.isprintable() and 0 < len(value) <= 200


def _reads_columns(value: str) -> bool:
    from collectctl.domain.exports.returns import LANGUAGES, columns  # for this setting alone

    return _reads(lambda typed: columns(LANGUAGES[0], typed))(value)


SETTINGS: Mapping[str, Setting] = {
    "zone": Setting(_("your time zone, as in Asia/Shanghai"), lambda value: value in available_timezones()),
    "dates": Setting(_("how 05/11/2026 is read: dmy or mdy"), _one_of("dmy", "mdy")),
    "policy": Setting(
        _("the contact policy of accounts whose client has none: see collectctl policies"), bool, True
    ),
    "collector": Setting(_("your name, as reports show it"), lambda value: 0 < len(value) <= 80),
    "agency": Setting(_("the name of your firm, as messages have it"), _fits_a_line),
    "callback": Setting(_("the number on which you are reached, as messages have it"), _fits_a_line),
    "address": Setting(_("your mailing address, as letters have it"), _fits_a_line),
    "contact": Setting(_("how debtors reach the client, as letters have it"), _fits_a_line, True),
    "grace": Setting(
        _("days after its day before a promise counts as broken, 0 to 30; 1 where it is not set"),
        lambda value: value.isdecimal() and value.isascii() and int(value[:4]) <= _MOST_GRACE,
        True,
    ),
    "order": Setting(
        _("the order of payments where an account has no terms: cn-loan, cn-card, us, interest, principal, or"
          " components"), _reads(lambda value: order_called(value, 0)), True,
    ),
    "penalty-rank": Setting(
        _("where a penalty (违约金) stands in Chinese orders, before or after the principal"),
        _one_of(BEFORE, AFTER), True,
    ),
    "visit-days": Setting(
        _("days for which somebody is called in vain before a visit, 0 to 3650; 14 where it is not set"),
        lambda value: value.isdecimal() and value.isascii() and int(value[:5]) <= _MOST_VISIT_DAYS,
        True,
    ),
    "returns": Setting(
        _("the columns of the sheet that goes back to the client, with commas between"), _reads_columns, True
    ),
    "commission": Setting(_("your share of what is confirmed, as 12%"), _reads(read_share), True),
}  # fmt: skip


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
                name=name, value=value, meaning=_(SETTINGS[name].meaning)
            )
        )


class NotOfClient(BadUsage):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is the book's, no client has its own").format(name=name),
            f"collectctl config set {name}",
        )


def show(book: Book) -> dict[str, str | None]:
    """Every setting with its value, None where it is not set; those of a client as `order (Bank)`."""
    values = all_settings(book.connection)
    found = {name: values.get(name) for name in SETTINGS}
    for key, value in sorted(values.items()):
        name, _kind, client = [*key.split(":", 2), "", ""][:3]
        if client and _kind == "client" and name in SETTINGS:
            found[f"{name} ({client})"] = value
    return found


def get(book: Book, name: str, client: str = "") -> str | None:
    """One setting. Raises `NoSuchSetting` (3)."""
    if name not in SETTINGS:
        raise NoSuchSetting(name)
    return get_setting(book.connection, of_client(name, client) if client else name)


def put(book: Book, name: str, value: str, now: datetime, client: str = "") -> None:
    """Set it, for the book or a client; an empty value unsets it.

    Raises `NoSuchSetting`, `NoSuchClient` (3), `BadSetting`, `NotOfClient` (2).
    """
    if name not in SETTINGS:
        raise NoSuchSetting(name)
    if value and not SETTINGS[name].fits(value):
        raise BadSetting(name, value)
    if client and not SETTINGS[name].of_client:
        raise NotOfClient(name)
    if name == "policy" and value:
        choose(book, value, now, client or None, None)
        return
    if client and not has_client(book.connection, client):
        raise NoSuchClient(client)
    setting = of_client(name, client) if client else name
    with unit(book, "config", now) as made:
        made.facts.add("setting", name=setting, value=value or None)
        if name in (GRACE, "policy"):  # what the list depends on
            persons = persons_under(made.connection, setting)
            worklist.refresh(made.connection, persons, now.date(), zone_of(now))
        if name == "zone":  # days are the collector's: `now` is another from the next command on
            worklist.recompute(made.connection)
        place = f" ({client})" if client else ""
        made.text = _("set {name} to {value}").format(name=name + place, value=value or "-")
