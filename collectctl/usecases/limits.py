"""What a person said about when, where and how they may be contacted: recorded as said, and taken back."""

from collections.abc import Sequence
from datetime import date, datetime

from collectctl.domain.cases import Asked, case_of
from collectctl.domain.clocks import clock
from collectctl.domain.errors import BadUsage, NotFound
from collectctl.domain.facts import Limit
from collectctl.domain.hours import named_day
from collectctl.domain.limits import in_words
from collectctl.domain.numbers import first_day, is_phone, known_digits
from collectctl.domain.records import Record
from collectctl.domain.results.said import Done, Said
from collectctl.domain.when import zone_of
from collectctl.domain.windows import next_open
from collectctl.domain.words import _
from collectctl.store.book import Book
from collectctl.store.journal import Unit, utc_text
from collectctl.usecases.accounts import Target, target
from collectctl.usecases.changes import each


class NothingLimited(BadUsage):
    def __init__(self) -> None:
        super().__init__(
            _("limit what? Name days, hours, a channel, a number or a place (no contact at all is a hold)"),
            "--only --hours 18:00-20:00",
        )


class EndsInThePast(BadUsage):
    def __init__(self, until: date) -> None:
        super().__init__(_("{day} is over: a limit ends on a day to come").format(day=named_day(until)))


class NoSuchLimit(NotFound):
    def __init__(self, number: int, account: str, standing: Sequence[int]) -> None:
        known = ", ".join(f"#{n}" for n in standing) or _("none")
        super().__init__(
            _("no limit #{number} stands; standing are: {known}").format(number=number, known=known),
            f"collectctl show {account}",
        )


class Wish(Record):
    """A limit as it was typed; empty where nothing was said."""

    only: bool = False
    days: tuple[int, ...] = ()
    opens: str = ""
    closes: str = ""
    channel: str = ""
    to: str = ""
    place: str = ""
    until: date | None = None
    written: bool = False
    text: str = ""

    @property
    def names_something(self) -> bool:
        return bool(self.days or self.opens or self.channel or self.to or self.place)


def limit(book: Book, account_ids: Sequence[int], wish: Wish, now: datetime) -> Said:
    """Record what debtors said; a limit that stands already is left as it is.

    Days and hours that leave nothing are recorded all the same, with a warning. Raises `NothingLimited`,
    `EndsInThePast` (2).
    """
    if not wish.names_something and (wish.only or not wish.until):
        raise NothingLimited
    for account_id in account_ids if wish.until else ():
        if wish.until and wish.until < first_day(target(book, account_id).person, now.date(), zone_of(now)):
            raise EndsInThePast(wish.until)

    def write(made: Unit, found: Target) -> Done:
        new = _limit(found, wish, now)
        known = next((x for x in found.person.limits if _same(x, new)), None)
        if known:
            text = _("limit #{number} says so already: {limit}")
            return Done(text.format(number=known.id, limit=in_words(known)), None, _data(known))
        new = new._replace(id=_append(made, new, lifts=None))
        text = _("limit #{number}: {limit}").format(number=new.id, limit=in_words(new))
        return Done(text, in_words(_masked(new)), _data(new), _notes(book, found, new, now))

    return each(book, "limit", account_ids, now, write)


def unlimit(book: Book, account_id: int, number: int | None, now: datetime) -> Said:
    """Lift a limit, or all that stand. Raises `NoSuchLimit` (3)."""

    def write(made: Unit, found: Target) -> Done:
        first = first_day(found.person, now.date(), zone_of(now))
        standing = [x for x in found.person.limits if x.until is None or x.until >= first]
        lifted = [x for x in standing if number in (None, x.id)]
        if number is not None and not lifted:
            raise NoSuchLimit(number, found.account.number, [x.id for x in standing])
        for known in lifted:
            nothing = Limit(0, found.person.id, now, False, (), "", "", "", "", "", None, False, "")
            _append(made, nothing, lifts=known.id)
        facts = {"lifted": tuple(x.id for x in lifted)}
        if not lifted:
            return Done(_("there is no limit to lift"), None, facts)
        text = "; ".join(f"#{x.id} {in_words(x)}" for x in lifted)
        brief = "; ".join(in_words(_masked(x)) for x in lifted)
        return Done(_("lifted: {limits}").format(limits=text), brief, facts)

    return each(book, "unlimit", [account_id], now, write)


def _limit(found: Target, wish: Wish, now: datetime) -> Limit:
    to = known_digits(found.person, wish.to) if wish.to.strip() else ""
    return Limit(
        0, found.person.id, now, wish.only, wish.days, wish.opens, wish.closes, wish.channel, to, wish.place,
        wish.until, wish.written, wish.text,
    )  # fmt: skip


def _same(known: Limit, new: Limit) -> bool:
    """Whether `known` says all that `new` does; a text or writing left out now is no difference."""
    text, written = new.text or known.text, new.written or known.written
    return known == new._replace(id=known.id, received=known.received, text=text, written=written)


def _append(made: Unit, new: Limit, lifts: int | None) -> int:
    return made.facts.add(
        "inconvenient", person=new.person, activity=None, received=utc_text(new.received), only=int(new.only),
        days=" ".join(str(day) for day in new.days), opens=new.opens, closes=new.closes, channel=new.channel,
        number=new.to, place=new.place, until=new.until.isoformat() if new.until else None,
        written=int(new.written), lifts=lifts, text=new.text,
    )  # fmt: skip


def _masked(known: Limit) -> Limit:
    """Without the number or address, as the journal may have it."""
    if not known.to:
        return known
    return known._replace(to=_("one number") if is_phone(known.to) else _("one address"))


def _data(known: Limit) -> dict[str, object]:
    return {
        "limit": known.id,
        "only": known.only,
        "days": known.days,
        "hours": f"{known.opens}-{known.closes}" if known.opens else None,
        "channel": known.channel or None,
        "to": known.to or None,
        "place": known.place or None,
        "until": known.until,
        "written": known.written,
    }


def _notes(book: Book, found: Target, new: Limit, now: datetime) -> tuple[str, ...]:
    """What the limit leaves, and what it may miss; read with the limit in the book."""
    notes = []
    phones = (*found.person.phones, *found.person.party_phones)
    if new.to and is_phone(new.to) and all(p.digits != new.to for p in phones):
        notes.append(_("that number is not on file"))
    if new.place and not any(p.label == new.place for p in found.person.phones):
        text = _("no number is on file as {place}: the limit binds none of those we call")
        notes.append(text.format(place=new.place))
    if new.timed and not _leaves_something(target(book, found.account.id), new, now):
        text = _("recorded as said: with what stands already it leaves no time at all ({channel})")
        notes.append(text.format(channel=new.channel or "call"))
    return tuple(notes)


def _leaves_something(after: Target, new: Limit, now: datetime) -> bool:
    """Whether the hours of the policies and all limits leave an opening for such a contact."""
    there = next((p.digits for p in after.person.phones if p.label == new.place), "") if new.place else ""
    asked = Asked(now, new.channel or "call", new.to or there)
    window = clock(case_of(after.person, after.account, asked))
    return next_open(window, now) is not None
